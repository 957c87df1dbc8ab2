"""What already runs against what is new: taken on, stopped, with nobody, doubled, or with a gap."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.alignment.names import Index
from banyuasin_plan.alignment.reach import places_of
from banyuasin_plan.schedule.network import finish_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from banyuasin_plan.alignment.names import Likeness
    from banyuasin_plan.plan.model import Inherited, Plan, Program
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.words import Message

ONE_DAY = timedelta(1)


class Pair(NamedTuple):
    """A running programme and a new one that takes it on; `how` is `continued`, `merged` or so.

    `by` are the milestones that hand over, and `takes_over` the last day that any of them is
    done, in fact or by the forecast; where none is named, the first day of the new programme.
    `handed` says that all that are named are done.
    """

    running: Inherited
    program: Program
    how: str
    by: tuple[str, ...]
    takes_over: date | None
    handed: bool

    @property
    def new_owner(self) -> bool | None:
        """Whether another office has it now than then; None while either is not known."""
        then, now = self.running.owner, self.program.lead
        return then != now if then and now else None


class Gap(NamedTuple):
    """Days between the last of a running programme and the first successor, both included."""

    pair: Pair
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many calendar days nobody serves."""
        return (self.last - self.first).days + 1


class Double(NamedTuple):
    """A running programme and a new one alike in name, by one owner or in the same places."""

    running: Inherited
    program: Program
    likeness: Likeness
    same_owner: bool
    places: tuple[str, ...]

    @property
    def explained(self) -> Message:
        """The two names that are alike, how, and what else the programmes share."""
        both = "both" if self.same_owner else "districts"
        return message(
            f"sync.{self.likeness.how}",
            one=self.likeness.other,
            other=self.likeness.one,
            score=round(self.likeness.score),
            shared=message(
                f"sync.shared.{both if self.places else 'owner'}", count=len(self.places)
            ),
        )


def end_of(running: Inherited) -> date | None:
    """Its last day: the end it was given, or the day it was stopped, whichever is first."""
    days = [running.until, running.stopped.on if running.stopped else None]
    return min((day for day in days if day), default=None)


def named_by(program: Program) -> tuple[str, ...]:
    """The running programmes that a new one says it takes on."""
    taken = program.inherits
    return (*taken.continues, *taken.merges, *taken.replaces) if taken else ()


def undecided(plan: Plan) -> list[Inherited]:
    """Running programmes that no new one takes on and no decision stops."""
    taken = {name for program in plan.programs for name in named_by(program)}
    return [one for one in plan.inherited if not one.stopped and one.id not in taken]


def pairs_of(plan: Plan, forecast: Schedule) -> Iterator[Pair]:
    """Every pair of a running programme and a new one that names it, in the plan's order."""
    running = {one.id: one for one in plan.inherited}
    for program in plan.programs:
        taken = program.inherits
        if taken is None:
            continue
        day, handed = _handover(plan, program, forecast)
        ways = (
            ("continued", taken.continues),
            ("merged", taken.merges),
            ("replaced", taken.replaces),
        )
        for how, names in ways:
            for name in names:
                if name in running:
                    yield Pair(running[name], program, how, taken.by, day, handed)


def _handover(plan: Plan, program: Program, forecast: Schedule) -> tuple[date | None, bool]:
    """When a programme takes over, and whether the milestones that hand over are all done."""
    alive = [one for one in program.milestones if not one.cancelled and one.id in forecast.slots]
    naming = program.inherits.by if program.inherits else ()
    named = [one for one in alive if one.id in naming]
    if named:
        done = all(finish_of(one, plan.everywhere(one.districts)) for one in named)
        return max(forecast.slots[one.id].finish for one in named), done
    return min((forecast.slots[one.id].start for one in alive), default=None), False


def gaps_of(pairs: Iterable[Pair]) -> list[Gap]:
    """Running programmes that end before any successor takes over, the longest gap first."""
    soonest: dict[str, Pair] = {}
    for one in pairs:
        held = soonest.get(one.running.id)
        if one.takes_over and (not held or not held.takes_over or one.takes_over < held.takes_over):
            soonest[one.running.id] = one
    found = []
    for one in soonest.values():
        end = end_of(one.running)
        if end and one.takes_over and one.takes_over > end + ONE_DAY:
            found.append(Gap(one, end + ONE_DAY, one.takes_over - ONE_DAY))
    return sorted(found, key=lambda gap: (-gap.days, gap.pair.running.id))


def doubles_of(plan: Plan, programs: Sequence[Program], day: date) -> list[Double]:
    """New programmes that look like one that still runs and that they do not name.

    Alike in name, and with the same owner or a district in common; most alike first.
    """
    running = [one for one in plan.inherited if not one.stopped and _runs(one, day)]
    index = Index({one.id: (one.name, *one.aliases) for one in running})
    by_id = {one.id: one for one in running}
    where = {one.id: frozenset(plan.everywhere(one.districts)) for one in running}
    found = []
    for program in programs:
        names = [program.name, program.full_name, *program.aliases]
        alike = index.alike([name for name in names if name], named_by(program))
        mine = places_of(plan, program) if alike else frozenset()
        for key, likeness in alike.items():
            one, common = by_id[key], where[key] & mine
            same = one.owner is not None and one.owner == program.lead
            if same or common:
                shared = tuple(place.id for place in plan.districts if place.id in common)
                found.append(Double(one, program, likeness, same, shared))
    return sorted(found, key=lambda one: (-one.likeness.score, one.running.id, one.program.id))


def _runs(one: Inherited, day: date) -> bool:
    end = end_of(one)
    return end is None or end >= day
