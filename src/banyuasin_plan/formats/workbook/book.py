"""A workbook being written: its sheets, its styles, and what everything in it shares."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.workbook.papers import PAPERS
from banyuasin_plan.formats.workbook.rows import RowSheet, RowWorkbook, index_of
from banyuasin_plan.formats.workbook.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.formats.workbook.styles import Style
    from banyuasin_plan.formats.workbook.values import Value
    from banyuasin_plan.report import Chart, Report, Table
    from banyuasin_plan.words import Lang

    Columns = dict[str, tuple[int, list[Value]]]
    """Where each column stands and what it holds, by its id."""


class Spot(NamedTuple):
    """Where a chart is to stand: at a row and column of a sheet, so wide and high in pixels."""

    sheet: RowSheet
    row: int
    column: int
    chart: Chart
    wide: float
    high: float


class Range(NamedTuple):
    """Where a table's rows stand: the sheet, first and last row of each run, columns by their id.

    There are several runs where heads stand between the rows once more.
    """

    sheet: str
    runs: Sequence[tuple[int, int]]
    columns: Columns


LONGEST_TAB = 31
"""Characters of a sheet's name."""

FORBIDDEN = frozenset("[]:*?/\\'")
ENDS = ",.:;("
"""Where a title may be broken off to become a sheet's name."""


class Book:
    """Sheets with our words as their names; no text of a plan names anything in it."""

    def __init__(self, report: Report, lang: Lang, screen: Screen) -> None:
        """An empty workbook, made on the data date: the same plan gives the same bytes."""
        self.report, self.heading, self.lang = report, report.heading, lang
        self.paper = PAPERS[screen.paper]
        self.texts = Texts()
        self.stream = BytesIO()
        self.workbook = RowWorkbook(self.stream, {"in_memory": True})
        made = datetime.combine(self.heading.as_of, time(), UTC)
        self.workbook.set_properties({"title": report.id, "created": made.replace(tzinfo=None)})
        self.formats: dict[Style, Format] = {}
        self.styles: dict[Style, int] = {}
        self.tabs: set[str] = set()
        self.contents: list[str] = []
        self.spots: list[Spot] = []
        self.ranges: dict[str, Range] = {}

    def sheet(self, tab: str) -> RowSheet:
        """A new sheet by a name that `tab` gave."""
        made = self.workbook.sheet(tab, self.texts)
        made.hide_gridlines(2)
        return made

    def tab(self, title: str) -> str:
        """A name for a sheet that no other has: the title up to its first stop, as it fits."""
        short = title
        for stop in ENDS:
            short = short.partition(stop)[0]
        short = "".join(letter for letter in short if letter not in FORBIDDEN).strip()
        if len(short) > LONGEST_TAB:
            short = short[: LONGEST_TAB + 1].rpartition(" ")[0] or short[:LONGEST_TAB]
        name, count = short, 1
        while name.casefold() in self.tabs:
            count += 1
            end = f" {count}"
            name = short[: LONGEST_TAB - len(end)] + end
        self.tabs.add(name.casefold())
        return name

    def place(
        self, table: Table, sheet: RowSheet, runs: Sequence[tuple[int, int]], columns: Columns
    ) -> None:
        """Remember where a table's rows stand, for charts of them."""
        self.ranges[table.id] = Range(str(sheet.name), runs, columns)

    @property
    def begun(self) -> int:
        """How many sheets there are so far."""
        return len(self.workbook.worksheets())

    def style(self, style: Style) -> int:
        """The number by which cells name this style."""
        found = self.styles.get(style)
        if found is None:
            found = self.styles[style] = index_of(self.format(style))
        return found

    def format(self, style: Style) -> Format:
        """The style as XlsxWriter has it, for what it writes itself."""
        found = self.formats.get(style)
        if found is None:
            found = self.formats[style] = self.workbook.add_format(style.properties())
        return found

    def closed(self) -> bytes:
        """The workbook whole."""
        self.workbook.close()
        return self.stream.getvalue()
