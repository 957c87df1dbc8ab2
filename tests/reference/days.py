"""Days one by one: which are open, for whom; written from the design, not from the package.

Everything in this folder is the slow and obvious reading of the scheduling rules, over a plan as
plain mappings of text. It shares no code with the package, so that two readings meet in the tests.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import holidays

Written = dict[str, Any]
DAY = timedelta(1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Stretch(NamedTuple):
    """So many days of work or of lag, counted in working days or in calendar days."""

    days: int
    calendar: bool


def stretch(text: str) -> Stretch:
    """A duration or a lag as the author wrote it: `5`, `5d`, `2w`, `10cd`, `-3d`."""
    number, unit = re.fullmatch(r"([+-]?\d+)(d|w|cd|)", text).groups()  # type: ignore[union-attr]
    return Stretch(int(number) * (5 if unit == "w" else 1), unit == "cd")


class Moment(NamedTuple):
    """The morning or the evening of a day; the evening is the same instant as the next morning."""

    day: date
    evening: bool

    @property
    def morning(self) -> date:
        """The day that begins at this instant."""
        return self.day + DAY if self.evening else self.day


class Office:
    """Somebody's open days: the plan's calendar, and on top of it the owner's own days."""

    def __init__(self, plan: Written, own: Written | None = None) -> None:
        """Read the calendar of the plan and, where given, that of one owner."""
        self.plan = plan
        self.own = own or {}
        self.known: dict[date, bool] = {}

    def opens(self, day: date) -> bool:
        """Whether the office works on that day."""
        if day not in self.known:
            self.known[day] = self._opens(day)
        return self.known[day]

    def _opens(self, day: date) -> bool:
        for calendar in (self.own, self.plan):
            if _within(calendar.get("open", ()), day):
                return True
            if _within(calendar.get("closed", ()), day):
                return False
        if WEEK[day.weekday()] not in self.plan.get("week", WEEK[:5]):
            return False
        if self.plan.get("holidays", "id") == "none":
            return True
        if day in national_holidays(day.year):
            return False
        return self.plan.get("joint_leave", "true") == "false" or day not in joint_leave(day.year)

    def next_open(self, day: date) -> date:
        """The day itself if it is open, else the first open day behind it."""
        while not self.opens(day):
            day += DAY
        return day

    def days_between(self, first: date, end: date) -> int:
        """How many open days there are from the first on, the end not among them."""
        count = 0
        while first < end:
            count += self.opens(first)
            first += DAY
        return count

    def last_day(self, start: date, duration: Stretch) -> date:
        """The last day of work that begins on an open day."""
        if duration.calendar:
            return start + duration.days * DAY - DAY
        day, left = start, duration.days - 1
        while left:
            day += DAY
            left -= self.opens(day)
        return day

    def shift(self, morning: date, lag: Stretch) -> date:
        """The morning so much later, or earlier: the first with that many open days between."""
        if lag.calendar or not lag.days:
            return morning + lag.days * DAY
        left = abs(lag.days)
        if lag.days > 0:
            while left:
                left -= self.opens(morning)
                morning += DAY
            return morning
        while left or not self.opens(morning - DAY):
            morning -= DAY
            left -= self.opens(morning)
        return morning


def _within(periods: list[Written] | tuple[()], day: date) -> bool:
    return any(one["from"] <= str(day) <= one["to"] for one in periods)


@cache
def national_holidays(year: int) -> frozenset[date]:
    """Indonesia's public holidays, by an independent library."""
    return frozenset(holidays.country_holidays("ID", years=year, categories=holidays.PUBLIC))


@cache
def joint_leave(year: int) -> frozenset[date]:
    """Indonesia's days of joint leave (cuti bersama), by an independent library."""
    return frozenset(holidays.country_holidays("ID", years=year, categories=holidays.GOVERNMENT))
