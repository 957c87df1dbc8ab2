"""What owners and camat carry on each of their working days, and where that is too much.

An owner carries a milestone's load on each of its own working days from start to finish; a
district carries one unit for each milestone done in it. An event carries nothing, and in a
forecast neither does what is over: finished and cancelled work, work of which nothing is left,
districts that have delivered, and the days before the data date.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import owner_of
from banyuasin_plan.schedule.network import share_done

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from banyuasin_plan.plan.model import Milestone, Plan, Program
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.schedule.calendar import Calendar


class Portion(NamedTuple):
    """A load from one day to another, as ordinals, both included; not all are working days."""

    milestone: str
    load: int
    first: int
    last: int


class Stretch(NamedTuple):
    """Working days in a row that carry the same milestones.

    `begin` and `end` count working days of the owner's calendar, the end excluded.
    """

    begin: int
    end: int
    load: int
    milestones: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many working days it lasts."""
        return self.end - self.begin


class Burden(NamedTuple):
    """What one owner carries, in stretches in order; without a capacity it is never too much."""

    owner: str
    calendar: Calendar
    capacity: int | None
    stretches: tuple[Stretch, ...]

    @property
    def overloads(self) -> tuple[Stretch, ...]:
        """Working days in a row with more than the capacity.

        Each with the load and the milestones of its worst stretch, the first of them.
        """
        found: list[Stretch] = []
        for one in self.stretches:
            if self.capacity is None or one.load <= self.capacity:
                continue
            if not found or found[-1].end < one.begin:
                found.append(one)
                continue
            worst = max(found[-1], one, key=lambda each: each.load)
            found[-1] = worst._replace(begin=found[-1].begin, end=one.end)
        return tuple(found)

    @property
    def overload_days(self) -> int:
        """Working days on which it carries more than its capacity."""
        return sum(one.days for one in self.overloads)


class Week(NamedTuple):
    """One owner's week: the highest load on any day, load added up over days, days overloaded."""

    peak: int = 0
    total: int = 0
    overload_days: int = 0


def demands_of(milestone: Milestone, owner: str | None, places: Sequence[str]) -> dict[str, int]:
    """Who carries how much on a day of the work: its owner its load, each district one unit.

    A camat who owns what is done in its own district carries the load, or the unit where that
    is more: it is the same work.
    """
    found = dict.fromkeys(places, 1)
    if owner:
        found[owner] = max(milestone.load, found.get(owner, 0))
    return {who: load for who, load in found.items() if load}


def burdens_of(plan: Plan, schedule: Schedule) -> Mapping[str, Burden]:
    """What everybody carries in a schedule, by id; who carries nothing is left out."""
    limits = {one.id: one.capacity for one in plan.everybody()}
    portions: dict[str, list[Portion]] = {}
    for program in plan.programs:
        for milestone in program.milestones:
            for who, portion in _portions(plan, program, milestone, schedule):
                portions.setdefault(who, []).append(portion)
    burdens = {
        who: Burden(who, calendar, limits.get(who), tuple(_stretches(mine, calendar)))
        for who, mine in portions.items()
        for calendar in [schedule.calendars.of(who)]
    }
    return {who: burden for who, burden in burdens.items() if burden.stretches}


def weeks_of(burden: Burden, monday: int) -> dict[int, Week]:
    """An owner's weeks by number, counted from the Monday of week 1; idle ones are left out."""
    weeks: dict[int, Week] = {}
    for one in burden.stretches:
        over = burden.capacity is not None and one.load > burden.capacity
        for number in range(one.begin, one.end):
            week = (burden.calendar.day(number) - monday) // 7 + 1
            old = weeks.get(week, Week())
            weeks[week] = Week(
                max(old.peak, one.load), old.total + one.load, old.overload_days + over
            )
    return weeks


def _portions(
    plan: Plan, program: Program, milestone: Milestone, schedule: Schedule
) -> Iterator[tuple[str, Portion]]:
    """What one milestone lays on whom; cancelled work is an event in a forecast."""
    slot, as_of = schedule.slots.get(milestone.id), schedule.as_of
    if slot is None or slot.event:
        return
    places = plan.everywhere(milestone.districts)
    first, last = slot.start.toordinal(), slot.finish.toordinal()
    open_places = places
    if as_of:
        if share_done(milestone, places) >= 1:
            return
        first = max(first, as_of.toordinal())
        facts = milestone.delivered
        open_places = tuple(one for one in places if one not in facts or not facts[one].on)
    demands = demands_of(milestone, owner_of(milestone, program), open_places)
    for who, load in demands.items():
        yield who, Portion(milestone.id, load, first, last)


def _stretches(portions: Sequence[Portion], calendar: Calendar) -> Iterator[Stretch]:
    """Portions laid over each other: a sweep over the days on which one begins or ends."""
    changes: dict[int, list[tuple[bool, Portion]]] = {}
    for portion in portions:
        begin, end = calendar.count(portion.first), calendar.count(portion.last + 1)
        if begin < end:
            changes.setdefault(begin, []).append((True, portion))
            changes.setdefault(end, []).append((False, portion))
    active: dict[str, int] = {}
    for number, following in pairwise(sorted(changes)):
        for begins, portion in changes[number]:
            if begins:
                active[portion.milestone] = portion.load
            else:
                del active[portion.milestone]
        if active:
            yield Stretch(number, following, sum(active.values()), tuple(active))
