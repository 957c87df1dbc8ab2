"""What is wrong with a plan, and where: the values every check speaks in.

A check yields a `Finding` (a place and what to say there); the reader turns it into a
`Diagnostic`, which knows file, line and column. Sorted order is display order.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from banyuasin_plan.words import Message

Path = tuple[str | int, ...]
"""The one coordinate of rules, forms and edits: `("programs", 3, "milestones", 0, "due")`."""


class Severity(StrEnum):
    """How bad a finding is: an error stops every report, a warning stops only `--strict`."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A stretch of one file's text.

    Lines and columns count from 1, `end_column` is one past the last character; `start` and
    `end` are offsets into the decoded text, a byte order mark not counted.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int = 0
    end: int = 0


class KeyOf(NamedTuple):
    """The key at a path, where the value under it is not what is meant."""

    path: Path


Place = Path | KeyOf | Span
"""Where a finding points: a value in the plan, a key in it, or a bare stretch of text."""


class Finding(NamedTuple):
    """A place, what is wrong there, and what would mend it."""

    place: Place
    message: Message
    help: Message | None = None


class Unchecked(NamedTuple):
    """What errors kept from being checked: the schedule, with `references` names as well.

    `files` are those that have to be mended first, in order.
    """

    references: bool
    files: tuple[str, ...]


class Diagnostic(NamedTuple):
    """A finding at its place in a file, under its code, ready to be shown in any form."""

    span: Span
    code: str
    severity: Severity
    message: Message
    help: Message | None = None

    @property
    def order(self) -> tuple[Span, str]:
        """What diagnostics are sorted by: their place, then their code."""
        return self.span, self.code
