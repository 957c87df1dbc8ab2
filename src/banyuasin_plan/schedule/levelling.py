"""Levelling: nobody carries more on any day than they can, and what is promised comes first.

The network is levelled part by part (`components`), each against what stands before it: compiled
to small integers (`compiling`), searched for a good order (`searching`), and written back through
the rules of the forward pass. What all these are is told in `docs/reference/levelling.md`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.bounds import last_day_at_least, least_end_of, tails_of
from banyuasin_plan.schedule.chaining import Chained, chained
from banyuasin_plan.schedule.compiling import Surroundings, compile_part, state_of, stretch
from banyuasin_plan.schedule.components import components_of
from banyuasin_plan.schedule.loads import (
    Holding,
    Overload,
    crowded,
    holdings_of,
    loads_of,
    overloads_of,
    tight_limits,
)
from banyuasin_plan.schedule.passes import Early, begun, closing_spots, forward, placed
from banyuasin_plan.schedule.searching import Search, Value
from banyuasin_plan.source.pausing import garbage_left_alone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from banyuasin_plan.schedule.compiling import Part
    from banyuasin_plan.schedule.loads import Load
    from banyuasin_plan.schedule.network import Edge, Network
    from banyuasin_plan.schedule.passes import Cause, Spot


class Levelled(NamedTuple):
    """A levelled plan: where everything lies, and what capacity did to it.

    `chain` is the network with the order that capacity imposed; `holdings` say for each activity
    that capacity moved who held it; `least` is the first day on which the plan can have ended.
    """

    early: Early
    chain: Chained
    holdings: Mapping[int, Holding]
    overloads: tuple[Overload, ...]
    least: int | None


def level(early: Early) -> Levelled:
    """The forward pass again, with owners' capacities kept."""
    with garbage_left_alone():
        return _level(early)


def _level(early: Early) -> Levelled:
    network = early.network
    limits = tight_limits(network)
    loads = _all_loads(early)
    over = {one for one in limits if crowded(loads[one], network.limits[one], network)}
    if not over:
        least = max((spot.last for spot in closing_spots(network, early.spots)), default=None)
        return Levelled(early, Chained(network, {}), {}, overloads_of(network, loads), least)
    levelled, moved, touched = _levelled(early, limits, loads, over)
    loads = _all_loads(levelled)
    return Levelled(
        levelled,
        chained(levelled, touched, loads),
        holdings_of(network, levelled.spots, moved, loads),
        overloads_of(network, loads),
        last_day_at_least(network, _soonest(early, limits), limits),
    )


def _all_loads(early: Early) -> Mapping[int, Sequence[Load]]:
    network = early.network
    return loads_of(
        network, early.spots, range(len(network.limits)), range(len(network.activities))
    )


def _levelled(
    early: Early,
    limits: Collection[int],
    loads: Mapping[int, Sequence[Load]],
    over: Collection[int],
) -> tuple[Early, dict[int, bool], set[int]]:
    """Part by part, what is waited for first; who was moved (later or not), and touched limits.

    `over` are the limits overloaded where everything lies at first.
    """
    network = early.network
    spots, causes = list(early.spots), list(early.causes)
    around = _surroundings(network, spots, limits, loads)
    moved: dict[int, bool] = {}
    touched: set[int] = set()
    changed: set[int] = set()
    position = {place: number for number, place in enumerate(network.order)}
    for members in components_of(network, limits):
        members.sort(key=position.__getitem__)
        mine = {use.limit for place in members if (use := network.activities[place].use)}
        mine.intersection_update(limits)
        crowd = not mine.isdisjoint(over)
        if any(edge.other in changed for place in members for edge in _asked(network, place)):
            for place in members:
                spots[place], causes[place] = placed(network.activities[place], network, spots)
            crowd = _crowded(members, mine, around)
        if crowd and not network.activities[members[0]].still:
            touched |= mine
            moved |= _level_part(members, around, causes)
        changed.update(place for place in members if spots[place] != early.spots[place])
    return Early(network, spots, causes), moved, touched


def _asked(network: Network, place: int) -> Iterable[Edge]:
    activity = network.activities[place]
    return () if activity.still else activity.before


def _surroundings(
    network: Network,
    spots: list[Spot],
    limits: Collection[int],
    loads: Mapping[int, Sequence[Load]],
) -> Surroundings:
    activities = network.activities
    by_id = sorted(range(len(activities)), key=lambda place: activities[place].id)
    ranks = [0] * len(activities)
    for rank, place in enumerate(by_id):
        ranks[place] = rank
    still = {
        number: [load for load in of_one if activities[load.place].still]
        for number, of_one in loads.items()
        if number in limits
    }
    tails = tails_of(network, sure=False)
    return Surroundings(network, spots, limits, ranks, tails, _urgencies(network), still)


def _urgencies(network: Network) -> dict[int, tuple[float, int]]:
    """The most pressing due date each activity's end is held against, as weight and office time.

    Its own, or one behind it less the working days between.
    """
    office = network.plan_calendar
    origin = office.count(network.floor)
    found: dict[int, tuple[float, int]] = {}
    for place in reversed(network.order):
        activity = network.activities[place]
        if activity.still:
            continue
        pressing = [
            (
                found[edge.other][0],
                found[edge.other][1] - stretch(activity, network.activities[edge.other], edge),
            )
            for edge in activity.behind
            if edge.other in found
        ]
        if activity.due is not None:
            pressing.append((activity.weight, office.count(activity.due + 1) - origin))
        if pressing:
            found[place] = min(pressing, key=lambda one: (one[1], -one[0]))
    return found


def _crowded(members: Sequence[int], limits: Collection[int], around: Surroundings) -> bool:
    """Whether the members overload a limit where they lie now."""
    network = around.network
    loads = loads_of(network, around.spots, limits, members)
    return any(
        crowded([*loads[number], *around.still.get(number, ())], network.limits[number], network)
        for number in limits
    )


def _level_part(
    members: Sequence[int], around: Surroundings, causes: list[Cause]
) -> dict[int, bool]:
    """Level one part and write it back; who was moved by capacity, and whether to a later day."""
    spots = around.spots
    part = compile_part(members, around)
    early = [state_of(part, task, spots[place]) for task, place in enumerate(part.places)]
    heads = part.earliest()
    promised = sum(
        weight * max(part.office_time(task, heads[task])[1] - until, 0)
        for task, weight, until in part.promises
    )
    states = Search(part, Value(promised, least_end_of(part, heads)), early).run()
    return _write_back(part, states, around, causes)


def _write_back(
    part: Part, states: Sequence[int], around: Surroundings, causes: list[Cause]
) -> dict[int, bool]:
    network, spots = around.network, around.spots
    moved: dict[int, bool] = {}
    for task, place in enumerate(part.places):
        activity = network.activities[place]
        spots[place], causes[place] = placed(activity, network, spots)
        if part.needs[task] is None:
            continue
        begin = part.calendars[task].day(states[task] + part.origins[task])
        if begin != spots[place].begin:
            moved[place] = begin > spots[place].begin
            spots[place], causes[place] = begun(activity, begin), "capacity"
    return moved


def _soonest(early: Early, limits: Collection[int]) -> list[Spot]:
    """The earliest spots without limits; work planned back from a due date may lie earlier."""
    network = early.network
    free = [
        replace(activity, due=None)
        if activity.backward and activity.use and activity.use.limit in limits
        else activity
        for activity in network.activities
    ]
    if all(one is other for one, other in zip(free, network.activities, strict=True)):
        return early.spots
    return forward(network._replace(activities=tuple(free))).spots
