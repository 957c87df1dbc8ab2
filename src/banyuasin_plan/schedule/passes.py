"""Both passes of the critical path method over a network with calendars.

Kelley and Walker (1959) with the four links of the precedence diagram (Fondahl 1961; PMI,
*Practice Standard for Scheduling*). Every activity is placed in its owner's working time, where
durations add up; links are carried in instants (see `calendar`), so that owners with different
calendars meet. The rules are those of `docs/reference/scheduling.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.calendar import LONGEST
from banyuasin_plan.schedule.pausing import garbage_left_alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from banyuasin_plan.schedule.calendar import Calendar
    from banyuasin_plan.schedule.network import Activity, Edge, Network


@dataclass(slots=True)
class Cause:
    """What fixed an activity's place: a kind of driver and the link, where it was one."""

    kind: str
    edge: Edge | None = None


PLAN_START = Cause("plan_start")


@dataclass(slots=True)
class Spot:
    """Where an activity lies: its first and last day, and the instants it begins and ends at.

    Work begins on the morning of `first` and ends on the evening of `last`. An event has one
    day and one instant, which is that day's morning or its evening. Nobody changes one; with
    slots it is made and read several times as fast as a named tuple.
    """

    first: int
    last: int
    begin: int
    end: int


class Early(NamedTuple):
    """The forward pass: where every activity lies at the earliest, and what drove it there."""

    network: Network
    spots: list[Spot]
    causes: list[Cause]


class Late(NamedTuple):
    """The backward pass: first and last day at the latest, and floats, by activity.

    Floats count working days of the owner; None for work that is finished, which has none.
    """

    days: list[tuple[int, int]]
    total: list[int | None]
    free: list[int | None]


STILL = frozenset({"start", "calendar"})
"""What holds a fixed start where it is."""


def forward(network: Network) -> Early:
    """As soon as links, dates and calendars allow."""
    nowhere = Spot(0, 0, 0, 0)
    early = [nowhere] * len(network.activities)
    cause = [Cause("plan_start")] * len(network.activities)
    activities = network.activities
    with garbage_left_alone():
        for place in network.order:
            early[place], cause[place] = placed(activities[place], network, early)
    return Early(network, early, cause)


def contradicted(forward: Early) -> dict[int, int]:
    """Fixed starts that links contradict: the activity, and the first day its links allow."""
    network, early = forward.network, forward.spots
    found: dict[int, int] = {}
    for place, activity in enumerate(network.activities):
        if activity.fixed is not None and activity.before:
            first = early[place].first
            free = replace(activity, fixed=None, earliest=None)
            begin = placed(free, network._replace(floor=first), early)[0].first
            if begin > first:
                found[place] = begin
    return found


def placed(
    activity: Activity, network: Network, early: list[Spot], before: Sequence[Edge] | None = None
) -> tuple[Spot, Cause]:
    """The early spot of one activity whose predecessors have theirs; `before` are its links."""
    if activity.done:
        first, last = activity.done
        begin = first if activity.days or first < last else last + 1  # an event is one instant
        return Spot(first, last, begin, last + 1), Cause("data_date")
    if activity.running:
        return _remaining(activity, network.data_date or network.floor)
    if not activity.before and activity.backward:
        return _held_back(activity, network)
    if not activity.days:
        return _event(activity, network, early, activity.before if before is None else before)
    return _work(activity, network, early, activity.before if before is None else before)


def _work(
    activity: Activity, network: Network, early: list[Spot], before: Sequence[Edge]
) -> tuple[Spot, Cause]:
    """Work placed forward: the first working day that satisfies everything."""
    data_date = network.data_date
    if activity.fixed is not None:
        return _fixed(activity, data_date)
    calendar = activity.calendar
    begin, cause = calendar.opening(network.floor), PLAN_START
    if activity.earliest is not None and (day := calendar.first_from(activity.earliest)) > begin:
        begin, cause = day, Cause("not_before")
    if data_date is not None and (day := calendar.first_from(data_date)) > begin:
        begin, cause = day, Cause("data_date")
    free = cause.kind != "data_date"  # to be held by a link that allows the same day
    driver = None
    for edge in before:
        if edge.to_start and not edge.lag:
            spot = early[edge.other]
            instant = spot.begin if edge.from_start else spot.end
            if instant <= begin and not free:  # no working day before `begin` can be later
                continue
            day = calendar.first_from(instant)
        else:
            day = allowed(activity, edge, early[edge.other], network)
        if day > begin or (day == begin and free):
            begin, driver, free = day, edge, False
    return begun(activity, begin), Cause("link", driver) if driver else cause


def allowed(activity: Activity, edge: Edge, other: Spot, network: Network) -> int:
    """The first day on which a link lets work begin, given where its other end lies."""
    if edge.to_start and not edge.lag:
        return activity.calendar.first_from(other.begin if edge.from_start else other.end)
    instant = _lagged(other.begin if edge.from_start else other.end, edge, network)
    if not edge.to_start:
        evening = _evening(network.activities[edge.other], edge)
        instant = _begin_to_end_at(activity, instant, evening=evening)
    return activity.calendar.first_from(instant)


def _fixed(activity: Activity, data_date: int | None) -> tuple[Spot, Cause]:
    """A fixed start stays, moves to an open day, or in a forecast to the data date."""
    wanted = activity.fixed or 0
    if data_date is not None and data_date > wanted:
        return begun(activity, activity.calendar.first_from(data_date)), Cause("data_date")
    begin = activity.calendar.first_from(wanted)
    return begun(activity, begin), Cause("start" if begin == wanted else "calendar")


def _held_back(activity: Activity, network: Network) -> tuple[Spot, Cause]:
    """Planned back from the due date, never before the floor or the data date."""
    due = activity.due or 0
    floor, cause = network.floor, Cause("plan_start")
    if network.data_date is not None and network.data_date > floor:
        floor, cause = network.data_date, Cause("data_date")
    if not activity.days:
        if due >= floor:
            return Spot(due, due, due + 1, due + 1), Cause("due")
        return Spot(floor, floor, floor, floor), cause
    calendar = activity.calendar
    if activity.elapsed:
        begin = calendar.last_before(due - activity.days + 2)
    else:
        begin = calendar.day(calendar.count(due + 1) - activity.days)
    held = calendar.first_from(floor)
    return (
        (begun(activity, held), cause) if held > begin else (begun(activity, begin), Cause("due"))
    )


def _event(
    activity: Activity, network: Network, early: list[Spot], before: Sequence[Edge]
) -> tuple[Spot, Cause]:
    """An event: the latest of the instants it waits for, on the day that instant belongs to."""
    data_date = None if activity.cancelled else network.data_date
    if activity.fixed is not None:
        day = max(activity.fixed, data_date or activity.fixed)
        cause = Cause("start" if day == activity.fixed else "data_date")
        return Spot(day, day, day, day), cause
    at, cause = (network.floor, network.floor), Cause("plan_start")
    if activity.earliest is not None and activity.earliest > at[0]:
        at, cause = (activity.earliest, activity.earliest), Cause("not_before")
    if data_date is not None and data_date > at[0]:
        at, cause = (data_date, data_date), Cause("data_date")
    for edge in before:
        met = reached(early[edge.other], edge, network)
        if met > at or (met == at and cause.kind in {"plan_start", "not_before"}):
            at, cause = met, Cause("link", edge)
    instant, day = at
    return Spot(day, day, instant, instant), cause


def reached(other: Spot, edge: Edge, network: Network) -> tuple[int, int]:
    """The instant and the day at which a link lets an event happen.

    After an end it is an evening, after a start a morning; without a lag another event passes
    its own instant on.
    """
    instant = other.begin if edge.from_start else other.end
    if not edge.lag:
        return instant, other.first if edge.from_start else other.last
    moved = _lagged(instant, edge, network)
    if not edge.from_start:
        return moved, moved - 1
    if not edge.elapsed:
        moved = network.plan_calendar.first_from(moved)
    return moved, moved


def _remaining(activity: Activity, data_date: int) -> tuple[Spot, Cause]:
    """Running work: what is left of it, from its last report on, whatever its links say.

    What would be over by now is not: it ends on the data date at the earliest.
    """
    began, resumed, left = activity.running or (data_date, data_date, 0)
    if not left:
        last = max(began, data_date)
        return Spot(began, last, began, last), Cause("data_date")
    calendar = activity.calendar
    if activity.elapsed:
        last = max(resumed + left - 1, data_date)
    else:
        last = calendar.day(calendar.count(resumed) + left - 1)
        last = max(last, calendar.first_from(data_date))
    return Spot(began, last, began, last + 1), Cause("data_date")


def begun(activity: Activity, begin: int) -> Spot:
    """The spot of work that begins on that working day."""
    if activity.elapsed:
        last = begin + activity.days - 1
    elif activity.days == 1:
        last = begin
    else:
        last = activity.calendar.day(activity.calendar.count(begin) + activity.days - 1)
    return Spot(begin, last, begin, last + 1)


def _begin_to_end_at(activity: Activity, instant: int, *, evening: bool) -> int:
    """The first day to begin on so as to end at the instant or later.

    In working time the evening before closed days is the morning after them, and ending then is
    not too early; but an evening on which other work ends is waited for on closed days too.
    """
    if activity.elapsed:
        return instant - activity.days
    calendar = activity.calendar
    number = calendar.count(instant - 1) + 1 if evening else calendar.count(instant)
    return calendar.day(number - activity.days)


def _evening(activity: Activity, edge: Edge) -> bool:
    """Whether the link waits for the evening on which that activity's work ends."""
    return bool(activity.days) and not edge.from_start


def _lagged(instant: int, edge: Edge, network: Network) -> int:
    """The instant that many days of the link's lag away."""
    if edge.elapsed:
        return instant + edge.lag
    return network.plan_calendar.after(instant, edge.lag)


def _unlagged(instant: int, edge: Edge, calendar: Calendar) -> int:
    """The latest instant from which the lag still ends at this one or before."""
    if not edge.lag:
        return instant
    if edge.elapsed:
        return instant - edge.lag
    return calendar.day(calendar.count(instant) - edge.lag)


def closing_spots(network: Network, spots: Sequence[Spot]) -> list[Spot]:
    """What the plan can end with: everything but cancelled milestones, which are nobody's end."""
    pairs = zip(network.activities, spots, strict=True)
    return [spot for activity, spot in pairs if not activity.cancelled]


def backward(forward: Early, ceilings: Mapping[int, int] | None = None) -> Late:
    """As late as the plan's end and every successor allow; fixed starts do not move.

    Total float is what is left between early and late finish, free float what is left before
    the first early date of a successor would move.
    """
    network, early, causes = forward
    ceilings = ceilings or {}
    closing = closing_spots(network, early)
    end = max((spot.end for spot in closing), default=network.floor)
    last = max((spot.last for spot in closing), default=network.floor)
    count = len(network.activities)
    late: list[tuple[int, int]] = [(0, 0)] * count
    latest = list(early)
    total: list[int | None] = [None] * count
    free: list[int | None] = [None] * count
    with garbage_left_alone():
        for place in reversed(network.order):
            activity, spot = network.activities[place], early[place]
            if activity.done:
                late[place] = spot.first, spot.last
                continue
            ceiling = min(end, ceilings[place]) if place in ceilings else end
            if activity.cancelled:  # it has no end to keep, and passes on what its links ask
                limits = _limits(activity, latest, network, max(end, spot.end) + LONGEST)
                latest[place], _ = _latest(activity, spot, limits)
                late[place] = spot.first, spot.last
                continue
            limits = _limits(activity, latest, network, ceiling)
            latest[place], slack = _latest(activity, spot, limits)
            if activity.fixed is not None and causes[place].kind in STILL:
                latest[place], slack = spot, 0
            total[place] = slack
            if slack > 0:
                limits = _limits(activity, early, network, ceiling)
                free[place] = max(0, min(slack, _unused(activity, spot, limits)))
            else:
                free[place] = 0
            late[place] = _shown(activity, spot, latest[place], slack, last)
    return Late(late, total, free)


def _limits(
    activity: Activity, spots: list[Spot], network: Network, end: int
) -> tuple[int | None, int]:
    """The latest instants to begin and to end at, given where the successors lie."""
    to_begin: int | None = None
    to_end = end
    activities = network.activities
    for edge in activity.behind:
        other = activities[edge.other]
        if other.done or other.running:
            continue
        spot = spots[edge.other]
        from_start, to_start, lag = edge.from_start, edge.to_start, edge.lag
        if to_start and not lag and not from_start:
            if spot.begin < to_end:  # noqa: PLR1730 - a call costs more than the rest
                to_end = spot.begin
            continue
        if to_start or not other.days:
            instant = spot.begin
            if not other.days and from_start and lag and not edge.elapsed and not other.still:
                # Such an event is a working morning; so is the latest instant it can wait for.
                instant = network.plan_calendar.last_before(instant + 1)
        elif other.elapsed or _evening(activity, edge):
            instant = spot.end
        else:
            instant = other.calendar.first_from(spot.end)
        instant = _unlagged(instant, edge, network.plan_calendar)
        if from_start:
            to_begin = instant if to_begin is None else min(to_begin, instant)
        else:
            to_end = min(to_end, instant)
    return to_begin, to_end


def _latest(activity: Activity, spot: Spot, limits: tuple[int | None, int]) -> tuple[Spot, int]:
    """The latest spot within the limits, and the owner's working days from the early one."""
    to_begin, to_end = limits
    calendar = activity.calendar
    if activity.running:
        last = calendar.last_before(to_end)
        slack = calendar.count(to_end) - calendar.count(spot.end)
        return (Spot(spot.first, last, spot.begin, last + 1) if slack else spot), slack
    if not activity.days:
        at = to_end if to_begin is None else min(to_begin, to_end)
        return Spot(at, at, at, at), calendar.count(at) - calendar.count(spot.end)
    if activity.elapsed:
        begin = to_end - activity.days
        begin = calendar.last_before((begin if to_begin is None else min(begin, to_begin)) + 1)
        found = begun(activity, begin)
        return found, calendar.count(found.end) - calendar.count(spot.end)
    number = _latest_number(activity, limits)
    first = calendar.day(number)
    last = calendar.day(number + activity.days - 1)
    return Spot(first, last, first, last + 1), number - calendar.count(spot.begin)


def _latest_number(activity: Activity, limits: tuple[int | None, int]) -> int:
    """The working day on which work begins at the latest."""
    to_begin, to_end = limits
    number = activity.calendar.count(to_end) - activity.days
    return number if to_begin is None else min(number, activity.calendar.count(to_begin + 1) - 1)


def _unused(activity: Activity, spot: Spot, limits: tuple[int | None, int]) -> int:
    """The owner's working days from the early spot to the latest one within the limits."""
    if activity.running or activity.elapsed or not activity.days:
        return _latest(activity, spot, limits)[1]
    return _latest_number(activity, limits) - activity.calendar.count(spot.begin)


def _shown(activity: Activity, spot: Spot, latest: Spot, slack: int, last: int) -> tuple[int, int]:
    """Late start and finish as days; an event without float keeps its early day."""
    if activity.days or activity.running:
        return latest.first, latest.last
    if not slack:
        return spot.first, spot.last
    at = latest.begin
    morning = spot.begin == spot.first and activity.calendar.works(at)
    day = min(at, last) if morning else activity.calendar.last_before(at)
    return day, day
