"""What programmes do in which district: what is asked there, delivered, late, still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import owner_of
from banyuasin_plan.schedule.network import finish_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from banyuasin_plan.plan.model import Milestone, Plan, Program
    from banyuasin_plan.schedule import Schedule


class Share(NamedTuple):
    """What one district has of a milestone: `on` is the day it was done there, None while it isn't.

    `due` is the milestone's promise, else its planned finish; `forecast` the day by which all of
    the milestone will be done. `by_district` is False where a camat answers for the whole of it.
    """

    program: Program
    milestone: Milestone
    place: str
    due: date
    forecast: date
    on: date | None
    by_district: bool

    def late_on(self, day: date) -> bool:
        """Whether it should have been done in this district before the day."""
        return self.on is None and self.due < day

    @property
    def owner(self) -> str | None:
        """Who does it."""
        return owner_of(self.milestone, self.program)


class Reach(NamedTuple):
    """Shares counted, of a district, of a programme or of both, on the data date.

    `reached` counts programmes or districts with anything delivered, `complete` those with
    nothing left. `next_due` and `last_due` are of what is left, `forecast` the last day of it;
    `waiting_since` is the oldest due date that has passed.
    """

    asked: int
    delivered: int
    late: int
    planned: int
    reached: int
    complete: int
    first_delivery: date | None
    last_delivery: date | None
    next_due: date | None
    last_due: date | None
    forecast: date | None
    waiting_since: date | None

    @property
    def to_come(self) -> int:
        """What is left and not late."""
        return self.asked - self.delivered - self.late


def shares_of(
    plan: Plan, schedule: Schedule, forecast: Schedule, wanted: Collection[str]
) -> Iterator[Share]:
    """The shares of the wanted milestones, by id, in the plan's order; cancelled ones have none.

    A milestone that was finished as a whole is done in each of its districts.
    """
    camat = {place.id for place in plan.districts}
    for program in plan.programs:
        for one in program.milestones:
            if one.id not in wanted or one.cancelled or one.id not in schedule.slots:
                continue
            due = one.due or schedule.slots[one.id].finish
            last = forecast.slots[one.id].finish
            places = plan.everywhere(one.districts)
            for place in places:
                fact = one.delivered.get(place)
                on = (fact.on if fact else None) or one.finished
                yield Share(program, one, place, due, last, on, by_district=True)
            owner = owner_of(one, program)
            if owner in camat and owner not in places:
                done = finish_of(one, places)
                yield Share(program, one, owner, due, last, done, by_district=False)


def places_of(plan: Plan, program: Program) -> frozenset[str]:
    """Where a programme applies: its own districts, and those that a milestone asks anything of."""
    return asked_in(plan, program).union(plan.everywhere(program.districts))


def asked_in(plan: Plan, program: Program) -> frozenset[str]:
    """Where any milestone of a programme asks something; those that are cancelled ask nothing."""
    found: set[str] = set()
    camat = {place.id for place in plan.districts}
    for one in program.milestones:
        if not one.cancelled:
            found.update(plan.everywhere(one.districts))
            if (owner := owner_of(one, program)) in camat:
                found.add(str(owner))
    return frozenset(found)


def reach_of(shares: Sequence[Share], day: date, *, across: str) -> Reach:
    """The shares counted; `across` says of what: `programs` reached, or `places`."""
    done: dict[str, int] = {}
    asked: dict[str, int] = {}
    days: list[date] = []
    left: list[date] = []
    forecast: date | None = None
    for program, _, place, due, last, on, _ in shares:
        key = program.id if across == "programs" else place
        asked[key] = asked.get(key, 0) + 1
        if on is not None:
            done[key] = done.get(key, 0) + 1
            days.append(on)
            continue
        left.append(due)
        if forecast is None or last > forecast:
            forecast = last
    late = [due for due in left if due < day]
    return Reach(
        asked=len(shares),
        delivered=len(days),
        late=len(late),
        planned=len(asked),
        reached=len(done),
        complete=sum(done.get(key) == count for key, count in asked.items()),
        first_delivery=min(days, default=None),
        last_delivery=max(days, default=None),
        next_due=min(left, default=None),
        last_due=max(left, default=None),
        forecast=forecast,
        waiting_since=min(late, default=None),
    )


def grouped(shares: Iterable[Share], across: str) -> dict[str, list[Share]]:
    """Shares by district (`places`) or by programme (`programs`)."""
    found: dict[str, list[Share]] = {}
    for one in shares:
        found.setdefault(one.place if across == "places" else one.program.id, []).append(one)
    return found
