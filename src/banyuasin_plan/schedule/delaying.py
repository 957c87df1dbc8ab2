"""A forecast asked again and again: what would move if some milestones came later.

Each answer is that of scheduling the whole plan again with the same suppositions (`supposed`).
Where nobody has a capacity, only what follows is placed anew, so that hundreds of questions take
as long as one or two schedules.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.fields import Duration
from banyuasin_plan.plan.supposing import Supposition, with_capacity
from banyuasin_plan.schedule import calendars_of, early_of, schedule_of
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.schedule.network import network_of
from banyuasin_plan.schedule.passes import placed
from banyuasin_plan.schedule.supposed import supposed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from banyuasin_plan.plan.model import Milestone, Plan, Program
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.schedule.network import Activity
    from banyuasin_plan.schedule.passes import Spot


class Moved(NamedTuple):
    """First and last day of every milestone that moves, by id, and the plan's new last day."""

    slots: Mapping[str, tuple[date, date]]
    finish: date | None


class Delays:
    """The forecast of a plan, ready to be asked."""

    def __init__(self, plan: Plan, forecast: Schedule) -> None:
        """Build the network once; `forecast` is the plan's, which must have no cycle left in it."""
        self.plan, self.forecast = plan, forecast
        if not forecast.levelled:
            early = early_of(plan, forecast.calendars, forecast.as_of)
            self._network, self._spots = early.network, early.spots
            self._places = {one.id: place for place, one in enumerate(self._network.activities)}
            self._ranks = {place: rank for rank, place in enumerate(self._network.order)}

    def later(self, names: Collection[str], days: int) -> Moved:
        """What moves if each of these open milestones came that many working days later."""
        by = Duration(days)
        suppositions = [Supposition("later", name, by) for name in names]
        changed = supposed(self.plan, suppositions, self.forecast)
        if self.forecast.levelled:
            return self._scheduled(changed)
        return self._followed(changed, names)

    def roomier(self, capacities: Mapping[str, int]) -> Moved:
        """What moves if these owners could carry that much on a day."""
        changed = self.plan
        for owner, most in capacities.items():
            changed = with_capacity(changed, owner, most)
        return self._scheduled(changed)

    def _scheduled(self, changed: Plan) -> Moved:
        """All of it scheduled again."""
        after = schedule_of(changed, calendars_of(changed), self.forecast.as_of)
        before = self.forecast.slots
        moved = {
            name: (slot.start, slot.finish)
            for name, slot in after.slots.items()
            if (slot.start, slot.finish) != (before[name].start, before[name].finish)
        }
        return Moved(moved, after.finish)

    def _followed(self, changed: Plan, names: Collection[str]) -> Moved:
        """Only what follows placed anew, in the order of the network."""
        activities = list(self._network.activities)
        for milestone, program in _found(changed, names):
            place = self._places[milestone.id]
            activities[place] = self._activity(activities[place], changed, milestone, program)
        network = self._network._replace(activities=tuple(activities))
        spots = self._spots[:]
        for place in self._behind([self._places[name] for name in names]):
            spots[place], _ = placed(activities[place], network, spots)
        return self._compared(spots)

    def _behind(self, first: Iterable[int]) -> list[int]:
        """Places that may move with these, each after what it waits for."""
        seen = set(first)
        waiting = list(seen)
        while waiting:
            for edge in self._network.activities[waiting.pop()].behind:
                if edge.other not in seen:
                    seen.add(edge.other)
                    waiting.append(edge.other)
        return sorted(seen, key=self._ranks.__getitem__)

    def _activity(
        self, old: Activity, changed: Plan, milestone: Milestone, program: Program
    ) -> Activity:
        """The changed milestone in numbers, with the links it had and the lags it has now."""
        alone = program.model_copy(update={"milestones": (milestone,)})
        part = changed.model_copy(update={"programs": (alone,)})
        [new] = network_of(part, self.forecast.calendars, self.forecast.as_of).activities
        links = [link for link in milestone.after if link.id in self._places]
        new.before = [
            replace(edge, lag=link.lag.days, elapsed=link.lag.calendar)
            for edge, link in zip(old.before, links, strict=True)
        ]
        new.behind = old.behind
        return new

    def _compared(self, spots: list[Spot]) -> Moved:
        """What lies elsewhere now."""
        last = None
        moved = {}
        for one, old, new in zip(self._network.activities, self._spots, spots, strict=True):
            if new is not old and (new.first, new.last) != (old.first, old.last):
                moved[one.id] = as_date(new.first), as_date(new.last)
            if not one.cancelled and (last is None or new.last > last):
                last = new.last
        return Moved(moved, None if last is None else as_date(last))


def _found(plan: Plan, names: Collection[str]) -> list[tuple[Milestone, Program]]:
    wanted = set(names)
    return [
        (one, program)
        for program in plan.programs
        for one in program.milestones
        if one.id in wanted
    ]
