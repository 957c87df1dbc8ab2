"""Camat whom several programmes ask in the same week, and a day on which these could come together.

What is asked is work that takes days, as `schedule.loading` lays it on a district; an event asks
for nothing. A week runs from Monday to Sunday.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.calendar import as_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule.loading import Burden, Stretch

SEVERAL = 2
"""From this many programmes on, a week is told of."""

WEEK = 7


class Asked(NamedTuple):
    """One camat's week: the programmes that ask, by which milestones, and the fullest day.

    `day` is the camat's own working day on which most programmes are at work at once (`together`),
    the first of them; `peak` is the highest load on any day of the week.
    """

    week: int
    first: date
    last: date
    programs: tuple[str, ...]
    milestones: tuple[str, ...]
    peak: int
    day: date
    together: tuple[str, ...]


class Visit(NamedTuple):
    """What is found of one camat: the weeks in which several programmes ask, the fullest first."""

    district: str
    name: str
    capacity: int | None
    weeks: tuple[Asked, ...]

    @property
    def proposed(self) -> Asked:
        """The week to come together in: most programmes, then most at once, then the first."""
        return self.weeks[0]


def visits_of(
    plan: Plan, burdens: Mapping[str, Burden], monday: int, places: Collection[str] | None = None
) -> list[Visit]:
    """One finding for each camat whom several programmes ask in a week, the most asked first.

    `monday` is the Monday of week 1; `places` leaves those districts only.
    """
    programs = {one.id: each.id for each in plan.programs for one in each.milestones}
    alike: dict[tuple[Stretch, ...], tuple[Asked, ...]] = {}
    found = []
    for place in plan.districts:
        burden = burdens.get(place.id)
        if burden is None or (places is not None and place.id not in places):
            continue
        key = burden.stretches
        # Districts of one calendar that are asked the same have the same weeks.
        if place.calendar is None and key in alike:
            weeks = alike[key]
        else:
            weeks = tuple(sorted(_weeks(burden, monday, programs), key=_turn))
            if place.calendar is None:
                alike[key] = weeks
        if weeks:
            found.append(Visit(place.id, place.name, place.capacity, weeks))
    return sorted(found, key=lambda one: (*_turn(one.proposed), one.district))


def _turn(one: Asked) -> tuple[int, int, int]:
    return -len(one.programs), -len(one.together), one.week


def _weeks(burden: Burden, monday: int, programs: Mapping[str, str]) -> Iterator[Asked]:
    """The weeks in which several programmes ask for the camat."""
    for week, parts in _parts(burden, monday).items():
        asking = {part: tuple(dict.fromkeys(programs[one] for one in part)) for _, part, _ in parts}
        every = dict.fromkeys(name for names in asking.values() for name in names)
        if len(every) < SEVERAL:
            continue
        day, fullest, _ = max(parts, key=lambda part: (len(asking[part[1]]), -part[0]))
        first = monday + (week - 1) * WEEK
        yield Asked(
            week,
            as_date(first),
            as_date(first + WEEK - 1),
            tuple(every),
            tuple(dict.fromkeys(name for _, names, _ in parts for name in names)),
            max(load for _, _, load in parts),
            as_date(day),
            asking[fullest],
        )


def _parts(burden: Burden, monday: int) -> dict[int, list[tuple[int, tuple[str, ...], int]]]:
    """By week: the first day of each stretch in it, its milestones and its load."""
    weeks: dict[int, list[tuple[int, tuple[str, ...], int]]] = {}
    for one in burden.stretches:
        seen = None
        for number in range(one.begin, one.end):
            day = burden.calendar.day(number)
            week = (day - monday) // WEEK + 1
            if week != seen:
                weeks.setdefault(week, []).append((day, one.milestones, one.load))
                seen = week
    return weeks
