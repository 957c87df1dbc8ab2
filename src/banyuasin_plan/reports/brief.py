"""One page for the head of the team: how it stands, what is worst, what is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import (
    Beside,
    Cell,
    Contents,
    Letter,
    Note,
    Report,
    Section,
    Table,
    Timeline,
    Tone,
)
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.changes import TURNED, told_of, turned_worse
from banyuasin_plan.reports.meetings.rows import agenda_of
from banyuasin_plan.reports.status import by_status
from banyuasin_plan.reports.weekly.summary import (
    WORST,
    all_wanted,
    figures_shown,
    open_orders,
    wanted_of,
    worst_of,
)
from banyuasin_plan.words import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.tracking.changes import Changes


LONG = {"decision": "name", "order": "name"}
"""Columns whose cells give way where a letter has no room, as names do."""

LATE = frozenset({"colour.R1", "colour.R1.planned", "colour.O1", "colour.O1.planned"})
"""Reasons that a letter shortens to how late it is."""


def report(material: Material, changes: Changes | None = None) -> Report:
    """The page; with what changed since an earlier state, where that is known."""
    heading = heading_of(material)
    return Report(
        "brief",
        heading,
        (
            Timeline(material.plan.plan.start, heading.last_day, material.as_of),
            Note(outlook(material), _tone(material)),
            figures_shown(material),
            Beside((worst_of(material),)),
            Beside((wanted_of(material), open_orders(material))),
            Beside((agenda_of(material),)),
            *((Note(_changed(changes)), Beside((_worse(changes),))) if changes is not None else ()),
            Contents(),
        ),
    )


def letter(material: Material, changes: Changes | None = None) -> Letter:
    """The same as a letter for WhatsApp, with all that is wanted and all that was ordered."""
    tables = (
        worst_of(material),
        all_wanted(material),
        open_orders(material, most=None),
        *((_worse(changes, most=None),) if changes is not None else ()),
    )
    return Letter(
        day_of(material),
        tuple(heads(material)),
        (
            outlook(material),
            *_figures(material),
            *((_changed(changes),) if changes is not None else ()),
        ),
        tuple(
            Section(message(f"letter.{table.id}"), tuple(_lines(table)))
            for table in tables
            if table.rows
        ),
    )


def outlook(material: Material) -> Message:
    """Whether it will be done by the last day."""
    found = material.tracking.figures()
    days, last = material.plan.plan.days, material.tracking.calendars.last_day
    if not found.milestones:
        return message("brief.nothing")
    if found.done == found.milestones:
        return message("brief.done", of=found.milestones)
    finish = found.forecast_finish or last
    late = found.past_day_100 + found.due_past_day_100
    if late:
        return message("brief.past", count=late, of=found.milestones, days=days, day=finish)
    return message("brief.in_time", of=found.milestones, days=days, day=finish)


def _changed(changes: Changes) -> Message:
    """How much was done meanwhile, what turned, and how many promises were moved."""
    told = told_of(changes)
    return message(
        "brief.changed",
        day=changes.old.tracking.as_of,
        before=float(told["actual_before"]),
        now=float(told["actual_percent"]),
        worse=told["turned_worse"],
        better=told["turned_better"],
        moved=told["promises_moved"],
        unexplained=told["without_reason"],
    )


def _worse(changes: Changes, most: int | None = WORST) -> Table:
    """What turned for the worse; all or the first."""
    rows = turned_worse(changes)
    shown = rows[:most]
    more = message("weekly.more", count=len(rows) - len(shown)) if len(rows) > len(shown) else None
    return Table("turned", TURNED, shown, message("none.turned"), more, aside=True)


def _tone(material: Material) -> Tone:
    found = material.tracking.figures()
    return Tone.BAD if found.past_day_100 or found.due_past_day_100 else Tone.GOOD


def day_of(material: Material) -> Message:
    """Which day it is."""
    heading = heading_of(material)
    inside = heading.day >= 1 and heading.as_of <= heading.last_day
    key = "letter.day" if inside else "letter.day.outside"
    return message(key, n=heading.day, days=heading.days, day=heading.as_of)


def heads(material: Material) -> Iterator[Message]:
    """Of which plan, and what its notice warns of."""
    yield message("letter.plan", name=material.plan.plan.name)
    if notice := material.plan.plan.notice:
        yield message("letter.plan", name=notice)


def _figures(material: Material) -> Iterator[Message]:
    """The figures in two sentences."""
    found = material.tracking.figures()
    if not found.milestones:
        return
    way = round(found.deviation, 1)
    key = "behind" if way < 0 else "ahead" if way > 0 else "even"
    yield message(
        f"letter.figures.{key}",
        planned=found.planned_percent,
        actual=found.actual_percent,
        points=abs(found.deviation),
        verified=found.verified_percent,
    )
    counts = {str(tone): count for tone, count in by_status(material).counts}
    if found.spent_percent is not None:
        yield message("letter.money", spent=found.spent_percent)
    yield message(
        "letter.counts",
        done=found.done,
        of=found.milestones,
        red=counts[Tone.BAD],
        orange=counts[Tone.RISK],
        overdue=found.overdue,
    )


def _lines(table: Table) -> Iterator[Message]:
    """The rows of one of the page's tables as sentences."""
    ids = [column.id for column in table.columns]
    for number, row in enumerate(table.rows, start=1):
        cells: dict[str, Cell] = dict(zip(ids, row, strict=True))
        key = f"letter.line.{table.id}"
        if table.id == "wanted" and cells["decide_by"] is None:
            key = "letter.line.wanted.undated"
        elif table.id == "orders" and cells["due"] is None:
            key = "letter.line.orders.undated"
        named = {LONG.get(name, name): _known(cell) for name, cell in cells.items()}
        yield message(key, number=number, **named)


def _known(cell: Cell) -> Cell:
    """A cell as a letter says it: nothing is a dash, and of lateness the days will do."""
    if cell is None:
        return message("letter.nobody")
    if isinstance(cell, Tone):
        return message(f"status.{cell}")
    if isinstance(cell, Message) and cell.key in LATE:
        return message("letter.late", days=cell["days"])
    return cell
