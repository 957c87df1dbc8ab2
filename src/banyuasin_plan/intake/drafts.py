"""A form at work: what it is held against, and what it would change, as it builds up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.editing import Change
from banyuasin_plan.form import canonical, value_of
from banyuasin_plan.intake.outcomes import Conflict, Place, Proposal, Reason, Side, Taken
from banyuasin_plan.intake.receipts import Stamp
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.form import Answer, Field, Returned, Row
    from banyuasin_plan.intake.facts import Facts
    from banyuasin_plan.intake.receipts import Receipts
    from banyuasin_plan.plan.model import Milestone
    from banyuasin_plan.words import Message

CLEARED = "-"
"""What an office writes to empty a value."""

Values = tuple[str | None, str | None]
"""A value before and after, as one text each."""


class Terms(NamedTuple):
    """How forms are taken in.

    `take` settles conflicts; `only` limits what is taken to what these ids name, all of it where
    it is empty; `new` takes proposals in. `day` is the data date.
    """

    day: date
    take: Side | None = None
    only: frozenset[str] = frozenset()
    new: bool = False


@dataclass(slots=True)
class Draft:
    """What a form would change.

    `made` are the changes, each with what to blame it on; `offered` those that are only proposed.
    """

    made: list[tuple[Change, Reason]] = field(default_factory=list)
    offered: list[tuple[Change, Reason]] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)


class Line(NamedTuple):
    """A row of the form, its milestone in the plan, and what came back in it."""

    row: Row
    milestone: Milestone
    path: Path
    answers: Mapping[str, Answer]


class Work:
    """A form against the plan: the plan's facts and the receipts change as it is taken."""

    def __init__(self, returned: Returned, facts: Facts, receipts: Receipts, terms: Terms) -> None:
        """Take the form and what it is held against."""
        self.returned = returned
        self.form = returned.sent
        self.facts = facts
        self.receipts = receipts
        self.terms = terms
        self.day = returned.reported or terms.day
        self.stamp = Stamp(returned.reported or self.form.as_of, returned.saved)
        self.draft = Draft()

    def refuse(self, why: Message, place: Place, row: Row | None = None) -> None:
        """Say why the form can't be taken."""
        self.draft.reasons.append(_reason(why, place, row))

    def note(self, key: str, place: Place, row: Row | None = None, **params: object) -> None:
        """Say what somebody should know all the same."""
        self.draft.notes.append(_reason(message(key, **params), place, row))

    def change(self, line: Line, path: Path, new: object, place: Place) -> None:
        """Change the plan, on the row's account."""
        blame = _reason(message("intake.refused"), place, line.row)
        self.draft.made.append((Change(path, new), blame))

    def take(
        self, line: Line, asked: Field, values: tuple[str | None, str | None], place: Place
    ) -> None:
        """Say that a value was taken: what was there, and what is."""
        before, after = (value_of(each, asked.kind) for each in values)
        taken = Taken(line.milestone.id, line.row.district, asked.id, before, after, place)
        self.draft.taken.append(taken)

    def yields(
        self, line: Line, asked: Field, answer: Answer, ours: str | None, path: Path
    ) -> bool:
        """Whether a value that both changed stays as the plan has it; without word, a conflict."""
        place, row = place_of(answer), line.row
        if self.terms.take is Side.THEIRS:
            return False
        if self.terms.take is Side.OURS:
            self.note("intake.kept", place, row, field=asked.id)
            return True
        sent, theirs = row.sent[asked.id], answered(row, answer)
        self.draft.conflicts.append(
            Conflict(
                milestone=line.milestone.id,
                district=row.district,
                field=asked.id,
                sent=value_of(sent, asked.kind),
                ours=value_of(ours, asked.kind),
                theirs=value_of(theirs, asked.kind),
                place=place,
                span=self.facts.loaded.span(path),
            )
        )
        return True


def _reason(why: Message, place: Place, row: Row | None) -> Reason:
    """A reason that is about a row, or about none."""
    return Reason(why, place, row.milestone, row.district) if row else Reason(why, place)


def answers_by_row(work: Work) -> Mapping[str, Mapping[str, Answer]]:
    """What a form says, by row and field; a row that came back without answers has none."""
    by_row: dict[str, dict[str, Answer]] = defaultdict(dict)
    for answer in work.returned.answers:
        by_row[answer.key][answer.field] = answer
    return by_row


def place_of(answer: Answer) -> Place:
    """Where an answer stands."""
    return Place(answer.sheet, answer.cell)


def answered(row: Row, answer: Answer) -> str | None:
    """What an answer says, as one text: an empty cell what was sent, a dash nothing."""
    if answer.value == CLEARED:
        return None
    text = canonical(answer.value)
    return row.sent[answer.field] if text is None else text


def is_said(row: Row, answer: Answer) -> bool:
    """Whether an answer says anything but what was sent."""
    return answered(row, answer) != row.sent[answer.field]


def is_answered(returned: Returned) -> bool:
    """Whether anybody has filled in anything of a form."""
    rows = {row.key: row for row in returned.sent.rows}
    said = any(is_said(rows[one.key], one) for one in returned.answers)
    proposed = returned.sent.kind == "planning" and returned.added
    return bool(said or proposed or returned.reported or returned.no_change)
