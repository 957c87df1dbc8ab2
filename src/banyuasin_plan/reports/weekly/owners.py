"""Who answers for what and how it goes: a scorecard, debts, loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Cell, Column, Kind, Table
from banyuasin_plan.reports import load, unreported
from banyuasin_plan.reports.weekly.excerpts import excerpt
from banyuasin_plan.tracking import WORST_FIRST, State
from banyuasin_plan.tracking.figures import figures_of, on_time_percent
from banyuasin_plan.words import message

if TYPE_CHECKING:
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
    ids = (column.id for column in table.columns if column.id not in NOT_SHOWN)
    return excerpt(table, "unreported", *ids)
