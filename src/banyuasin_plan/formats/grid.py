"""A table fitted to a terminal: which columns have room, and how wide each may be."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.cells import head_of, plain_signs, readable
from banyuasin_plan.formats.lines import flowed, padded, styled, width, wrapped
from banyuasin_plan.report import HIDDEN, Kind, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Cell, Column, Report, Table
    from banyuasin_plan.words import Lang

WRAPPED = {Kind.TEXT: 13, Kind.SENTENCE: 26, Kind.RECORD: 26}
"""Kinds that may wrap, and how narrow they may get."""

NUMBERS = {Kind.COUNT, Kind.DIFFERENCE, Kind.PERCENT, Kind.POINTS, Kind.RATIO, Kind.MONEY}
GAP = "  "
APART = "   "
"""Between the fields of a list."""

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
    """A column as it reads: its head, its cells with their styles.

    `least` is how narrow it may get, `widest` how wide its widest cell is.
    """

    column: Column
    head: str
    cells: list[tuple[str, str]]
    least: int
    widest: int

    @property
    def told(self) -> bool:
        """Whether any cell says anything."""
        return any(text for text, _ in self.cells)


class Grid:
    """A table on a page; columns of the highest rank have left until the rest fit."""

    def __init__(self, block: Table, page: Page) -> None:
        """Write out every cell once, then fit."""
        self.block = block
        self.page = page
        self.width = page.screen.width
        self.bars = bool(block.bar) and (self.width or 0) >= ROOM_FOR_BARS
        strips = [
            self._strip(column, place)
            for place, column in enumerate(block.columns)
            if column.rank < HIDDEN and column.id != block.letter
        ]
        self.strips = [strip for strip in strips if strip.told or not strip.column.sparse]
        self.whole = self.strips
        self.fits = self._fit()

    @property
    def hidden(self) -> tuple[str, ...]:
        """The heads of the columns that had to leave and had something to say."""
        kept = {strip.column.id for strip in (self.strips if self.fits else self.whole)}
        left = (strip for strip in self.whole if strip.column.id not in kept)
        return tuple(strip.head for strip in left if strip.told)

    def lines(self) -> Iterator[str]:
        """The table, or where not even its first columns fit, a list."""
        return self._grid() if self.fits else self._stacked()

    def letters(self) -> Iterator[str]:
        """The texts to send, one a row."""
        for place, column in enumerate(self.block.columns):
            if column.id == self.block.letter:
                yield from (_text(row[place], column, self.page)[0] for row in self.block.rows)

    def _strip(self, column: Column, place: int) -> Strip:
        head = head_of(column, self.page.lang)
        head = plain_signs(head) if self.page.screen.plain else head
        cells = [_text(row[place], column, self.page) for row in self.block.rows]
        widest = max(width(text) for text, _ in cells)
        least = min(widest, WRAPPED.get(column.kind, widest))
        word = max(width(word) for word in head.split(" "))
        return Strip(column, head, cells, max(word, least), widest)

    def _fit(self) -> bool:
        if self.width and self._needed() > self.width:
            self.strips = [strip for strip in self.strips if strip.told or strip.column.rank <= 1]
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
        """The columns' widths: what is left over goes to cells that would wrap, then to heads."""
        heads = [max(strip.widest, width(strip.head)) for strip in self.strips]
        if self.width is None:
            return heads
        left = self.width - self._needed()
        least = [strip.least for strip in self.strips]
        cells = [max(strip.widest, strip.least) for strip in self.strips]
        given = _shared(least, cells, left)
        return _shared(given, heads, left - sum(given) + sum(least))

    def _grid(self) -> Iterator[str]:
        widths = self._widths()
        yield from self._heads(widths)
        whole = sum(widths) + len(GAP) * (len(widths) - 1) + (BAR + len(GAP) if self.bars else 0)
        yield ("-" if self.page.screen.plain else "─") * whole
        for place, row in enumerate(self.block.rows):
            yield from self._row(place, widths, self._bar(row) if self.bars else "")

    def _heads(self, widths: Sequence[int]) -> Iterator[str]:
        """The columns' heads in as many lines as the longest takes, all ending on the last."""
        heads = [
            wrapped(strip.head, columns) for strip, columns in zip(self.strips, widths, strict=True)
        ]
        deep = max(len(head) for head in heads)
        for nth in range(deep):
            parts = []
            for strip, head, columns in zip(self.strips, heads, widths, strict=True):
                above = deep - len(head)
                text = head[nth - above] if nth >= above else ""
                parts.append(padded(text, columns, right=strip.column.kind in NUMBERS))
            yield self.page.styled(GAP.join(parts).rstrip(), "bold")

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
        """Each row as a few lines with all it has to say: short fields share lines."""
        first, *rest = self.whole
        room = self.width - len(GAP) if self.width else None
        for place, (name, _) in enumerate(first.cells):
            yield from (self.page.styled(line, "bold") for line in wrapped(name, self.width))
            for words, together in groupby(rest, key=lambda strip: strip.column.kind in WRAPPED):
                said = {
                    f"{strip.head}: {text}": style
                    for strip in together
                    for text, style in (strip.cells[place],)
                    if text
                }
                parts = [[part] for part in said] if words else [list(said)]
                for part in parts:
                    for line in flowed(part, APART, room):
                        yield GAP + self._coloured(line, said)

    def _coloured(self, line: str, said: Mapping[str, str]) -> str:
        """A line of fields, each in its style."""
        fields = line.split(APART)
        return APART.join(self.page.styled(field, said.get(field, "")) for field in fields)


def _shared(have: Sequence[int], want: Sequence[int], left: int) -> list[int]:
    """Each column grown towards what it wants, by the same share of what it lacks."""
    lacking = sum(want) - sum(have)
    share = min(1.0, left / lacking) if lacking else 0.0
    return [one + int((most - one) * share) for one, most in zip(have, want, strict=True)]


def _text(cell: Cell, column: Column, page: Page) -> tuple[str, str]:
    """A cell as it reads, and the style of what it means."""
    text = readable(cell, column.kind, page.lang, plain=page.screen.plain)
    if column.kind is Kind.STATUS and isinstance(cell, Tone):
        return text, cell.value
    bad = column.bad and isinstance(cell, int) and cell > 0
    return text, "red" if bad else ""
