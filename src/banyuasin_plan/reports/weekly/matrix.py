"""Every milestone in a row, with all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import BEYOND, Cell, Column, Kind, Note, Piece, Table, Tone
from banyuasin_plan.reports.weekly.order import grouped
from banyuasin_plan.tracking.figures import figures_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking import Standing

PRINTED = (
    Column("number", Kind.COUNT),
    Column("id", Kind.ID),
    Column("program", Kind.TEXT),
    Column("milestone", Kind.TEXT),
    Column("owner", Kind.ID),
    Column("forecast_start", Kind.DATE),
    Column("due", Kind.DATE),
    Column("planned_percent", Kind.PERCENT),
    Column("actual_percent", Kind.PERCENT),
    Column("deviation", Kind.POINTS),
    Column("status", Kind.STATUS),
    Column("reason", Kind.SENTENCE),
)
BESIDE = (
    Column("group", Kind.TEXT, rank=BEYOND),
    Column("measure", Kind.TEXT, rank=BEYOND),
    Column("support", Kind.TEXT, rank=BEYOND),
    Column("districts", Kind.TEXT, rank=BEYOND),
    Column("forecast_finish", Kind.DATE, rank=BEYOND),
    Column("days_late", Kind.COUNT, rank=BEYOND, bad=True),
    Column("state", Kind.STATE, rank=BEYOND),
    Column("target", Kind.COUNT, rank=BEYOND),
    Column("unit", Kind.TEXT, rank=BEYOND),
    Column("achieved", Kind.COUNT, rank=BEYOND),
    Column("budget", Kind.MONEY, rank=BEYOND),
    Column("spent", Kind.MONEY, rank=BEYOND),
    Column("evidence", Kind.TEXT, rank=BEYOND),
    Column("verified_on", Kind.DATE, rank=BEYOND),
    Column("verified_by", Kind.ID, rank=BEYOND),
    Column("blocker", Kind.TEXT, rank=BEYOND),
    Column("follow_up", Kind.TEXT, rank=BEYOND),
)


def matrix(material: Material) -> tuple[Piece, ...]:
    """Every milestone, group by group, cancelled ones too."""
    rows = _rows(material, grouped(material).tracking.standings)
    if not rows:
        return ()
    return (Table("milestones", PRINTED + BESIDE, rows, message("none.milestones")),)


def of_owner(material: Material, owner: str) -> tuple[Piece, ...]:
    """What one owner answers for; nothing where that is nothing."""
    mine = [one for one in grouped(material).tracking.standings if one.case.owner == owner]
    if not mine:
        return ()
    found = figures_of([one.case for one in mine], material.tracking.calendars, material.as_of)
    said = message(
        "weekly.owner",
        count=found.milestones,
        done=found.done,
        overdue=found.overdue,
        planned=found.planned_percent,
        actual=found.actual_percent,
    )
    rows = _rows(material, mine)
    none = message("none.milestones")
    table = Table(f"of_{owner}", PRINTED + BESIDE, rows, none, aside=True, called="milestones")
    return (Note(said, Tone.BAD if found.overdue else Tone.NONE), table)


def _rows(material: Material, standings: Sequence[Standing]) -> tuple[tuple[Cell, ...], ...]:
    groups = {group.id: group.name for group in material.plan.groups}
    names = {place.id: place.name for place in material.plan.districts}
    return tuple(
        (*_printed(number, one), *_beside(one, groups, names))
        for number, one in enumerate(standings, start=1)
    )


def _printed(number: int, one: Standing) -> tuple[Cell, ...]:
    case, verdict = one.case, one.verdict
    planned = 100 * case.planned_on(case.as_of.toordinal())
    actual = 100 * case.actual
    return (
        number,
        case.milestone.id,
        case.program.name,
        case.milestone.name,
        case.owner,
        case.forecast.start,
        case.due,
        planned,
        actual,
        actual - planned,
        Tone(verdict.colour) if verdict else None,
        verdict.reason if verdict else message("state.cancelled"),
    )


def _beside(one: Standing, groups: Mapping[str, str], names: Mapping[str, str]) -> tuple[Cell, ...]:
    case, milestone = one.case, one.milestone
    target, verified = milestone.target, milestone.verified
    money = milestone.budget
    return (
        groups.get(case.program.group or ""),
        milestone.measure,
        milestone.support or None,
        _districts(case.places, names),
        case.forecast.finish,
        case.days_late or None,
        case.state,
        target.amount if target else None,
        target.unit if target else None,
        milestone.achieved,
        sum(line.amount for line in money) if money else None,
        sum(line.spent for line in money) if money else None,
        tuple(each.ref for each in milestone.evidence) or None,
        verified.on if verified else None,
        verified.by if verified else None,
        *_obstacle(one),
    )


def _districts(places: Sequence[str], names: Mapping[str, str]) -> Cell:
    """The districts by name, or that it is all of them."""
    if not places:
        return None
    if len(places) == len(names):
        return message("weekly.all_districts", count=len(places))
    return tuple(names.get(place, place) for place in places)


def _obstacle(one: Standing) -> tuple[Cell, Cell]:
    """What stands in the way, and what is to be done about it."""
    blockers = one.case.blockers
    if not blockers:
        return None, None
    needs = tuple(each.need for each in blockers if each.need)
    return tuple(each.what for each in blockers), needs or None
