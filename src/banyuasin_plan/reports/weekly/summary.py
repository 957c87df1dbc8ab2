"""One printed page: where the plan stands, what is worst, what is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Cell, Column, Figure, Figures, Kind, Piece, Table, Timeline, Tone
from banyuasin_plan.reports import heading_of
from banyuasin_plan.reports.status import by_status
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking import Standing

WORST = 5
ATTENTION = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("owner", Kind.ID),
    Column("due", Kind.DATE),
    Column("status", Kind.STATUS),
    Column("reason", Kind.SENTENCE),
)


def summary(material: Material) -> tuple[Piece, ...]:
    """What whoever leads reads in two minutes."""
    heading = heading_of(material)
    start = material.plan.plan.start
    return (
        Timeline(start, heading.last_day, material.as_of),
        _figures(material),
        _worst(material),
    )


def _figures(material: Material) -> Figures:
    found = material.tracking.figures()
    return Figures(
        (
            Figure("planned_percent", Kind.PERCENT, found.planned_percent),
            Figure("actual_percent", Kind.PERCENT, found.actual_percent),
            Figure("deviation", Kind.POINTS, found.deviation),
            Figure("verified_percent", Kind.PERCENT, found.verified_percent),
            Figure("spent_percent", Kind.PERCENT, found.spent_percent),
            Figure("forecast_finish", Kind.DATE, found.forecast_finish),
            Figure("by_status", Kind.TALLY, by_status(material)),
        )
    )


def _worst(material: Material) -> Table:
    """The five that need attention most."""
    worst = sorted(
        (
            one
            for one in material.tracking.standings
            if one.verdict and Tone(one.verdict.colour) in {Tone.BAD, Tone.RISK}
        ),
        key=lambda one: one.urgency,
    )
    rows = tuple(_row(one) for one in worst[:WORST])
    return Table("attention", ATTENTION, rows, message("none.attention"))


def _row(one: Standing) -> tuple[Cell, ...]:
    return (
        one.milestone.id,
        one.milestone.name,
        one.case.owner,
        one.case.due,
        Tone(one.verdict.colour) if one.verdict else None,
        one.verdict.reason if one.verdict else None,
    )
