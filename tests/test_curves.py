"""The S-curve by day, and how many promises were kept on time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import ROOT
from tests.plans import Written, milestone
from tests.standing_plans import PLAIN, plan_of, program, tracked

from banyuasin_plan.reading import load
from banyuasin_plan.schedule import schedule_of
from banyuasin_plan.tracking import track
from banyuasin_plan.tracking.curves import Known, Point, curve_of
from banyuasin_plan.tracking.figures import on_time_percent

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan

SEEN = {"by": "inspektorat", "on": "2025-03-04"}


def curve(plan: Plan, day: str) -> dict[str, Point]:
    """The curve of all milestones, by day."""
    found = tracked(plan, day)
    cases = [one.case for one in found.standings]
    points = curve_of(cases, found.calendars, found.as_of)
    return {str(point.day): point for point in points}


def one(day: str, **rest: Any) -> dict[str, Point]:
    """The curve of one milestone, promised from Monday 10 to Friday 14 March."""
    mine = milestone("a", start="2025-03-10", due="2025-03-14", **rest)
    return curve(plan_of(program("p", mine), **PLAIN), day)


def test_planned_rises_over_the_promise() -> None:
    """Planned value is spread evenly over the working days of the promise, and stays."""
    found = one("2025-03-12")
    days = ["2025-03-07", "2025-03-10", "2025-03-13", "2025-03-14", "2025-03-15", "2025-06-10"]
    assert [found[day].planned for day in days] == [0, 20, 80, 100, 100, 100]


def test_actual_stands_on_the_day_it_was_reported() -> None:
    """What is under way counts from its report on; nothing is known after the data date."""
    found = one("2025-03-12", progress=40, reported="2025-03-11", started="2025-03-10")
    days = ["2025-03-10", "2025-03-11", "2025-03-12", "2025-03-13"]
    assert [found[day].actual for day in days] == [0, 40, 40, None]


def test_actual_without_a_day_counts_on_the_data_date() -> None:
    """Progress that nobody dated is only known to be there today."""
    found = one("2025-03-12", progress=40)
    assert [found[day].actual for day in ("2025-03-11", "2025-03-12")] == [0, 40]


def test_what_was_known_on_earlier_days() -> None:
    """Each known day holds until the next one; before the first no more than it had."""
    mine = milestone("a", due="2025-03-14", finished="2025-03-04", verified=SEEN)
    found = tracked(plan_of(program("p", mine), **PLAIN), "2025-03-12")
    cases = [one.case for one in found.standings]
    past = [Known(date(2025, 3, 5), 30, 0), Known(date(2025, 3, 10), 20, 10)]
    points = {
        str(one.day)[-5:]: (one.actual, one.verified)
        for one in curve_of(cases, found.calendars, found.as_of, past)
    }
    assert {day: points[day] for day in ("03-03", "03-04", "03-05", "03-09")} == {
        "03-03": (0, 0),
        "03-04": (30, 0),
        "03-05": (30, 0),
        "03-09": (30, 0),
    }
    assert [points[f"03-{day}"] for day in ("10", "11", "12", "13")] == [
        (20, 10),
        (20, 10),
        (100, 100),
        (None, None),
    ]


@pytest.mark.parametrize("day", ["2025-01-01", "2025-03-12", "2025-03-20"])
def test_what_was_known_outside_the_curve(day: str) -> None:
    """A day before the first counts on it; the data date has what is known now."""
    mine = milestone("a", due="2025-03-14", finished="2025-03-03")
    found = tracked(plan_of(program("p", mine), **PLAIN), "2025-03-12")
    known = Known(date.fromisoformat(day), 40, 0)
    cases = [one.case for one in found.standings]
    points = curve_of(cases, found.calendars, found.as_of, [known])
    assert [point.actual for point in points if point.day == found.as_of] == [100]
    assert max(one.actual for one in points if one.actual and one.day < found.as_of) == 40


def test_actual_by_district() -> None:
    """Each delivery counts on its day."""
    delivered = {"betung": "2025-03-10", "sembawa": {"on": "2025-03-12"}}
    found = one("2025-03-12", districts="all", delivered=delivered)
    days = ["2025-03-09", "2025-03-10", "2025-03-11", "2025-03-12"]
    assert [found[day].actual for day in days] == [0, 25, 25, 50]


def test_forecast_goes_on_from_what_is_done() -> None:
    """What is left is spread over the days the forecast gives it, from the data date on."""
    # three of five days are left, counted from the report of the 12th on: to the 14th
    found = one("2025-03-12", progress=40, reported="2025-03-12", started="2025-03-10")
    days = ["2025-03-11", "2025-03-12", "2025-03-13", "2025-03-14"]
    assert [found[day].forecast for day in days] == [None, 40, 70, 100]


def test_a_finished_plan_has_nothing_to_come() -> None:
    """Done is done on its day."""
    found = one("2025-03-14", finished="2025-03-13")
    assert [found[day].actual for day in ("2025-03-12", "2025-03-13")] == [0, 100]
    assert found["2025-06-10"].forecast == 100


def test_what_is_cancelled_does_not_count() -> None:
    """Cancelled milestones are in neither curve."""
    rest: Written = {"cancelled": {"on": "2025-03-01"}}
    both = program(
        "p",
        milestone("a", start="2025-03-10", due="2025-03-14", finished="2025-03-14"),
        milestone("b", start="2025-03-10", due="2025-03-14", **rest),
    )
    found = curve(plan_of(both, **PLAIN), "2025-03-20")
    assert (found["2025-03-14"].planned, found["2025-03-14"].actual) == (100, 100)


def test_a_plan_of_many_years_has_a_point_a_week() -> None:
    """So that no sheet has tens of thousands of rows; data date and last day are there."""
    found = curve(plan_of(program("p", milestone("a", "5d")), days=3_000, **PLAIN), "2025-03-13")
    assert 3_000 / 7 < len(found) < 3_000 / 7 + 4
    assert "2025-03-13" in found


def test_a_plan_without_milestones() -> None:
    """There is nothing to weigh."""
    found = curve(plan_of(**PLAIN), "2025-03-13")
    assert found["2025-03-13"] == Point(date(2025, 3, 13), 0, 0, 0, 0)


def test_the_shipped_plan() -> None:
    """On the data date the curve stands where the figures do; before it, as known then."""
    folder = ROOT / "plans" / "banyuasin"
    texts = {str(file): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}
    loaded = load(texts, datetime(2025, 4, 10, tzinfo=UTC))
    plan, calendars = loaded.plan, loaded.calendars
    assert plan is not None
    assert calendars is not None
    found = track(plan, schedule_of(plan, calendars), loaded.forecast, loaded.as_of)  # type: ignore[arg-type]
    figures = found.figures()
    points = curve_of([one.case for one in found.standings], calendars, loaded.as_of)
    today = next(point for point in points if point.day == loaded.as_of)
    assert today.planned == pytest.approx(figures.planned_percent)
    assert today.actual == pytest.approx(figures.actual_percent)
    assert today.forecast == pytest.approx(figures.actual_percent)
    assert points[-1].planned == points[-1].forecast == pytest.approx(100)
    assert all(a.planned <= b.planned for a, b in pairwise(points))


# Promises kept


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ({}, 0),
        ({"finished": "2025-03-14"}, 100),
        ({"finished": "2025-03-15"}, 0),
        ({"due": "2025-03-21"}, None),
        ({"due": "2025-03-20"}, 0),
        ({"cancelled": {"on": "2025-03-01"}}, None),
        (
            {
                "due": "2025-03-19",
                "moved": [
                    {"from": "2025-03-17", "on": "2025-03-16"},
                    {"from": "2025-03-12", "on": "2025-03-10"},
                ],
                "finished": "2025-03-13",
            },
            0,
        ),
    ],
)
def test_on_time(rest: Written, expected: float | None) -> None:
    """Done by the first promise, over all first promised by now; moving a promise keeps none."""
    mine = milestone("a", "5d", **{"due": "2025-03-14", **rest})
    found = tracked(plan_of(program("p", mine), **PLAIN), "2025-03-20")
    assert on_time_percent([each.case for each in found.standings], found.as_of) == expected


def test_on_time_of_several() -> None:
    """A share of those promised by now; what nobody promised does not count."""
    mine = program(
        "p",
        milestone("a", "5d", due="2025-03-14", finished="2025-03-14"),
        milestone("b", "5d", due="2025-03-14", finished="2025-03-17"),
        milestone("c", "5d", due="2025-03-14"),
        milestone("d", "5d", due="2025-03-31"),
        milestone("e", "5d"),
    )
    found = tracked(plan_of(mine, **PLAIN), "2025-03-20")
    assert on_time_percent([each.case for each in found.standings], found.as_of) == 100 / 3
