"""The forward pass of the critical path method over a network with calendars.

Kelley and Walker (1959) with the four links of the precedence diagram (Fondahl 1961; PMI,
*Practice Standard for Scheduling*). Every activity is placed in its owner's working time, where
durations add up; links are carried in instants (see `calendar`), so that owners with different
calendars meet. The rules are those of `docs/reference/scheduling.md`; the way back is in `floats`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from banyuasin_plan.source.pausing import garbage_left_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.schedule.network import Activity, Edge, Network


Cause: TypeAlias = "str | Edge"
"""What fixed an activity's place: a kind of driver, or the link, where it was one."""


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


def forward(network: Network) -> Early:
    """As soon as links, dates and calendars allow."""
    nowhere = Spot(0, 0, 0, 0)
    early = [nowhere] * len(network.activities)
    cause: list[Cause] = ["plan_start"] * len(network.activities)
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
        return Spot(first, last, begin, last + 1), "data_date"
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
    begin, cause = calendar.opening(network.floor), "plan_start"
    if activity.earliest is not None and (day := calendar.first_from(activity.earliest)) > begin:
        begin, cause = day, "not_before"
    if data_date is not None and (day := calendar.first_from(data_date)) > begin:
        begin, cause = day, "data_date"
    free = cause != "data_date"  # to be held by a link that allows the same day
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
    return begun(activity, begin), driver or cause


def allowed(activity: Activity, edge: Edge, other: Spot, network: Network) -> int:
    """The first day on which a link lets work begin, given where its other end lies."""
    if edge.to_start and not edge.lag:
        return activity.calendar.first_from(other.begin if edge.from_start else other.end)
    instant = _lagged(other.begin if edge.from_start else other.end, edge, network)
    if not edge.to_start:
        evening = waits_for_evening(network.activities[edge.other], edge)
        instant = _begin_to_end_at(activity, instant, evening=evening)
    return activity.calendar.first_from(instant)


def _fixed(activity: Activity, data_date: int | None) -> tuple[Spot, Cause]:
    """A fixed start stays, moves to an open day, or in a forecast to the data date."""
    wanted = activity.fixed or 0
    if data_date is not None and data_date > wanted:
        return begun(activity, activity.calendar.first_from(data_date)), "data_date"
    begin = activity.calendar.first_from(wanted)
    return begun(activity, begin), "start" if begin == wanted else "calendar"


def _held_back(activity: Activity, network: Network) -> tuple[Spot, Cause]:
    """Planned back from the due date, never before the floor or the data date."""
    due = activity.due or 0
    floor, cause = network.floor, "plan_start"
    if network.data_date is not None and network.data_date > floor:
        floor, cause = network.data_date, "data_date"
    if not activity.days:
        if due >= floor:
            return Spot(due, due, due + 1, due + 1), "due"
        return Spot(floor, floor, floor, floor), cause
    calendar = activity.calendar
    if activity.elapsed:
        begin = calendar.last_before(due - activity.days + 2)
    else:
        begin = calendar.day(calendar.count(due + 1) - activity.days)
    held = calendar.first_from(floor)
    return (begun(activity, held), cause) if held > begin else (begun(activity, begin), "due")


def _event(
    activity: Activity, network: Network, early: list[Spot], before: Sequence[Edge]
) -> tuple[Spot, Cause]:
    """An event: the latest of the instants it waits for, on the day that instant belongs to."""
    data_date = None if activity.cancelled else network.data_date
    if activity.fixed is not None:
        day = max(activity.fixed, data_date or activity.fixed)
        return Spot(day, day, day, day), "start" if day == activity.fixed else "data_date"
    at: tuple[int, int] = (network.floor, network.floor)
    cause: Cause = "plan_start"
    if activity.earliest is not None and activity.earliest + activity.evening > at[0]:
        at, cause = (activity.earliest + activity.evening, activity.earliest), "not_before"
    if data_date is not None and data_date > at[0]:
        at, cause = (data_date, data_date), "data_date"
    for edge in before:
        met = reached(early[edge.other], edge, network)
        if met > at or (met == at and cause in {"plan_start", "not_before"}):
            at, cause = met, edge
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
        return Spot(began, last, began, last), "data_date"
    calendar = activity.calendar
    if activity.elapsed:
        last = max(resumed + left - 1, data_date)
    else:
        last = calendar.day(calendar.count(resumed) + left - 1)
        last = max(last, calendar.first_from(data_date))
    return Spot(began, last, began, last + 1), "data_date"


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


def waits_for_evening(activity: Activity, edge: Edge) -> bool:
    """Whether the link waits for the evening on which that activity's work ends."""
    return bool(activity.days) and not edge.from_start


def _lagged(instant: int, edge: Edge, network: Network) -> int:
    """The instant that many days of the link's lag away."""
    if edge.elapsed:
        return instant + edge.lag
    return network.plan_calendar.after(instant, edge.lag)


def closing_spots(network: Network, spots: Sequence[Spot]) -> list[Spot]:
    """What the plan can end with: everything but cancelled milestones, which are nobody's end."""
    pairs = zip(network.activities, spots, strict=True)
    return [spot for activity, spot in pairs if not activity.cancelled]
