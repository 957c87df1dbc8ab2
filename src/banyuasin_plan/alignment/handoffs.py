"""Links between two different owners: who waits for whom, since when, and how long it may last."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.fields import LinkType
from banyuasin_plan.plan.model import owner_of
from banyuasin_plan.schedule.network import finish_of, start_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from banyuasin_plan.plan.model import Link, Milestone, Plan, Program
    from banyuasin_plan.schedule import Schedule

FROM_START = {LinkType.SS, LinkType.SF}
"""Links that wait for a start; the others wait for a finish."""

TO_START = {LinkType.FS, LinkType.SS}
"""Links whose start waits; of the others the finish does."""

LEAST_AGENCIES = 3
"""From this many different owners on, a chain of links is told of."""


class Spot(NamedTuple):
    """A milestone that is not cancelled, its programme, who does it, and how far it is."""

    milestone: Milestone
    program: Program
    owner: str | None
    began: date | None
    finished: date | None


class Handoff(NamedTuple):
    """A link: `waiting` waits for `given`.

    `promised` is the day it was to be handed over (the due date of what is waited for, else its
    planned finish, or where a start is waited for the planned start), `forecast` the day it will
    be, `met` the day it was. `slack` counts the office days by which the forecast may slip before
    the one that waits has to move; None once nobody waits. `state` is `late`, `to_come`, `met`, or
    `ahead` where the one that waits went on without it.
    """

    waiting: Spot
    given: Spot
    link: Link
    promised: date
    forecast: date
    met: date | None
    state: str
    slack: int | None
    total_float: int | None

    @property
    def open(self) -> bool:
        """Whether somebody still waits."""
        return self.state in {"late", "to_come"}

    @property
    def between(self) -> bool:
        """Whether two different owners are at its ends."""
        one, other = self.waiting.owner, self.given.owner
        return one is not None and other is not None and one != other


class Chain(NamedTuple):
    """Open links one behind the other: milestones from the first to the one that waits for all."""

    spots: tuple[Spot, ...]

    @property
    def owners(self) -> tuple[str, ...]:
        """Who does them in turn; an owner that goes on by itself is named once."""
        found: list[str] = []
        for one in self.spots:
            if one.owner and found[-1:] != [one.owner]:
                found.append(one.owner)
        return tuple(found)


def links_of(plan: Plan, schedule: Schedule, forecast: Schedule) -> Iterator[Handoff]:
    """Every link between two milestones that are not cancelled, in the plan's order."""
    spots = _spots(plan, schedule)
    for spot in spots.values():
        for link in spot.milestone.after:
            if link.id in spots:
                yield _handoff(spot, spots[link.id], link, schedule, forecast)


def _spots(plan: Plan, schedule: Schedule) -> Mapping[str, Spot]:
    return {
        one.id: Spot(
            one,
            program,
            owner_of(one, program),
            start_of(one),
            finish_of(one, plan.everywhere(one.districts)),
        )
        for program in plan.programs
        for one in program.milestones
        if not one.cancelled and one.id in schedule.slots
    }


def _handoff(
    waiting: Spot, given: Spot, link: Link, schedule: Schedule, forecast: Schedule
) -> Handoff:
    name = given.milestone.id
    planned, coming = schedule.slots[name], forecast.slots[name]
    if link.link in FROM_START:
        promised, ready, met = planned.start, coming.start, given.began
    else:
        promised = given.milestone.due or planned.finish
        ready, met = coming.finish, given.finished
    gone = waiting.began if link.link in TO_START else waiting.finished
    as_of = forecast.as_of
    late = as_of is not None and promised < as_of
    state = "met" if met else "ahead" if gone else "late" if late else "to_come"
    slack = _slack(waiting, link, ready, forecast) if state in {"late", "to_come"} else None
    return Handoff(waiting, given, link, promised, ready, met, state, slack, coming.total_float)


def _slack(waiting: Spot, link: Link, ready: date, forecast: Schedule) -> int:
    """Office days between the forecast hand-over and the last day that moves nothing."""
    slot = forecast.slots[waiting.milestone.id]
    needed = slot.start if link.link in TO_START else slot.finish
    lag = link.lag.days
    if link.lag.calendar:
        ready, lag = ready + timedelta(lag), 0
    # What takes days begins on the day after the finish it waits for.
    begins = link.link is LinkType.FS and not slot.event
    return max(forecast.calendars.office_days(ready, needed) - lag - begins, 0)


def chains_of(links: Iterable[Handoff]) -> list[Chain]:
    """Chains of open links through three owners or more, the most owners first.

    Each milestone is followed back to the one that is handed over to it last (by the forecast,
    then by id), whoever does it; a chain ends where nothing follows that waits for it so.
    """
    last: dict[str, Handoff] = {}
    for one in links:
        held = last.get(one.waiting.milestone.id)
        if one.open and (held is None or _turn(one) > _turn(held)):
            last[one.waiting.milestone.id] = one
    followed = {one.given.milestone.id for one in last.values()}
    found = [_chain(one, last) for name, one in last.items() if name not in followed]
    told = [one for one in found if len(set(one.owners)) >= LEAST_AGENCIES]
    return sorted(told, key=lambda one: (-len(set(one.owners)), one.spots[-1].milestone.id))


def _turn(one: Handoff) -> tuple[date, str]:
    return one.forecast, one.given.milestone.id


def _chain(end: Handoff, last: Mapping[str, Handoff]) -> Chain:
    spots = [end.waiting]
    step: Handoff | None = end
    while step:
        spots.append(step.given)
        step = last.get(step.given.milestone.id)
    return Chain(tuple(reversed(spots)))
