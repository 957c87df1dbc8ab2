"""The S-curve: planned, actual, verified and forecast value by day, from what is dated.

Value is that of the figures: sum(w x share) / sum(w) over what is not cancelled, in percent.
Actual value in the past is what the plan's text dates, no more: what was finished or delivered
counts from its day on, what is under way from its last report on. What was reported before that
report and overwritten since is not in the text. It is where earlier states of the text are known:
then each day has what was known on it.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.tracking.figures import PLACES
from banyuasin_plan.tracking.standing import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from banyuasin_plan.schedule.calendar import Calendar, Calendars
    from banyuasin_plan.tracking.standing import Situation

    Steps = Iterator[tuple[int, float]]

MOST_DAYS = 750
"""Days that a curve has a point for each; a longer one has a point a week."""

WEEK = 7


class Point(NamedTuple):
    """The evening of a day, in percent.

    Actual and verified up to the data date, forecast from it on.
    """

    day: date
    planned: float
    actual: float | None
    forecast: float | None
    verified: float | None


class Known(NamedTuple):
    """What was actual and verified, in percent, as an earlier state of the plan had it on a day."""

    day: date
    actual: float
    verified: float


def curve_of(
    cases: Sequence[Situation], calendars: Calendars, as_of: date, past: Sequence[Known] = ()
) -> tuple[Point, ...]:
    """From day 1 to the last day of plan, promises and forecast, the data date among them.

    `past` is what was known on days before the data date, the oldest first. It holds until the next
    one; on days before the first of them it is the most that dates in the text can give.
    """
    counted = [case for case in cases if case.state is not State.CANCELLED]
    first, today = calendars.head.start.toordinal(), as_of.toordinal()
    ends = [day for case in counted for day in (case.due, case.forecast.finish)]
    last = max([calendars.last_day, as_of, *ends]).toordinal()
    whole = sum(case.milestone.weight for case in counted)
    planned = _sums(_all(counted, _planned), first, last, whole)
    actual = _sums(_all(counted, _actual), first, last, whole)
    verified = _sums(_all(counted, _verified), first, last, whole)
    forecast = _sums((*_all(counted, _actual), *_all(counted, _to_come)), first, last, whole)
    _remember(actual, [(one.day.toordinal() - first, one.actual) for one in past], today - first)
    _remember(verified, [(o.day.toordinal() - first, o.verified) for o in past], today - first)
    step = 1 if last - first < MOST_DAYS else WEEK
    return tuple(
        Point(
            as_date(day),
            planned[day - first],
            actual[day - first] if day <= today else None,
            forecast[day - first] if day >= today else None,
            verified[day - first] if day <= today else None,
        )
        for day in range(first, last + 1)
        if (day - first) % step == 0 or day in {today, last}
    )


def _remember(values: list[float], past: Sequence[tuple[int, float]], today: int) -> None:
    """Put what was known on earlier days in place of what is known of them now."""
    if not past:
        return
    begin, known = past[0]
    for place in range(min(max(begin, 0), today)):
        values[place] = min(values[place], known)
    for (start, value), (end, _) in zip(past, [*past[1:], (today, 0.0)], strict=True):
        for place in range(max(start, 0), min(end, today)):
            values[place] = value


def _all(
    cases: Sequence[Situation], steps: Callable[[Situation], Steps]
) -> list[tuple[int, float]]:
    """The weighted steps of every milestone."""
    return [(day, case.milestone.weight * share) for case in cases for day, share in steps(case)]


def _sums(steps: Iterable[tuple[int, float]], first: int, last: int, whole: float) -> list[float]:
    """Percent by the evening of each day; what comes before the first day counts on it."""
    added = [0.0] * (last - first + 1)
    for day, weight in steps:
        added[min(max(day, first), last) - first] += weight
    return [round(100 * value / whole, PLACES) if whole else 0.0 for value in accumulate(added)]


def _planned(case: Situation) -> Steps:
    """What was promised, evenly over the working days of the promise; a step for events."""
    first, last = case.stretch
    if first == last:
        return iter([(last, 1.0)])
    return _evenly(case.calendar, first, last, 1.0)


def _actual(case: Situation) -> Steps:
    """What is done, on the day it was done or first reported; without a day, on the data date."""
    milestone, today = case.milestone, case.as_of.toordinal()
    if not case.actual:
        return
    if not milestone.finished and case.places:
        for place in case.places:
            fact = milestone.delivered.get(place)
            if fact and fact.on:
                yield fact.on.toordinal(), 1 / len(case.places)
        return
    day = milestone.finished or milestone.reported
    yield min(day.toordinal(), today) if day else today, case.actual


def _verified(case: Situation) -> Steps:
    """All of it on the day it was verified; by district, on the day the last delivery was."""
    milestone = case.milestone
    if not case.is_verified:
        return
    days = [milestone.delivered[place].verified for place in case.places]
    if milestone.verified and not days:
        days = [milestone.verified.on]
    yield max(day.toordinal() for day in days if day), 1.0


def _to_come(case: Situation) -> Steps:
    """What is left, evenly over the working days the forecast gives it, after the data date."""
    left = 1 - case.actual
    if not left:
        return iter(())
    today = case.as_of.toordinal()
    first = max(case.forecast.start.toordinal(), today + 1)
    last = max(case.forecast.finish.toordinal(), first)
    if case.forecast.event:
        return iter([(last, left)])
    return _evenly(case.calendar, first, last, left)


def _evenly(calendar: Calendar, first: int, last: int, share: float) -> Steps:
    """The share spread over the working days from first to last; on the last one without any."""
    begin, end = calendar.count(first), calendar.count(last + 1)
    if begin >= end:
        yield last, share
    for number in range(begin, end):
        yield calendar.day(number), share / (end - begin)
