"""The cells of a form's rows: what is only read, and what is written in."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.form import Kind, value_of
from banyuasin_plan.form.shown import Line, Look, Status
from banyuasin_plan.formats.cells import sign
from banyuasin_plan.formats.form.pens import lines_of, room_of, write_lines
from banyuasin_plan.formats.workbook.styles import FAINT, LINE, LOCALES, PAINTS, PALE
from banyuasin_plan.report import Tone
from banyuasin_plan.words import label

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from banyuasin_plan.form import Field
    from banyuasin_plan.form.shown import Shown
    from banyuasin_plan.formats.form.pens import Pens

WRITABLE = "#FFF9D6"
"""What shows where one may write."""

LOCKED = "#ECEFF1"
"""What shows that a column is not asked in a row."""

AS_TEXT = "@"
"""The format of texts: a letter's number such as 12/3 does not turn into a date."""

FORMATS = {
    Kind.PERCENT: "0%",
    Kind.WHOLE: "#,##0",
    Kind.DURATION: "0",
    Kind.TEXT: AS_TEXT,
    Kind.CHOICE: AS_TEXT,
    Kind.IDS: AS_TEXT,
}
"""How what is typed is shown; dates in the form's language, numbers as they come."""

FINE = "0.0%"
"""For a percentage that is not whole."""

HUNDRED = 100
FIRST_DATE = date(1900, 3, 1)
"""Before it, a workbook's dates are a day off, and go as text."""


class Column(NamedTuple):
    """A column of a sheet: its id, where it stands, its width, and the field it is there for."""

    id: str
    place: int
    width: int
    field: Field | None

    @property
    def room(self) -> float:
        """Its width in points, padding included."""
        return room_of(self.width)


def write_cell(sheet: Worksheet, pens: Pens, column: Column, row: int, shown: Shown) -> int:
    """The cell of a row in a column; how many lines it takes."""
    place = (row, column.place)
    if column.field is None:
        return _write_read(sheet, pens, place, shown, column.room)
    sent = shown.row.sent if shown.row else {}
    if column.field.id not in sent:
        sheet.write_blank(*place, None, pens.style(bg_color=LOCKED, border=1, border_color=LINE))
        return 1
    return _write_asked(sheet, pens, place, column, sent[column.field.id])


def writable(pens: Pens, kind: Kind, text: str | None = None) -> Format:
    """The look of a cell that may be written in, and that holds this text."""
    number = f"{LOCALES[pens.lang]}d mmm yyyy" if kind is Kind.DATE else FORMATS.get(kind, "")
    if kind is Kind.PERCENT and text and "." in text:
        number = FINE
    wide = number == AS_TEXT
    look: dict[str, Any] = {"text_wrap": True} if wide else {"align": "center"}
    if number:
        look["num_format"] = number
    return pens.style(
        locked=False, bg_color=WRITABLE, border=1, border_color=LINE, valign="top", **look
    )


def _write_read(
    sheet: Worksheet, pens: Pens, place: tuple[int, int], shown: Shown, room: float
) -> int:
    """A cell that is only read."""
    cell = shown.cells[place[1] - 1]
    edge: dict[str, Any] = {"border": 1, "border_color": LINE, "valign": "top"}
    if shown.done:
        edge["bg_color"] = PALE
    if isinstance(cell, date):
        number = f"{LOCALES[pens.lang]}d mmm yyyy"
        _write_date(sheet, place, cell, pens.style(num_format=number, align="center", **edge))
        return 1
    if isinstance(cell, str):
        sheet.write_string(
            *place, pens.said(cell), pens.style(align="center", font_color=FAINT, **edge)
        )
        return 1
    if isinstance(cell, Status):
        tone = Tone(cell.colour)
        name = f"{sign(tone, plain=False)} {label(f'status.{tone}', pens.lang)}"
        cell = (Line(name, Look.STRONG), Line(cell.reason))
        edge["bg_color"] = PAINTS[tone].ground
    write_lines(sheet, place, cell, pens, **edge)
    return lines_of(cell, room, pens)


def _write_asked(
    sheet: Worksheet, pens: Pens, place: tuple[int, int], column: Column, text: str | None
) -> int:
    """A cell to write in, with what it holds now."""
    kind = column.field.kind if column.field else Kind.TEXT
    value, look = value_of(text, kind), writable(pens, kind, text)
    if value is None:
        sheet.write_blank(*place, None, look)
    elif isinstance(value, date):
        _write_date(sheet, place, value, look)
    elif isinstance(value, float):
        sheet.write_number(*place, value / HUNDRED if kind is Kind.PERCENT else value, look)
    else:
        sheet.write_string(*place, pens.said(value), look)
        return lines_of([Line(value)], column.room, pens)
    return 1


def _write_date(sheet: Worksheet, place: tuple[int, int], day: date, style: Format) -> None:
    if day < FIRST_DATE:
        sheet.write_string(*place, day.isoformat(), style)
    else:
        sheet.write_datetime(*place, datetime.combine(day, time()), style)
