"""The figures of the status by owner, group or district: the same ones, over what is whose.

A party has no colour of its own, never an average; how many of its milestones have each is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.plan.model import owner_of
from banyuasin_plan.report import HIDDEN, Cell, Column, Kind, Table
from banyuasin_plan.tracking import WORST_FIRST
from banyuasin_plan.tracking.figures import figures_of
from banyuasin_plan.words import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking import Standing
    from banyuasin_plan.tracking.figures import Figures

TABLES = {"owner": "owners", "group": "groups", "district": "districts"}
"""What the status can be broken down by, besides programmes, and the table of each."""

COLUMNS = (
    Column("id", Kind.ID, rank=2),
    Column("name", Kind.TEXT),
    Column("milestones", Kind.COUNT),
    Column("done", Kind.COUNT, rank=5),
    Column("verified", Kind.COUNT, rank=HIDDEN),
    Column("in_progress", Kind.COUNT, rank=HIDDEN),
    Column("not_started", Kind.COUNT, rank=HIDDEN),
    Column("blocked", Kind.COUNT, rank=HIDDEN),
    Column("cancelled", Kind.COUNT, rank=HIDDEN),
    Column("overdue", Kind.COUNT, rank=3, bad=True),
    Column("due_soon", Kind.COUNT, rank=HIDDEN),
    Column("planned_percent", Kind.PERCENT, rank=4),
    Column("actual_percent", Kind.PERCENT),
    Column("verified_percent", Kind.PERCENT, rank=6),
    Column("deviation", Kind.POINTS),
    Column("spi", Kind.RATIO, rank=HIDDEN),
    Column("spi_time", Kind.RATIO, rank=HIDDEN),
    Column("forecast_finish", Kind.DATE, rank=HIDDEN),
    Column("past_day_100", Kind.COUNT, rank=HIDDEN),
    Column("on_time_percent", Kind.PERCENT, rank=6),
    Column("spent_percent", Kind.PERCENT, rank=HIDDEN),
    Column("red", Kind.COUNT, rank=2, bad=True),
    Column("orange", Kind.COUNT, rank=2),
    Column("yellow", Kind.COUNT, rank=7),
    Column("green", Kind.COUNT, rank=8),
    Column("blue", Kind.COUNT, rank=8),
    Column("grey", Kind.COUNT, rank=8),
)


def list_parties(material: Material, by: str) -> Table:
    """Everybody with milestones, whoever has most red first, then most orange, then behind most.

    What belongs to nobody stands in a row without id, so that counts add up; but by district a
    milestone counts in each of its districts, as far as it is done there.
    """
    mine: dict[str | None, list[Standing]] = {}
    for one in material.tracking.standings:
        for party, part in _parts(one, by, material):
            mine.setdefault(party, []).append(part)
    names = _names(material, by)
    rows = [_row(material, party, names.get(party), held) for party, held in mine.items()]
    ids = [column.id for column in COLUMNS]
    red, orange, behind = (ids.index(name) for name in ("red", "orange", "deviation"))

    def urgency(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        counts = row[red], row[orange], row[behind]
        return *(-count if isinstance(count, int) else 0 for count in counts[:2]), counts[2]

    rows.sort(key=lambda row: str(row[0] or ""))
    rows.sort(key=urgency)
    bar = ("actual_percent", "planned_percent")
    return Table(TABLES[by], COLUMNS, tuple(rows), message("none.rows"), bar=bar)


def _parts(one: Standing, by: str, material: Material) -> Iterator[tuple[str | None, Standing]]:
    """Who has part in a milestone, each with that part of it."""
    if by == "owner":
        yield owner_of(one.milestone, one.program), one
    elif by == "group":
        yield one.program.group, one
    else:
        asked = {place.id for place in material.plan.districts}
        asked = asked & material.asked or asked
        for place in one.case.places:
            if place in asked:
                yield place, one.in_district(place)
        if one.case.owner in asked and not one.case.places:
            yield one.case.owner, one


def _names(material: Material, by: str) -> dict[str | None, str | Message]:
    plan = material.plan
    names: dict[str | None, str | Message] = {}
    if by == "owner":
        names = {None: message("party.nobody")} | {one.id: one.name for one in plan.owners}
        names |= {one.id: message("load.camat", name=one.name) for one in plan.districts}
    elif by == "group":
        names = {None: message("gantt.no_group")} | {one.id: one.name for one in plan.groups}
    else:
        names |= {one.id: one.name for one in plan.districts}
    return names


def _row(
    material: Material, party: str | None, name: str | Message | None, mine: Iterable[Standing]
) -> tuple[Cell, ...]:
    mine = list(mine)
    found = figures_of([one.case for one in mine], material.tracking.calendars, material.as_of)
    colours = [one.verdict.colour for one in mine if one.verdict]
    return party, name, *_figures(found), *(colours.count(colour) for colour in WORST_FIRST)


def _figures(found: Figures) -> tuple[Cell, ...]:
    """The figures in the order of the columns between the name and the colours."""
    ids = [column.id for column in COLUMNS if column.id not in {"id", "name", *WORST_FIRST}]
    return tuple(getattr(found, name) for name in ids)
