"""Columns of a table on a sheet: their heads, values, widths and looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.workbook.measuring import PADDING, width
from banyuasin_plan.formats.workbook.styles import (
    BODY,
    LINE,
    PAINTS,
    SMALL,
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

WORDED = {Kind.TEXT: (70.0, 190.0), Kind.SENTENCE: (110.0, 260.0), Kind.ID: (40.0, 120.0)}
"""Kinds that wrap: how narrow and how wide their columns get, in points."""

RECORDED = frozenset({Kind.TALLY, Kind.RECORD})

FILTER = 14.0
"""What the button of a filter takes of a head."""

ENOUGH = 200
"""Rows that are looked at to see how wide a column is."""


class Field(NamedTuple):
    """A column on a sheet: its head, its values, how wide it is in points and how it looks."""

    column: Column
    head: str
    cells: Sequence[Cell]
    values: list[Value]
    width: float
    look: Style


def fields_of(book: Book, table: Table) -> list[Field]:
    """Every column that people see, as wide as it wants to be."""
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
    return [field._replace(width=_natural(field)) for field in fields]


def _look(kind: Kind, number: str) -> Style:
    across = "right" if kind in NUMBERS else "center" if kind in CENTRED else ""
    wrap = kind in WORDED or kind in RECORDED
    return Style(bottom=LINE, across=across, wrap=wrap, number=number)


def _natural(field: Field) -> float:
    """How wide the column wants to be."""
    shown = [readable_width(value, field.column.kind) for value in field.values[:ENOUGH]]
    widest = max(shown, default=0.0) + PADDING
    word = max(width(part, SMALL, bold=True) for part in field.head.split(" "))
    least = word + PADDING + FILTER
    if field.column.kind in WORDED:
        low, high = WORDED[field.column.kind]
        return max(least, min(max(widest, low), high))
    return max(least, widest)


def readable_width(value: Value, kind: Kind) -> float:
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
    return max(width(part, BODY) for part in text.split("\n")) if len(text) < ENOUGH else 1e6


def fitted(fields: Sequence[Field], room: float) -> list[Field]:
    """The columns that are printed made to fit the room: those that wrap give way."""
    printed = [field for field in fields if field.column.rank < BEYOND]
    over = sum(field.width for field in printed) - room
    spare = {
        id(field): field.width - WORDED[field.column.kind][0]
        for field in printed
        if field.column.kind in WORDED and field.column.kind is not Kind.ID
    }
    whole = sum(spare.values())
    share = min(max(over, 0.0) / whole, 1.0) if whole > 0 else 0.0
    return [
        field._replace(width=field.width - share * spare.get(id(field), 0.0)) for field in fields
    ]


def painted(tone: Tone) -> Style:
    """A cell that tells a status."""
    paint = PAINTS[tone]
    return Style(bold=True, colour=paint.letters, fill=paint.ground, bottom=LINE)
