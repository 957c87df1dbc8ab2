"""One printed page: where the plan stands, what is worst, what is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import (
    Beside,
    Cell,
    Chart,
    Column,
    Contents,
    Figure,
    Figures,
    Kind,
    Note,
    Piece,
    Table,
    Timeline,
    Tone,
)
from banyuasin_plan.reports import heading_of
from banyuasin_plan.reports.status import by_status
from banyuasin_plan.reports.weekly.curve import CURVE
from banyuasin_plan.tracking.figures import figures_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.plan.model import Decision
    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking import Standing

WORST = 5
"""How many rows each table of the page may have."""

ATTENTION = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("owner", Kind.ID),
    Column("due", Kind.DATE),
    Column("status", Kind.STATUS),
    Column("reason", Kind.SENTENCE),
)
GROUPS = (
    Column("group", Kind.TEXT),
    Column("milestones", Kind.COUNT),
    Column("planned_percent", Kind.PERCENT),
    Column("actual_percent", Kind.PERCENT),
    Column("deviation", Kind.POINTS),
)
WANTED = (
    Column("decide_by", Kind.DATE),
    Column("decision", Kind.SENTENCE),
    Column("from_whom", Kind.ID),
    Column("milestone", Kind.ID),
)
ORDERS = (
    Column("due", Kind.DATE),
    Column("order", Kind.SENTENCE),
    Column("owner", Kind.ID),
    Column("progress", Kind.TEXT),
)
BY_GROUP = Chart("groups", "bar", "groups", "group", ("planned_percent", "actual_percent"))


def summary(material: Material) -> tuple[Piece, ...]:
    """What whoever leads reads in two minutes."""
    heading = heading_of(material)
    start = material.plan.plan.start
    groups = groups_of(material)
    charts = (CURVE, BY_GROUP) if groups.rows else (CURVE,)
    drawn = (Beside(charts),) if material.tracking.standings else ()
    return (
        Timeline(start, heading.last_day, material.as_of),
        figures_shown(material),
        past_of(material),
        *drawn,
        Beside((worst_of(material), groups), shares=(2, 1)) if groups.rows else worst_of(material),
        Beside((wanted_of(material), orders_of(material))),
        Contents(),
    )


def figures_shown(material: Material) -> Figures:
    """The figures that whoever leads looks at, and how many milestones have which status."""
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


def past_of(material: Material) -> Note:
    """Whether it will be done by the last day."""
    found = material.tracking.figures()
    days = material.plan.plan.days
    text = message(
        "weekly.past" if found.past_day_100 else "weekly.none_past",
        count=found.past_day_100,
        of=found.milestones,
        days=days,
    )
    return Note(text, Tone.BAD if found.past_day_100 else Tone.GOOD)


def groups_of(material: Material) -> Table:
    """Planned and actual of every group that has milestones."""
    rows = []
    tracking = material.tracking
    for group in material.plan.groups:
        cases = [one.case for one in tracking.standings if one.program.group == group.id]
        if cases:
            found = figures_of(cases, tracking.calendars, material.as_of, timed=False)
            percents = found.planned_percent, found.actual_percent, found.deviation
            rows.append((group.name, found.milestones, *percents))
    return Table("groups", GROUPS, tuple(rows), message("none.rows"), aside=True)


def worst_of(material: Material) -> Table:
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


def wanted_of(material: Material) -> Table:
    """What open blockers wait for, those without a day first, then by day."""
    rows = sorted(
        _decisions(material),
        key=lambda row: (row[0] is not None, str(row[0]), str(row[3])),
    )
    left = len(rows) - WORST
    more = message("weekly.more", count=left) if left > 0 else None
    none = message("none.wanted")
    return Table("wanted", WANTED, tuple(rows[:WORST]), none, more, aside=True)


def _decisions(material: Material) -> Iterator[tuple[Cell, ...]]:
    for one in material.tracking.standings:
        for blocker in one.case.blockers:
            yield (
                blocker.decide_by,
                blocker.need or blocker.what,
                blocker.owner or one.case.owner,
                one.milestone.id,
            )


def orders_of(material: Material) -> Table:
    """Orders that are open, the most overdue first, then those last done."""
    open_ones = [one for one in material.plan.decisions if one.done is None]
    done = [one for one in material.plan.decisions if one.done]
    ranked = [
        *sorted(open_ones, key=lambda one: (one.due is None, str(one.due), one.id)),
        *sorted(done, key=lambda one: str(one.done), reverse=True),
    ]
    rows = tuple(_order(one, material) for one in ranked[:WORST])
    left = len(ranked) - WORST
    more = message("weekly.more", count=left) if left > 0 else None
    return Table("orders", ORDERS, rows, message("none.orders"), more, aside=True)


def _order(one: Decision, material: Material) -> tuple[Cell, ...]:
    if one.done:
        told = message("order.done", day=one.done)
    elif one.due and one.due < material.as_of:
        days = material.schedule.calendars.office_days(one.due, material.as_of)
        told = message("order.late", days=days)
    else:
        told = message("order.open")
    return one.due, one.text, one.owner, told


def all_wanted(material: Material) -> Table:
    """Everything that open blockers wait for, in the same order."""
    rows = sorted(
        _decisions(material),
        key=lambda row: (row[0] is not None, str(row[0]), str(row[3])),
    )
    return Table("wanted", WANTED, tuple(rows), message("none.wanted"), aside=True)


def open_orders(material: Material, most: int | None = WORST) -> Table:
    """Orders that nobody has carried out yet, the most overdue first; all or the first."""
    undone = sorted(
        (one for one in material.plan.decisions if one.done is None),
        key=lambda one: (one.due is None, str(one.due), one.id),
    )
    rows = tuple(_order(one, material) for one in undone[:most])
    left = len(undone) - len(rows)
    more = message("more.orders", count=left) if left else None
    none = message("none.open_orders")
    return Table("orders", ORDERS, rows, none, more, aside=True)
