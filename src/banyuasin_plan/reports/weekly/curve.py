"""The S-curve: what was planned, done, verified and is forecast, by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Chart, Column, Kind, Table
from banyuasin_plan.tracking.curves import curve_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.report import Piece
    from banyuasin_plan.reports import Material

DAYS = (
    Column("day_number", Kind.COUNT),
    Column("day", Kind.DATE),
    Column("planned_percent", Kind.PERCENT),
    Column("actual_percent", Kind.PERCENT),
    Column("verified_percent", Kind.PERCENT),
    Column("forecast_percent", Kind.PERCENT),
    Column("deviation", Kind.POINTS),
)
CURVE = Chart(
    "curve", "line", "days", "day", ("planned_percent", "actual_percent", "forecast_percent")
)


def curve(material: Material) -> tuple[Piece, ...]:
    """A row for every day; of what lies ahead only what is planned and forecast."""
    tracking = material.tracking
    cases = [one.case for one in tracking.standings]
    if not cases:
        return ()
    rows = tuple(
        (
            tracking.calendars.day_number(point.day),
            point.day,
            point.planned,
            point.actual,
            point.verified,
            point.forecast,
            None if point.actual is None else point.actual - point.planned,
        )
        for point in curve_of(cases, tracking.calendars, material.as_of, material.past)
    )
    return (Table("days", DAYS, rows, message("none.rows")),)
