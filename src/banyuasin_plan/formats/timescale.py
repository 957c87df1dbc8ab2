"""Days as columns of a screen: how many a week gets, and what stands above them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.lines import width
from banyuasin_plan.words.writing import MONTHS, SHORT_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from banyuasin_plan.report import Gantt
    from banyuasin_plan.words import Lang

WEEK, OFFICE_WEEK = 7, 5
A_WEEK = (7, 5, 4, 3)
"""Columns a week that leave its parts apart: every day, every weekday, and pieces of weekdays."""

LEAST = 20
"""What labels keep at least, where they need as much; a quarter of a wide screen."""

LEAST_AT_ALL = 8


class Timescale(NamedTuple):
    """Days as columns from a Monday on: several columns a week, or several weeks a column.

    With less than seven columns a week, the weekend shares the last one with Friday.
    """

    monday: int
    weeks: int
    a_week: int = 1
    step: int = 1

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return -(-self.weeks // self.step) * self.a_week

    def column(self, day: date) -> int:
        """The column that holds the day."""
        week, weekday = divmod(day.toordinal() - self.monday, WEEK)
        if self.a_week == WEEK:
            return week * WEEK + weekday
        piece = min(weekday, OFFICE_WEEK - 1) * self.a_week // OFFICE_WEEK
        return week // self.step * self.a_week + piece

    def holds(self, day: date) -> bool:
        """Whether the day lies on the scale."""
        return 0 <= day.toordinal() - self.monday < self.weeks * WEEK

    def mondays(self) -> list[date]:
        """The Mondays that a column begins with."""
        days = range(self.monday, self.monday + self.weeks * WEEK, WEEK * self.step)
        return [date.fromordinal(day) for day in days]

    def months(self, lang: Lang) -> str:
        """The months, each from the column of its first day on, with the year where it begins."""
        days = range(self.monday, self.monday + self.weeks * WEEK)
        firsts = [date.fromordinal(day) for day in days if day == self.monday or _first(day)]
        ends = [*(self.column(day) for day in firsts[1:]), self.columns]
        words = []
        for place, (day, end) in enumerate(zip(firsts, ends, strict=True)):
            year = f" {day.year}" if not place or day.month == 1 else ""
            room = end - self.column(day) - 1
            names = (
                f"{MONTHS[lang][day.month - 1]}{year}",
                f"{SHORT_MONTHS[lang][day.month - 1]}{year}",
            )
            fits = [name for name in names if width(name) <= room]
            words.append((self.column(day), fits[0] if fits else SHORT_MONTHS[lang][day.month - 1]))
        return placed(words, self.columns)

    def numbers(self, numbers: Sequence[int]) -> str:
        """A number at every Monday's column, or at every other one where they are too close."""
        widest = max(len(str(number)) for number in numbers) + 1
        every = -(-widest // self.a_week)
        words = [(place * self.a_week, str(number)) for place, number in enumerate(numbers)]
        return placed(words[::every], self.columns)


def fitted(
    block: Gantt, room: int, longest: int, tails: Sequence[int]
) -> tuple[Timescale, int, int]:
    """The widest scale for a Gantt, the columns its labels get, and which of the tails fits.

    `tails` are what else would stand beside the bars, the widest first and 0 last.
    """
    monday = block.first.toordinal() - block.first.weekday()
    weeks = (block.last.toordinal() - monday) // WEEK + 1
    least = min(longest, max(LEAST, room // 4))
    choices = [(a_week, tail) for a_week in A_WEEK for tail in tails if tail]
    choices += [(a_week, 0) for a_week in range(A_WEEK[-1], 0, -1)]
    for a_week, tail in choices:
        left = room - weeks * a_week - tail
        if left >= least:
            return Timescale(monday, weeks, a_week), min(left, longest), tail
    columns = max(room - min(longest, LEAST_AT_ALL), 1)
    scale = Timescale(monday, weeks, 1, -(-weeks // columns))
    return scale, max(min(room - scale.columns, longest), 1), 0


def placed(words: Iterable[tuple[int, str]], columns: int) -> str:
    """Words at their columns on one line; one that would touch the last or the end is left out."""
    line = ""
    for column, word in words:
        if (not line or column > width(line)) and column + width(word) <= columns:
            line += " " * (column - width(line)) + word
    return line


def _first(day: int) -> bool:
    return date.fromordinal(day).day == 1
