"""Hand-offs between offices that are late or tight: who waits for whose work."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.alignment.handoffs import FROM_START, links_of
from banyuasin_plan.report import Cell, Column, Kind, Table, Tone
from banyuasin_plan.reports.form import name_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from banyuasin_plan.alignment.handoffs import Handoff
    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking import Standing

MOST = 7
"""Hand-offs that are shown."""

HANDOFFS = (
    Column("status", Kind.STATUS),
    Column("handoff", Kind.TEXT),
    Column("giver", Kind.TEXT),
    Column("forecast_finish", Kind.DATE),
    Column("receivers", Kind.SENTENCE),
    Column("why_late", Kind.SENTENCE),
)


class Waited(NamedTuple):
    """Open work that other offices wait for, by the hand-offs of `plan handoffs`.

    `late` counts the office days from the promised hand-over to the forecast one; `room` those that
    the tightest of the waiting has left before its own due date, where this work drives its dates,
    else None.
    """

    giver: Standing
    takers: tuple[Standing, ...]
    handed: date
    late: int
    room: int | None


def handoffs(material: Material) -> Table:
    """Those that are late, the latest first, then those without room to spare."""
    found = [one for one in _waited(material) if one.late or one.room is not None]
    found.sort(key=lambda one: (-one.late, one.room or 0, one.giver.milestone.id))
    rows = tuple(_row(one, material) for one in found[:MOST])
    left = len(found) - len(rows)
    more = message("weekly.more", count=left) if left else None
    return Table("handoffs", HANDOFFS, rows, message("none.late_handoffs"), more, aside=True)


def _waited(material: Material) -> list[Waited]:
    standings = {one.milestone.id: one for one in material.tracking.standings}
    given: dict[str, list[Handoff]] = {}
    for one in links_of(material.plan, material.schedule, material.forecast):
        name = one.given.milestone.id
        if one.open and one.between and name in standings and one.waiting.milestone.id in standings:
            given.setdefault(name, []).append(one)
    return [_of_giver(standings[name], mine, standings) for name, mine in given.items()]


def _of_giver(giver: Standing, mine: list[Handoff], standings: Mapping[str, Standing]) -> Waited:
    late = max(_late(one, giver) for one in mine)
    takers = {one.waiting.milestone.id: standings[one.waiting.milestone.id] for one in mine}
    driven = [standings[one.waiting.milestone.id] for one in mine if one.slack == 0]
    rooms = [one.case.room for one in driven if one.case.room <= one.limits.tight]
    order = sorted(takers.values(), key=lambda one: (one.case.due, one.milestone.id))
    handed = max(one.forecast for one in mine)
    return Waited(giver, tuple(order), handed, late, min(rooms, default=None))


def _late(one: Handoff, giver: Standing) -> int:
    """Office days from the promised hand-over to the forecast one.

    A start is nobody's promise: until its day has passed it is planned otherwise, not late.
    """
    if one.state != "late" and one.link.link in FROM_START:
        return 0
    return giver.case.calendars.office_days(one.promised, one.forecast)


def _row(one: Waited, material: Material) -> tuple[Cell, ...]:
    owners = dict.fromkeys(taker.case.owner for taker in one.takers if taker.case.owner)
    names = tuple(name_of(material, owner) for owner in owners)
    late = message("handoff.late", days=one.late)
    why = late if one.late else message("handoff.tight", days=one.room)
    first, rest = one.takers[0].milestone.name, len(one.takers) - 1
    waits = message("handoff.more", why=why, name=first, count=rest)
    giver, verdict = one.giver.case, one.giver.verdict
    return (
        Tone(verdict.colour) if verdict else None,
        one.giver.milestone.name,
        name_of(material, giver.owner) if giver.owner else None,
        one.handed,
        message("slide.names", names=names),
        waits if rest else message("handoff.one", why=why, name=first),
    )
