"""What the plan means in time: every milestone's dates, float, and what fixed them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.calendar import Calendars, as_date, calendars_of
from banyuasin_plan.schedule.floats import backward
from banyuasin_plan.schedule.network import Activity, network_of
from banyuasin_plan.schedule.passes import Early, closing_spots, contradicted, forward

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule.floats import Late
    from banyuasin_plan.schedule.loads import Holding, Overload
    from banyuasin_plan.schedule.network import Network
    from banyuasin_plan.schedule.passes import Cause

__all__ = ["Calendars", "Driver", "Schedule", "Slot", "calendars_of", "schedule_of"]


class Driver(NamedTuple):
    """What fixed a milestone's dates.

    `kind` is link, capacity, not_before, start, due, calendar, data_date or plan_start. Of a link,
    `id` is the milestone waited for and `detail` the link's type and lag; of a capacity, the
    milestone that frees it and the id of who was full; of a due date before which capacity moved
    it, `detail` is who was full; of a data date, `done` or `running`, where a report put the work
    where it is.
    """

    kind: str
    id: str | None = None
    detail: str | None = None


class Slot(NamedTuple):
    """A milestone in time. Finish is inclusive; durations and floats count working days.

    Floats are None for finished and cancelled work, which has none; `event` is an instant, which
    takes none: the `evening` of its day, or its morning.
    """

    start: date
    finish: date
    late_start: date
    late_finish: date
    duration: int
    total_float: int | None
    free_float: int | None
    driver: Driver
    event: bool
    evening: bool

    @property
    def critical(self) -> bool:
        """Whether any delay delays the plan's end."""
        return self.total_float is not None and self.total_float <= 0


class Schedule(NamedTuple):
    """Every milestone's slot by id, in the plan's order, and the calendars behind them.

    `as_of` is the data date of a forecast, None for the plan as written. `left_out` are the
    milestones that wait for themselves and so have no slot; `contradicted` gives, for a fixed
    start that its links contradict, the first day they allow.

    `levelled` says whether capacities were kept; `lower_bound` is a day before which no schedule
    of the plan can finish; `overloads` is what levelling could not mend, and `holders` names, for
    each milestone that capacity moved, who was full and with what.
    """

    slots: Mapping[str, Slot]
    calendars: Calendars
    as_of: date | None
    left_out: frozenset[str]
    contradicted: Mapping[str, date]
    levelled: bool = False
    lower_bound: date | None = None
    overloads: tuple[Overload, ...] = ()
    holders: Mapping[str, Holding] = MappingProxyType({})
    cancelled: frozenset[str] = frozenset()

    @property
    def start(self) -> date | None:
        """The first day of any milestone."""
        return min((slot.start for slot in self.slots.values()), default=None)

    @property
    def finish(self) -> date | None:
        """The last day of any milestone that is not cancelled."""
        closing = (slot.finish for name, slot in self.slots.items() if name not in self.cancelled)
        return max(closing, default=None)


def early_of(plan: Plan, calendars: Calendars, as_of: date | None = None) -> Early:
    """The forward pass alone, which is all that checking a plan needs."""
    return forward(network_of(plan, calendars, as_of))


def reached(early: Early) -> Mapping[str, date]:
    """The early finish of every milestone."""
    spots = zip(early.network.activities, early.spots, strict=True)
    return {activity.id: as_date(spot.last) for activity, spot in spots}


def drivers_of(early: Early) -> Mapping[str, str]:
    """The milestone whose link drives another, by the one that is driven."""
    activities = early.network.activities
    causes = zip(activities, early.causes, strict=True)
    return {
        one.id: activities[cause.other].id for one, cause in causes if not isinstance(cause, str)
    }


def too_early(early: Early) -> Mapping[str, date]:
    """Fixed starts that their links contradict, with the first day these allow."""
    activities = early.network.activities
    return {activities[place].id: as_date(day) for place, day in contradicted(early).items()}


def schedule_of(
    plan: Plan,
    calendars: Calendars,
    as_of: date | None = None,
    early: Early | None = None,
    *,
    level: bool = True,
) -> Schedule:
    """The schedule of the plan as written, or with a data date its forecast.

    `early` is the plan's forward pass, where it has been made already. With `level` no owner or
    district that has a capacity carries more than it, as far as that can be had.
    """
    early = early or early_of(plan, calendars, as_of)
    if not level or not early.network.limits:
        return _schedule(early, backward(early), calendars, as_of)
    from banyuasin_plan.schedule.levelling import level as levelled_of

    found = levelled_of(early)
    names = [activity.id for activity in early.network.activities]
    holders = {names[place]: held for place, held in found.holdings.items()}
    late = backward(found.early._replace(network=found.chain.network), found.chain.ceilings)
    schedule = _schedule(found.early, late, calendars, as_of, holders)
    return schedule._replace(
        levelled=True,
        lower_bound=None if found.least is None else as_date(found.least),
        overloads=found.overloads,
        holders=holders,
    )


def _schedule(
    early: Early,
    late: Late,
    calendars: Calendars,
    as_of: date | None,
    holders: Mapping[str, Holding] = MappingProxyType({}),
) -> Schedule:
    """Both passes as a schedule, which is its own lower bound."""
    network = early.network
    lasts = {one.id: spot.last for one, spot in zip(network.activities, early.spots, strict=True)}
    slots: dict[str, Slot] = {}
    for place, activity in enumerate(network.activities):
        spot = early.spots[place]
        slots[activity.id] = Slot(
            as_date(spot.first),
            as_date(spot.last),
            as_date(late.first[place]),
            as_date(late.last[place]),
            _working_days(activity, spot.first, spot.last),
            late.total[place],
            late.free[place],
            _known(activity)
            or _driver(early.causes[place], network, holders.get(activity.id), lasts),
            not activity.days,
            spot.end > spot.last,
        )
    last = max((spot.last for spot in closing_spots(network, early.spots)), default=None)
    return Schedule(
        slots,
        calendars,
        as_of,
        network.cyclic,
        too_early(early),
        lower_bound=None if last is None else as_date(last),
        cancelled=frozenset(one.id for one in network.activities if one.cancelled),
    )


def _working_days(activity: Activity, first: int, last: int) -> int:
    if activity.elapsed or activity.done or activity.running:
        return activity.calendar.between(first, last) if activity.days else 0
    return activity.days


def _known(activity: Activity) -> Driver | None:
    """What a report put where it is: done, or under way."""
    if activity.done:
        return Driver("data_date", detail="done")
    return Driver("data_date", detail="running") if activity.running else None


def _driver(
    cause: Cause, network: Network, held: Holding | None, lasts: Mapping[str, int]
) -> Driver:
    if held is not None and held.earlier:
        return Driver("due", None, held.owner)
    if held is not None:
        last = min(held.milestones, key=lambda name: (-lasts[name], name))
        return Driver("capacity", last, held.owner)
    if isinstance(cause, str):
        return Driver(cause)
    unit = "cd" if cause.elapsed else "d"
    kind = f"{'S' if cause.from_start else 'F'}{'S' if cause.to_start else 'F'}"
    lag = f"{cause.lag:+d}{unit}" if cause.lag else ""
    return Driver("link", network.activities[cause.other].id, f"{kind}{lag}")
