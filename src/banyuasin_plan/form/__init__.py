"""A form as data: what an office is asked, before it is a workbook and after it came back.

A `Form` is what was asked and what stood in every cell that may be written in. It travels out of
sight inside the workbook, so that an answer is held against what its office saw, not against
what the plan says by then. Two pairs of functions make both directions meet: `packed` and
`unpacked` for the form as a whole, `canonical` and `value_of` for one value.

The workbook, as far as machines read it:

*   One sheet out of sight (`MACHINE_SHEET`; LibreOffice turns very hidden into hidden) holds
    `packed(form)` in column A from row 1: `MARKER`, one JSON object for the form, one for each
    row. Known by its cell A1, never by its name. All of it is ASCII, no cell ends in a space.
    Column B holds a `seal` of each text and day that the workbook shows, between blanks, so that
    what was written beside them is known; forms without it are read all the same.
*   Each sheet with rows has one machine row out of sight, above what people read. It is the row
    that holds a cell `plan:key`; further cells in it mark their columns: `plan:progress`, or
    whatever field a column holds, each at most once, and `plan:answer` on the first such sheet.
    Columns without a mark are there to be read.
*   Below it, a cell in the column `plan:key` (out of sight too) says what its row is: the `key`
    of a `Row`, or on the first sheet `plan:reported` and `plan:no_change`, whose answers stand
    in the column `plan:answer`. A row without a key is no part of what was sent.
*   The column `plan:shown` holds, among other words, the id of its row's milestone. Where a row
    has another id there than its key says, its cells were torn apart by sorting some of them.
*   Where `key` and field meet stands the answer. A field that is not in its row's `sent` is
    locked and means nothing.

So a sheet may be renamed, sorted, filtered, and have rows and columns put in, moved or hidden.
Merged cells and titles mean nothing.

Cells: a date is a date, a `PERCENT` a share from 0 to 1 in a format with `%` (0.4 is `40`), a
number a number, everything else text. A choice reads `id`, or `id`, a space and a name: only what
stands before the first space counts; `IDS` are several of them between commas or semicolons, or
`all` in the form's language (`semua`). In a text from a workbook `_x005F_` stands for `_`
wherever `_xHHHH_` would follow.

Fields that `add` are sent empty, and what is written there is one thing more: evidence, a
blocker (`need` says what it needs), a claim sent back. `blocker_closed` closes the blocker that
its row names.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from banyuasin_plan.words import Message

SCHEMA = 2
"""Raised when an older reader would misread what is packed or marked."""

READABLE = frozenset({1, SCHEMA})
"""The schemas that are read. In the first, a row's `blocker` does not say its district."""

MARKER = "banyuasin-plan form"
MACHINE_SHEET = "_plan"
MARK = "plan:"
KEY, SHOWN, ANSWER = f"{MARK}key", f"{MARK}shown", f"{MARK}answer"
REPORTED, NO_CHANGE = f"{MARK}reported", f"{MARK}no_change"
LONGEST_TEXT = 4_000
"""Characters of a prefilled text; what is longer is not offered for change."""

Value = str | float | date | None

Named = tuple[date, str] | tuple[date, str, str | None]
"""A blocker as a row names it: its first day, its text, and its district (None: the whole)."""


class Kind(StrEnum):
    """What a field takes.

    `PERCENT` runs from 0 to 100; `DURATION` is a number of working days, or a text as in YAML;
    `CHOICE` is an id, `IDS` several.
    """

    DATE = "date"
    PERCENT = "percent"
    NUMBER = "number"
    WHOLE = "whole"
    TEXT = "text"
    DURATION = "duration"
    CHOICE = "choice"
    IDS = "ids"


class Field(NamedTuple):
    """A column that may be written in; `adds` says that an answer is one thing more."""

    id: str
    kind: Kind
    adds: bool = False


PROGRESS = (
    Field("progress", Kind.PERCENT),
    Field("achieved", Kind.NUMBER),
    Field("started", Kind.DATE),
    Field("finished", Kind.DATE),
    Field("evidence", Kind.TEXT, adds=True),
    Field("blocker_closed", Kind.DATE),
    Field("blocker", Kind.TEXT, adds=True),
    Field("need", Kind.TEXT, adds=True),
    Field("note", Kind.TEXT),
)
"""What an owner says of a milestone."""

DELIVERY = (
    Field("delivered", Kind.DATE),
    Field("amount", Kind.NUMBER),
    Field("evidence", Kind.TEXT),
    Field("blocker_closed", Kind.DATE),
    Field("blocker", Kind.TEXT, adds=True),
)
"""What a camat says of a milestone in the district: the keys of `delivered`, and blockers."""

PROPOSAL = (
    Field("program", Kind.CHOICE),
    Field("name", Kind.TEXT),
    Field("measure", Kind.TEXT),
    Field("duration", Kind.DURATION),
    Field("start", Kind.DATE),
    Field("due", Kind.DATE),
    Field("after", Kind.IDS),
    Field("districts", Kind.IDS),
    Field("target", Kind.NUMBER),
    Field("unit", Kind.TEXT),
    Field("budget", Kind.WHOLE),
)
"""What an owner proposes as a new milestone."""


CLAIM = (
    Field("verified", Kind.DATE),
    Field("returned", Kind.TEXT, adds=True),
)
"""What a verifier says of what is reported done: the day it was seen, or why it goes back."""


class Row(NamedTuple):
    """One row of a form.

    `key` names it in the workbook: the milestone's id, with `@district` in a camat's form, and
    with `#2` where a second open blocker needs a row to be closed in; `new-01` for a proposal,
    which has no `milestone`. `blocker` names the open blocker that `blocker_closed` closes, in a
    form of the first schema without its district. `sent` holds the canonical text of every field
    that may be written in, None for an empty one.
    """

    key: str
    milestone: str | None
    district: str | None
    blocker: Named | None
    sent: Mapping[str, str | None]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields a row of its kind can have; a verifier's row is known by what it asks."""
        if self.milestone is None:
            return PROPOSAL
        if self.sent.keys() & {field.id for field in CLAIM}:
            return CLAIM
        return DELIVERY if self.district else PROGRESS


class Form(NamedTuple):
    """What was asked of an office on a day.

    `kind` is `report`, `planning` or `verify`; `revision` the checksum of the plan's texts.
    """

    schema: int
    kind: str
    plan: str
    revision: str
    owner: str
    as_of: date
    lang: str
    rows: tuple[Row, ...]


class Answer(NamedTuple):
    """What came back in one cell: its row's key, its field's id, the value, and where it stood."""

    key: str
    field: str
    value: Value
    sheet: str
    cell: str


class Fault(NamedTuple):
    """What can't be taken from a workbook as it came back, where it stands and in whose row."""

    message: Message
    sheet: str | None
    cell: str | None
    key: str | None = None


class Returned(NamedTuple):
    """A form that came back.

    `answers` holds a cell for every key and field found, untouched ones too; `reported` is the
    office's own report date, `reported_at` its sheet and cell, and `no_change` says that it reports
    all as unchanged. `added` are rows that were not sent, each with what it holds under the fields'
    columns; `missing` the keys that were sent and did not come back, `lost` the fields whose
    columns did not. `unasked` are cells of a field in rows that were not asked it, `beside` all
    other cells in which something stands that was not sent. `saved` is when the workbook was saved
    last, as the program that saved it says (ISO, in UTC). `pictures` and `remarks` count what lies
    beside the cells and is not read.
    """

    sent: Form
    answers: tuple[Answer, ...]
    reported: date | None
    no_change: bool
    faults: tuple[Fault, ...]
    added: tuple[tuple[Answer, ...], ...] = ()
    missing: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    unasked: tuple[Answer, ...] = ()
    beside: tuple[Answer, ...] = ()
    saved: str = ""
    pictures: int = 0
    remarks: int = 0
    reported_at: tuple[str, str] | None = None


def canonical(value: Value) -> str | None:
    """A value as one text, whichever way it came: from the plan or from a cell.

    None for nothing, an empty text included. Dates are ISO, numbers plain with 15 digits at most
    (what a workbook holds); texts have LF as line end and no blanks around them.
    """
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        return text or None
    number = format(Decimal(f"{value:.15g}"), "f")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return "0" if number == "-0" else number


def value_of(text: str | None, kind: Kind) -> Value:
    """The value a canonical text stands for; ValueError where it is none of its kind."""
    if text is None:
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(text)
    if kind in {Kind.PERCENT, Kind.NUMBER, Kind.WHOLE}:
        number = float(text)
        if not isfinite(number):
            raise ValueError(text)
        return number
    return text


def packed(form: Form) -> tuple[str, ...]:
    """The form as the texts of the machine sheet, one a cell; `unpacked` gives it back."""
    head = {name: value for name, value in form._asdict().items() if name != "rows"}
    head["as_of"] = form.as_of.isoformat()
    return (MARKER, _written(head), *(_written(_row_written(row)) for row in form.rows))


def schema_of(cells: Sequence[str]) -> int | None:
    """The schema of a packed form, so that a newer one can be told from a broken one."""
    try:
        schema = _object(cells[1])["schema"]
    except (ValueError, LookupError):
        return None
    return schema if type(schema) is int else None


def unpacked(cells: Sequence[str]) -> Form | None:
    """The form in the texts of a machine sheet; None where they are not whole or not `READABLE`.

    The texts come from outside: whatever they hold, the form is made of the right types, its keys
    differ, and every row has only fields of its kind with values of theirs.
    """
    if not cells or cells[0] != MARKER or schema_of(cells) not in READABLE:
        return None
    try:
        rows = tuple(_row_read(_object(cell)) for cell in cells[2:])
        head = _object(cells[1])
        form = Form(
            head["schema"],
            _text(head, "kind"),
            _text(head, "plan"),
            _text(head, "revision"),
            _text(head, "owner"),
            date.fromisoformat(_text(head, "as_of")),
            _text(head, "lang"),
            rows,
        )
    except (ValueError, LookupError):
        return None
    return form if len({row.key for row in rows}) == len(rows) else None


def _row_written(row: Row) -> dict[str, Any]:
    blocker = [row.blocker[0].isoformat(), *row.blocker[1:]] if row.blocker else None
    return {**row._asdict(), "blocker": blocker, "sent": dict(row.sent)}


def _written(value: dict[str, Any]) -> str:
    """JSON in ASCII; no `_x`, which means something else in a workbook."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("_x", "\\u005fx")


def _row_read(found: dict[str, Any]) -> Row:
    row = Row(
        _text(found, "key"),
        _text_or_none(found, "milestone"),
        _text_or_none(found, "district"),
        _blocker_read(found["blocker"]),
        found["sent"],
    )
    if not isinstance(row.sent, dict):
        raise ValueError("sent")  # noqa: TRY004 - one error for whatever is wrong
    kinds = {field.id: field.kind for field in row.fields}
    for name in row.sent:
        value_of(_text_or_none(row.sent, name), kinds[name])
    return row


def _blocker_read(found: object) -> Named | None:
    match found:
        case None:
            return None
        case [str(since), str(what)]:
            return date.fromisoformat(since), what
        case [str(since), str(what), str() | None as district]:
            return date.fromisoformat(since), what, district
        case _:
            raise ValueError("blocker")


def _object(text: str) -> dict[str, Any]:
    """A JSON object; ValueError for anything else."""
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError("depth") from error
    if not isinstance(found, dict):
        raise ValueError("object")  # noqa: TRY004 - one error for whatever is wrong
    return found


def _text(found: Mapping[str, Any], name: str) -> str:
    text = found[name]
    if not isinstance(text, str):
        raise ValueError(name)  # noqa: TRY004 - one error for whatever is wrong
    return text


def _text_or_none(found: Mapping[str, Any], name: str) -> str | None:
    return None if found[name] is None else _text(found, name)
