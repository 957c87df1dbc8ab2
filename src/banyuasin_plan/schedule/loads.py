"""Who carries what when: loads on limits, overloads, and who held a milestone up.

A limit's days are indexes: the working days of its calendar, counted.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, cast

from banyuasin_plan.schedule.calendar import as_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from banyuasin_plan.schedule.network import Activity, Limit, Network, Use
    from banyuasin_plan.schedule.passes import Spot


class Overload(NamedTuple):
    """Days in a row on which an owner or district carries more than it can.

    `load` is the most on any of these days; `milestones` are all that add to it, by id.
    """

    owner: str
    first: date
    last: date
    milestones: tuple[str, ...]
    load: int
    capacity: int


class Holding(NamedTuple):
    """Who kept a milestone from its place: the limit's id, and the milestones that filled it.

    `earlier` says that it lies before the place which its due date gave it, not behind its place.
    """

    owner: str
    milestones: tuple[str, ...]
    earlier: bool = False


@dataclass(slots=True)
class Load:
    """An activity on a limit: from a day's index until another, which is not included."""

    first: int
    until: int
    load: int
    place: int


def room_of(limit: Limit) -> int:
    """What levelling fills: the capacity; without any, one milestone at a time."""
    return limit.capacity or 1


def need_of(load: int, limit: Limit) -> int:
    """The load as levelling places it: who needs more than there is needs all of it."""
    room = limit.capacity or 1
    if load > room:
        return room
    return load


def days_on(limit: Limit, activity: Activity, spot: Spot, network: Network) -> tuple[int, int]:
    """The indexes of the days an activity occupies; of running work only what is to come."""
    first = spot.first
    if activity.running and network.data_date is not None:
        left = activity.running[2]
        first = max(first, network.data_date) if left else spot.last + 1
    return limit.calendar.count(first), limit.calendar.count(spot.last + 1)


def tight_limits(network: Network) -> frozenset[int]:
    """Limits that all their users together could overload."""
    sums = [0] * len(network.limits)
    for activity in network.activities:
        if use := activity.use:
            sums[use.limit] += need_of(use.load, network.limits[use.limit])
    return frozenset(
        place for place, limit in enumerate(network.limits) if sums[place] > room_of(limit)
    )


def loads_of(
    network: Network, spots: Sequence[Spot], limits: Collection[int], places: Iterable[int]
) -> dict[int, list[Load]]:
    """What these activities put on these limits."""
    found: dict[int, list[Load]] = {limit: [] for limit in limits}
    activities = network.activities
    for place in places:
        activity = activities[place]
        use = activity.use
        if use and use.limit in found:
            limit = network.limits[use.limit]
            first, until = days_on(limit, activity, spots[place], network)
            if first < until:
                found[use.limit].append(Load(first, until, use.load, place))
    return found


def crowded(loads: Sequence[Load], limit: Limit, network: Network) -> bool:
    """Whether the limit is overloaded on a day where something could be moved."""
    room = room_of(limit)
    changes: list[tuple[int, int, int]] = []
    for load in loads:
        need = need_of(load.load, limit)
        free = 0 if network.activities[load.place].still else 1
        changes.append((load.first, need, free))
        changes.append((load.until, -need, -free))
    changes.sort()
    total = movable = 0
    for (day, need, free), (following, _, _) in pairwise(changes):
        total += need
        movable += free
        if total > room and movable and following > day:
            return True
    return False


def overloads_of(network: Network, loads: Mapping[int, Sequence[Load]]) -> tuple[Overload, ...]:
    """Every stretch of days on which a limit carries more than its capacity, by id and day.

    `loads` are those of every limit.
    """
    return tuple(
        found
        for place, limit in enumerate(network.limits)
        if sum(load.load for load in loads[place]) > limit.capacity
        for found in _overloads(network, place, loads[place])
    )


def _overloads(network: Network, place: int, loads: Sequence[Load]) -> Iterator[Overload]:
    limit = network.limits[place]
    changes = sorted(
        change
        for load in loads
        for change in ((load.first, load.load, load.place), (load.until, -load.load, load.place))
    )
    active: set[int] = set()
    total, most, since = 0, 0, 0
    guilty: set[int] = set()
    for number, (day, change, one) in enumerate(changes):
        total += change
        if change > 0:
            active.add(one)
        else:
            active.discard(one)
        if number + 1 < len(changes) and changes[number + 1][0] == day:
            continue
        if total > limit.capacity:
            since = since if guilty else day
            guilty |= active
            most = max(most, total)
        elif guilty:
            yield _overload(network, limit, (since, day), guilty, most)
            guilty, most = set(), 0


def _overload(
    network: Network, limit: Limit, days: tuple[int, int], guilty: set[int], most: int
) -> Overload:
    first, until = days
    day = limit.calendar.day
    names = tuple(sorted(network.activities[one].id for one in guilty))
    last = day(until - 1)
    return Overload(limit.id, as_date(day(first)), as_date(last), names, most, limit.capacity)


def holdings_of(
    network: Network,
    spots: Sequence[Spot],
    moved: Mapping[int, bool],
    loads: Mapping[int, Sequence[Load]],
) -> dict[int, Holding]:
    """For activities that capacity moved: whose capacity, and who filled it.

    `moved` says whether it lies later than it would; then the working day just before it was full,
    else too much was taken between it and its due date. `loads` are those of every limit as the
    schedule stands.
    """
    asked: dict[int, list[tuple[range, int]]] = {}
    for place, later in moved.items():
        activity, spot = network.activities[place], spots[place]
        number = cast("Use", activity.use).limit  # who has none is not moved
        count = network.limits[number].calendar.count
        before, behind = count(spot.first), count(spot.last + 1)
        days = range(before - 1, before) if later else range(behind, count((activity.due or 0) + 1))
        asked.setdefault(number, []).append((days, place))
    found: dict[int, Holding] = {}
    for number in sorted(asked):
        carried = _carried(
            loads[number], sorted({day for days, _ in asked[number] for day in days})
        )
        for days, place in asked[number]:
            others = {load.place for day in days for load in carried.get(day, ())} - {place}
            names = tuple(sorted(network.activities[one].id for one in others))
            found[place] = Holding(network.limits[number].id, names, earlier=not moved[place])
    return found


def _carried(loads: Sequence[Load], days: Sequence[int]) -> dict[int, list[Load]]:
    """What is carried on some days."""
    found: dict[int, list[Load]] = {}
    for load in loads:
        for day in days[bisect_left(days, load.first) : bisect_left(days, load.until)]:
            found.setdefault(day, []).append(load)
    return found
