"""Rules about days: in order, inside the plan, on open days, and what links make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.schedule.calendar import LONGEST, as_date, holidays_of
from banyuasin_plan.schedule.holidays import SOURCES
from banyuasin_plan.schedule.network import duration_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.plan.model import OwnerCalendar
    from banyuasin_plan.rules.scope import Scope


def reversed_days(scope: Scope) -> Iterator[Finding]:
    """A stretch of days that ends before it begins."""
    head = scope.head
    if head and head.prepare_from and head.prepare_from > head.start:
        yield _reversed(("plan", "prepare_from"), head.prepare_from, head.start)
    for path, calendar in _calendars(scope):
        for key in ("closed", "open"):
            for place, period in enumerate(getattr(calendar, key)):
                if period.first > period.last:
                    yield _reversed((*path, key, place, "to"), period.first, period.last)
    for one in scope.milestones:
        start, due = one.value.start or one.value.not_before, one.value.due
        if start and due and start > due:
            yield _reversed((*one.path, "due"), start, due)


def outside_plan(scope: Scope) -> Iterator[Finding]:
    """A due date or a start before the plan begins or after its last day."""
    if not scope.head or not scope.calendars:
        return
    first, last = as_date(scope.calendars.first), scope.calendars.last_day
    for one in scope.milestones:
        for key in ("start", "not_before", "due"):
            day = getattr(one.value, key)
            if day and not first <= day <= last:
                side = "early" if day < first else "late"
                said = message(f"outside_plan.{side}", key=key, day=day, first=first, last=last)
                yield Finding((*one.path, key), said, message("outside_plan.help"))


def due_closed(scope: Scope) -> Iterator[Finding]:
    """A due date on which its owner does not work."""
    if not scope.calendars:
        return
    for one in scope.milestones:
        calendar = scope.calendars.of(one.owner)
        due = one.value.due
        if due and duration_of(one.value, calendar).days and not calendar.works(due.toordinal()):
            open_day = as_date(calendar.last_before(due.toordinal()))
            said = message("due_closed", day=due, why=_why_closed(scope, due))
            yield Finding((*one.path, "due"), said, message("due_closed.help", day=open_day))


def start_closed(scope: Scope) -> Iterator[Finding]:
    """A fixed start of work on a day on which its owner does not work."""
    if not scope.calendars:
        return
    for one in scope.milestones:
        calendar = scope.calendars.of(one.owner)
        start = one.value.start
        if (
            start
            and duration_of(one.value, calendar).days
            and not calendar.works(start.toordinal())
        ):
            open_day = as_date(calendar.first_from(start.toordinal()))
            said = message("start_closed", day=start, why=_why_closed(scope, start), moved=open_day)
            yield Finding((*one.path, "start"), said, message("start_closed.help", day=open_day))


def start_against_link(scope: Scope) -> Iterator[Finding]:
    """A fixed start before what its links allow."""
    if scope.schedule is None:
        return
    for one in scope.milestones:
        earliest = scope.schedule.contradicted.get(one.value.id)
        if earliest:
            said = message("start_against_link", day=one.value.start, earliest=earliest)
            yield Finding((*one.path, "start"), said, message("start_against_link.help"))


def holidays_unknown(scope: Scope) -> Iterator[Finding]:
    """A year of the plan whose public holidays are not in the table yet."""
    if not scope.head or not scope.calendars or scope.head.calendar.holidays == "none":
        return
    years = range(scope.head.start.year, scope.calendars.last_day.year + 1)
    missing = [year for year in years if year not in SOURCES]
    if missing:
        known = f"{min(SOURCES)}-{max(SOURCES)}"
        said = message("holidays_unknown", year=str(missing[0]), known=known)
        yield Finding(("plan", "start"), said, message("holidays_unknown.help"))


def too_long(scope: Scope) -> Iterator[Finding]:
    """A schedule that spans more than a hundred years."""
    if not scope.head or scope.schedule is None:
        return
    last = scope.head.start.toordinal() + LONGEST
    for one in scope.milestones:
        slot = scope.schedule.slots.get(one.value.id)
        if slot and slot.finish.toordinal() > last:
            yield Finding((*one.path, "id"), message("too_long"), message("too_long.help"))
            return


def baseline_unread(scope: Scope) -> Iterator[Finding]:
    """A baseline that this version does not read."""
    if scope.head and scope.head.baseline:
        said = message("baseline_unread", name=scope.head.baseline)
        yield Finding(("plan", "baseline"), said, message("baseline_unread.help"))


def _reversed(path: Path, first: date, last: date) -> Finding:
    return Finding(path, message("reversed_days", first=first, last=last))


def _calendars(scope: Scope) -> Iterator[tuple[Path, OwnerCalendar]]:
    if scope.head:
        yield ("plan", "calendar"), scope.head.calendar
    for owner in (*scope.owners, *scope.districts):
        if owner.value.calendar:
            yield (*owner.path, "calendar"), owner.value.calendar


def _why_closed(scope: Scope, day: date) -> object:
    """What closes a day, as far as the plan's calendar says: a holiday, a reason, the week."""
    if scope.head is None:
        return ""
    for holiday in holidays_of(scope.head):
        if holiday.day == day:
            return message("closed.holiday", id=holiday.name_id, en=holiday.name_en)
    for period in scope.head.calendar.closed:
        if period.first <= day <= period.last and period.why:
            return period.why
    return message(f"weekday.{day.weekday()}")
