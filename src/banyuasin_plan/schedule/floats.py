"""The backward pass of the critical path method: late dates and floats (see `passes`)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.passes import Spot, begun, closing_spots, waits_for_evening
from banyuasin_plan.source.pausing import garbage_left_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from banyuasin_plan.schedule.calendar import Calendar
    from banyuasin_plan.schedule.network import Activity, Edge, Network
    from banyuasin_plan.schedule.passes import Early


class Late(NamedTuple):
    """The backward pass: first and last days at the latest, and floats, by activity.

    Floats count working days of the owner; None for work that is finished, which has none.
    """

    first: list[int]
    last: list[int]
    total: list[int | None]
    free: list[int | None]


STILL = frozenset({"start", "calendar"})
"""What holds a fixed start where it is."""


class Instants(NamedTuple):
    """When activities begin, and end: None for those that ask nothing of what they wait for.

    Those are over or running, or cancelled with nothing behind them. Beginnings stand in a list of
    their own: a plain link reads one number, not a spot and then its number. Links of a big network
    lead far away in memory, and that is a third of the time.
    """

    begins: list[int | None]
    end: Callable[[int], int]


Latest = tuple[int, int, int, int]
"""Where an activity lies at the latest: its first and last day, the instant it begins at, and the
owner's working days from the early place (a named tuple takes four times as long).
"""


NEVER = sys.maxsize
"""An instant beyond every plan."""


def _asked(limits: tuple[int | None, int]) -> int | None:
    """When an event must be at the latest, if anything asks that of it."""
    to_begin, to_end = limits
    at = to_end if to_begin is None else min(to_begin, to_end)
    return at if at < NEVER else None


def _here(spot: Spot) -> Latest:
    return spot.first, spot.last, spot.begin, 0


def backward(forward: Early, ceilings: Mapping[int, int] | None = None) -> Late:
    """As late as the plan's end and every successor allow; fixed starts do not move.

    Total float is what is left between early and late finish, free float what is left before
    the first early date of a successor would move.
    """
    network, early, causes = forward
    ceilings = ceilings or {}
    closing = closing_spots(network, early)
    end = max((spot.end for spot in closing), default=network.floor)
    last_day = max((spot.last for spot in closing), default=network.floor)
    count = len(network.activities)
    late = Late([0] * count, [0] * count, [None] * count, [None] * count)
    latest = Instants([None] * count, lambda place: late.last[place] + 1)
    earliest = Instants([None] * count, lambda place: early[place].end)
    with garbage_left_alone():
        for place in reversed(network.order):
            activity, spot = network.activities[place], early[place]
            if activity.done:
                late.first[place], late.last[place] = spot.first, spot.last
                continue
            if activity.cancelled:  # it has no end to keep, and passes on what its links ask
                latest.begins[place] = _asked(_limits(activity, latest, network, NEVER))
                earliest.begins[place] = spot.begin
                late.first[place], late.last[place] = spot.first, spot.last
                continue
            ceiling = min(end, ceilings[place]) if place in ceilings else end
            if activity.fixed is not None and causes[place] in STILL:
                first, last, begin, slack = _here(spot)
            else:
                limits = _limits(activity, latest, network, ceiling)
                first, last, begin, slack = _latest(activity, spot, limits)
            if not activity.running:
                latest.begins[place], earliest.begins[place] = begin, spot.begin
            late.total[place], late.free[place] = slack, 0
            if slack > 0:
                limits = _limits(activity, earliest, network, ceiling)
                late.free[place] = max(0, min(slack, _unused(activity, spot, limits)))
            if not activity.days and not activity.running:
                first = last = _late_day(activity, spot, begin, slack, last_day)
            late.first[place], late.last[place] = first, last
    return late


def _limits(
    activity: Activity, instants: Instants, network: Network, end: int
) -> tuple[int | None, int]:
    """The latest instants to begin and to end at, given where the successors lie."""
    to_begin: int | None = None
    to_end = end
    begins = instants.begins
    for edge in activity.behind:
        begin = begins[edge.other]
        if begin is None:
            continue
        from_start, to_start, lag = edge.from_start, edge.to_start, edge.lag
        if to_start and not lag and not from_start:
            if begin < to_end:  # noqa: PLR1730 - a call costs more than the rest
                to_end = begin
            continue
        other = network.activities[edge.other]
        if to_start or not other.days:
            instant = begin
            if not other.days and from_start and lag and not edge.elapsed and not other.still:
                # Such an event is a working morning; so is the latest instant it can wait for.
                instant = network.plan_calendar.last_before(instant + 1)
        elif other.elapsed or waits_for_evening(activity, edge):
            instant = instants.end(edge.other)
        else:
            instant = other.calendar.first_from(instants.end(edge.other))
        instant = _unlagged(instant, edge, network.plan_calendar)
        if from_start:
            to_begin = instant if to_begin is None else min(to_begin, instant)
        else:
            to_end = min(to_end, instant)
    return to_begin, to_end


def _latest(activity: Activity, spot: Spot, limits: tuple[int | None, int]) -> Latest:
    """The latest place within the limits."""
    to_begin, to_end = limits
    calendar = activity.calendar
    if activity.running:
        last = calendar.last_before(to_end)
        slack = calendar.count(to_end) - calendar.count(spot.end)
        return (spot.first, last, spot.begin, slack) if slack else _here(spot)
    if not activity.days:
        at = to_end if to_begin is None else min(to_begin, to_end)
        return at, at, at, calendar.count(at) - calendar.count(spot.end)
    if activity.elapsed:
        begin = to_end - activity.days
        begin = calendar.last_before((begin if to_begin is None else min(begin, to_begin)) + 1)
        found = begun(activity, begin)
        slack = calendar.count(found.end) - calendar.count(spot.end)
        return found.first, found.last, begin, slack
    number = _latest_number(activity, limits)
    first = calendar.day(number)
    last = calendar.day(number + activity.days - 1)
    return first, last, first, number - calendar.count(spot.begin)


def _latest_number(activity: Activity, limits: tuple[int | None, int]) -> int:
    """The working day on which work begins at the latest."""
    to_begin, to_end = limits
    number = activity.calendar.count(to_end) - activity.days
    return number if to_begin is None else min(number, activity.calendar.count(to_begin + 1) - 1)


def _unused(activity: Activity, spot: Spot, limits: tuple[int | None, int]) -> int:
    """The owner's working days from the early spot to the latest one within the limits."""
    if activity.running or activity.elapsed or not activity.days:
        return _latest(activity, spot, limits)[3]
    return _latest_number(activity, limits) - activity.calendar.count(spot.begin)


def _late_day(activity: Activity, spot: Spot, at: int, slack: int, last_day: int) -> int:
    """The late day of an event that is at an instant; without float it keeps its early day."""
    if not slack:
        return spot.first
    morning = spot.begin == spot.first and activity.calendar.works(at)
    return min(at, last_day) if morning else activity.calendar.last_before(at)


def _unlagged(instant: int, edge: Edge, calendar: Calendar) -> int:
    """The latest instant from which the lag still ends at this one or before."""
    if not edge.lag:
        return instant
    if edge.elapsed:
        return instant - edge.lag
    return calendar.day(calendar.count(instant) - edge.lag)
