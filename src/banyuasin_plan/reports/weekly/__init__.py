"""The week's workbook for whoever leads: one page that says it all, then the sheets behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Report, Sheet
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.weekly.changes import changes
from banyuasin_plan.reports.weekly.curve import curve
from banyuasin_plan.reports.weekly.dates import gantt, near, overdue
from banyuasin_plan.reports.weekly.districts import districts
from banyuasin_plan.reports.weekly.goals import goals
from banyuasin_plan.reports.weekly.guide import guide
from banyuasin_plan.reports.weekly.handoffs import handoffs
from banyuasin_plan.reports.weekly.matrix import matrix, of_owner
from banyuasin_plan.reports.weekly.owners import owners
from banyuasin_plan.reports.weekly.running import running
from banyuasin_plan.reports.weekly.summary import summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from banyuasin_plan.report import Piece

SHEETS: tuple[tuple[str, Callable[[Material], tuple[Piece, ...]]], ...] = (
    ("summary", summary),
    ("changes", changes),
    ("overdue", overdue),
    ("due", near),
    ("matrix", matrix),
    ("gantt", gantt),
    ("curve", curve),
    ("owners", owners),
    ("districts", districts),
    ("handoffs", handoffs),
    ("align", goals),
    ("sync", running),
    ("guide", guide),
)
"""The sheets in their order, each with what fills it; one that has nothing to say is left out."""


def report(material: Material, *, per_owner: bool = False) -> Report:
    """The week that the data date lies in; `per_owner` adds a sheet for every owner."""
    *sheets, last = [Sheet(name, pieces) for name, fill in SHEETS if (pieces := fill(material))]
    own = _own(material) if per_owner else ()
    return Report("weekly", heading_of(material), (*sheets, *own, last))


def _own(material: Material) -> Iterator[Sheet]:
    """A sheet for everybody who answers for anything."""
    for owner in material.plan.everybody():
        if pieces := of_owner(material, owner.id):
            yield Sheet(owner.id, pieces, title=owner.name)
