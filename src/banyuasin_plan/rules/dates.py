"""Rules about days: in order, inside the plan, in reach, and measured against a baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.schedule import reached
from banyuasin_plan.schedule.calendar import LONGEST, as_date
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.plan.head import OwnerCalendar
    from banyuasin_plan.rules.scope import Scope


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


def _calendars(scope: Scope) -> Iterator[tuple[Path, OwnerCalendar]]:
    if scope.head:
        yield ("plan", "calendar"), scope.head.calendar
    for office in scope.offices:
        if office.value.calendar:
            yield (*office.path, "calendar"), office.value.calendar
