"""The days that an answer can mean: those that the form's own checks let pass."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.form import Value
    from banyuasin_plan.intake.drafts import Work
    from banyuasin_plan.words import Message


def far_off(work: Work, value: Value) -> Message | None:
    """Why a day can't be meant; a number in a cell for dates becomes one of 1905 or of 1899."""
    calendars = work.facts.loaded.scope.calendars
    if not isinstance(value, date) or calendars is None:
        return None
    if work.form.kind == "planning":
        first, last = calendars.head.first, calendars.plans_until
    else:
        first, last = calendars.head.facts_from, work.terms.day
    if first <= value <= last:
        return None
    return message("intake.far_off", given=value, first=first, last=last)
