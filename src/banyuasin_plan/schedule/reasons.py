"""Why a milestone is when it is: the chain of drivers from it back to its root."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import owner_of
from banyuasin_plan.schedule.calendar import as_date

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.plan.model import Milestone, Plan
    from banyuasin_plan.schedule import Driver, Schedule, Slot
    from banyuasin_plan.schedule.calendar import Calendar

LONGER_THAN_A_WEEKEND = 3
"""Closed days in a row from which they are worth a word."""


class Stretch(NamedTuple):
    """Days in a row on which an owner does not work, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1


class Step(NamedTuple):
    """A milestone on the way back: where it lies, and the closed days it had to wait or work over.

    `waited` lie between what let it begin and its start, `crossed` between its start and finish.
    """

    id: str
    slot: Slot
    waited: tuple[Stretch, ...]
    crossed: tuple[Stretch, ...]


def chain_of(schedule: Schedule, plan: Plan, name: str) -> tuple[Step, ...]:
    """The milestone and what drives it, one driven by the next, as far as anything does."""
    written = {
        one.id: (one, owner_of(one, each)) for each in plan.programs for one in each.milestones
    }
    steps: list[Step] = []
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        steps.append(_step(schedule, *written[name]))
        name = steps[-1].slot.driver.id or ""
    return tuple(steps)


def root_of(schedule: Schedule, name: str) -> Driver:
    """What drives the last milestone of the chain, behind which no other stands."""
    driver, seen = schedule.slots[name].driver, {name}
    while driver.id and driver.id not in seen:
        seen.add(driver.id)
        driver = schedule.slots[driver.id].driver
    return driver


def crowd_of(schedule: Schedule, plan: Plan, name: str) -> tuple[Step, ...]:
    """Whatever leaves no room at its due date for a milestone that was pulled forward from it."""
    held = schedule.holders.get(name)
    if held is None or not held.earlier:
        return ()
    return tuple(chain_of(schedule, plan, other)[0] for other in held.milestones)


def _step(schedule: Schedule, milestone: Milestone, owner: str | None) -> Step:
    slot, calendar = schedule.slots[milestone.id], schedule.calendars.of(owner)
    since = _free_since(schedule, milestone)
    waited = closed_stretches(calendar, since, slot.start) if since else ()
    begin = max(slot.start, schedule.as_of or slot.start)  # what is behind us holds nothing
    crossed = () if slot.event else closed_stretches(calendar, begin, slot.finish)
    return Step(milestone.id, slot, waited, crossed)


def _free_since(schedule: Schedule, milestone: Milestone) -> date | None:
    """The evening from which nothing but closed days keeps a milestone from its start."""
    driver = schedule.slots[milestone.id].driver
    if driver.id and driver.kind == "link" and (driver.detail or "").startswith("S"):
        return schedule.slots[driver.id].start - timedelta(days=1)
    if driver.id:
        return schedule.slots[driver.id].finish
    days = {
        "not_before": milestone.not_before,
        "calendar": milestone.start,
        "data_date": schedule.as_of,
        "plan_start": as_date(schedule.calendars.first),
    }
    day = days.get(driver.kind)
    return day and day - timedelta(days=1)


def closed_stretches(calendar: Calendar, after: date, before: date) -> tuple[Stretch, ...]:
    """Closed days in a row between two days, longer than a weekend."""
    found: list[Stretch] = []
    day, end = after.toordinal() + 1, before.toordinal()
    while day < end:
        opens = min(calendar.first_from(day), end)
        if opens - day >= LONGER_THAN_A_WEEKEND:
            found.append(Stretch(as_date(day), as_date(opens - 1)))
        day = opens + 1
    return tuple(found)
