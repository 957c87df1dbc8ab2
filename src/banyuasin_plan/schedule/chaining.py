"""The order that capacity imposed, as links: what one milestone gives free, the next one takes.

A limit is so many units; each activity takes its load from units that others have left, and waits
for these. The links so made hold the schedule together wherever its work is moved inside its float
(Policella, Smith, Cesta, Oddo, ICAPS 2004).
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.loads import need_of, room_of
from banyuasin_plan.schedule.network import Edge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from banyuasin_plan.schedule.loads import Load
    from banyuasin_plan.schedule.network import Network
    from banyuasin_plan.schedule.passes import Early


class Chained(NamedTuple):
    """A levelled network with the links that capacity adds.

    `ceilings` are instants by which an activity must end, where a link in their place would close
    a ring: where work begins before what it waits for, as a negative lag allows.
    """

    network: Network
    ceilings: dict[int, int]


def chained(early: Early, limits: Collection[int], loads: Mapping[int, Sequence[Load]]) -> Chained:
    """The network with each limit's units handed on from one activity to the next.

    `loads` are what the limits carry where the schedule stands.
    """
    network, spots = early.network, early.spots
    order = _in_time(early)
    position = _positions(order)
    pairs = {pair for number in sorted(limits) for pair in _chain(network, number, loads[number])}
    activities = list(network.activities)
    handed = list(map(Edge, range(len(activities))))
    ceilings: dict[int, int] = {}
    copied: set[int] = set()
    for first, then in sorted(pairs):
        if position[first] > position[then]:
            ceilings[first] = min(ceilings.get(first, spots[then].begin), spots[then].begin)
            continue
        for place in (first, then):
            if place not in copied:
                activities[place] = activities[place].copied()
                copied.add(place)
        activities[first].behind.append(handed[then])
        activities[then].before.append(handed[first])
    tied = network._replace(activities=tuple(activities), order=tuple(order))
    return Chained(tied, ceilings)


def _in_time(early: Early) -> list[int]:
    """Activities as they begin, each after what it waits for.

    Where nothing begins before what it waits for, as almost always, that is their order in time.
    """
    network, spots = early.network, early.spots
    times = [(spot.begin, spot.end, place) for place, spot in enumerate(spots)]
    in_time = [place for _, _, place in sorted(times)]
    if _follows(network, _positions(in_time)):
        return in_time
    missing = [len(one.before) for one in network.activities]
    ready = [times[place] for place, count in enumerate(missing) if not count]
    heapify(ready)
    order: list[int] = []
    while ready:
        place = heappop(ready)[2]
        order.append(place)
        for edge in network.activities[place].behind:
            missing[edge.other] -= 1
            if not missing[edge.other]:
                heappush(ready, times[edge.other])
    return order


def _positions(order: Sequence[int]) -> list[int]:
    position = [0] * len(order)
    for number, place in enumerate(order):
        position[place] = number
    return position


def _follows(network: Network, position: Sequence[int]) -> bool:
    """Whether every activity stands behind what it waits for."""
    for place, activity in enumerate(network.activities):
        mine = position[place]
        for edge in activity.before:
            if position[edge.other] > mine:
                return False
    return True


def _chain(network: Network, number: int, loads: Sequence[Load]) -> Iterator[tuple[int, int]]:
    """Who hands units on to whom on a limit."""
    limit = network.limits[number]
    names = network.activities
    free: list[tuple[int, int, int]] = [(-1, -1, room_of(limit))]
    for load in sorted(loads, key=lambda one: (one.first, one.until, names[one.place].id)):
        open_ = [group for group in free if group[0] <= load.first]
        if len(open_) > 1:
            linked = {edge.other for edge in names[load.place].before}
            open_.sort(key=lambda group: (group[1] in linked, group), reverse=True)
        free = [group for group in free if group[0] > load.first]
        need, taken = need_of(load.load, limit), 0
        for until, giver, units in open_:
            mine = min(units, need - taken)
            taken += mine
            if units > mine:
                free.append((until, giver, units - mine))
            if mine and giver >= 0 and not (names[giver].still and names[load.place].still):
                yield giver, load.place
        if taken:
            free.append((load.until, load.place, taken))
