"""Late dates and floats, by pushing one milestone at a time and watching what gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.reference.days import DAY, Moment, Stretch
from tests.reference.early import (
    Place,
    Reading,
    Task,
    all_hold,
    event_at,
    links_from,
    place_from,
    running,
    shifted,
    waited,
    work_at,
)
from tests.reference.facts import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from tests.reference.days import Office

FAR = 1000
"""Days that nothing in a small plan is away from anything."""
BEGUN = {State.RUNNING, State.FINISHED}


class Late(NamedTuple):
    """How late a milestone may lie, and by how many of its owner's working days that is later."""

    place: Place
    total: int
    free: int


def plan_end(reading: Reading, places: Mapping[str, Place]) -> date:
    """The plan's own computed finish, as the morning after; cancelled work delays nobody."""
    ends = [
        places[task.name].end.morning
        for task in reading.tasks.values()
        if task.facts.state is not State.CANCELLED
    ]
    return max(ends, default=reading.first)


def late_of(task: Task, reading: Reading, places: Mapping[str, Place]) -> Late | None:
    """Late place and floats of one milestone; finished and cancelled ones have none."""
    if task.facts.state in {State.FINISHED, State.CANCELLED}:
        return None
    if task.facts.state is State.RUNNING:
        reading = _without_its_start(task, reading)
    here, end = places[task.name], plan_end(reading, places)
    if task.fixed and task.facts.state not in BEGUN:
        return Late(here, 0, 0)

    def delays_nothing(place: Place) -> bool:
        return place.end.morning <= end and _followers_fit(task, place, reading, places, end)

    def moves_nobody(place: Place) -> bool:
        return place.end.morning <= end and _followers_stay(task, place, reading, places)

    late = _latest(task, here, reading, delays_nothing)
    free = _latest(task, here, reading, moves_nobody)
    total = _apart(task, here, late)
    return Late(late, total, max(0, min(total, _apart(task, here, free))))


def _without_its_start(task: Task, reading: Reading) -> Reading:
    """The plan without links from the start of what has begun: that is past and does not move."""
    tasks = {
        other.name: other._replace(
            links=tuple(
                link
                for link in other.links
                if link.before != task.name or link.kind in {"FS", "FF"}
            )
        )
        for other in reading.tasks.values()
    }
    return reading._replace(tasks=tasks)


def _apart(task: Task, here: Place, there: Place) -> int:
    """The owner's working days from one finish to another, below zero if that is earlier."""
    first, last = here.end.morning, there.end.morning
    count = task.office.days_between(min(first, last), max(first, last))
    return count if first <= last else -count


def _latest(task: Task, here: Place, reading: Reading, fits: Callable[[Place], bool]) -> Place:
    """The latest place that fits: day by day earlier until one does, then later while they do."""
    day = _first_try(task, here, reading)
    found = None
    for _ in range(FAR):
        found = _lies(task, day, here)
        if found and fits(found):
            break
        day -= DAY
    assert found, f"{task.name} fits nowhere"
    for _ in range(FAR):
        day += DAY
        place = _lies(task, day, here)
        if place and not fits(place):
            return found
        found = place or found
    raise AssertionError(f"{task.name} fits everywhere")


def _first_try(task: Task, here: Place, reading: Reading) -> date:
    """The day by which a milestone's early place is known: what is begun goes on from today."""
    if task.facts.state is State.RUNNING and reading.as_of:
        return reading.as_of
    return here.begin.morning


def _lies(task: Task, day: date, here: Place) -> Place | None:
    """The place of a milestone that begins, or goes on, on a day; none where it can't."""
    if task.facts.state is State.RUNNING:
        left = task.duration.days * (1 - task.facts.share) > 0
        can = task.duration.calendar or not left or task.office.opens(day)
        return running(task, here.start, day, day) if can else None
    if task.event:
        return event_at(Moment(day, evening=False))
    return work_at(task, day) if task.office.opens(day) else None


def _followers_fit(
    task: Task, place: Place, reading: Reading, places: Mapping[str, Place], end: date
) -> bool:
    """Whether all that follows from a milestone's place is in time and no fixed start is broken."""
    pushed = {task.name: place}
    for other in _followers(reading, pushed):
        if other.fixed:
            if not all_hold(other, places[other.name], pushed, reading.office):
                return False
            continue
        pushed[other.name] = _pushed(other, pushed, reading.office)
        if pushed[other.name].end.morning > end and other.facts.state is not State.CANCELLED:
            return False
    return True


def _followers_stay(
    task: Task, place: Place, reading: Reading, places: Mapping[str, Place]
) -> bool:
    """Whether no milestone that waits for this one has to leave its early place."""
    return all(
        _stays(other, task, place, reading, places)
        for other in _followers(reading, {task.name: place})
    )


def _stays(
    other: Task, task: Task, place: Place, reading: Reading, places: Mapping[str, Place]
) -> bool:
    """Whether a milestone keeps its early place; an event goes to what it waits for at once.

    Unless it has a start: then links do not place it, not even where today moved it on.
    """
    here = places[other.name]
    if not other.event or other.held:
        return all_hold(other, here, {task.name: place}, reading.office)
    waits = (waited(link, place, reading.office) for link in links_from(other, {task.name: place}))
    return all(moment.morning <= here.begin.morning for moment in waits)


def _followers(reading: Reading, pushed: Mapping[str, Place]) -> Iterator[Task]:
    """What waits for any that is pushed, while it grows; what has begun waits for nothing."""
    for task in reading.tasks.values():
        if task.facts.state not in BEGUN and any(links_from(task, pushed)):
            yield task


def _pushed(task: Task, pushed: Mapping[str, Place], plan: Office) -> Place:
    """The earliest place that the links from what is pushed allow, whatever else holds it.

    What has a start is not placed by them: an event with one need not be on a working morning.
    """
    if task.held and task.event:
        links = links_from(task, pushed)
        instant = max(shifted(link, pushed[link.before], plan) for link in links)
        return event_at(Moment(instant, evening=False))
    floors = []
    for link in links_from(task, pushed):
        floor = shifted(link, pushed[link.before], plan)
        if link.kind in {"FF", "SF"}:
            back = Stretch(-task.duration.days - 1, task.duration.calendar)
            floor = task.office.shift(floor, back)
        floors.append(floor)
    return place_from(task._replace(due=None), max(floors), pushed, plan)
