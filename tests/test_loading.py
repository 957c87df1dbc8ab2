"""What everybody carries: by hand, and against a count day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans import Written, milestone, plan_of

from banyuasin_plan.plan.model import owner_of
from banyuasin_plan.schedule import calendars_of, schedule_of
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.schedule.loading import burdens_of, weeks_of

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule import Schedule

MONDAY = date(2025, 3, 3)
"""Day 1 of the plans here, which know weekends only."""

Days = dict[str, dict[date, tuple[int, tuple[str, ...]]]]
"""By owner and day: the load, and the milestones behind it in alphabetical order."""


def scheduled(plan: Plan, as_of: date | None = None) -> Schedule:
    """The schedule without levelling, which would take the overloads away."""
    return schedule_of(plan, calendars_of(plan), as_of, level=False)


def carried(plan: Plan, as_of: date | None = None) -> Days:
    """What the schedule lays on whom, day by day."""
    found: Days = {}
    for who, burden in burdens_of(plan, scheduled(plan, as_of)).items():
        for one in burden.stretches:
            for number in range(one.begin, one.end):
                day = as_date(burden.calendar.day(number))
                found.setdefault(who, {})[day] = one.load, tuple(sorted(one.milestones))
    return found


def loads(plan: Plan, who: str, as_of: date | None = None) -> dict[str, int]:
    """One owner's load by day, days as ISO dates without the year."""
    days = carried(plan, as_of).get(who, {})
    return {day.isoformat()[5:]: load for day, (load, _) in sorted(days.items())}


OWNER: Written = {"id": "a", "capacity": 2}


def test_an_owner_carries_its_load_on_its_own_working_days() -> None:
    """From start to finish, on no weekend and no closed day of its own, but on its open ones."""
    owner = {
        **OWNER,
        "calendar": {
            "closed": [{"from": "2025-03-06", "to": "2025-03-06"}],
            "open": [{"from": "2025-03-08", "to": "2025-03-08"}],
        },
    }
    plan = plan_of(milestone("m", "5d", owner="a", load=3), owners=[owner])
    assert loads(plan, "a") == dict.fromkeys(("03-03", "03-04", "03-05", "03-07", "03-08"), 3)


def test_loads_add_up() -> None:
    """Milestones that overlap add their loads on the days they share, and only there."""
    plan = plan_of(
        milestone("m", "2d", owner="a"),
        milestone("n", "2d", owner="a", load=2, not_before="2025-03-04"),
        owners=[OWNER],
    )
    assert loads(plan, "a") == {"03-03": 1, "03-04": 3, "03-05": 2}


@pytest.mark.parametrize(
    "own",
    [
        milestone("m", "0", owner="a"),
        milestone("m", "2d", owner="a", load=0),
        milestone("m", "2d"),
    ],
)
def test_what_carries_nothing(own: Written) -> None:
    """An event, work without load and work without an owner lie on nobody."""
    assert carried(plan_of(own, owners=[OWNER])) == {}


def test_districts_carry_one_unit_each() -> None:
    """Whatever its load is to the owner, each district carries one, on the camat's own days."""
    plan = plan_of(
        milestone("m", "2d", owner="a", load=3, districts="all"),
        milestone("n", "1d", owner="betung", load=2, not_before="2025-03-04"),
        owners=[OWNER],
        districts=[
            {"id": "betung"},
            {
                "id": "sembawa",
                "calendar": {"closed": [{"from": "2025-03-03", "to": "2025-03-03"}]},
            },
        ],
    )
    assert loads(plan, "a") == {"03-03": 3, "03-04": 3}
    assert loads(plan, "betung") == {"03-03": 1, "03-04": 3}
    assert loads(plan, "sembawa") == {"03-04": 1}


@pytest.mark.parametrize(("load", "expected"), [(2, 2), (0, 1)])
def test_a_camat_does_not_carry_the_same_work_twice(load: int, expected: int) -> None:
    """A camat's own milestone in its own district weighs its load, or the district's unit."""
    plan = plan_of(
        milestone("m", "1d", owner="betung", load=load, districts=["betung"]),
        districts=[{"id": "betung"}],
    )
    assert loads(plan, "betung") == {"03-03": expected}


FORECAST_DAY = date(2025, 3, 5)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, {"03-05": 1, "03-06": 1, "03-07": 1, "03-10": 1}),
        ({"started": "2025-03-03", "progress": 50}, {"03-05": 1, "03-06": 1}),
        ({"started": "2025-03-03", "finished": "2025-03-04"}, {}),
        ({"cancelled": {"on": "2025-03-04"}}, {}),
    ],
)
def test_a_forecast_carries_what_is_left(facts: Written, expected: dict[str, int]) -> None:
    """From the data date on: not what is over, of running work the days it still needs."""
    plan = plan_of(milestone("m", "4d", owner="a", **facts), owners=[OWNER])
    assert loads(plan, "a", FORECAST_DAY) == expected
    assert loads(plan, "a") == dict.fromkeys(("03-03", "03-04", "03-05", "03-06"), 1)


def test_a_district_that_delivered_is_free() -> None:
    """In a forecast it carries nothing more, while the others and the owner go on."""
    plan = plan_of(
        milestone("m", "4d", owner="a", districts="all", delivered={"betung": "2025-03-04"}),
        owners=[OWNER],
        districts=[{"id": "betung"}, {"id": "sembawa"}],
    )
    found = carried(plan, FORECAST_DAY)
    assert set(found) == {"a", "sembawa"}
    assert set(carried(plan)) == {"a", "betung", "sembawa"}


def test_overloads() -> None:
    """Days in a row over capacity are one, with the load and the milestones of the worst."""
    plan = plan_of(
        milestone("m", "7d", owner="a", load=2),
        milestone("n", "1d", owner="a", not_before="2025-03-07"),
        milestone("o", "1d", owner="a", load=4, not_before="2025-03-10"),
        milestone("p", "1d", owner="a", load=3, not_before="2025-03-04"),
        owners=[OWNER],
    )
    burden = burdens_of(plan, scheduled(plan))["a"]
    found = [
        (
            as_date(burden.calendar.day(one.begin)).isoformat()[5:],
            as_date(burden.calendar.day(one.end - 1)).isoformat()[5:],
            one.load,
            one.milestones,
        )
        for one in burden.overloads
    ]
    # From Friday to Monday is in a row, for nobody works in between.
    assert found == [("03-04", "03-04", 5, ("m", "p")), ("03-07", "03-10", 6, ("m", "o"))]
    assert burden.overload_days == 3


@pytest.mark.parametrize(("capacity", "days"), [(None, 0), (2, 0), (1, 3), (0, 3)])
def test_capacity(capacity: int | None, days: int) -> None:
    """Exactly the capacity is not too much; none at all is no limit, and nought is one."""
    plan = plan_of(
        milestone("m", "3d", owner="a", load=2), owners=[{"id": "a", "capacity": capacity}]
    )
    assert burdens_of(plan, scheduled(plan))["a"].overload_days == days


def test_weeks() -> None:
    """By number from Monday to Sunday, the week of day 1 being the first: peak, total, overload."""
    plan = plan_of(
        milestone("m", "3d", owner="a", not_before="2025-03-06"),
        milestone("n", "1d", owner="a", load=2, not_before="2025-03-07"),
        milestone("o", "1d", owner="a", not_before="2025-03-24"),
        owners=[OWNER],
    )
    weeks = weeks_of(burdens_of(plan, scheduled(plan))["a"], MONDAY.toordinal())
    assert weeks == {1: (3, 4, 1), 2: (1, 1, 0), 4: (1, 1, 0)}


# Against a count day by day


def counted(plan: Plan, schedule: Schedule) -> Days:
    """The same from the words of the model alone: every day, every milestone, everybody."""
    found: Days = {}
    places = [place.id for place in plan.districts]
    day, end = schedule.start or MONDAY, schedule.finish or MONDAY
    while day <= end:
        for who in [owner.id for owner in plan.everybody()]:
            mine: dict[str, int] = {}
            for program in plan.programs:
                for one in program.milestones:
                    slot = schedule.slots[one.id]
                    if slot.event or not slot.start <= day <= slot.finish:
                        continue
                    load = one.load if owner_of(one, program) == who else 0
                    if one.districts and who in places:
                        load = max(load, 1)
                    if load:
                        mine[one.id] = load
            if mine and schedule.calendars.of(who).works(day.toordinal()):
                found.setdefault(who, {})[day] = sum(mine.values()), tuple(sorted(mine))
        day += timedelta(days=1)
    return found


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Up to eight milestones of three owners and two districts, one owner with its own days."""
    who = st.sampled_from(["a", "b", "c", "betung"])
    made = [
        milestone(
            f"m{place}",
            f"{draw(st.integers(0, 9))}{draw(st.sampled_from(['d', 'cd']))}",
            owner=draw(who),
            load=draw(st.integers(0, 3)),
            not_before=str(MONDAY + timedelta(days=draw(st.integers(0, 20)))),
            districts=draw(st.sampled_from([[], "all"])),
        )
        for place in range(draw(st.integers(1, 8)))
    ]
    closed = {"closed": [{"from": "2025-03-05", "to": "2025-03-12"}]}
    return plan_of(
        *made,
        owners=[{"id": "a"}, {"id": "b", "calendar": closed}, {"id": "c", "capacity": 2}],
        districts=[{"id": "betung"}, {"id": "sembawa", "calendar": closed}],
    )


@given(plans())
def test_day_by_day(plan: Plan) -> None:
    """The sweep over begins and ends finds the same load and milestones for everyone, every day."""
    assert carried(plan) == counted(plan, scheduled(plan))
