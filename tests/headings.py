"""What heads the reports that tests and the bench make without a plan."""

from __future__ import annotations

from datetime import date

from banyuasin_plan.report import Heading

HEADING = Heading(
    plan="uji",
    name="Rencana uji",
    notice=None,
    as_of=date(2025, 4, 10),
    held=False,
    day=50,
    days=100,
    last_day=date(2025, 5, 30),
    office_day=29,
    office_days=59,
    week=8,
)
"""Day 50 of a plan without notice, whose data date is today's."""
