"""The plan as it was known on a day: facts dated later are not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.plan.model import Milestone, Plan, Program


def known_on(plan: Plan, day: date) -> Plan:
    """The plan with every fact dated after the day taken out, so that past reports stay true.

    A promise moved later is the earlier promise again; progress reported later is not known.
    """
    programs = tuple(_known_program(program, day) for program in plan.programs)
    if all(new is old for new, old in zip(programs, plan.programs, strict=True)):
        return plan
    return plan.model_copy(update={"programs": programs})


def promised(milestone: Milestone, day: date) -> date | None:
    """The due date that stood on that day."""
    return next((move.was for move in milestone.moved if move.on > day), milestone.due)


def first_promise(milestone: Milestone) -> date | None:
    """The due date as it was first given."""
    return milestone.moved[0].was if milestone.moved else milestone.due


def _known_program(program: Program, day: date) -> Program:
    known = tuple(_known(one, day) for one in program.milestones)
    if all(new is old for new, old in zip(known, program.milestones, strict=True)):
        return program
    return program.model_copy(update={"milestones": known})


def _known(milestone: Milestone, day: date) -> Milestone:
    changed = {k: v for k, v in _later(milestone, day).items() if v != getattr(milestone, k)}
    return milestone.model_copy(update=changed) if changed else milestone


def _later(one: Milestone, day: date) -> dict[str, Any]:
    """The fields that read otherwise on that day, with what they read."""
    changed: dict[str, Any] = {}
    for name in ("started", "finished", "reported"):
        if (on := getattr(one, name)) and on > day:
            changed[name] = None
    if "reported" in changed:
        changed |= {"progress": None, "achieved": None}
    for name in ("verified", "cancelled"):
        if (fact := getattr(one, name)) and fact.on > day:
            changed[name] = None
    if any(move.on > day for move in one.moved):
        changed["due"] = promised(one, day)
        changed["moved"] = tuple(move for move in one.moved if move.on <= day)
    if one.delivered:
        changed["delivered"] = {
            place: (
                fact.model_copy(update={"verified": None})
                if fact.verified and fact.verified > day
                else fact
            )
            for place, fact in one.delivered.items()
            if not ((fact.on or fact.reported) and (fact.on or fact.reported) > day)  # type: ignore[operator]
        }
    for name in ("returned", "evidence"):
        if facts := getattr(one, name):
            changed[name] = tuple(fact for fact in facts if not (fact.on and fact.on > day))
    if one.blockers:
        changed["blockers"] = tuple(
            blocker.model_copy(update={"closed": None})
            if blocker.closed and blocker.closed > day
            else blocker
            for blocker in one.blockers
            if blocker.since <= day
        )
    return changed
