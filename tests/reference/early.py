"""Early dates, by trying one day after the other."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tests.reference.days import DAY, Moment, Office, Stretch, Written, stretch
from tests.reference.facts import Facts, State, day_of, due_of, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LINK = re.compile(r"([a-z0-9-]+?)(?: +(FS|SS|FF|SF))?([+-]\d+(?:d|w|cd)?)?")


class Link(NamedTuple):
    """What a milestone waits for: whose which end holds which end of it, how much later."""

    before: str
    kind: str
    lag: Stretch


class Task(NamedTuple):
    """A milestone as the scheduler needs it. `fixed` does not move; `held` is where it is put."""

    name: str
    office: Office
    duration: Stretch
    links: tuple[Link, ...]
    facts: Facts
    not_before: date | None
    held: date | None
    fixed: bool
    due: date | None

    @property
    def event(self) -> bool:
        """Whether it takes no time."""
        return not self.duration.days or self.facts.state is State.CANCELLED


class Place(NamedTuple):
    """Where a milestone lies: its two instants, and the days that people read."""

    begin: Moment
    end: Moment
    start: date
    finish: date
    event: bool


class Reading(NamedTuple):
    """A plan read for scheduling, predecessors before successors."""

    tasks: Mapping[str, Task]
    office: Office
    first: date
    as_of: date | None


def read(plan: Written, as_of: date | None = None) -> Reading:
    """Read a plan whose links name milestones further up; or its forecast on a data date."""
    head = plan["plan"]
    calendar = head.get("calendar", {})
    offices = {
        one["id"]: Office(calendar, one.get("calendar"))
        for one in (*plan.get("owners", ()), *plan.get("districts", ()))
    }
    office = Office(calendar)
    districts = [one["id"] for one in plan.get("districts", ())]
    tasks = {}
    for program in plan["programs"]:
        for milestone in program["milestones"]:
            owner = milestone.get("owner") or program.get("lead")
            done_in = milestone.get("districts", [])
            facts = facts_of(milestone, districts if done_in == "all" else done_in, as_of)
            task = _task(milestone, offices[owner] if owner else office, facts, as_of)
            tasks[task.name] = task
    first = date.fromisoformat(head.get("prepare_from", head["start"]))
    return Reading(tasks, office, first, as_of)


def _task(milestone: Written, office: Office, facts: Facts, as_of: date | None) -> Task:
    start, due = day_of(milestone.get("start")), due_of(milestone, as_of)
    not_before = day_of(milestone.get("not_before"))
    links = tuple(_link(text) for text in milestone.get("after", ()))
    if facts.state is State.CANCELLED:
        nothing = Stretch(0, calendar=False)
        return Task(
            milestone["id"], office, nothing, links, facts, None, None, fixed=False, due=None
        )
    if "duration" in milestone:
        duration = stretch(milestone["duration"])
    elif start and due:
        duration = Stretch(office.days_between(start, due + DAY), calendar=False)
    else:
        duration = Stretch(0, calendar=False)
    held = max(start, as_of) if start and as_of else start
    alone = not (links or start or not_before)
    return Task(
        name=milestone["id"],
        office=office,
        duration=duration,
        links=links,
        facts=facts,
        not_before=not_before,
        held=held,
        fixed=held is not None and held == start,
        due=due if alone else None,
    )


def _link(text: str) -> Link:
    before, kind, lag = LINK.fullmatch(text).groups()  # type: ignore[union-attr]
    return Link(before, kind or "FS", stretch(lag or "0"))


def early_places(reading: Reading) -> dict[str, Place]:
    """Where every milestone lies at the earliest."""
    places: dict[str, Place] = {}
    for task in reading.tasks.values():
        places[task.name] = _early(task, places, reading)
    return places


def _early(task: Task, places: Mapping[str, Place], reading: Reading) -> Place:
    as_of, facts = reading.as_of, task.facts
    if facts.state is State.FINISHED and facts.began and facts.finished:
        return _finished(task, facts.began, facts.finished)
    if facts.state is State.RUNNING and facts.began and as_of:
        return running(task, facts.began, resumed(task, reading, as_of), as_of)
    if task.held and task.event:
        return event_at(Moment(task.held, evening=False))
    if task.held:
        return work_at(task, task.office.next_open(task.held))
    floors = [reading.first, task.not_before or reading.first]
    if as_of and facts.state is not State.CANCELLED:
        floors.append(as_of)
    return place_from(task, max(floors), places, reading.office)


def _finished(task: Task, began: date, finished: date) -> Place:
    end = Moment(finished, evening=True)
    instant = task.event and began == finished
    begin = end if instant else Moment(began, evening=False)
    return Place(begin, end, began, finished, task.event)


FRESH = 5
"""Office days for which a report holds."""


def resumed(task: Task, reading: Reading, as_of: date) -> date:
    """The day from which what is left counts: the last report, or when it would still be fresh."""
    day = task.facts.told or as_of
    while reading.office.days_between(day + DAY, as_of + DAY) > FRESH:
        day += DAY
    return day


def running(task: Task, began: date, resumed: date, today: date) -> Place:
    """What is left of work that has begun, taken up on a day at the earliest; over today or later.

    Of several days between which no office day lies, the last one counts.
    """
    left = math.ceil(task.duration.days * (1 - task.facts.share))
    begin = Moment(began, evening=False)
    if not left:
        return Place(begin, Moment(today, evening=False), began, today, task.event)
    day = resumed if task.duration.calendar else task.office.next_open(resumed)
    finish = task.office.last_day(day, Stretch(left, task.duration.calendar))
    soonest = today if task.duration.calendar else task.office.next_open(today)
    finish = max(finish, soonest)
    return Place(begin, Moment(finish, evening=True), began, finish, task.event)


def event_at(moment: Moment) -> Place:
    """An event at an instant."""
    return Place(moment, moment, moment.day, moment.day, event=True)


def work_at(task: Task, start: date) -> Place:
    """Work that begins on an open day."""
    finish = task.office.last_day(start, task.duration)
    begin, end = Moment(start, evening=False), Moment(finish, evening=True)
    return Place(begin, end, start, finish, event=False)


def place_from(task: Task, floor: date, places: Mapping[str, Place], plan: Office) -> Place:
    """The earliest place from a day on at which every link from these places holds."""
    if task.event:
        moments = [waited(link, places[link.before], plan) for link in links_from(task, places)]
        promise = [Moment(task.due, evening=True)] if task.due else []
        return event_at(max([Moment(floor, evening=False), *promise, *moments]))
    if task.due and (back := _planned_back(task, task.due, floor)):
        return back
    place = work_at(task, task.office.next_open(floor))
    while not all_hold(task, place, places, plan):
        place = work_at(task, task.office.next_open(place.start + DAY))
    return place


def _planned_back(task: Task, due: date, floor: date) -> Place | None:
    """The latest place with a finish on the due date or before it, if there is one yet."""
    day = due
    while day >= floor:
        if task.office.opens(day) and (place := work_at(task, day)).finish <= due:
            return place
        day -= DAY
    return None


def links_from(task: Task, places: Mapping[str, Place]) -> Iterator[Link]:
    """The milestone's links to those that have a place."""
    return (link for link in task.links if link.before in places)


def all_hold(task: Task, place: Place, places: Mapping[str, Place], plan: Office) -> bool:
    """Whether every link from these places holds for a milestone that lies here."""
    return all(
        holds(link, task, place, places[link.before], plan) for link in links_from(task, places)
    )


def holds(link: Link, task: Task, place: Place, before: Place, plan: Office) -> bool:
    """Whether the end that waits is no earlier than the end waited for and its lag.

    Work that must end at a morning, or at an event, may end on its last working day before;
    the evening on which work ends is waited for on closed days too.
    """
    target = shifted(link, before, plan)
    if link.kind in {"FS", "SS"}:
        return place.begin.morning >= target
    if task.event or task.duration.calendar or (link.kind == "FF" and not before.event):
        return place.end.morning >= target
    return not task.office.days_between(place.end.morning, target)


def shifted(link: Link, before: Place, plan: Office) -> date:
    """The instant that a link waits for, as a morning."""
    anchor = before.end if link.kind in {"FS", "FF"} else before.begin
    return plan.shift(anchor.morning, link.lag)


def waited(link: Link, before: Place, plan: Office) -> Moment:
    """The instant that a link gives an event: the evening of an end, the morning of a start."""
    ends = link.kind in {"FS", "FF"}
    if not link.lag.days:
        return before.end if ends else before.begin
    morning = shifted(link, before, plan)
    if ends:
        return Moment(morning - DAY, evening=True)
    return Moment(morning if link.lag.calendar else plan.next_open(morning), evening=False)
