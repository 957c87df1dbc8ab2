"""Suppositions that are true: the schedule with them, and how a milestone comes later."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from banyuasin_plan.plan.supposing import with_capacity, with_keys, with_start
from banyuasin_plan.schedule import calendars_of, schedule_of
from banyuasin_plan.schedule.network import network_of
from banyuasin_plan.schedule.passes import forward

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from banyuasin_plan.plan.fields import Duration
    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.plan.supposing import Supposition
    from banyuasin_plan.schedule import Schedule, Slot
    from banyuasin_plan.schedule.calendar import Calendar
    from banyuasin_plan.schedule.network import Activity, Network


def supposed(plan: Plan, suppositions: Iterable[Supposition], schedule: Schedule) -> Schedule:
    """The plan scheduled again with every supposition true.

    Delays count from where the given schedule has the milestones, so that the order of
    suppositions does not matter; nothing is supposed twice. Milestones that come later are in the
    schedule, and neither finished nor cancelled.
    """
    delays: dict[str, Duration] = {}
    for one in suppositions:
        if one.kind == "start":
            plan = with_start(plan, cast("date", one.value))
        elif one.kind == "capacity":
            plan = with_capacity(plan, one.id, cast("int | None", one.value))
        elif one.kind == "length":
            plan = with_keys(plan, one.id, duration=one.value)
        else:
            delays[one.id] = cast("Duration", one.value)
    calendars = calendars_of(plan)
    network = network_of(plan, calendars, schedule.as_of)
    early = forward(delayed(network, delays, schedule))
    return schedule_of(plan, calendars, schedule.as_of, early)


def delayed(network: Network, delays: Mapping[str, Duration], schedule: Schedule) -> Network:
    """The network with activities held until so many days after where the schedule has them.

    Work that is not begun starts no earlier than that, work under way ends and an event happens
    no earlier: in working days of the owner, `cd` in calendar days. A fixed start moves by them.
    """
    late = {name: by for name, by in delays.items() if by.days}
    activities = tuple(
        _held(one, schedule.slots[one.id], late[one.id]) if one.id in late else one
        for one in network.activities
    )
    return network._replace(activities=activities)


def _held(activity: Activity, slot: Slot, by: Duration) -> Activity:
    """A copy of an activity that comes that much later than its slot."""
    held = activity.copied()
    evening = activity.running is not None or (slot.event and slot.evening)
    now = slot.finish.toordinal() + 1 if evening else slot.start.toordinal()
    instant = _after(now, by, activity.calendar, evening=evening)
    if activity.running:
        began, resumed, left = activity.running
        held.running = began, resumed, max(left, _days_until(instant, resumed, activity))
    elif activity.fixed is not None:
        held.fixed = instant
    elif activity.days:
        held.earliest = instant
    else:
        held.earliest, held.evening = instant - evening, evening
    return held


def _after(instant: int, by: Duration, calendar: Calendar, *, evening: bool) -> int:
    """The instant so many days later: of an evening an evening, of a morning a morning."""
    if by.calendar:
        return instant + by.days
    moved = calendar.after(instant, by.days)
    return moved if evening else calendar.first_from(moved)


def _days_until(instant: int, resumed: int, activity: Activity) -> int:
    """How many days running work takes from a day on to end at the instant or later."""
    if activity.elapsed:
        return instant - resumed
    last = activity.calendar.first_from(instant - 1)
    return activity.calendar.between(resumed, last)
