"""Working days, the hundred days, and whose days are open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans import Written, plan_of

from banyuasin_plan.schedule.calendar import (
    LONGEST,
    Calendar,
    Calendars,
    as_date,
    calendars_of,
    holidays_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

INAUGURATION = date(2025, 2, 20)
DAY_100 = date(2025, 5, 30)


def _banyuasin(
    *, calendar: Written | None = None, owners: Sequence[Written] = (), **head: Any
) -> Calendars:
    """The calendars of a plan whose day 1 is the inauguration of 20 February 2025."""
    return calendars_of(plan_of(owners=owners, start="2025-02-20", calendar=calendar or {}, **head))


def _works(calendar: Calendar, day: str) -> bool:
    return calendar.works(date.fromisoformat(day).toordinal())


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2025-02-14", -5),
        ("2025-02-19", 0),
        ("2025-02-20", 1),
        ("2025-03-28", 37),
        ("2025-04-07", 47),
        ("2025-04-10", 50),
        ("2025-05-30", 100),
        ("2025-05-31", 101),
    ],
)
def test_day_number(day: str, number: int) -> None:
    """Days are counted from the inauguration, day 1; the day before is day 0."""
    assert number == _banyuasin().day_number(date.fromisoformat(day))


def test_last_day() -> None:
    """The hundredth calendar day of 20 February 2025 is 30 May 2025."""
    assert _banyuasin().last_day == DAY_100


def test_last_office_day_inside() -> None:
    """Both last days of the window are closed; its last office day is 28 May."""
    plan = _banyuasin().plan
    assert date(2025, 5, 28) == as_date(plan.last_before(DAY_100.toordinal() + 1))


OFFICE_DAYS: list[tuple[Written, int, date]] = [
    ({"holidays": "none"}, 72, date(2025, 7, 9)),
    ({"joint_leave": "false"}, 66, date(2025, 7, 21)),
    ({}, 59, date(2025, 7, 31)),
]


@pytest.mark.parametrize(("calendar", "expected", "_"), OFFICE_DAYS)
def test_office_days_in_the_window(calendar: Written, expected: int, _: date) -> None:
    """72 weekdays, 66 of them no public holiday, 59 of those no joint leave."""
    calendars = _banyuasin(calendar=calendar)
    assert expected == calendars.office_days(INAUGURATION - timedelta(1), DAY_100)
    assert expected == calendars.working_day_number(DAY_100)
    assert expected == calendars.plan.between(INAUGURATION.toordinal(), DAY_100.toordinal())


@pytest.mark.parametrize(("calendar", "_", "expected"), OFFICE_DAYS)
def test_hundredth_working_day(calendar: Written, _: int, expected: date) -> None:
    """Counted in working days the plan ends on its hundredth working day, number 100."""
    calendars = _banyuasin(calendar=calendar, count="working")
    assert expected == calendars.last_day
    assert calendars.day_number(expected) == 100


def test_working_day_numbers_around_day_1() -> None:
    """Counted in working days, day 1 is number 1, the office day before it number 0."""
    calendars = _banyuasin(count="working")
    numbers = [calendars.day_number(date(2025, 2, day)) for day in (18, 19, 20, 21, 22, 24)]
    assert numbers == [-1, 0, 1, 2, 2, 3]


def test_longest_gap() -> None:
    """The longest time without an office day is 28 March to 7 April, days 37 to 47."""
    calendars = _banyuasin()
    start = INAUGURATION.toordinal()
    gaps: list[list[int]] = [[]]
    for day in range(start, DAY_100.toordinal() + 1):
        if calendars.plan.works(day):
            gaps.append([])
        else:
            gaps[-1].append(day)
    longest = max(gaps, key=len)
    assert [date(2025, 3, 28), date(2025, 4, 7)] == [as_date(longest[0]), as_date(longest[-1])]
    assert [calendars.day_number(as_date(day)) for day in (longest[0], longest[-1])] == [37, 47]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2025-02-16", 0),
        ("2025-02-17", 1),
        ("2025-02-20", 1),
        ("2025-02-23", 1),
        ("2025-02-24", 2),
        ("2025-04-10", 8),
        ("2025-05-30", 15),
    ],
)
def test_week_number(day: str, week: int) -> None:
    """Weeks run Monday to Sunday; week 1 is the one that holds day 1."""
    assert week == _banyuasin().week_number(date.fromisoformat(day))


def test_office_days_between_days() -> None:
    """The first day does not count, the last does; an earlier last day gives none."""
    calendars = _banyuasin()
    pairs = [
        ("2025-03-27", "2025-04-08"),
        ("2025-04-08", "2025-04-08"),
        ("2025-04-09", "2025-04-08"),
    ]
    assert [
        calendars.office_days(date.fromisoformat(after), date.fromisoformat(until))
        for after, until in pairs
    ] == [1, 0, 0]


def test_holidays_of_the_plan() -> None:
    """Joint leave counts only where it closes offices, and nothing does without a table."""
    heads = [
        plan_of(start="2025-02-20", calendar=calendar).plan
        for calendar in ({}, {"joint_leave": "false"}, {"holidays": "none"})
    ]
    kinds = [{holiday.joint_leave for holiday in holidays_of(head)} for head in heads]
    assert kinds == [{False, True}, {False}, set()]


def test_holidays_before_the_start_count() -> None:
    """A plan that starts in January knows the holidays of the year before."""
    plan = calendars_of(plan_of(start="2026-01-05", calendar={})).plan
    assert not _works(plan, "2025-12-25")


def test_prepare_from_is_the_first_day() -> None:
    """Work may be planned from the preparation on, or else from day 1."""
    assert date(2025, 2, 14) == as_date(_banyuasin(prepare_from="2025-02-14").first)
    assert as_date(_banyuasin().first) == INAUGURATION


def test_week_of_the_plan() -> None:
    """A six-day week works on Saturdays."""
    plan = _banyuasin(
        calendar={"week": ["mon", "tue", "wed", "thu", "fri", "sat"], "holidays": "none"}
    ).plan
    assert [_works(plan, f"2025-02-{day}") for day in (21, 22, 23)] == [True, True, False]


def test_plan_exceptions() -> None:
    """The plan's own closed days close, its open days win over weekends, holidays and closed."""
    plan = _banyuasin(
        calendar={
            "closed": [{"from": "2025-03-10", "to": "2025-03-11"}],
            "open": [
                {"from": "2025-03-11", "to": "2025-03-11"},
                {"from": "2025-03-22", "to": "2025-03-22"},
                {"from": "2025-04-07", "to": "2025-04-07"},
            ],
        }
    ).plan
    days = ("2025-03-07", "2025-03-10", "2025-03-11", "2025-03-12", "2025-03-22", "2025-04-07")
    assert [_works(plan, day) for day in days] == [True, False, True, True, True, True]


def test_owner_calendar_precedence() -> None:
    """Owner open wins over owner closed, that over plan open, that over everything closed."""
    calendars = _banyuasin(
        calendar={
            "closed": [{"from": "2025-03-10", "to": "2025-03-13"}],
            "open": [{"from": "2025-03-11", "to": "2025-03-13"}],
        },
        owners=[
            {
                "id": "rsud",
                "calendar": {
                    "closed": [
                        {"from": "2025-03-12", "to": "2025-03-13"},
                        {"from": "2025-03-17", "to": "2025-03-18"},
                    ],
                    "open": [
                        {"from": "2025-03-13", "to": "2025-03-13"},
                        {"from": "2025-03-18", "to": "2025-03-18"},
                        {"from": "2025-03-22", "to": "2025-03-22"},
                        {"from": "2025-04-02", "to": "2025-04-02"},
                    ],
                },
            }
        ],
    )
    expected = {
        "2025-03-10": False,  # closed by the plan
        "2025-03-11": True,  # opened again by the plan
        "2025-03-12": False,  # closed again by the owner
        "2025-03-13": True,  # opened again by the owner
        "2025-03-17": False,
        "2025-03-18": True,
        "2025-03-22": True,  # a Saturday
        "2025-03-23": False,  # a Sunday
        "2025-04-02": True,  # joint leave
        "2025-04-03": False,
    }
    assert expected == {day: _works(calendars.of("rsud"), day) for day in expected}
    assert not _works(calendars.plan, "2025-03-22")


def test_whose_calendar() -> None:
    """An owner without days of its own, an unknown one and nobody have the plan's calendar."""
    closed = {"closed": [{"from": "2025-03-10", "to": "2025-03-10"}]}
    calendars = calendars_of(
        plan_of(
            owners=[{"id": "dinkes", "calendar": closed}, {"id": "setda"}],
            districts=[{"id": "betung", "calendar": closed}],
        )
    )
    shared = [calendars.of(owner) is calendars.plan for owner in ("setda", "unknown", None)]
    assert shared == [True, True, True]
    assert [_works(calendars.of(one), "2025-03-10") for one in ("dinkes", "betung", "setda")] == [
        False,
        False,
        True,
    ]


def test_far_future() -> None:
    """Past the hundred years every day counts as worked, so arithmetic goes on."""
    plan = _banyuasin(calendar={"week": ["mon"], "holidays": "none"}).plan
    after = INAUGURATION.toordinal() + LONGEST + 366
    assert [plan.count(after + days) - plan.count(after) for days in (1, 2, 300)] == [1, 2, 300]
    assert [plan.day(plan.count(after + days)) - after for days in (0, 1, 300)] == [0, 1, 300]
    assert date.max == as_date(plan.day(10**7))


def test_far_past() -> None:
    """More than a year before the plan every day counts as worked, and counts are negative."""
    plan = _banyuasin(calendar={"week": ["mon"], "holidays": "none"}).plan
    before = INAUGURATION.toordinal() - 366
    assert [plan.count(before - days) for days in (0, 1, 300)] == [0, -1, -300]
    assert [plan.day(-days) for days in (1, 300)] == [before - 1, before - 300]
    assert date.min == as_date(plan.day(-(10**6)))


def test_no_working_day_at_all() -> None:
    """A plan that never works answers all the same: its first working day is after the table."""
    plan = _banyuasin(calendar={"week": []}).plan
    start = INAUGURATION.toordinal()
    assert plan.between(start, start + 10_000) == 0
    assert plan.first_from(start) == start + LONGEST + 366
    assert plan.last_before(start) == start - 367


def test_period_far_outside() -> None:
    """Closed days of centuries past or to come are no work to read and change nothing."""
    plan = _banyuasin(
        calendar={"holidays": "none", "closed": [{"from": "0001-01-01", "to": "9999-12-31"}]}
    ).plan
    start = INAUGURATION.toordinal()
    assert plan.between(start, start + 10_000) == 0


def test_reversed_period() -> None:
    """A period that ends before it begins closes nothing."""
    plan = _banyuasin(calendar={"closed": [{"from": "2025-03-12", "to": "2025-03-10"}]}).plan
    assert all(_works(plan, f"2025-03-{day}") for day in (10, 11, 12))


BASE = date(2024, 1, 1).toordinal()


@st.composite
def _calendars(draw: st.DrawFn) -> Calendar:
    """A calendar with any week and a handful of exceptions."""
    week = draw(st.frozensets(st.integers(0, 6)))
    day = st.integers(BASE - 10, BASE + 1500)
    opened = draw(st.frozensets(day, max_size=20))
    return Calendar(week, draw(st.frozensets(day, max_size=40)) - opened, opened, BASE)


NEAR = st.integers(BASE - 400, BASE + 2000)
INSTANTS = st.one_of(
    NEAR,
    st.integers(BASE + LONGEST + 700, BASE + LONGEST + 800),
)


@given(_calendars(), INSTANTS, st.integers(0, 400))
def test_count_adds_up(calendar: Calendar, instant: int, length: int) -> None:
    """Between two instants lie as many working days as there are days that are worked."""
    worked = sum(calendar.works(day) for day in range(instant, instant + length))
    assert worked == calendar.count(instant + length) - calendar.count(instant)
    assert worked == calendar.between(instant, instant + length - 1)


@given(_calendars(), st.integers(-400, 2000))
def test_day_is_the_inverse_of_count(calendar: Calendar, number: int) -> None:
    """The working day of a number is worked, and has that many working days before it."""
    day = calendar.day(number)
    assert calendar.works(day)
    assert number == calendar.count(day)


@given(_calendars(), INSTANTS)
def test_first_from_is_the_next_working_day(calendar: Calendar, instant: int) -> None:
    """No working day lies between the instant and the first working day from it."""
    day = calendar.first_from(instant)
    assert day >= instant
    assert calendar.works(day)
    assert calendar.count(day) == calendar.count(instant)


@given(_calendars(), INSTANTS)
def test_last_before_is_the_last_working_day(calendar: Calendar, instant: int) -> None:
    """No working day lies between the last working day before the instant and the instant."""
    day = calendar.last_before(instant)
    assert day < instant
    assert calendar.works(day)
    assert calendar.count(day) + 1 == calendar.count(instant)


@given(_calendars(), INSTANTS, st.integers(-200, 200).filter(bool))
def test_after_is_the_earliest_instant(calendar: Calendar, instant: int, lag: int) -> None:
    """The instant a lag away has that many working days between, and the one before it fewer."""
    there = calendar.after(instant, lag)
    assert lag == calendar.count(there) - calendar.count(instant)
    assert lag == calendar.count(there - 1) - calendar.count(instant) + 1


@given(_calendars(), INSTANTS)
def test_no_lag_stays(calendar: Calendar, instant: int) -> None:
    """Without a lag an instant stays where it is, on closed days too."""
    assert instant == calendar.after(instant, 0)


@given(_calendars(), INSTANTS, st.integers(0, 50), st.integers(-50, 50))
def test_later_stays_later(calendar: Calendar, instant: int, by: int, lag: int) -> None:
    """Of two instants, the later one stays the later, or level, under every question."""
    for ask in (
        calendar.count,
        calendar.first_from,
        calendar.last_before,
        lambda at: calendar.after(at, lag),
    ):
        assert ask(instant) <= ask(instant + by)


@given(st.lists(NEAR, max_size=10))
def test_order_of_questions_does_not_matter(instants: list[int]) -> None:
    """The table grows as it is asked, and answers the same in whatever order that is."""
    week, closed = frozenset(range(5)), frozenset({BASE + 3, BASE + 900})
    asked, sorted_out = (Calendar(week, closed, frozenset(), BASE) for _ in range(2))
    answers = {instant: asked.count(instant) for instant in instants}
    assert answers == {instant: sorted_out.count(instant) for instant in sorted(instants)}
