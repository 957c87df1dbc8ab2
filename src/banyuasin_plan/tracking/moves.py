"""Milestones whose dates moved between two states of a plan, and what moved them.

A start is the latest of what holds it, so what drives the later of the two starts is what moved
it: the new driver of one that comes later, the old driver of one that comes earlier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.network import duration_of
from banyuasin_plan.tracking.standing import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from banyuasin_plan.plan.head import OwnerCalendar, WorkCalendar
    from banyuasin_plan.plan.model import Link, Plan
    from banyuasin_plan.schedule import Driver, Schedule, Slot
    from banyuasin_plan.tracking import Standing, Tracking

FACTS = ("started", "finished", "progress", "achieved", "delivered", "reported")
"""Keys whose facts place work that has begun."""

OWN_DATES = ("start", "not_before", "due")
"""Keys by which a milestone says itself when it is."""

PASSED_ON = frozenset({"link", "capacity"})
"""Causes that lie in another milestone."""


class Side(NamedTuple):
    """A state of a plan on its data date."""

    plan: Plan
    forecast: Schedule
    tracking: Tracking


class Pair(NamedTuple):
    """One milestone in both states; its id may have changed."""

    old: Standing
    new: Standing


class Cause(NamedTuple):
    """What moved a milestone.

    `kind` is own (its dates or duration were changed), report (what was reported of it), link,
    capacity, calendar, data_date or plan_start; of the first two in `PASSED_ON`, `id` is the
    milestone that it waits for or makes room for.
    """

    kind: str
    id: str | None = None


class Move(NamedTuple):
    """A milestone whose forecast finish changed, or its start while it has not begun.

    `days` are calendar days from the old finish to the new one, of those whose finish stayed from
    the old start; negative when it comes earlier. `root` is the milestone at which the chain of
    moves began, itself where nothing before it moved.
    """

    pair: Pair
    old: Slot
    new: Slot
    days: int
    cause: Cause
    root: str


def moves_of(old: Side, new: Side, pairs: Iterable[Pair]) -> tuple[Move, ...]:
    """Every milestone whose dates moved, in the plan's order; cancelled ones have none."""
    names = {pair.old.milestone.id: pair.new.milestone.id for pair in pairs}
    moved = [pair for pair in pairs if _is_moved(pair)]
    causes = {pair.new.milestone.id: _cause(pair, old, new, names) for pair in moved}
    return tuple(
        Move(
            pair,
            pair.old.case.forecast,
            pair.new.case.forecast,
            _days(pair),
            causes[pair.new.milestone.id],
            _root(pair.new.milestone.id, causes),
        )
        for pair in moved
    )


def _is_moved(pair: Pair) -> bool:
    cases = pair.old.case, pair.new.case
    if any(case.state is State.CANCELLED for case in cases):
        return False
    before, after = (case.forecast for case in cases)
    if before.finish != after.finish:
        return True
    # work under way whose start nobody reported is taken to begin on the data date
    return before.start != after.start and cases[1].state is State.NOT_STARTED


def _days(pair: Pair) -> int:
    before, after = pair.old.case.forecast, pair.new.case.forecast
    return (after.finish - before.finish).days or (after.start - before.start).days


def _root(name: str, causes: Mapping[str, Cause]) -> str:
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        cause = causes[name]
        if cause.kind not in PASSED_ON or cause.id is None or cause.id not in causes:
            return name
        name = cause.id
    return name


def _cause(pair: Pair, old: Side, new: Side, names: Mapping[str, str]) -> Cause:
    before, after = pair.old.case, pair.new.case
    begun = {before.state, after.state} != {State.NOT_STARTED}
    if begun and _differ(pair, FACTS):
        return Cause("report")
    if duration_of(before.milestone, before.calendar) != duration_of(
        after.milestone, after.calendar
    ):
        return Cause("own")
    same_start = before.forecast.start == after.forecast.start
    if after.state is State.NOT_STARTED and same_start and _calendar_changed(pair, old, new):
        return Cause("calendar")
    later = _days(pair) > 0
    driver = _driver(after.forecast if later else before.forecast, None if later else names)
    return _driven(pair, driver, old, new, names)


def _driver(slot: Slot, names: Mapping[str, str] | None) -> Driver:
    """What drives a slot; of an old one under the name that its milestone has now."""
    driver = slot.driver
    if names is None or driver.id is None:
        return driver
    return driver._replace(id=names.get(driver.id, driver.id))


def _driven(pair: Pair, driver: Driver, old: Side, new: Side, names: Mapping[str, str]) -> Cause:
    """What a driver comes down to: itself, unless it only carries on what something else did."""
    if driver.kind in OWN_DATES or driver.kind == "calendar":
        if _differ(pair, OWN_DATES):
            return Cause("own")
        if _calendar_changed(pair, old, new):
            return Cause("calendar")
        return Cause("capacity" if _crowded_out(pair) else _rest(driver.kind, old, new))
    if driver.kind == "link":
        still = _same_links(pair, driver, names) and not _other_moved(driver, old, new, names)
        if still and _calendar_changed(pair, old, new):
            return Cause("calendar")
    if driver.kind == "plan_start" and not _plan_start_moved(old, new):
        changed = _calendar_changed(pair, old, new)
        return Cause("calendar" if changed else _rest(driver.kind, old, new))
    if driver.kind == "data_date" and old.tracking.as_of == new.tracking.as_of:
        return _on_one_day(pair, old, new)
    return Cause(driver.kind, driver.id if driver.kind in PASSED_ON else None)


def _crowded_out(pair: Pair) -> bool:
    """Whether capacity keeps work from the place its due date gives it, in either state."""
    drivers = [one.case.forecast.driver for one in pair]
    return any(driver.kind == "due" and driver.detail for driver in drivers)


def _on_one_day(pair: Pair, old: Side, new: Side) -> Cause:
    """What lets the data date drive one state and not the other, when it is the same in both."""
    if _calendar_changed(pair, old, new):
        return Cause("calendar")
    if _differ(pair, OWN_DATES):
        return Cause("own")
    if _differ(pair, ("after",)):
        gone = {link.id for link in pair.old.milestone.after}
        come = {link.id for link in pair.new.milestone.after}
        return Cause("link", min(gone ^ come, default=None))
    return Cause("report" if _differ(pair, FACTS) else "data_date")


def _rest(kind: str, old: Side, new: Side) -> str:
    """What else moves a milestone that its own dates hold, though these are the same."""
    if old.tracking.as_of != new.tracking.as_of:
        return "data_date"
    return "plan_start" if kind == "plan_start" else "own"


def _plan_start_moved(old: Side, new: Side) -> bool:
    before, after = old.plan.plan, new.plan.plan
    return (before.start, before.prepare_from) != (after.start, after.prepare_from)


def _other_moved(driver: Driver, old: Side, new: Side, names: Mapping[str, str]) -> bool:
    """Whether the milestone waited for lies elsewhere than before."""
    once = {now: then for then, now in names.items()}
    before = old.forecast.slots.get(once.get(driver.id or "", driver.id or ""))
    after = new.forecast.slots.get(driver.id or "")
    if before is None or after is None:
        return True
    return (before.start, before.finish) != (after.start, after.finish)


def _same_links(pair: Pair, driver: Driver, names: Mapping[str, str]) -> bool:
    """Whether the links to the milestone waited for are the same."""
    before = {_renamed(link, names) for link in pair.old.milestone.after}
    after = {str(link) for link in pair.new.milestone.after}
    return _to(before, driver) == _to(after, driver)


def _renamed(link: Link, names: Mapping[str, str]) -> str:
    return str(link.model_copy(update={"id": names.get(link.id, link.id)}))


def _to(links: Iterable[str], driver: Driver) -> set[str]:
    return {link for link in links if link.partition(" ")[0] == driver.id}


def _calendar_changed(pair: Pair, old: Side, new: Side) -> bool:
    return list(_days_of(pair.old, old)) != list(_days_of(pair.new, new))


def _days_of(one: Standing, side: Side) -> Iterator[WorkCalendar | OwnerCalendar | None]:
    """What says on which days a milestone's owner works."""
    yield side.plan.plan.calendar
    for office in side.plan.everybody():
        if office.id == one.case.owner:
            yield office.calendar


def _differ(pair: Pair, keys: Iterable[str]) -> bool:
    return any(getattr(pair.old.milestone, key) != getattr(pair.new.milestone, key) for key in keys)
