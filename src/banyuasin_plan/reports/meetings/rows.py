"""The agenda in a few rows, for pages that are about more than meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Column, Kind, Table
from banyuasin_plan.reports.meetings.agenda import title_of
from banyuasin_plan.reports.meetings.stakes import stakes_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.reports import Material

AGENDA = (
    Column("meet_by", Kind.DATE),
    Column("offices", Kind.TEXT),
    Column("subject", Kind.SENTENCE),
    Column("chair", Kind.ID, rank=2),
    Column("days_saved", Kind.COUNT),
)
FIRST = 5
"""Meetings that such a page has room for."""


def agenda_of(material: Material, most: int | None = FIRST) -> Table:
    """The first meetings of the week; those it leaves out are counted."""
    stakes = stakes_of(material)
    shown = stakes[:most]
    rows = tuple(
        (one.meet_by, one.meeting.offices, title_of(one.meeting, material), one.chair, one.saved)
        for one in shown
    )
    left = len(stakes) - len(shown)
    more = message("weekly.more", count=left) if left else None
    return Table("meetings", AGENDA, rows, message("none.meetings"), more, aside=True)
