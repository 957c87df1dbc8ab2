"""Beside the load by week: capacity in own days, camat to visit together, who has nothing to do."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from banyuasin_plan.alignment.idle import parts_of
from banyuasin_plan.report import HIDDEN, Column, Kind, Table
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from banyuasin_plan.alignment.idle import Part
    from banyuasin_plan.alignment.visits import Asked, Visit
    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.report import Cell
    from banyuasin_plan.words import Message

CAPACITY = (
    Column("owner", Kind.ID),
    Column("name", Kind.TEXT, rank=4),
    Column("capacity", Kind.COUNT),
    Column("days", Kind.COUNT),
    Column("load_days", Kind.COUNT),
    Column("capacity_days", Kind.COUNT),
    Column("used_percent", Kind.PERCENT),
    Column("peak", Kind.COUNT, rank=2),
    Column("fullest_week", Kind.COUNT, rank=2),
    Column("overload_days", Kind.COUNT, rank=3, bad=True),
    Column("idle_weeks", Kind.COUNT, rank=3),
)
VISITS = (
    Column("district", Kind.ID, rank=HIDDEN),
    Column("name", Kind.TEXT),
    Column("weeks", Kind.COUNT, rank=3),
    Column("week", Kind.COUNT, rank=2),
    Column("from", Kind.DATE, rank=HIDDEN),
    Column("to", Kind.DATE, rank=HIDDEN),
    Column("programs", Kind.COUNT),
    Column("milestones", Kind.COUNT, rank=4),
    Column("peak", Kind.COUNT, rank=3),
    Column("capacity", Kind.COUNT, rank=3),
    Column("visit_on", Kind.DATE),
    Column("together_count", Kind.COUNT, rank=HIDDEN),
    Column("together", Kind.SENTENCE),
)
ASKED = (
    Column("district", Kind.ID),
    Column("week", Kind.COUNT),
    Column("from", Kind.DATE),
    Column("to", Kind.DATE),
    Column("programs", Kind.TEXT),
    Column("milestones", Kind.TEXT),
    Column("peak", Kind.COUNT),
    Column("visit_on", Kind.DATE),
    Column("together", Kind.TEXT),
)
IDLE = (
    Column("owner", Kind.ID),
    Column("name", Kind.TEXT),
    Column("milestones", Kind.COUNT, rank=3),
    Column("done", Kind.COUNT, rank=4),
    Column("last_done", Kind.DATE, rank=3),
    Column("supports", Kind.COUNT, rank=2),
    Column("verifies", Kind.COUNT, rank=2),
    Column("reason", Kind.SENTENCE),
)


def capacity_table(weeks: Iterable[tuple[Cell, ...]], offices: Collection[str]) -> Table:
    """Offices over all weeks shown, the fullest first; rows are those of the load by week."""
    rows = [
        _office([*mine]) for who, mine in groupby(weeks, key=lambda row: row[0]) if who in offices
    ]
    rows.sort(key=lambda row: (row[6] is None, -float(str(row[6] or 0)), str(row[0])))
    none = message("none.load")
    return Table("capacity", CAPACITY, tuple(rows), none, aside=True, shown=bool(rows))


def _office(weeks: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """One office's weeks added up."""
    owner, name, _, _, _, capacity = weeks[0][:6]
    peaks = [int(str(row[6])) for row in weeks]
    days, carried = (sum(int(str(row[place])) for row in weeks) for place in (11, 12))
    room = None if capacity is None else int(str(capacity)) * days
    return (
        owner,
        name,
        capacity,
        days,
        carried,
        room,
        100 * carried / room if room else None,
        max(peaks),
        weeks[peaks.index(max(peaks))][2],
        sum(int(str(row[8])) for row in weeks),
        peaks.count(0),
    )


def visits_table(found: Sequence[Visit], *, asked: bool) -> Table:
    """A row for each camat whom several programmes ask, with the day to come together on.

    That there is none is told where camat were `asked` for.
    """
    rows, none = tuple(map(_visit, found)), message("none.visits")
    return Table("visits", VISITS, rows, none, aside=True, shown=asked)


def asked_table(found: Sequence[Visit]) -> Table:
    """The same week by week, for machines."""
    rows = tuple(
        (one.district, *_week(week), week.day, week.together)
        for one in found
        for week in sorted(one.weeks)
    )
    return Table("camat_weeks", ASKED, rows, message("none.visits"), aside=True, shown=False)


def _week(one: Asked) -> tuple[Cell, ...]:
    return one.week, one.first, one.last, one.programs, one.milestones, one.peak


def _visit(one: Visit) -> tuple[Cell, ...]:
    week = one.proposed
    return (
        one.district,
        message("load.camat", name=one.name),
        len(one.weeks),
        week.week,
        week.first,
        week.last,
        len(week.programs),
        len(week.milestones),
        week.peak,
        one.capacity,
        week.day,
        len(week.together),
        week.together,
    )


def idle_table(plan: Plan, wanted: Collection[str] | None) -> Table:
    """Agencies and camat with nothing of their own left, those never asked first.

    That there is none is told only where all of them were looked at.
    """
    names: dict[str, str | Message] = {one.id: one.name for one in plan.owners}
    names |= {one.id: message("load.camat", name=one.name) for one in plan.districts}
    idle = [
        (who, part)
        for who, part in parts_of(plan)
        if part.idle and (wanted is None or who in wanted)
    ]
    idle.sort(key=lambda one: (one[1].milestones > 0, one[0]))
    rows = tuple(
        (
            who,
            names[who],
            part.milestones,
            part.done,
            part.last,
            part.supports,
            part.verifies,
            _reason(part),
        )
        for who, part in idle
    )
    shown = bool(rows or (wanted is None and names))
    return Table("idle", IDLE, rows, message("none.idle"), aside=True, shown=shown)


def _reason(part: Part) -> Message:
    """Why nothing is left, and what it still helps with."""
    if part.milestones:
        why = message("idle.done", count=part.milestones, day=part.last)
    else:
        why = message("idle.never")
    helps = part.supports + part.verifies
    return message("idle.helps", why=why, count=helps) if helps else why
