"""What reports promise to machines: keys, types, nulls, order; and what filters leave."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.plans import Written, milestone
from tests.standing_plans import PLAIN, as_json, material, plan_of, program

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.report import Figures, Heading, Note, Table, Timeline
from banyuasin_plan.reports import (
    REPORTS,
    align,
    coverage,
    curve,
    decisions,
    due,
    escalate,
    gantt,
    handoffs,
    heading_of,
    load,
    matrix,
    meetings,
    overdue,
    schedule,
    show,
    status,
    sync,
    unreported,
    verify,
)
from banyuasin_plan.words import Lang, say

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.report import Report

DAY = "2025-04-10"
"""Thursday, day 50 of 100."""

TOP = [
    "schema_version",
    "report",
    "plan",
    "notice",
    "as_of",
    "day",
    "days",
    "last_day",
    "figures",
    "tables",
]
MILESTONE = [
    "id",
    "name",
    "program",
    "owner",
    "due",
    "promised",
    "forecast_finish",
    "days_late",
    "office_days_late",
    "state",
    "status",
    "rule",
    "reason",
    "judged",
]


def _sample() -> Plan:
    """Two programmes: one with a milestone in every state, one with a single late one."""
    return plan_of(
        program(
            "sehat",
            milestone("sehat-1", "5d", due="2025-03-14", finished="2025-03-13"),
            milestone(
                "sehat-2", "5d", due="2025-04-09", started="2025-04-01", reported="2025-04-08"
            ),
            milestone("sehat-3", "5d", "sehat-2", due="2025-04-25", owner="setda"),
            milestone("sehat-4", "5d", due="2025-04-25", cancelled={"on": "2025-04-01"}),
            group="gerakan",
            support=["setda"],
        ),
        program("cerdas", milestone("cerdas-1", "2d", due="2025-03-27"), lead=None),
        notice="Contoh",
    )


def _rows(report: Report, table: str = "milestones") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = as_json(report)["tables"][table]
    return rows


def _ids(report: Report, table: str = "milestones") -> list[str]:
    return [row["id"] for row in _rows(report, table)]


def _sentence(report: Report, lang: Lang) -> str:
    """What the report says instead of its first table, as that has no rows."""
    table = next(block for block in report.blocks if isinstance(block, Table))
    assert table.rows == ()
    return say(table.empty, lang)


# What heads every report


@pytest.mark.parametrize("name", REPORTS)
def test_envelope(name: str) -> None:
    """Every report has the same keys around its figures and tables, and the day it is about."""
    made = {
        "status": status,
        "overdue": overdue,
        "due": due,
        "unreported": unreported,
        "verify": verify,
        "schedule": schedule,
        "gantt": gantt,
        "load": load,
        "curve": curve,
        "escalate": escalate,
        "coverage": coverage,
        "align": align,
        "sync": sync,
        "handoffs": handoffs,
        "meetings": meetings,
        "decisions": decisions,
        "matrix": matrix,
    }[name].report(material(_sample(), DAY))
    found = as_json(made)
    assert list(found) == TOP
    assert {key: found[key] for key in TOP[:8]} == {
        "schema_version": 1,
        "report": name,
        "plan": "uji",
        "notice": "Contoh",
        "as_of": "2025-04-10",
        "day": 50,
        "days": 100,
        "last_day": "2025-05-30",
    }


def test_heading() -> None:
    """The heading gives both ways of counting, the week, and whether the day is held still."""
    # 66 weekdays less 7 joint leave days: 59 office days, the 29th is 10 April; week 8
    assert heading_of(material(_sample(), DAY, held=True)) == Heading(
        plan="uji",
        name="Uji",
        notice="Contoh",
        as_of=date(2025, 4, 10),
        held=True,
        day=50,
        days=100,
        last_day=date(2025, 5, 30),
        office_day=29,
        office_days=59,
        week=8,
    )


def test_heading_before_day_1() -> None:
    """Day 0 is the day before day 1; without a notice there is none."""
    found = heading_of(material(plan_of(program("p")), "2025-02-14"))
    # Friday 14 February: day -5, and four office days before the first have not begun
    assert (found.day, found.notice, found.held, found.week) == (-5, None, False, 0)


# Status


STATUS = [
    "working_day",
    "working_days",
    "milestones",
    "done",
    "verified",
    "in_progress",
    "not_started",
    "blocked",
    "cancelled",
    "overdue",
    "due_soon",
    "planned_percent",
    "actual_percent",
    "verified_percent",
    "deviation",
    "spi",
    "spi_time",
    "forecast_finish",
    "past_day_100",
    "due_past_day_100",
    "spent_percent",
    "budget",
    "spent",
    "on_time_percent",
    "earned_schedule",
    "speed",
    "required_speed",
    "speed_ratio",
]
BY_STATUS = ["red", "orange", "yellow", "green", "blue", "grey"]


def test_status_figures() -> None:
    """The figures of the contract in their order, then how many there are of each status."""
    found = as_json(status.report(material(_sample(), DAY)))["figures"]
    assert list(found) == [*STATUS, "by_status"]
    assert found == {
        "working_day": 29,
        "working_days": 59,
        "milestones": 4,
        "done": 1,
        "verified": 0,
        "in_progress": 1,
        "not_started": 2,
        "blocked": 0,
        "cancelled": 1,
        "overdue": 2,
        # sehat-3, due 25 April: 11, 14 to 17, 21 to 25 April are 10 office days
        "due_soon": 1,
        # three of four are past their due date; sehat-3 is promised from 21 April on
        "planned_percent": 75,
        "actual_percent": 25,
        "verified_percent": 0,
        "deviation": -50,
        "spi": 0.333333,
        # 25 % was planned on 14 March, when sehat-1 was due, and until Monday the 24th, day 33:
        # the five days of sehat-2 are promised for 25 to 27 March, 8 and 9 April; 33 / 50
        "spi_time": 0.66,
        # sehat-2 needs five days from 10 April: until the 16th; sehat-3 17, 21 to 24 April
        "forecast_finish": "2025-04-22",
        "past_day_100": 0,
        "due_past_day_100": 0,
        "spent_percent": None,
        "budget": None,
        "spent": None,
        # promised by now: sehat-1, kept; sehat-2 and cerdas-1, not done
        "on_time_percent": 33.3333,
        "earned_schedule": 33,
        "speed": 0.5,  # 25 points in 50 days
        "required_speed": 1.5,  # 75 points in the 50 days left
        "speed_ratio": 3,
        "by_status": {"red": 0, "orange": 2, "yellow": 0, "green": 1, "blue": 0, "grey": 1},
    }


def test_status_of_nothing() -> None:
    """A plan without milestones has zeros, and nulls for what can't be told."""
    found = as_json(status.report(material(plan_of(), DAY)))
    zeros = dict.fromkeys(STATUS, 0)
    unknown = ["spi", "spi_time", "forecast_finish", *STATUS[-8:]]
    nulls = dict.fromkeys(unknown)
    expected = zeros | nulls | {"working_day": 29, "working_days": 59}
    assert found["figures"] == expected | {"by_status": dict.fromkeys(BY_STATUS, 0)}
    assert found["tables"] == {"programs": [], "attention": []}


def test_status_programs() -> None:
    """Programmes with their figures, worst first; absent values are null."""
    found = _rows(status.report(material(_sample(), DAY)), "programs")
    assert found == [
        {
            "id": "cerdas",
            "name": "CERDAS",
            "group": None,
            "lead": None,
            "milestones": 1,
            "done": 0,
            "overdue": 1,
            "planned_percent": 100,
            "actual_percent": 0,
            "deviation": -100,
            "status": "red",
            "rule": "PR1",
            "reason": "deviation -100.0 points, past the limit of -5",
        },
        {
            "id": "sehat",
            "name": "SEHAT",
            "group": "gerakan",
            "lead": "dinkes",
            "milestones": 3,
            "done": 1,
            "overdue": 1,
            "planned_percent": 66.6667,
            "actual_percent": 33.3333,
            "deviation": -33.3333,
            "status": "red",
            "rule": "PR1",
            "reason": "deviation -33.3 points, past the limit of -10",
        },
    ]


def test_programs_worst_first() -> None:
    """By status from red to grey, and within one by deviation."""
    running = {"start": "2025-03-03", "due": "2025-03-28", "started": "2025-03-03"}
    told = {**running, "reported": "2025-03-12"}  # 40 % planned
    seen = {"finished": "2025-03-04", "verified": {"by": "inspektorat", "on": "2025-03-05"}}
    plan = plan_of(
        program("grey", milestone("a", "1d", due="2025-05-30")),
        program("blue", milestone("b", "1d", due="2025-03-04", **seen)),
        program("green", milestone("c", progress="39", **told)),
        program("greener", milestone("d", progress="45", **told)),
        program("yellow", milestone("e", progress="36", **told)),
        program("orange", milestone("f", progress="34", **told)),
        program("red", milestone("g", progress="5", **told)),
        program("redder", milestone("h", progress="1", **told)),
        **PLAIN,
    )
    found = _ids(status.report(material(plan, "2025-03-12")), "programs")
    expected = ["redder", "red", "orange", "yellow", "green", "greener", "blue", "grey"]
    assert found == expected


def test_status_attention() -> None:
    """Red and orange milestones only, with why."""
    found = _rows(status.report(material(_sample(), DAY)), "attention")
    assert found == [
        {
            "id": "cerdas-1",
            "name": "cerdas-1",
            "program": "cerdas",
            "owner": None,
            "due": "2025-03-27",
            "promised": True,
            "days_late": 14,
            "office_days_late": 3,  # 8, 9, 10 April
            "state": "not_started",
            "status": "orange",
            "rule": "O1",
            "reason": "overdue by 3 office days (due 27 Mar 2025)",
            "judged": None,
        },
        {
            "id": "sehat-2",
            "name": "sehat-2",
            "program": "sehat",
            "owner": "dinkes",
            "due": "2025-04-09",
            "promised": True,
            "days_late": 1,
            "office_days_late": 1,
            "state": "in_progress",
            "status": "orange",
            "rule": "O1",
            "reason": "overdue by 1 office day (due 9 Apr 2025)",
            "judged": None,
        },
    ]


def test_attention_ten_at_most_worst_first() -> None:
    """Of twelve late milestones the ten worst are named, and two are counted."""
    late = [milestone(f"m-{day:02}", "1d", due=f"2025-03-{day:02}") for day in range(3, 15)]
    made = status.report(material(plan_of(program("p", *reversed(late))), "2025-03-20"))
    # all are red or orange by their office days late, so the oldest are the worst; the weekend
    # of 8 and 9 March is as late as Friday, so that the id decides
    assert _ids(made, "attention") == [f"m-{day:02}" for day in range(3, 13)]
    attention = made.blocks[-1]
    assert isinstance(attention, Table)
    assert attention.more
    assert say(attention.more, Lang.EN) == "... and 2 more that are red or orange."
    assert say(attention.more, Lang.ID) == "... dan 2 lagi yang merah atau jingga."


def test_attention_of_ten() -> None:
    """Ten late milestones are named, and nothing is said of more."""
    late = [milestone(f"m-{day:02}", "1d", due=f"2025-03-{day:02}") for day in range(3, 13)]
    made = status.report(material(plan_of(program("p", *late)), "2025-03-20"))
    attention = made.blocks[-1]
    assert isinstance(attention, Table)
    assert (len(attention.rows), attention.more) == (10, None)


def test_status_has_a_timeline() -> None:
    """The status shows where the day lies between the first and the last."""
    made = status.report(material(_sample(), DAY))
    assert made.blocks[0] == Timeline(date(2025, 2, 20), date(2025, 5, 30), date(2025, 4, 10))


def test_cancelled_is_shown_only_where_there_is_any() -> None:
    """Machines always read how many are cancelled; people only when there are some."""
    for day, expected in (("2025-03-31", False), ("2025-04-01", True)):
        figures = status.report(material(_sample(), day)).blocks[1]
        assert isinstance(figures, Figures)
        assert [one.shown for one in figures.items if one.id == "cancelled"] == [expected]


# Overdue and due


def test_overdue() -> None:
    """Every overdue milestone with its lateness and status, the longest overdue first."""
    made = overdue.report(material(_sample(), DAY))
    found = as_json(made)
    assert (found["figures"], list(found["tables"])) == ({}, ["milestones"])
    assert [list(row) for row in found["tables"]["milestones"]] == [MILESTONE] * 2
    assert _ids(made) == ["cerdas-1", "sehat-2"]
    assert _rows(made)[1] == {
        "id": "sehat-2",
        "name": "sehat-2",
        "program": "sehat",
        "owner": "dinkes",
        "due": "2025-04-09",
        "promised": True,
        "forecast_finish": "2025-04-14",
        "days_late": 1,
        "office_days_late": 1,
        "state": "in_progress",
        "status": "orange",
        "rule": "O1",
        "reason": "overdue by 1 office day (due 9 Apr 2025)",
        "judged": None,
    }


def test_overdue_oldest_first() -> None:
    """By due date; on the same day the worse, then the heavier, then the id."""
    old = [{"since": "2025-03-03", "what": "izin"}]
    plan = plan_of(
        program(
            "p",
            milestone("b", "1d", due="2025-03-19"),
            milestone("a", "1d", due="2025-03-19"),
            milestone("heavy", "1d", due="2025-03-19", weight="2"),
            milestone("red", "1d", due="2025-03-19", blockers=old),
            milestone("oldest", "1d", due="2025-03-18"),
            milestone("today", "1d", due="2025-03-20"),
        )
    )
    found = _ids(overdue.report(material(plan, "2025-03-20")))
    assert found == ["oldest", "red", "heavy", "a", "b"]


def test_nothing_overdue() -> None:
    """Without an overdue milestone the report says so."""
    made = overdue.report(material(_sample(), "2025-03-10"))
    assert _sentence(made, Lang.EN) == "Nothing is overdue."
    assert _sentence(made, Lang.ID) == "Tidak ada yang lewat tenggat."


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        (None, ["today", "light", "late-14"]),
        (0, ["today"]),
        (13, ["today", "light"]),
        (14, ["today", "light", "late-14"]),
        (15, ["today", "light", "late-14", "late-15"]),
    ],
)
def test_due_within(within: int | None, expected: list[str]) -> None:
    """From the data date to that many calendar days later, fourteen unless told otherwise."""
    plan = plan_of(
        program(
            "p",
            milestone("late-15", "1d", due="2025-03-25"),
            milestone("late-14", "1d", due="2025-03-24"),
            milestone("light", "1d", due="2025-03-14"),
            milestone("today", "1d", due="2025-03-10"),
            milestone("overdue", "1d", due="2025-03-07"),
            milestone("done", "1d", due="2025-03-14", finished="2025-03-07"),
            milestone("gone", "1d", due="2025-03-14", cancelled={"on": "2025-03-07"}),
        )
    )
    made = material(plan, "2025-03-10")
    report = due.report(made) if within is None else due.report(made, within)
    assert _ids(report) == expected
    assert [list(row) for row in _rows(report)] == [MILESTONE] * len(expected)


def test_due_nearest_first() -> None:
    """By due date, the planned finish where there is none; then the worse one."""
    plan = plan_of(
        program(
            "p",
            milestone("free", "5d", not_before="2025-03-10"),  # planned until 14 March
            milestone("b", "1d", due="2025-03-13"),
            milestone(
                "blocked", "1d", due="2025-03-13", blockers=[{"since": "2025-03-10", "what": "x"}]
            ),
        )
    )
    made = due.report(material(plan, "2025-03-10"))
    assert [(row["id"], row["due"]) for row in _rows(made)] == [
        ("blocked", "2025-03-13"),
        ("b", "2025-03-13"),
        ("free", "2025-03-14"),
    ]


def test_nothing_due() -> None:
    """Without a due date to come the report says for how many days."""
    made = due.report(material(plan_of(), DAY), 1)
    assert _sentence(made, Lang.EN) == "Nothing falls due within 1 calendar day."
    assert _sentence(made, Lang.ID) == "Tidak ada tenggat dalam 1 hari kalender ke depan."


# Schedule


SCHEDULE = [
    "id",
    "program",
    "owner",
    "duration",
    "start",
    "finish",
    "late_start",
    "late_finish",
    "total_float",
    "free_float",
    "critical",
    "driver",
]
CHAIN = (
    milestone("b", "2d", "a", due="2025-03-07", weight="2"),
    milestone("a", "5d"),
    milestone("c", "1d"),
)


def test_schedule() -> None:
    """Slots in the order they start, their floats, and what drove them."""
    found = as_json(schedule.report(material(plan_of(program("p", *CHAIN), **PLAIN), "2025-03-03")))
    # a 3 to 7 March, b 10 and 11 March, which is two office days past its due date
    assert found["figures"] == {
        "start": "2025-03-03",
        "finish": "2025-03-11",
        "working_days": 7,
        "levelled": False,
        "lower_bound_days": 7,
        "days_past_due": 4,  # 2 office days x weight 2
    }
    rows = found["tables"]["milestones"]
    assert [list(row) for row in rows] == [SCHEDULE] * 3
    assert [row["id"] for row in rows] == ["c", "a", "b"]
    assert rows[0] == {
        "id": "c",
        "program": "p",
        "owner": "dinkes",
        "duration": 1,
        "start": "2025-03-03",
        "finish": "2025-03-03",
        "late_start": "2025-03-11",
        "late_finish": "2025-03-11",
        "total_float": 6,
        "free_float": 6,
        "critical": False,
        "driver": {"kind": "plan_start", "id": None, "detail": None},
    }
    assert rows[2]["driver"] == {"kind": "link", "id": "a", "detail": "FS"}
    assert (rows[2]["total_float"], rows[2]["critical"]) == (0, True)


def test_schedule_of_the_forecast() -> None:
    """On the basis of the forecast the same keys tell when it will be."""
    done = {"started": "2025-03-03", "finished": "2025-03-05"}
    plan = plan_of(program("p", CHAIN[0], {**CHAIN[1], **done}), **PLAIN)
    made = material(plan, "2025-03-06")
    found = as_json(schedule.report(made, "forecast"))
    # a is done, b takes 6 and 7 March
    assert found["figures"]["finish"] == "2025-03-07"
    assert found["figures"]["days_past_due"] == 0
    assert [(row["id"], row["total_float"]) for row in found["tables"]["milestones"]] == [
        ("a", None),
        ("b", 0),
    ]
    assert as_json(schedule.report(made))["figures"]["finish"] == "2025-03-11"


def _told(made: Report) -> list[str]:
    return [say(one.text, Lang.EN) for one in made.blocks if isinstance(one, Note)]


def test_schedule_says_how_short_it_is() -> None:
    """A levelled schedule tells its lower bound; where it meets the finish, that this is proven."""
    owners = ({"id": "dinkes", "name": "Dinkes", "capacity": 1},)
    two = program("p", milestone("a", "2d"), milestone("b", "3d"))
    whole = material(plan_of(two, owners=owners, **PLAIN), "2025-03-03")
    made = schedule.report(whole)
    assert as_json(made)["figures"]["lower_bound_days"] == 5
    day = "7 Mar 2025"
    assert _told(made) == [
        f"Proven shortest: with these capacities no order of work finishes before {day}."
    ]
    assert "Office days at least" in written(made, "table", Lang.EN, Screen(80))
    part = whole.narrowed(whole.tracking.only(lambda one: one.milestone.id == "a"))
    assert not _told(schedule.report(part))
    assert not _told(schedule.report(whole, no_level=True))
    # a fixed start in the middle leaves two days before it, in which none of three fits
    fixed = milestone("c", "1d", start="2025-03-05")
    held = program("p", milestone("b", "3d"), fixed, milestone("d", "3d"))
    made = schedule.report(material(plan_of(held, owners=owners, **PLAIN), "2025-03-03"))
    [told] = _told(made)
    assert told.startswith("With these capacities no order of work finishes before 10 Mar 2025;")
    assert told.endswith("; this one ends 3 office days later.")


def test_schedule_of_nothing() -> None:
    """A plan without milestones has no first and no last day."""
    made = schedule.report(material(plan_of(), DAY))
    assert as_json(made)["figures"] == {
        "start": None,
        "finish": None,
        "working_days": 0,
        "levelled": False,
        "lower_bound_days": 0,
        "days_past_due": 0,
    }
    table = made.blocks[1]
    assert isinstance(table, Table)
    assert say(table.empty, Lang.EN) == "No milestone matches."


def test_schedule_leaves_cancelled_promises_alone() -> None:
    """A cancelled milestone is in the table, but its days past due are nobody's."""
    gone = {**CHAIN[0], "cancelled": {"on": "2025-03-03"}}
    made = material(plan_of(program("p", gone, CHAIN[1]), **PLAIN), "2025-03-04")
    for basis in ("plan", "forecast"):
        found = as_json(schedule.report(made, basis))
        assert found["figures"]["days_past_due"] == 0
        assert len(found["tables"]["milestones"]) == 2


# Filters


def test_filters_narrow_figures() -> None:
    """Figures are of what is shown, in every report that has figures."""
    whole = material(_sample(), DAY)
    assert whole.whole
    setdas = whole.narrowed(whole.tracking.only(lambda one: one.case.owner == "setda"))
    assert not setdas.whole
    found = as_json(status.report(setdas))
    assert (found["figures"]["milestones"], found["figures"]["overdue"]) == (1, 0)
    assert found["figures"]["planned_percent"] == 0
    assert _ids(status.report(setdas), "programs") == ["sehat"]
    assert _rows(status.report(setdas), "programs")[0]["milestones"] == 1
    assert (_ids(overdue.report(setdas)), _ids(due.report(setdas, 30))) == ([], ["sehat-3"])
    assert _ids(schedule.report(setdas)) == ["sehat-3"]


def test_schedule_figures_are_of_what_is_shown() -> None:
    """First and last day, working days and days past due are those of the rows."""
    whole = material(plan_of(program("p", *CHAIN), **PLAIN), "2025-03-03")
    one = whole.narrowed(whole.tracking.only(lambda one: one.milestone.id == "c"))
    assert as_json(schedule.report(one))["figures"] == {
        "start": "2025-03-03",
        "finish": "2025-03-03",
        "working_days": 1,
        "levelled": False,
        "lower_bound_days": 1,
        "days_past_due": 0,
    }


# Unreported


UNREPORTED = [
    "owner",
    "name",
    "milestones",
    "last_report",
    "since",
    "office_days",
    "ids",
    "text",
]
RUNNING: Written = {"started": "2025-03-03", "due": "2025-05-28"}


def _owing(plan: Plan, day: str) -> list[tuple[str, list[str]]]:
    """Who owes a report on which milestones."""
    found = _rows(unreported.report(material(plan, day)), "owners")
    return [(row["owner"], row["ids"]) for row in found]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-14", []),  # 10 to 14 March: 5 office days after Friday the 7th
        ("2025-03-17", [("dinkes", ["a"])]),
    ],
)
def test_unreported_running(day: str, expected: list[tuple[str, list[str]]]) -> None:
    """The owner of running work owes a report when the last one is over five office days old."""
    plan = plan_of(program("p", milestone("a", "40d", reported="2025-03-07", **RUNNING)))
    assert _owing(plan, day) == expected


@pytest.mark.parametrize(
    ("own", "first"),
    [
        ({"start": "2025-03-03", "due": "2025-03-28"}, "2025-03-11"),
        # four days before Friday 14 March: promised to begin on Tuesday the 11th
        ({"duration": "4d", "due": "2025-03-14"}, "2025-03-19"),
        # no promise: scheduled from 3 March on
        ({"duration": "20d", "not_before": "2025-03-03"}, "2025-03-11"),
    ],
    ids=["start", "before due", "scheduled"],
)
def test_unreported_promised_to_begin(own: Written, first: str) -> None:
    """Work that was promised to begin and has not owes one from the same number of days on."""
    plan = plan_of(program("p", {"id": "a", "name": "a", **own}))
    before = str(date.fromordinal(date.fromisoformat(first).toordinal() - 1))
    assert [_owing(plan, day) for day in (before, first)] == [[], [("dinkes", ["a"])]]


@pytest.mark.parametrize(
    "facts",
    [
        {"finished": "2025-03-10"},
        {"cancelled": {"on": "2025-03-10"}},
        {"due": "2025-05-28"},  # promised to begin in May
    ],
    ids=["done", "cancelled", "not yet"],
)
def test_nothing_to_report(facts: Written) -> None:
    """What is done, cancelled or not promised to begin yet owes nothing."""
    one = milestone("a", "5d", **{"due": "2025-03-14", **facts})
    assert _owing(plan_of(program("p", one)), "2025-03-28") == []


def test_nobody_to_report() -> None:
    """A milestone that nobody owns has nobody to remind."""
    one = milestone("a", "5d", due="2025-03-07")
    assert _owing(plan_of(program("p", one, lead=None)), "2025-03-28") == []


@pytest.mark.parametrize(("plans", "mine"), [("3", None), ("9", "3")])
def test_unreported_tolerance(plans: str, mine: str | None) -> None:
    """How old a report may be is the programme's `stale`, else the plan's."""
    own = {"tolerance": {"stale": mine}} if mine else {}
    one = milestone("a", "40d", reported="2025-03-07", **RUNNING)
    plan = plan_of(program("p", one, **own), tolerance={"stale": plans})
    # 10, 11, 12 March | 13 March
    found = [_owing(plan, day) for day in ("2025-03-12", "2025-03-13")]
    assert found == [[], [("dinkes", ["a"])]]


def test_unreported_over_closed_days() -> None:
    """Over Idulfitri nobody owes a report sooner: of eleven days none is an office day."""
    plan = plan_of(program("p", milestone("a", "40d", reported="2025-03-21", **RUNNING)))
    # 24 to 27 March 4, 8 April 5, 9 April 6
    found = [_owing(plan, day) for day in ("2025-04-07", "2025-04-08", "2025-04-09")]
    assert found == [[], [], [("dinkes", ["a"])]]


def test_camat_owe_for_deliveries_not_made() -> None:
    """Where work by district runs, each camat without a delivery owes a report, and the owner."""
    delivered = {
        "betung": {"on": "2025-03-10"},
        "sembawa": {"reported": "2025-03-10"},  # not delivered, but heard of
        "rambutan": {"reported": "2025-03-05"},
    }
    one = milestone("a", "40d", districts="all", delivered=delivered, **RUNNING)
    plan = plan_of(program("p", one))
    # on Wednesday 12 March Rambutan was heard of 5 office days ago, Air Salek never
    assert _owing(plan, "2025-03-12") == [("air-salek", ["a"])]
    # on Thursday 13 March 6 office days have passed since the 5th, 8 since it began on the 3rd
    assert _owing(plan, "2025-03-13") == [("air-salek", ["a"]), ("rambutan", ["a"])]
    # on Tuesday 18 March, 6 after the 10th, the owner and Sembawa as well
    assert _owing(plan, "2025-03-18") == [
        ("air-salek", ["a"]),
        ("rambutan", ["a"]),
        ("dinkes", ["a"]),
        ("sembawa", ["a"]),
    ]


def test_camat_owe_from_the_beginning_of_the_work() -> None:
    """A camat never heard of owes a report over five office days after the work began."""
    # begun on Monday 3 March: on the 10th 5 office days ago, on the 11th 6
    one = milestone("a", "40d", districts=["betung"], reported="2025-03-10", **RUNNING)
    found = [_owing(plan_of(program("p", one)), day) for day in ("2025-03-10", "2025-03-11")]
    assert found == [[], [("betung", ["a"])]]


def test_camat_owe_nothing_before_the_owner_has_begun() -> None:
    """While the work has not begun, it is the owner who owes a word, and no camat."""
    one = milestone("a", "5d", districts="all", due="2025-03-07")
    assert _owing(plan_of(program("p", one)), "2025-03-28") == [("dinkes", ["a"])]


def test_unreported_progress_of_no_known_day() -> None:
    """Progress without a day owes a report from the beginning of its promise."""
    one = milestone("a", "5d", progress="10", due="2025-03-28")
    plan = plan_of(program("p", one))
    # promised to begin on Friday 21 March (27 is the last office day): 24 to 27 are 4, 8, 9 April
    found = [_owing(plan, day) for day in ("2025-03-20", "2025-04-08", "2025-04-09")]
    assert found == [[], [], [("dinkes", ["a"])]]


def test_unreported_rows() -> None:
    """One row an owner, the longest silent first, with a text to send in both languages."""
    many = [milestone(f"m-{n}", "40d", reported=f"2025-03-{4 + n:02}", **RUNNING) for n in range(6)]
    other = milestone("z", "40d", owner="setda", **{**RUNNING, "started": "2025-02-25"})
    made = unreported.report(material(plan_of(program("p", *many, other)), "2025-03-20"))
    rows = _rows(made, "owners")
    assert [list(row) for row in rows] == [UNREPORTED] * 2
    assert [row["owner"] for row in rows] == ["setda", "dinkes"]
    # since Tuesday 25 February: 26, 27, 28 February and three weeks less a day are 17
    assert {key: rows[0][key] for key in UNREPORTED[:7]} == {
        "owner": "setda",
        "name": "Sekretariat Daerah",
        "milestones": 1,
        "last_report": None,
        "since": "2025-02-25",
        "office_days": 17,
        "ids": ["z"],
    }
    # m-0 to m-5 on 4, 5, 6, 7, 8 and 9 March; on 20 March 12 office days after the 4th, and even
    # 9 after the 9th
    assert {key: rows[1][key] for key in UNREPORTED[2:7]} == {
        "milestones": 6,
        "last_report": "2025-03-09",
        "since": "2025-03-04",
        "office_days": 12,
        "ids": [f"m-{n}" for n in range(6)],
    }
    assert rows[1]["text"] == (
        "To Dinas Kesehatan: we have had no report since 4 Mar 2025 (12 office days) on 6 "
        "milestones of Uji: m-0, m-1, m-2, m-3 and m-4. Please report progress, evidence and "
        "blockers today."
    )
    assert as_json(made, Lang.ID)["tables"]["owners"][0]["text"] == (
        "Yth. Sekretariat Daerah: sejak 25 Feb 2025 (17 hari kerja) belum ada laporan untuk 1 "
        "rencana aksi dalam Uji: z. Mohon laporan kemajuan, data dukung, dan kendala hari ini."
    )


def test_unreported_owner_of_no_name() -> None:
    """An owner that the plan does not list is called by its id."""
    one = milestone("a", "40d", owner="siapa", reported="2025-03-07", **RUNNING)
    rows = _rows(unreported.report(material(plan_of(program("p", one)), "2025-03-28")), "owners")
    assert [(row["owner"], row["name"]) for row in rows] == [("siapa", "siapa")]


def test_everybody_reported() -> None:
    """When nobody owes a report, the report says so."""
    made = unreported.report(material(plan_of(), DAY))
    assert as_json(made)["tables"] == {"owners": []}
    assert _sentence(made, Lang.EN) == "Nobody owes a report."
    assert _sentence(made, Lang.ID) == "Semua sudah melapor."


# One milestone or programme


PLACES = {"sehat": "sehat.yaml:2", "a": "sehat.yaml:9"}
ALWAYS = [
    "id",
    "name",
    "program",
    "status",
    "rule",
    "reason",
    "state",
    "measure",
    "owner",
    "support",
    "due",
    "promised",
    "days_late",
    "office_days_late",
    "duration",
    "planned_start",
    "planned_finish",
    "forecast_start",
    "forecast_finish",
]
WHILE_OPEN = ["driver", "total_float", "free_float", "critical"]
REPORTED = [
    "planned_percent",
    "actual_percent",
    "started",
    "finished",
    "reported",
    "verified_by",
    "verified_on",
    "judged",
]
LAST = ["achieved", "weight", "note", "file"]


def _shown(plan: Plan, name: str, day: str) -> dict[str, Any]:
    made = show.report(material(plan, day), name, PLACES)
    assert made
    assert made.id == "show"
    return as_json(made)


def test_show_a_programme() -> None:
    """A programme whole: what it promises, where it stands, and its milestones."""
    plan = plan_of(
        program(
            "sehat",
            milestone("a", "10d", start="2025-03-03", progress="60", reported="2025-03-12"),
            milestone("gone", "1d", due="2025-03-28", cancelled={"on": "2025-03-03"}),
            full_name="Banyuasin Sehat",
            outcome="Warga diperiksa",
            group="unggulan",
            support=["setda"],
            verifier="inspektorat",
            goals=["misi/1"],
            districts="all",
        ),
        program("lain", milestone("b", "1d")),
    )
    found = _shown(plan, "sehat", "2025-03-12")
    # the eighth of ten days: planned 80, actual 60, which is over the 5 points from 70 % on
    assert found["figures"] == {
        "id": "sehat",
        "name": "SEHAT",
        "full_name": "Banyuasin Sehat",
        "status": "red",
        "rule": "PR1",
        "reason": "deviation -20.0 points, past the limit of -5",
        "outcome": "Warga diperiksa",
        "group": "unggulan",
        "lead": "dinkes",
        "support": ["setda"],
        "verifier": "inspektorat",
        "goals": ["misi/1"],
        "districts": ["all"],
        "planned_percent": 80,
        "actual_percent": 60,
        "verified_percent": 0,
        "deviation": -20,
        "file": "sehat.yaml:2",
    }
    assert found["tables"]["milestones"] == [
        {
            "id": "a",
            "name": "a",
            "owner": "dinkes",
            "start": "2025-03-12",
            "due": "2025-03-14",
            "promised": False,
            "actual_percent": 60,
            "status": "orange",
            "reason": "forecast 17 Mar 2025, 1 office day past its planned finish (14 Mar 2025)",
        },
        {
            "id": "gone",
            "name": "gone",
            "owner": "dinkes",
            "start": "2025-02-20",  # no work, so nothing that the data date could move
            "due": "2025-03-28",
            "promised": True,
            "actual_percent": 0,
            "status": None,
            "reason": None,
        },
    ]


def test_show_a_programme_with_little_to_say() -> None:
    """What a programme does not say is null, and not an empty list."""
    found = _shown(plan_of(program("lain", lead=None)), "lain", DAY)["figures"]
    assert [key for key, value in found.items() if value is None] == [
        "full_name",
        "outcome",
        "group",
        "lead",
        "support",
        "verifier",
        "goals",
        "districts",
        "file",
    ]


def test_show_what_is_not_there() -> None:
    """An id that no programme and no milestone has shows nothing."""
    assert show.report(material(_sample(), DAY), "sehat-99", PLACES) is None


def test_show_an_open_milestone() -> None:
    """A milestone whole: status and reason, promise and forecast, what was reported."""
    one = milestone(
        "a",
        "10d",
        start="2025-03-03",
        due="2025-03-14",
        measure="daftar",
        support=["setda"],
        progress="60",
        reported="2025-03-12",
        target={"amount": "2500000", "unit": "rumah"},
        achieved="1500000",
        budget=[{"amount": "200", "spent": "50"}, {"amount": "100"}],
        judged={"status": "red", "until": "2025-03-12"},
        weight="2",
        note="catatan",
    )
    found = _shown(plan_of(program("sehat", one)), "a", "2025-03-12")
    keys = [*ALWAYS, *WHILE_OPEN, *REPORTED, "target", "achieved", "budget", "spent", *LAST[1:]]
    assert list(found["figures"]) == keys
    assert found["tables"] == {}
    assert found["figures"] == {
        "id": "a",
        "name": "a",
        "program": "sehat",
        "status": "orange",
        "rule": "O2",
        "reason": "forecast 17 Mar 2025, 1 office day past its due date (14 Mar 2025)",
        "state": "in_progress",
        "measure": "daftar",
        "owner": "dinkes",
        "support": ["setda"],
        "due": "2025-03-14",
        "promised": True,
        "days_late": None,
        "office_days_late": None,
        "duration": 10,
        "planned_start": "2025-03-03",
        "planned_finish": "2025-03-14",
        "forecast_start": "2025-03-12",
        "forecast_finish": "2025-03-17",  # four days left: 12, 13, 14, 17 March
        "driver": {"kind": "data_date", "id": None, "detail": "running"},
        "total_float": 0,
        "free_float": 0,
        "critical": True,
        "planned_percent": 80,
        "actual_percent": 60,
        "started": "2025-03-12",
        "finished": None,
        "reported": "2025-03-12",
        "verified_by": None,
        "verified_on": None,
        "judged": "red",
        "target": "2500000 rumah",
        "achieved": 1500000,
        "budget": 300,
        "spent": 50,
        "weight": 2,
        "note": "catatan",
        "file": "sehat.yaml:9",
    }


def test_judged_until_it_expires() -> None:
    """A person's colour stands beside the computed one up to its last day."""
    for until, expected in (("2025-03-12", "yellow"), ("2025-03-11", None), (None, "yellow")):
        one = milestone("a", "1d", judged={"status": "yellow", "until": until})
        found = _shown(plan_of(program("p", one)), "a", "2025-03-12")["figures"]
        # planned for 20 February, so overdue by more than five office days
        assert (found["judged"], found["status"]) == (expected, "red")


def test_show_a_done_milestone() -> None:
    """Done work has no driver and no float any more, but somebody who verified it."""
    seen = {"by": "inspektorat", "on": "2025-03-14"}
    one = milestone("a", "5d", due="2025-03-14", finished="2025-03-13", verified=seen)
    found = _shown(plan_of(program("p", one)), "a", "2025-03-14")["figures"]
    assert list(found) == [*ALWAYS, *REPORTED, *LAST]
    assert (found["state"], found["status"]) == ("done", "blue")
    assert (found["finished"], found["verified_by"], found["verified_on"]) == (
        "2025-03-13",
        "inspektorat",
        "2025-03-14",
    )


def test_show_a_cancelled_milestone() -> None:
    """A cancelled milestone has no status, rule or reason."""
    one = milestone("a", "5d", due="2025-03-14", cancelled={"on": "2025-03-03"})
    found = _shown(plan_of(program("p", one)), "a", "2025-03-24")["figures"]
    assert (found["state"], found["status"], found["rule"], found["reason"]) == (
        "cancelled",
        None,
        None,
        None,
    )


def test_show_days_late() -> None:
    """An overdue milestone says by how many calendar days."""
    one = milestone("a", "5d", due="2025-03-14")
    found = _shown(plan_of(program("p", one)), "a", "2025-03-24")["figures"]
    assert found["days_late"] == 10


def test_show_links_both_ways() -> None:
    """What it waits for and what waits for it, with when that is forecast and was agreed."""
    plan = plan_of(
        program(
            "p",
            milestone("before", "2d"),
            milestone("a", "1d", "before+1d", "nowhere"),
            {
                **milestone("after", "1d"),
                "after": [{"id": "a", "link": "SS", "agreed": "2025-02-24"}],
            },
        )
    )
    tables = _shown(plan, "a", "2025-02-24")["tables"]
    assert list(tables) == ["waits_for", "waited_for_by"]
    # from Monday 24 February two days: the 25th; a lag of one day, so a on the 27th
    assert tables["waits_for"] == [
        {
            "id": "before",
            "name": "before",
            "owner": "dinkes",
            "link": "FS+1d",
            "finish": "2025-02-25",
            "status": "orange",  # planned for 20 and 21 February
            "agreed": None,
        }
    ]
    assert tables["waited_for_by"] == [
        {
            "id": "after",
            "name": "after",
            "owner": "dinkes",
            "link": "SS",
            "finish": "2025-02-27",
            "status": "orange",
            "agreed": "2025-02-24",
        }
    ]


def test_show_deliveries() -> None:
    """Every district of the milestone with what is known of it, none left out."""
    one = milestone(
        "a",
        "5d",
        due="2025-03-14",
        districts=["betung", "sembawa", "di-mana"],
        delivered={
            "betung": {
                "on": "2025-03-05",
                "amount": "60",
                "verified": "2025-03-06",
                "reported": "2025-03-07",
            }
        },
    )
    tables = _shown(plan_of(program("p", one)), "a", "2025-03-10")["tables"]
    empty = {"on": None, "amount": None, "verified": None, "reported": None}
    assert tables == {
        "deliveries": [
            {
                "district": "Betung",
                "on": "2025-03-05",
                "amount": 60,
                "verified": "2025-03-06",
                "reported": "2025-03-07",
            },
            {"district": "Sembawa", **empty},
            {"district": "di-mana", **empty},
        ]
    }


def test_show_blockers_evidence_and_history() -> None:
    """Blockers and evidence as reported; promises moved and claims returned in order."""
    one = milestone(
        "a",
        "5d",
        due="2025-03-21",
        moved=[{"from": "2025-03-14", "on": "2025-03-10", "why": "dana", "by": "setda"}],
        returned=[{"by": "inspektorat", "on": "2025-03-05", "why": "tanpa foto"}],
        blockers=[
            {
                "since": "2025-03-03",
                "what": "izin",
                "need": "surat",
                "decide_by": "2025-03-20",
                "owner": "setda",
                "closed": "2025-03-11",
            }
        ],
        evidence=[{"kind": "photo", "ref": "foto.jpg", "on": "2025-03-04"}],
    )
    tables = _shown(plan_of(program("p", one)), "a", "2025-03-12")["tables"]
    assert tables == {
        "blockers": [
            {
                "since": "2025-03-03",
                "what": "izin",
                "need": "surat",
                "decide_by": "2025-03-20",
                "owner": "setda",
                "closed": "2025-03-11",
            }
        ],
        "evidence": [{"kind": "photo", "ref": "foto.jpg", "on": "2025-03-04"}],
        "history": [
            {
                "on": "2025-03-05",
                "event": "claim returned",
                "by": "inspektorat",
                "why": "tanpa foto",
            },
            {
                "on": "2025-03-10",
                "event": "promise moved from 14 Mar 2025",
                "by": "setda",
                "why": "dana",
            },
        ],
    }
