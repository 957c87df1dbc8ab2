"""The S-curve: planned, actual, verified and forecast value by day, drawn and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Chart, Figure, Figures, Kind, Note, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.weekly.curve import curve
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.report import Block

LINES = Chart(
    "s_curve",
    "line",
    "days",
    "day",
    ("planned_percent", "actual_percent", "verified_percent", "forecast_percent"),
)


def report(material: Material) -> Report:
    """The curve of the milestones asked for, with the figures that are read off it."""
    heading = heading_of(material)
    days = curve(material)
    blocks: tuple[Block, ...] = (Table("days", (), (), message("none.milestones")),)
    if days:
        blocks = (_figures(material), LINES, _known(material), *days)
    return Report("curve", heading, blocks)


def _known(material: Material) -> Note:
    """Where the past values come from."""
    if not material.past:
        return Note(message("curve.known"))
    first = material.past[0].day
    if first <= material.plan.plan.start:
        return Note(message("curve.remembered"))
    return Note(message("curve.remembered.from", day=first))


def _figures(material: Material) -> Figures:
    found = material.tracking.figures()
    return Figures(
        (
            Figure("planned_percent", Kind.PERCENT, found.planned_percent),
            Figure("actual_percent", Kind.PERCENT, found.actual_percent),
            Figure("verified_percent", Kind.PERCENT, found.verified_percent),
            Figure("deviation", Kind.POINTS, found.deviation),
            Figure("spi", Kind.RATIO, found.spi),
            Figure("spi_time", Kind.RATIO, found.spi_time),
            Figure("earned_schedule", Kind.RATIO, found.earned_schedule),
            Figure("speed", Kind.RATIO, found.speed),
            Figure("required_speed", Kind.RATIO, found.required_speed),
            Figure("speed_ratio", Kind.RATIO, found.speed_ratio),
            Figure("forecast_finish", Kind.DATE, found.forecast_finish),
        )
    )
