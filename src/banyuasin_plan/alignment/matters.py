"""What offices have to settle together now: hand-offs, decisions, orders, capacity, visits.

A matter is something that one office cannot settle by itself and that cannot wait: it is late, or
falls due in the days looked at, or leaves somebody else no room. What an office only has to do
itself is no matter for a meeting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.alignment.handoffs import FROM_START, Handoff, Spot, links_of
from banyuasin_plan.alignment.visits import Visit, visits_of
from banyuasin_plan.plan.model import Blocker, Decision, owner_of
from banyuasin_plan.plan.supposing import capacity_of
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.schedule.loading import burdens_of
from banyuasin_plan.schedule.network import finish_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from banyuasin_plan.plan.model import Milestone, Plan, Program
    from banyuasin_plan.schedule import Schedule


class Window(NamedTuple):
    """The days looked at: from the data date to the last of them, both included."""

    first: date
    last: date


class Owed(NamedTuple):
    """Work that other offices wait for, with the links of those that can't wait any longer."""

    links: tuple[Handoff, ...]

    @property
    def given(self) -> Spot:
        """What is waited for."""
        return self.links[0].given

    @property
    def waiting(self) -> tuple[str, ...]:
        """The offices that wait, each once."""
        return _named(*(one.waiting.owner for one in self.links))


class Blocked(NamedTuple):
    """An open blocker of an open milestone; `owner` does the milestone."""

    milestone: Milestone
    program: Program
    owner: str | None
    blocker: Blocker


class Crowd(NamedTuple):
    """Who is full: a milestone that others wait for comes later for want of capacity.

    `most` is the capacity with which it would not be.
    """

    handoff: Handoff
    owner: str
    capacity: int
    most: int


class Matter(NamedTuple):
    """Something to settle together.

    `kind` is handoff, blocker, capacity, visits or order. `stuck` are the milestones that come
    later while it is not settled, `about` all that it is about. `offices` have to be there, and
    `camat` (districts) where it is about visits. `decide_by` is the last day, None where nobody
    set one. `source` is what it was read from.
    """

    kind: str
    stuck: tuple[str, ...]
    about: tuple[str, ...]
    programs: tuple[str, ...]
    offices: tuple[str, ...]
    decide_by: date | None
    source: Owed | Blocked | Crowd | Decision | tuple[Visit, ...]
    camat: tuple[str, ...] = ()


def matters_of(
    plan: Plan, schedule: Schedule, forecast: Schedule, window: Window
) -> tuple[Matter, ...]:
    """Every matter of the window, hand-offs first, in the plan's order."""
    links = [one for one in links_of(plan, schedule, forecast) if one.open and one.between]
    return (
        *_handoffs(links, forecast, window),
        *_blockers(plan, forecast, window),
        *_crowds(plan, links, forecast),
        *_orders(plan, window),
        *_visits(plan, forecast, window),
    )


def _handoffs(links: Sequence[Handoff], forecast: Schedule, window: Window) -> Iterator[Matter]:
    """One matter for all that wait for the same."""
    slipping = _causes(links, forecast)
    found: dict[str, list[Handoff]] = {}
    for one in links:
        names = one.waiting.milestone.id, one.given.milestone.id
        if (
            _is_late(one, window)
            or _will_be_late(one)
            or _is_open_question(one, window)
            or names in slipping
        ):
            found.setdefault(one.given.milestone.id, []).append(one)
    for mine in found.values():
        yield _owed(Owed(tuple(mine)), forecast)


def _is_late(one: Handoff, window: Window) -> bool:
    """The day it was promised for has passed."""
    return one.state == "late" and one.promised < window.first


def _will_be_late(one: Handoff) -> bool:
    """The forecast misses a promised day, and who waits for it has no room."""
    promised = one.given.milestone.due is not None and one.link.link not in FROM_START
    return promised and one.forecast > one.promised and one.slack == 0


def _is_open_question(one: Handoff, window: Window) -> bool:
    """It is due in these days, any delay is one of the whole plan, and nobody agreed to it."""
    due = one.promised <= window.last
    critical = one.total_float is not None and one.total_float <= 0
    return due and critical and one.link.agreed is None


def _causes(links: Sequence[Handoff], forecast: Schedule) -> set[tuple[str, str]]:
    """Links to another office behind milestones that their own due date no longer fits.

    What drives such a milestone is followed back to the nearest link between two offices.
    """
    between = {(one.waiting.milestone.id, one.given.milestone.id): one for one in links}
    found = set()
    for one in links:
        name = one.waiting.milestone.id
        due = one.waiting.milestone.due
        if due is None or forecast.slots[name].finish <= due:
            continue
        driver = forecast.slots[name].driver
        if driver.kind == "link" and (name, driver.id) in between:
            found.add((name, str(driver.id)))
    return found


def _owed(owed: Owed, forecast: Schedule) -> Matter:
    given = owed.given
    return Matter(
        "handoff",
        (given.milestone.id,),
        _named(given.milestone.id, *(one.waiting.milestone.id for one in owed.links)),
        _named(given.program.id, *(one.waiting.program.id for one in owed.links)),
        _named(given.owner, *owed.waiting),
        min(_needed_on(one, forecast) for one in owed.links),
        owed,
    )


def _needed_on(one: Handoff, forecast: Schedule) -> date:
    """The last day on which the hand-over moves nobody."""
    office = forecast.calendars.plan
    if not one.slack:
        return one.forecast
    return as_date(office.day(office.count(one.forecast.toordinal() + 1) - 1 + one.slack))


def _blockers(plan: Plan, forecast: Schedule, window: Window) -> Iterator[Matter]:
    for program in plan.programs:
        for one in program.milestones:
            if one.cancelled or one.id not in forecast.slots or not one.blockers:
                continue
            if finish_of(one, plan.everywhere(one.districts)):
                continue
            owner = owner_of(one, program)
            for blocker in one.blockers:
                if blocker.closed is None and (
                    blocker.decide_by is None or blocker.decide_by <= window.last
                ):
                    yield from _blocked(Blocked(one, program, owner, blocker))


def _blocked(one: Blocked) -> Iterator[Matter]:
    """A blocker that its office can't clear alone; one without anybody's name is one too."""
    offices = _named(one.owner, one.blocker.owner, one.blocker.district)
    if one.blocker.owner is None or len(offices) > 1:
        name, program = one.milestone.id, one.program.id
        yield Matter("blocker", (name,), (name,), (program,), offices, one.blocker.decide_by, one)


def _crowds(plan: Plan, links: Sequence[Handoff], forecast: Schedule) -> Iterator[Matter]:
    """Who is so full that critical work of others waits."""
    for one in links:
        held = forecast.holders.get(one.given.milestone.id)
        critical = one.total_float is not None and one.total_float <= 0
        if held is None or held.earlier or not critical or one.slack:
            continue
        now = capacity_of(plan, held.owner) or 0
        most = now + max(1, one.given.milestone.load)
        names = one.given.milestone.id, one.waiting.milestone.id
        yield Matter(
            "capacity",
            (),
            names,
            _named(one.given.program.id, one.waiting.program.id),
            _named(held.owner, one.given.owner, one.waiting.owner),
            None,
            Crowd(one, held.owner, now, most),
        )


def _orders(plan: Plan, window: Window) -> Iterator[Matter]:
    """Orders that are due in these days or were before; who gave one and who got it."""
    for one in plan.decisions:
        if one.done is None and one.due is not None and one.due <= window.last:
            yield Matter("order", (), (), (), _named(one.owner, one.by), one.due, one)


def _visits(plan: Plan, forecast: Schedule, window: Window) -> Iterator[Matter]:
    """One matter of all camat whom several programmes ask at once for more than they can do.

    It is of visits from tomorrow on, and to be settled on the office day before the first.
    """
    start = forecast.calendars.head.start
    monday = start.toordinal() - start.weekday()
    found = tuple(
        one._replace(weeks=weeks)
        for one in visits_of(plan, burdens_of(plan, forecast), monday)
        for weeks in [
            tuple(
                week
                for week in one.weeks
                if one.capacity is not None
                and week.peak > one.capacity
                and window.first < week.day <= window.last
            )
        ]
        if weeks
    )
    if not found:
        return
    asked = _asked(found)
    owners = {
        one.id: (owner_of(one, program), program.id)
        for program in plan.programs
        for one in program.milestones
        if one.id in asked
    }
    camat = tuple(one.district for one in found)
    offices = _named(*(who for who, _ in owners.values() if who not in camat))
    office = forecast.calendars.plan
    first = min(one.proposed.day for one in found)
    day = as_date(office.day(office.count(first.toordinal()) - 1))
    programs = tuple(dict.fromkeys(program for _, program in owners.values()))
    yield Matter("visits", (), tuple(owners), programs, offices, day, found, camat)


def _asked(found: Sequence[Visit]) -> Mapping[str, None]:
    """The milestones that ask, each once."""
    return dict.fromkeys(name for one in found for week in one.weeks for name in week.milestones)


def _named(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
