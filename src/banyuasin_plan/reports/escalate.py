"""Who is to be told of which delay today, with a text for each, and what was told before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.plan.model import OwnerKind
from banyuasin_plan.report import HIDDEN, Cell, Column, Kind, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.tracking.escalation import Escalated, Step, escalations
from banyuasin_plan.words import Lines, Message, message

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LINES = 10
"""How many milestones a text names; it counts the rest."""

COLUMNS = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("program", Kind.ID, rank=HIDDEN),
    Column("owner", Kind.ID),
    Column("office_days_late", Kind.COUNT, bad=True),
    Column("cause", Kind.ID, rank=HIDDEN),
    Column("reason", Kind.SENTENCE, rank=3),
    Column("step", Kind.ID, rank=HIDDEN),
    Column("to", Kind.ID, rank=HIDDEN),
    Column("told", Kind.TEXT),
    Column("told_on", Kind.DATE, rank=2),
    Column("next_step", Kind.ID, rank=HIDDEN),
    Column("next_on", Kind.DATE, rank=4),
)
MESSAGES = (
    Column("to", Kind.ID, rank=HIDDEN),
    Column("told", Kind.TEXT),
    Column("step", Kind.ID, rank=HIDDEN),
    Column("milestones", Kind.COUNT),
    Column("ids", Kind.TEXT, rank=HIDDEN),
    Column("text", Kind.SENTENCE),
)


def report(material: Material) -> Report:
    """Steps reached today with a text for everybody who is told, then those of earlier days."""
    found = sorted(
        escalations(material.tracking.standings, material.plan),
        key=lambda one: (-list(Step).index(one.step), -one.delay.days, one.standing.urgency),
    )
    today = [one for one in found if one.on == material.as_of]
    before = [one for one in found if one.on < material.as_of]
    names = _Names(material)
    return Report(
        "escalate",
        heading_of(material),
        (
            Table("today", COLUMNS, names.rows(today), message("none.escalate_today")),
            _messages(today, names, material),
            Table("open", COLUMNS, names.rows(before), message("none.escalate_open"), aside=True),
        ),
    )


class _Names:
    """What everybody on the ladder is called, as a text addresses them."""

    def __init__(self, material: Material) -> None:
        """Read them off the plan."""
        owners = material.plan.owners
        self.offices = {one.id for one in owners if one.kind is OwnerKind.AGENCY}
        self.names: dict[str, str | Message] = {one.id: one.name for one in owners}
        self.names |= {
            one.id: message("load.camat", name=one.name) for one in material.plan.districts
        }

    def told(self, one: Escalated) -> str | Message:
        """Who is told: the office, its head, or who stands above."""
        if one.to is None:
            return message("escalate.nobody")
        name = self.names.get(one.to, one.to)
        if one.step is Step.HEAD and one.to in self.offices:
            return message("escalate.head", name=name)
        return name

    def rows(self, found: Sequence[Escalated]) -> tuple[tuple[Cell, ...], ...]:
        """The rows of a table."""
        return tuple(
            (
                one.standing.milestone.id,
                one.standing.milestone.name,
                one.standing.program.id,
                one.standing.case.owner,
                one.delay.days,
                one.delay.kind,
                one.delay.reason,
                str(one.step),
                one.to,
                self.told(one),
                one.on,
                str(one.following[0]) if one.following else None,
                one.following[1] if one.following else None,
            )
            for one in found
        )


def _messages(today: Sequence[Escalated], names: _Names, material: Material) -> Table:
    """A text for everybody who is told today, the highest first; the highest step sets its tone."""
    mine: dict[tuple[str, bool], list[Escalated]] = {}
    for one in today:
        if one.to is not None:
            mine.setdefault((one.to, one.step is Step.HEAD), []).append(one)
    rows = tuple(_message(found, names, material) for found in mine.values())
    none = message("none.escalate_messages")
    return Table("messages", MESSAGES, rows, none, letter="text", aside=True, shown=bool(rows))


def _message(found: Sequence[Escalated], names: _Names, material: Material) -> tuple[Cell, ...]:
    first = found[0]
    told = names.told(first)
    lines = [
        message(
            "escalate.line",
            id=one.standing.milestone.id,
            name=" ".join(one.standing.milestone.name.split()),
            owner=names.names.get(one.standing.case.owner or "", message("party.nobody")),
            reason=one.delay.reason,
        )
        for one in found[:MOST_LINES]
    ]
    if left := len(found) - len(lines):
        lines.append(message("escalate.more", count=left))
    text = message(
        "escalate.text",
        name=told,
        day=material.as_of,
        plan=material.plan.plan.name,
        count=len(found),
        lines=Lines(lines),
        wish=message(f"escalate.wish.{first.step}"),
    )
    ids = tuple(one.standing.milestone.id for one in found)
    return first.to, told, str(first.step), len(found), ids, text
