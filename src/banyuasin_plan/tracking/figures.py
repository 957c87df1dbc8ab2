"""Planned, earned and verified value over any set of milestones, and what follows from them.

Terms and formulas: PMI, *The Standard for Earned Value Management* (2019), sections on planned
value, earned value and SPI; earned schedule, SPI(t) and the speed that is left to reach: W. Lipke,
*Schedule is Different*, The Measurable News, 2003, and *Earned Schedule*, 2009. Values are weights;
percentages run from 0 to 100. `docs/reference/figures.md` works every formula through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.tracking.standing import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from banyuasin_plan.schedule.calendar import Calendars
    from banyuasin_plan.tracking.standing import Situation


PLACES = 9
"""Decimals of a percentage; more would only show how floats are stored."""


class Figures(NamedTuple):
    """Counts and percentages of a set of milestones on the data date.

    `milestones` leaves cancelled ones out. `deviation` is in percentage points; `spi` is None
    while nothing is planned yet, `spi_time` before day 1, `spent_percent` without a budget.

    `past_day_100` are due by the last day and forecast past it, `due_past_day_100` forecast past it
    as they are due. `earned_schedule` counts calendar days from day 1, `speed` and
    `required_speed` are percentage points a calendar day, `speed_ratio` the second over the first.
    `on_time_percent` is None while nothing was promised for by now, money without a budget.
    """

    milestones: int
    done: int
    verified: int
    in_progress: int
    not_started: int
    blocked: int
    cancelled: int
    overdue: int
    due_soon: int
    planned_percent: float
    actual_percent: float
    verified_percent: float
    spi: float | None
    spi_time: float | None
    forecast_finish: date | None
    past_day_100: int
    spent_percent: float | None
    due_past_day_100: int
    earned_schedule: float | None
    speed: float | None
    required_speed: float | None
    on_time_percent: float | None
    budget: int | None
    spent: int | None

    @property
    def speed_ratio(self) -> float | None:
        """How many times as fast as so far it must go: Lipke's TSPI for the plan's last day.

        None where there is no speed yet, or no day left.
        """
        if self.required_speed is None or not self.speed:
            return None
        return self.required_speed / self.speed

    @property
    def deviation(self) -> float:
        """Actual minus planned, in percentage points."""
        return self.actual_percent - self.planned_percent

    @property
    def begun(self) -> bool:
        """Whether anything is under way or done."""
        return bool(self.done or self.in_progress)


class Shares(NamedTuple):
    """The figures that a past is drawn of: those of `Figures` by the same names."""

    planned_percent: float
    actual_percent: float
    verified_percent: float
    milestones: int
    done: int
    overdue: int


def shares_of(cases: Sequence[Situation], as_of: date) -> Shares:
    """Planned, actual and verified value of these milestones, and three counts."""
    counted = [case for case in cases if case.state is not State.CANCELLED]
    today = as_of.toordinal()
    return Shares(
        _value(counted, [case.planned_on(today) for case in counted]),
        _value(counted, [case.actual for case in counted]),
        _value(counted, [case.verified for case in counted]),
        milestones=len(counted),
        done=sum(case.state is State.DONE for case in counted),
        overdue=sum(case.overdue for case in counted),
    )


def figures_of(
    cases: Sequence[Situation], calendars: Calendars, as_of: date, *, timed: bool = True
) -> Figures:
    """The figures of these milestones.

    Earned schedule and SPI(t), which take longest, only if they are `timed`.
    """
    counted = [case for case in cases if case.state is not State.CANCELLED]
    states = [case.state for case in counted]
    today = as_of.toordinal()
    planned = _value(counted, [case.planned_on(today) for case in counted])
    actual = _value(counted, [case.actual for case in counted])
    budgets = [line for case in counted for line in case.milestone.budget]
    money, spent = sum(line.amount for line in budgets), sum(line.spent for line in budgets)
    number = (as_of - calendars.head.start).days + 1
    earned = _earned_schedule(counted, calendars, number, planned, actual) if timed else None
    return Figures(
        milestones=len(counted),
        done=states.count(State.DONE),
        verified=sum(case.is_verified for case in counted),
        in_progress=states.count(State.IN_PROGRESS),
        not_started=states.count(State.NOT_STARTED),
        blocked=sum(bool(case.blockers) for case in counted),
        cancelled=len(cases) - len(counted),
        overdue=sum(case.overdue for case in counted),
        due_soon=sum(case.due_soon for case in counted),
        planned_percent=planned,
        actual_percent=actual,
        verified_percent=_value(counted, [case.verified for case in counted]),
        spi=actual / planned if planned else None,
        spi_time=None if earned is None else earned / number,
        forecast_finish=max((case.forecast.finish for case in counted), default=None),
        past_day_100=sum(case.past_last_day for case in counted),
        spent_percent=100 * spent / money if money else None,
        due_past_day_100=sum(_due_past_last_day(case) for case in counted),
        earned_schedule=earned,
        speed=actual / number if counted and number > 0 else None,
        required_speed=_required_speed(actual, calendars, as_of) if counted else None,
        on_time_percent=on_time_percent(counted, as_of),
        budget=money if budgets else None,
        spent=spent if budgets else None,
    )


def on_time_percent(cases: Sequence[Situation], as_of: date) -> float | None:
    """Done by their first promise, over all first promised by now; None while nothing is."""
    promises = [
        (case, first)
        for case in cases
        if case.state is not State.CANCELLED
        if (first := case.first_promise) and first <= as_of
    ]
    if not promises:
        return None
    kept = sum(case.finished is not None and case.finished <= first for case, first in promises)
    return 100 * kept / len(promises)


def _value(cases: Sequence[Situation], shares: Sequence[float]) -> float:
    """sum(w x share) / sum(w), in percent; 0 where nothing weighs anything.

    Rounded to what floats can tell, so that 70 % is 70 and equal values are equal.
    """
    weights = [case.milestone.weight for case in cases]
    whole = sum(weights)
    if not whole:
        return 0.0
    earned = sum(w * share for w, share in zip(weights, shares, strict=True))
    return round(100 * earned / whole, PLACES)


def _due_past_last_day(case: Situation) -> bool:
    """Whether it is due after the plan's last day and forecast past it: late for nobody but us."""
    last = case.calendars.last_day
    return case.open and case.due > last and case.forecast.finish > last


def _required_speed(actual: float, calendars: Calendars, as_of: date) -> float | None:
    """What is left over the calendar days left, in percentage points a day.

    0 where nothing is left; None where something is and no day, from the last day on. The data
    date counts as gone, as day N does in the speed so far. Source: Lipke's TSPI, here in value.
    """
    left = 100 - actual
    if left <= 0:
        return 0.0
    days = (calendars.last_day - as_of).days
    return left / days if days > 0 else None


def _earned_schedule(
    cases: Sequence[Situation], calendars: Calendars, number: int, planned: float, actual: float
) -> float | None:
    """The day, counted from day 1, on which planned value equalled today's actual (Lipke, 2003).

    Over day N it is SPI(t). None before day 1 and while nothing is planned; N itself while actual
    is what is planned, however long the plan stands still around it.
    """
    if number < 1 or not planned:
        return None
    if actual == planned:
        return float(number)
    return _day_earned(cases, calendars.head.start.toordinal(), actual)


def _day_earned(cases: Sequence[Situation], day_one: int, actual: float) -> float:
    """The last day, counted from day 1, on which the planned value equalled the actual one.

    The last, so that closed days, on which nothing is planned, are nobody's delay. Linear between
    two days; 0 where even day 0 planned more.
    """

    def planned(day: int) -> float:
        return _value(cases, [case.planned_on(day) for case in cases])

    low, high = day_one - 1, max(case.stretch[1] for case in cases)
    if actual < planned(low):
        return 0.0
    while high - low > 1:
        middle = (low + high) // 2
        if planned(middle) <= actual:
            low = middle
        else:
            high = middle
    before, after = planned(low), planned(high)
    part = min(1.0, (actual - before) / (after - before)) if after > before else 1.0
    return low - day_one + 1 + part
