"""Who owes a report: owners and camat, since when, with a text to send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from banyuasin_plan.report import Cell, Column, Kind, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.tracking import State
from banyuasin_plan.tracking.colours import limits_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from banyuasin_plan.tracking import Standing
    from banyuasin_plan.words import Message

OWNERS = (
    Column("owner", Kind.ID),
    Column("name", Kind.TEXT),
    Column("milestones", Kind.COUNT),
    Column("last_report", Kind.DATE, rank=2),
    Column("since", Kind.DATE),
    Column("office_days", Kind.COUNT, bad=True),
    Column("ids", Kind.TEXT, rank=3),
    Column("text", Kind.SENTENCE),
)


@dataclass(slots=True)
class Debt:
    """What one owner has not reported on: ids, since when, and its last word on any of them."""

    ids: list[str] = field(default_factory=list)
    since: date | None = None
    last: date | None = None

    def add(self, name: str, since: date, last: date | None) -> None:
        """One more milestone without a report since that day."""
        self.ids.append(name)
        self.since = min(self.since or since, since)
        self.last = max((day for day in (self.last, last) if day), default=None)


def report(material: Material) -> Report:
    """Every owner and camat whose running work nobody has reported on for too long.

    Who is asked for by name is who owes, not whose milestones.
    """
    return Report("unreported", heading_of(material), (list_debts(material),))


def list_debts(material: Material) -> Table:
    """Who owes a report, the longest first, with a text to send."""
    debts: dict[str, Debt] = {}
    for one in material.tracking.standings:
        for owner, since, last in _owed(one, material):
            if not _is_asked(owner, one, material):
                continue
            debts.setdefault(owner, Debt()).add(one.milestone.id, since, last)
    names: dict[str, str | Message] = {one.id: one.name for one in material.plan.owners}
    names |= {one.id: message("load.camat", name=one.name) for one in material.plan.districts}
    ranked = sorted(debts.items(), key=lambda item: (item[1].since, item[0]))
    rows = tuple(_row(material, owner, names.get(owner, owner), debt) for owner, debt in ranked)
    return Table("owners", OWNERS, rows, message("none.unreported"), letter="text")


def _is_asked(owner: str, one: Standing, material: Material) -> bool:
    """Whether this debtor is to be shown; with support, everybody where the one asked for helps."""
    if not material.asked or owner in material.asked:
        return True
    return material.supporting and any(map(one.supported_by, material.asked))


def _owed(one: Standing, material: Material) -> Iterator[tuple[str, date, date | None]]:
    """Who owes a report on a milestone, since when, and when it last gave one.

    The owner owes one once work or its promise has begun; where it is done by district, each
    camat owes one until the delivery.
    """
    case = one.case
    if not case.open or case.owner is None:
        return
    stale = limits_of(one.program.tolerance, material.plan.plan.tolerance).stale
    begun = case.began or _promise_begun(one, material)
    if begun is None:
        return
    since = case.last_report or begun
    if case.calendars.office_days(since, material.as_of) > stale:
        yield case.owner, since, case.milestone.reported
    if case.state is State.NOT_STARTED:
        return
    for place in case.places:
        fact = case.milestone.delivered.get(place)
        if fact and fact.on:
            continue
        heard = fact.reported if fact else None
        if case.calendars.office_days(heard or begun, material.as_of) > stale:
            yield place, heard or begun, heard


def _promise_begun(one: Standing, material: Material) -> date | None:
    first = one.case.planned.start if one.case.milestone.due is None else None
    day = first or type(material.as_of).fromordinal(one.case.promise[0])
    return day if day <= material.as_of else None


def _row(material: Material, owner: str, name: str | Message, debt: Debt) -> tuple[Cell, ...]:
    since = debt.since or material.as_of
    days = material.schedule.calendars.office_days(since, material.as_of)
    text = message(
        "unreported.text",
        name=name,
        count=len(debt.ids),
        ids=tuple(debt.ids[:5]),
        since=since,
        days=days,
        plan=material.plan.plan.name,
    )
    return owner, name, len(debt.ids), debt.last, since, days, tuple(debt.ids), text
