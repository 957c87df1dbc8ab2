"""What fixed a milestone's dates, as a sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.plan.fields import NO_LAG, parse_lag
from banyuasin_plan.plan.supposing import capacity_of
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.schedule.network import duration_of, left_of, resumed_on
from banyuasin_plan.tracking import State
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.plan.fields import Duration
    from banyuasin_plan.reports import Material
    from banyuasin_plan.schedule import Driver, Schedule, Slot
    from banyuasin_plan.schedule.loads import Holding
    from banyuasin_plan.schedule.reasons import Step
    from banyuasin_plan.tracking import Standing
    from banyuasin_plan.words import Message

MOST_NAMED = 5
"""Milestones that fill an owner are named up to here, then counted."""


def cause_of(step: Step, one: Standing, material: Material, schedule: Schedule) -> Message:
    """What fixed its dates; of cancelled work in a forecast, what it passes on."""
    if step.id not in schedule.cancelled or not one.milestone.cancelled:
        return _cause(step, one, material, schedule)
    day = one.milestone.cancelled.on
    if step.slot.driver.kind != "link":
        return message("why.cancelled", day=day)
    cause = _link(step.slot, schedule)
    return message("why.cancelled.link", day=day, because=cause)


def _cause(step: Step, one: Standing, material: Material, schedule: Schedule) -> Message:
    slot, milestone = step.slot, one.milestone
    match slot.driver.kind:
        case "link":
            return _link(slot, schedule)
        case "capacity":
            calendar = schedule.calendars.of(one.case.owner)
            full = as_date(calendar.last_before(slot.start.toordinal()))
            return _full("why.capacity", schedule.holders[step.id], material, full)
        case "not_before":
            return message("why.not_before", day=milestone.not_before)
        case "start" | "calendar":
            return message(f"why.{slot.driver.kind}", day=milestone.start)
        case "due" if held := schedule.holders.get(step.id):
            return _full("why.due.earlier", held, material, milestone.due)
        case "due":
            return message("why.due", day=milestone.due)
        case "data_date":
            return _on_data_date(slot, one, material)
    return _on_first_day(slot, one)


def _full(key: str, held: Holding, material: Material, day: date | None) -> Message:
    """Who was full, with what: until a day, or up to the due date."""
    names: tuple[str | Message, ...] = held.milestones[:MOST_NAMED]
    if (more := len(held.milestones) - MOST_NAMED) > 0:
        names = (*names, message("and_more", count=more))
    most = capacity_of(material.plan, held.owner)
    return message(key, owner=held.owner, most=most, day=day, ids=names)


def _link(slot: Slot, schedule: Schedule) -> Message:
    """Whom it waits for, which end of it, and how long before or after that.

    An event has one instant: whatever ends a link joins, it is that.
    """
    driver = slot.driver
    kind, lag = (driver.detail or "FS")[:2], _lag(driver)
    other = _end(driver.id or "", schedule, from_start=kind.startswith("S"))
    key = "why.link.begin" if kind.endswith("S") or slot.event else "why.link.end"
    if not lag.days:
        return message(key, other=other)
    said = message("span.cd" if lag.calendar else "span.d", days=abs(lag.days))
    if lag.days > 0:
        return message(f"{key}.later", other=other, lag=said)
    event = ".event" if slot.event else ""
    return message(f"{key}.earlier{event}", other=other, lag=said)


def _lag(driver: Driver) -> Duration:
    written = (driver.detail or "")[2:]
    return parse_lag(written) if written else NO_LAG


def _end(name: str, schedule: Schedule, *, from_start: bool) -> Message:
    """The end of a milestone that is waited for, with its day."""
    slot = schedule.slots[name]
    if name in schedule.cancelled:
        return message("why.end.cancelled", id=name, day=slot.finish)
    if slot.event:
        return message("why.end.event", id=name, day=slot.finish)
    if from_start:
        return message("why.end.start", id=name, day=slot.start)
    return message("why.end.finish", id=name, day=slot.finish)


def _on_data_date(slot: Slot, one: Standing, material: Material) -> Message:
    """What reports say of it, and where they leave it on the data date."""
    if one.case.state is State.DONE:
        return message("why.done", day=one.case.finished)
    if one.case.state is State.NOT_STARTED:
        return message("why.data_date.event" if slot.event else "why.data_date", day=material.as_of)
    if one.case.actual >= 1:
        return message("why.unfinished", day=slot.finish)
    office = material.schedule.calendars.plan
    day = resumed_on(material.plan, one.program, one.milestone, office, material.as_of)
    length = duration_of(one.milestone, one.case.calendar)
    left = left_of(length.days, one.case.actual)
    if left < _days_from(day, slot, one, calendar=length.calendar):
        return message("why.overrun", day=slot.finish)
    return message("why.running", day=day)


def _days_from(day: date, slot: Slot, one: Standing, *, calendar: bool) -> int:
    """Days from that one until it ends, both included, as its duration counts them."""
    if calendar:
        return (slot.finish - day).days + 1
    return one.case.calendar.between(day.toordinal(), slot.finish.toordinal())


def _on_first_day(slot: Slot, one: Standing) -> Message:
    """Held at the first day of the plan, by links or a due date that lie before it, or by none."""
    milestone = one.milestone
    if milestone.after:
        return message("why.plan_start.link", day=slot.start)
    if milestone.due and not milestone.not_before:
        return message("why.plan_start.due", day=slot.start, due=milestone.due)
    return message("why.plan_start", day=slot.start)
