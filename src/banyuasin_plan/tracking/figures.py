"""Planned, earned and verified value over any set of milestones, and what follows from them.

Terms and formulas: PMI, *The Standard for Earned Value Management* (2019), sections on planned
value, earned value and SPI; earned schedule: W. Lipke, *Schedule is Different*, The Measurable
News, 2003. Values are weights; percentages run from 0 to 100.
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

    @property
    def deviation(self) -> float:
        """Actual minus planned, in percentage points."""
        return self.actual_percent - self.planned_percent

    @property
    def begun(self) -> bool:
        """Whether anything is under way or done."""
        return bool(self.done or self.in_progress)


def figures_of(
    cases: Sequence[Situation], calendars: Calendars, as_of: date, *, timed: bool = True
) -> Figures:
    """The figures of these milestones; SPI(t), which takes longest, only if they are `timed`."""
    counted = [case for case in cases if case.state is not State.CANCELLED]
    states = [case.state for case in counted]
    today = as_of.toordinal()
    planned = _value(counted, [case.planned_on(today) for case in counted])
    actual = _value(counted, [case.actual for case in counted])
    budgets = [line for case in counted for line in case.milestone.budget]
    money = sum(line.amount for line in budgets)
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
        spi_time=_schedule_index(counted, calendars, as_of, planned, actual) if timed else None,
        forecast_finish=max((case.forecast.finish for case in counted), default=None),
        past_day_100=sum(case.past_last_day for case in counted),
        spent_percent=100 * sum(line.spent for line in budgets) / money if money else None,
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


def _schedule_index(
    cases: Sequence[Situation], calendars: Calendars, as_of: date, planned: float, actual: float
) -> float | None:
    """SPI(t) = earned schedule / day N; None before day 1 and while nothing is planned."""
    number = (as_of - calendars.head.start).days + 1
    if number < 1 or not planned:
        return None
    if actual == planned:
        return 1.0
    return _earned_schedule(cases, calendars.head.start.toordinal(), actual) / number


def _earned_schedule(cases: Sequence[Situation], day_one: int, actual: float) -> float:
    """The last day, counted from day 1, on which the planned value equalled the actual one.

    The last, so that closed days, on which nothing is planned, are nobody's delay. Linear between
    two days; 0 where even day 0 planned more.
    """

    def planned(day: int) -> float:
        return _value(cases, [case.planned_on(day) for case in cases])

    low, high = day_one - 1, max(case.promise[1] for case in cases)
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
