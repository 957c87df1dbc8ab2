"""How early a plan can end at all, whatever the order: what shows a schedule to be the shortest.

The critical path is one bound. For each limit there are two more: a machine that serves one task
at a time can't be done before Jackson's preemptive schedule of their heads, days and tails
(Jackson 1955; Carlier and Pinson, Management Science 35, 1989), and a limit with more room not
before the work of any group of tasks fits between the earliest head and the shortest tail.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.compiling import stretch
from banyuasin_plan.schedule.loads import need_of, room_of
from banyuasin_plan.schedule.passes import closing_spots

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from banyuasin_plan.schedule.compiling import Part
    from banyuasin_plan.schedule.network import Activity, Edge, Network
    from banyuasin_plan.schedule.passes import Spot

_THRESHOLDS = 32


class Job(NamedTuple):
    """A task on a limit: not before `head`, `days` with `load`, then `tail` until the end."""

    head: int
    days: int
    load: int
    tail: int


def least_end(jobs: Sequence[Job], room: int) -> int:
    """The earliest end that a limit allows these jobs."""
    alone = [job for job in jobs if 2 * job.load > room]
    if len(alone) == len(jobs):  # no group's work can say more than the machine's own schedule
        return _one_machine(jobs)
    return max(_one_machine(alone), _energy(jobs, room))


def _one_machine(jobs: Sequence[Job]) -> int:
    """The end of Jackson's preemptive schedule: of what is there, the longest tail goes first."""
    coming = sorted(jobs, key=lambda job: job.head)
    waiting: list[tuple[int, int]] = []
    now = best = number = 0
    while waiting or number < len(coming):
        if not waiting:
            now = max(now, coming[number].head)
        while number < len(coming) and coming[number].head <= now:
            heappush(waiting, (-coming[number].tail, coming[number].days))
            number += 1
        tail, left = heappop(waiting)
        until = now + left
        if number < len(coming) and coming[number].head < until:
            until = coming[number].head
            heappush(waiting, (tail, left - (until - now)))
        else:
            best = max(best, until - tail)
        now = until
    return best


def _energy(jobs: Sequence[Job], room: int) -> int:
    """Work of the jobs from some head on and with some tail at least, spread over the room."""
    ordered = sorted(jobs, reverse=True)
    tails = sorted({job.tail for job in jobs})
    step = max(len(tails) // _THRESHOLDS, 1)
    best = 0
    for tail in tails[::step]:
        work = 0
        for head, days, load, least in ordered:
            if least >= tail:
                work += days * load
                end = head - (-work // room) + tail
                if end > best:  # noqa: PLR1730 - a call costs more than the rest
                    best = end
    return best


def least_end_of(part: Part, heads: Sequence[int]) -> int:
    """The earliest end of a part in office time, tails included, from its tasks' earliest states.

    Limits count only in plain parts, where all days are days of one calendar.
    """
    if not part.plain:
        times = (part.office_time(task, state)[1] for task, state in enumerate(heads))
        return max(map(int.__add__, times, part.tails))
    best = max(
        head + days + tail for head, days, tail in zip(heads, part.days, part.tails, strict=True)
    )
    jobs: list[list[Job]] = [[] for _ in part.rooms]
    for task, need in enumerate(part.needs):
        if need:
            job = Job(heads[task], part.days[task], need.load, part.tails[task])
            jobs[need.limit].append(job)
    ends = [least_end(of_one, room.room) for of_one, room in zip(jobs, part.rooms, strict=True)]
    return max([best, *ends])


def tails_of(network: Network, *, sure: bool) -> list[int]:
    """Working days that must follow each activity before the end, by links alone, without dates.

    What is `sure` follows only links inside one calendar, where days add up. Else links between
    calendars and calendar days are taken for what they mostly are.
    """
    tails = [0] * len(network.activities)
    for place in reversed(network.order):
        activity = network.activities[place]
        for edge in activity.behind:
            other = network.activities[edge.other]
            if other.still or (sure and not _adds_up(activity, other, edge, network)):
                continue
            rest = stretch(activity, other, edge) + tails[edge.other]
            tails[place] = max(tails[place], rest)
    return tails


def _adds_up(activity: Activity, other: Activity, edge: Edge, network: Network) -> bool:
    calendar = activity.calendar
    lagless = not edge.lag or (not edge.elapsed and calendar is network.plan_calendar)
    return calendar is other.calendar and lagless and not (activity.elapsed or other.elapsed)


def last_day_at_least(network: Network, spots: Sequence[Spot], limits: Collection[int]) -> int:
    """The first day on which the plan can have ended, its spots without limits being these."""
    best = max(spot.last for spot in closing_spots(network, spots))
    tails = tails_of(network, sure=True)
    jobs: dict[int, list[Job]] = {number: [] for number in sorted(limits)}
    for place, activity in enumerate(network.activities):
        use = activity.use
        if use and use.limit in jobs and not activity.still and not activity.elapsed:
            need = need_of(use.load, network.limits[use.limit])
            head = activity.calendar.count(spots[place].begin)
            jobs[use.limit].append(Job(head, activity.days, need, tails[place]))
    for number, of_one in jobs.items():
        limit = network.limits[number]
        if of_one:
            best = max(best, limit.calendar.day(least_end(of_one, room_of(limit)) - 1))
    return best
