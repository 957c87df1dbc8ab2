"""A sheet of several pieces on a grid of narrow columns: cards, tiles, charts, small tables."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from banyuasin_plan.formats.cells import sign
from banyuasin_plan.formats.workbook.book import Spot
from banyuasin_plan.formats.workbook.fields import (
    FILTER,
    WORDED,
    Field,
    fields_of,
    fitted,
    painted,
)
from banyuasin_plan.formats.workbook.heads import Canvas, put_line, put_note, put_title
from banyuasin_plan.formats.workbook.measuring import height, lines
from banyuasin_plan.formats.workbook.papers import prepare_print, width_of
from banyuasin_plan.formats.workbook.styles import (
    BODY,
    FAINT,
    LINE,
    NAVY,
    PAINTS,
    PALE,
    SMALL,
    WHITE,
    Style,
    number_format,
)
from banyuasin_plan.formats.workbook.values import value_of
from banyuasin_plan.report import Chart, Figures, Kind, Note, Table, Tally, Timeline, Tone
from banyuasin_plan.words import label, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.formats.workbook.book import Book
    from banyuasin_plan.formats.workbook.rows import RowSheet, Value
    from banyuasin_plan.report import Figure, Piece

UNITS = 60
"""Columns of the grid: it divides into 2 to 6 cards."""

CARDS = 6
CHART_ROWS, CHART_ROW = 10, 18.0
"""A chart stands on so many rows of so many points."""

HEAD, VALUE = 12.0, 15.0
PIXEL = 0.75
GAP = 8.0


class Board:
    """The grid and what is put on it, from top to bottom."""

    def __init__(self, book: Book, title: str) -> None:
        """A sheet with its columns set and its title on it."""
        self.book, self.lang = book, book.lang
        self.sheet: RowSheet = book.sheet(title)
        self.pixels = int(width_of(book.paper) / UNITS / PIXEL)
        self.unit = self.pixels * PIXEL
        self.sheet.set_column_pixels(0, UNITS - 1, self.pixels)
        self.room = self.unit * UNITS
        self.canvas = Canvas(book, self.sheet, UNITS, self.room)
        put_title(self.canvas, title)

    def put(self, pieces: Sequence[Piece]) -> None:
        """Every piece; charts that follow each other stand side by side."""
        for kind, together in groupby(pieces, key=type):
            if kind is Chart:
                self._charts([one for one in together if isinstance(one, Chart)])
                continue
            for piece in together:
                if not isinstance(piece, Table) or piece.shown:
                    self._piece(piece)

    def close(self, *, one_page: bool = False) -> None:
        """Set how it is printed."""
        self.sheet.print_area(0, 0, self.sheet.next_row - 1, UNITS - 1)
        prepare_print(self.sheet, self.book, one_page=one_page)

    def _piece(self, piece: Piece) -> None:
        if isinstance(piece, Timeline):
            self._timeline(piece)
        elif isinstance(piece, Figures):
            self._figures(piece)
        elif isinstance(piece, Note):
            self.sheet.skip(GAP)
            text = say(piece.text, self.lang)
            put_note(self.canvas, text, piece.tone)
        elif isinstance(piece, Table):
            self._table(piece)

    def _timeline(self, piece: Timeline) -> None:
        """The days as a bar: behind us, to come."""
        self.sheet.skip(GAP)
        whole = (piece.last - piece.first).days + 1
        gone = min(max((piece.today - piece.first).days + 1, 0), whole) * UNITS // whole
        full = self.book.style(Style(fill=NAVY))
        empty = self.book.style(Style(fill=LINE))
        self.sheet.put(
            [(place, full if place < gone else empty, None) for place in range(UNITS)], 6
        )

    def _figures(self, piece: Figures) -> None:
        """Cards side by side, then how many there are of each status as tiles."""
        shown = [one for one in piece.items if one.shown and one.value is not None]
        plain = [one for one in shown if one.kind is not Kind.TALLY]
        for place in range(0, len(plain), CARDS):
            self._cards(plain[place : place + CARDS])
        for one in shown:
            if isinstance(one.value, Tally):
                self._tiles(one.value)

    def _cards(self, cards: Sequence[Figure]) -> None:
        """A row of cards: names above values."""
        self.sheet.skip(GAP)
        size = UNITS // CARDS
        head = Style(SMALL, colour=FAINT, fill=PALE, wrap=True, indent=1, left=NAVY)
        heads = [label(f"figure.{one.id}", self.lang) for one in cards]
        values = [self._value(one) for one in cards]
        inner = size * self.unit - 2 * FILTER
        deep = max(lines(text, SMALL, inner) for text in heads)
        high = max(lines(str(value), VALUE, inner, bold=True) for value, _ in values)
        self._spans([(size - 1, head, text) for text in heads], height(deep, SMALL), apart=1)
        self._spans(
            [(size - 1, style, value) for value, style in values], height(high, VALUE), apart=1
        )

    def _value(self, one: Figure) -> tuple[Value, Style]:
        value = value_of(one.value, one.kind, self.lang)
        number = number_format(one.kind, self.lang)
        style = Style(
            VALUE,
            bold=True,
            colour=NAVY,
            fill=PALE,
            across="left",
            indent=1,
            number=number,
            left=NAVY,
            wrap=isinstance(value, str),
        )
        if isinstance(one.value, Tone):
            style = style._replace(colour=PAINTS[one.value].letters)
        return value, style

    def _tiles(self, tally: Tally) -> None:
        """A tile a status: how many, and under it its sign and name."""
        self.sheet.skip(GAP)
        size = UNITS // len(tally.counts)
        big, small = [], []
        for tone, count in tally.counts:
            paint = PAINTS[tone]
            style = Style(
                18,
                bold=True,
                colour=paint.letters,
                fill=paint.ground,
                across="center",
                down="middle",
            )
            big.append((size - 1, style, count))
            name = f"{sign(tone, plain=False)} {label(f'status.{tone}', self.lang)}"
            small.append((size - 1, style._replace(size=BODY), name))
        self._spans(big, 27, apart=1)
        self._spans(small, 17, apart=1)

    def _spans(self, parts: Sequence[tuple[int, Style, Value]], high: float, apart: int = 0) -> int:
        """A row of merged cells, each so many units wide, so many units apart; the row's number."""
        row = self.sheet.next_row
        cells: list[tuple[int, int, Value]] = []
        at = 0
        for units, style, value in parts:
            number = self.book.style(style)
            cells.append((at, number, value))
            cells += [(place, number, None) for place in range(at + 1, at + units)]
            self.sheet.span(row, at, at + units - 1)
            at += units + apart
        return self.sheet.put(cells, high)

    def _charts(self, charts: Sequence[Chart]) -> None:
        """Charts beside each other, over rows that hold nothing else."""
        self.sheet.skip(GAP)
        first = self.sheet.next_row
        for _ in range(CHART_ROWS):
            self.sheet.skip(CHART_ROW)
        share = UNITS // len(charts)
        high = CHART_ROWS * CHART_ROW / PIXEL
        for place, chart in enumerate(charts):
            wide = (share - (1 if len(charts) > 1 else 0)) * self.pixels
            self.book.spots.append(Spot(self.sheet, first, place * share, chart, wide, high))

    def _table(self, table: Table) -> None:
        """A small table: its columns span units of the grid."""
        book = self.book
        self.sheet.skip(GAP)
        title = label(f"table.{book.report.id}.{table.id}", self.lang)
        style = Style(HEAD, bold=True, colour=NAVY)
        put_line(self.canvas, title, style)
        if not table.rows:
            put_note(self.canvas, say(table.empty, self.lang))
            return
        fields = self._spread(fields_of(book, table))
        spans = [round(field.width) for field in fields]
        head = Style(
            SMALL, bold=True, colour=WHITE, fill=NAVY, line=WHITE, wrap=True, down="middle"
        )
        deep = max(
            lines(f.head, SMALL, n * self.unit, bold=True)
            for f, n in zip(fields, spans, strict=True)
        )
        self._spans(
            [(n, head, f.head) for f, n in zip(fields, spans, strict=True)], height(deep, SMALL)
        )
        first = self.sheet.next_row
        for place in range(len(table.rows)):
            parts = []
            deep = 1
            for field, units in zip(fields, spans, strict=True):
                value, cell = field.values[place], field.cells[place]
                look = field.look
                if isinstance(cell, Tone) and field.column.kind is Kind.STATUS:
                    look = painted(cell)
                if isinstance(value, str):
                    deep = max(deep, lines(value, BODY, units * self.unit))
                parts.append((units, look, value))
            self._spans(parts, height(deep, BODY))
        starts = [sum(spans[:nth]) for nth in range(len(spans))]
        book.place(table.id, self.sheet, first, dict(zip(starts, fields, strict=True)))
        if table.more:
            put_note(self.canvas, say(table.more, self.lang))

    def _spread(self, fields: list[Field]) -> list[Field]:
        """The columns made to fill the grid exactly; widths become units."""
        fields = fitted(fields, self.room)
        left = self.room - sum(field.width for field in fields)
        wide = [f for f in fields if f.column.kind in WORDED and f.column.kind is not Kind.ID]
        grown = wide or fields
        fields = [
            f._replace(width=f.width + left / len(grown)) if f in grown else f for f in fields
        ]
        edges, at = [0], 0.0
        for field in fields:
            at += field.width
            edges.append(max(round(at / self.unit), edges[-1] + 1))
        edges[-1] = UNITS
        return [f._replace(width=b - a) for f, a, b in zip(fields, edges, edges[1:], strict=False)]
