"""Levelling does the same again, leaves alone what it may, and shows only float that is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from tests.levelling_plans import built, written_plans

from banyuasin_plan.schedule import calendars_of, early_of, schedule_of
from banyuasin_plan.schedule.floats import backward
from banyuasin_plan.schedule.levelling import level
from banyuasin_plan.schedule.passes import forward

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule import Schedule


def _scheduled(plan: Plan) -> Schedule:
    return schedule_of(plan, calendars_of(plan))


@given(written_plans(), st.randoms(use_true_random=False))
def test_order_of_files_changes_nothing(written: dict[str, Any], order: Any) -> None:
    """The same plan has the same slots, in whatever order its pieces stand."""
    first = _scheduled(built(written))
    mixed = {key: order.sample(pieces, len(pieces)) for key, pieces in written.items()}
    again = _scheduled(built(mixed))
    assert {name: slot[:7] for name, slot in first.slots.items()} == {
        name: slot[:7] for name, slot in again.slots.items()
    }
    assert first.holders == again.holders
    assert first.lower_bound == again.lower_bound


def _touched(plan: Plan, name: str) -> set[str]:
    """What a milestone's delay can move: dependents, sharers of limits, and theirs."""
    network = early_of(plan, calendars_of(plan)).network
    index = {one.id: place for place, one in enumerate(network.activities)}
    found, work = {index[name]}, [index[name]]
    while work:
        activity = network.activities[work.pop()]
        near = {edge.other for edge in activity.behind} | {
            place
            for place, one in enumerate(network.activities)
            if activity.use and one.use and activity.use.limit == one.use.limit
        }
        work += near - found
        found |= near
    return {network.activities[place].id for place in found}


@given(written_plans(), st.integers(0, 13), st.integers(1, 8))
def test_delay_moves_only_what_it_touches(written: dict[str, Any], number: int, by: int) -> None:
    """What neither waits for a delayed milestone nor shares a limit with what moved stays."""
    plan = built(written)
    before = _scheduled(plan)
    one = written["milestones"][number % len(written["milestones"])]
    day = before.slots[one["id"]].start + timedelta(by)
    moved = [
        each | {"not_before": str(day)} if each is one else each for each in written["milestones"]
    ]
    after = _scheduled(built(written | {"milestones": moved}))
    touched = _touched(plan, one["id"])
    assert {name: slot[:2] for name, slot in before.slots.items() if name not in touched} == {
        name: slot[:2] for name, slot in after.slots.items() if name not in touched
    }


@given(written_plans(exotic=False), st.data())
def test_float_is_there(written: dict[str, Any], data: st.DataObject) -> None:
    """In the order that capacity imposed, a delay by the total float keeps the end, and no more."""
    plan = built(written)
    found = level(early_of(plan, calendars_of(plan)))
    network, spots = found.chain.network, found.early.spots
    assert not found.chain.ceilings
    late = backward(found.early._replace(network=network))
    place = data.draw(st.integers(0, len(spots) - 1))
    slack, activity = late.total[place], network.activities[place]
    assert slack is not None
    assert slack >= 0
    pinned = [
        replace(one, earliest=spot.first, due=None)
        for one, spot in zip(network.activities, spots, strict=True)
    ]
    ends = []
    for delay in (0, slack, slack + 1):
        day = activity.calendar.day(activity.calendar.count(spots[place].first) + delay)
        pinned[place] = replace(pinned[place], earliest=day)
        again = forward(network._replace(activities=tuple(pinned))).spots
        ends.append(max(spot.last for spot in again))
    last = max(spot.last for spot in spots)
    assert ends[:2] == [last, last]
    assert ends[2] > last


@given(written_plans())
def test_no_limits_in_the_way_change_nothing(written: dict[str, Any]) -> None:
    """Where the dates without limits fit, levelling keeps every slot as it is."""
    roomy = [owner | {"capacity": 99} for owner in written["owners"]]
    places = [place | {"capacity": 99} for place in written["districts"]]
    plan = built(written | {"owners": roomy, "districts": places})
    plain = schedule_of(plan, calendars_of(plan), level=False)
    levelled = _scheduled(plan)
    assert levelled.levelled
    assert not plain.levelled
    assert levelled.slots == plain.slots
    assert levelled.overloads == ()


@given(written_plans())
def test_bound_is_not_above_the_end(written: dict[str, Any]) -> None:
    """No schedule ends before the lower bound, nor the bound before the dates without limits."""
    plan = built(written)
    schedule = _scheduled(plan)
    assert schedule.lower_bound
    assert schedule.finish
    assert schedule.lower_bound <= schedule.finish
    assert isinstance(schedule.lower_bound, date)
