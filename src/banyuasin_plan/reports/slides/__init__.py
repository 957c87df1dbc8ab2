"""The deck for whoever leads: a claim a slide, and under it what shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Column, Kind, Note, Report, Sheet, Table, Timeline
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.form import name_of
from banyuasin_plan.reports.meetings.rows import agenda_of
from banyuasin_plan.reports.slides.handoffs import handoffs
from banyuasin_plan.reports.weekly.curve import CURVE, curve
from banyuasin_plan.reports.weekly.summary import (
    BY_GROUP,
    figures_shown,
    groups_of,
    orders_of,
    past_of,
    wanted_of,
    worst_of,
)
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyuasin_plan.report import Cell, Piece

SHOWN = {
    "attention": ("status", "name", "owner", "due", "reason"),
    "wanted": ("decide_by", "decision", "from_whom"),
    "orders": ("due", "order", "owner", "progress"),
}
"""The columns of a table for which a slide has room."""

MOST_MEETINGS = 7
"""Meetings that a slide has room for."""

PEOPLE = frozenset({"owner", "from_whom"})
"""Columns of ids that a slide shows as names."""


def report(material: Material) -> Report:
    """Every slide that has something to say, in the order in which it is told."""
    slides = tuple(Sheet(name, pieces) for name, make in SLIDES if (pieces := make(material)))
    return Report("slides", heading_of(material), slides)


def today(material: Material) -> tuple[Piece, ...]:
    """Where the plan stands, and whether it will be done."""
    heading = heading_of(material)
    start = material.plan.plan.start
    return (
        past_of(material),
        Timeline(start, heading.last_day, material.as_of),
        figures_shown(material),
    )


def course(material: Material) -> tuple[Piece, ...]:
    """The S-curve."""
    found = material.tracking.figures()
    said = message(
        "slide.curve",
        actual=found.actual_percent,
        planned=found.planned_percent,
        deviation=found.deviation,
    )
    drawn = CURVE._replace(series=(*CURVE.series, "verified_percent"))
    days = curve(material)
    return (Note(said), drawn, *days) if days else ()


def groups(material: Material) -> tuple[Piece, ...]:
    """Planned and actual of every group."""
    table = groups_of(material)
    if not table.rows:
        return ()
    worst = min(table.rows, key=lambda row: float(str(row[-1])))
    behind = isinstance(worst[-1], float) and worst[-1] < 0
    said = message("slide.groups.none")
    if behind:
        said = message("slide.groups", name=worst[0], deviation=worst[-1])
    return (Note(said), BY_GROUP, table)


def worst(material: Material) -> tuple[Piece, ...]:
    """The milestones that need attention most."""
    table = worst_of(material)
    said = message("slide.attention", count=len(table.rows)) if table.rows else table.empty
    return (Note(said), _shown(table, material))


def between(material: Material) -> tuple[Piece, ...]:
    """Hand-offs that are late or tight."""
    table = handoffs(material)
    said = message("slide.handoffs") if table.rows else table.empty
    return (Note(said), table)


def together(material: Material) -> tuple[Piece, ...]:
    """Who has to sit together this week."""
    table = agenda_of(material, MOST_MEETINGS)
    if not table.rows:
        return (Note(table.empty),)
    saved = max(int(str(row[-1] or 0)) for row in table.rows)
    key = "slide.meetings" if saved > 0 else "slide.meetings.free"
    return (Note(message(key, count=_count(table), days=saved)), table)


def decisions(material: Material) -> tuple[Piece, ...]:
    """What is to be decided, and what was ordered."""
    asked, given = wanted_of(material), orders_of(material)
    said = message("slide.decisions", count=_count(asked)) if asked.rows else asked.empty
    return (Note(said), _shown(asked, material), _shown(given, material))


SLIDES: tuple[tuple[str, Callable[[Material], tuple[Piece, ...]]], ...] = (
    ("today", today),
    ("curve", course),
    ("groups", groups),
    ("attention", worst),
    ("handoffs", between),
    ("meetings", together),
    ("decisions", decisions),
)


def _count(table: Table) -> int:
    """How many rows there are, those that were cut included."""
    return len(table.rows) + (int(str(table.more["count"])) if table.more else 0)


def _shown(table: Table, material: Material) -> Table:
    """The columns of a table that a slide shows, offices by their names."""
    places = {column.id: place for place, column in enumerate(table.columns)}
    names = SHOWN[table.id]
    columns = tuple(
        Column(name, Kind.TEXT) if name in PEOPLE else table.columns[places[name]] for name in names
    )
    rows = tuple(
        tuple(_cell(name, row[places[name]], material) for name in names) for row in table.rows
    )
    return table._replace(columns=columns, rows=rows)


def _cell(name: str, cell: Cell, material: Material) -> Cell:
    if name in PEOPLE and isinstance(cell, str):
        return name_of(material, cell)
    return cell
