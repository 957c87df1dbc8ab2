"""Where it reaches: deliveries by district, each late one, and how far every programme gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Column, Kind, Table
from banyuasin_plan.reports.weekly.excerpts import excerpt
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.report import Cell, Piece
    from banyuasin_plan.reports import Material
    from banyuasin_plan.reports.coverage import Coverage

DISTRICTS = (
    *("name", "programs", "reached", "asked", "delivered", "late", "to_come"),
    *("last_delivery", "next_due", "forecast_finish", "days_late"),
)
PROGRAMS = (
    *("name", "lead", "applies", "reached", "complete", "asked", "delivered", "late", "to_come"),
    *("next_due", "forecast_finish", "unplanned"),
)
LATE = (
    Column("district", Kind.TEXT),
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("owner", Kind.ID),
    Column("due", Kind.DATE),
    Column("days_late", Kind.COUNT, bad=True),
)


def districts(material: Material) -> tuple[Piece, ...]:
    """`plan coverage` on paper, with every late delivery; nothing where no district is asked."""
    if not material.plan.districts:
        return ()
    from banyuasin_plan.reports import coverage

    found = coverage.coverage_of(material)
    if not found.shares:
        return ()
    every, programs = coverage.districts_of(found), _short(coverage.programs_of(found))
    none = message("none.late_deliveries")
    return (
        coverage.figures_of(found),
        excerpt(every, "districts", *DISTRICTS),
        Table("late_deliveries", LATE, tuple(_late(found)), none, aside=True),
        *((excerpt(programs, "reach", *PROGRAMS),) if programs.rows else ()),
    )


def _short(programs: Table) -> Table:
    """Those that do not reach every district where they apply."""
    at = {column.id: place for place, column in enumerate(programs.columns)}
    rows = (row for row in programs.rows if row[at["reached"]] != row[at["applies"]])
    return programs._replace(rows=tuple(rows))


def _late(found: Coverage) -> Iterator[tuple[Cell, ...]]:
    """What should have been delivered by now, district by district, the oldest first."""
    day = found.material.as_of
    for place in found.places:
        late = (one for one in found.shares.get(place.id, ()) if one.late_on(day))
        for one in sorted(late, key=lambda one: one.due):
            held = one.milestone
            yield place.name, held.id, held.name, one.owner, one.due, (day - one.due).days
