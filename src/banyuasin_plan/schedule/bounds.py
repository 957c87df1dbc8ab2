"""How early a plan can end at all, whatever the order: what shows a schedule to be the shortest.

The critical path is one bound. For each limit there are two more: a machine that serves one task
at a time can't be done before Jackson's preemptive schedule of their heads, days and tails
(Jackson 1955; Carlier and Pinson, Management Science 35, 1989), and a limit with more room not
before the work of any group of tasks fits between the earliest head and the shortest tail.
"""

from __future__ import annotations

from heapq import heappop, heappush
from operator import add
from typing import TYPE_CHECKING

from banyuasin_plan.schedule.compiling import stretch
from banyuasin_plan.schedule.loads import need_of, room_of
from banyuasin_plan.schedule.passes import closing_spots

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from banyuasin_plan.schedule.compiling import Part
    from banyuasin_plan.schedule.network import Activity, Edge, Network
    from banyuasin_plan.schedule.passes import Spot

_THRESHOLDS = 32


Job = tuple[int, int, int, int]
"""A task on a limit by head, days, load and tail.

It lies not before its head, takes the load on so many days, and the tail follows until the end.
"""


def least_end(jobs: Sequence[Job], room: int) -> int:
    """The earliest end that a limit allows these jobs."""
    alone = [job for job in jobs if 2 * job[2] > room]
    if len(alone) == len(jobs):  # no group's work can say more than the machine's own schedule
        return _one_machine(jobs)
    return max(_one_machine(alone), _energy(jobs, room))


def _one_machine(jobs: Sequence[Job]) -> int:
    """The end of Jackson's preemptive schedule: of what is there, the longest tail goes first."""
    coming = sorted([(head, -tail, days) for head, days, _, tail in jobs], reverse=True)
    waiting: list[tuple[int, int]] = []
    now = best = 0
    while waiting or coming:
        if not waiting:
            now = max(now, coming[-1][0])
        while coming and coming[-1][0] <= now:
            heappush(waiting, coming.pop()[1:])
        tail, left = heappop(waiting)
        until = now + left
        if coming and coming[-1][0] < until:
            until = coming[-1][0]
            heappush(waiting, (tail, left - (until - now)))
        elif until - tail > best:
            best = until - tail
        now = until
    return best


def _energy(jobs: Sequence[Job], room: int) -> int:
    """Work of the jobs from some head on and with some tail at least, spread over the room."""
    ordered = sorted(jobs, reverse=True)
    tails = sorted({tail for _, _, _, tail in jobs})
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
        return max(
            part.office_time(task, state)[1] + part.tails[task] for task, state in enumerate(heads)
        )
    ends: list[int] = list(map(add, map(add, heads, part.days), part.tails))
    jobs: list[list[Job]] = [[] for _ in part.rooms]
    for task, need in enumerate(part.needs):
        if need:
            jobs[need.limit].append((heads[task], part.days[task], need.load, part.tails[task]))
    ends += [least_end(of_one, room.room) for of_one, room in zip(jobs, part.rooms, strict=True)]
    return max(ends)


def tails_of(network: Network, *, sure: bool) -> list[int]:
    """Working days that must follow each activity before the end, by links alone, without dates.

    What is `sure` follows only links inside one calendar, where days add up. Else links between
    calendars and calendar days are taken for what they mostly are.
    """
    tails = [0] * len(network.activities)
    for place in reversed(network.order):
        activity = network.activities[place]
        longest = 0
        for edge in activity.behind:
            other = network.activities[edge.other]
            if other.still or (sure and not _adds_up(activity, other, edge, network)):
                continue
            rest = stretch(activity, other, edge) + tails[edge.other]
            if rest > longest:  # noqa: PLR1730 - a call costs more than the rest
                longest = rest
        tails[place] = longest
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
            jobs[use.limit].append((head, activity.days, need, tails[place]))
    for number, of_one in jobs.items():
        limit = network.limits[number]
        if of_one:
            best = max(best, limit.calendar.day(least_end(of_one, room_of(limit)) - 1))
    return best
