"""A table fitted to a terminal: which columns have room, and how wide each may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from banyuasin_plan.formats.cells import readable
from banyuasin_plan.report import HIDDEN, Kind, Tone
from banyuasin_plan.words import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Cell, Column, Report, Table
    from banyuasin_plan.words import Lang

STYLES = {
    Tone.DONE: "blue",
    Tone.GOOD: "green",
    Tone.WATCH: "yellow",
    Tone.RISK: "dark_orange",
    Tone.BAD: "bold red",
    Tone.NONE: "bright_black",
}
WRAPPED = {Kind.TEXT: 22, Kind.SENTENCE: 26}
"""Kinds that may wrap, and how narrow they may get."""

NUMBERS = {Kind.COUNT, Kind.PERCENT, Kind.POINTS, Kind.RATIO, Kind.MONEY}
GAP = 2
BAR = 12
ROOM_FOR_BARS = 120
"""From this width on, a table that has bars shows them."""

PLAIN_HEAD = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
"""A rule under the heads and nothing else, for screens with ASCII only."""


class Page(NamedTuple):
    """Who reads which report, and on what."""

    report: Report
    lang: Lang
    screen: Screen


class Strip(NamedTuple):
    """A column as it reads: its head, its cells, and how narrow and wide it may get."""

    column: Column
    head: str
    cells: list[Text]
    least: int
    widest: int


class Sheet:
    """A table on a page; columns of the highest rank have left until the rest fit."""

    def __init__(self, block: Table, page: Page) -> None:
        """Write out every cell once, then fit."""
        self.block = block
        self.page = page
        self.width = page.screen.width
        self.bars = bool(block.bar) and (self.width or 0) >= ROOM_FOR_BARS
        self.strips = [
            self._strip(column, place)
            for place, column in enumerate(block.columns)
            if column.rank < HIDDEN
        ]
        self.fits = self._fit()

    def parts(self) -> Iterator[RenderableType]:
        """The table, or where not even its first columns fit, a list."""
        if self.fits:
            yield self._grid()
        else:
            yield from self._stacked()

    def _strip(self, column: Column, place: int) -> Strip:
        head = label(f"column.{column.id}", self.page.lang)
        cells = [_text(row[place], column, self.page) for row in self.block.rows]
        widest = max(len(head), *(cell_len(cell.plain) for cell in cells))
        least = WRAPPED.get(column.kind, widest)
        return Strip(column, head, cells, max(len(head), min(widest, least)), widest)

    def _fit(self) -> bool:
        while self.width and self._needed() > self.width:
            last = max(strip.column.rank for strip in self.strips)
            if last <= 1:
                return False
            self.strips = [strip for strip in self.strips if strip.column.rank < last]
        return True

    def _needed(self) -> int:
        """How wide the table is at its narrowest."""
        least = sum(strip.least for strip in self.strips) + GAP * (len(self.strips) - 1)
        return least + (BAR + GAP if self.bars else 0)

    def _widths(self) -> list[int]:
        """The columns' widths: what is left over goes where most would wrap."""
        if self.width is None:
            return [strip.widest for strip in self.strips]
        left = self.width - self._needed()
        wanted = sum(strip.widest - strip.least for strip in self.strips)
        share = min(1.0, left / wanted) if wanted else 0.0
        return [strip.least + int((strip.widest - strip.least) * share) for strip in self.strips]

    def _grid(self) -> Grid:
        rule = PLAIN_HEAD if self.page.screen.plain else box.SIMPLE_HEAD
        grid = Grid(box=rule, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
        for strip, width in zip(self.strips, self._widths(), strict=True):
            number = strip.column.kind in NUMBERS
            grid.add_column(
                strip.head, justify="right" if number else "left", width=width, overflow="fold"
            )
        rows = [list(cells) for cells in zip(*(strip.cells for strip in self.strips), strict=True)]
        if self.bars:
            grid.add_column("", width=BAR)
        for place, cells in enumerate(rows):
            grid.add_row(*cells, *([self._bar(self.block.rows[place])] if self.bars else []))
        return grid

    def _bar(self, row: Sequence[Cell]) -> Text:
        """What is done as a bar, with a mark where it should be."""
        ids = [column.id for column in self.block.columns]
        actual, planned = (row[ids.index(name)] for name in self.block.bar or ())
        if not isinstance(actual, int | float) or not isinstance(planned, int | float):
            return Text()
        full, empty, mark = ("#", ".", "|") if self.page.screen.plain else ("█", "░", "│")
        done, goal = round(actual * BAR / 100), min(round(planned * BAR / 100), BAR - 1)
        line = Text(full * done + empty * (BAR - done), style="bright_black")
        line.stylize("green" if actual >= planned else "yellow", 0, done)
        if planned > 0:
            line = Text.assemble(line[:goal], (mark, "bold"), line[goal + 1 :])
        return line

    def _stacked(self) -> Iterator[RenderableType]:
        """Each row as a few lines."""
        first, *rest = self.strips
        for place, cell in enumerate(first.cells):
            cell.stylize("bold")
            yield cell
            for strip in rest:
                if strip.cells[place].plain:
                    name = Text(f"{strip.head}: ", style="bright_black")
                    yield Padding(name + strip.cells[place], (0, 0, 0, 2))


def _text(cell: Cell, column: Column, page: Page) -> Text:
    """A cell as it reads, in the style of what it means."""
    text = Text(readable(cell, column.kind, page.lang, plain=page.screen.plain))
    if column.kind is Kind.STATUS and isinstance(cell, Tone):
        text.stylize(STYLES[cell])
    elif column.bad and isinstance(cell, int) and cell > 0:
        text.stylize("bold red")
    return text
