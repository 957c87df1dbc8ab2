"""Rules about days: in order, inside the plan, on open days, and what links make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.plan.model import OwnerCalendar
from banyuasin_plan.schedule import reached, too_early
from banyuasin_plan.schedule.calendar import LONGEST, as_date
from banyuasin_plan.schedule.closings import closing_of
from banyuasin_plan.schedule.holidays import SOURCES
from banyuasin_plan.schedule.network import duration_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.plan.model import District, Owner
    from banyuasin_plan.rules.scope import Placed, PlacedMilestone, Scope
    from banyuasin_plan.schedule.calendar import Calendar
    from banyuasin_plan.words import Message


def reversed_days(scope: Scope) -> Iterator[Finding]:
    """A stretch of days that ends before it begins.

    What it finds. Closed or open days whose `to` lies before their `from`; a milestone that is due
    before its `start` or `not_before`; a `prepare_from` after the plan's first day.

    Why it matters. Such days close nothing and open nothing, so work is planned on days on which
    nobody is there. A milestone that is due before it may begin is late before anybody has touched
    it.

    Example.

    ```yaml
    owners:
      - id: rsud
        name: RSUD Banyuasin
        calendar:
          closed:
            - from: 2025-03-12
              to: 2025-03-10  # <- E301
    programs:
      - id: gertas
        name: Gertas
        lead: rsud
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            start: 2025-03-10
            due: 2025-03-07  # <- E301
    ```

    How to mend it. Look which of the two days is the wrong one; most often they were exchanged, or
    the month was not changed.

    ```yaml
    owners:
      - id: rsud
        name: RSUD Banyuasin
        calendar:
          closed:
            - from: 2025-03-10
              to: 2025-03-12
    programs:
      - id: gertas
        name: Gertas
        lead: rsud
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            start: 2025-03-03
            due: 2025-03-07
    ```
    """
    head = scope.head
    if head and head.prepare_from and head.prepare_from > head.start:
        said = message("reversed_days.prepare", first=head.prepare_from, start=head.start)
        yield Finding(("plan", "prepare_from"), said)
    for path, calendar in _calendars(scope):
        for key in ("closed", "open"):
            for place, period in enumerate(getattr(calendar, key)):
                if period.first > period.last:
                    said = message("reversed_days", first=period.first, last=period.last)
                    yield Finding((*path, key, place, "to"), said)
    for one in scope.milestones:
        start, due = one.value.start or one.value.not_before, one.value.due
        if start and due and start > due:
            said = message("reversed_days.due", start=start, due=due)
            yield Finding((*one.path, "due"), said)


def outside_plan(scope: Scope) -> Iterator[Finding]:
    """A due date or a start before the plan begins or after its last day.

    What it finds. A `due`, a `start` or a `not_before` that lies before the plan's first day, or
    before `prepare_from` where that is given, or after its last day.

    Why it matters. What is due after day 100 is not part of what was promised for day 100, though
    it is counted as if it were. Often it is a slip in the year or the month.

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
            not_before: 2025-02-10  # <- W302
          - id: gertas-02
            name: Bibit dibagikan
            due: 2025-06-20  # <- W302
    ```

    How to mend it. Correct the date. If work really begins earlier, set `prepare_from` in the plan;
    if it ends later, name what can be shown by the last day and make that the milestone. A date
    that is meant is accepted where it stands: `# plan: accept W302 because` and the reason.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 3d
            not_before: 2025-02-14
          - id: gertas-02
            name: Bibit dibagikan
            due: 2025-05-28
    ```
    """
    if not scope.calendars or not scope.reads(
        ("plan",), "days", "count", "prepare_from", "calendar"
    ):
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


def start_against_link(scope: Scope) -> Iterator[Finding]:
    """A fixed start before what its links allow.

    What it finds. A `start` that lies before the first day on which everything the milestone waits
    for is there.

    Why it matters. The schedule keeps the fixed day, so on paper all is well. In the office the
    work begins without the list, the decree or the money it needs, or it does not begin and nobody
    has planned for that.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            start: 2025-03-03
          - id: gertas-02
            name: Bibit dibagikan
            duration: 3d
            after: [gertas-01]
            start: 2025-03-05  # <- W305
    ```

    How to mend it. Move the start, loosen the link if the work can begin earlier after all, or
    write `not_before` instead of `start`: then the links have the last word.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            start: 2025-03-03
          - id: gertas-02
            name: Bibit dibagikan
            duration: 3d
            after: [gertas-01]
            not_before: 2025-03-05
    ```
    """
    if scope.early is None:
        return
    allowed = too_early(scope.early)
    for one in scope.milestones:
        earliest = allowed.get(one.value.id)
        if earliest:
            said = message("start_against_link", day=one.value.start, earliest=earliest)
            yield Finding((*one.path, "start"), said, message("start_against_link.help"))


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


def too_long(scope: Scope) -> Iterator[Finding]:
    """A schedule that spans more than a hundred years.

    What it finds. Milestones that, one after the other, reach further than a hundred years after
    the plan's first day. The first one beyond is named.

    Why it matters. No plan of a hundred days gets there but by a slip: a zero too many in a
    duration or a lag, or an office that is closed almost always. Dates that far off are not worked
    out.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 10000d
          - id: gertas-02
            name: Bibit dibagikan
            duration: 10000d
            after: [gertas-01]
          - id: gertas-03  # <- E307
            name: Panen pertama
            duration: 10000d
            after: [gertas-02]
    ```

    How to mend it. Look at the durations, lags and closed days of the milestone and of those it
    waits for.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 10d
          - id: gertas-02
            name: Bibit dibagikan
            duration: 10d
            after: [gertas-01]
          - id: gertas-03
            name: Panen pertama
            duration: 10d
            after: [gertas-02]
    ```
    """
    if not scope.head or scope.early is None:
        return
    last = as_date(scope.head.start.toordinal() + LONGEST)
    finish = reached(scope.early)
    for one in scope.milestones:
        if finish.get(one.value.id, last) > last:
            yield Finding((*one.path, "id"), message("too_long"), message("too_long.help"))
            return


def baseline_unread(scope: Scope) -> Iterator[Finding]:
    """A baseline that is not there or can't be read.

    What it finds. The key `baseline` in the plan, where no such baseline is saved in the folder
    `baselines` beside the plan, or its file can't be read or belongs to another plan.

    Why it matters. Whoever names a baseline expects planned values to come from it, so that a moved
    due date still shows as a delay. Without it they are taken from the due dates as they stand, and
    a plan that moves its promises looks better than it is.

    Example.

    ```yaml
    plan:
      id: contoh-100
      name: Rencana kerja 100 hari
      start: 2025-02-20
      baseline: awal  # <- W308
    ```

    How to mend it. Save it with `plan baseline save`, correct the name (`plan baseline list` shows
    those there are), or take the key out. A file that was damaged comes back out of git, or from
    `plan baseline save` with `--force`, which keeps the dates as they are now.

    ```yaml
    plan:
      id: contoh-100
      name: Rencana kerja 100 hari
      start: 2025-02-20
    ```
    """
    if scope.head and scope.head.baseline and scope.baseline is None:
        said = scope.no_baseline or message("baseline_unread", name=scope.head.baseline)
        yield Finding(("plan", "baseline"), said, message("baseline_unread.help"))


def _on_closed_days(
    scope: Scope, key: str
) -> Iterator[tuple[PlacedMilestone, date, Calendar, Message | str]]:
    """Work with a day under that key on which its owner, whose days are known, is closed; why."""
    if not scope.head or not scope.calendars or not scope.reads(("plan",), "calendar"):
        return
    known = {
        office.value.id: office.value.calendar or OwnerCalendar()
        for office in _offices(scope)
        if scope.reads(office.path, "calendar")
    }
    for one in scope.milestones:
        day, calendar = getattr(one.value, key), scope.calendars.of(one.owner)
        own = known.get(one.owner) if one.owner else OwnerCalendar()
        if not day or own is None or not scope.reads_owner(one):
            continue
        if not calendar.works(day.toordinal()) and duration_of(one.value, calendar).days:
            yield one, day, calendar, closing_of(scope.head, own, day)


def _calendars(scope: Scope) -> Iterator[tuple[Path, OwnerCalendar]]:
    if scope.head:
        yield ("plan", "calendar"), scope.head.calendar
    for office in _offices(scope):
        if office.value.calendar:
            yield (*office.path, "calendar"), office.value.calendar


def _offices(scope: Scope) -> tuple[Placed[Owner] | Placed[District], ...]:
    return (*scope.owners, *scope.districts)
