"""A forecast asked again and again: what would move if some milestones came later.

Each answer is that of scheduling the whole plan again with the same suppositions (`supposed`).
Where nobody has a capacity, only what follows is placed anew, so that hundreds of questions take
as long as one or two schedules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.fields import Duration
from banyuasin_plan.plan.supposing import with_capacity
from banyuasin_plan.schedule import early_of
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.schedule.passes import forward, placed
from banyuasin_plan.schedule.supposed import delayed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.schedule.passes import Early, Spot


class Moved(NamedTuple):
    """First and last day of every milestone that moves, by id, and the plan's new last day."""

    slots: Mapping[str, tuple[date, date]]
    finish: date | None


class Delays:
    """The forecast of a plan, ready to be asked."""

    def __init__(self, plan: Plan, forecast: Schedule) -> None:
        """Build the network once; `forecast` is the plan's own."""
        self.plan, self.forecast = plan, forecast
        early = early_of(plan, forecast.calendars, forecast.as_of)
        self._network = early.network
        self._spots = self._levelled(early)
        self._places = {one.id: place for place, one in enumerate(self._network.activities)}
        self._ranks = {place: rank for rank, place in enumerate(self._network.order)}

    def later(self, names: Collection[str], days: int) -> Moved:
        """What moves if each of these open milestones came that many working days later."""
        delays = dict.fromkeys(names, Duration(days))
        network = delayed(self._network, delays, self.forecast)
        if self.forecast.levelled:
            return self._compared(self._levelled(forward(network)))
        spots = self._spots[:]
        for place in self._behind([self._places[name] for name in names]):
            spots[place], _ = placed(network.activities[place], network, spots)
        return self._compared(spots)

    def roomier(self, capacities: Mapping[str, int]) -> Moved:
        """What moves if these owners could carry that much on a day."""
        changed = self.plan
        for owner, most in capacities.items():
            changed = with_capacity(changed, owner, most)
        early = early_of(changed, self.forecast.calendars, self.forecast.as_of)
        return self._compared(self._levelled(early))

    def _levelled(self, early: Early) -> list[Spot]:
        """Where everything lies, capacities kept where the forecast keeps them."""
        if not self.forecast.levelled:
            return early.spots
        from banyuasin_plan.schedule.levelling import level

        return level(early).early.spots

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
