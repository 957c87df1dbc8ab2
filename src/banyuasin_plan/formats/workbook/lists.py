"""A sheet that is one table: filter, frozen head and id, bars in the cells, repeated head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.formats.workbook.fields import FILTER, Field, fields_of, fitted, painted
from banyuasin_plan.formats.workbook.heads import Canvas, put_note, put_title
from banyuasin_plan.formats.workbook.measuring import height, lines
from banyuasin_plan.formats.workbook.papers import prepare_print, width_of
from banyuasin_plan.formats.workbook.styles import (
    BAR,
    BODY,
    LINE,
    NAVY,
    PAINTS,
    SMALL,
    WHITE,
    Style,
)
from banyuasin_plan.report import BEYOND, Kind, Note, Table, Tone
from banyuasin_plan.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.formats.workbook.book import Book
    from banyuasin_plan.formats.workbook.rows import RowSheet

SCALE = 0.72
"""How far a page may be shrunk to its paper's width before columns get narrower instead."""

PIXEL = 0.75


def write_list(book: Book, title: str, table: Table, notes: Sequence[Note] = ()) -> None:
    """A sheet with a title, what there is to say, and the table."""
    sheet = book.sheet(title)
    fields = fitted(fields_of(book, table), width_of(book.paper) / SCALE)
    printed = sum(field.column.rank < BEYOND for field in fields)
    for place, field in enumerate(fields):
        options = {} if field.column.rank < BEYOND else {"level": 1}
        sheet.set_column_pixels(place, place, round(field.width / PIXEL), None, options)
    room = sum(field.width for field in fields[:printed])
    canvas = Canvas(book, sheet, printed, room)
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
    ids = [place for place, field in enumerate(fields[:3]) if field.column.kind is Kind.ID]
    return ids[0] + 1 if ids else 1


def _put_table(sheet: RowSheet, book: Book, table: Table, fields: Sequence[Field]) -> None:
    """Heads and rows, made a table that Excel knows."""
    first = sheet.next_row
    head = Style(SMALL, bold=True, colour=WHITE, fill=NAVY, line=WHITE, wrap=True, down="middle")
    style = book.style(head)
    deep = max(lines(field.head, SMALL, field.width - FILTER, bold=True) for field in fields)
    heads = _heads(fields)
    row = [(place, style, text) for place, text in enumerate(heads)]
    sheet.put(row, height(deep, SMALL) + 4)
    paints = {tone: book.style(painted(tone)) for tone in Tone}
    bad = book.style(Style(bold=True, colour=PAINTS[Tone.BAD].letters, bottom=LINE, across="right"))
    looks = [book.style(field.look) for field in fields]
    for place in range(len(table.rows)):
        cells = []
        deep = 1
        for nth, field in enumerate(fields):
            value, cell, style = field.values[place], field.cells[place], looks[nth]
            if isinstance(cell, Tone) and field.column.kind is Kind.STATUS:
                style = paints[cell]
            elif field.column.bad and isinstance(cell, int) and cell > 0:
                style = bad
            if isinstance(value, str):
                deep = max(deep, lines(value, BODY, field.width))
            cells.append((nth, style, value))
        sheet.put(cells, height(deep, BODY))
    last = sheet.next_row - 1
    book.place(table.id, sheet, first + 1, dict(enumerate(fields)))
    sheet.add_table(
        first,
        0,
        last,
        len(fields) - 1,
        {
            "name": f"{book.report.id}_{table.id}_{len(book.tabs)}",
            "style": None,
            "banded_rows": False,
            "columns": [{"header": text} for text in heads],
        },
    )
    for nth, field in enumerate(fields):
        if field.column.id == "actual_percent":
            sheet.conditional_format(first + 1, nth, last, nth, BARS)


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


def _heads(fields: Sequence[Field]) -> list[str]:
    """The heads, none twice, as a table of Excel wants them."""
    seen: dict[str, int] = {}
    heads = []
    for field in fields:
        count = seen[field.head.casefold()] = seen.get(field.head.casefold(), 0) + 1
        heads.append(field.head if count == 1 else f"{field.head} {count}")
    return heads
