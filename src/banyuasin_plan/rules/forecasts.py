"""Rules about dates that will not hold: promises the schedule misses, work past the last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.rules.scope import PlacedMilestone, Scope
    from banyuasin_plan.words import Message


def past_due(scope: Scope) -> Iterator[Finding]:
    """A promise that the schedule misses.

    What it finds. An open milestone whose `due` lies before the day on which it can finish: by the
    plan as written, or, while the promise is still to come, by its forecast on the data date. That
    a promise has passed is alone no finding; `plan overdue` shows those.

    Why it matters. The date was promised and the plan itself says that it will be missed. Now there
    is time to do something about it, the day after there is only time to explain.

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
            start: 2025-04-14
          - id: gertas-02
            name: Bibit dibagikan
            duration: 10d
            after: [gertas-01]
            due: 2025-04-25  # <- W309
    ```

    How to mend it. `plan why` shows what holds it. Let it begin earlier, shorten what is before it,
    or move the promise with a reason under `moved`.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            start: 2025-04-14
          - id: gertas-02
            name: Bibit dibagikan
            duration: 10d
            after: [gertas-01]
            due: 2025-05-08
    ```
    """
    written, forecast = scope.written_finish, scope.forecast_finish
    if not written or not forecast or not scope.calendars:
        return
    for one in _unfinished(scope):
        due = one.value.due
        begin = one.value.start or one.value.not_before
        if due is None or (begin and begin > due):
            continue
        finish, key = written.get(one.value.id, due), "past_due"
        if finish <= due and due >= scope.today:
            finish, key = forecast.get(one.value.id, due), "past_due.forecast"
        if finish > due:
            days = scope.calendars.office_days(due, finish)
            said = message(key, day=finish, due=due, days=days)
            yield Finding((*one.path, "due"), said, _what_holds(scope, one.value.id, key))


def past_last_day(scope: Scope) -> Iterator[Finding]:
    """A milestone that will not be done by the plan's last day.

    What it finds. An open milestone without a `due` whose forecast lies after the last day. Of
    a chain of milestones only the first is reported.

    Why it matters. It belongs to the hundred days and will not be there when they are over.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01  # <- W310
            name: Daftar pekarangan disahkan
            duration: 10d
            not_before: 2025-05-26
          - id: gertas-02
            name: Bibit dibagikan
            duration: 5d
            after: [gertas-01]
    ```

    How to mend it. Find what holds it with `plan why` and shorten it, or name what can be shown by
    the last day and make that the milestone. Where the plan itself is over, give it its `as_of`.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 3d
            not_before: 2025-05-14
          - id: gertas-02
            name: Bibit dibagikan
            duration: 5d
            after: [gertas-01]
    ```
    """
    forecast = scope.forecast_finish
    if not forecast or not scope.calendars:
        return
    last = scope.calendars.last_day
    promised = {one.value.id for one in scope.milestones if one.value.due and one.value.due > last}
    over = message("past_last_day.over", today=scope.today) if scope.today > last else None
    late = {name for name, finish in forecast.items() if finish > last}
    for one in _unfinished(scope):
        if one.value.due or one.value.id not in late:
            continue
        if not any(link.id in late - promised for link in one.value.after):
            said = message("past_last_day", day=forecast[one.value.id], last=last)
            hint = message("past_last_day.help", name=one.value.id)
            yield Finding((*one.path, "id"), said, over or hint)


def _what_holds(scope: Scope, name: str, key: str) -> Message:
    """What would help, with the milestone that drives this one where one does."""
    drivers = scope.written_driver if key == "past_due" else scope.forecast_driver
    driver = drivers.get(name)
    if driver:
        return message("past_due.driven", name=name, driver=driver)
    return message("past_due.help", name=name)


def _unfinished(scope: Scope) -> Iterator[PlacedMilestone]:
    """Milestones that are still to be finished, as far as their facts could be read."""
    return (
        one
        for one in scope.milestones
        if not one.value.cancelled and not scope.may_be_finished(one)
    )
