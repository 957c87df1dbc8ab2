"""Levelled schedules keep capacities, links and promises, and move little."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given
from tests.levelling_plans import built, carried, psplib_plan, written_plans
from tests.plans import days, milestone, plan_of, scheduled

from banyuasin_plan.schedule import Driver, calendars_of, early_of, schedule_of
from banyuasin_plan.schedule.compiling import Surroundings, compile_part, state_of
from banyuasin_plan.schedule.levelling import level
from banyuasin_plan.schedule.loads import Holding, Overload
from banyuasin_plan.schedule.passes import placed
from banyuasin_plan.schedule.sequencing import Sequencer

if TYPE_CHECKING:
    from pathlib import Path

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.schedule.passes import Spot

ONE = [{"id": "dinas", "capacity": 1}]
TWO = [{"id": "dinas", "capacity": 2}]


def _capacities(plan: Plan) -> dict[str, int]:
    return {one.id: one.capacity for one in plan.everybody() if one.capacity is not None}


def _overfull(plan: Plan, schedule: Schedule) -> set[tuple[str, date]]:
    """Days on which more is carried than fits, unless all of it stands on fixed starts."""
    capacities = _capacities(plan)
    fixed = {one.id for each in plan.programs for one in each.milestones if one.start}
    found = set()
    for (name, day), loads in carried(plan, schedule).items():
        room = max(capacities[name], 1)
        needs = {one: min(load, room) for one, load in loads.items()}
        if sum(needs.values()) > room and not set(needs) <= fixed:
            found.add((name, day))
    return found


def _spots(plan: Plan) -> list[Spot]:
    return level(early_of(plan, calendars_of(plan))).early.spots


@given(written_plans())
def test_no_overload_on_any_day(written: dict[str, Any]) -> None:
    """Whoever has a capacity carries no more on any day, but for what can't be moved or split."""
    plan = built(written)
    assert _overfull(plan, scheduled(plan)) == set()


@given(written_plans())
def test_links_hold_in_levelled_schedules(written: dict[str, Any]) -> None:
    """Nothing movable lies before the day that its links, dates and calendars allow."""
    plan = built(written)
    calendars = calendars_of(plan)
    network = early_of(plan, calendars).network
    spots = _spots(plan)
    for place, activity in enumerate(network.activities):
        if activity.backward or activity.fixed is not None:
            continue
        allowed, _ = placed(activity, network, spots)
        assert allowed.first <= spots[place].first
        assert allowed.last <= spots[place].last


@given(written_plans())
def test_what_has_no_limit_lies_where_its_links_put_it(written: dict[str, Any]) -> None:
    """Only capacity moves anything, and only what carries load where a limit is."""
    plan = built(written)
    calendars = calendars_of(plan)
    network, schedule = early_of(plan, calendars).network, scheduled(plan)
    spots = _spots(plan)
    for place, activity in enumerate(network.activities):
        if activity.id not in schedule.holders:
            again, _ = placed(activity, network, spots)
            assert (again.first, again.last) == (spots[place].first, spots[place].last)
        else:
            assert activity.use
            earlier = schedule.holders[activity.id].earlier
            assert schedule.holders[activity.id].milestones
            assert schedule.slots[activity.id].driver.kind == ("due" if earlier else "capacity")


@given(written_plans())
def test_states_are_those_of_the_forward_pass(written: dict[str, Any]) -> None:
    """With nothing in the way, tasks in small integers lie where the forward pass puts them."""
    plan = built(written)
    early = early_of(plan, calendars_of(plan))
    network, spots = early.network, early.spots
    count = range(len(network.activities))
    members = [place for place in count if not network.activities[place].still]
    if not members:
        return
    around = Surroundings(network, list(spots), (), list(count), [0] * len(spots), {}, {})
    part = compile_part(members, around)
    states = Sequencer(part).push(range(len(members)))
    for task, place in enumerate(part.places):
        assert states[task] == state_of(part, task, spots[place])


def test_who_has_a_due_date_goes_first() -> None:
    """Of two milestones for one place, the one that would miss its due date takes it."""
    plan = plan_of(
        milestone("a", "3d", owner="dinas"),
        milestone("b", "3d", "z", owner="dinas", due="2025-03-05"),
        milestone("z", "0"),
        owners=ONE,
    )
    assert days(scheduled(plan)) == {
        "a": "2025-03-06..2025-03-10",
        "b": "2025-03-03..2025-03-05",
        "z": "2025-03-03",
    }


def test_heavier_promise_goes_first() -> None:
    """Where only one promise can be kept, it is the one of more weight."""
    late = {"owner": "dinas", "due": "2025-03-05", "after": ["z"]}
    plan = plan_of(
        milestone("z", "0"),
        milestone("a", "3d", **late),
        milestone("b", "3d", **late, weight="5"),
        owners=ONE,
    )
    assert days(scheduled(plan))["b"] == "2025-03-03..2025-03-05"


def test_capacity_says_who_holds_it() -> None:
    """A milestone that capacity moved names who was full, and the milestone that frees it."""
    plan = plan_of(
        milestone("a", "2d", owner="dinas"),
        milestone("b", "3d", owner="dinas"),
        milestone("c", "3d", "a", "b", owner="dinas"),
        owners=ONE,
    )
    schedule = scheduled(plan)
    second = "b" if "b" in schedule.holders else "a"
    first = "a" if second == "b" else "b"
    assert schedule.slots[second].driver == Driver("capacity", first, "dinas")
    assert schedule.holders == {second: Holding("dinas", (first,))}
    assert schedule.slots["c"].driver == Driver("link", second, "FS")


def test_pulled_forward_by_capacity_hangs_on_its_due_date() -> None:
    """Work that finds no room at its due date is not driven by what lies behind it."""
    plan = plan_of(
        milestone("a", "2d", owner="dinas", due="2025-03-20"),
        milestone("b", "3d", owner="dinas", start="2025-03-17"),
        milestone("c", "3d", owner="dinas", start="2025-03-20"),
        owners=ONE,
    )
    schedule = scheduled(plan)
    assert days(schedule)["a"] == "2025-03-13..2025-03-14"
    assert schedule.slots["a"].driver == Driver("due", None, "dinas")
    assert schedule.holders == {"a": Holding("dinas", ("b", "c"), earlier=True)}


def test_elapsed_work_pulled_forward_with_a_free_day_behind() -> None:
    """Work that begins on open days only may leave a day free before what crowds it out."""
    plan = plan_of(
        milestone("a", "4cd", owner="dinas", due="2025-03-20"),
        milestone("b", "5d", owner="dinas", start="2025-03-19"),
        owners=ONE,
    )
    schedule = scheduled(plan)
    assert days(schedule)["a"] == "2025-03-14..2025-03-17"  # from the 17th it would end on the 20th
    assert schedule.holders == {"a": Holding("dinas", ("b",), earlier=True)}


def test_load_above_capacity_takes_all_of_it() -> None:
    """Work heavier than its owner's capacity is placed alone, and reported."""
    plan = plan_of(
        milestone("a", "2d", owner="dinas", load="5"),
        milestone("b", "2d", owner="dinas"),
        owners=TWO,
    )
    schedule = scheduled(plan)
    assert days(schedule) == {"a": "2025-03-03..2025-03-04", "b": "2025-03-05..2025-03-06"}
    day = schedule.slots["a"].start
    assert schedule.overloads == (Overload("dinas", day, schedule.slots["a"].finish, ("a",), 5, 2),)


def test_fixed_starts_stay_and_are_overloads() -> None:
    """Two fixed starts on one day stay; what they overload is said, with days and milestones."""
    plan = plan_of(
        milestone("a", "3d", owner="dinas", start="2025-03-04"),
        milestone("b", "1d", owner="dinas", start="2025-03-05"),
        milestone("c", "2d", owner="dinas"),
        owners=ONE,
    )
    schedule = scheduled(plan)
    assert days(schedule) == {
        "a": "2025-03-04..2025-03-06",
        "b": "2025-03-05",
        "c": "2025-03-07..2025-03-10",
    }
    day = schedule.slots["b"].start
    assert schedule.overloads == (Overload("dinas", day, day, ("a", "b"), 2, 1),)


def test_camat_hold_back_only_what_they_do() -> None:
    """A district is levelled where it owns the work, not where the work is done in it."""
    plan = plan_of(
        *(milestone(name, "2d", owner="betung") for name in ("a", "b")),
        *(milestone(name, "2d", districts="all") for name in ("c", "d")),
        districts=[{"id": "betung", "capacity": 1}],
    )
    schedule = scheduled(plan)
    found = days(schedule)
    assert sorted([found["a"], found["b"]]) == ["2025-03-03..2025-03-04", "2025-03-05..2025-03-06"]
    assert [found["c"], found["d"]] == ["2025-03-03..2025-03-04"] * 2


def test_work_planned_back_moves_before_its_due_date() -> None:
    """Work planned back from its due date goes earlier where that day is taken, else later."""
    work = {"owner": "dinas", "due": "2025-03-06"}
    plan = plan_of(
        *(milestone(name, "2d", **work) for name in ("a", "b", "c")),
        owners=ONE,
    )
    schedule = scheduled(plan)
    assert sorted(days(schedule).values()) == [
        "2025-03-03..2025-03-04",
        "2025-03-05..2025-03-06",
        "2025-03-07..2025-03-10",
    ]
    assert schedule.lower_bound == schedule.finish


def test_running_work_is_never_moved() -> None:
    """In a forecast running work goes on from the data date; the rest makes room for it."""
    plan = plan_of(
        milestone("a", "4d", owner="dinas", started="2025-03-04", progress="50"),
        milestone("b", "2d", owner="dinas"),
        milestone("c", "2d", owner="dinas", finished="2025-03-05"),
        owners=ONE,
    )
    schedule = scheduled(plan, date(2025, 3, 6))
    assert days(schedule) == {
        "a": "2025-03-04..2025-03-07",
        "b": "2025-03-10..2025-03-11",
        "c": "2025-03-05",
    }


def test_running_work_with_nothing_left_loads_nobody_on_a_closed_day() -> None:
    """On a Saturday, work that is done but for the word takes no place from anybody."""
    plan = plan_of(
        milestone("a", "2d", owner="dinas", started="2025-03-06", progress="100"),
        milestone("b", "2d", owner="dinas"),
        owners=ONE,
    )
    schedule = scheduled(plan, date(2025, 3, 8))
    assert days(schedule)["b"] == "2025-03-10..2025-03-11"
    assert schedule.overloads == ()


def test_level_off_shows_the_plain_network() -> None:
    """Without levelling capacities count for nothing, and nobody is said to hold anything."""
    plan = plan_of(
        milestone("a", "2d", owner="dinas"), milestone("b", "2d", owner="dinas"), owners=ONE
    )
    schedule = schedule_of(plan, calendars_of(plan), level=False)
    assert set(days(schedule).values()) == {"2025-03-03..2025-03-04"}
    assert not schedule.levelled
    assert schedule.holders == {}


def test_large_capacities_are_exact() -> None:
    """Above what a byte holds, loads still add up: 300 and 700 fit in 1,000, one more does not."""
    loads = {"a": "300", "b": "700", "c": "1"}
    plan = plan_of(
        *(milestone(name, "2d", owner="dinas", load=load) for name, load in loads.items()),
        owners=[{"id": "dinas", "capacity": 1000}],
    )
    found = sorted(days(scheduled(plan)).values())
    assert found == ["2025-03-03..2025-03-04", "2025-03-03..2025-03-04", "2025-03-05..2025-03-06"]


def test_gap_to_the_optimum(bench_data: Path) -> None:
    """On 60 plans out of PSPLIB the mean gap is at most 0.6 %, none is over 5 %."""
    gaps = []
    for case in json.loads((bench_data / "levelling" / "psplib_single_owner.json").read_text()):
        schedule = scheduled(psplib_plan(case))
        assert schedule.start
        assert schedule.finish
        assert schedule.lower_bound
        took = (schedule.finish - schedule.start).days + 1
        assert (schedule.lower_bound - schedule.start).days + 1 <= case["optimum"] <= took
        gaps.append(took / case["optimum"] - 1)
    assert len(gaps) == 60
    assert sum(gaps) / len(gaps) <= 0.006
    assert max(gaps) <= 0.05
