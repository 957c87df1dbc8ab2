"""Orders of the leadership: what was done about them by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.plan.model import Decision


def state_of(order: Decision, day: date) -> str:
    """`done`, `done_late` (after its date), `late` (its date has passed) or `open`."""
    if order.done:
        return "done_late" if order.due and order.done > order.due else "done"
    return "late" if order.due and order.due < day else "open"


def days_late(order: Decision, day: date) -> int:
    """Calendar days between its date and the day it was done, else this day; 0 where in time."""
    return max(((order.done or day) - order.due).days, 0) if order.due else 0
