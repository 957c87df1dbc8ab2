"""A sheet to write in: what it is about, the two cells for all of it, and the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.form import ANSWER, KEY, MARK, NO_CHANGE, REPORTED, SHOWN, Kind
from banyuasin_plan.form.shown import Look
from banyuasin_plan.formats.form.asking import Cells, ask, ask_head, words_of
from banyuasin_plan.formats.form.cells import Column, writable, write_cell
from banyuasin_plan.formats.form.pens import LOOKS, high
from banyuasin_plan.formats.workbook.papers import MM_AN_INCH, PAPERS
from banyuasin_plan.formats.workbook.styles import (
    FAINT,
    INK,
    LINE,
    NAVY,
    WHITE,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from banyuasin_plan.form.shown import Part
    from banyuasin_plan.formats.form.pens import Pens

WIDTHS = {
    "milestone": 30,
    "due": 12,
    "status": 19,
    "remarks": 34,
    "number": 5,
    "progress": 10,
    "achieved": 10,
    "amount": 10,
    "started": 12,
    "finished": 12,
    "delivered": 12,
    "blocker_closed": 13,
    "evidence": 24,
    "blocker": 24,
    "need": 22,
    "note": 22,
    "program": 22,
    "name": 34,
    "measure": 28,
    "duration": 10,
    "start": 12,
    "after": 24,
    "districts": 20,
    "target": 10,
    "unit": 12,
    "budget": 16,
    "done_on": 12,
    "office": 24,
    "shown": 40,
    "verified": 14,
    "returned": 44,
    "claim.milestone": 36,
    "existing.milestone": 70,
    "existing.status": 70,
}
"""How wide a column is, in digits; where a part has its own, under `part.column`."""

CENTRED = frozenset({"due", "number", "done_on"})
"""Columns that are read and whose cells stand in the middle."""

ASKED = "#FFE08A"
"""What heads a column to write in."""

FEWEST_LINES = {"progress": 4, "delivery": 4, "proposal": 3, "claim": 3, "existing": 1}
"""Lines that every row of a part has room for: a few words can be written in it."""

ANSWERS = 2
"""The column in which the cells above the rows are answered; one that is only read."""

MARGIN = 8.0
"""Left and right on paper, in millimetres; 12 above and 15 below."""

MAY = ("sort", "autofilter", "format_columns", "format_rows")
"""What protection leaves free; it has no password."""


def write_part(pens: Pens, part: Part, *, first: bool) -> None:
    """A part on a sheet of its own; on the first one stands what holds for the whole form."""
    sheet = pens.book.add_worksheet(pens.word(f"sheet.{part.id}"))
    report = pens.page.form.kind != "planning"
    columns = _columns(part)
    _set_columns(sheet, columns)
    if part.fields:
        _mark(sheet, columns, first=first and report)
    head = _write_top(sheet, pens, part, answers=first and report)
    _write_heads(sheet, pens, part, columns, head)
    for row, shown in enumerate(part.rows, start=head + 1):
        lines = [write_cell(sheet, pens, column, row, shown) for column in columns]
        sheet.set_row(row, high(max(FEWEST_LINES[part.id], *lines)))
        if shown.row:
            sheet.write_string(row, 0, shown.row.key)
    last = head + len(part.rows)
    for column in columns:
        _ask(sheet, pens, part, column, head + 1)
    sheet.freeze_panes(head + 1, 2)
    if report:
        sheet.autofilter(head, 0, last, columns[-1].place)
    sheet.print_area(1, 1, last, columns[-1].place)
    sheet.repeat_rows(head)
    set_up(sheet, pens)


def set_up(sheet: Worksheet, pens: Pens) -> None:
    """Protect a sheet, and print it on F4 laid across, one page wide."""
    sheet.protect("", dict.fromkeys(MAY, True))
    sheet.set_paper(PAPERS["f4"].code)
    sheet.set_landscape()
    side = MARGIN / MM_AN_INCH
    sheet.set_margins(side, side, 12 / MM_AN_INCH, 15 / MM_AN_INCH)
    sheet.fit_to_pages(1, 0)
    form = pens.page.form
    sheet.set_footer(f"&L&8 {form.plan} - {form.owner} - {form.as_of}&R&8 &P / &N")


def _columns(part: Part) -> list[Column]:
    fields = {field.id: field for field in part.fields}
    return [
        Column(name, place, WIDTHS.get(f"{part.id}.{name}") or WIDTHS[name], fields.get(name))
        for place, name in enumerate((*part.context, *fields), start=1)
    ]


def _set_columns(sheet: Worksheet, columns: Sequence[Column]) -> None:
    sheet.set_column(0, 0, 12, None, {"hidden": True})
    for column in columns:
        sheet.set_column(column.place, column.place, column.width)
    sheet.hide_gridlines(2)


def _mark(sheet: Worksheet, columns: Sequence[Column], *, first: bool) -> None:
    """The machine row: what each column holds."""
    sheet.write_string(0, 0, KEY)
    for column in columns:
        if column.field:
            sheet.write_string(0, column.place, f"{MARK}{column.id}")
        elif column.id == "milestone":
            sheet.write_string(0, column.place, SHOWN)
        elif column.place == ANSWERS and first:
            sheet.write_string(0, column.place, ANSWER)
    sheet.set_row(0, None, None, {"hidden": True})


def _write_top(sheet: Worksheet, pens: Pens, part: Part, *, answers: bool) -> int:
    """What stands above the table; the row of its heads."""
    page = pens.page
    sheet.set_row(1, 24)
    title = pens.style(bold=True, font_size=15, font_color=NAVY, valign="vcenter")
    sheet.write_string(1, 1, pens.said(page.title), title)
    faint = pens.style(font_color=FAINT)
    day = pens.said(page.day)
    if page.left_out:
        day = f"{day} {pens.word('left_out', count=page.left_out)}"
    sheet.write_string(2, 1, day, faint)
    row = 3
    if page.notice:
        sheet.write_string(row, 1, pens.said(page.notice), pens.style(**LOOKS[Look.BAD]))
        row += 1
    strong = pens.style(bold=True, font_color=INK)
    kind = page.form.kind if part.fields else part.id
    sheet.write_string(row, 1, pens.word(f"how.{kind}"), strong)
    if answers:
        row = _write_answers(sheet, pens, row + 1)
    return row + 1


def _write_answers(sheet: Worksheet, pens: Pens, row: int) -> int:
    """The report date, and whether nothing changed: empty, as they are sent; the last row of it.

    A verifier is asked for the day of the checks alone.
    """
    name = pens.style(bold=True, align="right", valign="vcenter", font_color=INK)
    hint = pens.style(font_color=FAINT, valign="vcenter", indent=1)
    asked = [(REPORTED, "report_date", Kind.DATE), (NO_CHANGE, "no_change", Kind.CHOICE)]
    if pens.page.form.kind == "verify":
        asked = [(REPORTED, "check_date", Kind.DATE)]
    for place, (key, word, kind) in enumerate(asked, start=row):
        sheet.set_row(place, 18)
        sheet.write_string(place, 0, key)
        sheet.write_string(place, 1, pens.word(word), name)
        sheet.write_blank(place, ANSWERS, None, writable(pens, kind))
        sheet.write_string(place, ANSWERS + 1, pens.word(f"{word}.how"), hint)
        ask_head(sheet, pens, word, Cells(ANSWERS, (place,)))
    sheet.set_selection(row, ANSWERS, row, ANSWERS)
    return row + len(asked) - 1


def _write_heads(
    sheet: Worksheet, pens: Pens, part: Part, columns: Sequence[Column], row: int
) -> None:
    sheet.set_row(row, high(2) + 4)
    edge = {"border": 1, "border_color": LINE, "valign": "vcenter", "text_wrap": True, "bold": True}
    read = pens.style(bg_color=NAVY, font_color=WHITE, **edge)
    edge["align"] = "center"
    typed = pens.style(bg_color=NAVY, font_color=WHITE, **edge)
    asked = pens.style(bg_color=ASKED, font_color=INK, **edge)
    sheet.write_string(row, 0, pens.word("head.key"), read)
    for column in columns:
        if column.field:
            text, look = words_of(column.field, part.id, pens)[0], asked
        else:
            text = pens.word(f"head.{column.id}")
            look = typed if column.id in CENTRED else read
        sheet.write_string(row, column.place, text, look)


def _ask(sheet: Worksheet, pens: Pens, part: Part, column: Column, first: int) -> None:
    """Message and check for those cells of a column that may be written in."""
    if column.field is None:
        return
    rows = [
        row
        for row, shown in enumerate(part.rows, start=first)
        if shown.row and column.field.id in shown.row.sent
    ]
    ask(sheet, pens, column.field, part.id, Cells(column.place, rows))
