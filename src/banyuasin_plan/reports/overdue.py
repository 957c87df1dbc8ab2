"""What should have been done by now, the longest overdue first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import HIDDEN, Cell, Column, Kind, Report, Table, Tone
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.judged import JUDGED, judged_tone
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.tracking import Standing

MILESTONES = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("program", Kind.ID, rank=HIDDEN),
    Column("owner", Kind.ID),
    Column("due", Kind.DATE),
    Column("promised", Kind.FLAG, rank=3),
    Column("forecast_finish", Kind.DATE, rank=3),
    Column("days_late", Kind.COUNT, rank=4, bad=True),
    Column("office_days_late", Kind.COUNT, rank=2, bad=True),
    Column("state", Kind.STATE, rank=4),
    Column("status", Kind.STATUS),
    Column("rule", Kind.ID, rank=HIDDEN),
    Column("reason", Kind.SENTENCE, rank=5),
    JUDGED,
)


def report(material: Material) -> Report:
    """Every overdue milestone."""
    late = sorted(
        (one for one in material.tracking.standings if one.case.overdue),
        key=lambda one: (one.case.due, one.urgency),
    )
    rows = tuple(row_of(one) for one in late)
    table = Table("milestones", MILESTONES, rows, message("none.overdue"))
    return Report("overdue", heading_of(material), (table,))


def row_of(one: Standing) -> tuple[Cell, ...]:
    """A milestone as the rows of `overdue` and `due` have it."""
    return (
        one.milestone.id,
        one.milestone.name,
        one.program.id,
        one.case.owner,
        one.case.due,
        one.case.promised,
        one.case.forecast.finish,
        one.case.days_late,
        one.case.office_days_late,
        one.case.state,
        Tone(one.verdict.colour) if one.verdict else None,
        one.verdict.rule if one.verdict else None,
        one.verdict.reason if one.verdict else None,
        judged_tone(one),
    )
