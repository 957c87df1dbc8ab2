"""States, shares, promises and lateness of milestones on a data date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.plans import Written, milestone
from tests.standing_plans import PLAIN, plan_of, program, rule, standing, tracked

from banyuasin_plan.tracking import State

if TYPE_CHECKING:
    from banyuasin_plan.tracking.standing import Situation


def _case(one: Written, day: str, *others: Written, **head: Any) -> Situation:
    return standing(one, day, *others, **head).case


def _done(*names: str, on: str = "2025-03-05", **rest: str) -> Written:
    """Deliveries in those districts."""
    return {name: {"on": on, **rest} for name in names}


ALL = ("betung", "sembawa", "rambutan", "air-salek")


# States


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, State.NOT_STARTED),
        ({"reported": "2025-03-10"}, State.NOT_STARTED),
        ({"progress": "0", "reported": "2025-03-10"}, State.NOT_STARTED),
        ({"started": "2025-03-10"}, State.IN_PROGRESS),
        ({"progress": "1"}, State.IN_PROGRESS),
        ({"progress": "100", "reported": "2025-03-10"}, State.IN_PROGRESS),
        ({"finished": "2025-03-10"}, State.DONE),
        ({"finished": "2025-03-11"}, State.NOT_STARTED),
        ({"finished": "2025-03-11", "started": "2025-03-10"}, State.IN_PROGRESS),
        ({"cancelled": {"on": "2025-03-10"}, "finished": "2025-03-07"}, State.CANCELLED),
        ({"cancelled": {"on": "2025-03-11"}, "finished": "2025-03-07"}, State.DONE),
        ({"districts": "all", "delivered": _done("betung")}, State.IN_PROGRESS),
        ({"districts": "all", "delivered": _done(*ALL)}, State.DONE),
        ({"districts": ["betung"], "delivered": _done("betung")}, State.DONE),
        ({"districts": ["betung"], "delivered": {"betung": {"amount": "5"}}}, State.NOT_STARTED),
    ],
)
def test_state(facts: Written, expected: State) -> None:
    """Done needs a finish or every district; a report of nothing is no beginning."""
    found = _case(milestone("a", "5d", due="2025-03-28", **facts), "2025-03-10")
    assert (found.state, found.open) == (
        expected,
        expected in {State.NOT_STARTED, State.IN_PROGRESS},
    )


def test_finished_on_the_last_delivery() -> None:
    """Work by district is done on the day of its last delivery, whichever that is."""
    delivered = _done("betung", "sembawa", "air-salek") | _done("rambutan", on="2025-03-07")
    found = _case(milestone("a", "5d", districts="all", delivered=delivered), "2025-03-10")
    assert found.finished == date(2025, 3, 7)
    a_day_before = _case(milestone("a", "5d", districts="all", delivered=delivered), "2025-03-06")
    assert (a_day_before.finished, a_day_before.actual) == (None, 0.75)


# Shares


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, 0.0),
        ({"progress": "40"}, 0.4),
        ({"finished": "2025-03-07", "progress": "40"}, 1.0),
        ({"achieved": "640", "target": {"amount": "2560", "unit": "pekarangan"}}, 0.25),
        ({"achieved": "9", "target": {"amount": "3", "unit": "pekarangan"}}, 1.0),
        ({"achieved": "9"}, 0.0),
        ({"achieved": "9", "target": {"amount": "0", "unit": "pekarangan"}}, 0.0),
        # progress goes before what is achieved of the target
        ({"progress": "10", "achieved": "1", "target": {"amount": "2", "unit": "unit"}}, 0.1),
        # districts go before progress
        ({"districts": "all", "delivered": _done("betung"), "progress": "90"}, 0.25),
        ({"districts": "all", "progress": "90"}, 0.0),
        ({"districts": ["betung", "sembawa"], "delivered": _done("betung")}, 0.5),
        # a delivery in a district that is none of its own counts for nothing
        ({"districts": ["betung", "sembawa"], "delivered": _done("rambutan")}, 0.0),
    ],
)
def test_actual_share(facts: Written, expected: float) -> None:
    """Finished is 1; else districts, else progress, else what is achieved of the target."""
    found = _case(
        milestone("a", "5d", due="2025-03-28", reported="2025-03-10", **facts), "2025-03-10"
    )
    assert found.actual == expected


VERIFIED: Written = {"by": "inspektorat", "on": "2025-03-07"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"finished": "2025-03-05"}, 0.0),
        ({"finished": "2025-03-05", "verified": VERIFIED}, 1.0),
        ({"verified": VERIFIED}, 0.0),
        ({"finished": "2025-03-05", "verified": {**VERIFIED, "on": "2025-03-11"}}, 0.0),
        ({"districts": "all", "delivered": _done(*ALL, verified="2025-03-06")}, 1.0),
        ({"districts": "all", "delivered": _done(*ALL, verified="2025-03-11")}, 0.0),
        (
            {
                "districts": "all",
                "delivered": _done(*ALL[:3], verified="2025-03-06") | _done(ALL[3]),
            },
            0.0,
        ),
        # one signature under the whole does not stand for what nobody saw in a district
        ({"districts": "all", "delivered": _done(*ALL), "verified": VERIFIED}, 0.0),
        ({"districts": "all", "finished": "2025-03-05", "verified": VERIFIED}, 0.0),
        (
            {
                "districts": "all",
                "finished": "2025-03-05",
                "delivered": _done(*ALL, verified="2025-03-06"),
            },
            1.0,
        ),
        # three of four districts, all verified: not done
        ({"districts": "all", "delivered": _done(*ALL[:3], verified="2025-03-06")}, 0.0),
    ],
)
def test_verified_share(facts: Written, expected: float) -> None:
    """Done and seen by somebody else: every delivery, where it is done by district."""
    found = _case(milestone("a", "5d", due="2025-03-28", **facts), "2025-03-10")
    assert (found.verified, found.is_verified) == (expected, bool(expected))


# Due dates and lateness


def test_effective_due_date() -> None:
    """The promise is `due`, else the planned finish, whatever the forecast says."""
    # five days from Monday 10 March end on Friday 14 March
    free = milestone("a", "5d", not_before="2025-03-10")
    assert [_case(free, day).due for day in ("2025-03-10", "2025-03-20")] == [date(2025, 3, 14)] * 2
    assert _case({**free, "due": "2025-03-19"}, "2025-03-10").due == date(2025, 3, 19)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-26", (False, 0, 0)),
        ("2025-03-27", (False, 0, 0)),  # the due date itself
        ("2025-03-28", (True, 1, 0)),  # a closed day: late, but by no office day
        ("2025-04-07", (True, 11, 0)),  # the last of the eleven closed days
        ("2025-04-08", (True, 12, 1)),
        ("2025-04-14", (True, 18, 5)),  # 8, 9, 10, 11, 14 April
    ],
)
def test_overdue(day: str, expected: tuple[bool, int, int]) -> None:
    """Overdue from the day after the due date, in calendar days and in office days."""
    found = _case(milestone("a", "5d", due="2025-03-27"), day)
    assert (found.overdue, found.days_late, found.office_days_late) == expected


@pytest.mark.parametrize(
    "over", [{"finished": "2025-04-08"}, {"cancelled": {"on": "2025-04-08"}}], ids=["done", "gone"]
)
def test_overdue_no_more(over: Written) -> None:
    """What is done or cancelled is not overdue, nor due soon, nor blocked."""
    one = milestone(
        "a", "5d", due="2025-03-27", blockers=[{"since": "2025-03-10", "what": "izin"}], **over
    )
    day_before, day = _case(one, "2025-04-07"), _case(one, "2025-04-08")
    assert (day_before.overdue, bool(day_before.blockers)) == (True, True)
    assert (day.overdue, day.days_late, day.office_days_late) == (False, 0, 0)
    assert (day.due_soon, day.blockers) == (False, ())
    assert _case({**one, "due": "2025-04-10"}, "2025-04-08").due_soon is False


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-12", False),  # 13, 14 March, 17 to 21, 24 to 27: 11 office days
        ("2025-03-13", True),  # 14 March, five, four: 10
        ("2025-03-27", True),  # the due date: 0
        ("2025-03-28", False),  # overdue instead
    ],
)
def test_due_soon(day: str, expected: bool) -> None:  # noqa: FBT001 - what is promised
    """Due soon is due within ten office days, the due date included."""
    assert _case(milestone("a", "5d", due="2025-03-27"), day).due_soon is expected


def test_due_soon_over_closed_days() -> None:
    """Ten office days reach over Idulfitri: from 26 March to 17 April."""
    # 27 March, 8 to 11 April, 14 to 17 April = 9; with 16 April it is 8
    found = _case(milestone("a", "5d", due="2025-04-17"), "2025-03-26")
    assert found.due_soon
    # 18 April is Good Friday; 21 April is the tenth, 22 April the eleventh
    assert _case(milestone("a", "5d", due="2025-04-21"), "2025-03-26").due_soon
    assert not _case(milestone("a", "5d", due="2025-04-22"), "2025-03-26").due_soon


def test_blocked() -> None:
    """Only blockers that are open on the data date stand in the way."""
    one = milestone(
        "a",
        "5d",
        due="2025-03-27",
        blockers=[
            {"since": "2025-03-03", "what": "izin", "closed": "2025-03-05"},
            {"since": "2025-03-05", "what": "dana"},
            {"since": "2025-03-10", "what": "lahan"},
        ],
    )
    found = {
        day: [each.what for each in _case(one, day).blockers]
        for day in ("2025-03-02", "2025-03-04", "2025-03-05", "2025-03-10")
    }
    assert found == {
        "2025-03-02": [],
        "2025-03-04": ["izin"],
        "2025-03-05": ["dana"],
        "2025-03-10": ["dana", "lahan"],
    }


# Planned share


def _planned(one: Written, *days: str, **head: Any) -> list[float]:
    """The planned share by the evening of each day."""
    return [
        round((found := _case(one, day, **head)).planned_on(found.as_of.toordinal()), 9)
        for day in days
    ]


def test_planned_from_a_fixed_start() -> None:
    """The promise begins at `start`, even where the work is shorter."""
    one = milestone("a", "2d", start="2025-03-03", due="2025-03-14")
    # ten working days, each a tenth, the data date included; nothing at the weekend
    days = ("2025-03-02", "2025-03-03", "2025-03-07", "2025-03-09", "2025-03-10", "2025-03-14")
    assert _planned(one, *days) == [0, 0.1, 0.5, 0.5, 0.6, 1]


def test_planned_from_its_duration_before_its_due_date() -> None:
    """Without `start` it begins its duration before `due`, wherever the schedule puts it."""
    one = milestone("a", "5d", not_before="2025-02-20", due="2025-03-14")
    # scheduled 20 to 26 February; promised 10 to 14 March
    found = _planned(one, "2025-02-26", "2025-03-09", "2025-03-10", "2025-03-12", "2025-03-14")
    assert found == [0, 0, 0.2, 0.6, 1]


def test_planned_from_its_scheduled_start() -> None:
    """Without a promise it begins where it is scheduled and runs to its planned finish."""
    one = milestone("a", "5d", not_before="2025-03-10")
    found = _planned(one, "2025-03-07", "2025-03-10", "2025-03-13", "2025-03-14", "2025-04-01")
    assert found == [0, 0.2, 0.8, 1, 1]


def test_planned_from_a_start_without_a_due_date() -> None:
    """A fixed start without `due` runs from there to the planned finish."""
    # Saturday 8 March: worked from Monday 10 March
    one = milestone("a", "5d", start="2025-03-08")
    assert _planned(one, "2025-03-08", "2025-03-10", "2025-03-14") == [0, 0.2, 1]


def test_planned_without_a_duration() -> None:
    """`start` and `due` alone are a promise over the working days between them."""
    one = milestone("a", start="2025-03-13", due="2025-03-18")
    # 13, 14, 17, 18 March
    assert _planned(one, "2025-03-13", "2025-03-16", "2025-03-17", "2025-03-18") == [
        0.25,
        0.5,
        0.75,
        1,
    ]


@pytest.mark.parametrize("own", [{"duration": "0"}, {}], ids=["0", "left out"])
def test_planned_of_an_event(own: Written) -> None:
    """An event is promised whole on its day, and nothing of it before."""
    one = {"id": "a", "name": "a", "due": "2025-03-14", **own}
    assert _planned(one, "2025-03-13", "2025-03-14", "2025-03-15") == [0, 1, 1]


def test_planned_of_an_event_with_a_start() -> None:
    """An event that must happen on a day is promised for its due date all the same."""
    one = milestone("a", "0", start="2025-03-10", due="2025-03-14")
    assert _planned(one, "2025-03-10", "2025-03-13", "2025-03-14") == [0, 0, 1]


def test_planned_in_the_owners_days() -> None:
    """The promise runs over the working days of the owner."""
    owners = [
        {
            "id": "dinkes",
            "name": "Dinkes",
            "calendar": {
                "open": [{"from": "2025-03-15", "to": "2025-03-15"}],
                "closed": [{"from": "2025-03-17", "to": "2025-03-17"}],
            },
        }
    ]
    plan = plan_of(program("p", milestone("a", "4d", due="2025-03-18")), owners=owners)
    case = tracked(plan, "2025-03-15").standings[0].case
    # its own four days up to the 18th: 13, 14, Saturday 15 and 18 March
    shares = [case.planned_on(date(2025, 3, day).toordinal()) for day in range(12, 19)]
    assert shares == [0, 0.25, 0.5, 0.75, 0.75, 0.75, 1]


def test_planned_of_a_district_in_its_own_days() -> None:
    """A milestone that a camat owns runs over that district's days."""
    one = milestone("a", "2d", owner="betung", due="2025-03-14")
    found = _case(one, "2025-03-13")
    assert (found.owner, found.planned_on(found.as_of.toordinal())) == ("betung", 0.5)


def test_planned_in_calendar_days() -> None:
    """Calendar days say how long the promise is; it still grows on working days."""
    # ten calendar days up to Monday 17 March: from Saturday 8 March; working: 10 to 14 and 17
    one = milestone("a", "10cd", not_before="2025-02-20", due="2025-03-17")
    found = _planned(one, "2025-03-07", "2025-03-09", "2025-03-10", "2025-03-14", "2025-03-17")
    assert found == [0, 0, round(1 / 6, 9), round(5 / 6, 9), 1]


def test_planned_over_closed_days_only() -> None:
    """A promise without a working day in it is kept on its last day, and not before."""
    # Saturday 8 and Sunday 9 March
    one = milestone("a", "2cd", not_before="2025-02-20", due="2025-03-09")
    assert _planned(one, "2025-03-08", "2025-03-09") == [0, 1]


def test_planned_when_due_before_its_start() -> None:
    """A promise that ends before it begins is due in full on its due date."""
    one = milestone("a", "2d", start="2025-03-10", due="2025-03-05")
    assert _planned(one, "2025-03-04", "2025-03-05") == [0, 1]


# A promise that moved


MOVED = milestone(
    "a",
    "5d",
    not_before="2025-02-20",
    due="2025-03-21",
    moved=[
        {"from": "2025-03-07", "on": "2025-03-05", "why": "dana"},
        {"from": "2025-03-14", "on": "2025-03-12", "why": "izin"},
    ],
)


def test_moved_promise() -> None:
    """On an earlier data date the promise is the one that stood then."""
    days = ("2025-03-04", "2025-03-05", "2025-03-11", "2025-03-12")
    assert [_case(MOVED, day).due.day for day in days] == [7, 14, 14, 21]


def test_moved_promise_is_measured_as_it_stood() -> None:
    """Planned shares and colours of a past day do not change when the promise moves later."""
    # promised 3 to 7 March until it was moved on the 5th to 10 to 14 March
    assert _planned(MOVED, "2025-03-04", "2025-03-05", "2025-03-11") == [0.4, 0, 0.4]
    # on 4 March five days end on the 10th, past the 7th; on 11 March on the 17th, past the 14th
    assert [rule(MOVED, day) for day in ("2025-03-04", "2025-03-05", "2025-03-11")] == [
        "O2",
        "A1",
        "O2",
    ]
    assert [rule(MOVED, day) for day in ("2025-03-12", "2025-03-13")] == ["A1", "Y3"]


# Other facts


def test_last_report() -> None:
    """The last word is the latest of any report, of the beginning and of any delivery."""
    one = milestone(
        "a",
        "20d",
        due="2025-03-28",
        districts="all",
        started="2025-03-03",
        reported="2025-03-04",
        delivered={
            "betung": {"on": "2025-03-05", "reported": "2025-03-06"},
            "sembawa": {"on": "2025-03-07"},
        },
    )
    days = ("2025-03-01", "2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06", "2025-03-07")
    assert [_case(one, day).last_report for day in days] == [
        None,
        *(date(2025, 3, day) for day in (3, 4, 5, 6, 7)),
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"started": "2025-03-04"}, 4),
        ({"progress": "5", "reported": "2025-03-05"}, 5),
        ({"reported": "2025-03-05"}, None),
        ({"delivered": _done("betung", on="2025-03-06"), "districts": "all"}, 6),
        ({"finished": "2025-03-07"}, 7),
    ],
)
def test_began(facts: Written, expected: int | None) -> None:
    """Work began when it was started, else at its first sign."""
    found = _case(milestone("a", "5d", due="2025-03-28", **facts), "2025-03-10").began
    assert found == (date(2025, 3, expected) if expected else None)


def test_room() -> None:
    """Room is counted in office days from the earliest finish to the due date; never below 0."""
    one = milestone("a", "5d", not_before="2025-02-20", due="2025-03-14")
    # from 5 March done on the 11th, 12 to 14 March: 3; from 10 March done on the 14th: 0
    found = [_case(one, day).room for day in ("2025-03-05", "2025-03-10", "2025-03-12")]
    assert found == [3, 0, 0]


def test_room_of_done_work() -> None:
    """Done work has the room between its finish and its promise."""
    one = milestone("a", "5d", due="2025-03-14", finished="2025-03-12")
    found = _case(one, "2025-03-13")
    assert (found.earliest_finish, found.room) == (date(2025, 3, 12), 2)


def test_past_the_last_day() -> None:
    """Due by the last day and forecast past it; not once it is done, nor when it is due later."""
    one = milestone("a", "5d", not_before="2025-02-20", due="2025-05-28")
    assert [_case(one, day).past_last_day for day in ("2025-05-22", "2025-05-23")] == [False, True]
    assert not _case({**one, "due": "2025-06-02"}, "2025-05-28").past_last_day
    assert not _case({**one, "finished": "2025-06-02"}, "2025-06-03").past_last_day


def test_last_day_in_working_days() -> None:
    """A plan that counts working days ends on the working day that has the number."""
    plan = plan_of(program("p"), count="working", days="59")
    # 59 office days from 20 February: Wednesday 28 May 2025 is the last one before day 100
    calendars = tracked(plan, "2025-04-10").calendars
    assert calendars.last_day == date(2025, 5, 28)
    # Thursday 10 April: 20, 21, 24-28 Feb 7; March 3-7, 10-14, 17-21,
    # 24-27 = 19; April 8, 9, 10 = 3; together 29
    assert calendars.day_number(date(2025, 4, 10)) == 29


def test_milestones_that_wait_for_themselves_are_left_out() -> None:
    """A milestone in a circle has no dates and so no standing; the others have theirs."""
    circle = [milestone("a", "1d", "b"), milestone("b", "1d", "a"), milestone("c", "1d")]
    found = tracked(plan_of(program("p", *circle), **PLAIN), "2025-03-03")
    assert [one.milestone.id for one in found.standings] == ["c"]


def test_milestone_and_its_programme() -> None:
    """A standing knows its milestone, its programme, and the owner: its own, else the lead."""
    found = standing(milestone("a", "1d"), "2025-03-03")
    assert (found.milestone.id, found.program.id, found.case.owner) == ("a", "p", "dinkes")
    assert standing(milestone("a", "1d", owner="setda"), "2025-03-03").case.owner == "setda"


def test_urgency() -> None:
    """The worst come first: colour, then office days late, then weight, then id."""
    long_ago = milestone("z", "1d", due="2025-03-03")
    heavy = milestone("y", "1d", due="2025-03-04", weight="5")
    light = milestone("b", "1d", due="2025-03-04")
    same = milestone("a", "1d", due="2025-03-04")
    orange = milestone("c", "1d", due="2025-03-20")
    grey = milestone("d", "1d", due="2025-04-30")
    gone = milestone("e", "1d", due="2025-03-03", cancelled={"on": "2025-03-04"})
    done = milestone("f", "1d", due="2025-03-03", finished="2025-03-03")
    found = tracked(
        plan_of(program("p", gone, grey, done, orange, light, same, heavy, long_ago)), "2025-03-24"
    )
    ranked = sorted(found.standings, key=lambda one: one.urgency)
    assert [one.milestone.id for one in ranked] == ["z", "y", "a", "b", "c", "f", "d", "e"]


def test_some_of_the_milestones() -> None:
    """What is filtered out is in no figure, and programmes without a milestone left are gone."""
    plan = plan_of(
        program("p", milestone("a", "1d", due="2025-03-04"), milestone("b", "1d")),
        program("q", milestone("c", "1d")),
        program("r"),
    )
    found = tracked(plan, "2025-03-10")
    some = found.only(lambda one: one.milestone.id in {"a", "c"})
    assert [one.program.id for one in found.programs()] == ["p", "q", "r"]
    assert [(one.program.id, one.figures.milestones) for one in some.programs()] == [
        ("p", 1),
        ("q", 1),
    ]
    assert (found.figures().milestones, some.figures().milestones) == (3, 2)
