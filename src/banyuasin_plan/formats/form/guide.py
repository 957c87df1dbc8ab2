"""The sheet that says how a form is filled in, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.form.shown import Line, Look
from banyuasin_plan.formats.form.asking import words_of
from banyuasin_plan.formats.form.pens import high, lines_of, room_of, write_lines
from banyuasin_plan.formats.form.sheets import set_up
from banyuasin_plan.formats.workbook.styles import FAINT, LINE, NAVY, WHITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

    from banyuasin_plan.formats.form.pens import Pens

NAME, MEANING = 26, 84
"""How wide the two columns are, in digits."""


def write_guide(pens: Pens) -> None:
    """The guide, as its own sheet."""
    sheet = pens.book.add_worksheet(pens.word("sheet.guide"))
    sheet.set_column(0, 0, NAME)
    sheet.set_column(1, 1, MEANING)
    sheet.hide_gridlines(2)
    title = pens.style(bold=True, font_size=15, font_color=NAVY)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, pens.word("sheet.guide"), title)
    row = 1
    for name, meaning in _steps(pens):
        row = _put(sheet, pens, row, name, meaning)
    head = pens.style(bold=True, bg_color=NAVY, font_color=WHITE, border=1, border_color=LINE)
    sheet.write_string(row + 1, 0, pens.word("guide.column"), head)
    sheet.write_string(row + 1, 1, pens.word("guide.meaning"), head)
    row += 2
    for name, meaning in _columns(pens):
        row = _put(sheet, pens, row, name, meaning)
    form = pens.page.form
    made = pens.word("guide.made", plan=form.plan, revision=form.revision)
    sheet.write_string(row + 1, 0, made, pens.style(font_color=FAINT))
    set_up(sheet, pens)


def _put(sheet: Worksheet, pens: Pens, row: int, name: str, meaning: str) -> int:
    """A name and what it means; the next row."""
    edge = {"border": 1, "border_color": LINE, "valign": "top"}
    write_lines(sheet, (row, 0), [Line(name, Look.STRONG)], pens, **edge)
    write_lines(sheet, (row, 1), [Line(meaning)], pens, **edge)
    sheet.set_row(row, high(lines_of([Line(meaning)], room_of(MEANING), pens)))
    return row + 1


def _steps(pens: Pens) -> Iterator[tuple[str, str]]:
    """What holds for the form as a whole."""
    kind = pens.page.form.kind
    yield pens.word("guide.how"), pens.word(f"how.{kind}")
    if kind == "verify":
        yield pens.word("check_date"), pens.word("check_date.how")
        yield pens.word("guide.own"), pens.word("guide.own.how")
    if kind == "report":
        yield pens.word("report_date"), pens.word("report_date.how")
        yield pens.word("no_change"), pens.word("no_change.how")
        yield pens.word("guide.order"), pens.word("guide.order.how")
    yield pens.word("guide.safe"), pens.word("guide.safe.how")


def _columns(pens: Pens) -> Iterator[tuple[str, str]]:
    """Every field that is asked, and what to write there."""
    seen: set[tuple[str, str]] = set()
    for part in pens.page.parts:
        for field in part.fields:
            words = words_of(field, part.id, pens)
            if words not in seen:
                seen.add(words)
                yield words
