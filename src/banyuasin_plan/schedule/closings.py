"""What closes a day: a holiday, the plan, the owner, or the week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from banyuasin_plan.schedule.calendar import holidays_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.plan.head import OwnerCalendar, PlanHead
    from banyuasin_plan.words import Message

SATURDAY = 5


def closing_of(head: PlanHead, own: OwnerCalendar | None, day: date) -> Message | str:
    """What closes a closed day: a holiday, the plan or the owner with its reason, or the week."""
    for holiday in holidays_of(head):
        if holiday.day == day:
            return message("closed.holiday", id=holiday.name_id, en=holiday.name_en)
    for said, calendar in (("closed.plan", head.calendar), ("closed.owner", own)):
        for period in calendar.closed if calendar else ():
            if period.first <= day <= period.last:
                return period.why or message(said)
    return message(f"weekday.{day.weekday()}")


def closings_of(
    head: PlanHead, own: OwnerCalendar | None, first: date, last: date
) -> tuple[Message | str, ...]:
    """Everything that closes the days from first to last, each once, weekends not counted."""
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    causes = [closing_of(head, own, day) for day in days]
    told = [
        cause
        for day, cause in zip(days, causes, strict=True)
        if day.weekday() < SATURDAY or cause != message(f"weekday.{day.weekday()}")
    ]
    return tuple(dict.fromkeys(told or causes))
