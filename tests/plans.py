"""Plans for the tests of the scheduler, as plain mappings of text, just as YAML gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banyuasin_plan.plan.model import Plan
from banyuasin_plan.schedule import Schedule, calendars_of, schedule_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Written = dict[str, Any]


def milestone(name: str, duration: str | None = None, *after: str, **rest: object) -> Written:
    """One milestone; `rest` are its other keys."""
    written: Written = {"id": name, "name": name, **rest}
    if duration is not None:
        written["duration"] = duration
    if after:
        written["after"] = list(after)
    return written


def plan_of(
    *milestones: Written,
    owners: Sequence[Written] = (),
    districts: Sequence[Written] = (),
    **head: object,
) -> Plan:
    """One programme with these milestones; a plan without holidays that starts on a Monday."""
    return Plan.model_validate(
        {
            "plan": {
                "id": "uji",
                "name": "Uji",
                "start": "2025-03-03",
                "calendar": {"holidays": "none"},
                **head,
            },
            "owners": [{"name": owner["id"], **owner} for owner in owners],
            "districts": [{"name": place["id"], **place} for place in districts],
            "programs": [{"id": "p", "name": "P", "milestones": list(milestones)}],
        }
    )


def scheduled(plan: Plan, as_of: date | None = None) -> Schedule:
    """The schedule of a plan as written, or its forecast."""
    return schedule_of(plan, calendars_of(plan), as_of)


def days(schedule: Schedule) -> dict[str, str]:
    """First and last day of every milestone, as `2025-03-03..2025-03-05`; an event has one."""
    return {
        name: str(slot.start) if slot.start == slot.finish else f"{slot.start}..{slot.finish}"
        for name, slot in schedule.slots.items()
    }
