"""The backward pass of the critical path method: late dates and floats (see `passes`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.calendar import LONGEST
from banyuasin_plan.schedule.passes import Spot, begun, closing_spots, waits_for_evening
from banyuasin_plan.source.pausing import garbage_left_alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from banyuasin_plan.schedule.calendar import Calendar
    from banyuasin_plan.schedule.network import Activity, Edge, Network
    from banyuasin_plan.schedule.passes import Early


class Late(NamedTuple):
    """The backward pass: first and last day at the latest, and floats, by activity.

    Floats count working days of the owner; None for work that is finished, which has none.
    """

    days: list[tuple[int, int]]
    total: list[int | None]
    free: list[int | None]


STILL = frozenset({"start", "calendar"})
"""What holds a fixed start where it is."""


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
    latest: list[Spot | None] = [None] * count
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
                limits = _limits(activity, latest, latest, network, max(end, spot.end) + LONGEST)
                latest[place], _ = _latest(activity, spot, limits)
                late[place] = spot.first, spot.last
                continue
            limits = _limits(activity, latest, latest, network, ceiling)
            found, slack = _latest(activity, spot, limits)
            if activity.fixed is not None and causes[place].kind in STILL:
                found, slack = spot, 0
            if not activity.running:
                latest[place] = found
            total[place] = slack
            if slack > 0:
                limits = _limits(activity, early, latest, network, ceiling)
                free[place] = max(0, min(slack, _unused(activity, spot, limits)))
            else:
                free[place] = 0
            late[place] = _shown(activity, spot, found, slack, last)
    return Late(late, total, free)


def _limits(
    activity: Activity,
    spots: Sequence[Spot | None],
    latest: Sequence[Spot | None],
    network: Network,
    end: int,
) -> tuple[int | None, int]:
    """The latest instants to begin and to end at, given where the successors lie.

    What is done or running waits for nothing: it has no place in `latest`.
    """
    to_begin: int | None = None
    to_end = end
    for edge in activity.behind:
        spot = spots[edge.other]
        if spot is None or latest[edge.other] is None:
            continue
        from_start, to_start, lag = edge.from_start, edge.to_start, edge.lag
        if to_start and not lag and not from_start:
            if spot.begin < to_end:  # noqa: PLR1730 - a call costs more than the rest
                to_end = spot.begin
            continue
        other = network.activities[edge.other]
        if to_start or not other.days:
            instant = spot.begin
            if not other.days and from_start and lag and not edge.elapsed and not other.still:
                # Such an event is a working morning; so is the latest instant it can wait for.
                instant = network.plan_calendar.last_before(instant + 1)
        elif other.elapsed or waits_for_evening(activity, edge):
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


def _unlagged(instant: int, edge: Edge, calendar: Calendar) -> int:
    """The latest instant from which the lag still ends at this one or before."""
    if not edge.lag:
        return instant
    if edge.elapsed:
        return instant - edge.lag
    return calendar.day(calendar.count(instant) - edge.lag)
