"""What a cell asks and what it takes: messages, checks and drop-downs of Excel's own.

A check lets `-` pass, which empties a value. Checks are formulas of ours; a plan's text is never
in one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

from banyuasin_plan.form import LONGEST_TEXT, Kind
from banyuasin_plan.plan.fields import ALL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlsxwriter.worksheet import Worksheet

    from banyuasin_plan.form import Field
    from banyuasin_plan.form.shown import Choice, Page
    from banyuasin_plan.formats.form.pens import Pens

LISTS = "_lists"
"""The sheet out of sight that holds what drop-downs offer, a column each."""

CHECKS = {
    Kind.PERCENT: "AND(ISNUMBER({0}),{0}>=0,{0}<=1)",
    Kind.NUMBER: "AND(ISNUMBER({0}),{0}>=0)",
    Kind.WHOLE: "AND(ISNUMBER({0}),{0}>=0,{0}=INT({0}))",
    Kind.DURATION: "AND(ISNUMBER({0}),{0}>=0,{0}=INT({0}))",
}
"""What a cell may hold, as formulas of it."""

WRONG = {Kind.DURATION: Kind.WHOLE}
"""Whose word says what a kind takes, where it has none of its own."""

OWN_WORDS = frozenset({"delivery.evidence"})
"""Fields that mean something else in one part than in the others, as `part.field`."""


def words_of(field: Field, part: str, pens: Pens) -> tuple[str, str]:
    """What heads a field's column, and what its cells ask."""
    own = f"{part}.{field.id}"
    name = own if own in OWN_WORDS else field.id
    return pens.word(f"head.{name}"), pens.word(f"ask.{name}")


def ask(sheet: Worksheet, pens: Pens, field: Field, part: str, place: Cells) -> None:
    """Give the cells of a field their message and their check."""
    words = words_of(field, part, pens)
    rule = {**_asked(words), **_checked(pens, field, place.first)}
    _add(sheet, place, rule)


def ask_head(sheet: Worksheet, pens: Pens, word: str, place: Cells) -> None:
    """Give a cell above the rows its own: a day, or whether nothing changed."""
    asked = _asked((pens.word(word), pens.word(f"{word}.ask")))
    if word != "no_change":
        _add(sheet, place, {**asked, **_dated(pens, place.first, pens.page.begins)})
        return
    choice = {"validate": "list", "source": [pens.word("yes"), pens.word("no")]}
    wrong = {"error_title": pens.word("wrong"), "error_message": pens.word("wrong.choice")}
    _add(sheet, place, {**asked, **choice, **wrong})


class Cells:
    """Cells of one column by their rows, ascending."""

    def __init__(self, column: int, rows: Sequence[int]) -> None:
        """The rows may have gaps."""
        self.column, self.rows = column, tuple(rows)

    @property
    def first(self) -> str:
        """The first one's name, which a check's formula is written for."""
        name: str = xl_rowcol_to_cell(self.rows[0], self.column)
        return name

    def ranges(self) -> str:
        """All of them, as Excel writes them."""
        runs: list[list[int]] = []
        for row in self.rows:
            if runs and runs[-1][1] == row - 1:
                runs[-1][1] = row
            else:
                runs.append([row, row])
        return " ".join(xl_range(a, self.column, b, self.column) for a, b in runs)


def write_lists(pens: Pens) -> None:
    """The sheet of what drop-downs offer, where a form has any."""
    if not pens.page.choices:
        return
    sheet = pens.book.add_worksheet(LISTS)
    for column, choices in enumerate(pens.page.choices.values()):
        for row, one in enumerate(choices):
            sheet.write_string(row, column, _offered(one, pens))
    sheet.hide()


def _offered(one: Choice, pens: Pens) -> str:
    return pens.word("all") if one.id == ALL else pens.said(f"{one.id} {one.name}")


def _add(sheet: Worksheet, place: Cells, rule: dict[str, Any]) -> None:
    first, last = place.rows[0], place.rows[-1]
    rule |= {"multi_range": place.ranges()}
    sheet.data_validation(first, place.column, last, place.column, rule)


def _asked(words: tuple[str, str]) -> dict[str, Any]:
    return {"input_title": words[0], "input_message": words[1]}


def _checked(pens: Pens, field: Field, cell: str) -> dict[str, Any]:
    wrong = {"error_title": pens.word("wrong")}
    match field.kind:
        case Kind.DATE:
            return _dated(pens, cell)
        case Kind.TEXT:
            said = pens.word("wrong.text", most=LONGEST_TEXT)
            length = {"validate": "length", "criteria": "<=", "value": LONGEST_TEXT}
            return {**wrong, **length, "error_message": said}
        case Kind.CHOICE | Kind.IDS:
            strict = field.kind is Kind.CHOICE  # several ids are no entry of the list
            said = pens.word("wrong.choice")
            source = _list_of(pens.page, field.id)
            return {
                **wrong,
                "validate": "list",
                "source": source,
                "show_error": strict,
                "error_message": said,
            }
        case _:
            said = pens.word(f"wrong.{WRONG.get(field.kind, field.kind)}")
            check = CHECKS[field.kind].format(cell)
            return {**wrong, **_either(cell, check), "error_message": said}


def _list_of(page: Page, field: str) -> str:
    """Where the list of a field stands; one cell of nothing where it is empty."""
    column = list(page.choices).index(field)
    last = max(len(page.choices[field]) - 1, 0)
    return f"={LISTS}!{xl_range_abs(0, column, last, column)}"


def _dated(pens: Pens, cell: str, begins: date | None = None) -> dict[str, Any]:
    """A date within the page's bounds; one that is past is no later than the day it is typed."""
    page = pens.page
    begins = begins or page.first
    first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (begins, page.last))
    end = f"MAX({last},TODAY())" if page.past else last
    check = f"AND(ISNUMBER({cell}),{cell}>={first},{cell}<{end}+1)"
    said = pens.word("wrong.date", first=begins)
    if not page.past:
        said = pens.word("wrong.date.ahead", first=begins, last=page.last)
    return {**_either(cell, check), "error_title": pens.word("wrong"), "error_message": said}


def _either(cell: str, check: str) -> dict[str, Any]:
    return {"validate": "custom", "value": f'=OR({cell}="-",{check})'}
