"""Who waits for whom: the one most waited for, what is late or near, chains through several."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from banyuasin_plan.reports.due import DAYS
from banyuasin_plan.reports.weekly.excerpts import cards_of, excerpt, tables_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.report import Piece, Table
    from banyuasin_plan.reports import Material

HANDOFFS = (
    *("waiting", "name", "waits_for", "needs_name", "promised_on", "forecast_finish"),
    *("days_late", "slack", "agreed"),
)
OWNERS = ("name", "waited_for", "waiting_owners", "late", "implied_links", "least_slack", "waits")
CHAINS = ("agencies", "path", "ends_with", "name", "forecast_finish", "total_float")
MOST = 10
"""How many owners and chains a sheet names."""


def handoffs(material: Material) -> tuple[Piece, ...]:
    """`plan handoffs` on paper; nothing where nobody waits for anybody."""
    if not any(one.milestone.after for one in material.tracking.standings):
        return ()
    from banyuasin_plan.reports.handoffs import report

    made = report(material)
    tables = tables_of(made)
    if not tables["handoffs"].rows:
        return ()
    last = material.as_of + timedelta(DAYS)
    chains = excerpt(tables["chains"], "chains", *CHAINS, most=MOST)
    return (
        cards_of(made),
        excerpt(tables["owners"], "waited_for", *OWNERS, most=MOST),
        excerpt(_near(tables["handoffs"], last), "handoffs", *HANDOFFS),
        *((chains,) if chains.rows else ()),
    )


def _near(table: Table, last: date) -> Table:
    """Those that are late or promised by that day, and how many come after it."""
    at = [column.id for column in table.columns].index("promised_on")
    rows = tuple(row for row in table.rows if isinstance(day := row[at], date) and day <= last)
    left = len(table.rows) - len(rows)
    more = message("weekly.later", count=left) if left else None
    return table._replace(rows=rows, more=more)
