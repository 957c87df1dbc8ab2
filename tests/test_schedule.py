"""The plan as written: dates, late dates, floats and what drove them, statement by statement."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans import Written, days, milestone, plan_of, scheduled

from banyuasin_plan.plan.fields import Duration
from banyuasin_plan.schedule import Driver, calendars_of
from banyuasin_plan.schedule.calendar import as_date

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from banyuasin_plan.plan.model import Link, Milestone, Plan
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.schedule.calendar import Calendar

ORACLES = 19
SATURDAY = {"from": "2025-03-08", "to": "2025-03-08"}
HOSPITAL: Written = {"id": "rsud", "calendar": {"open": [SATURDAY]}}
"""An owner that works on Saturday 8 March, when nobody else does."""


def _days(*milestones: Written, **plan: Any) -> dict[str, str]:
    return days(scheduled(plan_of(*milestones, **plan)))


def _floats(*milestones: Written, **plan: Any) -> dict[str, tuple[int | None, int | None]]:
    """Total and free float of every milestone."""
    slots = scheduled(plan_of(*milestones, **plan)).slots
    return {name: (slot.total_float, slot.free_float) for name, slot in slots.items()}


def _late(*milestones: Written, **plan: Any) -> dict[str, str]:
    """Late start and finish of every milestone."""
    slots = scheduled(plan_of(*milestones, **plan)).slots
    return {name: f"{slot.late_start}..{slot.late_finish}" for name, slot in slots.items()}


def _driver(name: str, *milestones: Written, **plan: Any) -> Driver:
    return scheduled(plan_of(*milestones, **plan)).slots[name].driver


# Days


def test_finish_is_inclusive() -> None:
    """A one-day milestone starts and finishes on the same day, a five-day one in a week."""
    assert _days(milestone("a", "1d"), milestone("b", "5d")) == {
        "a": "2025-03-03",
        "b": "2025-03-03..2025-03-07",
    }


def test_durations_skip_closed_days() -> None:
    """Working days pass over weekends and the plan's closed days."""
    closed = {"holidays": "none", "closed": [{"from": "2025-03-05", "to": "2025-03-06"}]}
    assert _days(milestone("a", "5d"), calendar=closed) == {"a": "2025-03-03..2025-03-11"}


def test_plan_starts_on_a_closed_day() -> None:
    """Work begins on the first open day, an event on the very first."""
    found = _days(milestone("a", "1d"), milestone("e", "0"), start="2025-03-01")
    assert found == {"a": "2025-03-03", "e": "2025-03-01"}


def test_prepare_from() -> None:
    """Work may begin before day 1 from the preparation on."""
    found = _days(milestone("a", "2d"), milestone("e"), prepare_from="2025-02-26")
    assert found == {"a": "2025-02-26..2025-02-27", "e": "2025-02-26"}


def test_slot_says_how_long() -> None:
    """Durations are working days; those of calendar days count the working days they hold."""
    slots = scheduled(plan_of(milestone("a", "2w"), milestone("b", "10cd"), milestone("e"))).slots
    found = [(slot.duration, slot.event) for slot in slots.values()]
    assert found == [(10, False), (8, False), (0, True)]


def test_span_of_a_schedule() -> None:
    """A schedule reaches from its first to its last day; an empty one has neither."""
    schedule = scheduled(plan_of(milestone("a", "2d"), milestone("b", "2d", "a")))
    assert (schedule.start, schedule.finish) == (date(2025, 3, 3), date(2025, 3, 6))
    empty = scheduled(plan_of())
    assert (empty.start, empty.finish) == (None, None)


def test_same_id_twice() -> None:
    """Of two milestones with one id the first is scheduled; a rule reports the other."""
    assert _days(milestone("a", "1d"), milestone("a", "9d")) == {"a": "2025-03-03"}


def test_plan_without_working_days() -> None:
    """A plan that never works ends at the end of the calendar, without an error."""
    closed = {"week": [], "holidays": "none"}
    slot = scheduled(plan_of(milestone("a", "3d"), calendar=closed)).slots["a"]
    assert (slot.finish - slot.start).days == 2
    assert slot.start > date(2125, 3, 3)


# Links


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("a", "2025-03-06..2025-03-07"),
        ("a+2d", "2025-03-10..2025-03-11"),
        ("a FS-1d", "2025-03-05..2025-03-06"),
        ("a FS+1cd", "2025-03-07..2025-03-10"),
        ("a FS+2cd", "2025-03-10..2025-03-11"),
        ("a SS", "2025-03-03..2025-03-04"),
        ("a SS+2d", "2025-03-05..2025-03-06"),
        ("a SS+5d", "2025-03-10..2025-03-11"),
        ("a SS+5cd", "2025-03-10..2025-03-11"),
        ("a FF", "2025-03-04..2025-03-05"),
        ("a FF+2d", "2025-03-06..2025-03-07"),
        ("a FF+3d", "2025-03-07..2025-03-10"),
        ("a FF+3cd", "2025-03-07..2025-03-10"),
        ("a FF-1d", "2025-03-03..2025-03-04"),
        ("a SF+4d", "2025-03-05..2025-03-06"),
        ("a SF+7cd", "2025-03-06..2025-03-07"),
    ],
)
def test_link(link: str, expected: str) -> None:
    """Each type of link, without a lag, with working days and with calendar days of lag."""
    found = _days(milestone("a", "3d"), milestone("b", "2d", link))
    assert found == {"a": "2025-03-03..2025-03-05", "b": expected}


@pytest.mark.parametrize("link", ["a FS-9d", "a SS-1d", "a FF-9d", "a SF", "a SF-3d", "a FS-99cd"])
@pytest.mark.parametrize(
    ("prepare_from", "first"), [(None, "2025-03-03"), ("2025-02-27", "2025-02-27")]
)
def test_link_that_points_before_the_plan(link: str, prepare_from: str | None, first: str) -> None:
    """A negative lag or SF link is held at the plan's start, or where the preparation begins."""
    found = _days(milestone("a", "3d"), milestone("b", "1d", link), prepare_from=prepare_from)
    assert found["b"] == first


def test_start_to_finish_into_the_plan() -> None:
    """Work with an SF link ends on the last evening before the other one's start."""
    found = _days(milestone("a", "3d", not_before="2025-03-10"), milestone("b", "2d", "a SF"))
    assert found["b"] == "2025-03-06..2025-03-07"


def test_latest_link_wins() -> None:
    """Of several links the one that lets it begin last holds."""
    found = _days(
        milestone("a", "1d"), milestone("b", "4d"), milestone("c", "1d", "a+1d", "b SS+1d", "b")
    )
    assert found["c"] == "2025-03-07"


def test_successor_starts_on_its_own_owners_next_day() -> None:
    """An FS successor starts on the next working day of its owner: Saturday, or Monday."""
    found = _days(
        milestone("a", "5d"),
        milestone("b", "1d", "a", owner="rsud"),
        milestone("c", "1d", "a"),
        owners=[HOSPITAL],
    )
    assert (found["b"], found["c"]) == ("2025-03-08", "2025-03-10")


def test_owner_is_the_lead_unless_named() -> None:
    """A milestone without an owner has the days of its programme's lead."""
    plan = plan_of(milestone("a", "6d"), owners=[HOSPITAL])
    led = plan.model_copy(
        update={"programs": (plan.programs[0].model_copy(update={"lead": "rsud"}),)}
    )
    assert days(scheduled(led)) == {"a": "2025-03-03..2025-03-08"}
    assert days(scheduled(plan)) == {"a": "2025-03-03..2025-03-10"}


def test_lag_counts_the_plans_days() -> None:
    """Working days of lag are the plan's, though both owners work on Saturday."""
    found = _days(
        milestone("a", "5d", owner="rsud"),
        milestone("b", "1d", "a+1d", owner="rsud"),
        milestone("c", "1d", "a+1cd", owner="rsud"),
        owners=[HOSPITAL],
    )
    assert (found["b"], found["c"]) == ("2025-03-11", "2025-03-10")


def test_finish_waits_for_a_finish_on_a_closed_day() -> None:
    """An FF successor never finishes before the day it waits for, closed for it or not."""
    found = _days(
        milestone("a", "6d", owner="rsud"),
        milestone("b", "2d", "a FF"),
        milestone("c", "6cd", not_before="2025-03-04"),
        milestone("d", "1d", "c FF"),
        milestone("f", "4d"),
        milestone("g", "1d", "f FF+2cd"),
        owners=[HOSPITAL],
    )
    assert found == {
        "a": "2025-03-03..2025-03-08",
        "b": "2025-03-07..2025-03-10",
        "c": "2025-03-04..2025-03-09",
        "d": "2025-03-10",
        "f": "2025-03-03..2025-03-06",
        "g": "2025-03-10",
    }


# Calendar days


def test_calendar_days_run_over_closed_days() -> None:
    """A duration in calendar days starts on an open day and may end on a closed one."""
    found = _days(
        milestone("a", "6cd"),
        milestone("b", "3cd", not_before="2025-03-08"),
        milestone("c", "1d", "a"),
    )
    assert found == {
        "a": "2025-03-03..2025-03-08",
        "b": "2025-03-10..2025-03-12",
        "c": "2025-03-10",
    }


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("a FF", "2025-03-03..2025-03-05"),
        ("a FF+2d", "2025-03-05..2025-03-07"),
        ("a FF+3cd", "2025-03-06..2025-03-08"),
        ("a FF+4cd", "2025-03-07..2025-03-09"),
        ("a FF+5cd", "2025-03-10..2025-03-12"),
        ("a SF+4d", "2025-03-04..2025-03-06"),
    ],
)
def test_calendar_days_behind_a_finish(link: str, expected: str) -> None:
    """Calendar days end when the link lets them, or start on the next open day."""
    assert _days(milestone("a", "3d"), milestone("b", "3cd", link))["b"] == expected


def test_float_of_calendar_days() -> None:
    """Total float counts working days from finish to late finish, calendar days or not."""
    slot = scheduled(plan_of(milestone("a", "10d"), milestone("b", "3cd"))).slots["b"]
    assert f"{slot.late_start}..{slot.late_finish}" == "2025-03-12..2025-03-14"
    assert (slot.total_float, slot.free_float) == (7, 7)


def test_calendar_days_start_late_on_an_open_day() -> None:
    """Nor do they begin late on a closed day: Friday, for all that Sunday would do."""
    late = _late(milestone("a", "6d"), milestone("b", "2cd"), milestone("c", "2cd", "b SS"))
    assert late == {
        "a": "2025-03-03..2025-03-10",
        "b": "2025-03-07..2025-03-08",
        "c": "2025-03-07..2025-03-08",
    }


# Events


@pytest.mark.parametrize(
    ("link", "event", "after"),
    [
        ("a", "2025-03-05", "2025-03-06"),
        ("a FF", "2025-03-05", "2025-03-06"),
        ("a+2d", "2025-03-07", "2025-03-10"),
        ("a FS-1d", "2025-03-04", "2025-03-05"),
        ("a+3cd", "2025-03-08", "2025-03-10"),
        ("a SS", "2025-03-03", "2025-03-03"),
        ("a SF", "2025-03-03", "2025-03-03"),
        ("a SS+2d", "2025-03-05", "2025-03-05"),
        ("a SS+5d", "2025-03-10", "2025-03-10"),
        ("a SS+5cd", "2025-03-08", "2025-03-10"),
        ("a SS-3d", "2025-03-03", "2025-03-03"),
    ],
)
def test_event_behind_a_link(link: str, event: str, after: str) -> None:
    """After an end an event is an evening; after a start a morning, and work can begin then."""
    found = _days(milestone("a", "3d"), milestone("e", "0", link), milestone("b", "1d", "e"))
    assert (found["e"], found["b"]) == (event, after)


def test_event_with_a_start() -> None:
    """An event with a start is that morning, on closed days too; work may start that same day."""
    found = _days(
        milestone("e", "0", start="2025-03-05"),
        milestone("b", "1d", "e"),
        milestone("pasar", "0", start="2025-03-09"),
        milestone("c", "1d", "pasar"),
    )
    assert found == {
        "e": "2025-03-05",
        "b": "2025-03-05",
        "pasar": "2025-03-09",
        "c": "2025-03-10",
    }


def test_event_without_anything() -> None:
    """An event that nothing holds is the morning of the plan's start."""
    found = _days(milestone("e"), milestone("b", "1d", "e"))
    assert found == {"e": "2025-03-03", "b": "2025-03-03"}


def test_event_not_before() -> None:
    """An event at the earliest on a day is that morning, a closed day or not."""
    found = _days(milestone("e", "0", not_before="2025-03-08"), milestone("b", "1d", "e"))
    assert found == {"e": "2025-03-08", "b": "2025-03-10"}


def test_event_passes_its_instant_on() -> None:
    """An event behind an event is the same instant: the evening stays one, the morning too."""
    found = _days(
        milestone("a", "3d"),
        milestone("e", "0", "a"),
        milestone("f", "0", "e"),
        milestone("b", "1d", "f"),
        milestone("g", "0", start="2025-03-05"),
        milestone("h", "0", "g"),
        milestone("c", "1d", "h"),
        milestone("i", "0", "e SS"),
        milestone("d", "1d", "i"),
    )
    expected = {"e": "05", "f": "05", "b": "06", "g": "05", "h": "05", "c": "05", "i": "05"}
    assert found == {
        "a": "2025-03-03..2025-03-05",
        **{name: f"2025-03-{day}" for name, day in expected.items()},
        "d": "2025-03-06",
    }


def test_event_is_the_latest_of_its_instants() -> None:
    """The evening of a day comes after its morning; the later instant is the event's."""
    found = _days(
        milestone("a", "2d"),
        milestone("b", "1d", not_before="2025-03-04"),
        milestone("e", "0", "b SS", "a"),
        milestone("f", "0", "a", "b SS"),
        milestone("c", "1d", "e"),
        milestone("d", "1d", "f"),
    )
    assert (found["e"], found["f"]) == ("2025-03-04", "2025-03-04")
    assert (found["c"], found["d"]) == ("2025-03-05", "2025-03-05")


def test_event_behind_work_on_a_closed_day() -> None:
    """An event is the evening its predecessor ends, though its own owner is closed then."""
    found = _days(milestone("a", "6d", owner="rsud"), milestone("e", "0", "a"), owners=[HOSPITAL])
    assert found["e"] == "2025-03-08"


def test_finish_at_an_event() -> None:
    """Work that must end at an event ends that evening, or the last evening before its morning."""
    found = _days(
        milestone("a", "3d"),
        milestone("e", "0", "a"),
        milestone("b", "1d", "e FF"),
        milestone("f", "0", start="2025-03-10"),
        milestone("c", "1d", "f FF"),
    )
    assert (found["b"], found["c"]) == ("2025-03-05", "2025-03-07")


# Backward planning


@pytest.mark.parametrize(
    ("duration", "due", "expected"),
    [
        ("3d", "2025-03-14", "2025-03-12..2025-03-14"),
        ("3d", "2025-03-16", "2025-03-12..2025-03-14"),
        ("3cd", "2025-03-14", "2025-03-12..2025-03-14"),
        ("3cd", "2025-03-16", "2025-03-14..2025-03-16"),
        ("2cd", "2025-03-16", "2025-03-14..2025-03-15"),
        ("5d", "2025-03-05", "2025-03-03..2025-03-07"),
        ("5cd", "2025-03-05", "2025-03-03..2025-03-07"),
        ("0", "2025-03-16", "2025-03-16"),
        (None, "2025-03-16", "2025-03-16"),
        ("0", "2025-03-02", "2025-03-03"),
    ],
)
def test_planned_back_from_due(duration: str | None, due: str, expected: str) -> None:
    """With `due` alone work ends on it, or the last working day before; never before the plan."""
    assert _days(milestone("a", duration, due=due)) == {"a": expected}


def test_event_on_its_due_date() -> None:
    """An event planned back is the evening of its due date: work begins on the day after."""
    found = _days(milestone("e", due="2025-03-05"), milestone("b", "1d", "e"))
    assert found == {"e": "2025-03-05", "b": "2025-03-06"}


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ({"after": ["z"]}, "2025-03-04..2025-03-06"),
        ({"not_before": "2025-03-05"}, "2025-03-05..2025-03-07"),
        ({"start": "2025-03-06"}, "2025-03-06..2025-03-10"),
    ],
)
@pytest.mark.parametrize("due", ["2025-03-05", "2025-03-28"])
def test_due_never_drives_what_something_else_does(rest: Written, expected: str, due: str) -> None:
    """With links, a start or an earliest start the due date moves nothing."""
    found = _days(milestone("z", "1d"), milestone("a", "3d", due=due, **rest))
    assert found["a"] == expected


# Fixed starts


def test_fixed_start_against_links() -> None:
    """A fixed start that links contradict is kept, and the day they allow is told."""
    schedule = scheduled(
        plan_of(
            milestone("a", "5d"),
            milestone("b", "2d", "a", start="2025-03-05"),
            milestone("c", "1d", "b"),
            milestone("d", "1d", "a", start="2025-03-10"),
            milestone("e", "0", "a", start="2025-03-05"),
            milestone("f", "1d", start="2025-03-05"),
        )
    )
    found = days(schedule)
    assert (found["b"], found["c"]) == ("2025-03-05..2025-03-06", "2025-03-07")
    assert schedule.contradicted == {"b": date(2025, 3, 10), "e": date(2025, 3, 7)}


def test_what_only_links_allow() -> None:
    """The day told is that of the links: an earliest start or the plan's start is no link."""
    schedule = scheduled(
        plan_of(
            milestone("z"),
            milestone("a", "5d"),
            milestone("b", "2d", "a", start="2025-03-05", not_before="2025-03-20"),
            milestone("c", "1d", "z SF", start="2025-03-05", not_before="2025-03-20"),
            milestone("y", "1d", start="2025-02-20"),
            milestone("d", "1d", "y", start="2025-02-21"),
        )
    )
    assert schedule.contradicted == {"b": date(2025, 3, 10)}
    assert days(schedule)["d"] == "2025-02-21"


def test_fixed_start_of_work_on_a_closed_day() -> None:
    """Work that must start on a closed day starts on the next open one of its owner."""
    found = _days(
        milestone("a", "2d", start="2025-03-08"),
        milestone("b", "2d", start="2025-03-08", owner="rsud"),
        milestone("c", "2cd", start="2025-03-08"),
        owners=[HOSPITAL],
    )
    assert found == {
        "a": "2025-03-10..2025-03-11",
        "b": "2025-03-08..2025-03-10",
        "c": "2025-03-10..2025-03-11",
    }


# Default durations


@pytest.mark.parametrize(
    ("start", "due", "expected", "duration"),
    [
        ("2025-03-05", "2025-03-11", "2025-03-05..2025-03-11", 5),
        ("2025-03-05", "2025-03-05", "2025-03-05", 1),
        ("2025-03-07", "2025-03-09", "2025-03-07", 1),
        ("2025-03-08", "2025-03-09", "2025-03-08", 0),
        ("2025-03-11", "2025-03-05", "2025-03-11", 0),
    ],
)
def test_default_duration(start: str, due: str, expected: str, duration: int) -> None:
    """Left out, a duration is the working days from start to due; without any, an event."""
    schedule = scheduled(plan_of(milestone("a", start=start, due=due)))
    assert days(schedule) == {"a": expected}
    assert schedule.slots["a"].duration == duration


def test_default_duration_in_the_owners_days() -> None:
    """The working days from start to due are those of the owner."""
    found = _days(
        milestone("a", start="2025-03-07", due="2025-03-10", owner="rsud"),
        milestone("b", "0", "a SS"),
        owners=[HOSPITAL],
    )
    assert found["a"] == "2025-03-07..2025-03-10"


# Late dates and float


def test_late_dates_and_float() -> None:
    """Late dates come from the plan's computed finish; what delays it has no float."""
    plan = (
        milestone("a", "2d"),
        milestone("b", "3d", "a"),
        milestone("c", "1d", "a"),
        milestone("d", "1d", "b", "c"),
        milestone("e", "1d"),
    )
    assert _late(*plan) == {
        "a": "2025-03-03..2025-03-04",
        "b": "2025-03-05..2025-03-07",
        "c": "2025-03-07..2025-03-07",
        "d": "2025-03-10..2025-03-10",
        "e": "2025-03-10..2025-03-10",
    }
    assert _floats(*plan) == {"a": (0, 0), "b": (0, 0), "c": (2, 2), "d": (0, 0), "e": (5, 5)}
    slots = scheduled(plan_of(*plan)).slots
    assert [name for name, slot in slots.items() if slot.critical] == ["a", "b", "d"]


def test_due_is_no_late_date() -> None:
    """Float is against the plan's own finish, never against a due date."""
    assert _floats(milestone("a", "9d"), milestone("b", "1d", "z", due="2025-03-03")) == {
        "a": (0, 0),
        "b": (8, 8),
    }


def test_free_float_before_a_successor_moves() -> None:
    """Free float is what is left before a successor's early date would move."""
    found = _floats(
        milestone("a", "1d"), milestone("b", "1d", "a"), milestone("c", "3d"), milestone("d", "9d")
    )
    assert found == {"a": (7, 0), "b": (7, 7), "c": (6, 6), "d": (0, 0)}
    found = _floats(
        milestone("a", "1d"),
        milestone("c", "3d"),
        milestone("b", "1d", "a", "c"),
        milestone("d", "9d"),
    )
    assert (found["a"], found["c"]) == ((7, 2), (5, 0))


@pytest.mark.parametrize(
    ("link", "total"),
    [("a SS", 6), ("a SS+2d", 4), ("a FF", 7), ("a FF+1d", 6), ("a SF+1d", 7), ("a+2cd", 3)],
)
def test_float_behind_each_link(link: str, total: int) -> None:
    """A predecessor has the float that its successor's link leaves it."""
    found = _floats(milestone("a", "2d"), milestone("b", "3d", link), milestone("z", "9d"))
    assert found["a"][0] == total


def test_float_counts_the_owners_days() -> None:
    """Who works on Saturday has one day of float more, and a late start on it."""
    schedule = scheduled(
        plan_of(
            milestone("a", "1d", owner="rsud"),
            milestone("b", "1d"),
            milestone("z", "6d"),
            milestone("y", "1d", "a", "b", not_before="2025-03-10"),
            owners=[HOSPITAL],
        )
    )
    found = {
        name: (slot.total_float, str(slot.late_start)) for name, slot in schedule.slots.items()
    }
    assert found["a"] == (5, "2025-03-08")
    assert found["b"] == (4, "2025-03-07")


def test_fixed_starts_have_no_float() -> None:
    """A fixed start does not move: it has no float, and can leave predecessors less than none."""
    plan = (
        milestone("a", "5d"),
        milestone("b", "1d", "a", start="2025-03-05"),
        milestone("c", "1d", start="2025-03-08"),
        milestone("e", "0", start="2025-03-08"),
        milestone("z", "20d"),
    )
    assert _floats(*plan) == {"a": (-3, 0), "b": (0, 0), "c": (0, 0), "e": (0, 0), "z": (0, 0)}
    assert _late(*plan)["a"] == "2025-02-26..2025-03-04"
    assert scheduled(plan_of(*plan)).slots["a"].critical


def test_planned_back_has_float() -> None:
    """What is planned back from its due date may be late and still not delay the plan."""
    assert _floats(milestone("a", "1d", due="2025-03-05"), milestone("z", "10d"))["a"] == (7, 7)


def test_float_of_events() -> None:
    """Without float an event keeps its day; with float it is late on the last day it may be."""
    plan = (
        milestone("e"),
        milestone("a", "5d", "e"),
        milestone("f", "0", "a"),
        milestone("b", "1d"),
        milestone("g", "0", "b"),
        milestone("h", "0", "b SS"),
        milestone("c", "2d", "h"),
    )
    assert _floats(*plan) == {
        "e": (0, 0),
        "a": (0, 0),
        "f": (0, 0),
        "b": (3, 0),
        "g": (4, 4),
        "h": (3, 0),
        "c": (3, 3),
    }
    late = _late(*plan)
    assert {name: late[name][-2:] for name in "efgh"} == {
        "e": "03",
        "f": "07",
        "g": "07",
        "h": "06",
    }


def test_event_late_on_its_owners_saturday() -> None:
    """An event with float is never late before it is early, whoever works on Saturday."""
    schedule = scheduled(
        plan_of(
            milestone("e", "0", owner="rsud", not_before="2025-03-08"),
            milestone("a", "1d", owner="rsud", not_before="2025-03-08"),
            owners=[HOSPITAL],
        )
    )
    slot = schedule.slots["e"]
    assert (slot.total_float, slot.start, slot.late_start) == (
        1,
        date(2025, 3, 8),
        date(2025, 3, 8),
    )


def test_event_at_the_end_is_on_the_last_day() -> None:
    """A morning event that may wait till the plan's end is late on its last day, not after it."""
    assert _late(milestone("a", "3d"), milestone("e"))["e"] == "2025-03-05..2025-03-05"


# Drivers


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        (milestone("b", "1d"), Driver("plan_start")),
        (milestone("b", "0"), Driver("plan_start")),
        (milestone("b", "1d", not_before="2025-03-05"), Driver("not_before")),
        (milestone("b", "0", not_before="2025-03-05"), Driver("not_before")),
        (milestone("b", "1d", not_before="2025-03-01"), Driver("plan_start")),
        (milestone("b", "1d", start="2025-03-05"), Driver("start")),
        (milestone("b", "0", start="2025-03-08"), Driver("start")),
        (milestone("b", "1d", start="2025-03-08"), Driver("calendar")),
        (milestone("b", "1d", due="2025-03-05"), Driver("due")),
        (milestone("b", "0", due="2025-03-05"), Driver("due")),
        (milestone("b", "9d", due="2025-03-05"), Driver("plan_start")),
        (milestone("b", "1d", "a"), Driver("link", "a", "FS")),
        (milestone("b", "1d", "a FS-1d"), Driver("link", "a", "FS-1d")),
        (milestone("b", "1d", "a SS"), Driver("link", "a", "SS")),
        (milestone("b", "1d", "a FF+2cd"), Driver("link", "a", "FF+2cd")),
        (milestone("b", "1d", "a SF+9d"), Driver("link", "a", "SF+9d")),
        (milestone("b", "0", "a SF"), Driver("link", "a", "SF")),
        (milestone("b", "0", "a SS", "a"), Driver("link", "a", "FS")),
        (milestone("b", "1d", "a", not_before="2025-03-06"), Driver("link", "a", "FS")),
        (milestone("b", "1d", "a", not_before="2025-03-07"), Driver("not_before")),
        (milestone("b", "1d", "a SF-9d"), Driver("plan_start")),
    ],
)
def test_driver(written: Written, driver: Driver) -> None:
    """What fixed the dates is told: a link before a day that asks for no more than it."""
    assert _driver("b", milestone("a", "3d"), written) == driver


# Outside oracles


def test_oracles(bench_data: Path) -> None:
    """Dates, late dates and slack are those asserted by the sources of 19 outside cases."""
    cases = [json.loads(file.read_text()) for file in sorted((bench_data / "oracles").iterdir())]
    assert len(cases) == ORACLES
    expected, found = {}, {}
    for case in cases:
        slots = scheduled(_oracle_plan(case)).slots
        for task in case["tasks"]:
            if task["days"]:
                key, slot = f"{case['id']} {task['id']}", slots[f"t{task['id'].lower()}"]
                expected[key] = {
                    name: value
                    for name, value in case["expected"][task["id"]].items()
                    if name in {"start", "finish", "late_start", "late_finish", "total_slack"}
                }
                all_of_it = {
                    "start": str(slot.start),
                    "finish": str(slot.finish),
                    "late_start": str(slot.late_start),
                    "late_finish": str(slot.late_finish),
                    "total_slack": slot.total_float,
                }
                found[key] = {name: all_of_it[name] for name in expected[key]}
    assert found == expected


def _oracle_plan(case: dict[str, Any]) -> Plan:
    assert case["calendar"] == {"workdays": ["MO", "TU", "WE", "TH", "FR"], "holidays": []}
    return plan_of(
        *(
            milestone(
                f"t{task['id'].lower()}",
                f"{task['days']}d",
                *(
                    f"t{link['from'].lower()} {link['type']}{link['lag']:+d}d"
                    for link in case["deps"]
                    if link["to"] == task["id"]
                ),
            )
            for task in case["tasks"]
        ),
        start=case["start"],
    )


# Properties, held against a scheduler that knows only days and definitions


class When(NamedTuple):
    """Where the reference puts a milestone: days, and the instants it begins and ends at.

    An instant is a morning, by its day's number; an evening is the next day's morning.
    """

    first: int
    last: int
    begin: int
    end: int


class Reference:
    """The earliest schedule by the plain meaning of each link, found by trying day after day."""

    def __init__(self, plan: Plan) -> None:
        """Schedule the plan's milestones, which stand behind what they wait for."""
        calendars = calendars_of(plan)
        self._floor, self._plan = calendars.first, calendars.plan
        self._events = {one.id for one in _milestones(plan) if not _length(one).days}
        self.found: dict[str, When] = {}
        for one in _milestones(plan):
            self.found[one.id] = self._place(one, calendars.of(one.owner))

    def _place(self, one: Milestone, calendar: Calendar) -> When:
        earliest = max(self._floor, one.not_before.toordinal() if one.not_before else 0)
        if one.id in self._events:
            at, day = max([(earliest, earliest), *(self._happens(link) for link in one.after)])
            return When(day, day, at, at)
        begin = earliest
        while not (calendar.works(begin) and self._may_begin(one, begin, calendar)):
            begin += 1
        end = _end(begin, _length(one), calendar)
        return When(begin, end - 1, begin, end)

    def _may_begin(self, one: Milestone, begin: int, calendar: Calendar) -> bool:
        """Whether work that begins then keeps what every link says."""
        end = _end(begin, _length(one), calendar)
        for link in one.after:
            at = self._lagged(link)
            # The evening before closed days is, in working time, the morning after them. Work
            # that others wait for ends on an evening, and calendar days end on any.
            exact = _length(one).calendar or (link.link == "FF" and link.id not in self._events)
            if link.link in {"FS", "SS"}:
                kept = begin >= at
            else:
                kept = not any(exact or calendar.works(day) for day in range(end, at))
            if not kept:
                return False
        return True

    def _happens(self, link: Link) -> tuple[int, int]:
        """The instant and the day at which a link lets an event happen."""
        at, other = self._lagged(link), self.found[link.id]
        if link.link in {"FS", "FF"}:
            return at, at - 1 if link.lag.days else other.last
        if not link.lag.days:
            return at, other.first
        while not (link.lag.calendar or self._plan.works(at)):
            at += 1
        return at, at

    def _lagged(self, link: Link) -> int:
        """The instant a link waits for, walked to day by day."""
        other, left = self.found[link.id], link.lag.days
        at = other.begin if link.link in {"SS", "SF"} else other.end
        if link.lag.calendar or not left:
            return at + left
        while left > 0:
            left -= self._plan.works(at)
            at += 1
        while left < 0:
            at -= 1
            left += self._plan.works(at)
        while not self._plan.works(at - 1):
            at -= 1
        return at


def _milestones(plan: Plan) -> list[Milestone]:
    return [one for program in plan.programs for one in program.milestones]


def _length(one: Milestone) -> Duration:
    return one.duration or Duration(0)


def _end(begin: int, duration: Duration, calendar: Calendar) -> int:
    """The evening of the last day, counted day by day."""
    left, day = duration.days, begin
    while left:
        left -= duration.calendar or calendar.works(day)
        day += 1
    return day


MARCH = st.integers(-3, 40).map(lambda number: str(date(2025, 3, 3) + timedelta(number)))
PERIODS = st.lists(MARCH.map(lambda day: {"from": day, "to": day}), max_size=8)
UNITS = st.sampled_from(["d", "d", "cd"])


@st.composite
def _links(draw: st.DrawFn, names: list[str]) -> list[str]:
    chosen = draw(st.lists(st.sampled_from(names), max_size=3)) if names else []
    kinds, lags = st.sampled_from(["FS", "SS", "FF", "SF"]), st.integers(-6, 8)
    return [f"{name} {draw(kinds)}{draw(lags):+d}{draw(UNITS)}" for name in chosen]


@st.composite
def _written(draw: st.DrawFn, shortest: int = 0) -> Written:
    """A plan of up to eight milestones without fixed starts and backward planning."""
    names = list("abcdefgh")[: draw(st.integers(1, 8))]
    milestones = []
    for place, name in enumerate(names):
        days = draw(st.integers(shortest, 8))
        written = milestone(name, f"{days}{draw(UNITS) if days else ''}")
        written["owner"] = draw(st.sampled_from([None, "rsud", "dinas"]))
        written["after"] = draw(_links(names[:place]))
        written["not_before"] = draw(st.one_of(st.none(), st.none(), MARCH))
        milestones.append(written)
    start = draw(st.integers(1, 9))
    return {
        "milestones": milestones,
        "start": f"2025-03-0{start}",
        "prepare_from": draw(st.sampled_from([None, "2025-02-27"])),
        "calendar": {"holidays": "none", "closed": draw(PERIODS), "open": draw(PERIODS)},
        "owners": [
            {"id": "rsud", "calendar": {"open": draw(PERIODS)}},
            {"id": "dinas", "calendar": {"closed": draw(PERIODS), "open": draw(PERIODS)}},
        ],
    }


def _plan(written: Written) -> Plan:
    return plan_of(
        *written["milestones"], **{k: v for k, v in written.items() if k != "milestones"}
    )


@given(_written())
def test_every_link_holds_and_nothing_could_be_earlier(written: Written) -> None:
    """Dates are the first ones, tried day by day, on which everything keeps its links."""
    plan = _plan(written)
    schedule = scheduled(plan)
    found = {
        name: (slot.start.toordinal(), slot.finish.toordinal())
        for name, slot in schedule.slots.items()
    }
    assert found == {name: when[:2] for name, when in Reference(plan).found.items()}


@given(_written())
def test_work_begins_and_ends_on_open_days(written: Written) -> None:
    """No work begins on a closed day, early or late; none ends on one, but by calendar days."""
    plan = _plan(written)
    schedule = scheduled(plan)
    for one in _milestones(plan):
        slot, calendar = schedule.slots[one.id], schedule.calendars.of(one.owner)
        if slot.event:
            continue
        assert calendar.works(slot.start.toordinal())
        assert calendar.works(slot.late_start.toordinal())
        if not _length(one).calendar:
            assert calendar.works(slot.finish.toordinal())
            assert calendar.works(slot.late_finish.toordinal())
            assert slot.duration == calendar.between(
                slot.start.toordinal(), slot.finish.toordinal()
            )


@given(_written(), st.data())
def test_another_link_makes_nothing_earlier(written: Written, data: st.DataObject) -> None:
    """A link more moves dates later or not at all."""
    place = data.draw(st.integers(0, len(written["milestones"]) - 1))
    changed = [dict(one) for one in written["milestones"]]
    names = [one["id"] for one in changed[:place]]
    changed[place]["after"] = [*changed[place]["after"], *data.draw(_links(names))]
    before, after = scheduled(_plan(written)), scheduled(_plan({**written, "milestones": changed}))
    for name, slot in before.slots.items():
        assert slot.start <= after.slots[name].start
        assert slot.finish <= after.slots[name].finish


@given(_written(), st.randoms(use_true_random=False))
def test_order_changes_nothing(written: Written, source: random.Random) -> None:
    """In whatever order milestones stand and over whatever programmes, the slots are the same."""
    plan = _plan(written)
    shuffled = _milestones(plan)
    source.shuffle(shuffled)
    cut = source.randint(0, len(shuffled))
    first = plan.programs[0].model_copy(update={"milestones": tuple(shuffled[:cut])})
    second = plan.programs[0].model_copy(update={"id": "q", "milestones": tuple(shuffled[cut:])})
    other = plan.model_copy(update={"programs": (second, first)})
    assert dict(scheduled(other).slots) == dict(scheduled(plan).slots)


@given(_written())
def test_early_is_not_after_late(written: Written) -> None:
    """Early dates lie before late ones or on them, free float within total, neither below 0."""
    for slot in scheduled(_plan(written)).slots.values():
        assert slot.start <= slot.late_start
        assert slot.finish <= slot.late_finish
        assert slot.free_float is not None
        assert slot.total_float is not None
        assert 0 <= slot.free_float <= slot.total_float


@given(_written())
def test_something_is_critical(written: Written) -> None:
    """What ends last has no float: a plan always has a critical path."""
    schedule = scheduled(_plan(written))
    last = [slot for slot in schedule.slots.values() if slot.finish == schedule.finish]
    assert any(slot.critical for slot in last)


# Only of work: an event may move from an evening to the next working morning, which is no working
# time and so no float, but another day on the page.


@given(_written(shortest=1), st.data())
def test_late_dates_delay_nothing(written: Written, data: st.DataObject) -> None:
    """Work that begins on its late start leaves the plan's last day where it is."""
    schedule = scheduled(_plan(written))
    name = data.draw(st.sampled_from(list(schedule.slots)))
    moved = _moved(written, name, schedule.slots[name].late_start)
    assert moved.finish == schedule.finish


@given(_written(shortest=1), st.data())
def test_free_float_moves_nobody(written: Written, data: st.DataObject) -> None:
    """Work that begins later by its free float leaves every other early date where it is."""
    schedule = scheduled(_plan(written))
    names = [one["id"] for one in written["milestones"] if "cd" not in one["duration"]]
    name = data.draw(st.sampled_from(names or [None]))
    if name is None:
        return
    slot = schedule.slots[name]
    calendar = schedule.calendars.of(_milestones(_plan(written))["abcdefgh".index(name)].owner)
    assert slot.free_float is not None
    later = calendar.day(calendar.count(slot.start.toordinal()) + slot.free_float)
    moved = days(_moved(written, name, as_date(later)))
    assert {**moved, name: ""} == {**days(schedule), name: ""}


def _moved(written: Written, name: str, day: date) -> Schedule:
    """The schedule in which that milestone begins on the day at the earliest."""
    changed = [
        {**one, "not_before": str(day)} if one["id"] == name else one
        for one in written["milestones"]
    ]
    return scheduled(_plan({**written, "milestones": changed}))
