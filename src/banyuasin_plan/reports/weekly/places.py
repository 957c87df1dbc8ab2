"""Who answers for what and how it goes: owners, and districts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Cell, Column, Kind, Table
from banyuasin_plan.reports import load, unreported
from banyuasin_plan.tracking import WORST_FIRST, State
from banyuasin_plan.tracking.figures import figures_of, on_time_percent
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from banyuasin_plan.plan.model import District
    from banyuasin_plan.report import Piece
    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking import Standing

OWNERS = (
    Column("owner", Kind.ID),
    Column("name", Kind.TEXT),
    Column("milestones", Kind.COUNT),
    Column("done", Kind.COUNT),
    Column("overdue", Kind.COUNT, bad=True),
    Column("red", Kind.COUNT, bad=True),
    Column("orange", Kind.COUNT),
    Column("yellow", Kind.COUNT),
    Column("green", Kind.COUNT),
    Column("blue", Kind.COUNT),
    Column("grey", Kind.COUNT),
    Column("deviation", Kind.POINTS),
    Column("on_time_percent", Kind.PERCENT),
    Column("last_report", Kind.DATE),
)
DISTRICTS = (
    Column("district", Kind.TEXT),
    Column("asked", Kind.COUNT),
    Column("delivered", Kind.COUNT),
    Column("delivered_percent", Kind.PERCENT),
    Column("overdue", Kind.COUNT, bad=True),
    Column("due_soon", Kind.COUNT),
    Column("to_come", Kind.COUNT),
    Column("last_delivery", Kind.DATE),
)
LATE = (
    Column("district", Kind.TEXT),
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("owner", Kind.ID),
    Column("due", Kind.DATE),
    Column("days_late", Kind.COUNT, bad=True),
)
NOT_SHOWN = {"text", "ids"}
"""Columns of who owes a report that are for sending, not for a sheet."""


def owners(material: Material) -> tuple[Piece, ...]:
    """A scorecard, who owes a report, and everybody's load by week."""
    mine: dict[str, list[Standing]] = {}
    for one in material.tracking.standings:
        if one.case.state is not State.CANCELLED and one.case.owner:
            mine.setdefault(one.case.owner, []).append(one)
    if not mine:
        return ()
    names = {one.id: one.name for one in material.plan.everybody()}
    ranked = sorted(mine.items(), key=lambda item: (*_ranks(item[1]), item[0]))
    rows = tuple(_owner(material, owner, names.get(owner), held) for owner, held in ranked)
    card = Table("owners", OWNERS, rows, message("none.rows"))
    heat = load.heat_of(material)
    debts = _debts(material)
    return (card, debts, *((heat,) if heat.rows else ()))


def _ranks(mine: list[Standing]) -> tuple[int, ...]:
    """A key that sorts whoever has most red first, then most orange, then most yellow."""
    colours = [one.verdict.colour for one in mine if one.verdict]
    return tuple(-colours.count(colour) for colour in WORST_FIRST[:3])


def _owner(
    material: Material, owner: str, name: str | None, mine: list[Standing]
) -> tuple[Cell, ...]:
    cases = [one.case for one in mine]
    found = figures_of(cases, material.tracking.calendars, material.as_of, timed=False)
    colours = [one.verdict.colour for one in mine if one.verdict]
    reports = [case.milestone.reported for case in cases if case.milestone.reported]
    return (
        owner,
        name,
        found.milestones,
        found.done,
        found.overdue,
        *(colours.count(colour) for colour in WORST_FIRST),
        found.deviation,
        on_time_percent(cases, material.as_of),
        max(reports, default=None),
    )


def _debts(material: Material) -> Table:
    """Who owes a report, without the text to send."""
    table = unreported.list_debts(material)
    places = [place for place, column in enumerate(table.columns) if column.id not in NOT_SHOWN]
    columns = tuple(table.columns[place] for place in places)
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    return Table("unreported", columns, rows, table.empty, aside=True)


def districts(material: Material) -> tuple[Piece, ...]:
    """Deliveries by district: done, late, due soon, to come; then every late one."""
    asked = [
        one
        for one in material.tracking.standings
        if one.case.places and one.case.state is not State.CANCELLED
    ]
    if not asked:
        return ()
    rows = tuple(row for place in material.plan.districts if (row := _district(place, asked)))
    late = tuple(row for place in material.plan.districts for row in _late(place, asked))
    return (
        Table("districts", DISTRICTS, rows, message("none.rows")),
        Table("late_deliveries", LATE, late, message("none.late_deliveries"), aside=True),
    )


def _district(place: District, asked: list[Standing]) -> tuple[Cell, ...] | None:
    """How the deliveries stand that are asked of a district; None where none are."""
    mine = [one for one in asked if place.id in one.case.places]
    if not mine:
        return None
    days = [day for one in mine if (day := _delivered(one, place.id))]
    left = [one for one in mine if one.case.open and not _delivered(one, place.id)]
    overdue = sum(one.case.overdue for one in left)
    soon = sum(one.case.due_soon for one in left)
    done = len(mine) - len(left)
    return (
        place.name,
        len(mine),
        done,
        100 * done / len(mine),
        overdue,
        soon,
        len(left) - overdue - soon,
        max(days, default=None),
    )


def _late(place: District, asked: list[Standing]) -> Iterator[tuple[Cell, ...]]:
    for one in asked:
        case = one.case
        if place.id in case.places and case.overdue and not _delivered(one, place.id):
            milestone = case.milestone
            days = case.days_late
            yield place.name, milestone.id, milestone.name, case.owner, case.due, days


def _delivered(one: Standing, place: str) -> date | None:
    fact = one.milestone.delivered.get(place)
    return fact.on if fact else None
