"""Lines over days on a terminal: each with a sign of its own, so that none needs a colour."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.cells import readable
from banyuasin_plan.formats.timescale import placed
from banyuasin_plan.report import Kind
from banyuasin_plan.words import label
from banyuasin_plan.words.writing import SHORT_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.formats.grid import Page
    from banyuasin_plan.report import Chart, Table

WIDE = 100
"""How wide it is drawn at most, and where nobody says how wide the screen is."""

NARROWEST = 20
"""Columns of days below which lines say nothing, so that none are drawn."""

ROWS, A_MARK = 15, 3
"""Rows above the axis, which stand for 100 %, and how many of them lie between two marks."""

MARGIN = len("100% ")


class Pen(NamedTuple):
    """How a line is drawn: its sign, the one that ASCII has, its style."""

    full: str
    plain: str
    style: str


PENS = {
    "planned_percent": Pen("·", ".", "grey"),
    "forecast_percent": Pen("○", "o", "orange"),
    "verified_percent": Pen("◆", "v", "green"),
    "actual_percent": Pen("●", "#", "blue"),
}
"""The lines in the order they are drawn: where two meet, the later one is seen."""

TODAY = Pen("│", "|", "dim")
LAST_DAY = Pen("┊", ":", "dim")


class Plot:
    """A chart's lines, fitted to a page."""

    def __init__(self, chart: Chart, table: Table, page: Page) -> None:
        """Read the lines off the table; days run from the first row to the last."""
        self.page = page
        self.series = chart.series
        ids = [column.id for column in table.columns]
        days = [row[ids.index(chart.across)] for row in table.rows]
        self.days = [day.toordinal() for day in days if isinstance(day, date)]
        self.values = {
            name: [_number(row[ids.index(name)]) for row in table.rows] for name in chart.series
        }
        room = min(page.screen.width or WIDE, WIDE) - MARGIN - 1
        self.columns = min(room, self.days[-1] - self.days[0] + 1)

    @property
    def fits(self) -> bool:
        """Whether there is room to draw in, and time to draw over."""
        return self.columns >= NARROWEST

    def lines(self) -> Iterator[str]:
        """The rows from 100 % down, the axis, and the days below it."""
        cells = self._cells()
        bar, corner, dash = ("|", "+", "-") if self.page.screen.plain else ("│", "└", "─")
        for row in range(ROWS, -1, -1):
            mark = f"{100 * row // ROWS}%" if row % A_MARK == 0 else ""
            drawn = "".join(self._sign(cells.get((row, at))) for at in range(self.columns))
            yield f"{mark:>{MARGIN - 1}} {self.page.styled(bar, 'dim')}{drawn}".rstrip()
        yield " " * MARGIN + self.page.styled(corner + dash * self.columns, "dim")
        yield (" " * (MARGIN + 1) + placed(self._names(), self.columns)).rstrip()

    def legend(self) -> list[str]:
        """What each sign stands for, and where its line stands on the data date."""
        found = []
        for name in self.series:
            pen = PENS[name]
            word = label(f"column.{name}", self.page.lang)
            sign = pen.plain if self.page.screen.plain else pen.full
            found.append(f"{sign} {word} {self._told(name)}".rstrip())
        for pen, word in ((TODAY, "today"), (LAST_DAY, "last_day")):
            sign = pen.plain if self.page.screen.plain else pen.full
            day = self._short(self.page.report.heading.last_day)
            if self._column(self._day(word)) is not None:
                found.append(f"{sign} {label(f'plot.{word}', self.page.lang, day=day)}")
        return found

    def _cells(self) -> dict[tuple[int, int], Pen]:
        """What stands where, by row and column; a line that jumps is drawn through."""
        cells: dict[tuple[int, int], Pen] = {}
        for word, pen in (("last_day", LAST_DAY), ("today", TODAY)):
            column = self._column(self._day(word))
            if column is not None:
                cells |= {(row, column): pen for row in range(ROWS + 1)}
        for name, pen in PENS.items():
            before = None
            for column, value in sorted(self._by_column(name).items()):
                row = round(value * ROWS / 100)
                passed = range(min(before, row) + 1, max(before, row)) if before is not None else ()
                cells |= {(each, column): pen for each in (*passed, row)}
                before = row
        return cells

    def _by_column(self, name: str) -> dict[int, float]:
        """The last value in each column."""
        found: dict[int, float] = {}
        for day, value in zip(self.days, self.values.get(name, ()), strict=False):
            column = self._column(day)
            if value is not None and column is not None:
                found[column] = value
        return found

    def _column(self, day: int) -> int | None:
        """The column that holds the day, if any does."""
        first, last = self.days[0], self.days[-1]
        if not first <= day <= last:
            return None
        return (day - first) * self.columns // (last - first + 1)

    def _day(self, word: str) -> int:
        heading = self.page.report.heading
        return (heading.as_of if word == "today" else heading.last_day).toordinal()

    def _names(self) -> Sequence[tuple[int, str]]:
        """The first day, the data date and the last day at their columns."""
        days = sorted({self.days[0], self.days[-1], self._day("today"), self._day("last_day")})
        names = []
        for day in days:
            column, word = self._column(day), self._short(date.fromordinal(day))
            if column is not None:
                names.append((min(column, self.columns - len(word)), word))
        return names

    def _short(self, day: date) -> str:
        return f"{day.day} {SHORT_MONTHS[self.page.lang][day.month - 1]}"

    def _told(self, name: str) -> str:
        """The line's value on the data date; of the forecast, where it ends."""
        today = self._day("today")
        values = self.values[name]
        if name == "forecast_percent":
            return ""
        known = [v for day, v in zip(self.days, values, strict=True) if day <= today]
        return readable(known[-1], Kind.PERCENT, self.page.lang) if known else ""

    def _sign(self, pen: Pen | None) -> str:
        if pen is None:
            return " "
        return self.page.styled(pen.plain if self.page.screen.plain else pen.full, pen.style)


def _number(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
