"""Why a milestone is when it is, what would bring it forward, and why it has its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.supposing import capacity_of
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
from banyuasin_plan.reports.obstacles import OBSTACLES, rows_of
from banyuasin_plan.reports.remedies import Remedy, remedies_of
from banyuasin_plan.schedule.closings import closings_of
from banyuasin_plan.schedule.network import resumed_on
from banyuasin_plan.schedule.reasons import Step, chain_of
from banyuasin_plan.tracking import State
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.schedule import Driver, Schedule
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

REMEDIES = (
    Column("change", Kind.SENTENCE),
    Column("id", Kind.ID, rank=9),
    Column("new_finish", Kind.DATE),
    Column("days_earlier", Kind.COUNT),
    Column("then", Kind.RECORD, rank=2),
)


class Asked(NamedTuple):
    """What was asked about: the milestone to explain, and what to head the answer with."""

    one: Standing
    id: str
    verdict: Verdict | None
    program: bool


def report(material: Material, name: str, basis: str) -> Report | None:
    """The answer for a milestone, or for the milestone that a programme ends with.

    `basis` is `forecast` or `plan`. None where nothing has that id.
    """
    schedule = material.schedule if basis == "plan" else material.forecast
    asked = _asked(material, name, schedule)
    if asked is None:
        return None
    standings = {one.milestone.id: one for one in material.tracking.standings}
    owners = {key: one.case.owner for key, one in standings.items()}
    steps = chain_of(schedule, asked.one.milestone.id, owners)
    rows = tuple(
        _row(place, step, standings, material, schedule) for place, step in enumerate(steps, 1)
    )
    blocks: tuple[Block, ...] = (_figures(asked, schedule),)
    if asked.one.case.open:
        found = rows_of([standings[step.id] for step in steps], material)
        none = message("none.obstacles")
        blocks = (*blocks, Table("obstacles", OBSTACLES, found, none, aside=True))
    blocks = (*blocks, Table("chain", CHAIN, rows, message("none.rows")))
    if asked.one.case.state is not State.DONE:
        remedies = remedies_of(steps, standings, material.plan, schedule)
        blocks = (*blocks, *_remedy_blocks(remedies))
    return Report("why", heading_of(material), blocks)


def _asked(material: Material, name: str, schedule: Schedule) -> Asked | None:
    for one in material.tracking.standings:
        if one.milestone.id == name:
            return Asked(one, name, one.verdict, program=False)
    for program in material.tracking.programs():
        inside = [
            one
            for one in material.tracking.standings
            if one.program.id == name and not one.milestone.cancelled
        ]
        if program.program.id == name and inside:
            last = max(inside, key=lambda one: schedule.slots[one.milestone.id].finish)
            return Asked(last, name, program.verdict, program=True)
    return None


def _figures(asked: Asked, schedule: Schedule) -> Figures:
    slot, verdict = schedule.slots[asked.one.milestone.id], asked.verdict
    return Figures(
        (
            Figure("id", Kind.ID, asked.id),
            Figure("last_milestone", Kind.ID, asked.one.milestone.id if asked.program else None),
            Figure("name", Kind.TEXT, asked.one.milestone.name),
            Figure("owner", Kind.ID, asked.one.case.owner),
            Figure("start", Kind.DATE, slot.start),
            Figure("finish", Kind.DATE, slot.finish),
            Figure("due", Kind.DATE, asked.one.milestone.due),
            Figure("total_float", Kind.COUNT, slot.total_float),
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
        _because(step, one, material, schedule),
        _closed(step, one, material),
    )


def _because(step: Step, one: Standing, material: Material, schedule: Schedule) -> Message:
    """What fixed its dates, as a sentence."""
    driver, milestone = step.slot.driver, one.milestone
    match driver.kind:
        case "link":
            return _link(driver, schedule)
        case "capacity":
            held = schedule.holders[step.id]
            most = capacity_of(material.plan, held.owner)
            said = {"owner": held.owner, "most": most, "day": step.slot.start}
            return message("why.capacity", ids=tuple(held.milestones), **said)
        case "not_before":
            return message("why.not_before", day=milestone.not_before)
        case "start" | "calendar":
            return message(f"why.{driver.kind}", day=milestone.start)
        case "due":
            return message("why.due", day=milestone.due)
        case "data_date":
            return _on_data_date(one, material)
    return message("why.plan_start", day=step.slot.start)


def _link(driver: Driver, schedule: Schedule) -> Message:
    kind, lag = (driver.detail or "FS")[:2], (driver.detail or "")[2:]
    other = schedule.slots[driver.id or ""]
    day = other.start if kind.startswith("S") else other.finish
    key = f"why.link.{kind}"
    return (
        message(f"{key}.lag", id=driver.id, day=day, lag=lag)
        if lag
        else message(key, id=driver.id, day=day)
    )


def _on_data_date(one: Standing, material: Material) -> Message:
    if one.case.state is State.DONE:
        return message("why.done", day=one.case.finished)
    if one.case.state is State.IN_PROGRESS:
        office = material.schedule.calendars.plan
        day = resumed_on(material.plan, one.program, one.milestone, office, material.as_of)
        return message("why.running", day=day)
    return message("why.data_date", day=material.as_of)


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


def _remedy_blocks(remedies: Sequence[Remedy]) -> Iterator[Block]:
    """What helps, most first; a sentence where nothing does."""
    helping = sorted((one for one in remedies if one.gain > 0), key=lambda one: (-one.gain, one.id))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.change,
            one.id,
            one.finish,
            one.gain,
            {"kind": one.then.kind, "id": one.then.id, "detail": one.then.detail},
        )
        for one in helping
    )
    yield Table("remedies", REMEDIES, rows, message("why.no_remedy"))
    idle = [one for one in remedies if one.gain <= 0]
    if idle and helping:
        changes = tuple(one.change for one in idle[:MOST_IDLE])
        if len(idle) > MOST_IDLE:
            changes = (*changes, message("and_more", count=len(idle) - MOST_IDLE))
        yield Note(message("why.idle", count=len(idle), changes=changes))
