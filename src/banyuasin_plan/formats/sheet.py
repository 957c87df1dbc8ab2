"""A table fitted to a terminal: which columns have room, and how wide each may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.cells import readable
from banyuasin_plan.formats.lines import padded, styled, width, wrapped
from banyuasin_plan.report import HIDDEN, Kind, Tone
from banyuasin_plan.words import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Cell, Column, Report, Table
    from banyuasin_plan.words import Lang

WRAPPED = {Kind.TEXT: 22, Kind.SENTENCE: 26}
"""Kinds that may wrap, and how narrow they may get."""

NUMBERS = {Kind.COUNT, Kind.DIFFERENCE, Kind.PERCENT, Kind.POINTS, Kind.RATIO, Kind.MONEY}
GAP = "  "
BAR = 12
ROOM_FOR_BARS = 120
"""From this width on, a table that has bars shows them."""


class Page(NamedTuple):
    """Who reads which report, and on what."""

    report: Report
    lang: Lang
    screen: Screen

    def styled(self, text: str, style: str) -> str:
        """The text in a style, as far as the screen has any."""
        return styled(text, style, colour=self.screen.colour)


class Strip(NamedTuple):
    """A column as it reads: its head, its cells with their styles, how narrow and wide it gets."""

    column: Column
    head: str
    cells: list[tuple[str, str]]
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

    def lines(self) -> Iterator[str]:
        """The table, or where not even its first columns fit, a list."""
        return self._grid() if self.fits else self._stacked()

    def _strip(self, column: Column, place: int) -> Strip:
        head = label(f"column.{column.id}", self.page.lang)
        cells = [_text(row[place], column, self.page) for row in self.block.rows]
        widest = max(width(head), *(width(text) for text, _ in cells))
        least = WRAPPED.get(column.kind, widest)
        return Strip(column, head, cells, max(width(head), min(widest, least)), widest)

    def _fit(self) -> bool:
        while self.width and self._needed() > self.width:
            last = max(strip.column.rank for strip in self.strips)
            if last <= 1:
                return False
            self.strips = [strip for strip in self.strips if strip.column.rank < last]
        return True

    def _needed(self) -> int:
        """How wide the table is at its narrowest."""
        least = sum(strip.least for strip in self.strips) + len(GAP) * (len(self.strips) - 1)
        return least + (BAR + len(GAP) if self.bars else 0)

    def _widths(self) -> list[int]:
        """The columns' widths: what is left over goes where most would wrap."""
        if self.width is None:
            return [strip.widest for strip in self.strips]
        left = self.width - self._needed()
        wanted = sum(strip.widest - strip.least for strip in self.strips)
        share = min(1.0, left / wanted) if wanted else 0.0
        return [strip.least + int((strip.widest - strip.least) * share) for strip in self.strips]

    def _grid(self) -> Iterator[str]:
        widths = self._widths()
        heads = [
            padded(strip.head, columns, right=strip.column.kind in NUMBERS)
            for strip, columns in zip(self.strips, widths, strict=True)
        ]
        yield self.page.styled(GAP.join(heads).rstrip(), "bold")
        whole = sum(widths) + len(GAP) * (len(widths) - 1) + (BAR + len(GAP) if self.bars else 0)
        yield ("-" if self.page.screen.plain else "─") * whole
        for place, row in enumerate(self.block.rows):
            yield from self._row(place, widths, self._bar(row) if self.bars else "")

    def _row(self, place: int, widths: Sequence[int], bar: str) -> Iterator[str]:
        """One row in as many lines as its longest cell takes."""
        cells = [
            [
                self.page.styled(
                    padded(line, columns, right=strip.column.kind in NUMBERS),
                    strip.cells[place][1],
                )
                for line in wrapped(strip.cells[place][0], columns)
            ]
            for strip, columns in zip(self.strips, widths, strict=True)
        ]
        for nth in range(max(len(lines) for lines in cells)):
            parts = [
                lines[nth] if nth < len(lines) else " " * columns
                for lines, columns in zip(cells, widths, strict=True)
            ]
            yield GAP.join([*parts, bar] if bar and not nth else parts).rstrip()

    def _bar(self, row: Sequence[Cell]) -> str:
        """What is done as a bar, with a mark where it should be."""
        ids = [column.id for column in self.block.columns]
        actual, planned = (row[ids.index(name)] for name in self.block.bar or ())
        if not isinstance(actual, int | float) or not isinstance(planned, int | float):
            return ""
        full, empty, mark = ("#", ".", "|") if self.page.screen.plain else ("█", "░", "│")
        done, goal = round(actual * BAR / 100), min(round(planned * BAR / 100), BAR - 1)
        style = "green" if actual >= planned else "yellow"
        letters = [(full, style)] * done + [(empty, "grey")] * (BAR - done)
        if planned > 0:
            letters[goal] = (mark, "bold")
        return "".join(self.page.styled(letter, each) for letter, each in letters)

    def _stacked(self) -> Iterator[str]:
        """Each row as a few lines."""
        first, *rest = self.strips
        for place, (name, _) in enumerate(first.cells):
            yield from (self.page.styled(line, "bold") for line in wrapped(name, self.width))
            for strip in rest:
                text, style = strip.cells[place]
                if text:
                    room = self.width - len(GAP) if self.width else None
                    for line in wrapped(f"{strip.head}: {text}", room):
                        yield GAP + self.page.styled(line, style)


def _text(cell: Cell, column: Column, page: Page) -> tuple[str, str]:
    """A cell as it reads, and the style of what it means."""
    text = readable(cell, column.kind, page.lang, plain=page.screen.plain)
    if column.kind is Kind.STATUS and isinstance(cell, Tone):
        return text, cell.value
    bad = column.bad and isinstance(cell, int) and cell > 0
    return text, "red" if bad else ""
