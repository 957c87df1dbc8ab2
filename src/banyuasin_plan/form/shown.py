"""What people read of a form: the sheets around the cells that they write in."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.form import Field, Form, Row
    from banyuasin_plan.words import Message


class Look(StrEnum):
    """How a piece of text stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    BAD = "bad"


class Line(NamedTuple):
    """A line of a cell."""

    text: str | Message
    look: Look = Look.PLAIN


class Status(NamedTuple):
    """A colour by its name, and the reason for it."""

    colour: str
    reason: Message


Cell = str | date | Status | tuple[Line, ...]
"""What a cell that is only read may hold."""


class Shown(NamedTuple):
    """A row with what is read in it; one that is only read has no `row`.

    `done` says that little is left to say about it.
    """

    row: Row | None
    cells: tuple[Cell, ...]
    done: bool = False


class Part(NamedTuple):
    """Rows on a sheet of their own, under columns: those that are read, then those to write in.

    The id is `progress`, `delivery`, `proposal` or `claim`; `existing` is only read.
    """

    id: str
    context: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: tuple[Shown, ...]


class Choice(NamedTuple):
    """What may be chosen: an id, and the name it is known by."""

    id: str
    name: str


class Page(NamedTuple):
    """A form with all that is read in it.

    `left_out` counts rows that need no answer any more. A date in it lies from `first` to `last`,
    or with `past` no later than the day it is written; the day of the report itself not before
    `begins`. `choices` holds what a field of kind `CHOICE` or `IDS` may name.
    """

    form: Form
    title: Message
    day: Message
    notice: str | None
    parts: tuple[Part, ...]
    first: date
    last: date
    past: bool
    begins: date | None = None
    left_out: int = 0
    choices: Mapping[str, tuple[Choice, ...]] = {}
