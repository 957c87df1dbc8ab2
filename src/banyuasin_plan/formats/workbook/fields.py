"""Columns of a table on a sheet: their heads, values, widths and looks."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.workbook.measuring import PADDING, width
from banyuasin_plan.formats.workbook.styles import (
    BODY,
    LINE,
    NAVY,
    PAINTS,
    SMALL,
    WHITE,
    Style,
    number_format,
)
from banyuasin_plan.formats.workbook.values import CENTRED, NUMBERS, value_of
from banyuasin_plan.report import BEYOND, HIDDEN, Kind, Tone
from banyuasin_plan.words import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.formats.workbook.book import Book
    from banyuasin_plan.formats.workbook.rows import Value
    from banyuasin_plan.report import Cell, Column, Table

WORDED = {Kind.TEXT: (70.0, 200.0), Kind.SENTENCE: (110.0, 300.0), Kind.ID: (40.0, 165.0)}
"""Kinds that wrap: how narrow and how wide their columns get, in points."""

UNPRINTED = 420.0
"""How wide a column of words gets that no page has to hold."""

RECORDED = frozenset({Kind.TALLY, Kind.RECORD})

HEAD = Style(SMALL, bold=True, colour=WHITE, fill=NAVY, line=WHITE, wrap=True, down="middle")
"""The head of a column."""

ENOUGH = 200
"""Rows that are looked at to see how wide a column is, and letters of a text."""

ENDLESS = 1e6

AIR, INDENT = 2.0, 7.0
"""What a column gets beyond its widest value, and what an indented one keeps free."""


class Field(NamedTuple):
    """A column on a sheet: its head, its values, and how it looks.

    `width` is in points; on a grid it spans `units`.
    """

    column: Column
    head: str
    cells: Sequence[Cell]
    values: list[Value]
    width: float
    look: Style
    units: int = 1


def fields_of(book: Book, table: Table, button: float = 0.0) -> list[Field]:
    """Every column that people see, as wide as it wants to be; heads may hold a `button`."""
    fields: list[Field] = []
    for place, column in enumerate(table.columns):
        if column.rank >= HIDDEN:
            continue
        cells = [row[place] for row in table.rows]
        values = [value_of(cell, column.kind, book.lang) for cell in cells]
        whole = all(isinstance(value, int) for value in values if value is not None)
        number = number_format(column.kind, book.lang, whole=whole)
        head = label(f"column.{column.id}", book.lang)
        fields.append(Field(column, head, cells, values, 0.0, _look(column.kind, number)))
    return [field._replace(width=_natural(field, button)) for field in fields]


def looks_of(field: Field, place: int) -> Style:
    """How a cell looks: like its column, unless what it says is good or bad."""
    cell = field.cells[place]
    if isinstance(cell, Tone) and field.column.kind is Kind.STATUS:
        return painted(cell)
    if field.column.bad and isinstance(cell, int) and cell > 0:
        return field.look._replace(bold=True, colour=PAINTS[Tone.BAD].letters)
    return field.look


def painted(tone: Tone) -> Style:
    """A cell that tells a status."""
    paint = PAINTS[tone]
    return Style(bold=True, colour=paint.letters, fill=paint.ground, bottom=LINE, down="middle")


def fitted(fields: Sequence[Field], room: float) -> list[Field]:
    """The columns that are printed made to fit the room: those that wrap give way."""
    printed = [field for field in fields if field.column.rank < BEYOND]
    over = max(sum(field.width for field in printed) - room, 0.0)
    spare = {field.column.id: _spare(field) for field in printed}
    whole = sum(spare.values())
    share = min(over / whole, 1.0) if whole else 0.0
    return [
        field._replace(width=field.width - share * spare.get(field.column.id, 0.0))
        for field in fields
    ]


def spread(fields: Sequence[Field], room: float, units: int) -> list[Field]:
    """The columns made to fill so many units exactly; words take what is left."""
    fields = fitted(fields, room)
    unit = room / units
    least = [max(ceil(field.width / unit), 1) for field in fields]
    given = [
        max(int(field.width / unit), 1) if _wraps(field) else need
        for field, need in zip(fields, least, strict=True)
    ]
    while sum(given) > units:  # more than there is: the widest gives way
        given[given.index(max(given))] -= 1
    wanting = [place for place, field in enumerate(fields) if _wraps(field) and _is_full(field)]
    wanting = wanting or list(range(len(fields)))
    whole = sum(fields[place].width for place in wanting)
    left, shared = units - sum(given), 0.0
    for place in wanting:
        before = round(shared)
        shared += left * fields[place].width / whole
        given[place] += round(shared) - before
    return [field._replace(units=n) for field, n in zip(fields, given, strict=True)]


def _is_full(field: Field) -> bool:
    """Whether a column could use more than it wants at most."""
    shown = (_shown_width(value, field.column.kind) for value in field.values[:ENOUGH])
    return max(shown, default=0.0) + PADDING > field.width


def _wraps(field: Field) -> bool:
    return field.column.kind in {Kind.TEXT, Kind.SENTENCE}


def _spare(field: Field) -> float:
    """What a column may give away."""
    return max(field.width - WORDED[field.column.kind][0], 0.0) if _wraps(field) else 0.0


def _look(kind: Kind, number: str) -> Style:
    style = Style(bottom=LINE, number=number, down="middle")
    if kind in NUMBERS:
        return style._replace(across="right")
    if kind in CENTRED:
        return style._replace(across="center")
    return style._replace(wrap=kind in WORDED or kind in RECORDED)


def _natural(field: Field, button: float) -> float:
    """How wide the column wants to be."""
    shown = [_shown_width(value, field.column.kind) for value in field.values[:ENOUGH]]
    widest = max(shown, default=0.0) + PADDING + AIR
    if field.column.kind in NUMBERS:
        widest += INDENT
    word = max(width(part, SMALL, bold=True) for part in field.head.split(" "))
    least = word + PADDING + button
    if field.column.kind in WORDED:
        low, high = WORDED[field.column.kind]
        if field.column.rank >= BEYOND:
            high = UNPRINTED
        return max(least, min(max(widest, low), high))
    return max(least, widest)


def _shown_width(value: Value, kind: Kind) -> float:
    """How wide a value is as its number format shows it."""
    if value is None:
        return 0.0
    if kind is Kind.DATE:
        return width("00 MMM 0000", BODY)
    if isinstance(value, int | float):
        text = f"{value:,.1f}" if kind in {Kind.POINTS, Kind.PERCENT} else f"{value:,}"
        if kind is Kind.PERCENT:
            text = "100.0%"
        return width(f"Rp{text}" if kind is Kind.MONEY else text, BODY)
    text = str(value)
    if len(text) > ENOUGH:
        return ENDLESS
    return max(width(part, BODY, bold=kind is Kind.STATUS) for part in text.split("\n"))
