"""Camat whom several programmes ask in the same week, and a day on which these could come together.

What is asked is work that takes days, as `schedule.loading` lays it on a district; an event asks
for nothing. A week runs from Monday to Sunday.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.calendar import as_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule.loading import Burden, Stretch

SEVERAL = 2
"""From this many programmes on, a week is told of."""

NEARLY = 3, 4
"""What share of the most programmes at once makes a day as good, so that days can be shared out."""

WEEK = 7


class Asked(NamedTuple):
    """One camat's week: the programmes that ask, by which milestones, and a day for all of them.

    `peak` is the highest load on any day of the week. `days` are the camat's own working days on
    which most of the programmes are at work at once, or nearly as many; on `day`, one of these,
    `together` are.
    """

    week: int
    first: date
    last: date
    programs: tuple[str, ...]
    milestones: tuple[str, ...]
    peak: int
    day: date
    together: tuple[str, ...]
    days: tuple[tuple[date, tuple[str, ...]], ...]


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

    `monday` is the Monday of week 1; `burdens` are everybody's, `places` leaves the findings
    of those districts only. Nobody is in several
    districts at once: in the plan's order each camat gets the day that fewest others have so far.
    """
    programs = {one.id: each.id for each in plan.programs for one in each.milestones}
    alike: dict[tuple[Stretch, ...], tuple[Asked, ...]] = {}
    taken: Counter[date] = Counter()
    found = []
    for place in plan.districts:
        burden = burdens.get(place.id)
        if burden is None:
            continue
        key = burden.stretches
        # Districts of one calendar that are asked the same have the same weeks.
        if place.calendar is None and key in alike:
            weeks = alike[key]
        else:
            weeks = tuple(_weeks(burden, monday, programs))
            if place.calendar is None:
                alike[key] = weeks
        spread = sorted([_spread(one, taken) for one in weeks], key=_turn)
        if spread and (places is None or place.id in places):
            found.append(Visit(place.id, place.name, place.capacity, tuple(spread)))
    return sorted(found, key=_calendar)


def _calendar(one: Visit) -> tuple[int, date, str]:
    """A key that sorts the most asked first, then by the day."""
    return -len(one.proposed.programs), one.proposed.day, one.district


def _spread(one: Asked, taken: Counter[date]) -> Asked:
    """The week with the good day that fewest camat have so far, which is then taken once more."""
    day, together = min(one.days, key=lambda each: (taken[each[0]], -len(each[1]), each[0]))
    taken[day] += 1
    return one._replace(day=day, together=together)


def _turn(one: Asked) -> tuple[int, int, int]:
    return -len(one.programs), -len(one.together), one.week


def _weeks(burden: Burden, monday: int, programs: Mapping[str, str]) -> Iterator[Asked]:
    """The weeks in which several programmes ask for the camat."""
    for week, parts in _parts(burden, monday).items():
        asking = [
            (days, tuple(dict.fromkeys(programs[one] for one in stretch.milestones)))
            for stretch, days in parts
        ]
        every = dict.fromkeys(name for _, names in asking for name in names)
        if len(every) < SEVERAL:
            continue
        most = max(len(names) for _, names in asking)
        best = tuple(
            (as_date(day), names)
            for days, names in asking
            if len(names) * NEARLY[1] >= most * NEARLY[0]
            for day in days
        )
        first = monday + (week - 1) * WEEK
        yield Asked(
            week,
            as_date(first),
            as_date(first + WEEK - 1),
            tuple(every),
            tuple(dict.fromkeys(name for stretch, _ in parts for name in stretch.milestones)),
            max(stretch.load for stretch, _ in parts),
            *best[0],
            best,
        )


def _parts(burden: Burden, monday: int) -> dict[int, list[tuple[Stretch, list[int]]]]:
    """By week: each stretch in it with its days there."""
    weeks: dict[int, list[tuple[Stretch, list[int]]]] = {}
    for one in burden.stretches:
        for number in range(one.begin, one.end):
            day = burden.calendar.day(number)
            parts = weeks.setdefault((day - monday) // WEEK + 1, [])
            if parts and parts[-1][0] is one:
                parts[-1][1].append(day)
            else:
                parts.append((one, [day]))
    return weeks
