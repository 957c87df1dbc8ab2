"""Planned, earned and verified value, earned schedule, and plans played through day by day."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT
from tests.plans import Written, milestone
from tests.standing_plans import (
    DISTRICTS,
    PLAIN,
    as_json,
    material,
    plan_of,
    program,
    tracked,
)

from banyuasin_plan.plan.model import Delivery, Verified
from banyuasin_plan.reading import load
from banyuasin_plan.reports import schedule as schedule_report
from banyuasin_plan.schedule import Schedule, calendars_of, schedule_of
from banyuasin_plan.tracking import Figures, track

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.plan.model import Milestone, Plan
    from banyuasin_plan.tracking import Tracking
    from banyuasin_plan.tracking.standing import Situation

VERIFIED: Written = {"by": "inspektorat", "on": "2025-03-06"}


def _figures(day: str, *milestones: Written, **head: Any) -> Figures:
    return tracked(plan_of(program("p", *milestones), **head), day).figures()


def _over(first: str, last: str, name: str = "a", **rest: Any) -> Written:
    """A milestone promised from one day to another."""
    return milestone(name, start=first, due=last, **rest)


# Counts


def test_counts() -> None:
    """Milestones are those not begun, running and done; marks are counted beside them."""
    izin = [{"since": "2025-03-10", "what": "izin"}]
    found = _figures(
        "2025-03-12",
        milestone("a", "1d", due="2025-03-05", finished="2025-03-05", verified=VERIFIED),
        milestone("b", "1d", due="2025-03-05", finished="2025-03-06"),
        milestone("c", "5d", due="2025-03-11", started="2025-03-10", blockers=izin),
        milestone("d", "5d", due="2025-03-26", blockers=izin),  # in 10 office days
        milestone("e", "5d", due="2025-03-27"),  # in 11
        milestone("f", "5d", due="2025-03-05", cancelled={"on": "2025-03-04"}, blockers=izin),
    )
    assert (found.milestones, found.done, found.in_progress, found.not_started) == (5, 2, 1, 2)
    assert (found.verified, found.cancelled) == (1, 1)
    assert (found.overdue, found.due_soon, found.blocked) == (1, 1, 2)
    assert found.begun


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({}, False), ({"started": "2025-03-10"}, True), ({"finished": "2025-03-10"}, True)],
)
def test_begun(facts: Written, expected: bool) -> None:  # noqa: FBT001 - what is promised
    """Anything under way or done means that the whole has begun."""
    assert (
        _figures("2025-03-12", milestone("a", "5d"), milestone("b", "5d", **facts)).begun
        is expected
    )


def test_nothing() -> None:
    """A plan without milestones has zeros, and nulls for what can't be told."""
    assert _figures("2025-03-12") == Figures(
        milestones=0,
        done=0,
        verified=0,
        in_progress=0,
        not_started=0,
        blocked=0,
        cancelled=0,
        overdue=0,
        due_soon=0,
        planned_percent=0.0,
        actual_percent=0.0,
        verified_percent=0.0,
        spi=None,
        spi_time=None,
        forecast_finish=None,
        past_day_100=0,
        spent_percent=None,
        due_past_day_100=0,
        earned_schedule=None,
        speed=None,
        required_speed=None,
        on_time_percent=None,
        budget=None,
        spent=None,
    )


# Value


def test_weighted_percentages() -> None:
    """sum(w x share) / sum(w): by hand over weights 1, 2 and 5."""
    found = _figures(
        "2025-03-12",
        # planned 100, actual 100, verified 100
        milestone("a", "1d", due="2025-03-05", finished="2025-03-05", verified=VERIFIED),
        # ten days from 3 March, the eighth is the 12th: planned 80, actual 60
        _over("2025-03-03", "2025-03-14", "b", weight="2", progress="60", reported="2025-03-12"),
        # not begun, promised from 24 March on
        _over("2025-03-24", "2025-03-27", "c", weight="5"),
        # cancelled, so no part of either sum
        _over("2025-03-03", "2025-03-14", "d", weight="9", cancelled={"on": "2025-03-04"}),
    )
    # planned (1 + 1.6) / 8 = 32.5; actual (1 + 1.2) / 8 = 27.5; verified 1 / 8 = 12.5
    assert (found.planned_percent, found.actual_percent, found.verified_percent) == (
        32.5,
        27.5,
        12.5,
    )
    assert found.deviation == -5.0
    # 27.5 / 32.5
    assert found.spi == pytest.approx(11 / 13)


def test_weight_of_zero() -> None:
    """What weighs nothing is counted, but is no part of any percentage."""
    light = _over("2025-03-03", "2025-03-14", weight="0", finished="2025-03-10")
    found = _figures("2025-03-12", light)
    assert (found.milestones, found.planned_percent, found.actual_percent) == (1, 0.0, 0.0)
    found = _figures("2025-03-12", light, _over("2025-03-03", "2025-03-14", "b"))
    assert (found.planned_percent, found.actual_percent) == (80.0, 0.0)


def test_spi_before_anything_is_planned() -> None:
    """While nothing is planned there is no SPI, even when something is done."""
    early = _over("2025-03-24", "2025-03-27", progress="50", reported="2025-03-12")
    found = _figures("2025-03-12", early)
    assert (found.planned_percent, found.spi, found.spi_time) == (0.0, None, None)


def test_percentages_are_free_of_float_noise() -> None:
    """Equal values are equal: three times 70 % planned against 70 % done is no deviation."""
    # the seventh of ten days; 0.7 + 0.7 + 0.7 is 2.0999999999999996
    three = [_over("2025-03-03", "2025-03-14", name) for name in "abc"]
    done = [
        {**one, "progress": share, "reported": "2025-03-11"}
        for one, share in zip(three, ("100", "60", "50"), strict=True)
    ]
    found = _figures("2025-03-11", *done)
    assert (found.planned_percent, found.actual_percent) == (70.0, 70.0)
    assert (found.deviation, found.spi, found.spi_time) == (0.0, 1.0, 1.0)


# Earned schedule


TWO_WEEKS = _over("2025-03-03", "2025-03-14")
"""Ten percent on each working day from day 1 of the plain plan; day 12 is its last."""


@pytest.mark.parametrize(
    ("day", "progress", "earned", "number"),
    [
        # Wednesday 12 March is day 10, 80 % planned
        ("2025-03-12", "80", 10, 10),
        ("2025-03-12", "0", 0, 10),  # planned 0 on day 0
        ("2025-03-12", "5", 0.5, 10),  # half of the first day's ten percent
        ("2025-03-12", "30", 3, 10),
        ("2025-03-12", "32", 3.2, 10),
        # 50 % was planned on Friday, day 5, and still on Sunday, day 7
        ("2025-03-12", "50", 7, 10),
        ("2025-03-12", "49", 4.9, 10),
        ("2025-03-12", "52", 7.2, 10),
        ("2025-03-12", "95", 11.5, 10),  # ahead: between day 11 (90 %) and day 12
        ("2025-03-12", "100", 12, 10),
        # long after the last promise
        ("2025-03-31", "50", 7, 29),
        # Sunday 9 March is day 7: what was planned by Friday is planned by Sunday
        ("2025-03-09", "50", 7, 7),
        ("2025-03-09", "40", 4, 7),
        # Saturday: equal is equal, though Sunday plans no more either
        ("2025-03-08", "50", 6, 6),
    ],
)
def test_earned_schedule(day: str, progress: str, earned: float, number: int) -> None:
    """The last day on which planned equalled today's actual, linear between days, over day N."""
    facts = {"progress": progress, "reported": "2025-03-07", "started": "2025-03-03"}
    found = _figures(day, {**TWO_WEEKS, **facts}, **PLAIN)
    assert found.spi_time == pytest.approx(earned / number)


def test_earned_schedule_of_several_milestones() -> None:
    """The planned curve is that of all milestones together."""
    second = _over("2025-03-10", "2025-03-14", "b", weight="3")
    first = _over("2025-03-03", "2025-03-07", progress="50", reported="2025-03-12")
    found = _figures("2025-03-12", first, second, **PLAIN)
    # a quarter weighs the first week, 5 % a day, three quarters the second, 15 % a day:
    # Friday 25 %, Wednesday the 12th 70 %; actual 12.5 % is half-way between day 2 and day 3
    assert (found.planned_percent, found.actual_percent) == (70.0, 12.5)
    assert found.spi_time == pytest.approx(2.5 / 10)
    assert found.spi == pytest.approx(12.5 / 70)


def test_earned_schedule_before_anything_is_planned() -> None:
    """With nothing done the schedule is earned up to the last day on which nothing was planned."""
    # promised from Monday 10 March, day 8, on: until Sunday, day 7, nothing was; today is day 10
    found = _figures("2025-03-12", _over("2025-03-10", "2025-03-14"), **PLAIN)
    assert found.spi_time == pytest.approx(7 / 10)


def test_earned_schedule_over_idulfitri() -> None:
    """On the first office day after eleven closed days nobody is eleven days behind."""
    one = _over("2025-03-24", "2025-04-11", progress="50", reported="2025-03-27")
    # 24 to 27 March and 8 to 11 April are eight days; 50 % was planned from 27 March (day 36)
    # to 7 April (day 47); on 8 April, day 48, 62.5 % are
    found = {day: _figures(day, one).spi_time for day in ("2025-03-27", "2025-04-07", "2025-04-08")}
    assert found == {"2025-03-27": 1.0, "2025-04-07": 1.0, "2025-04-08": pytest.approx(47 / 48)}


def test_earned_schedule_before_day_1() -> None:
    """Before day 1 there is no SPI(t); what was planned then is day 0 at the latest."""
    early = milestone("a", "2d", due="2025-02-19")
    head = {"prepare_from": "2025-02-14"}
    before = _figures("2025-02-19", early, **head)
    assert (before.planned_percent, before.spi, before.spi_time) == (100.0, 0.0, None)
    assert _figures("2025-02-20", early, **head).spi_time == 0.0
    half = {**early, "progress": "50", "reported": "2025-02-20"}
    assert _figures("2025-02-20", half, **head).spi_time == 0.0


def test_earned_schedule_where_the_last_days_are_closed() -> None:
    """All done is earned on the last day promised, even where that day is closed."""
    # five working days from Monday 3 to Sunday 9 March, so 100 % is planned from Friday, day 5, on
    whole = _over("2025-03-03", "2025-03-09", finished="2025-03-05")
    found = _figures("2025-03-05", whole, **PLAIN)
    # Wednesday, day 3: 60 % planned, all done; the promise ends on Sunday, day 7
    assert (found.planned_percent, found.actual_percent) == (60.0, 100.0)
    assert found.spi_time == pytest.approx(7 / 3)


def test_day_n_of_spi_time_is_a_calendar_day() -> None:
    """SPI(t) divides by calendar days, also in a plan that counts working days."""
    one = {**TWO_WEEKS, "progress": "30", "reported": "2025-03-12"}
    found = _figures("2025-03-12", one, **PLAIN, count="working", days="60")
    assert found.spi_time == pytest.approx(3 / 10)


# Forecast and money


def test_forecast_finish_and_past_day_100() -> None:
    """The last forecast finish, and how many due by day 100 are forecast past it."""
    found = _figures(
        "2025-05-23",
        milestone("a", "5d", not_before="2025-02-20", due="2025-05-28"),  # until 2 June
        milestone("b", "6d", not_before="2025-02-20", due="2025-06-02"),  # 3 June, due later
        milestone(
            "c", "9d", not_before="2025-02-20", due="2025-05-28", cancelled={"on": "2025-05-23"}
        ),
        milestone("d", "5d", due="2025-05-20", finished="2025-05-22"),
    )
    assert (found.forecast_finish, found.past_day_100) == (date(2025, 6, 3), 1)


def test_forecast_finish_of_what_is_done() -> None:
    """Where everything is done, the finish is when it was."""
    assert _figures(
        "2025-05-23", milestone("a", "1d", finished="2025-03-10")
    ).forecast_finish == date(2025, 3, 10)


def test_past_day_100_and_due_past_it() -> None:
    """What passes day 100 is told apart: due before it, or due after it anyway."""
    found = _figures(
        "2025-06-09",
        milestone("before", "5d", due="2025-06-10"),  # day 100, but five days are left
        milestone("after", "5d", due="2025-06-20"),
        milestone("done", "5d", due="2025-06-20", finished="2025-06-06"),
        milestone(
            "late", "1d", due="2025-06-11", started="2025-06-09", reported="2025-06-09"
        ),  # by today
        **PLAIN,
    )
    assert (found.past_day_100, found.due_past_day_100) == (1, 1)


@pytest.mark.parametrize(
    ("day", "speed", "required", "ratio"),
    [
        ("2025-03-02", None, 0.75, None),  # before day 1 there is no speed
        ("2025-03-03", 25, 75 / 99, 75 / 99 / 25),  # day 1: 99 days are left
        ("2025-03-12", 2.5, 75 / 90, 75 / 90 / 2.5),  # day 10
        ("2025-06-09", 25 / 99, 75, 75 / (25 / 99)),  # day 99: one day is left
        ("2025-06-10", 0.25, None, None),  # day 100: none is
        ("2025-06-30", 25 / 120, None, None),
    ],
)
def test_required_speed(
    day: str, speed: float | None, required: float | None, ratio: float | None
) -> None:
    """What is left over the calendar days left, and what is done over those gone by."""
    found = _figures(day, milestone("a", "5d", progress="25"), **PLAIN)
    assert found.speed == pytest.approx(speed) if speed is not None else found.speed is None
    for told, expected in ((found.required_speed, required), (found.speed_ratio, ratio)):
        assert told == (None if expected is None else pytest.approx(expected))


def test_required_speed_of_what_is_done() -> None:
    """Nothing is left, on any day; what has not moved has no ratio."""
    done = milestone("a", "1d", finished="2025-03-03")
    found = [_figures(day, done, **PLAIN) for day in ("2025-03-12", "2025-06-30")]
    assert [one.required_speed for one in found] == [0.0, 0.0]
    still = _figures("2025-03-12", milestone("a", "1d"), **PLAIN)
    assert (still.speed, still.speed_ratio) == (0.0, None)


def test_money() -> None:
    """Spent over budget, over every line of what is not cancelled."""
    two = [{"amount": "300", "spent": "60"}, {"amount": "100"}]
    found = _figures(
        "2025-03-12",
        milestone("a", "1d", budget=two),
        milestone("b", "1d", budget=[{"amount": "100", "spent": "90"}]),
        milestone(
            "c", "1d", budget=[{"amount": "900", "spent": "900"}], cancelled={"on": "2025-03-03"}
        ),
        milestone("d", "1d"),
    )
    # 150 of 500
    assert found.spent_percent == 30.0
    assert (
        _figures("2025-03-12", milestone("a", "1d", budget=[{"amount": "0"}])).spent_percent is None
    )


# Random plans

DAYS = [date(2025, 2, 24) + timedelta(days=n) for n in range(70)]
FACT_DAYS = [str(day) for day in DAYS[7:40]]
CLOSED = ("2025-03-12", "2025-03-13")
BUSY: Written = {
    "id": "setda",
    "name": "Setda",
    "calendar": {
        "closed": [{"from": CLOSED[0], "to": CLOSED[1]}],
        "open": [{"from": "2025-03-15", "to": "2025-03-15"}],
    },
}
OTHERS: tuple[Written, ...] = (
    {"id": "dinkes", "name": "Dinkes"},
    {"id": "inspektorat", "name": "Inspektorat"},
    BUSY,
)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def _milestones(draw: st.DrawFn, *, facts: bool = True) -> list[Written]:
    """One to six milestones, some linked, some by district, with facts or without."""
    day = st.sampled_from([str(day) for day in DAYS])
    written: list[Written] = []
    for place in range(draw(st.integers(1, 6))):
        one: Written = {
            "id": f"m{place}",
            "name": f"M{place}",
            "owner": draw(st.sampled_from(["dinkes", "setda"])),
            "weight": draw(st.sampled_from(["0", "0.5", "1", "3"])),
            "duration": draw(st.sampled_from([None, "0", "1d", "3d", "2w", "5cd"])),
            "due": draw(_maybe(day)),
            "start": draw(_maybe(day)) if draw(st.integers(0, 3)) == 0 else None,
            "after": [f"m{draw(st.integers(0, place - 1))}"]
            if place and draw(st.booleans())
            else [],
            "districts": draw(st.sampled_from([[], [], ["betung", "sembawa"], "all"])),
        }
        written.append({**one, **(draw(_facts(one)) if facts else {})})
    return written


@st.composite
def _facts(draw: st.DrawFn, one: Written) -> Written:
    day = st.sampled_from(FACT_DAYS)
    places = [place["id"] for place in DISTRICTS] if one["districts"] == "all" else one["districts"]
    fact = st.fixed_dictionaries({"on": day, "verified": _maybe(day)})
    return {
        "progress": draw(_maybe(st.integers(0, 100).map(str))),
        "reported": draw(_maybe(day)),
        "started": draw(_maybe(day)),
        "finished": draw(st.sampled_from([None, None, *FACT_DAYS])),
        "verified": draw(_maybe(day.map(lambda on: {"by": "inspektorat", "on": on}))),
        "cancelled": draw(st.sampled_from([None, None, None, {"on": FACT_DAYS[3]}])),
        "delivered": {place: draw(fact) for place in places if draw(st.booleans())},
    }


@given(_milestones(facts=False), st.integers(0, len(DAYS) - 15))
def test_planned_never_falls(milestones: list[Written], first: int) -> None:
    """Planned value lies between 0 and 100 and never falls from one day to the next."""
    plan = plan_of(program("p", *milestones), owners=OTHERS, **PLAIN)
    calendars = calendars_of(plan)
    schedule = schedule_of(plan, calendars)
    found = [
        track(plan, schedule, schedule, day).figures().planned_percent
        for day in DAYS[first : first + 15]
    ]
    assert found == sorted(found)
    assert all(0 <= percent <= 100 for percent in found)


@given(_milestones(), st.sampled_from(FACT_DAYS))
def test_counts_add_up(milestones: list[Written], day: str) -> None:
    """Milestones are those not begun, running and done; with cancelled ones that is all."""
    plan = plan_of(program("p", *milestones), owners=OTHERS, **PLAIN)
    tracking = tracked(plan, day)
    found = tracking.figures()
    assert found.milestones == found.not_started + found.in_progress + found.done
    assert found.milestones + found.cancelled == len(milestones)
    assert found.verified <= found.done
    assert sum(one.verdict is not None for one in tracking.standings) == found.milestones
    for percent in (found.planned_percent, found.actual_percent, found.verified_percent):
        assert 0 <= percent <= 100
    assert found.verified_percent <= found.actual_percent


@given(_milestones(), st.sampled_from(FACT_DAYS))
def test_figures_worked_out_again(milestones: list[Written], day: str) -> None:
    """Planned, actual and verified equal what a reader gets from the file and `plan schedule`."""
    made = material(plan_of(program("p", *milestones), owners=OTHERS, **PLAIN), day)
    rows = as_json(schedule_report.report(made))["tables"]["milestones"]
    slots = {row["id"]: row for row in rows}
    counted = [
        one for one in milestones if not _by(one["cancelled"] and one["cancelled"]["on"], day)
    ]
    whole = sum(float(one["weight"]) for one in counted)
    expected = [
        100 * sum(float(one["weight"]) * share(one, slots, day) for one in counted) / whole
        if whole
        else 0.0
        for share in (_planned_again, _actual_again, _verified_again)
    ]
    found = made.tracking.figures()
    shown = [found.planned_percent, found.actual_percent, found.verified_percent]
    assert shown == pytest.approx(expected, abs=1e-6)


def _by(on: str | None, day: str) -> bool:
    """Whether that was known by the evening of the day."""
    return on is not None and on <= day


def _works(one: Written, day: date) -> bool:
    """Whether the owner works that day, read off the plan by eye."""
    if one["owner"] == "setda" and str(day) in {*CLOSED, "2025-03-15"}:
        return str(day) == "2025-03-15"
    return day.weekday() < 5


def _places(one: Written) -> list[str]:
    return [place["id"] for place in DISTRICTS] if one["districts"] == "all" else one["districts"]


def _planned_again(one: Written, slots: dict[str, Written], day: str) -> float:
    """The promise day by day: one working day after the other, counted on fingers."""
    slot, step = slots[one["id"]], timedelta(days=1)
    last = date.fromisoformat(one["due"] or slot["finish"])
    today = date.fromisoformat(day)
    if today >= last:
        return 1.0
    if one["start"]:
        first = date.fromisoformat(one["start"])
        event = one["duration"] == "0" or (
            one["duration"] is None
            and not any(_works(one, first + step * n) for n in range((last - first).days + 1))
        )
        event = event or (one["duration"] is None and not one["due"])
    else:
        event = one["duration"] in {None, "0"}
        first = date.fromisoformat(slot["start"])
        if one["due"] and not event:
            first = _before(one, last)
    if event:
        return 0.0
    days = [first + step * n for n in range((last - first).days + 1)]
    worked = [each for each in days if _works(one, each)]
    return len([each for each in worked if each <= today]) / len(worked) if worked else 0.0


def _before(one: Written, last: date) -> date:
    """The first day of a promise that lasts the duration up to that day."""
    if one["duration"] == "5cd":
        return last - timedelta(days=4)
    left = {"1d": 1, "3d": 3, "2w": 10}[one["duration"]]
    day = last + timedelta(days=1)
    while left:
        day -= timedelta(days=1)
        left -= _works(one, day)
    return day


def _delivered_again(one: Written, day: str) -> list[Written]:
    places = _places(one)
    return [
        fact for name, fact in one["delivered"].items() if name in places and _by(fact["on"], day)
    ]


def _actual_again(one: Written, _: dict[str, Written], day: str) -> float:
    if _by(one["finished"], day):
        return 1.0
    if places := _places(one):
        return len(_delivered_again(one, day)) / len(places)
    if one["progress"] and not (one["reported"] and one["reported"] > day):
        return float(one["progress"]) / 100
    return 0.0


def _verified_again(one: Written, slots: dict[str, Written], day: str) -> float:
    places, facts = _places(one), _delivered_again(one, day)
    if _actual_again(one, slots, day) < 1 or not (places or _by(one["finished"], day)):
        return 0.0
    if places:
        seen = [fact for fact in facts if _by(fact["verified"], day)]
        return float(len(seen) == len(places))
    return float(_by(one["verified"] and one["verified"]["on"], day))


@given(_milestones(facts=False), st.sampled_from(DAYS))
def test_what_is_planned_is_done(milestones: list[Written], day: date) -> None:
    """Where each milestone is as far as it was planned, both indices are 1."""
    plain = [{**one, "districts": []} for one in milestones]
    plan = plan_of(program("p", *plain), owners=OTHERS, **PLAIN)
    calendars = calendars_of(plan)
    schedule = schedule_of(plan, calendars)
    cases = [one.case for one in track(plan, schedule, schedule, day).standings]
    done = {case.milestone.id: 100 * case.planned_on(day.toordinal()) for case in cases}
    exact = _with_milestones(
        plan, lambda one: one.model_copy(update={"progress": done[one.id], "reported": day})
    )
    found = track(exact, schedule, schedule_of(exact, calendars, day), day).figures()
    assert found.actual_percent == found.planned_percent
    assert found.deviation == 0
    assert found.spi in {1.0, None}
    assert found.spi_time in {1.0, None}
    assert (found.spi is None) == (found.planned_percent == 0)


# Plans played through


def _with_milestones(plan: Plan, change: Any) -> Plan:
    """The plan with every milestone changed."""
    programs = tuple(
        one.model_copy(update={"milestones": tuple(change(each) for each in one.milestones)})
        for one in plan.programs
    )
    return plan.model_copy(update={"programs": programs})


STRIPPED: dict[str, Any] = {
    "progress": None,
    "achieved": None,
    "started": None,
    "finished": None,
    "delivered": {},
    "evidence": (),
    "verified": None,
    "returned": (),
    "reported": None,
    "blockers": (),
    "moved": (),
    "cancelled": None,
}


FRIDAY = 4


def _perfect(case: Situation, day: date, reported: date) -> Milestone:
    """The milestone as it is reported on a day when everything is done on its promise.

    Begun on the first day of its promise and done on the last, verified a day later; in between
    `reported` is the day of the last report, which says what was planned by then.
    """
    first, last = (date.fromordinal(each) for each in case.promise)
    one = case.milestone
    if day < first:
        return one
    if day >= last:
        seen = last + timedelta(days=1)
        facts = {place: Delivery(on=last, verified=seen) for place in case.places}
        done = {"started": first, "finished": last, "reported": last, "delivered": facts}
        if day > last:
            done["verified"] = Verified(by="inspektorat", on=seen)
        return one.model_copy(update=done)
    if reported < first:
        return one.model_copy(update={"started": first})
    share = case.planned_on(reported.toordinal())
    facts = {
        place: Delivery(on=reported)
        for place in case.places[: math.ceil(round(share * len(case.places), 9))]
    }
    told = {"started": first, "reported": reported, "progress": 100 * share, "delivered": facts}
    return one.model_copy(update=told)


def _played(
    plan: Plan, schedule: Schedule, *, weekly: bool = False, step: int = 1
) -> Iterator[Tracking]:
    """A plan whose every milestone is done on its promise, every day or every so many days."""
    calendars, day = schedule.calendars, date.fromordinal(schedule.calendars.first)
    cases = {one.milestone.id: one.case for one in track(plan, schedule, schedule, day).standings}
    while day <= calendars.last_day + timedelta(days=3):
        back = (day.weekday() - FRIDAY) % 7 if weekly else 0
        told = day - timedelta(days=back)
        now = _with_milestones(plan, lambda one, at=day, on=told: _perfect(cases[one.id], at, on))
        yield track(now, schedule, schedule_of(now, calendars, day), day)
        day += timedelta(days=step)


def _bad(tracking: Tracking) -> list[tuple[str, str, str]]:
    """What is orange or red on a day: day, milestone or programme, rule."""
    verdicts = [(one.milestone.id, one.verdict) for one in tracking.standings]
    verdicts += [(one.program.id, one.verdict) for one in tracking.programs()]
    return [
        (str(tracking.as_of), name, verdict.rule)
        for name, verdict in verdicts
        if verdict and verdict.colour in {"orange", "red"}
    ]


def _small() -> tuple[Plan, Schedule]:
    """A small plan of every kind of milestone, each promised for its planned finish."""
    plan = plan_of(
        program(
            "p",
            milestone("a", "5d"),
            milestone("b", "8d", "a"),
            milestone("c", "0", "b"),
            milestone("d", "15d", "b+2d", weight="3", districts="all"),
            milestone("e", "7cd", "a SS+3d"),
            milestone("f", "13d", "d FF+2d", owner="setda"),
            milestone("g", "4d", start="2025-05-05"),
            milestone("h", "20d", not_before="2025-03-20", districts=["betung", "sembawa"]),
            milestone("i", "3d", "d", "g", "h"),
            milestone("j", "0", "i FF"),
        ),
        owners=OTHERS,
    )
    schedule = schedule_of(plan, calendars_of(plan))
    promised = _with_milestones(
        plan, lambda one: one.model_copy(update={"due": schedule.slots[one.id].finish})
    )
    return promised, schedule_of(promised, schedule.calendars)


def test_perfect_execution() -> None:
    """A plan done on its promises and reported day by day is never orange or red."""
    days = list(_played(*_small()))
    assert len(days) == 103
    assert [found for one in days for found in _bad(one)] == []
    last = days[-1]
    assert {str(one.verdict.colour) for one in last.standings if one.verdict} == {"blue"}
    assert last.figures().actual_percent == last.figures().verified_percent == 100


def test_perfect_execution_reported_every_friday() -> None:
    """Its progress told every Friday, no milestone is ever orange or red, no programme on Fridays.

    In between a programme's deviation falls behind by what nobody has told yet.
    """
    days = list(_played(*_small(), weekly=True))
    found = [(one.as_of.weekday(), bad) for one in days for bad in _bad(one)]
    assert [bad for weekday, bad in found if weekday == FRIDAY or bad[1] != "p"] == []


def test_a_report_is_not_late_before_the_next() -> None:
    """Work with no room that reported on Friday is forecast in time until it should report again.

    What is left counts from the report as long as it is fresh; then it slips day by day.
    """
    ten = milestone("a", "10d", due="2025-03-14", progress="50", reported="2025-03-07")
    found = [
        (one := tracked(plan_of(program("p", ten), **PLAIN), day).standings[0]).verdict
        and (one.verdict.rule, str(one.case.forecast.finish))
        for day in ("2025-03-07", "2025-03-11", "2025-03-14", "2025-03-17")
    ]
    assert found == [
        ("Y3", "2025-03-13"),
        ("Y3", "2025-03-13"),
        ("Y3", "2025-03-14"),
        ("O1", "2025-03-17"),
    ]


@pytest.mark.long
def test_perfect_execution_of_the_shipped_plan() -> None:
    """The shipped plan, done on its promises and reported every Friday, is never orange or red.

    Day by day over the hundred, capacities kept: its promises contradict neither one another nor
    what its offices can carry.
    """
    root = ROOT / "plans" / "banyuasin"
    texts = {
        str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*.yaml"))
    }
    written = load(texts, datetime(2025, 4, 10, tzinfo=UTC)).scope.plan
    assert written
    plan = _with_milestones(written, lambda one: one.model_copy(update=STRIPPED))
    days = list(_played(plan, schedule_of(plan, calendars_of(plan)), weekly=True))
    programs = {program.id for program in plan.programs}
    assert len(days) == 109
    assert [bad for one in days for bad in _bad(one) if bad[1] not in programs] == []
