"""The forecast on a data date, and what of the plan was known on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans import Written, days, milestone, plan_of, scheduled
from tests.standing_plans import plan_of as plan_with
from tests.standing_plans import program

from banyuasin_plan.plan.known import known_on, promised
from banyuasin_plan.plan.model import Milestone, Plan
from banyuasin_plan.schedule import Driver, Schedule
from banyuasin_plan.schedule.network import finish_of, share_done, start_of

TODAY = date(2025, 3, 12)
"""The data date: the Wednesday of the plan's second week."""
BETUNG_AND_AIR_SALEK: list[Written] = [{"id": "betung"}, {"id": "air-salek"}]


def _forecast(*milestones: Written, **plan: Any) -> Schedule:
    return scheduled(plan_of(*milestones, **plan), TODAY)


def _days(*milestones: Written, **plan: Any) -> dict[str, str]:
    return days(_forecast(*milestones, **plan))


def _one(written: Written) -> Milestone:
    return plan_of(written).programs[0].milestones[0]


# Finished work


def test_finished_keeps_its_dates() -> None:
    """Finished work lies where it was done, closed days and links or not, and has no float."""
    schedule = _forecast(
        milestone("z", "30d"),
        milestone("a", "2d", "z", started="2025-03-04", finished="2025-03-08"),
        milestone("b", "1d", "a"),
        milestone("c", "1d", "a SS+9d"),
    )
    slot = schedule.slots["a"]
    assert days(schedule)["a"] == "2025-03-04..2025-03-08"
    assert (slot.late_start, slot.late_finish) == (slot.start, slot.finish)
    assert (slot.duration, slot.total_float, slot.free_float) == (4, None, None)
    assert not slot.critical
    assert slot.driver == Driver("data_date", detail="done")
    assert (days(schedule)["b"], days(schedule)["c"]) == ("2025-03-12", "2025-03-17")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"finished": "2025-03-10"}, "2025-03-10"),
        ({"finished": "2025-03-10", "started": "2025-03-11"}, "2025-03-10"),
        (
            {"finished": "2025-03-10", "reported": "2025-03-06", "progress": "100"},
            "2025-03-06..2025-03-10",
        ),
    ],
)
def test_finished_without_a_beginning(facts: Written, expected: str) -> None:
    """Without a day it began, finished work began on its first sign, never after its finish."""
    assert _days(milestone("a", "5d", **facts)) == {"a": expected}


def test_finished_event() -> None:
    """An event that happened is that evening: work behind it begins on the day after."""
    found = _days(
        milestone("e", "0", finished=str(TODAY)),
        milestone("f", "0", "e"),
        milestone("b", "1d", "f"),
    )
    assert found == {"e": "2025-03-12", "f": "2025-03-12", "b": "2025-03-13"}


# Running work


@pytest.mark.parametrize(
    ("duration", "progress", "expected"),
    [
        ("5d", "0", "2025-03-04..2025-03-18"),
        ("5d", "20", "2025-03-04..2025-03-17"),
        ("5d", "21", "2025-03-04..2025-03-17"),
        ("5d", "19", "2025-03-04..2025-03-18"),
        ("5d", "99", "2025-03-04..2025-03-12"),
        ("5d", "100", "2025-03-04..2025-03-12"),
        ("10d", "70", "2025-03-04..2025-03-14"),
        ("10cd", "40", "2025-03-04..2025-03-17"),
        ("4cd", "0", "2025-03-04..2025-03-15"),
        ("0", "50", "2025-03-04..2025-03-12"),
    ],
)
def test_running_needs_what_is_left(duration: str, progress: str | None, expected: str) -> None:
    """Running work needs its share left, rounded up to days, from the data date on."""
    written = milestone("a", duration, started="2025-03-04", progress=progress)
    assert _days(written) == {"a": expected}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-07", "2025-03-20"),  # ten days left, the day of the report being the first
        ("2025-03-10", "2025-03-20"),  # the report holds,
        ("2025-03-14", "2025-03-20"),  # for five office days
        ("2025-03-15", "2025-03-20"),  # and through the weekend
        ("2025-03-17", "2025-03-21"),  # then what is left waits for the next one, day by day
        ("2025-03-18", "2025-03-24"),
    ],
)
def test_a_report_holds_until_it_is_stale(day: str, expected: str) -> None:
    """Between two reports work goes on as planned, as long as the last one is fresh."""
    written = milestone("a", "20d", started="2025-02-24", progress="50", reported="2025-03-07")
    schedule = scheduled(plan_of(written), date.fromisoformat(day))
    assert str(schedule.slots["a"].finish) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"started": "2025-03-11"}, "2025-03-14"),  # that it began was said on that day
        ({"started": "2025-03-04"}, "2025-03-12"),  # not over before today: nobody said so
        ({"started": "2025-02-24"}, "2025-03-12"),
        ({"started": "2025-03-04", "progress": "0"}, "2025-03-17"),  # said of today: no date
        ({"progress": "0", "started": "2025-03-04", "reported": "2025-03-11"}, "2025-03-14"),
        ({"delivered": {"betung": "2025-03-11"}, "districts": "all"}, "2025-03-12"),
    ],
)
def test_what_counts_as_a_report(keys: Written, expected: str) -> None:
    """A report, a beginning and a delivery have their day; progress without one is today's."""
    found = _days(milestone("a", "4d", **keys), districts=BETUNG_AND_AIR_SALEK)
    assert found["a"].endswith(expected)


@pytest.mark.parametrize(
    ("plan", "program_", "expected"),
    [(None, None, "2025-03-20"), ("2", None, "2025-03-25"), ("2", "8", "2025-03-17")],
)
def test_how_long_a_report_holds(plan: str | None, program_: str | None, expected: str) -> None:
    """As long as `stale` says: the programme's, else the plan's, else five office days."""
    written = milestone("a", "20d", started="2025-02-24", progress="50", reported="2025-03-03")
    head: dict[str, Any] = {"tolerance": {"stale": plan}} if plan else {}
    own = {"tolerance": {"stale": program_}} if program_ else {}
    made = plan_with(program("p", written) | own, **head)
    # ten days left: on Friday 14 March, five office days before that is the 7th, two is the 12th
    assert str(scheduled(made, date(2025, 3, 14)).slots["a"].finish) == expected


def test_running_on_a_closed_day() -> None:
    """What is left is done on the owner's days from the data date on."""
    plan = plan_of(
        milestone("a", "4d", started="2025-03-04", progress="50"),
        milestone("b", "4d", started="2025-03-04", progress="50", owner="rsud"),
        owners=[{"id": "rsud", "calendar": {"open": [{"from": "2025-03-15", "to": "2025-03-15"}]}}],
    )
    found = days(scheduled(plan, date(2025, 3, 15)))
    assert found == {"a": "2025-03-04..2025-03-18", "b": "2025-03-04..2025-03-17"}


def test_running_ignores_links_and_its_start() -> None:
    """Work that has begun waits for nothing any more, and its links hold nobody up."""
    schedule = _forecast(
        milestone("z", "30d"),
        milestone("a", "2d", "z", started="2025-03-11", start="2025-03-20"),
        milestone("y", "1d", due="2025-03-28"),
    )
    assert days(schedule)["a"] == "2025-03-11..2025-03-12"
    assert schedule.contradicted == {}
    assert schedule.slots["z"].total_float == 0
    assert schedule.slots["a"].driver == Driver("data_date", detail="running")


def test_float_of_running_work() -> None:
    """Running work has float like any other, but for its start, which is past."""
    schedule = _forecast(
        milestone("a", "4d", started="2025-03-10", progress="50"),
        milestone("b", "1d", "a"),
        milestone("c", "4d", started="2025-03-10", progress="0"),
        milestone("z", "5d"),
    )
    slots = schedule.slots
    assert {name: (slot.total_float, slot.free_float) for name, slot in slots.items()} == {
        "a": (2, 0),
        "b": (2, 2),
        "c": (1, 1),
        "z": (0, 0),
    }
    slot = slots["a"]
    assert (slot.duration, slot.late_start, slot.late_finish) == (
        4,
        date(2025, 3, 10),
        date(2025, 3, 17),
    )


def test_successor_of_work_that_is_all_but_reported_finished() -> None:
    """At 100 percent nothing is left: the successor may begin on the data date, none is late."""
    schedule = _forecast(
        milestone("a", "5d", started="2025-03-04", progress="100"), milestone("b", "1d", "a")
    )
    slot = schedule.slots["a"]
    assert days(schedule) == {"a": "2025-03-04..2025-03-12", "b": "2025-03-12"}
    assert (slot.total_float, slot.late_finish) == (0, date(2025, 3, 12))


def test_float_of_an_event_that_has_begun() -> None:
    """An event that began and is not done has the float of its end; its beginning is past."""
    slot = _forecast(
        milestone("a", "0", started="2025-03-04"),
        milestone("b", "1d", "a SS+1d"),
        milestone("z", "3d"),
    ).slots["a"]
    assert (slot.start, slot.finish) == (slot.late_start, TODAY) == (date(2025, 3, 4), TODAY)
    assert (slot.late_finish, slot.total_float, slot.free_float) == (date(2025, 3, 14), 3, 3)


def test_running_calendar_days_end_on_a_closed_day() -> None:
    """Running work that ends the plan on a Saturday is not late before it."""
    slot = _forecast(milestone("a", "4cd", started="2025-03-12")).slots["a"]
    assert (slot.finish, slot.late_finish, slot.total_float) == (
        date(2025, 3, 15),
        date(2025, 3, 15),
        0,
    )


def test_progress_without_a_day() -> None:
    """Work with progress that nobody dated began on the data date at the latest."""
    assert _days(milestone("a", "4d", progress="50")) == {"a": "2025-03-12..2025-03-13"}


def test_blockers_move_nothing() -> None:
    """What stands in the way is told, never scheduled."""
    blockers = [{"since": "2025-03-03", "what": "izin", "decide_by": "2025-04-30"}]
    assert _days(milestone("a", "2d", blockers=blockers)) == _days(milestone("a", "2d"))


# Work not begun


@pytest.mark.parametrize(
    ("written", "expected", "driver"),
    [
        (milestone("a", "2d"), "2025-03-12..2025-03-13", "data_date"),
        (milestone("a", "2cd"), "2025-03-12..2025-03-13", "data_date"),
        (milestone("a", "0"), "2025-03-12", "data_date"),
        (milestone("a", "1d", not_before="2025-03-12"), "2025-03-12", "not_before"),
        (milestone("a", "1d", not_before="2025-03-17"), "2025-03-17", "not_before"),
        (milestone("a", "0", not_before="2025-03-17"), "2025-03-17", "not_before"),
        (milestone("a", "2d", start="2025-03-05"), "2025-03-12..2025-03-13", "data_date"),
        (milestone("a", "0", start="2025-03-05"), "2025-03-12", "data_date"),
        (milestone("a", "2d", start="2025-03-12"), "2025-03-12..2025-03-13", "start"),
        (milestone("a", "2d", start="2025-03-13"), "2025-03-13..2025-03-14", "start"),
        (milestone("a", "0", start="2025-03-16"), "2025-03-16", "start"),
        (milestone("a", "2d", due="2025-03-07"), "2025-03-12..2025-03-13", "data_date"),
        (milestone("a", "2d", due="2025-03-20"), "2025-03-19..2025-03-20", "due"),
        (milestone("a", "0", due="2025-03-07"), "2025-03-12", "data_date"),
        (milestone("a", "0", due="2025-03-12"), "2025-03-12", "due"),
        (milestone("a", "2d", reported="2025-03-11", progress="0"), "2025-03-12..2025-03-13", None),
    ],
)
def test_not_begun(written: Written, expected: str, driver: str | None) -> None:
    """Work not begun starts on the data date at the earliest; fixed starts in the past move."""
    schedule = _forecast(written)
    assert days(schedule) == {"a": expected}
    assert schedule.slots["a"].driver.kind == (driver or "data_date")


def test_data_date_on_a_closed_day() -> None:
    """On a Saturday work is forecast to begin on Monday."""
    plan = plan_of(milestone("a", "1d"), milestone("b", "1d", start="2025-03-05"))
    assert days(scheduled(plan, date(2025, 3, 15))) == {"a": "2025-03-17", "b": "2025-03-17"}


def test_data_date_before_the_plan() -> None:
    """Before day 1 the forecast is the plan as written."""
    plan = plan_of(
        milestone("a", "2d"), milestone("b", "1d", "a"), milestone("c", due="2025-03-07")
    )
    forecast = scheduled(plan, date(2025, 2, 3))
    assert dict(forecast.slots) == dict(scheduled(plan).slots)
    assert forecast.as_of == date(2025, 2, 3)


def test_moved_start_has_float() -> None:
    """A fixed start in the past is fixed no longer: it moved, and may move on."""
    schedule = _forecast(milestone("a", "1d", start="2025-03-05"), milestone("z", "5d"))
    assert schedule.slots["a"].total_float == 4


def test_link_into_the_past() -> None:
    """A link that let work begin before the data date is not what drives it."""
    schedule = _forecast(
        milestone("a", "1d", finished="2025-03-04"),
        milestone("b", "1d", "a"),
        milestone("e", "0", "a"),
        milestone("c", "2d"),
        milestone("d", "1d", "c"),
    )
    kinds = {name: slot.driver.kind for name, slot in schedule.slots.items()}
    assert (kinds["b"], kinds["e"], kinds["d"]) == ("data_date", "data_date", "link")


def test_fixed_start_against_links_in_a_forecast() -> None:
    """A start that moved to the data date is held against its links there."""
    schedule = _forecast(milestone("a", "3d"), milestone("b", "1d", "a", start="2025-03-05"))
    assert days(schedule)["b"] == "2025-03-12"
    assert schedule.contradicted == {"b": date(2025, 3, 17)}


# Cancelled work


def test_cancelled_passes_its_links_on() -> None:
    """Cancelled work takes no days; what waits for it waits for what it waited for."""
    cancelled = {"cancelled": {"on": "2025-03-05"}}
    found = _days(
        milestone("a", "3d"),
        milestone("b", "20d", "a", **cancelled),
        milestone("c", "1d", "b"),
        milestone("d", "20cd", "a SS+1d", **cancelled),
        milestone("e", "1d", "d"),
    )
    assert found == {
        "a": "2025-03-12..2025-03-14",
        "b": "2025-03-14",
        "c": "2025-03-17",
        "d": "2025-03-13",
        "e": "2025-03-13",
    }


@pytest.mark.parametrize(
    "rest",
    [
        {},
        {"start": "2025-05-05"},
        {"not_before": "2025-05-05"},
        {"due": "2025-05-05"},
        {"started": "2025-03-04"},
    ],
)
def test_cancelled_holds_nothing_up(rest: Written) -> None:
    """A cancelled start, due date or begun work delays nobody, nor the plan's end."""
    schedule = _forecast(
        milestone("a", "20d", cancelled={"on": "2025-03-05"}, **rest), milestone("b", "1d", "a")
    )
    assert days(schedule) == {"a": "2025-03-03", "b": "2025-03-12"}
    assert schedule.slots["b"].total_float == 0


def test_cancelled_is_still_in_the_plan_as_written() -> None:
    """The plan as written shows what was planned, cancelled since or not."""
    plan = plan_of(milestone("a", "2d", cancelled={"on": "2025-03-05"}))
    assert days(scheduled(plan)) == {"a": "2025-03-03..2025-03-04"}


# District by district


@pytest.mark.parametrize(
    ("delivered", "expected"),
    [
        ({}, "2025-03-12..2025-03-17"),
        ({"betung": "2025-03-06"}, "2025-03-06..2025-03-12"),
        ({"betung": "2025-03-12"}, "2025-03-12..2025-03-13"),
        ({"betung": "2025-03-10", "air-salek": "2025-03-06"}, "2025-03-06..2025-03-10"),
        ({"betung": {"amount": "3", "reported": "2025-03-06"}}, "2025-03-12..2025-03-17"),
        ({"elsewhere": "2025-03-12"}, "2025-03-12..2025-03-17"),
    ],
)
@pytest.mark.parametrize("districts", ["all", ["betung", "air-salek"]])
def test_delivered_by_district(delivered: Written, expected: str, districts: object) -> None:
    """A district delivered is its share done; with all of them, it is finished with the last."""
    written = milestone("a", "4d", districts=districts, delivered=delivered)
    assert _days(written, districts=BETUNG_AND_AIR_SALEK) == {"a": expected}


def test_progress_does_not_count_beside_districts() -> None:
    """Work by district is as far as its districts are, whatever percentage stands there."""
    written = milestone(
        "a", "4d", districts="all", progress="90", started="2025-03-04", delivered={}
    )
    assert _days(written, districts=BETUNG_AND_AIR_SALEK) == {"a": "2025-03-04..2025-03-17"}


@pytest.mark.parametrize(
    ("facts", "share"),
    [
        ({}, 0.0),
        ({"finished": "2025-03-04"}, 1.0),
        ({"progress": "40", "achieved": "9", "target": {"amount": "10", "unit": "x"}}, 0.4),
        ({"achieved": "5", "target": {"amount": "10", "unit": "x"}}, 0.5),
        ({"achieved": "50", "target": {"amount": "10", "unit": "x"}}, 1.0),
        ({"achieved": "5", "target": {"amount": "0", "unit": "x"}}, 0.0),
        ({"achieved": "5"}, 0.0),
    ],
)
def test_share_done(facts: Written, share: float) -> None:
    """The share is what was finished, else the progress, else what of the target is achieved."""
    assert share_done(_one(milestone("a", **facts)), ()) == share


def test_finished_wins_over_districts() -> None:
    """Work that is said to be finished is, whatever its districts say."""
    one = _one(milestone("a", finished="2025-03-04", delivered={"betung": "2025-03-09"}))
    assert share_done(one, ("betung", "air-salek")) == 1.0
    assert finish_of(one, ("betung", "air-salek")) == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("facts", "began"),
    [
        ({}, None),
        ({"reported": "2025-03-04"}, None),
        ({"reported": "2025-03-04", "progress": "0"}, None),
        ({"reported": "2025-03-04", "progress": "5"}, date(2025, 3, 4)),
        ({"reported": "2025-03-04", "achieved": "5"}, date(2025, 3, 4)),
        ({"started": "2025-03-06", "finished": "2025-03-05"}, date(2025, 3, 6)),
        ({"delivered": {"betung": "2025-03-05"}, "finished": "2025-03-07"}, date(2025, 3, 5)),
    ],
)
def test_start_of(facts: Written, began: date | None) -> None:
    """Work began when it was said to, or with the first sign of it."""
    assert start_of(_one(milestone("a", **facts))) == began


# What was known


def _known(day: date, **facts: object) -> Milestone:
    plan = known_on(plan_of(milestone("a", "5d", "z", **facts)), day)
    return plan.programs[0].milestones[0]


ON = str(TODAY)
BEFORE = TODAY - timedelta(1)
FACTS: list[tuple[str, Written, object]] = [
    ("started", {"started": ON}, None),
    ("finished", {"finished": ON}, None),
    ("reported", {"reported": ON}, None),
    ("progress", {"reported": ON, "progress": "40"}, None),
    ("achieved", {"reported": ON, "achieved": "40"}, None),
    ("verified", {"verified": {"by": "inspektorat", "on": ON}}, None),
    ("cancelled", {"cancelled": {"on": ON}}, None),
    ("returned", {"returned": [{"by": "inspektorat", "on": ON}]}, ()),
    ("evidence", {"evidence": [{"ref": "1", "on": ON}]}, ()),
    ("blockers", {"blockers": [{"since": ON, "what": "izin"}]}, ()),
    ("delivered", {"delivered": {"betung": ON}}, {}),
    ("delivered", {"delivered": {"betung": {"amount": "3", "reported": ON}}}, {}),
    ("moved", {"moved": [{"from": "2025-03-07", "on": ON}], "due": "2025-03-14"}, ()),
    (
        "due",
        {"moved": [{"from": "2025-03-07", "on": ON}], "due": "2025-03-14"},
        date(2025, 3, 7),
    ),
]


@pytest.mark.parametrize(("field", "facts", "before"), FACTS)
def test_later_fact_is_unknown(field: str, facts: Written, before: object) -> None:
    """A fact is unknown on the day before it and known on its own day."""
    plan = plan_of(milestone("a", "5d", "z", **facts))
    assert getattr(_known(BEFORE, **facts), field) == before
    assert known_on(plan, TODAY) is plan


PARTS: list[tuple[str, object, str]] = [
    ("delivered", {"betung": {"on": "2025-03-04", "verified": ON}}, "verified"),
    ("delivered", {"betung": {"on": "2025-03-04", "reported": ON}}, "reported"),
    ("blockers", [{"since": "2025-03-04", "what": "izin", "closed": ON}], "closed"),
    ("after", [{"id": "z", "agreed": ON}], "agreed"),
]


@pytest.mark.parametrize(("field", "facts", "name"), PARTS)
def test_later_part_of_a_fact_is_unknown(field: str, facts: object, name: str) -> None:
    """Of what was known then, only the later date is left out."""
    written = {**milestone("a", "5d"), field: facts}
    plan = plan_of(written)
    old, new = (
        getattr(one.programs[0].milestones[0], field) for one in (plan, known_on(plan, BEFORE))
    )
    place = next(iter(old)) if isinstance(old, dict) else 0
    assert new[place] == old[place].model_copy(update={name: None})
    assert known_on(plan, TODAY) is plan


def test_money_reported_later_is_not_spent_yet() -> None:
    """What a later report says was spent is not known, the money itself is."""
    facts: Written = {"reported": ON, "budget": [{"amount": "9", "spent": "4"}]}
    found = [
        [(line.amount, line.spent) for line in _known(day, **facts).budget]
        for day in (BEFORE, TODAY)
    ]
    assert found == [[(9, 0)], [(9, 4)]]


def test_undated_facts_are_known() -> None:
    """What has no date was always known."""
    plan = plan_of(
        milestone(
            "a",
            progress="40",
            achieved="4",
            evidence=[{"ref": "1"}],
            delivered={"betung": {"amount": "3"}},
        )
    )
    assert known_on(plan, date(2000, 1, 1)) is plan


def test_earlier_facts_beside_later_ones() -> None:
    """Of several facts the later ones are left out and the earlier ones stay as they are."""
    one = _known(
        TODAY,
        started="2025-03-04",
        evidence=[{"ref": "1", "on": "2025-03-05"}, {"ref": "2", "on": "2025-03-13"}],
        delivered={"betung": "2025-03-05", "air-salek": "2025-03-13"},
        blockers=[
            {"since": "2025-03-05", "what": "izin"},
            {"since": "2025-03-13", "what": "lahan"},
        ],
    )
    assert one.started == date(2025, 3, 4)
    assert [fact.ref for fact in one.evidence] == ["1"]
    assert list(one.delivered) == ["betung"]
    assert [blocker.what for blocker in one.blockers] == ["izin"]


def test_promise_that_moved_twice() -> None:
    """On each day the promise is the one that stood then, and its moves are those made."""
    moved = [
        {"from": "2025-03-07", "on": "2025-03-05"},
        {"from": "2025-03-11", "on": "2025-03-10"},
    ]
    facts: Written = {"moved": moved, "due": "2025-03-20"}
    stood = {}
    for day in (4, 5, 9, 10):
        one = _known(date(2025, 3, day), **facts)
        stood[day] = (str(one.due), len(one.moved))
    assert stood == {
        4: ("2025-03-07", 0),
        5: ("2025-03-11", 1),
        9: ("2025-03-11", 1),
        10: ("2025-03-20", 2),
    }
    one = _one(milestone("a", **facts))
    assert promised(one, date(2025, 3, 9)) == date(2025, 3, 11)


def test_promise_that_never_moved() -> None:
    """A promise that was kept stands on every day, and none at all stays none."""
    kept, none = _one(milestone("a", due="2025-03-14")), _one(milestone("a"))
    assert [promised(kept, TODAY), promised(none, TODAY)] == [date(2025, 3, 14), None]


def _led(day: str) -> Plan:
    """A plan with an order and a running programme, given, done and stopped around a day."""
    order = {"by": "bupati", "text": "Siapkan lahan", "owner": "dkp"}
    return Plan.model_validate(
        {
            "plan": {"id": "uji", "name": "Uji", "start": "2025-03-03"},
            "decisions": [{"id": "arahan-01", "on": "2025-03-04", "done": day, **order}],
            "inherited": [
                {"id": "gertas", "name": "Gertas", "stopped": {"on": day, "by": "bupati"}}
            ],
        }
    )


def test_later_decisions_are_unknown() -> None:
    """An order is unknown before its day, its doing and the end of what ran before theirs."""
    plan = _led(ON)
    assert known_on(plan, TODAY) is plan
    earlier = known_on(plan, BEFORE)
    assert [order.done for order in earlier.decisions] == [None]
    assert [running.stopped for running in earlier.inherited] == [None]
    assert known_on(plan, date(2025, 3, 3)).decisions == ()


def test_nothing_is_changed_in_the_plan_itself() -> None:
    """The plan that was asked stays as it was, programmes without later facts are its own."""
    plan = plan_of(milestone("a", started=ON))
    quiet = plan.programs[0].model_copy(update={"id": "q", "milestones": ()})
    plan = plan.model_copy(update={"programs": (*plan.programs, quiet)})
    earlier = known_on(plan, BEFORE)
    assert plan.programs[0].milestones[0].started == TODAY
    assert earlier.programs[0].milestones[0].started is None
    assert earlier.programs[1] is quiet


# Properties


@st.composite
def _facts(draw: st.DrawFn) -> Written:
    """What may have been reported of a milestone by the data date."""
    day = st.integers(0, 9).map(lambda number: str(date(2025, 3, 3) + timedelta(number)))
    return draw(
        st.one_of(
            st.just({}),
            st.fixed_dictionaries({"finished": day, "started": day}),
            st.fixed_dictionaries({"started": day, "progress": st.integers(0, 100).map(str)}),
            st.fixed_dictionaries({"cancelled": st.fixed_dictionaries({"on": day})}),
            st.fixed_dictionaries({"due": day}),
        )
    )


@st.composite
def _plans(draw: st.DrawFn) -> Plan:
    milestones = []
    for place, name in enumerate("abcdef"):
        length = draw(st.integers(0, 6))
        duration = f"{length}{draw(st.sampled_from(['d', 'cd'])) if length else ''}"
        others = draw(st.lists(st.sampled_from("abcdef"[:place] or "z"), max_size=2))
        kinds = st.sampled_from(["FS", "SS", "FF", "SF", "FS+2d", "FF-1d", "SS+3cd"])
        after = [f"{other} {draw(kinds)}" for other in others]
        milestones.append(milestone(name, duration, *after, **draw(_facts())))
    return plan_of(*milestones)


@given(_plans())
def test_nothing_is_forecast_into_the_past(plan: Plan) -> None:
    """What is not finished ends on the data date or later; what is not begun starts there too."""
    schedule = scheduled(plan, TODAY)
    for one in plan.programs[0].milestones:
        slot = schedule.slots[one.id]
        if one.finished or one.cancelled:
            continue
        assert slot.finish >= TODAY
        assert one.started or slot.start >= TODAY


@given(_plans())
def test_early_is_not_after_late_in_a_forecast(plan: Plan) -> None:
    """Without fixed starts no float is negative, and early dates are not after late ones."""
    for slot in scheduled(plan, TODAY).slots.values():
        assert slot.start <= slot.late_start
        assert slot.finish <= slot.late_finish
        if slot.total_float is not None:
            assert slot.free_float is not None
            assert 0 <= slot.free_float <= slot.total_float


@given(_plans(), st.integers(0, 20))
def test_known_on_twice(plan: Plan, number: int) -> None:
    """What was known on a day is the same when asked of what was known later."""
    day = date(2025, 3, 1) + timedelta(number)
    known = known_on(plan, day)
    assert known_on(known, day) is known
    assert known_on(known_on(plan, day + timedelta(3)), day) == known
