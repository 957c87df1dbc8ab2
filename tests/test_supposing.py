"""Suppositions: what `plan whatif` reads, and what the plan means with them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.plans import Written, milestone
from tests.standing_plans import PLAIN, as_json, material, plan_of, program

from banyuasin_plan.plan.fields import Duration
from banyuasin_plan.plan.supposing import Supposition, read_supposition
from banyuasin_plan.reports import whatif
from banyuasin_plan.schedule import calendars_of, schedule_of
from banyuasin_plan.schedule.delaying import Delays
from banyuasin_plan.schedule.supposed import supposed

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan

DAY = "2025-03-10"
"""Monday, the sixth office day of a plan without holidays."""


def planned(*milestones: Written, **head: Any) -> Plan:
    """One programme with these milestones, weekends only."""
    return plan_of(program("p", *milestones), **PLAIN, **head)


def read(*texts: str) -> list[Supposition]:
    """Suppositions that can be read."""
    found = [one for text in texts if (one := read_supposition(text))]
    assert len(texts) == len(found)
    return found


def dates(plan: Plan, *texts: str, day: str | None = DAY) -> dict[str, str]:
    """Start and finish of every milestone with these suppositions, month and day only."""
    as_of = date.fromisoformat(day) if day else None
    before = schedule_of(plan, calendars_of(plan), as_of)
    changed = supposed(plan, read(*texts), before)
    after = schedule_of(changed, calendars_of(changed), as_of)
    return {
        name: f"{slot.start:%m-%d}" if slot.event else f"{slot.start:%m-%d}..{slot.finish:%m-%d}"
        for name, slot in after.slots.items()
    }


@pytest.mark.parametrize("names", [["b"], ["b", "c"], ["c", "a"]])
def test_events_asked_of_a_forecast_again_and_again(names: list[str]) -> None:
    """An event comes later by the lag of what drives it, as if all were scheduled again."""
    plan = planned(
        milestone("a", "3d"),
        milestone("b", "0d", after=["a", "d"]),
        milestone("c", "0d", after=["b"]),
        milestone("d", "1d"),
    )
    as_of = date.fromisoformat(DAY)
    before = schedule_of(plan, calendars_of(plan), as_of)
    told = Delays(plan, before).later(names, 2)
    wanted = [Supposition("later", name, Duration(2)) for name in names]
    after = schedule_of(supposed(plan, wanted, before), calendars_of(plan), as_of)
    assert dict(told.slots) == {
        name: (slot.start, slot.finish)
        for name, slot in after.slots.items()
        if slot.finish != before.slots[name].finish
    }
    assert told.finish == after.finish


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("gertas-05+5d", Supposition("later", "gertas-05", Duration(5))),
        ("gertas-05+2w", Supposition("later", "gertas-05", Duration(10))),
        ("a+3cd", Supposition("later", "a", Duration(3, calendar=True))),
        ("a=8d", Supposition("length", "a", Duration(8))),
        ("a=0", Supposition("length", "a", Duration(0))),
        ("owner:dinkes=2", Supposition("capacity", "dinkes", 2)),
        ("owner:dinkes=none", Supposition("capacity", "dinkes", None)),
        ("start=2025-03-03", Supposition("start", "", date(2025, 3, 3))),
        ("start=8d", Supposition("length", "start", Duration(8))),
    ],
)
def test_reading(text: str, meant: Supposition) -> None:
    """Each form says one thing; a milestone may be called start."""
    assert meant == read_supposition(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a+", "a+5x", "a-5d", "a=08d", "a=-1", "owner:a=-1", "owner:a=2.5", "owner:=2",
     "start=2025-02-30", "A+5d", "a+5d+5d", "a==8d", "owner:a", "a+5d ", "start=20250"],
)  # fmt: skip
def test_what_cannot_be_read(text: str) -> None:
    """Anything else is no supposition, and no exception either."""
    assert read_supposition(text) is None


def test_work_to_come_starts_later() -> None:
    """Work that has not begun starts that many of its working days later; what follows moves."""
    plan = planned(milestone("a", "3d", not_before="2025-03-12"), milestone("b", "2d", "a"))
    assert dates(plan) == {"a": "03-12..03-14", "b": "03-17..03-18"}
    assert dates(plan, "a+2d") == {"a": "03-14..03-18", "b": "03-19..03-20"}
    assert dates(plan, "a+2cd") == {"a": "03-14..03-18", "b": "03-19..03-20"}
    assert dates(plan, "a+3cd") == {"a": "03-17..03-19", "b": "03-20..03-21"}


def test_fixed_start_moves() -> None:
    """A fixed start is moved itself, and stays fixed."""
    plan = planned(milestone("a", "3d", start="2025-03-12"), milestone("b", "2d", "a"))
    assert dates(plan, "a+1d") == {"a": "03-13..03-17", "b": "03-18..03-19"}


def test_work_under_way_takes_longer() -> None:
    """Of work under way more days are left, whatever share is done."""
    plan = planned(milestone("a", "4d", started="2025-03-05", progress="50"))
    assert dates(plan) == {"a": "03-05..03-11"}
    assert dates(plan, "a+1d") == {"a": "03-05..03-12"}
    assert dates(plan, "a+5d") == {"a": "03-05..03-18"}
    over = planned(milestone("a", "4d", started="2025-03-05", progress="100"))
    assert dates(over, "a+5d") == dates(over)


def test_event_moves_with_its_instant() -> None:
    """An event after work moves by exactly those days, and so does the work that waits for it."""
    plan = planned(
        milestone("a", "3d", not_before="2025-03-12"),
        milestone("e", None, "a"),
        milestone("b", "1d", "e"),
    )
    assert dates(plan) == {"a": "03-12..03-14", "e": "03-14", "b": "03-17..03-17"}
    assert dates(plan, "e+1d") == {"a": "03-12..03-14", "e": "03-17", "b": "03-18..03-18"}


def test_event_behind_two() -> None:
    """Of two links the one that drives an event gets the lag; if its days differ, a date does."""
    plan = planned(
        milestone("a", "1d", not_before="2025-03-12"),
        milestone("z", "3d", not_before="2025-03-12"),
        milestone("e", None, "a", "z+1cd"),
    )
    assert dates(plan)["e"] == "03-15"
    assert dates(plan, "e+2cd")["e"] == "03-17"
    assert dates(plan, "e+1d")["e"] == "03-18"


def test_planned_back() -> None:
    """What is planned back from its due date finishes later by those days."""
    plan = planned(milestone("a", "3d", due="2025-03-20"), milestone("e", due="2025-03-21"))
    assert dates(plan, "a+2d", "e+1d") == {"a": "03-20..03-24", "e": "03-24"}


def test_length_capacity_and_start() -> None:
    """A duration, an owner's capacity and the plan's first day are taken as supposed."""
    plan = plan_of(
        program("p", milestone("a", "2d"), milestone("b", "2d")),
        owners=[{"id": "dinkes", "name": "Dinkes", "capacity": 1}],
        **PLAIN,
    )
    assert dates(plan) == {"a": "03-10..03-11", "b": "03-12..03-13"}
    assert max(one[-5:] for one in dates(plan, "a=4d").values()) == "03-17"
    assert dates(plan, "owner:dinkes=2") == {"a": "03-10..03-11", "b": "03-10..03-11"}
    assert dates(plan, "owner:dinkes=none") == {"a": "03-10..03-11", "b": "03-10..03-11"}
    moved = dates(plan, "start=2025-03-17", "owner:dinkes=2", day=None)
    assert moved == {"a": "03-17..03-18", "b": "03-17..03-18"}


@given(
    days=st.integers(1, 30),
    duration=st.integers(0, 9),
    share=st.integers(0, 99),
    running=st.booleans(),
)
def test_later_by_exactly_that(days: int, duration: int, share: int, *, running: bool) -> None:
    """A milestone nothing else holds finishes exactly that many working days later."""
    keys: Written = {"started": "2025-03-04", "progress": str(share)} if running else {}
    assume(duration or not running)  # an event that has begun has nothing left to take longer
    plan = planned(milestone("a", f"{duration}d", not_before="2025-03-12", **keys))
    before, after = dates(plan)["a"], dates(plan, f"a+{days}d")["a"]
    first, last = (date.fromisoformat(f"2025-{text[-5:]}") for text in (before, after))
    calendar = calendars_of(plan).plan
    assert days == calendar.between(first.toordinal() + 1, last.toordinal())


# The report


def told(plan: Plan, *texts: str, day: str = DAY, basis: str = "forecast") -> dict[str, Any]:
    """What the report says to machines."""
    return as_json(whatif.report(material(plan, day), read(*texts), basis))


def chain() -> Plan:
    """Three milestones in a row and one aside."""
    return planned(
        milestone("a", "3d", not_before="2025-03-12", due="2025-03-17"),
        milestone("b", "2d", "a", due="2025-03-18"),
        milestone("c", "2d", "b"),
        milestone("d", "1d", not_before="2025-03-18"),
    )


def test_what_moves() -> None:
    """Every milestone that moves is listed with its days, the largest move first; others not."""
    made = told(chain(), "b+1d")
    rows = made["tables"]["moved"]
    assert [row["id"] for row in rows] == ["b", "c"]
    assert [(row["days_moved"], row["new_finish"]) for row in rows] == [
        (1, "2025-03-19"),
        (1, "2025-03-21"),
    ]
    assert [row["past_due"] for row in rows] == [True, False]
    assert {
        "finish": "2025-03-20",
        "new_finish": "2025-03-21",
        "moved": 2,
        "past_due": 1,
    }.items() <= (made["figures"].items())


def test_earlier_is_negative() -> None:
    """What comes earlier moves by a negative number of days."""
    rows = told(chain(), "a=1d")["tables"]["moved"]
    moves = {row["id"]: row["days_moved"] for row in rows if row["days_moved"]}
    assert moves == {"a": -2, "b": -2, "c": -2}


def test_what_becomes_critical() -> None:
    """A milestone that did not drive the end and now does is said to be critical."""
    rows = told(chain(), "d+5d")["tables"]["moved"]
    assert {row["id"]: row["critical"] for row in rows} == {"d": True}


def test_past_the_last_day() -> None:
    """A milestone that passes day 100 because of it is counted."""
    made = told(chain(), "c+70d")
    assert made["figures"]["past_day_100"] == 1
    assert [row["past_day_100"] for row in made["tables"]["moved"]] == [True]


def test_nothing_moves() -> None:
    """A supposition without effect gives no rows and figures of nothing."""
    made = told(chain(), "owner:dinkes=9")
    assert made["tables"]["moved"] == []
    assert 0 == made["figures"]["days_moved"] == made["figures"]["moved"]


def test_nothing_is_written() -> None:
    """The plan asked about is the same object, unchanged, afterwards."""
    plan = chain()
    before = plan.model_dump()
    told(plan, "a+5d", "b=9d", "owner:dinkes=1", "start=2025-03-10")
    assert before == plan.model_dump()
