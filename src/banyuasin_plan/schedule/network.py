"""The milestones as a network of activities: integers, links, and what is already fact.

`network_of` is the only bridge from the plan's words to the scheduler's numbers; both passes of
the critical path method (`passes`, `floats`) work on what it returns.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.fields import Duration, LinkType
from banyuasin_plan.plan.model import owner_of
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.schedule.cycles import knots
from banyuasin_plan.source.pausing import garbage_left_alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from banyuasin_plan.plan.model import Milestone, Plan, Program
    from banyuasin_plan.schedule.calendar import Calendar, Calendars


STALE = 5
"""Office days for which a report holds, where no tolerance says otherwise."""


@dataclass(slots=True, eq=False)
class Edge:
    """A link by the index of the activity at its other end: FS without a lag, where not told."""

    other: int
    from_start: bool = False
    to_start: bool = True
    lag: int = 0
    elapsed: bool = False


@dataclass(slots=True, eq=False)
class Limit:
    """Somebody who carries so much on one day: an owner, and its own working days."""

    id: str
    capacity: int
    calendar: Calendar


@dataclass(slots=True, eq=False)
class Use:
    """The load of an activity on a limit, by the limit's index."""

    limit: int
    load: int


@dataclass(slots=True, eq=False)
class Activity:
    """A milestone in numbers. Days are ordinals, `days` counts the duration.

    `elapsed` durations count calendar days. `done` is the first and last day of finished work;
    `running` the first day of work that has begun, the day from which what is left of it counts,
    and how many days that is. `use` is its
    load on its owner, where that is limited. With `evening` an event is not before the evening
    of `earliest`, else not before its morning.
    """

    id: str
    calendar: Calendar
    days: int
    elapsed: bool = False
    fixed: int | None = None
    earliest: int | None = None
    due: int | None = None
    weight: float = 1.0
    done: tuple[int, int] | None = None
    running: tuple[int, int, int] | None = None
    cancelled: bool = False
    use: Use | None = None
    before: list[Edge] = field(default_factory=list)
    behind: list[Edge] = field(default_factory=list)
    evening: bool = False

    @property
    def backward(self) -> bool:
        """Whether it is planned back from its due date: nothing else says when it is."""
        return (
            self.due is not None
            and self.fixed is None
            and self.earliest is None
            and not self.before
            and not self.cancelled
        )

    def copied(self) -> Activity:
        """The same activity with lists of links of its own (`replace` takes five times as long)."""
        return Activity(
            self.id,
            self.calendar,
            self.days,
            self.elapsed,
            self.fixed,
            self.earliest,
            self.due,
            self.weight,
            self.done,
            self.running,
            self.cancelled,
            self.use,
            self.before[:],
            self.behind[:],
            self.evening,
        )

    @property
    def still(self) -> bool:
        """Whether facts or a fixed start hold it where it is, whatever links and loads say."""
        return self.done is not None or self.running is not None or self.fixed is not None


class Network(NamedTuple):
    """Activities in the plan's order, and an order in which each follows what it waits for.

    `floor` is the first day work may be planned on, `data_date` the day a forecast is made on.
    `cyclic` are ids that wait for themselves, directly or not; they are not activities here.
    `limits` are the owners, districts among them, that have a capacity.
    """

    activities: tuple[Activity, ...]
    order: Sequence[int]
    plan_calendar: Calendar
    floor: int
    data_date: int | None = None
    cyclic: frozenset[str] = frozenset()
    limits: tuple[Limit, ...] = ()


def network_of(plan: Plan, calendars: Calendars, as_of: date | None = None) -> Network:
    """The plan's network as written, or with the facts known on a data date.

    Links to unknown milestones and milestones in a cycle are left out; rules report both.
    """
    with garbage_left_alone():
        return _network(plan, calendars, as_of)


def _network(plan: Plan, calendars: Calendars, as_of: date | None) -> Network:
    written: dict[str, tuple[Milestone, Program]] = {}
    for program in plan.programs:
        for milestone in program.milestones:
            written.setdefault(milestone.id, (milestone, program))
    waits = {name: [link.id for link in one.after] for name, (one, _) in written.items()}
    cyclic = frozenset(name for knot in knots(waits) for name in knot)
    whole = {name: pair for name, pair in written.items() if name not in cyclic}
    activities = tuple(
        _activity(plan, one, program, calendars, as_of) for one, program in whole.values()
    )
    limits = _limits(plan, calendars)
    if limits:
        _take_up(limits, whole.values(), activities)
    _link([one for one, _ in whole.values()], activities)
    return Network(
        activities,
        _order(activities),
        calendars.plan,
        calendars.first,
        as_of.toordinal() if as_of else None,
        cyclic,
        limits,
    )


def _link(milestones: Sequence[Milestone], activities: Sequence[Activity]) -> None:
    """Note the links between activities at both of their ends; most are FS without a lag."""
    index = {activity.id: place for place, activity in enumerate(activities)}
    for place, milestone in enumerate(milestones):
        for link in milestone.after:
            other = index.get(link.id)
            if other is None:
                continue
            if link.link is LinkType.FS and not link.lag.days:
                leader, follower = Edge(other), Edge(place)
            else:
                from_start = link.link in {LinkType.SS, LinkType.SF}
                to_start = link.link in {LinkType.FS, LinkType.SS}
                lag, elapsed = link.lag.days, link.lag.calendar
                leader = Edge(other, from_start, to_start, lag, elapsed)
                follower = Edge(place, from_start, to_start, lag, elapsed)
            activities[place].before.append(leader)
            activities[other].behind.append(follower)


def duration_of(milestone: Milestone, calendar: Calendar) -> Duration:
    """The duration as written; left out, the working days from `start` to `due`, else none."""
    if milestone.duration is not None:
        return milestone.duration
    if milestone.start and milestone.due:
        return Duration(calendar.between(milestone.start.toordinal(), milestone.due.toordinal()))
    return Duration(0)


def share_done(milestone: Milestone, places: Sequence[str]) -> float:
    """The actual share from 0 to 1, in the order of `standing.md`; `places` are its districts.

    Finished work is 1; work by district counts districts delivered; else progress, else what is
    achieved of the target. What nobody reported is 0.
    """
    if milestone.finished:
        return 1.0
    if places:
        return sum(1 for place in places if _delivered(milestone, place)) / len(places)
    if milestone.progress is not None:
        return milestone.progress / 100
    if milestone.achieved is not None and milestone.target and milestone.target.amount:
        return min(1.0, milestone.achieved / milestone.target.amount)
    return 0.0


def left_of(days: int, share: float) -> int:
    """The days that are left of so many when that share is done; a part of one is one."""
    return math.ceil(round(days * (1 - share), 9))


def finish_of(milestone: Milestone, places: Sequence[str]) -> date | None:
    """The day it was done: `finished`, or the last district's delivery once all have theirs."""
    if milestone.finished or not places:
        return milestone.finished
    days = [milestone.delivered[place].on for place in places if _delivered(milestone, place)]
    return max(day for day in days if day) if len(days) == len(places) else None


def start_of(milestone: Milestone) -> date | None:
    """The day work began, as far as anybody reported: `started`, else the first sign of work."""
    if milestone.started:
        return milestone.started
    signs = [fact.on for fact in milestone.delivered.values() if fact.on]
    if milestone.finished:
        signs.append(milestone.finished)
    if milestone.reported and (milestone.progress or milestone.achieved):
        signs.append(milestone.reported)
    return min(signs, default=None)


def last_report(milestone: Milestone) -> date | None:
    """The last day anything was reported; the day it began counts as a report."""
    days = [milestone.reported, milestone.started]
    days += [day for fact in milestone.delivered.values() for day in (fact.reported, fact.on)]
    return max((day for day in days if day), default=None)


def resumed_on(
    plan: Plan, program: Program, milestone: Milestone, office: Calendar, as_of: date
) -> date:
    """The day from which what is left of running work counts in a forecast.

    Between two reports work goes on as planned: from the last one on, as long as it is fresh (Y2's
    `stale`), later from the last day on which it would still be. Progress that nobody dated is
    taken for that of the data date.
    """
    told = last_report(milestone)
    undated = milestone.reported is None and not milestone.delivered
    said = milestone.progress is not None or milestone.achieved is not None
    if told is None or (undated and said):
        return as_of
    given = (one.stale for one in (program.tolerance, plan.plan.tolerance) if one)
    fresh = next((days for days in given if days is not None), STALE)
    oldest = office.day(office.count(as_of.toordinal() + 1) - fresh - 1)
    return min(max(told, as_date(oldest)), as_of)


def _delivered(milestone: Milestone, place: str) -> bool:
    fact = milestone.delivered.get(place)
    return fact is not None and fact.on is not None


def _activity(
    plan: Plan, one: Milestone, program: Program, calendars: Calendars, as_of: date | None
) -> Activity:
    calendar = calendars.of(owner_of(one, program))
    duration = duration_of(one, calendar)
    activity = Activity(
        one.id,
        calendar,
        duration.days,
        duration.calendar and duration.days > 0,
        one.start.toordinal() if one.start else None,
        one.not_before.toordinal() if one.not_before else None,
        one.due.toordinal() if one.due else None,
        one.weight,
    )
    if as_of is None:
        return activity
    if one.cancelled:
        activity.days, activity.elapsed, activity.cancelled = 0, False, True
        activity.fixed = activity.earliest = activity.due = None
        return activity
    places = plan.everywhere(one.districts)
    finish, share = finish_of(one, places), share_done(one, places)
    began = start_of(one)
    if finish:
        first = min(began or finish, finish).toordinal()
        activity.done = (first, finish.toordinal())
    elif began or share:
        left = left_of(activity.days, share)
        day = resumed_on(plan, program, one, calendars.plan, as_of)
        activity.running = ((began or as_of).toordinal(), day.toordinal(), left)
    return activity


def _limits(plan: Plan, calendars: Calendars) -> tuple[Limit, ...]:
    found: dict[str, Limit] = {}
    for owner in plan.everybody():
        if owner.capacity is not None:
            found.setdefault(owner.id, Limit(owner.id, owner.capacity, calendars.of(owner.id)))
    return tuple(found[name] for name in sorted(found))


def _take_up(
    limits: Sequence[Limit],
    pairs: Iterable[tuple[Milestone, Program]],
    activities: Sequence[Activity],
) -> None:
    """Note whom each activity loads: its owner, which may be a district."""
    index = {limit.id: place for place, limit in enumerate(limits)}
    for activity, (one, program) in zip(activities, pairs, strict=True):
        if activity.days and one.load and not activity.done and not activity.cancelled:
            owner = index.get(owner_of(one, program) or "")
            activity.use = None if owner is None else Use(owner, one.load)


def _order(activities: Sequence[Activity]) -> Sequence[int]:
    """The plan's order where all links look back, else a topological one (Kahn 1962).

    In the plan's order neighbours lie side by side in memory, which in a big one is half the time.
    """
    if all(edge.other < place for place, one in enumerate(activities) for edge in one.before):
        return range(len(activities))
    missing = [len(one.before) for one in activities]
    ready = deque(place for place, count in enumerate(missing) if not count)
    order: list[int] = []
    while ready:
        place = ready.popleft()
        order.append(place)
        for edge in activities[place].behind:
            missing[edge.other] -= 1
            if not missing[edge.other]:
                ready.append(edge.other)
    return order
