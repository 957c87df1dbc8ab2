"""One milestone or programme whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import (
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Kind,
    Report,
    Table,
    Tone,
)
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.judged import judged_tone
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from banyuasin_plan.plan.model import Milestone
    from banyuasin_plan.tracking import ProgramStanding, Standing

PROGRAM_MILESTONES = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("owner", Kind.ID, rank=2),
    Column("start", Kind.DATE, rank=3),
    Column("due", Kind.DATE),
    Column("promised", Kind.FLAG, rank=3),
    Column("actual_percent", Kind.PERCENT, rank=2),
    Column("status", Kind.STATUS),
    Column("reason", Kind.SENTENCE, rank=4),
)
LINKS = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("owner", Kind.ID, rank=2),
    Column("link", Kind.ID),
    Column("finish", Kind.DATE),
    Column("status", Kind.STATUS),
    Column("agreed", Kind.DATE, rank=3),
)
BLOCKERS = (
    Column("since", Kind.DATE),
    Column("what", Kind.TEXT),
    Column("need", Kind.TEXT),
    Column("decide_by", Kind.DATE),
    Column("owner", Kind.ID),
    Column("closed", Kind.DATE, rank=2),
)
EVIDENCE = (
    Column("kind", Kind.ID),
    Column("ref", Kind.TEXT),
    Column("on", Kind.DATE),
)
HISTORY = (
    Column("on", Kind.DATE),
    Column("event", Kind.SENTENCE),
    Column("by", Kind.ID, rank=2),
    Column("why", Kind.TEXT),
)
DELIVERIES = (
    Column("district", Kind.TEXT),
    Column("on", Kind.DATE),
    Column("amount", Kind.COUNT, rank=2),
    Column("verified", Kind.DATE, rank=2),
    Column("reported", Kind.DATE, rank=3),
)


def report(material: Material, name: str, where: Mapping[str, str]) -> Report | None:
    """The milestone or programme with that id; None where there is none.

    `where` gives each one's place in the files.
    """
    for program in material.tracking.programs():
        if program.program.id == name:
            return Report("show", heading_of(material), _program(program, material, where))
    for one in material.tracking.standings:
        if one.milestone.id == name:
            return Report("show", heading_of(material), tuple(_milestone(one, material, where)))
    return None


def _program(
    one: ProgramStanding, material: Material, where: Mapping[str, str]
) -> tuple[Block, ...]:
    program, found = one.program, one.figures
    figures = (
        Figure("id", Kind.ID, program.id),
        Figure("name", Kind.TEXT, program.name),
        Figure("full_name", Kind.TEXT, program.full_name),
        Figure("status", Kind.STATUS, Tone(one.verdict.colour)),
        Figure("rule", Kind.ID, one.verdict.rule),
        Figure("reason", Kind.SENTENCE, one.verdict.reason),
        Figure("outcome", Kind.TEXT, program.outcome),
        Figure("group", Kind.ID, program.group),
        Figure("lead", Kind.ID, program.lead),
        Figure("support", Kind.ID, program.support or None),
        Figure("verifier", Kind.ID, program.verifier),
        Figure("goals", Kind.ID, program.goals or None),
        Figure("districts", Kind.ID, program.districts or None),
        Figure("planned_percent", Kind.PERCENT, found.planned_percent),
        Figure("actual_percent", Kind.PERCENT, found.actual_percent),
        Figure("verified_percent", Kind.PERCENT, found.verified_percent),
        Figure("deviation", Kind.POINTS, found.deviation),
        Figure("file", Kind.TEXT, where.get(program.id)),
    )
    mine = [case for case in material.tracking.standings if case.program.id == program.id]
    rows = tuple(_row(case) for case in mine)
    table = Table("milestones", PROGRAM_MILESTONES, rows, message("none.milestones"))
    return Figures(figures), table


def _row(one: Standing) -> tuple[Cell, ...]:
    return (
        one.milestone.id,
        one.milestone.name,
        one.case.owner,
        one.case.forecast.start,
        one.case.due,
        one.case.promised,
        100 * one.case.actual,
        _tone(one),
        one.verdict.reason if one.verdict else None,
    )


def _milestone(one: Standing, material: Material, where: Mapping[str, str]) -> Iterator[Block]:
    """What is promised and done first, then the tables that have something to say."""
    yield Figures(tuple(_standing(one, where)))
    milestone = one.milestone
    by_id = {case.milestone.id: case for case in material.tracking.standings}
    waits = tuple(
        _link(by_id[link.id], str(link).partition(" ")[2], link.agreed)
        for link in milestone.after
        if link.id in by_id
    )
    yield from _table("waits_for", LINKS, waits)
    waited = tuple(
        _link(case, str(link).partition(" ")[2], link.agreed)
        for case in material.tracking.standings
        for link in case.milestone.after
        if link.id == milestone.id
    )
    yield from _table("waited_for_by", LINKS, waited)
    yield from _table("deliveries", DELIVERIES, tuple(_deliveries(one, material)))
    blockers = tuple(
        (each.since, each.what, each.need, each.decide_by, each.owner, each.closed)
        for each in milestone.blockers
    )
    yield from _table("blockers", BLOCKERS, blockers)
    evidence = tuple((each.kind, each.ref, each.on) for each in milestone.evidence)
    yield from _table("evidence", EVIDENCE, evidence)
    yield from _table("history", HISTORY, tuple(_history(milestone)))


def _standing(one: Standing, where: Mapping[str, str]) -> Iterator[Figure]:
    milestone, case = one.milestone, one.case
    yield Figure("id", Kind.ID, milestone.id)
    yield Figure("name", Kind.TEXT, milestone.name)
    yield Figure("program", Kind.ID, one.program.id)
    yield Figure("status", Kind.STATUS, _tone(one))
    yield Figure("rule", Kind.ID, one.verdict.rule if one.verdict else None)
    yield Figure("reason", Kind.SENTENCE, one.verdict.reason if one.verdict else None)
    yield Figure("state", Kind.STATE, case.state)
    yield Figure("measure", Kind.TEXT, milestone.measure)
    yield Figure("owner", Kind.ID, case.owner)
    yield Figure("support", Kind.ID, milestone.support or None)
    yield Figure("due", Kind.DATE, case.due, shown=case.promised)
    yield Figure("promised", Kind.FLAG, case.promised, shown=not case.promised)
    yield Figure("days_late", Kind.COUNT, case.days_late or None)
    yield Figure("office_days_late", Kind.COUNT, case.office_days_late or None)
    yield from _dates(one)
    yield Figure("planned_percent", Kind.PERCENT, 100 * case.planned_on(case.as_of.toordinal()))
    yield Figure("actual_percent", Kind.PERCENT, 100 * case.actual)
    yield Figure("started", Kind.DATE, case.began)
    yield Figure("finished", Kind.DATE, case.finished)
    yield Figure("reported", Kind.DATE, milestone.reported)
    yield Figure("verified_by", Kind.ID, milestone.verified.by if milestone.verified else None)
    yield Figure("verified_on", Kind.DATE, milestone.verified.on if milestone.verified else None)
    yield Figure("judged", Kind.STATUS, judged_tone(one))
    if milestone.target:
        yield Figure("target", Kind.TEXT, f"{milestone.target.amount:.15g} {milestone.target.unit}")
    yield Figure("achieved", Kind.COUNT, milestone.achieved)
    if milestone.budget:
        yield Figure("budget", Kind.MONEY, sum(line.amount for line in milestone.budget))
        yield Figure("spent", Kind.MONEY, sum(line.spent for line in milestone.budget))
    yield Figure("weight", Kind.COUNT, milestone.weight)
    yield Figure("note", Kind.TEXT, milestone.note)
    yield Figure("file", Kind.TEXT, where.get(milestone.id))


def _dates(one: Standing) -> Iterator[Figure]:
    """As planned and as forecast, and how much room there is."""
    planned, forecast = one.case.planned, one.case.forecast
    driver = forecast.driver
    yield Figure("duration", Kind.COUNT, planned.duration)
    yield Figure("planned_start", Kind.DATE, planned.start)
    yield Figure("planned_finish", Kind.DATE, planned.finish)
    yield Figure("forecast_start", Kind.DATE, forecast.start)
    yield Figure("forecast_finish", Kind.DATE, forecast.finish)
    if one.case.open:
        record = {"kind": driver.kind, "id": driver.id, "detail": driver.detail}
        yield Figure("driver", Kind.RECORD, record)
        yield Figure("total_float", Kind.COUNT, forecast.total_float)
        yield Figure("free_float", Kind.COUNT, forecast.free_float)
        yield Figure("critical", Kind.FLAG, forecast.critical)


def _link(other: Standing, link: str, agreed: Cell) -> tuple[Cell, ...]:
    return (
        other.milestone.id,
        other.milestone.name,
        other.case.owner,
        link,
        other.case.forecast.finish,
        _tone(other),
        agreed,
    )


def _deliveries(one: Standing, material: Material) -> Iterator[tuple[Cell, ...]]:
    names = {place.id: place.name for place in material.plan.districts}
    for place in one.case.places:
        fact = one.milestone.delivered.get(place)
        name = names.get(place, place)
        if fact is None:
            yield name, None, None, None, None
        else:
            yield name, fact.on, fact.amount, fact.verified, fact.reported


def _history(milestone: Milestone) -> Iterator[tuple[Cell, ...]]:
    """Promises moved and claims sent back, in order."""
    facts: list[tuple[Cell, ...]] = [
        (move.on, message("event.moved", day=move.was), move.by, move.why)
        for move in milestone.moved
    ]
    facts += [
        (claim.on, message("event.returned"), claim.by, claim.why) for claim in milestone.returned
    ]
    yield from sorted(facts, key=lambda fact: str(fact[0]))


def _table(
    name: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]
) -> Iterator[Table]:
    if rows:
        yield Table(name, columns, rows, message("none.rows"))


def _tone(one: Standing) -> Tone | None:
    return Tone(one.verdict.colour) if one.verdict else None
