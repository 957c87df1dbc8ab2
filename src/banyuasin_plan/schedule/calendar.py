"""Working days: which they are, how many lie between two days, and what the hundred days are.

Days are integers inside (proleptic Gregorian ordinals, `date.toordinal`). An *instant* is a
boundary between days: `d` is the morning of day `d`, `d + 1` its evening. Counting working days
before an instant gives the *working time* in which durations and lags are plain additions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING

from banyuasin_plan.plan.head import AROUND, WEEK
from banyuasin_plan.schedule.holidays import Holiday, national

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from banyuasin_plan.plan.head import OwnerCalendar, Period, PlanHead
    from banyuasin_plan.plan.model import Plan

LONGEST = 36_525
"""A schedule spans at most a hundred years."""

_MARGIN = 366
_CHUNK = 512
_LAST = date.max.toordinal()


class Calendar:
    """The working days of the plan or of one owner, as far as anybody asks.

    The table grows when asked for a later day. Outside the hundred years it covers every day
    counts as worked, so that arithmetic never fails; a rule reports schedules that get there.
    """

    __slots__ = (
        "_base",
        "_closed",
        "_days",
        "_end",
        "_floor",
        "_open",
        "_opening",
        "_seen",
        "_week",
    )

    def __init__(
        self, week: frozenset[int], closed: frozenset[int], opened: frozenset[int], base: int
    ) -> None:
        """Weekdays worked (0 is Monday), days closed and days opened against them, first day."""
        self._week, self._closed, self._open = week, closed, opened
        self._base, self._end = base, base + LONGEST + 2 * _MARGIN
        self._floor: int | None = None
        self._opening = 0
        self._days: list[int] = []
        self._seen: list[int] = [0]

    def works(self, day: int) -> bool:
        """Whether that day is worked."""
        return self.count(day + 1) > self.count(day)

    def count(self, instant: int) -> int:
        """How many working days lie before the instant (negative before the table begins)."""
        place = instant - self._base
        if place < 0:
            return place
        try:  # almost always there: asking first would cost more than the counting
            return self._seen[place]
        except IndexError:
            self._grow(instant)
        if instant > self._end:
            return self._seen[-1] + instant - self._end
        return self._seen[place]

    def day(self, number: int) -> int:
        """The working day with that many working days before it."""
        if number < 0:
            return self._base + number
        try:
            return self._days[number]
        except IndexError:
            self._grow_to(number)
        if number >= len(self._days):
            return self._end + number - len(self._days)
        return self._days[number]

    def first_from(self, instant: int) -> int:
        """The first working day that begins at the instant or later."""
        return self.day(self.count(instant))

    def opening(self, floor: int) -> int:
        """The first working day from a plan's first day on: asked of every milestone, kept."""
        if floor != self._floor:
            self._floor, self._opening = floor, self.first_from(floor)
        return self._opening

    def last_before(self, instant: int) -> int:
        """The last working day that is over by the instant."""
        return self.day(self.count(instant) - 1)

    def after(self, instant: int, lag: int) -> int:
        """The earliest instant with that many working days (or fewer, negative) from this one."""
        return self.day(self.count(instant) + lag - 1) + 1 if lag else instant

    def between(self, first: int, last: int) -> int:
        """How many working days the days from first to last hold, both included; 0 at least."""
        return max(0, self.count(last + 1) - self.count(first))

    @property
    def _reached(self) -> int:
        return self._base + len(self._seen) - 1

    def _grow_to(self, number: int) -> None:
        while number >= len(self._days) and self._reached < self._end:
            self._grow(self._reached + _CHUNK)

    def _grow(self, instant: int) -> None:
        until = min(max(instant, self._reached + _CHUNK), self._end)
        for day in range(self._reached, until):
            open_day = (day + 6) % 7 in self._week and day not in self._closed
            if open_day or day in self._open:
                self._days.append(day)
            self._seen.append(len(self._days))


@dataclass(frozen=True, eq=False, repr=False)
class Calendars:
    """The plan's calendar, every owner's, and the days the plan runs.

    Owners without days of their own share the plan's calendar.
    """

    head: PlanHead
    plan: Calendar
    owners: Mapping[str, Calendar]

    def of(self, owner: str | None) -> Calendar:
        """The calendar of that owner."""
        return self.owners.get(owner or "", self.plan)

    @cached_property
    def first(self) -> int:
        """The first day on which work may be planned."""
        return self.head.first.toordinal()

    @cached_property
    def last_day(self) -> date:
        """The plan's last day: day 100, or the hundredth working day."""
        start = self.head.start.toordinal()
        if self.head.count == "calendar":
            return as_date(start + self.head.days - 1)
        return as_date(self.plan.day(self.plan.count(start) + self.head.days - 1))

    @property
    def plans_until(self) -> date:
        """The latest day on which something proposed may fall due: a year after the last one."""
        return self.last_day + AROUND

    def day_number(self, day: date) -> int:
        """N of "day N of 100", in what the plan counts; 0 and below before day 1."""
        if self.head.count == "calendar":
            return day.toordinal() - self.head.start.toordinal() + 1
        return self.working_day_number(day)

    def working_day_number(self, day: date) -> int:
        """How many office days have begun from day 1 to that day."""
        return self.plan.count(day.toordinal() + 1) - self.plan.count(self.head.start.toordinal())

    def week_number(self, day: date) -> int:
        """Week N, Monday to Sunday; week 1 is the one that holds day 1."""
        monday = self.head.start.toordinal() - self.head.start.weekday()
        return (day.toordinal() - monday) // 7 + 1

    def office_days(self, after: date, until: date) -> int:
        """Office days after one day up to and including another; 0 when it is not later."""
        return self.plan.between(after.toordinal() + 1, until.toordinal())


def calendars_of(plan: Plan) -> Calendars:
    """The calendars of a plan and its owners, districts included."""
    head, rules = plan.plan, plan.plan.calendar
    base = head.first.toordinal() - _MARGIN
    reach = range(base, base + LONGEST + 2 * _MARGIN)
    week = frozenset(WEEK.index(name) for name in rules.week)
    closed = frozenset(day.day.toordinal() for day in holidays_of(head)) | _days(
        rules.closed, reach
    )
    opened = _days(rules.open, reach)
    common = Calendar(week, closed - opened, opened, base)
    own = {
        owner.id: _own(owner.calendar, week, closed, opened, reach)
        for owner in plan.everybody()
        if owner.calendar
    }
    return Calendars(head, common, own)


def holidays_of(head: PlanHead) -> tuple[Holiday, ...]:
    """The public holidays and, where they close offices, the joint leave days of the plan."""
    if head.calendar.holidays == "none":
        return ()
    return tuple(
        holiday
        for year in range(head.start.year - 1, head.start.year + 101)
        for holiday in national(year)
        if head.calendar.joint_leave or not holiday.joint_leave
    )


@cache
def as_date(day: int) -> date:
    """An ordinal as a date, held inside the dates Python knows."""
    return date.fromordinal(min(max(day, 1), _LAST))


def _own(
    calendar: OwnerCalendar,
    week: frozenset[int],
    closed: frozenset[int],
    opened: frozenset[int],
    reach: range,
) -> Calendar:
    shut, free = _days(calendar.closed, reach), _days(calendar.open, reach)
    opened = (opened - shut) | free
    return Calendar(week, (closed | shut) - opened, opened, reach.start)


def _days(periods: Iterable[Period], reach: range) -> frozenset[int]:
    """The days of the periods that a schedule can meet."""
    days: set[int] = set()
    for period in periods:
        first = max(period.first.toordinal(), reach.start)
        days.update(range(first, min(period.last.toordinal() + 1, reach.stop)))
    return frozenset(days)
