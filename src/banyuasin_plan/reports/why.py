"""Why a milestone is when it is, what would bring it forward, and why it has its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import (
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Kind,
    Note,
    Report,
    Table,
    Tone,
)
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.causes import cause_of
from banyuasin_plan.reports.obstacles import OBSTACLES, rows_of
from banyuasin_plan.reports.remedies import Remedy, remedies_of
from banyuasin_plan.schedule.closings import closings_of
from banyuasin_plan.schedule.reasons import Step, chain_of, crowd_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from banyuasin_plan.plan.model import Program
    from banyuasin_plan.schedule import Schedule, Slot
    from banyuasin_plan.schedule.reasons import Stretch
    from banyuasin_plan.tracking import Standing
    from banyuasin_plan.tracking.colours import Verdict
    from banyuasin_plan.words import Message

CHAIN = (
    Column("step", Kind.COUNT, rank=2),
    Column("id", Kind.ID),
    Column("name", Kind.TEXT, rank=5),
    Column("owner", Kind.ID, rank=4),
    Column("start", Kind.DATE, rank=3),
    Column("finish", Kind.DATE),
    Column("driver", Kind.RECORD, rank=9),
    Column("because", Kind.SENTENCE),
    Column("closed_days", Kind.SENTENCE, rank=3),
)
MOST_IDLE = 5
"""Changes that would not help are named up to here, then counted."""


def _remedies(days: str) -> tuple[Column, ...]:
    return (
        Column("change", Kind.SENTENCE),
        Column("id", Kind.ID, rank=9),
        Column("new_finish", Kind.DATE),
        Column(days, Kind.COUNT),
        Column("then", Kind.RECORD, rank=2),
    )


REMEDIES = _remedies("days_earlier")
NEARER = _remedies("days_later")


class Asked(NamedTuple):
    """What was asked about: the milestone to explain, and what to head the answer with.

    A programme without milestones to be done has none.
    """

    one: Standing | None
    id: str
    verdict: Verdict | None
    program: Program | None


def report(material: Material, name: str, basis: str) -> Report | None:
    """The answer for a milestone, or for the milestone that a programme ends with.

    `basis` is `forecast` or `plan`. None where nothing has that id.
    """
    schedule = material.schedule if basis == "plan" else material.forecast
    asked = _asked(material, name, schedule)
    if asked is None:
        return None
    if asked.one is None:
        empty = Table("chain", CHAIN, (), _emptiness(material, name))
        return Report("why", heading_of(material), (_figures(asked, schedule), empty))
    blocks = (_figures(asked, schedule), *_explained(asked.one, material, schedule))
    return Report("why", heading_of(material), blocks)


def _asked(material: Material, name: str, schedule: Schedule) -> Asked | None:
    for one in material.tracking.standings:
        if one.milestone.id == name:
            return Asked(one, name, one.verdict, None)
    for each in material.tracking.programs():
        if each.program.id == name:
            inside = [
                one
                for one in material.tracking.standings
                if one.program.id == name and not one.milestone.cancelled
            ]
            ends = {one.milestone.id: schedule.slots[one.milestone.id].finish for one in inside}
            last = max(inside, key=lambda one: ends[one.milestone.id], default=None)
            return Asked(last, name, each.verdict, each.program)
    return None


def _emptiness(material: Material, name: str) -> Message:
    """Why a programme has no dates."""
    any_ = any(one.program.id == name for one in material.tracking.standings)
    return message("why.all_cancelled" if any_ else "why.no_milestones")


def _explained(one: Standing, material: Material, schedule: Schedule) -> Iterator[Block]:
    """What stands in its way, the chain of what drives it, and what would help."""
    standings = {each.milestone.id: each for each in material.tracking.standings}
    name, milestone = one.milestone.id, one.milestone
    steps = chain_of(schedule, material.plan, name)
    if one.case.open:
        found = rows_of([standings[step.id] for step in steps], material)
        yield Table("obstacles", OBSTACLES, found, message("none.obstacles"), aside=True)
    rows = tuple(
        _row(place, step, standings, material, schedule) for place, step in enumerate(steps, 1)
    )
    yield Table("chain", CHAIN, rows, message("none.rows"))
    if one.case.open:
        crowd = crowd_of(schedule, material.plan, name)
        remedies = remedies_of((*steps, *crowd), standings, material.plan, schedule)
        yield from _remedy_blocks(remedies, steps[0].slot, milestone.due)


def _figures(asked: Asked, schedule: Schedule) -> Figures:
    one, verdict, program = asked.one, asked.verdict, asked.program
    slot = schedule.slots[one.milestone.id] if one else None
    named, lead = one.milestone if one else program, program.lead if program else None
    return Figures(
        (
            Figure("id", Kind.ID, asked.id),
            Figure("last_milestone", Kind.ID, one.milestone.id if one and program else None),
            Figure("name", Kind.TEXT, named.name if named else None),
            Figure("state", Kind.STATE, one.case.state if one and not program else None),
            Figure("owner", Kind.ID, one.case.owner if one else lead),
            Figure("start", Kind.DATE, slot and slot.start),
            Figure("finish", Kind.DATE, slot and slot.finish),
            Figure("due", Kind.DATE, one.milestone.due if one else None),
            Figure("total_float", Kind.COUNT, slot and slot.total_float),
            Figure("status", Kind.STATUS, Tone(verdict.colour) if verdict else None),
            Figure("rule", Kind.ID, verdict.rule if verdict else None),
            Figure("reason", Kind.SENTENCE, verdict.reason if verdict else None),
        )
    )


def _row(
    place: int,
    step: Step,
    standings: dict[str, Standing],
    material: Material,
    schedule: Schedule,
) -> tuple[Cell, ...]:
    one, driver = standings[step.id], step.slot.driver
    return (
        place,
        step.id,
        one.milestone.name,
        one.case.owner,
        step.slot.start,
        step.slot.finish,
        {"kind": driver.kind, "id": driver.id, "detail": driver.detail},
        cause_of(step, one, material, schedule),
        _closed(step, one, material),
    )


def _closed(step: Step, one: Standing, material: Material) -> Message | None:
    """The longest stretch of closed days on its way, and what closes it."""
    stretches = (*step.waited, *step.crossed)
    if not stretches:
        return None
    longest: Stretch = max(stretches, key=lambda stretch: stretch.days)
    owner = next((o for o in material.plan.everybody() if o.id == one.case.owner), None)
    own = owner.calendar if owner else None
    why = closings_of(material.plan.plan, own, longest.first, longest.last)
    return message("why.closed", first=longest.first, last=longest.last, why=why)


def _remedy_blocks(remedies: Sequence[Remedy], slot: Slot, due: date | None) -> Iterator[Block]:
    """What helps, most first; of work pulled forward also what lets it lie nearer its due date."""
    helping = [one for one in remedies if one.finish < slot.finish]
    none = message("why.no_remedy")
    yield Table("remedies", REMEDIES, _remedy_rows(helping), none)
    if slot.driver.kind == "due" and slot.driver.detail and due:
        nearer = [one for one in remedies if slot.finish < one.finish <= due]
        yield Table("nearer", NEARER, _remedy_rows(nearer), message("why.none_nearer"))
        helping += nearer
    idle = [one for one in remedies if one not in helping]
    if idle and helping:
        changes = tuple(one.change for one in idle[:MOST_IDLE])
        if len(idle) > MOST_IDLE:
            changes = (*changes, message("and_more", count=len(idle) - MOST_IDLE))
        yield Note(message("why.idle", count=len(idle), changes=changes))


def _remedy_rows(remedies: Sequence[Remedy]) -> tuple[tuple[Cell, ...], ...]:
    best = sorted(remedies, key=lambda one: (-abs(one.gain), one.id))
    return tuple(
        (
            one.change,
            one.id,
            one.finish,
            abs(one.gain),
            {"kind": one.then.kind, "id": one.then.id, "detail": one.then.detail},
        )
        for one in best
    )
