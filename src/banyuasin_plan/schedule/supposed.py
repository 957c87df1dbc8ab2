"""Suppositions that depend on where a milestone lies: how it would come later."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from banyuasin_plan.plan.fields import Duration
from banyuasin_plan.plan.model import owner_of
from banyuasin_plan.plan.supposing import with_capacity, with_keys, with_lag, with_start
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.schedule.network import duration_of, share_done, start_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from banyuasin_plan.plan.model import Link, Milestone, Plan
    from banyuasin_plan.plan.supposing import Supposition
    from banyuasin_plan.schedule import Schedule, Slot
    from banyuasin_plan.schedule.calendar import Calendar


def supposed(plan: Plan, suppositions: Iterable[Supposition], schedule: Schedule) -> Plan:
    """The plan with every supposition true, counted from where the schedule has its milestones.

    Work that is not begun comes later by its own working days (`cd`: by calendar days); work
    under way needs that many days more. Milestones must be in the schedule and not finished.
    """
    for one in suppositions:
        if one.kind == "start":
            plan = with_start(plan, cast("date", one.value))
        elif one.kind == "capacity":
            plan = with_capacity(plan, one.id, cast("int | None", one.value))
        elif one.kind == "length":
            plan = with_keys(plan, one.id, duration=one.value)
        else:
            plan = _later(plan, one.id, cast("Duration", one.value), schedule)
    return plan


def _later(plan: Plan, name: str, by: Duration, schedule: Schedule) -> Plan:
    milestone, owner = next(
        (one, owner_of(one, program))
        for program in plan.programs
        for one in program.milestones
        if one.id == name
    )
    calendar, slot = schedule.calendars.of(owner), schedule.slots[name]
    share = share_done(milestone, plan.everywhere(milestone.districts))
    if schedule.as_of and (share or start_of(milestone)):
        return with_keys(plan, name, duration=_longer(milestone, share, by, calendar))
    if slot.event and (link := _driving(milestone, slot, by)) is not None:
        return with_lag(plan, name, link, by)
    if slot.driver.kind == "due" and milestone.due:
        return with_keys(plan, name, due=_moved(milestone.due, by, calendar))
    key = "start" if milestone.start else "not_before"
    return with_keys(plan, name, **{key: _moved(slot.start, by, calendar)})


def _moved(day: date, by: Duration, calendar: Calendar) -> date:
    """The day that many working or calendar days later."""
    if by.calendar:
        return as_date(day.toordinal() + by.days)
    return as_date(calendar.day(calendar.count(day.toordinal()) + by.days))


def _longer(milestone: Milestone, share: float, by: Duration, calendar: Calendar) -> Duration:
    """A duration of which that many days more are left than of the present one."""
    now = duration_of(milestone, calendar)
    left = 1 - share
    if left <= 0:
        return now
    wanted = math.ceil(round(now.days * left, 9)) + by.days
    return Duration(math.floor(round((wanted - 1) / left, 9)) + 1, now.calendar)


def _driving(milestone: Milestone, slot: Slot, by: Duration) -> Link | None:
    """The link that drives an event, where a lag in these days can be added to it."""
    for link in milestone.after:
        if link.id == slot.driver.id and slot.driver.detail in {None, _short(link)}:
            same = link.lag.calendar == by.calendar or not link.lag.days
            return link if same else None
    return None


def _short(link: Link) -> str:
    """A link as a driver's detail has it: its type and its lag."""
    return str(link).partition(" ")[2]
