"""The schedule as written, kept as long as nothing that it is made of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banyuasin_plan.schedule import schedule_of

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.schedule.calendar import Calendars

HEAD = ("start", "days", "count", "prepare_from", "calendar")
OFFICE = ("id", "capacity", "calendar")
MILESTONE = (
    "id",
    "owner",
    "load",
    "weight",
    "duration",
    "after",
    "start",
    "not_before",
    "due",
    "districts",
    "cancelled",
)
"""What the dates of a plan as written depend on; what was reported is not among it."""


class ScheduleMemo:
    """The schedules of a plan's states, one after the other; most weeks change no date in it."""

    def __init__(self) -> None:
        """Begin without one."""
        self._key: list[tuple[Any, ...]] = []
        self._schedule: Schedule | None = None

    def schedule(self, plan: Plan, calendars: Calendars) -> Schedule:
        """The schedule as written, with levelling."""
        key = _key(plan)
        if self._schedule is None or key != self._key:
            self._schedule = schedule_of(plan, calendars)
            self._key = key
        return self._schedule


def _key(plan: Plan) -> list[tuple[Any, ...]]:
    rows = [tuple(getattr(plan.plan, name) for name in HEAD)]
    rows += [tuple(getattr(one, name) for name in OFFICE) for one in plan.everybody()]
    for program in plan.programs:
        rows.append((program.id, program.lead))
        rows += [tuple(getattr(one, name) for name in MILESTONE) for one in program.milestones]
    return rows
