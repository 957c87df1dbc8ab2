"""A sheet of several parts on a grid of narrow columns: cards, tiles, charts, small tables."""

from __future__ import annotations

from itertools import zip_longest
from math import ceil
from typing import TYPE_CHECKING

from banyuasin_plan.formats.cells import sign
from banyuasin_plan.formats.workbook.book import Spot
from banyuasin_plan.formats.workbook.fields import (
    HEAD,
    columns_of,
    depths_of,
    fields_of,
    spread,
    styles_of,
)
from banyuasin_plan.formats.workbook.heads import Canvas, put_note, put_title
from banyuasin_plan.formats.workbook.heats import heat_lines
from banyuasin_plan.formats.workbook.lines import EMPTY, Band, Line, Span, joined
from banyuasin_plan.formats.workbook.measuring import PADDING, height, lines, width
from banyuasin_plan.formats.workbook.papers import height_of, width_of
from banyuasin_plan.formats.workbook.printing import prepare_print
from banyuasin_plan.formats.workbook.rows import merge_of
from banyuasin_plan.formats.workbook.styles import (
    BODY,
    FAINT,
    LINE,
    NAVY,
    PAINTS,
    PALE,
    SMALL,
    Style,
    number_format,
)
from banyuasin_plan.formats.workbook.values import value_of
from banyuasin_plan.report import (
    Beside,
    Chart,
    Contents,
    Figures,
    Kind,
    Note,
    Table,
    Tally,
    Timeline,
    Tone,
)
from banyuasin_plan.words import label, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from banyuasin_plan.formats.workbook.book import Book, Columns
    from banyuasin_plan.formats.workbook.rows import RowSheet
    from banyuasin_plan.formats.workbook.values import Value
    from banyuasin_plan.report import Figure, Piece

UNITS = 60
"""Columns of the grid: it divides into 2 to 6 cards."""

CARDS = 6
CHART_ROWS, MOST_ROWS, CHART_ROW = 12, 22, 18.0
"""A chart stands on so many rows of so many points."""

TITLE, VALUE, WORDS, COUNT = 12.0, 15.0, 11.0, 18.0
"""Sizes of a table's title, of a figure, of one in words, of a tile's count."""

INDENT = 18.0
"""What a card keeps free beside its text."""

PIXEL = 0.75
NAME = 14
"""Units of a figure's name where its value stands beside it."""

WORDED = frozenset({Kind.ID, Kind.TEXT, Kind.SENTENCE})
"""Kinds of figures that read as words; among them all stand one below the other."""

GAP = 8.0
TOGETHER = 5
"""Lines of a table that are not torn from each other: title, heads and the first rows."""

HEADED = 2
"""A table's rows follow its title and its heads."""

COVER = 1.42
"""A page that holds everything is shrunk to its height: it is made wider by as much."""


class Board:
    """The grid and what is put on it, from top to bottom."""

    def __init__(self, book: Book, tab: str, title: str, *, cover: bool = False) -> None:
        """A sheet with its columns set and its title on it; a `cover` is one printed page."""
        self.book, self.lang, self.cover = book, book.lang, cover
        self.sheet: RowSheet = book.sheet(tab)
        self.pixels = int(width_of(book.paper) * (COVER if cover else 1) / UNITS / PIXEL)
        self.unit = self.pixels * PIXEL
        self.sheet.set_column_pixels(0, UNITS - 1, self.pixels)
        self.room = self.unit * UNITS
        self.title, self.page = title, height_of(book.paper)
        self.breaks: list[int] = []
        self.canvas = Canvas(book, self.sheet, UNITS, self.room)
        put_title(self.canvas, title)

    def put(self, pieces: Iterable[Piece]) -> None:
        """Every piece that people read, one below the other."""
        for piece in pieces:
            if not isinstance(piece, Table) or piece.shown:
                self._piece(piece)

    def close(self) -> None:
        """Set how it is printed."""
        if self.breaks:
            self.sheet.set_h_pagebreaks(self.breaks)
        self.sheet.print_area(0, 0, self.sheet.next_row - 1, UNITS - 1)
        prepare_print(self.sheet, self.book, one_page=self.cover)

    def _piece(self, piece: Piece) -> None:
        self.sheet.skip(GAP)
        if isinstance(piece, Timeline):
            self._timeline(piece)
        elif isinstance(piece, Figures):
            self._figures(piece)
        elif isinstance(piece, Note):
            put_note(self.canvas, say(piece.text, self.lang), piece.tone)
        elif isinstance(piece, Table):
            self._tables([piece], [UNITS])
        elif isinstance(piece, Chart):
            self._charts([piece], [UNITS])
        elif isinstance(piece, Contents):
            self._contents()
        elif isinstance(piece, Beside):
            units = _divided(piece)
            self._tables([one for one in piece.parts if isinstance(one, Table)], units)
            self._charts([one for one in piece.parts if isinstance(one, Chart)], units)

    def _timeline(self, piece: Timeline) -> None:
        """The days as a bar: behind us, to come."""
        whole = (piece.last - piece.first).days + 1
        gone = min(max((piece.today - piece.first).days + 1, 0), whole) * UNITS // whole
        full, empty = (self.book.style(Style(fill=colour)) for colour in (NAVY, LINE))
        cells = [(place, full if place < gone else empty, None) for place in range(UNITS)]
        self.sheet.put(cells, 6)

    def _figures(self, piece: Figures) -> None:
        """Cards side by side, or one below the other where any is words; then statuses as tiles."""
        shown = [one for one in piece.items if one.shown and one.value is not None]
        plain = [one for one in shown if one.kind is not Kind.TALLY]
        if any(one.kind in WORDED for one in plain):
            for one in plain:
                self._listed(one)
        else:
            for place in range(0, len(plain), CARDS):
                if place:
                    self.sheet.skip(GAP)
                self._cards(plain[place : place + CARDS])
        for one in shown:
            if isinstance(one.value, Tally):
                self.sheet.skip(GAP)
                self._tiles(one.value)

    def _listed(self, one: Figure) -> None:
        """A figure on a line: its name before its value."""
        value, style = self._value(one)
        style = style._replace(size=BODY, fill="", left="", indent=0, bottom=LINE, down="middle")
        name = Style(colour=FAINT, wrap=True, bottom=LINE, down="middle")
        told = label(f"figure.{one.id}", self.lang)
        deep = max(
            lines(told, BODY, NAME * self.unit),
            lines(str(value), BODY, (UNITS - NAME) * self.unit, bold=True),
        )
        spans = (Span(NAME, name, told), Span(UNITS - NAME, style, value))
        self._line(Line(spans, height(deep, BODY)))

    def _cards(self, cards: Sequence[Figure]) -> None:
        """A row of cards: names above values."""
        each = UNITS // CARDS
        inner = (each - 1) * self.unit - INDENT
        head = Style(SMALL, colour=FAINT, fill=PALE, wrap=True, across="left", indent=1, left=NAVY)
        heads = [label(f"figure.{one.id}", self.lang) for one in cards]
        values = [self._value(one) for one in cards]
        deep = max(lines(text, SMALL, inner) for text in heads)
        high = max(
            height(lines(str(value), style.size, inner, bold=True), style.size)
            for value, style in values
        )
        rows = (
            Line(_apart(Span(each - 1, head, text) for text in heads), height(deep, SMALL)),
            Line(_apart(Span(each - 1, style, value) for value, style in values), high),
        )
        for row in rows:
            self._line(row)

    def _value(self, one: Figure) -> tuple[Value, Style]:
        value = value_of(one.value, one.kind, self.lang)
        number = number_format(one.kind, self.lang)
        worded = isinstance(value, str)
        style = Style(
            WORDS if worded else VALUE,
            bold=True,
            colour=PAINTS[one.value].letters if isinstance(one.value, Tone) else NAVY,
            fill=PALE,
            across="left",
            indent=1,
            number=number,
            left=NAVY,
            wrap=worded,
        )
        return value, style

    def _tiles(self, tally: Tally) -> None:
        """A tile a status: how many, and under it its sign and name."""
        each = UNITS // len(tally.counts)
        big, small = [], []
        for tone, count in tally.counts:
            paint = PAINTS[tone]
            style = Style(COUNT, bold=True, colour=paint.letters, fill=paint.ground)
            style = style._replace(across="center", down="middle")
            name = f"{sign(tone, plain=False)} {label(f'status.{tone}', self.lang)}"
            big.append(Span(each - 1, style, count))
            small.append(Span(each - 1, style._replace(size=BODY), name))
        self._line(Line(_apart(big), 26))
        self._line(Line(_apart(small), 17))

    def _line(self, line: Line) -> None:
        """Write merged cells beside each other."""
        at = 0
        for span in line.spans:
            if span.link:
                self.sheet.link(self.sheet.next_row, at, span.link)
            at += span.units
        self.sheet.put_band(self._band(line, 0))

    def _band(self, line: Line, at: int) -> Band:
        """The same from a column on, for a row that is still to be named."""
        spans: list[tuple[int, int, int, Value]] = []
        for units, style, value, _ in line.spans:
            if style is not EMPTY:
                spans.append((at, units, self.book.style(style), value))
            at += units
        return self.sheet.band(spans, line.high)

    def _charts(self, charts: Sequence[Chart], units: Sequence[int]) -> None:
        """Charts beside each other, over rows that hold nothing else."""
        if not charts:
            return
        first = self.sheet.next_row
        rows = min(max(CHART_ROWS, *(chart.many for chart in charts)), MOST_ROWS)
        for _ in range(rows):
            self.sheet.skip(CHART_ROW)
        high = rows * CHART_ROW / PIXEL
        for chart, (at, each) in zip(charts, _placed(units), strict=True):
            spot = Spot(self.sheet, first, at, chart, each * self.pixels, high)
            self.book.spots.append(spot)

    def _contents(self) -> None:
        """The other sheets, each a link to it, on as few lines as leave each name whole."""
        style = Style(BODY, colour=NAVY, underline=True, fill=PALE, across="center", down="middle")
        links = [Span(0, style, tab, tab) for tab in self.book.contents[1:]]
        if not links:
            return
        longest = max(width(span.link, BODY) for span in links) + PADDING
        most = max(UNITS // (ceil(longest / self.unit) + 1), 1)
        a_line = ceil(len(links) / ceil(len(links) / most))
        each = UNITS // max(a_line, CARDS)
        for place in range(0, len(links), a_line):
            some = (span._replace(units=each - 1) for span in links[place : place + a_line])
            self._line(Line(_apart(some), 18))

    def _tables(self, tables: Sequence[Table], units: Sequence[int]) -> None:
        """Small tables beside each other, whose columns span units of the grid."""
        if not tables:
            return
        places = list(_placed(units))
        drawn = [
            self._rows(table, each, at) for table, (at, each) in zip(tables, places, strict=True)
        ]
        rows = zip_longest(*(bands for bands, _ in drawn))
        numbers = self._paged([joined([band for band in row if band]) for row in rows])
        for table, (_, columns) in zip(tables, drawn, strict=True):
            if columns:
                runs = runs_of(numbers[HEADED : HEADED + len(table.rows)])
                self.book.place(table, self.sheet, runs, columns)

    def _paged(self, found: Sequence[Band]) -> list[int]:
        """Rows of tables, on a new page with their heads once more where a page is full.

        The number of each row, from 0.
        """
        numbers = []
        self._begin(sum(band.high for band in found[:TOGETHER]))
        for place, band in enumerate(found):
            if self._begin(band.high) and place >= HEADED:
                self.sheet.put_band(found[HEADED - 1])
            numbers.append(self.sheet.put_band(band))
        return numbers

    def _begin(self, high: float) -> bool:
        """Begin a new page where so much does not fit on this one; whether it did."""
        used = self.sheet.high_from(self.breaks[-1] if self.breaks else 0)
        if self.cover or used + high <= self.page:
            return False
        self.breaks.append(self.sheet.next_row)
        return True

    def _rows(self, table: Table, units: int, at: int) -> tuple[list[Band], Columns]:
        """A table's title, heads and rows, or what to say where there are none; its columns."""
        room = units * self.unit
        title = label(f"table.{self.book.report.id}.{table.title}", self.lang)
        style = Style(TITLE, bold=True, colour=NAVY, wrap=True)
        high = height(lines(title, TITLE, room, bold=True), TITLE)
        alone = title == self.title  # the sheet's own title says it already
        found = [Line((Span(units, style, None if alone else title),), 1 if alone else high)]
        if not table.rows:
            found.append(self._sentence(say(table.empty, self.lang), units))
        elif table.heat:
            found += heat_lines(self.book, table, table.heat, units, self.unit)
        bands = [self._band(line, at) for line in found]
        if not table.rows or table.heat:
            return bands, {}
        filled, columns = self._filled(table, units, at)
        return [*bands, *filled], columns

    def _filled(self, table: Table, units: int, at: int) -> tuple[list[Band], Columns]:
        """The heads and the rows of a table that has some, and what there is besides."""
        fields = [
            field._replace(width=field.units * self.unit)
            for field in spread(fields_of(self.book, table), units * self.unit, units)
        ]
        deep = max(lines(field.head, SMALL, field.width, bold=True) for field in fields)
        heads = tuple(Span(field.units, HEAD, field.head) for field in fields)
        found = [self._band(Line(heads, height(deep, SMALL) + 2), at)]
        columns, merges = [], ""
        place = at
        for field in fields:
            styles = styles_of(self.book, field)
            columns.append(self.sheet.merged(place, field.units, styles, field.values))
            merges += merge_of(place, field.units)
            place += field.units
        depths = depths_of(fields, len(table.rows))
        for parts, deep in zip(zip(*columns, strict=True), depths, strict=True):
            found.append(Band("".join(parts), merges, height(deep, BODY)))
        if table.more:
            found.append(self._band(self._sentence(say(table.more, self.lang), units), at))
        return found, columns_of(fields, at)

    def _sentence(self, text: str, units: int) -> Line:
        high = height(lines(text, BODY, units * self.unit), BODY)
        return Line((Span(units, Style(colour=FAINT, wrap=True), text),), high)


def runs_of(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of numbers without a gap."""
    firsts = [n for n, before in zip(numbers, (None, *numbers), strict=False) if n - 1 != before]
    lasts = [n for n, after in zip(numbers, (*numbers[1:], None), strict=True) if n + 1 != after]
    return list(zip(firsts, lasts, strict=True))


def _divided(piece: Beside) -> list[int]:
    """Units of each part."""
    shares = piece.shares or (1,) * len(piece.parts)
    return [UNITS * share // sum(shares) for share in shares]


def _placed(units: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each begins and how wide it is, a unit between each two."""
    at = 0
    for place, each in enumerate(units):
        yield at, each - (place < len(units) - 1)
        at += each


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans with a unit between each two."""
    return tuple(part for span in spans for part in (span, Span(1, EMPTY, None)))
