"""A plan held against a saved baseline: what is kept, and the state that it stands for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from banyuasin_plan.plan.baseline import Baseline, Kept
from banyuasin_plan.plan.known import known_on
from banyuasin_plan.plan.model import Milestone, Program
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.tracking import Standing, State, Tracking
from banyuasin_plan.tracking.moves import Side

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule import Slot


def baseline_of(tracking: Tracking, name: str) -> Baseline:
    """The plan as scheduled and promised on its data date; what is cancelled is left out."""
    kept = [
        Kept.model_construct(
            id=one.milestone.id,
            name=one.milestone.name,
            program=one.program.id,
            first=_first(one),
            due=one.milestone.due,
            start=one.case.planned.start,
            finish=one.case.planned.finish,
            weight=one.milestone.weight,
            after=one.milestone.after,
        )
        for one in tracking.standings
        if one.case.state is not State.CANCELLED
    ]
    return Baseline.model_construct(
        baseline=name, of=tracking.plan.plan.id, saved=tracking.as_of, milestones=tuple(kept)
    )


def _first(one: Standing) -> date:
    """The promise's first day; of an event, which takes no time, its only one."""
    first, last = one.case.promise
    return as_date(last if one.case.planned.event else first)


def side_of_baseline(baseline: Baseline, plan: Plan, now: Side) -> Side:
    """The plan now, with what the baseline kept, on the day that it was saved.

    `plan` is the plan with all its facts, of which those known on that day count. A milestone
    that is no longer there is made up of what was kept of it.
    """
    once = known_on(plan, baseline.saved)
    kept = {one.id: one for one in baseline.milestones}
    then = {one.id: one for program in once.programs for one in program.milestones}
    slots = dict(now.forecast.slots)
    standings: list[Standing] = []
    for one in now.tracking.standings:
        if held := kept.pop(one.milestone.id, None):
            slots[held.id] = _slot(one.case.forecast, held)
            standings.append(_standing(one, then.get(held.id, one.milestone), held, slots[held.id]))
    for held in kept.values():
        if standings or now.tracking.standings:
            like = (now.tracking.standings or tuple(standings))[0]
            slot = slots[held.id] = _slot(like.case.forecast, held)
            standings.append(_gone(like, once, held, slot))
    tracking = Tracking(once, now.tracking.calendars, baseline.saved, tuple(standings))
    return Side(once, now.forecast._replace(slots=slots), tracking)


def _slot(like: Slot, held: Kept) -> Slot:
    return like._replace(start=held.start, finish=held.finish)


def _standing(like: Standing, then: Milestone, held: Kept, slot: Slot) -> Standing:
    """A milestone with the promise, the weight and the links that were kept of it."""
    same = list(map(str, then.after)) == list(map(str, held.after))
    after = then.after if same else held.after  # whether both sides agreed to it is not kept
    update = {"due": held.due, "weight": held.weight, "after": after}
    return _with(like, then.model_copy(update=update), like.program, slot)


def _gone(like: Standing, plan: Plan, held: Kept, slot: Slot) -> Standing:
    """A milestone that only the baseline knows."""
    milestone = Milestone(
        id=held.id, name=held.name, due=held.due, weight=held.weight, after=held.after
    )
    program = next((one for one in plan.programs if one.id == held.program), None)
    program = program or Program(id=held.program, name=held.program)
    return _with(like, milestone, program, slot)


def _with(like: Standing, milestone: Milestone, program: Program, slot: Slot) -> Standing:
    case = replace(like.case, milestone=milestone, program=program, planned=slot, forecast=slot)
    return Standing(case, like.limits)
