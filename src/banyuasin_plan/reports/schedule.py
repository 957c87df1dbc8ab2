"""Computed dates, float and the critical path: the plan as written, or its forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import (
    HIDDEN,
    Cell,
    Column,
    Figure,
    Figures,
    Kind,
    Note,
    Report,
    Table,
    Tone,
)
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.schedule import schedule_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from banyuasin_plan.schedule import Driver, Schedule
    from banyuasin_plan.tracking import Standing

MILESTONES = (
    Column("id", Kind.ID),
    Column("program", Kind.ID, rank=HIDDEN),
    Column("owner", Kind.ID, rank=3),
    Column("duration", Kind.COUNT, rank=2),
    Column("start", Kind.DATE),
    Column("finish", Kind.DATE),
    Column("late_start", Kind.DATE, rank=5),
    Column("late_finish", Kind.DATE, rank=4),
    Column("total_float", Kind.COUNT),
    Column("free_float", Kind.COUNT, rank=4),
    Column("critical", Kind.FLAG, rank=1),
    Column("driver", Kind.RECORD, rank=3),
)


def report(material: Material, basis: str = "plan", *, no_level: bool = False) -> Report:
    """Every milestone's slot, in the order they start; `basis` is `plan` or `forecast`.

    With `no_level` by links and dates alone, as if nobody's capacity were limited.
    """
    schedule = material.forecast if basis == "forecast" else material.schedule
    if no_level:
        schedule = schedule_of(material.plan, schedule.calendars, schedule.as_of, level=False)
    shown = sorted(material.tracking.standings, key=lambda one: _in_time(one, schedule))
    rows = tuple([_row(one, schedule) for one in shown])
    table = Table("milestones", MILESTONES, rows, message("none.milestones"))
    known = _bound(schedule) if material.whole else ()
    return Report("schedule", heading_of(material), (_figures(shown, schedule), *known, table))


def _bound(schedule: Schedule) -> Iterator[Note]:
    """How far a levelled schedule is from the shortest there can be, as far as that is known."""
    finish, bound = schedule.finish, schedule.lower_bound
    if not schedule.levelled or finish is None or bound is None:
        return
    if finish <= bound:
        yield Note(message("schedule.shortest", day=bound), Tone.GOOD)
    else:
        days = schedule.calendars.office_days(bound, finish)
        yield Note(message("schedule.bound", day=bound, days=days))


def _figures(shown: Sequence[Standing], schedule: Schedule) -> Figures:
    slots = [schedule.slots[one.milestone.id] for one in shown]
    start = min((slot.start for slot in slots), default=None)
    finish = max((slot.finish for slot in slots), default=None)
    days = (
        schedule.calendars.plan.between(start.toordinal(), finish.toordinal())
        if start and finish
        else 0
    )
    least = _least_days(start, finish, schedule)
    past_due = sum(
        one.milestone.weight
        * schedule.calendars.office_days(one.milestone.due, schedule.slots[one.milestone.id].finish)
        for one in shown
        if one.milestone.due and not one.milestone.cancelled
    )
    return Figures(
        (
            Figure("start", Kind.DATE, start),
            Figure("finish", Kind.DATE, finish),
            Figure("working_days", Kind.COUNT, days),
            Figure("levelled", Kind.FLAG, schedule.levelled, shown=False),
            Figure("lower_bound_days", Kind.COUNT, least, shown=schedule.levelled),
            Figure("days_past_due", Kind.COUNT, past_due),
        )
    )


def _least_days(start: date | None, finish: date | None, schedule: Schedule) -> int:
    """Working days from the first day shown to the day before which the plan can't finish.

    Not beyond the last day shown: of a part of the plan its own days are all that can be said.
    """
    if start is None or finish is None or schedule.lower_bound is None:
        return 0
    last = min(finish, schedule.lower_bound).toordinal()
    return schedule.calendars.plan.between(start.toordinal(), last)


def _in_time(one: Standing, schedule: Schedule) -> tuple[date, date, str]:
    name = one.milestone.id
    slot = schedule.slots[name]
    return slot.start, slot.finish, name


def _row(one: Standing, schedule: Schedule) -> tuple[Cell, ...]:
    case = one.case
    name = case.milestone.id
    slot = schedule.slots[name]
    return (
        name,
        case.program.id,
        case.owner,
        slot.duration,
        slot.start,
        slot.finish,
        slot.late_start,
        slot.late_finish,
        slot.total_float,
        slot.free_float,
        slot.critical,
        _record(slot.driver),
    )


def _record(driver: Driver) -> dict[str, str | None]:
    return {"kind": driver.kind, "id": driver.id, "detail": driver.detail}
