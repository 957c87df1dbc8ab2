"""The plan as it was known on a day: facts dated later are not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from datetime import date

    from pydantic import BaseModel

    from banyuasin_plan.plan.model import Inherited, Milestone, Plan, Program

    Fact = TypeVar("Fact", bound=BaseModel)


DATED = frozenset(
    (
        "started",
        "finished",
        "reported",
        "verified",
        "cancelled",
        "moved",
        "delivered",
        "returned",
        "evidence",
        "blockers",
    )
)
"""Fields of a milestone that hold dated facts; a link's `agreed` is the only other one."""


def known_on(plan: Plan, day: date) -> Plan:
    """The plan with every fact dated after the day taken out, so that past reports stay true.

    A promise moved later is the earlier promise again; progress reported later is not known.
    """
    known: dict[str, tuple[object, ...]] = {
        "programs": tuple(_known_program(program, day) for program in plan.programs),
        "inherited": tuple(_known_running(one, day) for one in plan.inherited),
        "decisions": tuple(
            _without_later(order, day, "done") for order in plan.decisions if order.on <= day
        ),
    }
    changed = {key: value for key, value in known.items() if value != getattr(plan, key)}
    return plan.model_copy(update=changed) if changed else plan


def promised(milestone: Milestone, day: date) -> date | None:
    """The due date that stood on that day."""
    return next((move.was for move in milestone.moved if move.on > day), milestone.due)


def _known_program(program: Program, day: date) -> Program:
    known = tuple(_known(one, day) for one in program.milestones)
    if all(new is old for new, old in zip(known, program.milestones, strict=True)):
        return program
    return program.model_copy(update={"milestones": known})


def _known_running(one: Inherited, day: date) -> Inherited:
    if one.stopped and one.stopped.on > day:
        return one.model_copy(update={"stopped": None})
    return one


def _without_later(fact: Fact, day: date, *names: str) -> Fact:
    """The fact without those of its dates that lie after the day."""
    later = {name: None for name in names if (on := getattr(fact, name)) and on > day}
    return fact.model_copy(update=later) if later else fact


def _known(milestone: Milestone, day: date) -> Milestone:
    agreed = [link for link in milestone.after if link.agreed]
    if not agreed and DATED.isdisjoint(milestone.model_fields_set):
        return milestone  # most of a plan is still to come
    changed = {k: v for k, v in _later(milestone, day).items() if v != getattr(milestone, k)}
    return milestone.model_copy(update=changed) if changed else milestone


def _later(one: Milestone, day: date) -> dict[str, Any]:
    """The fields that read otherwise on that day, with what they read."""
    changed: dict[str, Any] = {}
    for name in ("started", "finished", "reported"):
        if (on := getattr(one, name)) and on > day:
            changed[name] = None
    if "reported" in changed:
        unspent = tuple(line.model_copy(update={"spent": 0}) for line in one.budget)
        changed |= {"progress": None, "achieved": None, "budget": unspent}
    for name in ("verified", "cancelled"):
        if (fact := getattr(one, name)) and fact.on > day:
            changed[name] = None
    if any(move.on > day for move in one.moved):
        changed["due"] = promised(one, day)
        changed["moved"] = tuple(move for move in one.moved if move.on <= day)
    return changed | _lists(one, day)


def _lists(one: Milestone, day: date) -> dict[str, Any]:
    """The lists that are not empty, without what is dated later."""
    changed: dict[str, Any] = {}
    if one.after:
        changed["after"] = tuple(_without_later(link, day, "agreed") for link in one.after)
    if one.delivered:
        changed["delivered"] = {
            place: _without_later(fact, day, "verified", "reported")
            for place, fact in one.delivered.items()
            if not ((on := fact.on or fact.reported) and on > day)
        }
    if one.returned:
        changed["returned"] = tuple(claim for claim in one.returned if claim.on <= day)
    if one.evidence:
        evidence = (fact for fact in one.evidence if not (fact.on and fact.on > day))
        changed["evidence"] = tuple(evidence)
    if one.blockers:
        changed["blockers"] = tuple(
            _without_later(blocker, day, "closed")
            for blocker in one.blockers
            if blocker.since <= day
        )
    return changed
