"""Who waits for whom: the one most waited for, what is late or near, chains through several."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from banyuasin_plan.reports.weekly.excerpts import cards_of, excerpt
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.report import Piece
    from banyuasin_plan.reports import Material

HANDOFFS = (
    *("waiting", "name", "waits_for", "needs_name", "promised_on", "forecast_finish"),
    *("days_late", "slack", "agreed"),
)
OWNERS = ("name", "waited_for", "waiting_owners", "late", "implied_links", "least_slack", "waits")
CHAINS = ("agencies", "path", "ends_with", "name", "forecast_finish", "total_float")
MOST = 5
"""How many owners and chains a sheet names."""

DAYS = 7
"""How many calendar days ahead it looks."""


def handoffs(material: Material) -> tuple[Piece, ...]:
    """`plan handoffs` on paper; nothing where nobody waits for anybody."""
    if not any(one.milestone.after for one in material.tracking.standings):
        return ()
    from banyuasin_plan.reports import handoffs as made

    found = made.handoffs_of(material)
    if not found.waiting:
        return ()
    last = material.as_of + timedelta(DAYS)
    near = [one for one in found.waiting if one.promised <= last]
    later = len(found.waiting) - len(near)
    table = made.table_of(near, material)
    if later:
        table = table._replace(more=message("weekly.later", count=later))
    chains = excerpt(made.paths_of(found), "chains", *CHAINS, most=MOST)
    return (
        cards_of(made.figures_of(found)),
        excerpt(made.owners_of(found), "waited_for", *OWNERS, most=MOST),
        excerpt(table, "handoffs", *HANDOFFS),
        *((chains,) if chains.rows else ()),
    )
