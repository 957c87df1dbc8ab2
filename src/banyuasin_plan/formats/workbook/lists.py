"""A sheet that is one table: filter, frozen head and id, bars in the cells, repeated head."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from banyuasin_plan.formats.workbook.fields import (
    HEAD,
    Field,
    columns_of,
    depths_of,
    fields_of,
    fitted,
    styles_of,
)
from banyuasin_plan.formats.workbook.heads import Canvas, put_note, put_title
from banyuasin_plan.formats.workbook.measuring import height, lines
from banyuasin_plan.formats.workbook.papers import width_of
from banyuasin_plan.formats.workbook.printing import prepare_print
from banyuasin_plan.formats.workbook.styles import BAR, BODY, SMALL
from banyuasin_plan.report import BEYOND, Kind
from banyuasin_plan.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.formats.workbook.book import Book
    from banyuasin_plan.formats.workbook.rows import RowSheet
    from banyuasin_plan.report import Note, Table

SCALE = 0.7
"""How far a page may be shrunk to its paper's width before columns get narrower instead."""

BUTTON = 14.0
"""What the button of a filter takes of a head."""

PIXEL = 0.75
NEAR = 3
"""Columns among which the id stands, if it is to stay in sight."""

BARS = {
    "type": "data_bar",
    "min_length": 0,
    "max_length": 100,
    "bar_color": BAR,
    "min_type": "num",
    "max_type": "num",
    "min_value": 0,
    "max_value": 1,
}
"""A bar in the cell from nothing to all; the only rule a cell has.

Without the extension of 2010, of which openpyxl complains.
"""


def write_list(book: Book, tab: str, title: str, table: Table, notes: Sequence[Note] = ()) -> None:
    """A sheet with a title, what there is to say, and the table."""
    sheet = book.sheet(tab)
    fields = fitted(fields_of(book, table, BUTTON), width_of(book.paper) / SCALE)
    printed = sum(field.column.rank < BEYOND for field in fields)
    for place, field in enumerate(fields):
        options = {} if field.column.rank < BEYOND else {"level": 1}
        sheet.set_column_pixels(place, place, ceil(field.width / PIXEL), None, options)
    canvas = Canvas(book, sheet, printed, sum(field.width for field in fields[:printed]))
    put_title(canvas, title)
    for note in notes:
        put_note(canvas, say(note.text, book.lang), note.tone)
    if not table.rows:
        put_note(canvas, say(table.empty, book.lang))
    else:
        sheet.skip(6)
        head = sheet.next_row
        _put_table(sheet, book, table, fields)
        sheet.freeze_panes(head + 1, _frozen(fields))
        sheet.repeat_rows(head)
        if table.more:
            put_note(canvas, say(table.more, book.lang))
    sheet.print_area(0, 0, max(sheet.next_row - 1, 0), max(printed - 1, 0))
    prepare_print(sheet, book)


def _frozen(fields: Sequence[Field]) -> int:
    """How many columns stay in sight: those up to the id, if one stands near the front."""
    ids = [place for place, field in enumerate(fields[:NEAR]) if field.column.kind is Kind.ID]
    return ids[0] + 1 if ids else 1


def _put_table(sheet: RowSheet, book: Book, table: Table, fields: Sequence[Field]) -> None:
    """Heads and rows, made a table that Excel knows."""
    first = sheet.next_row
    deep = max(lines(field.head, SMALL, field.width - BUTTON, bold=True) for field in fields)
    heads = _heads(fields)
    style = book.style(HEAD)
    sheet.put([(place, style, text) for place, text in enumerate(heads)], height(deep, SMALL) + 4)
    columns = [
        sheet.column(nth, styles_of(book, field), field.values) for nth, field in enumerate(fields)
    ]
    for deep, row in zip(
        depths_of(fields, len(table.rows)), zip(*columns, strict=True), strict=True
    ):
        sheet.add(row, height(deep, BODY))
    last = sheet.next_row - 1
    book.place(table, sheet, [(first + 1, last)], columns_of(fields, 0))
    sheet.make_table(first, last, heads, f"{book.report.id}_{len(book.ranges)}")
    for nth, field in enumerate(fields):
        if field.column.id == "actual_percent":
            sheet.conditional_format(first + 1, nth, last, nth, BARS)


def _heads(fields: Sequence[Field]) -> list[str]:
    """The heads, none twice, as a table of Excel wants them."""
    seen: dict[str, int] = {}
    heads = []
    for field in fields:
        count = seen[field.head.casefold()] = seen.get(field.head.casefold(), 0) + 1
        heads.append(field.head if count == 1 else f"{field.head} {count}")
    return heads
