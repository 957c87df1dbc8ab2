"""A part of the network in small integers, so that levelling can try many orders of it.

A task's *state* says where it lies: for work the number of its first working day in its owner's
calendar, counted from the plan's first day; for an event its instant. Where the whole part keeps
to the plan's calendar (`plain`), instants are counted in working time too and every link is an
addition: `state >= state of the predecessor + shift`. Elsewhere a link is a function of its
predecessor's state, the one of `passes`, whose answers are remembered.

Tasks stand in an order in which each follows what it waits for, ties by id, so that nothing
depends on the order of the files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.loads import need_of, room_of
from banyuasin_plan.schedule.passes import Spot, allowed, begun, placed, reached

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from banyuasin_plan.schedule.calendar import Calendar
    from banyuasin_plan.schedule.loads import Load
    from banyuasin_plan.schedule.network import Activity, Edge, Limit, Network

_WEEK, _WORKED = 7, 5


class Bound(NamedTuple):
    """A link whose bound is no plain addition: its predecessor and what that one's state means."""

    other: int
    known: dict[int, int]
    ask: Callable[[int], int]


class Need(NamedTuple):
    """What a task puts on its owner, a limit of its part."""

    limit: int
    load: int


class Room(NamedTuple):
    """A limit of the part: its room, what already fills it, and the loads it meets.

    `filled` goes by working day of the owner, counted from the plan's first day as states are.
    """

    room: int
    filled: tuple[int, ...]
    loads: tuple[int, ...]


class Promise(NamedTuple):
    """A due date as office time: what ends later is past due."""

    task: int
    weight: float
    until: int


@dataclass(slots=True, eq=False, repr=False)
class Part:
    """Tasks to be levelled together. All lists go by task.

    `low` is the least state that dates and everything outside the part allow; `days` the working
    days (calendar days of elapsed work, 0 of events); `before` and `behind` the links as other
    task and shift, `odd` those that are none. `wanted` is the state of work planned back from its
    due date, else None. `tails` is the office time that must follow a task before the plan ends.
    """

    places: list[int]
    plain: bool
    network: Network
    floor: int
    low: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    elapsed: list[bool] = field(default_factory=list)
    before: list[list[tuple[int, int]]] = field(default_factory=list)
    behind: list[list[tuple[int, int]]] = field(default_factory=list)
    odd: list[list[Bound]] = field(default_factory=list)
    needs: list[Need | None] = field(default_factory=list)
    wanted: list[int | None] = field(default_factory=list)
    tails: list[int] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    calendars: list[Calendar] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)

    def earliest(self) -> list[int]:
        """The least states by links and dates alone."""
        states = self.low[:]
        for task, links in enumerate(self.before):
            state = states[task]
            for other, shift in links:
                bound = states[other] + shift
                if bound > state:  # noqa: PLR1730 - a call costs more than the rest
                    state = bound
            for other, _, ask in self.odd[task]:
                state = max(state, ask(states[other]))
            states[task] = state
        return states

    def office_time(self, task: int, state: int) -> tuple[int, int]:
        """Where a state begins and ends in working days of the plan's calendar, from its floor."""
        office = self.network.plan_calendar
        origin = office.count(self.floor)
        if self.plain:
            return state, state + self.days[task]
        spot = spot_of(self, task, self.network.activities[self.places[task]], state)
        return office.count(spot.begin) - origin, office.count(spot.last + 1) - origin


class Surroundings(NamedTuple):
    """What parts are compiled against: the network, where everything lies so far, what follows.

    `ranks` orders activities by id; `tails` and `urgencies`
    (weight and office time of the most pressing due date) are of the whole network, by place.
    """

    network: Network
    spots: list[Spot]
    limits: Collection[int]
    ranks: Sequence[int]
    tails: Sequence[int]
    urgencies: Mapping[int, tuple[float, int]]
    still: Mapping[int, Sequence[Load]]


def compile_part(members: Sequence[int], around: Surroundings) -> Part:
    """The part of the network that these activities are."""
    network = around.network
    places = _in_order(members, around)
    index = {place: task for task, place in enumerate(places)}
    part = Part(places, _plain(places, index, network), network, network.floor)
    for place in places:
        activity = network.activities[place]
        part.calendars.append(activity.calendar)
        part.origins.append(activity.calendar.count(network.floor))
        part.days.append(activity.days)
        part.elapsed.append(activity.elapsed)
        part.before.append([])
        part.behind.append([])
        part.odd.append([])
    for task, place in enumerate(places):
        _add_task(part, task, place, index, around)
    _add_rooms(part, around)
    part.tails = [around.tails[place] for place in places]
    part.promises = [
        promise
        for task, place in enumerate(places)
        for promise in _promises(task, place, index, around)
    ]
    return part


def _promises(
    task: int, place: int, index: Mapping[int, int], around: Surroundings
) -> Iterator[Promise]:
    """What a task's end is held against: its own due date, and those behind it outside the part."""
    network = around.network
    activity, office = network.activities[place], network.plan_calendar
    if activity.due is not None:
        until = office.count(activity.due + 1) - office.count(network.floor)
        yield Promise(task, activity.weight, until)
    for edge in activity.behind:
        if edge.other not in index and edge.other in around.urgencies:
            weight, until = around.urgencies[edge.other]
            yield Promise(
                task, weight, until - stretch(activity, network.activities[edge.other], edge)
            )


def state_of(part: Part, task: int, spot: Spot) -> int:
    """A spot as the task's state."""
    if part.days[task] or part.plain:
        return part.calendars[task].count(spot.begin) - part.origins[task]
    return 2 * (spot.begin - part.floor) + (spot.first == spot.begin)


def spot_of(part: Part, task: int, activity: Activity, state: int) -> Spot:
    """A task's state as its spot; of an event only where the part is not plain."""
    if activity.days:
        return begun(activity, part.calendars[task].day(state + part.origins[task]))
    instant, morning = divmod(state, 2)
    day = instant + part.floor - (not morning)
    return Spot(day, day, instant + part.floor, instant + part.floor)


def _in_order(members: Sequence[int], around: Surroundings) -> list[int]:
    """Members so that each follows what it waits for, ties by id (Kahn 1962)."""
    activities, ranks = around.network.activities, around.ranks
    missing = dict.fromkeys(members, 0)
    for place in members:
        for edge in activities[place].behind:
            if edge.other in missing:
                missing[edge.other] += 1
    ranked = {ranks[place]: place for place in members}
    ready = [rank for rank, place in ranked.items() if not missing[place]]
    heapify(ready)
    order: list[int] = []
    while ready:
        place = ranked[heappop(ready)]
        order.append(place)
        for edge in activities[place].behind:
            other = edge.other
            if other in missing:
                missing[other] -= 1
                if not missing[other]:
                    heappush(ready, ranks[other])
    return order


def _plain(places: Sequence[int], index: Mapping[int, int], network: Network) -> bool:
    """Whether all of the part keeps to the plan's calendar and counts its working days."""
    for place in places:
        activity = network.activities[place]
        if activity.calendar is not network.plan_calendar or activity.elapsed:
            return False
        for edge in activity.before:
            if edge.elapsed and edge.lag and edge.other in index:
                return False
    return True


def _add_task(
    part: Part, task: int, place: int, index: Mapping[int, int], around: Surroundings
) -> None:
    network = around.network
    activity = network.activities[place]
    outside = [edge for edge in activity.before if edge.other not in index]
    first = activity.calendar.count(max(network.floor, network.data_date or 0)) - part.origins[task]
    dated = activity.due is not None or activity.earliest is not None
    if activity.days and not dated and not outside:
        part.wanted.append(None)
        part.low.append(first)
    else:
        spot, _ = placed(activity, network, around.spots, outside)
        state = state_of(part, task, spot)
        limited = activity.use is not None and activity.use.limit in around.limits
        back = limited and activity.backward
        part.wanted.append(state if back else None)
        part.low.append(min(state, first) if back else state)
    for edge in activity.before:
        if edge.other in index:
            _add_edge(part, task, index[edge.other], edge, network)


def _add_edge(part: Part, task: int, other: int, edge: Edge, network: Network) -> None:
    """A link inside the part, as an addition where it is one."""
    calendar = part.calendars[task]
    same = calendar is part.calendars[other] and not (part.elapsed[task] or part.elapsed[other])
    lagless = not edge.lag or (not edge.elapsed and calendar is network.plan_calendar)
    work = bool(part.days[task] and part.days[other])
    if same and lagless and (part.plain or work):
        shift = shift_of(edge, part.days[other], part.days[task])
        part.before[task].append((other, shift))
        part.behind[other].append((task, shift))
        return
    ask = partial(_bound, part, task, other, edge)
    part.odd[task].append(Bound(other, {}, ask))


def shift_of(edge: Edge, days_before: int, days_behind: int) -> int:
    """How many working days a link puts between two starts."""
    return (
        edge.lag + (0 if edge.from_start else days_before) - (0 if edge.to_start else days_behind)
    )


def stretch(activity: Activity, other: Activity, edge: Edge) -> int:
    """How many working days after the activity's end its successor ends at the least."""
    rest = edge.lag * _WORKED // _WEEK if edge.elapsed else edge.lag
    if edge.from_start:
        rest -= _working(activity)
    if edge.to_start:
        rest += _working(other)
    return rest


def _working(activity: Activity) -> int:
    return activity.days * _WORKED // _WEEK if activity.elapsed else activity.days


def _bound(part: Part, task: int, other: int, edge: Edge, state: int) -> int:
    """The least state that a link allows, its predecessor being in a state."""
    network = part.network
    from_, to = (network.activities[part.places[one]] for one in (other, task))
    spot = spot_of(part, other, from_, state)
    if to.days:
        day = allowed(to, edge, spot, network)
        return to.calendar.count(day) - part.origins[task]
    instant, day = reached(spot, edge, network)
    return 2 * (instant - part.floor) + (day == instant)


def _add_rooms(part: Part, around: Surroundings) -> None:
    """The limits that tasks of the part use, and what each task needs of its own."""
    network = around.network
    users: dict[int, list[tuple[int, int]]] = {}
    part.needs = [None] * len(part.places)
    for task, place in enumerate(part.places):
        use = network.activities[place].use
        if use and use.limit in around.limits:
            load = need_of(use.load, network.limits[use.limit])
            users.setdefault(use.limit, []).append((task, load))
    for number in sorted(users):
        for task, load in users[number]:
            part.needs[task] = Need(len(part.rooms), load)
        loads = tuple(sorted({load for _, load in users[number]}))
        limit, still = network.limits[number], around.still.get(number, ())
        part.rooms.append(Room(room_of(limit), _filled(limit, still, part.floor), loads))


def _filled(limit: Limit, still: Sequence[Load], floor: int) -> tuple[int, ...]:
    """What facts and fixed starts take of a limit, by working day."""
    origin = limit.calendar.count(floor)
    filled: list[int] = []
    for load in still:
        first, until = max(load.first - origin, 0), load.until - origin
        filled += [0] * (until - len(filled))
        for day in range(first, until):
            filled[day] += need_of(load.load, limit)
    return tuple(filled)
