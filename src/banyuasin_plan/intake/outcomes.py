"""What became of the forms that came back: what was taken, what was not, and why."""

from __future__ import annotations

from enum import StrEnum
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.diagnostic import Span
    from banyuasin_plan.editing import Edited
    from banyuasin_plan.form import Form, Value
    from banyuasin_plan.intake.receipts import Receipts
    from banyuasin_plan.words import Message


class Side(StrEnum):
    """Whose value counts where the plan and a form were both changed."""

    THEIRS = "theirs"
    OURS = "ours"


class Place(NamedTuple):
    """A cell of a workbook as people find it; both None where the whole workbook is meant."""

    sheet: str | None = None
    cell: str | None = None

    @property
    def row(self) -> tuple[str | None, str]:
        """The sheet and the number of the row."""
        return self.sheet, (self.cell or "").lstrip(ascii_uppercase)


class Taken(NamedTuple):
    """A value that came into the plan. `before` is None where there was none, `after` where it
    was cleared.
    """  # noqa: D205 - one sentence after the other

    milestone: str
    district: str | None
    field: str
    before: Value
    after: Value
    place: Place


class Reason(NamedTuple):
    """Why a form is not taken, the cell that is to blame, and what its row is about.

    Where a row is one new thing, `cells` says from which cell each of its keys comes.
    """

    message: Message
    place: Place
    milestone: str | None = None
    district: str | None = None
    cells: tuple[tuple[str, Place], ...] = ()


class Conflict(NamedTuple):
    """A value that was changed in the plan and in the form: what it was, is, and would be."""

    milestone: str
    district: str | None
    field: str
    sent: Value
    ours: Value
    theirs: Value
    place: Place
    span: Span


class Proposal(NamedTuple):
    """A milestone that an office proposes; `id` where it was taken in."""

    program: str
    name: str
    values: Mapping[str, object]
    place: Place
    id: str | None = None


class Outcome(NamedTuple):
    """What became of one file.

    `form` is None where it is none. Nothing was taken of it where there are `reasons` or
    `conflicts`. `reported` names the milestones whose day of report was set, `notes` what
    somebody should know all the same; `said` says whether anything in it differs from what was
    sent, were it known already.
    """

    file: str
    form: Form | None
    taken: tuple[Taken, ...] = ()
    reasons: tuple[Reason, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    reported: tuple[str, ...] = ()
    notes: tuple[Reason, ...] = ()
    said: bool = False

    @property
    def heard_of(self) -> frozenset[str]:
        """The milestones of which anything was taken, were it only that nothing has changed."""
        return frozenset(self.reported) | {one.milestone for one in self.taken}

    @property
    def accepted(self) -> bool:
        """Whether the form was taken, were it that it changed nothing."""
        return not self.reasons and not self.conflicts


class Intake(NamedTuple):
    """What became of all files, the plan's texts with it, and what to remember of it."""

    outcomes: tuple[Outcome, ...]
    edited: Edited
    receipts: Receipts
