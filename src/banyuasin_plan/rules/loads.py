"""Rules about capacity: what no order of work can mend, and promises that only it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.schedule import calendars_of, schedule_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from banyuasin_plan.rules.scope import PlacedMilestone, Scope
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.schedule.loads import Overload

MOST_MORE = 5
"""How much capacity is added, one by one, to find what would keep a promise."""

MOST_WORK = 20_000
"""Milestones that are scheduled again for that, in all."""


def overloaded(scope: Scope) -> Iterator[Finding]:
    """An office with more on some days than it can carry, whatever is put off.

    What it finds. Days on which fixed starts or work under way alone put more load on an owner than
    its `capacity`. The milestone that begins last is reported, with the days and all that adds to
    them.

    Why it matters. The schedule moves what it can; fixed starts and work that has begun it cannot.
    On those days something will not be done, and nobody has decided what.

    Example.

    ```yaml
    owners:
      - id: dinsos
        name: Dinas Sosial
        capacity: 1
    programs:
      - id: gertas
        name: Gertas
        lead: dinsos
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            start: 2025-04-21
          - id: gertas-02
            name: Bibit dibagikan
            duration: 5d
            start: 2025-04-23  # <- W315
    ```

    How to mend it. Write `not_before` instead of `start` where the day need not be that one: then
    one waits for the other. Or give one of them to somebody else, or raise the capacity if it was
    set too low.

    ```yaml
    owners:
      - id: dinsos
        name: Dinas Sosial
        capacity: 1
    programs:
      - id: gertas
        name: Gertas
        lead: dinsos
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            start: 2025-04-21
          - id: gertas-02
            name: Bibit dibagikan
            duration: 5d
            not_before: 2025-04-23
    ```
    """
    if not _limited(scope) or scope.forecast is None:
        return
    placed = {one.value.id: one for one in scope.milestones}
    for overload in scope.forecast.overloads:
        if len(overload.milestones) > 1:  # one alone is a capacity that is too small (W508)
            yield _overload(overload, placed, scope.forecast)


def due_against_capacity(scope: Scope) -> Iterator[Finding]:
    """A promise that only an office's capacity breaks.

    What it finds. An open milestone that would be done by its `due` if everybody could do all their
    work at once, but not with the capacities as they are. The office that is full is named, and,
    where it is that alone, how much it would have to carry.

    Why it matters. No link and no date is wrong here; each plan by itself can be kept. Together
    they ask more of one office than it has, and the office knows it only when it is too late.

    Example.

    ```yaml
    owners:
      - id: dinsos
        name: Dinas Sosial
        capacity: 1
    programs:
      - id: gertas
        name: Gertas
        lead: dinsos
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            not_before: 2025-04-21
            due: 2025-04-25
          - id: gertas-02
            name: Bibit dibagikan
            duration: 5d
            not_before: 2025-04-21
            due: 2025-04-28  # <- W316
    ```

    How to mend it. Put one of them off, give it to somebody else, or free more people: the capacity
    that would do is named. `plan load` shows the weeks, `plan whatif` tries a change.

    ```yaml
    owners:
      - id: dinsos
        name: Dinas Sosial
        capacity: 2
    programs:
      - id: gertas
        name: Gertas
        lead: dinsos
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            not_before: 2025-04-21
            due: 2025-04-25
          - id: gertas-02
            name: Bibit dibagikan
            duration: 5d
            not_before: 2025-04-21
            due: 2025-04-28
    ```
    """
    if not _limited(scope) or scope.forecast is None or scope.calendars is None:
        return
    free = scope.forecast_finish
    tried: dict[tuple[str, int], Schedule] = {}
    for one in scope.milestones:
        name, due = one.value.id, one.value.due
        slot = scope.forecast.slots.get(name)
        if not due or not slot or one.value.finished or one.value.cancelled or due < scope.today:
            continue
        if free.get(name, due) <= due < slot.finish:
            owner = _full(name, scope.forecast)
            if owner is None:
                continue
            days = scope.calendars.office_days(due, slot.finish)
            said = message("due_against_capacity", owner=owner, day=slot.finish, due=due, days=days)
            enough = _enough(scope, name, owner, tried)
            hint = "due_against_capacity.help" if enough else "due_against_capacity.help_other"
            yield Finding((*one.path, "due"), said, message(hint, owner=owner, most=enough or 0))


def _limited(scope: Scope) -> bool:
    """Whether anybody's capacity counts, and the plan can be scheduled."""
    everybody = scope.plan.everybody() if scope.plan and scope.early else ()
    return any(one.capacity is not None for one in everybody)


def _overload(
    overload: Overload, placed: Mapping[str, PlacedMilestone], forecast: Schedule
) -> Finding:
    last = max(overload.milestones, key=lambda name: (forecast.slots[name].start, name))
    one = placed[last]
    said = message(
        "overloaded",
        owner=overload.owner,
        load=overload.load,
        most=overload.capacity,
        first=overload.first,
        last=overload.last,
        ids=overload.milestones,
    )
    key = "start" if one.value.start else "id"
    return Finding((*one.path, key), said, message("overloaded.help"))


def _full(name: str, forecast: Schedule) -> str | None:
    """The nearest office on the way back whose capacity holds the milestone up."""
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        driver = forecast.slots[name].driver
        if driver.kind == "capacity":
            return forecast.holders[name].owner
        if driver.kind != "link" or driver.id is None:
            return None
        name = driver.id
    return None


def _enough(
    scope: Scope, name: str, owner: str, tried: dict[tuple[str, int], Schedule]
) -> int | None:
    """The least capacity of that office with which the promise holds; None where none does."""
    from banyuasin_plan.plan.supposing import capacity_of, with_capacity

    plan, forecast = scope.plan, scope.forecast
    if plan is None or forecast is None:
        return None
    due = next(one.value.due for one in scope.milestones if one.value.id == name)
    now = capacity_of(plan, owner) or 0
    for most in range(now + 1, now + 1 + MOST_MORE):
        if (owner, most) not in tried:
            if len(tried) * len(forecast.slots) >= MOST_WORK:
                return None
            changed = with_capacity(plan, owner, most)
            tried[owner, most] = schedule_of(changed, calendars_of(changed), scope.today)
        if due and tried[owner, most].slots[name].finish <= due:
            return most
    return None
