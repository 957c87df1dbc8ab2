"""Programmes and deliveries by district: who is reached, by when, and who waits longest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.alignment.reach import grouped, places_of, reach_of, shares_of
from banyuasin_plan.report import HIDDEN, Column, Figure, Figures, Kind, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from banyuasin_plan.alignment.reach import Reach, Share
    from banyuasin_plan.plan.model import District, Program
    from banyuasin_plan.report import Cell

DISTRICTS = (
    Column("district", Kind.ID, rank=HIDDEN),
    Column("name", Kind.TEXT),
    Column("programs", Kind.COUNT, rank=3),
    Column("planned", Kind.COUNT, rank=5),
    Column("reached", Kind.COUNT),
    Column("asked", Kind.COUNT, rank=2),
    Column("delivered", Kind.COUNT),
    Column("late", Kind.COUNT, bad=True),
    Column("to_come", Kind.COUNT),
    Column("first_delivery", Kind.DATE, rank=7),
    Column("last_delivery", Kind.DATE, rank=4),
    Column("days_since", Kind.COUNT, rank=6),
    Column("next_due", Kind.DATE, rank=3),
    Column("last_due", Kind.DATE, rank=6),
    Column("forecast_finish", Kind.DATE, rank=5),
    Column("waiting_since", Kind.DATE, rank=6),
    Column("days_late", Kind.COUNT, rank=2, bad=True),
)
PROGRAMS = (
    Column("id", Kind.ID, rank=3),
    Column("name", Kind.TEXT),
    Column("lead", Kind.ID, rank=4),
    Column("applies", Kind.COUNT, rank=2),
    Column("planned", Kind.COUNT, rank=5),
    Column("reached", Kind.COUNT),
    Column("complete", Kind.COUNT, rank=6),
    Column("asked", Kind.COUNT, rank=2),
    Column("delivered", Kind.COUNT),
    Column("late", Kind.COUNT, bad=True),
    Column("to_come", Kind.COUNT),
    Column("next_due", Kind.DATE, rank=3),
    Column("last_due", Kind.DATE, rank=6),
    Column("forecast_finish", Kind.DATE, rank=6),
    Column("unplanned", Kind.COUNT, rank=3),
    Column("unplanned_ids", Kind.TEXT, rank=HIDDEN),
)
DELIVERIES = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("program", Kind.ID, rank=HIDDEN),
    Column("owner", Kind.ID, rank=3),
    Column("due", Kind.DATE),
    Column("on", Kind.DATE, rank=4),
    Column("state", Kind.STATE),
    Column("days_late", Kind.COUNT, rank=5, bad=True),
    Column("forecast_finish", Kind.DATE, rank=6),
    Column("district", Kind.ID, rank=7),
)
LEFT = ("id", "name", "owner", "due", "days_late", "forecast_finish", "district")
DONE = ("id", "name", "owner", "on", "district")
"""What a camat reads of its deliveries: those that are left, those that are done."""


class Coverage(NamedTuple):
    """What is asked for by district: programmes, where each applies, and what is asked there."""

    material: Material
    programs: list[Program]
    places: list[District]
    shares: Mapping[str, Sequence[Share]]
    reaches: Mapping[str, Reach]
    applies: Mapping[str, frozenset[str]]

    @property
    def every(self) -> list[Share]:
        """All that is asked, district by district."""
        return [one for mine in self.shares.values() for one in mine]


def coverage_of(material: Material) -> Coverage:
    """What is asked of a district are the milestones done there one by one, and its camat's own."""
    programs = list(material.programs())
    places = _places(material, programs)
    shares = _shares(material, programs, {place.id for place in places})
    reaches = {
        place.id: reach_of(shares.get(place.id, []), material.as_of, across="programs")
        for place in places
    }
    applies = {one.id: places_of(material.plan, one) & reaches.keys() for one in programs}
    return Coverage(material, programs, places, shares, reaches, applies)


def report(material: Material) -> Report:
    """Districts, those that wait longest first; programmes; of one camat every delivery."""
    found = coverage_of(material)
    named = any(place.id in material.asked for place in material.plan.districts)
    rows = tuple(_deliveries(found.every, material.as_of)) if named else ()
    none = message("none.deliveries")
    deliveries = Table("deliveries", DELIVERIES, rows, none, aside=not named, shown=False)
    alone = named and len(found.places) == 1
    return Report(
        "coverage",
        heading_of(material),
        (
            figures_of(found),
            *(_sides(deliveries, alone=alone) if named else ()),
            districts_of(found)._replace(aside=named, shown=not alone),
            programs_of(found),
            deliveries,
        ),
    )


def _sides(deliveries: Table, *, alone: bool) -> tuple[Table, Table]:
    """What is left and what is done, each with the columns that matter of it."""
    at = {column.id: place for place, column in enumerate(deliveries.columns)}

    def side(name: str, ids: tuple[str, ...], *, done: bool) -> Table:
        places = [at[one] for one in ids if not (alone and one == "district")]
        rows = (row for row in deliveries.rows if (row[at["on"]] is not None) is done)
        columns = tuple(deliveries.columns[place] for place in places)
        cells = tuple(tuple(row[place] for place in places) for row in rows)
        return Table(name, columns, cells, message(f"none.{name}"), aside=True)

    return side("left", LEFT, done=False), side("done", DONE, done=True)


def figures_of(found: Coverage) -> Figures:
    """How many districts are reached and how many wait, and all deliveries counted."""
    whole = reach_of(found.every, found.material.as_of, across="places")
    waiting = sum(one.late > 0 for one in found.reaches.values())
    several = len(found.places) > 1
    return Figures(
        (
            Figure("districts", Kind.COUNT, len(found.places), shown=several),
            Figure("districts_reached", Kind.COUNT, whole.reached, shown=several),
            Figure("districts_late", Kind.COUNT, waiting, shown=several),
            Figure("deliveries", Kind.COUNT, whole.asked),
            Figure("delivered", Kind.COUNT, whole.delivered),
            Figure("deliveries_late", Kind.COUNT, whole.late),
            Figure("to_come", Kind.COUNT, whole.to_come),
            Figure("deliveries_last_due", Kind.DATE, whole.last_due),
            Figure("forecast_finish", Kind.DATE, whole.forecast),
        )
    )


def districts_of(found: Coverage) -> Table:
    """A row for each district, those that wait longest first."""
    return Table("districts", DISTRICTS, tuple(_districts(found)), message("none.districts"))


def programs_of(found: Coverage) -> Table:
    """A row for each programme that applies in any of the districts, the least reached first."""
    rows = tuple(_programs(found.programs, found.every, found.applies, found.material.as_of))
    return Table("programs", PROGRAMS, rows, message("none.programs"), aside=True)


def _places(material: Material, programs: Sequence[Program]) -> list[District]:
    """The districts asked for by name, else those where any programme asked for applies."""
    places = material.plan.districts
    named = [place for place in places if place.id in material.asked]
    if named or material.whole:
        return named or list(places)
    found = {place for one in programs for place in places_of(material.plan, one)}
    return [place for place in places if place.id in found]


def _shares(
    material: Material, programs: Sequence[Program], places: Collection[str]
) -> dict[str, list[Share]]:
    """What is asked of each of the districts."""
    ids = {one.id for one in programs}
    wanted = {one.milestone.id for one in material.tracking.standings if one.program.id in ids}
    found = shares_of(material.plan, material.schedule, material.forecast, wanted)
    return grouped((one for one in found if one.place in places), "places")


def _districts(found: Coverage) -> Iterator[tuple[Cell, ...]]:
    """The longest overdue first, then the longest without a delivery."""
    day, start = found.material.as_of, found.material.plan.plan.start

    def waits(place: District) -> tuple[int, int]:
        mine = found.reaches[place.id]
        late = (day - mine.waiting_since).days if mine.waiting_since else 0
        since = (day - (mine.last_delivery or start)).days
        return -late, -since if mine.asked > mine.delivered else 0

    for place in sorted(found.places, key=waits):
        mine = found.reaches[place.id]
        yield (
            place.id,
            place.name,
            sum(place.id in where for where in found.applies.values()),
            mine.planned,
            mine.reached,
            mine.asked,
            mine.delivered,
            mine.late,
            mine.to_come,
            mine.first_delivery,
            mine.last_delivery,
            (day - mine.last_delivery).days if mine.last_delivery else None,
            mine.next_due,
            mine.last_due,
            mine.forecast,
            mine.waiting_since,
            (day - mine.waiting_since).days if mine.waiting_since else 0,
        )


def _programs(
    programs: Sequence[Program],
    shares: Sequence[Share],
    applies: Mapping[str, frozenset[str]],
    as_of: date,
) -> Iterator[tuple[Cell, ...]]:
    """Those with most that is late first, then those that reach the smallest part of theirs."""
    mine = grouped(shares, "programs")
    counted = {
        one.id: reach_of(mine.get(one.id, []), as_of, across="places")
        for one in programs
        if applies[one.id]
    }

    def reached(one: Program) -> tuple[int, float]:
        found = counted[one.id]
        return -found.late, found.reached / len(applies[one.id])

    for one in sorted((one for one in programs if one.id in counted), key=reached):
        found = counted[one.id]
        where = {share.place for share in mine.get(one.id, [])}
        without = tuple(sorted(applies[one.id] - where))
        yield (
            one.id,
            one.name,
            one.lead,
            len(applies[one.id]),
            found.planned,
            found.reached,
            found.complete,
            found.asked,
            found.delivered,
            found.late,
            found.to_come,
            found.next_due,
            found.last_due,
            found.forecast,
            len(without),
            without,
        )


def _deliveries(shares: Sequence[Share], as_of: date) -> Iterator[tuple[Cell, ...]]:
    """Everything asked of the districts named: late first, then to come by due date, then done."""

    def turn(one: Share) -> tuple[bool, date, str]:
        return one.on is not None, one.on or one.due, one.milestone.id

    for one in sorted(shares, key=turn):
        late = one.late_on(as_of)
        yield (
            one.milestone.id,
            one.milestone.name,
            one.program.id,
            one.owner,
            one.due,
            one.on,
            "delivered" if one.on else "late" if late else "to_come",
            (as_of - one.due).days if late else 0,
            None if one.on else one.forecast,
            one.place,
        )
