"""A Gantt as tables, for formats that know rows but no drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Column, Kind, Table

if TYPE_CHECKING:
    from banyuasin_plan.report import Gantt

BARS = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("level", Kind.ID),
    Column("under", Kind.ID),
    Column("owner", Kind.ID),
    Column("start", Kind.DATE),
    Column("finish", Kind.DATE),
    Column("due", Kind.DATE),
    Column("missed", Kind.FLAG),
    Column("progress", Kind.PERCENT),
    Column("critical", Kind.FLAG),
    Column("event", Kind.FLAG),
    Column("state", Kind.STATE),
    Column("status", Kind.STATUS),
)
MARKS = (
    Column("bar", Kind.ID),
    Column("kind", Kind.ID),
    Column("day", Kind.DATE),
    Column("milestone", Kind.ID),
    Column("critical", Kind.FLAG),
    Column("done", Kind.FLAG),
)
CRITICAL = (Column("bar", Kind.ID), Column("from", Kind.DATE), Column("to", Kind.DATE))
CLOSED = (Column("from", Kind.DATE), Column("to", Kind.DATE))


def tables_of(block: Gantt) -> tuple[Table, ...]:
    """The bars, then what lies on them: marks, critical stretches, and the days closed to all."""
    bars = tuple(
        (
            bar.id,
            bar.name,
            bar.level,
            bar.under,
            bar.owner,
            bar.start,
            bar.finish,
            bar.due,
            any(mark.kind == "missed" for mark in bar.marks),
            bar.progress,
            bool(bar.critical) or any(mark.critical for mark in bar.marks),
            bar.event,
            bar.state,
            bar.tone,
        )
        for bar in block.bars
    )
    marks = tuple(
        (bar.id, mark.kind, mark.day, mark.milestone, mark.critical, mark.done)
        for bar in block.bars
        for mark in bar.marks
    )
    critical = tuple((bar.id, first, last) for bar in block.bars for first, last in bar.critical)
    return (
        Table(block.id, BARS, bars, block.empty),
        Table("marks", MARKS, marks, block.empty),
        Table("critical", CRITICAL, critical, block.empty),
        Table("closed", CLOSED, block.closed, block.empty),
    )
