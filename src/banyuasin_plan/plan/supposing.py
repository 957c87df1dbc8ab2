"""The plan with something else in it: what `whatif` asks and what `why` tries out.

Nothing here is written anywhere; every function gives a new plan and leaves the old one alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.plan.fields import ID, parse_day, parse_duration, parse_whole
from banyuasin_plan.plan.head import OwnerCalendar, Period

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from banyuasin_plan.plan.fields import Duration
    from banyuasin_plan.plan.model import Milestone, Plan, Program

LATER = re.compile(rf"({ID})\+(\S+)\Z")
LENGTH = re.compile(rf"({ID})=(\S+)\Z")
CAPACITY = re.compile(rf"owner:({ID})=(\S+)\Z")
START = re.compile(r"start=(\d{4}-\S+)\Z")
NO_LIMIT = "none"


class Supposition(NamedTuple):
    """One thing supposed.

    `kind` is `later` (a milestone by a duration), `length` (a milestone's duration), `capacity`
    (an owner's, None without a limit) or `start` (the plan's first day, where `id` is empty).
    """

    kind: str
    id: str
    value: Duration | date | int | None


def read_supposition(text: str) -> Supposition | None:
    """A supposition as it is typed: `ID+5d`, `ID=8d`, `owner:ID=2`, `start=2025-03-03`.

    None where it is none of these.
    """
    try:
        return _read(text)
    except ValueError:  # of the grammar of dates, numbers and durations
        return None


def _read(text: str) -> Supposition | None:
    if found := START.match(text):
        return Supposition("start", "", parse_day(found[1]))
    if found := CAPACITY.match(text):
        most = None if found[2] == NO_LIMIT else parse_whole(found[2])
        return None if most is not None and most < 0 else Supposition("capacity", found[1], most)
    if found := LATER.match(text):
        return Supposition("later", found[1], parse_duration(found[2]))
    if found := LENGTH.match(text):
        return Supposition("length", found[1], parse_duration(found[2]))
    return None


def with_milestone(plan: Plan, name: str, change: Callable[[Milestone], Milestone]) -> Plan:
    """The plan with one milestone changed."""

    def changed(program: Program) -> Program:
        if all(one.id != name for one in program.milestones):
            return program
        milestones = tuple(change(one) if one.id == name else one for one in program.milestones)
        return program.model_copy(update={"milestones": milestones})

    return plan.model_copy(update={"programs": tuple(changed(one) for one in plan.programs)})


def with_keys(plan: Plan, name: str, **keys: Any) -> Plan:
    """The plan with other values under a milestone's keys."""
    return with_milestone(plan, name, lambda one: one.model_copy(update=keys))


def without_link(plan: Plan, name: str, other: str) -> Plan:
    """The plan in which a milestone does not wait for another."""

    def freed(one: Milestone) -> Milestone:
        kept = tuple(link for link in one.after if link.id != other)
        return one.model_copy(update={"after": kept})

    return with_milestone(plan, name, freed)


def with_capacity(plan: Plan, name: str, most: int | None) -> Plan:
    """The plan in which an owner or a camat carries that much on a day; None for no limit."""
    return _with_office(plan, name, lambda one: one.model_copy(update={"capacity": most}))


def with_start(plan: Plan, day: date) -> Plan:
    """The plan with another day 1, prepared for as many days before it as now."""
    head = plan.plan
    prepare = head.prepare_from and head.prepare_from + (day - head.start)
    return plan.model_copy(
        update={"plan": head.model_copy(update={"start": day, "prepare_from": prepare})}
    )


def capacity_of(plan: Plan, name: str) -> int | None:
    """What an owner or a camat carries on a day."""
    return next((one.capacity for one in plan.everybody() if one.id == name), None)


def with_open_days(plan: Plan, name: str | None, first: date, last: date) -> Plan:
    """The plan in which an owner works on these days; without an owner, everybody does."""
    period = Period.model_construct(first=first, last=last, why=None)

    def opened(calendar: Any) -> Any:
        return calendar.model_copy(update={"open": (*calendar.open, period)})

    if name is None:
        head = plan.plan
        changed = head.model_copy(update={"calendar": opened(head.calendar)})
        return plan.model_copy(update={"plan": changed})

    def welcoming(one: Any) -> Any:
        return one.model_copy(update={"calendar": opened(one.calendar or OwnerCalendar())})

    return _with_office(plan, name, welcoming)


def _with_office(plan: Plan, name: str, change: Callable[[Any], Any]) -> Plan:
    """The plan with one owner or district changed."""

    def changed(offices: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(change(one) if one.id == name else one for one in offices)

    update = {"owners": changed(plan.owners), "districts": changed(plan.districts)}
    return plan.model_copy(update=update)
