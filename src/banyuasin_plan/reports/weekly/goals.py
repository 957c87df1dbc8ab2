"""Which goals the programmes serve: how far each is, and what nobody serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Note
from banyuasin_plan.reports.weekly.excerpts import excerpt, figures_of, tables_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.report import Piece
    from banyuasin_plan.reports import Material

GOALS = (
    *("goal", "wording", "programs", "milestones", "done", "overdue", "planned_percent"),
    *("actual_percent", "deviation", "worst", "weight_percent", "budget"),
)
PROGRAMS = ("id", "name", "status", "milestones", "weight_percent")


def goals(material: Material) -> tuple[Piece, ...]:
    """`plan align` on paper, with its chart; nothing where the plan names no goal."""
    if not material.plan.goals:
        return ()
    from banyuasin_plan.reports.align import BY_GOAL, report

    made = report(material)
    tables = tables_of(made)
    goals, programs = tables["goals"], tables["programs"]
    sets = (column.id for column in programs.columns if column.head is not None)
    rest = (excerpt(tables[name], name, *ids) for name, ids in REST if tables[name].rows)
    return (
        figures_of(made),
        BY_GOAL._replace(many=len(goals.rows)),
        excerpt(goals, "goals", *GOALS),
        *rest,
        excerpt(programs, "services", *PROGRAMS, *sets),
        Note(message("align.through")),
    )


REST = (
    ("unserved", ("goal", "set_name", "wording")),
    ("aimless", ("id", "name", "lead", "milestones")),
)
