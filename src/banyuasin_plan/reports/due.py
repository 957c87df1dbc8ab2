"""What falls due in the days to come, the nearest first."""

from __future__ import annotations

from banyuasin_plan.report import HIDDEN, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.overdue import MILESTONES, row_of
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.words import message

DAYS = 14
"""How many calendar days ahead it looks unless told otherwise."""

NEVER_LATE = {"days_late", "office_days_late"}


def report(material: Material, within: int = DAYS) -> Report:
    """Every open milestone due from the data date to that many calendar days later."""
    last = as_date(material.as_of.toordinal() + within)
    soon = sorted(
        (
            one
            for one in material.tracking.standings
            if one.case.open and material.as_of <= one.case.due <= last
        ),
        key=lambda one: (one.case.due, one.urgency),
    )
    columns = tuple(
        column._replace(rank=HIDDEN) if column.id in NEVER_LATE else column for column in MILESTONES
    )
    empty = message("none.due", days=within)
    table = Table("milestones", columns, tuple(row_of(one) for one in soon), empty)
    return Report("due", heading_of(material), (table,))
