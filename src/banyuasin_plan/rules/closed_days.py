"""Rules about days on which offices are closed, and holidays that are not settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.plan.head import OwnerCalendar
from banyuasin_plan.schedule.calendar import as_date, holidays_of
from banyuasin_plan.schedule.closings import closing_of
from banyuasin_plan.schedule.holidays import SOURCES
from banyuasin_plan.schedule.network import duration_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from banyuasin_plan.rules.scope import PlacedMilestone, Scope
    from banyuasin_plan.schedule.calendar import Calendar
    from banyuasin_plan.words import Message


def due_closed(scope: Scope) -> Iterator[Finding]:
    """A due date on which its owner does not work.

    What it finds. A due date on a weekend, a public holiday, a day of joint leave or another day on
    which the owner is closed. Events, which take no time, may fall on any day.

    Why it matters. Nobody is in the office to finish the work or to receive it. It is done the
    working day before, or it is late the morning after, and those who expect it on that day are
    told so by nobody.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 3d
            due: 2025-03-31  # <- W303
    ```

    How to mend it. Move the due date to a working day; the one before is named. If the office does
    work on that day, as a hospital may, say so under `open` in its calendar. A due date that is
    meant is accepted where it stands: `# plan: accept W303 because` and the reason.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 3d
            due: 2025-03-27
    ```
    """
    for one, due, calendar, why in _on_closed_days(scope, "due"):
        open_day = as_date(calendar.last_before(due.toordinal()))
        said = message("due_closed", day=due, why=why)
        yield Finding((*one.path, "due"), said, message("due_closed.help", day=open_day))


def start_closed(scope: Scope) -> Iterator[Finding]:
    """A fixed start of work on a day on which its owner does not work.

    What it finds. A `start` on a weekend, a public holiday, a day of joint leave or another day on
    which the owner is closed. Events, which take no time, may fall on any day.

    Why it matters. Work cannot begin when the office is closed. The schedule moves it to the next
    working day, which after Lebaran is more than a week later, and all that waits for it moves
    along.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 3d
            start: 2025-03-28  # <- W304
    ```

    How to mend it. Move the start to a working day; the next one is named. If the office does work
    on that day, say so under `open` in its calendar.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 3d
            start: 2025-04-08
    ```
    """
    for one, start, calendar, why in _on_closed_days(scope, "start"):
        open_day = as_date(calendar.first_from(start.toordinal()))
        said = message("start_closed", day=start, why=why)
        yield Finding((*one.path, "start"), said, message("start_closed.help", day=open_day))


def holidays_unknown(scope: Scope) -> Iterator[Finding]:
    """A year of the plan whose public holidays are not in the table yet.

    What it finds. A plan that runs into a year for which the joint decree of the ministers on
    public holidays and joint leave was not known when this version was made.

    Why it matters. Lebaran alone takes a week of offices out of the plan. With those days counted
    as worked, every date behind them is too early.

    Example.

    ```yaml
    plan:
      id: contoh-2031
      name: Rencana kerja 100 hari
      start: 2031-02-20  # <- W306
    ```

    How to mend it. Use a newer version. Until there is one, take the days from the decree, write
    them under `closed` and set `holidays` to `none`: then the table is not asked.

    ```yaml
    plan:
      id: contoh-2031
      name: Rencana kerja 100 hari
      start: 2031-02-20
      calendar:
        holidays: none
        closed:
          - {from: 2031-03-24, to: 2031-03-26, why: Hari libur menurut SKB}
    ```
    """
    if not scope.head or not scope.calendars or scope.head.calendar.holidays == "none":
        return
    if not scope.reads(("plan",), "days", "count", "calendar"):
        return
    years = range(scope.head.start.year, scope.calendars.last_day.year + 1)
    missing = [year for year in years if year not in SOURCES]
    if missing:
        known = f"{min(SOURCES)}-{max(SOURCES)}"
        said = message("holidays_unknown", year=str(missing[0]), known=known)
        yield Finding(("plan", "start"), said, message("holidays_unknown.help"))


def holidays_estimated(scope: Scope) -> Iterator[Finding]:
    """A plan that runs over a holiday whose day is not settled yet.

    What it finds. A plan that contains a holiday which waits for the sighting of the moon and is
    still an estimate in this version's table.

    Why it matters. If the day moves, every date around it moves: Lebaran closes offices for more
    than a week.

    Example.

    ```yaml
    plan:
      id: contoh-2027
      name: Rencana kerja 100 hari
      start: 2027-02-20  # <- W312
      as_of: 2027-02-20
    ```

    How to mend it. Use a newer version once the joint decree is out; until then accept it here with
    a reason, and look again at whatever lies in the weeks around that day.

    ```yaml
    plan:
      id: contoh-2027
      name: Rencana kerja 100 hari
      # plan: accept W312 because SKB 2027 belum terbit
      start: 2027-02-20
      as_of: 2027-02-20
    ```
    """
    head, calendars = scope.head, scope.calendars
    if not head or not calendars or not scope.reads(("plan",), "days", "count", "calendar"):
        return
    first, last = as_date(calendars.first), calendars.last_day
    for one in holidays_of(head):
        if one.estimated and first <= one.day <= last:
            holiday = message("closed.holiday", id=one.name_id, en=one.name_en)
            said = message("holidays_estimated", holiday=holiday, day=one.day)
            yield Finding(("plan", "start"), said, message("holidays_estimated.help"))
            return


def _on_closed_days(
    scope: Scope, key: str
) -> Iterator[tuple[PlacedMilestone, date, Calendar, Message | str]]:
    """Work with a day under that key on which its owner, whose days are known, is closed; why."""
    if not scope.head or not scope.calendars or not scope.reads(("plan",), "calendar"):
        return
    known = {
        office.value.id: office.value.calendar or OwnerCalendar()
        for office in scope.offices
        if scope.reads(office.path, "calendar")
    }
    for one in scope.milestones:
        day, calendar = getattr(one.value, key), scope.calendars.of(one.owner)
        own = known.get(one.owner) if one.owner else OwnerCalendar()
        if not day or own is None or not scope.reads_owner(one):
            continue
        if not calendar.works(day.toordinal()) and duration_of(one.value, calendar).days:
            yield one, day, calendar, closing_of(scope.head, own, day)
