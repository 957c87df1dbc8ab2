"""What already ran against what is new: taken on by whom and when, what is left without anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.reports.weekly.excerpts import excerpt, figures_of, tables_of

if TYPE_CHECKING:
    from banyuasin_plan.report import Piece
    from banyuasin_plan.reports import Material

TABLES = (
    ("nobody", ("id", "name", "owner", "ends")),
    ("gaps", ("running_name", "ends", "program", "takes_over", "from", "to", "days")),
    ("doubles", ("running", "program", "likeness", "explained")),
    ("ending", ("name", "owner", "ends", "days_left", "successors", "takes_over")),
    (
        "pairs",
        (
            *("running_name", "how", "owner_then", "name", "owner_now", "owner_changed"),
            *("by_milestones", "takes_over", "handed_over", "ends"),
        ),
    ),
    ("stopped", ("name", "owner", "decided_on", "by", "why")),
)
"""What is to be decided first, then what is in order; with the columns that have room."""


def running(material: Material) -> tuple[Piece, ...]:
    """`plan sync` on paper, without empty tables; nothing where the plan knows nothing running."""
    if not material.plan.inherited:
        return ()
    from banyuasin_plan.reports.sync import report

    made = report(material)
    found = tables_of(made)
    shown = (excerpt(found[name], name, *ids) for name, ids in TABLES if found[name].rows)
    return (figures_of(made), *shown)
