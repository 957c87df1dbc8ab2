"""Forms on their way: as tables of cells without a workbook around them, so that tests are quick.

How a form lies in a workbook is said in `banyuasin_plan.form`; here it is laid out anew, with
rows and columns wherever a test wants them.
"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
from tests.workbooks import altered, members

from banyuasin_plan.form import (
    ANSWER,
    KEY,
    MARK,
    NO_CHANGE,
    PROGRESS,
    REPORTED,
    SCHEMA,
    Form,
    Kind,
    Row,
    canonical,
    packed,
    value_of,
)
from banyuasin_plan.formats.returned.book import Book, Cell, Held, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from banyuasin_plan.form import Field, Value
    from banyuasin_plan.reading import Loaded

Line = tuple[str, "Mapping[str, Cell]"]
"""A row as it lies in the sheet: its key (or nothing) and its cells by field."""


def sent_form(loaded: Loaded, owner: str, kind: str = "report") -> Form:
    """What an owner is asked about its milestones, every plain field of each."""
    rows = []
    for one in loaded.scope.milestones:
        if one.owner != owner:
            continue
        sent = {
            field.id: None
            if field.adds or field.id == "blocker_closed"
            else canonical(getattr(one.value, field.id))
            for field in PROGRESS
        }
        blocker = next((each for each in one.value.blockers if each.closed is None), None)
        named = (blocker.since, blocker.what, blocker.district) if blocker else None
        if named is None:
            del sent["blocker_closed"]
        rows.append(Row(one.value.id, one.value.id, None, named, sent))
    plan = loaded.scope.head.id if loaded.scope.head else ""
    return Form(SCHEMA, kind, plan, "f00", owner, loaded.as_of, "id", tuple(rows))


def cell_of(value: Value, kind: Kind) -> Cell:
    """A value as a workbook holds it."""
    if isinstance(value, date):
        return Cell(Held.DATE, value)
    if isinstance(value, str):
        return Cell(Held.TEXT, value)
    share = kind is Kind.PERCENT
    number = float(value or 0)
    return Cell(Held.NUMBER, number / 100 if share else number, percent=share)


def lines_of(form: Form) -> list[Line]:
    """The rows of a form as they were sent."""
    return [
        (
            row.key,
            {
                field.id: cell_of(value_of(row.sent[field.id], field.kind), field.kind)
                for field in row.fields
                if row.sent.get(field.id) is not None
            },
        )
        for row in form.rows
    ]


def book_of(  # noqa: PLR0913 - all that may differ between two forms that come back
    form: Form,
    lines: Sequence[Line],
    *,
    fields: Sequence[Field] = PROGRESS,
    columns: Sequence[int] = (),
    top: int = 1,
    day: Cell | None = None,
    no_change: Cell | None = None,
    saved: str = "",
) -> Book:
    """The workbook of a form with these rows in it.

    `columns` are those of the key, the answer and each field; `top` is the machine row.
    """
    columns = columns or range(1, len(fields) + 3)
    key, answer, *others = columns
    places = dict(zip((field.id for field in fields), others, strict=True))
    cells = {(top, key): Cell(Held.TEXT, KEY), (top, answer): Cell(Held.TEXT, ANSWER)}
    cells |= {(top, column): Cell(Held.TEXT, f"{MARK}{name}") for name, column in places.items()}
    for row, (name, given) in enumerate(((REPORTED, day), (NO_CHANGE, no_change)), top + 1):
        cells[row, key] = Cell(Held.TEXT, name)
        if given:
            cells[row, answer] = given
    for row, (name, said) in enumerate(lines, top + 5):
        if name:
            cells[row, key] = Cell(Held.TEXT, name)
        cells |= {(row, places[field]): cell for field, cell in said.items()}
    machine = {(row, 1): Cell(Held.TEXT, text) for row, text in enumerate(packed(form), 1)}
    sheets = (Sheet("Laporan", True, cells), Sheet("_plan", False, machine))  # noqa: FBT003
    return Book(sheets, saved=saved)


def workbook_of(book: Book) -> bytes:
    """The same as a real workbook, as openpyxl writes it."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for sheet in book.sheets:
        page = made.create_sheet(sheet.name)
        page.sheet_state = "visible" if sheet.shown else "veryHidden"
        for (row, column), cell in sheet.cells.items():
            there = page.cell(row, column, cell.value)
            if cell.percent:
                there.number_format = "0%"
    out = BytesIO()
    made.save(out)
    core = "docProps/core.xml"
    said = members(out.getvalue())[core]
    moment = re.sub(rb">[^<]*</dcterms:modified", f">{book.saved}</dcterms:modified".encode(), said)
    return altered({core: moment}, out.getvalue())
