"""Levelled schedules keep capacities, links and promises, and move little."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given
from tests.levelling_plans import built, carried, written_plans
from tests.plans import scheduled

from banyuasin_plan.schedule import calendars_of, early_of
from banyuasin_plan.schedule.levelling import level
from banyuasin_plan.schedule.passes import placed

if TYPE_CHECKING:
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
            assert placed(activity, network, spots)[0][:2] == spots[place][:2]
        else:
            assert activity.uses
            assert schedule.slots[activity.id].driver.kind == "capacity"
