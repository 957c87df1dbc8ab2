"""The cells of a workbook that came back, as the form they are: what was sent, what is answered.

How a form lies in a workbook is said in `banyuasin_plan.form`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.form import (
    ANSWER,
    CLAIM,
    DELIVERY,
    KEY,
    MARK,
    MARKER,
    NO_CHANGE,
    PROGRESS,
    PROPOSAL,
    READABLE,
    REPORTED,
    SCHEMA,
    SHOWN,
    Answer,
    Fault,
    Field,
    Form,
    Kind,
    Returned,
    schema_of,
    unpacked,
)
from banyuasin_plan.formats.returned.beside import beside
from banyuasin_plan.formats.returned.book import Held, reference
from banyuasin_plan.formats.returned.values import Clash, Order, order_of, read_cell
from banyuasin_plan.words import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from banyuasin_plan.formats.returned.book import Area, Book, Cell, Sheet

FIELDS = {field.id: field for field in (*PROGRESS, *DELIVERY, *PROPOSAL, *CLAIM)}
YES = frozenset({"ya", "yes", "y", "x", "v", "\u2713", "\u2714"})
NO = frozenset({"", "tidak", "no", "n", "-"})
KEY_LIKE = re.compile(rf"(?:{MARK})?[a-z0-9][a-z0-9_-]*(?:@[a-z0-9-]+)?(?:#\d+)?\Z", re.ASCII)
WORD = re.compile(r"[a-z0-9][a-z0-9-]*")
DAY = Field("reported", Kind.DATE)


class Grid(NamedTuple):
    """A sheet with rows of the form: where its machine row, its keys and its fields are."""

    sheet: Sheet
    head: int
    key: int
    answer: int | None
    shown: int | None
    columns: dict[str, int]

    def keyed(self) -> Iterator[tuple[int, str]]:
        """The rows below the machine row that have a key; what heads the column is none."""
        for (row, column), cell in self.sheet.cells.items():
            if column == self.key and row > self.head:
                text = str(cell.value).strip()
                if KEY_LIKE.match(text):
                    yield row, text

    def table(self) -> int:
        """The row below which what has no key was put in."""
        places = (row for row, column in self.sheet.cells if column == self.key)
        rows = {row for row, key in self.keyed() if not key.startswith(MARK)}
        return max((row for row in places if row < min(rows, default=self.head)), default=self.head)

    def name(self, row: int, column: int) -> tuple[str, str]:
        """The sheet and a cell of it, as people find it."""
        return self.sheet.name, reference(row, column)


def returned_form(book: Book, order: Order | None = None) -> Returned | Message:
    """The form in a workbook, or why it is none of ours.

    `order` says what `4/3/2025` is where the workbook itself does not settle it.
    """
    machines = [sheet for sheet in book.sheets if _text(sheet.cells.get((1, 1))) == MARKER]
    if len(machines) != 1:
        return message("answer.copied" if machines else "answer.no_form")
    texts = list(_column(machines[0]))
    form = unpacked(texts)
    if form is None:
        schema = schema_of(texts)
        broken = schema is None or schema in READABLE
        return message("answer.no_form.broken") if broken else _other_schema(schema)
    grids, faults = _grids(book)
    if not any(not key.startswith(MARK) for grid in grids for _, key in grid.keyed()):
        return message("answer.no_rows")
    found = Answers(form, grids, faults, order).returned()
    return found._replace(
        beside=tuple(beside(book, machines[0], grids)),
        saved=book.saved,
        pictures=book.pictures,
        remarks=book.remarks,
    )


def _other_schema(schema: int | None) -> Message:
    return message("answer.schema.newer" if (schema or 0) > SCHEMA else "answer.schema.older")


def _column(sheet: Sheet) -> Iterator[str]:
    """The texts of the machine sheet from the top to the first gap."""
    row = 1
    while (cell := sheet.cells.get((row, 1))) is not None:
        yield str(cell.value)
        row += 1


def _text(cell: Cell | None) -> str | None:
    return str(cell.value) if cell and cell.held is Held.TEXT else None


def _grids(book: Book) -> tuple[list[Grid], list[Fault]]:
    """The sheets that have a machine row, and what is wrong with those rows."""
    grids: list[Grid] = []
    faults: list[Fault] = []
    for sheet in book.sheets:
        marks: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for (row, column), cell in sheet.cells.items():
            text = _text(cell)
            if text and text.startswith(MARK) and text not in {REPORTED, NO_CHANGE}:
                marks[row][text].append(column)
        head = min((row for row, found in marks.items() if KEY in found), default=None)
        if head is None:
            continue
        columns: dict[str, int] = {}
        for mark, places in marks[head].items():
            columns[mark.removeprefix(MARK)] = places[0]
            faults += [
                Fault(message("answer.column_twice"), sheet.name, reference(head, column))
                for column in places[1:]
            ]
        key = columns.pop(KEY.removeprefix(MARK))
        answer = columns.pop(ANSWER.removeprefix(MARK), None)
        shown = columns.pop(SHOWN.removeprefix(MARK), None)
        fields = {name: column for name, column in columns.items() if name in FIELDS}
        grids.append(Grid(sheet, head, key, answer, shown, fields))
    return grids, faults


class Answers:
    """The answers of a form being gathered, and what can't be taken for one."""

    def __init__(
        self, form: Form, grids: list[Grid], faults: list[Fault], order: Order | None
    ) -> None:
        """Take what was sent and where the answers are."""
        self.form = form
        self.rows = {row.key: row for row in form.rows}
        self.grids = grids
        self.faults = faults
        found = order_of(self._dates())
        self.order = order or found if isinstance(found, Clash) else found or order
        self.lost: dict[str, None] = {}
        self.unasked: list[Answer] = []
        self.ids = {row.milestone for row in form.rows if row.milestone}

    def returned(self) -> Returned:
        """All that the form says."""
        answers: list[Answer] = []
        added: list[tuple[Answer, ...]] = []
        seen: dict[str, str] = {}
        reported: date | None = None
        reported_at: tuple[str, str] | None = None
        no_change = False
        for grid in self.grids:
            known = set()
            for row, key in sorted(grid.keyed()):
                known.add(row)
                sheet, cell = grid.name(row, grid.key)
                if key in {REPORTED, NO_CHANGE} and grid.answer:
                    if key in seen:
                        self._fault("answer.key_twice", sheet, cell, key=key, other=seen[key])
                    elif key == REPORTED:
                        reported = self._day(grid, row, grid.answer)
                        reported_at = grid.name(row, grid.answer)
                    else:
                        no_change = self._truth(grid, row, grid.answer)
                elif key not in self.rows:
                    self._fault("answer.unknown_key", sheet, cell, key=key)
                elif key in seen:
                    self._fault("answer.key_twice", sheet, cell, key=key, other=seen[key])
                else:
                    self._check_shown(grid, row, key)
                    answers += self._answers(grid, row, key)
                seen.setdefault(key, cell)
            added += self._added(grid, known)
        return Returned(
            self.form,
            tuple(answers),
            reported,
            no_change,
            tuple(self.faults),
            added=tuple(added),
            missing=tuple(key for key in self.rows if key not in seen),
            lost=tuple(self.lost),
            unasked=tuple(self.unasked),
            reported_at=reported_at,
        )

    def _fault(self, why: str, sheet: str, cell: str, **params: object) -> None:
        self.faults.append(Fault(message(why, **params), sheet, cell))

    def _dates(self) -> Iterator[str]:
        """Every text in a cell that asks for a date."""
        for grid in self.grids:
            top, dated = grid.table(), _dated(grid)
            days = {row for row, key in grid.keyed() if key == REPORTED}
            for (row, column), cell in grid.sheet.cells.items():
                asked = row in days if column == grid.answer else column in dated and row > top
                if asked and (text := _text(cell)):
                    yield text

    def _answers(self, grid: Grid, row: int, key: str) -> Iterator[Answer]:
        """What a row that was sent says in each field it was asked."""
        sent = self.rows[key].sent
        fields = {field.id: field for field in self.rows[key].fields}
        self.lost |= dict.fromkeys(name for name in sent if name not in grid.columns)
        for name, column in grid.columns.items():
            sheet, cell = grid.name(row, column)
            if name not in sent:
                if held := grid.sheet.cells.get((row, column)):
                    self.unasked.append(Answer(key, name, held.shown, sheet, cell))
                continue
            if _is_merged(grid.sheet.merged, row, column):
                self.faults.append(Fault(message("answer.merged"), sheet, cell, key))
                continue
            found = grid.sheet.cells.get((row, column))
            value = read_cell(found, fields[name].kind, self.order)
            if isinstance(value, Message):
                self.faults.append(Fault(value, sheet, cell, key))
            else:
                yield Answer(key, name, value, sheet, cell)

    def _added(self, grid: Grid, known: set[int]) -> Iterator[tuple[Answer, ...]]:
        """Rows below the machine row that have no key and say something under a field's column."""
        names = {column: name for name, column in grid.columns.items()}
        rows: dict[int, list[Answer]] = defaultdict(list)
        top = grid.table()
        for (row, column), found in grid.sheet.cells.items():
            if row <= top or row in known or column not in names:
                continue
            field = FIELDS[names[column]]
            value = read_cell(found, field.kind, self.order)
            sheet, cell = grid.name(row, column)
            if self.form.kind != "planning":
                value = found.shown
            elif isinstance(value, Message):
                self.faults.append(Fault(value, sheet, cell))
                continue
            rows[row].append(Answer("", field.id, value, sheet, cell))
        return (tuple(answers) for _, answers in sorted(rows.items()))

    def _day(self, grid: Grid, row: int, column: int) -> date | None:
        """The office's own report date."""
        value = read_cell(grid.sheet.cells.get((row, column)), DAY.kind, self.order)
        sheet, cell = grid.name(row, column)
        if isinstance(value, Message):
            self.faults.append(Fault(value, sheet, cell))
        return None if value is None or isinstance(value, Message | str | float) else value

    def _truth(self, grid: Grid, row: int, column: int) -> bool:
        """Whether the office says that nothing has changed."""
        cell = grid.sheet.cells.get((row, column))
        said = str(cell.value).strip().lower() if cell else ""
        if cell and cell.held is Held.TRUTH:
            return bool(cell.value)
        if said not in YES | NO:
            self._fault("answer.yes_or_no", *grid.name(row, column), given=said)
        return said in YES

    def _check_shown(self, grid: Grid, row: int, key: str) -> None:
        """Refuse a row in which another id is in sight than the one it has out of sight."""
        own = self.rows[key].milestone
        text = _text(grid.sheet.cells.get((row, grid.shown))) if grid.shown else None
        if own is None or text is None:
            return
        words = set(WORD.findall(text))
        others = sorted(words & self.ids)
        if others and own not in words:
            self._fault("answer.shifted", *grid.name(row, grid.key), key=own, other=others[0])


def _dated(grid: Grid) -> list[int]:
    return [column for name, column in grid.columns.items() if FIELDS[name].kind is Kind.DATE]


def _is_merged(areas: Iterable[Area], row: int, column: int) -> bool:
    """Whether a cell is part of several that were made one."""
    return any(
        area.top <= row <= area.bottom
        and area.left <= column <= area.right
        and (area.top, area.left) != (area.bottom, area.right)
        for area in areas
    )
