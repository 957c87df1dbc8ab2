"""The morning's report: figures, programmes by status, and what needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.plan.model import Colour
from banyuasin_plan.report import (
    HIDDEN,
    Cell,
    Column,
    Figure,
    Figures,
    Kind,
    Report,
    Table,
    Tally,
    Timeline,
    Tone,
)
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.judged import JUDGED, judged_tone
from banyuasin_plan.tracking import WORST_FIRST
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.tracking import ProgramStanding, Standing

MOST_ATTENTION = 10

PROGRAMS = (
    Column("id", Kind.ID, rank=2),
    Column("name", Kind.TEXT),
    Column("group", Kind.ID, rank=HIDDEN),
    Column("lead", Kind.ID, rank=7),
    Column("milestones", Kind.COUNT, rank=6),
    Column("done", Kind.COUNT, rank=6),
    Column("overdue", Kind.COUNT, rank=3, bad=True),
    Column("planned_percent", Kind.PERCENT, rank=4),
    Column("actual_percent", Kind.PERCENT),
    Column("deviation", Kind.POINTS),
    Column("status", Kind.STATUS),
    Column("rule", Kind.ID, rank=HIDDEN),
    Column("reason", Kind.SENTENCE, rank=5),
)

ATTENTION = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("program", Kind.ID, rank=HIDDEN),
    Column("owner", Kind.ID),
    Column("due", Kind.DATE, rank=4),
    Column("promised", Kind.FLAG, rank=HIDDEN),
    Column("days_late", Kind.COUNT, rank=HIDDEN),
    Column("office_days_late", Kind.COUNT, rank=HIDDEN),
    Column("state", Kind.STATE, rank=HIDDEN),
    Column("status", Kind.STATUS),
    Column("rule", Kind.ID, rank=HIDDEN),
    Column("reason", Kind.SENTENCE),
    JUDGED,
)


def report(material: Material, *, by: str = "program") -> Report:
    """The status of the milestones asked for, by programme, or by owner, group or district."""
    heading = heading_of(material)
    start = material.plan.plan.start
    table = _programs(material) if by == "program" else _parties(material, by)
    return Report(
        "status",
        heading,
        (
            Timeline(start, heading.last_day, material.as_of),
            _figures(material),
            table,
            _attention(material),
        ),
    )


def _figures(material: Material) -> Figures:
    found = material.tracking.figures()
    heading = heading_of(material)
    return Figures(
        (
            Figure("working_day", Kind.COUNT, heading.office_day, shown=False),
            Figure("working_days", Kind.COUNT, heading.office_days, shown=False),
            Figure("milestones", Kind.COUNT, found.milestones),
            Figure("done", Kind.COUNT, found.done),
            Figure("verified", Kind.COUNT, found.verified),
            Figure("in_progress", Kind.COUNT, found.in_progress),
            Figure("not_started", Kind.COUNT, found.not_started),
            Figure("blocked", Kind.COUNT, found.blocked),
            Figure("cancelled", Kind.COUNT, found.cancelled, shown=bool(found.cancelled)),
            Figure("overdue", Kind.COUNT, found.overdue),
            Figure("due_soon", Kind.COUNT, found.due_soon),
            Figure("planned_percent", Kind.PERCENT, found.planned_percent),
            Figure("actual_percent", Kind.PERCENT, found.actual_percent),
            Figure("verified_percent", Kind.PERCENT, found.verified_percent),
            Figure("deviation", Kind.POINTS, found.deviation),
            Figure("spi", Kind.RATIO, found.spi, shown=False),
            Figure("spi_time", Kind.RATIO, found.spi_time, shown=False),
            Figure("forecast_finish", Kind.DATE, found.forecast_finish),
            Figure("past_day_100", Kind.COUNT, found.past_day_100),
            Figure(
                "due_past_day_100",
                Kind.COUNT,
                found.due_past_day_100,
                shown=bool(found.due_past_day_100),
            ),
            Figure("spent_percent", Kind.PERCENT, found.spent_percent),
            Figure("budget", Kind.MONEY, found.budget, shown=False),
            Figure("spent", Kind.MONEY, found.spent, shown=False),
            Figure("on_time_percent", Kind.PERCENT, found.on_time_percent),
            Figure("earned_schedule", Kind.RATIO, found.earned_schedule, shown=False),
            Figure("speed", Kind.RATIO, found.speed, shown=False),
            Figure("required_speed", Kind.RATIO, found.required_speed, shown=False),
            Figure("speed_ratio", Kind.RATIO, found.speed_ratio, shown=False),
            Figure("by_status", Kind.TALLY, by_status(material)),
        )
    )


def by_status(material: Material) -> Tally:
    """How many milestones have each colour, worst first."""
    colours = [one.verdict.colour for one in material.tracking.standings if one.verdict]
    return Tally(tuple((Tone(colour), colours.count(colour)) for colour in WORST_FIRST))


def _programs(material: Material) -> Table:
    """Programmes, worst first, then by deviation."""
    ranked = sorted(
        material.tracking.programs(),
        key=lambda one: (WORST_FIRST.index(one.verdict.colour), one.figures.deviation),
    )
    rows = tuple(_program(one) for one in ranked)
    bar = ("actual_percent", "planned_percent")
    return Table("programs", PROGRAMS, rows, message("none.programs"), bar=bar)


def _parties(material: Material, by: str) -> Table:
    from banyuasin_plan.reports.parties import list_parties  # which mornings do not need

    return list_parties(material, by)


def _program(one: ProgramStanding) -> tuple[Cell, ...]:
    program, found = one.program, one.figures
    return (
        program.id,
        program.name,
        program.group,
        program.lead,
        found.milestones,
        found.done,
        found.overdue,
        found.planned_percent,
        found.actual_percent,
        found.deviation,
        Tone(one.verdict.colour),
        one.verdict.rule,
        one.verdict.reason,
    )


def _attention(material: Material) -> Table:
    """The worst red and orange milestones, ten at most."""
    worst = sorted(
        (
            one
            for one in material.tracking.standings
            if one.verdict and one.verdict.colour in {Colour.RED, Colour.ORANGE}
        ),
        key=lambda one: one.urgency,
    )
    rows = tuple(_milestone(one) for one in worst[:MOST_ATTENTION])
    left = len(worst) - len(rows)
    more = message("more.attention", count=left) if left else None
    return Table("attention", ATTENTION, rows, message("none.attention"), more)


def _milestone(one: Standing) -> tuple[Cell, ...]:
    return (
        one.milestone.id,
        one.milestone.name,
        one.program.id,
        one.case.owner,
        one.case.due,
        one.case.promised,
        one.case.days_late,
        one.case.office_days_late,
        one.case.state,
        Tone(one.verdict.colour) if one.verdict else None,
        one.verdict.rule if one.verdict else None,
        one.verdict.reason if one.verdict else None,
        judged_tone(one),
    )
