"""What would bring a milestone forward, found by changing the plan and scheduling it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import Owner, OwnerKind
from banyuasin_plan.plan.supposing import (
    capacity_of,
    with_capacity,
    with_keys,
    with_open_days,
    without_link,
)
from banyuasin_plan.schedule import Driver, calendars_of, schedule_of
from banyuasin_plan.schedule.network import duration_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.schedule.reasons import Step
    from banyuasin_plan.tracking import Standing
    from banyuasin_plan.words import Message

MOST_WORK = 60_000
"""Milestones that are scheduled again in all; of a long chain the nearest steps are tried."""


class Change(NamedTuple):
    """A plan with one thing changed at a milestone of the chain, and what that is in words."""

    id: str
    said: Message
    plan: Plan


class Remedy(NamedTuple):
    """What one change does: the new finish, office days gained, and what holds it then."""

    id: str
    change: Message
    finish: date
    gain: int
    then: Driver


def remedies_of(
    steps: Sequence[Step], standings: Mapping[str, Standing], plan: Plan, schedule: Schedule
) -> tuple[Remedy, ...]:
    """Every change along the chain, tried one by one, with what it does for the first step.

    What two steps would have changed is tried once.
    """
    asked = steps[0]
    left = MOST_WORK
    found: dict[Message, Remedy] = {}
    for step in steps:
        for change in _changes(step, standings[step.id], plan, schedule):
            if change.said in found:
                continue
            if (left := left - len(schedule.slots)) < 0 and found:
                return tuple(found.values())
            after = schedule_of(change.plan, calendars_of(change.plan), schedule.as_of)
            slot = after.slots[asked.id]
            gain = schedule.calendars.office_days(slot.finish, asked.slot.finish)
            if slot.finish > asked.slot.finish:
                gain = -schedule.calendars.office_days(asked.slot.finish, slot.finish)
            found[change.said] = Remedy(step.id, change.said, slot.finish, gain, slot.driver)
    return tuple(found.values())


def _changes(step: Step, one: Standing, plan: Plan, schedule: Schedule) -> Iterator[Change]:
    """What could be otherwise at this step: what drives it, how long it takes, closed days."""
    if not one.case.open:
        return
    name, driver = step.id, step.slot.driver
    match driver.kind:
        case "link":
            said = message("try.link", id=name, other=driver.id)
            yield Change(name, said, without_link(plan, name, driver.id or ""))
        case "capacity":
            yield _roomier(one, schedule.holders[name].owner, plan)
        case "not_before":
            said = message("try.not_before", id=name, day=one.milestone.not_before)
            yield Change(name, said, with_keys(plan, name, not_before=None))
        case "start" | "calendar":
            said = message("try.start", id=name, day=one.milestone.start)
            length = duration_of(one.milestone, one.case.calendar)
            yield Change(name, said, with_keys(plan, name, start=None, duration=length))
        case "due":
            if driver.detail:
                yield _roomier(one, driver.detail, plan)
            said = message("try.due", id=name, day=one.milestone.due)
            yield Change(name, said, with_keys(plan, name, due=None))
    yield from _shorter(step, one, plan)
    yield from _on_holidays(step, one.case.owner, plan)


def _roomier(one: Standing, owner: str, plan: Plan) -> Change:
    """Room at its owner for the milestone beside all that the owner carries now."""
    most = (capacity_of(plan, owner) or 0) + max(1, one.milestone.load)
    said = message("try.capacity", owner=owner, most=most)
    return Change(one.milestone.id, said, with_capacity(plan, owner, most))


def _on_holidays(step: Step, who: str | None, plan: Plan) -> Iterator[Change]:
    """The longest closed stretch worked, by an owner that can be asked to."""
    stretches = (*step.waited, *step.crossed)
    if who is None or not stretches or not _is_known(plan, who):
        return
    longest = max(stretches, key=lambda stretch: stretch.days)
    said = message("try.open", owner=who, first=longest.first, last=longest.last)
    yield Change(step.id, said, with_open_days(plan, who, longest.first, longest.last))


def _is_known(plan: Plan, who: str) -> bool:
    """Whether anything is known of who that is; a team of no capacity or days stands for nobody."""
    found = next((one for one in plan.everybody() if one.id == who), None)
    if found is None:
        return False
    if not isinstance(found, Owner) or found.kind is not OwnerKind.TEAM:
        return True
    return found.capacity is not None or found.calendar is not None


def _shorter(step: Step, one: Standing, plan: Plan) -> Iterator[Change]:
    """The milestone done in half its days, where it takes more than one."""
    length = duration_of(one.milestone, one.case.calendar)
    if length.days > 1:
        half = length._replace(days=(length.days + 1) // 2)
        key = "try.half.cd" if length.calendar else "try.half.d"
        said = message(key, id=step.id, days=half.days, before=length.days)
        yield Change(step.id, said, with_keys(plan, step.id, duration=half))
