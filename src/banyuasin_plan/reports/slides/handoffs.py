"""Hand-offs between offices that are late or tight: who waits for whose work."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import Cell, Column, Kind, Table, Tone
from banyuasin_plan.reports.form import name_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
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


class Handoff(NamedTuple):
    """Open work that open work of other offices waits for.

    `late` counts the office days by which its forecast misses its due date; `room` the office days
    that the tightest of those waiting has left, where this work drives its dates, else None.
    """

    giver: Standing
    takers: tuple[Standing, ...]
    late: int
    room: int | None


def handoffs(material: Material) -> Table:
    """Those that are late, the latest first, then those without room to spare."""
    found = [one for one in _handoffs(material) if one.late or one.room is not None]
    found.sort(key=lambda one: (-one.late, one.room or 0, one.giver.milestone.id))
    rows = tuple(_row(one, material) for one in found[:MOST])
    left = len(found) - len(rows)
    more = message("weekly.more", count=left) if left else None
    return Table("handoffs", HANDOFFS, rows, message("none.late_handoffs"), more, aside=True)


def _handoffs(material: Material) -> list[Handoff]:
    standings = {one.milestone.id: one for one in material.tracking.standings}
    takers: dict[str, list[Standing]] = {}
    for one in standings.values():
        for link in one.milestone.after:
            giver = standings.get(link.id)
            if giver and giver.case.open and one.case.open and giver.case.owner != one.case.owner:
                takers.setdefault(link.id, []).append(one)
    return [_handoff(standings[name], takers[name]) for name in takers]


def _handoff(giver: Standing, takers: list[Standing]) -> Handoff:
    case = giver.case
    late = case.calendars.office_days(case.due, case.forecast.finish)
    rooms = [
        one.case.room
        for one in takers
        if one.case.forecast.driver.id == giver.milestone.id and one.case.room <= one.limits.tight
    ]
    takers.sort(key=lambda one: (one.case.due, one.milestone.id))
    missed = case.forecast.finish > case.due
    return Handoff(giver, tuple(takers), late if missed else 0, min(rooms, default=None))


def _row(one: Handoff, material: Material) -> tuple[Cell, ...]:
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
        giver.forecast.finish,
        message("slide.names", names=names),
        waits if rest else message("handoff.one", why=why, name=first),
    )
