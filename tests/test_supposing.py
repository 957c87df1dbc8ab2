"""Suppositions: what `plan whatif` reads, and what the plan means with them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.alignment_plans import shipped_material
from tests.plans import Written, milestone
from tests.standing_plans import PLAIN, as_json, material, plan_of, program

from banyuasin_plan.plan.fields import Duration
from banyuasin_plan.plan.supposing import Supposition, read_supposition
from banyuasin_plan.report import Note
from banyuasin_plan.reports import whatif
from banyuasin_plan.schedule import calendars_of, schedule_of
from banyuasin_plan.schedule.delaying import Delays
from banyuasin_plan.schedule.supposed import supposed
from banyuasin_plan.words import Lang, message, say

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.report import Report

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
    after = supposed(plan, read(*texts), before)
    return {
        name: f"{slot.start:%m-%d}"
        if slot.event and slot.start == slot.finish
        else f"{slot.start:%m-%d}..{slot.finish:%m-%d}"
        for name, slot in after.slots.items()
    }


EVENTS = (
    milestone("a", "3d"),
    milestone("b", "0d", after=["a", "d"]),
    milestone("c", "0d", after=["b"]),
    milestone("d", "1d"),
    milestone("e", "0d", after=["a+2cd", "b"]),
    milestone("f", "0d", after=["d SS+1d"], not_before="2025-03-13"),
    milestone("g", "2d", after=["e", "f"]),
    milestone("h", "1d", after=["e FF"]),
    milestone("i", "0d", due="2025-03-15"),
    milestone("j", "0d", start="2025-03-16"),
    milestone("k", "1d", after=["i", "j"]),
)
"""Events on evenings and on mornings, also of closed days, and work that waits for them."""


@pytest.mark.parametrize("names", [["b"], ["b", "c"], ["c", "a"], ["e", "f"], ["i"], ["j", "i"]])
@pytest.mark.parametrize("room", [None, "1"])
def test_events_asked_of_a_forecast_again_and_again(names: list[str], room: str | None) -> None:
    """The agenda's answer on events is that of supposing the same, capacities kept or not."""
    owner = {"id": "dinkes", "name": "Dinkes", **({"capacity": room} if room else {})}
    plan = planned(*EVENTS, owners=[owner])
    as_of = date.fromisoformat(DAY)
    before = schedule_of(plan, calendars_of(plan), as_of)
    assert before.levelled is bool(room)
    told = Delays(plan, before).later(names, 2)
    after = supposed(plan, read(*(f"{name}+2d" for name in names)), before)
    assert dict(told.slots) == {
        name: (slot.start, slot.finish)
        for name, slot in after.slots.items()
        if (slot.start, slot.finish) != (before.slots[name].start, before.slots[name].finish)
    }
    assert told.slots.keys() >= set(names)
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


def test_work_under_way_counts_the_days_that_are_asked_for() -> None:
    """Working days are working days and calendar days are those, however its duration counts."""
    plan = planned(
        milestone("a", "20d", started="2025-03-03", progress="50"),
        milestone("b", "20cd", started="2025-03-03", progress="50"),
    )
    assert dates(plan) == {"a": "03-03..03-21", "b": "03-03..03-19"}
    assert dates(plan, "a+5d", "b+5d") == {"a": "03-03..03-28", "b": "03-03..03-26"}
    assert dates(plan, "a+5cd", "b+5cd") == {"a": "03-03..03-26", "b": "03-03..03-24"}
    assert dates(plan, "a+1cd", "b+3cd") == {"a": "03-03..03-24", "b": "03-03..03-22"}


def test_work_reported_as_all_but_finished_ends_later() -> None:
    """At 100 % and not finished it ends on the data date, and that many days after it."""
    plan = planned(
        milestone("a", "4d", started="2025-03-05", progress="100"),
        milestone("b", "2d", "a"),
        milestone("e", None, started="2025-03-05"),
    )
    assert dates(plan) == {"a": "03-05..03-10", "b": "03-10..03-11", "e": "03-05..03-10"}
    moved = {"a": "03-05..03-17", "b": "03-18..03-19", "e": "03-05..03-11"}
    assert dates(plan, "a+5d", "e+1d") == moved
    assert dates(plan, "a+0d", "e+0d") == dates(plan)


def test_work_that_ends_later_holds_its_owner() -> None:
    """Nothing left of work leaves its owner free; supposed to end later it does not."""
    plan = planned(
        milestone("a", "4d", started="2025-03-05", progress="100"),
        milestone("b", "2d"),
        owners=[{"id": "dinkes", "name": "Dinkes", "capacity": "1"}],
    )
    assert dates(plan)["b"] == "03-10..03-11"
    assert dates(plan, "a+2d") == {"a": "03-05..03-12", "b": "03-13..03-14"}


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
    """An event moves by the days that are asked for, whatever days the lags of its links count."""
    plan = planned(
        milestone("a", "1d", not_before="2025-03-12"),
        milestone("z", "3d", not_before="2025-03-12"),
        milestone("e", None, "a", "z+1cd"),
    )
    assert dates(plan)["e"] == "03-15"
    assert dates(plan, "e+2cd")["e"] == "03-17"
    assert dates(plan, "e+1d")["e"] == "03-17"


@pytest.mark.parametrize("link", ["x", "x+2cd", "x+2d"])
@pytest.mark.parametrize("by", ["1d", "2d", "1cd"])
def test_what_waits_for_an_event_moves_with_it(link: str, by: str) -> None:
    """An event of an evening stays one, in whatever days its lag and its delay count."""
    plan = planned(
        milestone("x", "1d", not_before="2025-03-10"),
        milestone("e", None, link),
        milestone("y", "1d", "e"),
        milestone("f", "1d", "e FF"),
    )
    moved = dates(plan, f"e+{by}")
    day = date.fromisoformat(f"2025-{moved['e']}")
    assert day.day - int(dates(plan)["e"][-2:]) == int(by[0])
    assert moved["f"].endswith(moved["e"])
    morning = calendars_of(plan).plan.first_from(day.toordinal() + 1)
    assert moved["y"].startswith(f"{date.fromordinal(morning):%m-%d}")


def test_an_event_of_a_morning_stays_one() -> None:
    """What follows an event of a morning may begin on that day, later too."""
    plan = planned(milestone("e", None, not_before="2025-03-12"), milestone("y", "1d", "e"))
    assert dates(plan) == {"e": "03-12", "y": "03-12..03-12"}
    assert dates(plan, "e+1d") == {"e": "03-13", "y": "03-13..03-13"}
    assert dates(plan, "e+3cd") == {"e": "03-15", "y": "03-17..03-17"}


def test_delays_count_from_the_schedule_as_it_is() -> None:
    """Several at once do not add up along a chain, and their order does not matter."""
    plan = planned(
        milestone("r", "4d", started="2025-03-05", progress="50"),
        milestone("a", "2d", "r"),
        milestone("e", None, "a"),
        milestone("b", "1d", "e"),
    )
    assert dates(plan)["e"] == "03-13"
    later = ("r+2d", "a+2d", "e+2d", "b+2d")
    assert dates(plan, *later) == dates(plan, *reversed(later)) == dates(plan, "r+2d")
    assert dates(plan, "r+2d")["e"] == "03-17"
    assert dates(plan, "e+1d", "a=5d")["e"] == dates(plan, "a=5d")["e"] == "03-18"
    assert dates(plan, "r=8d", "r+1d") == dates(plan, "r+1d", "r=8d") == dates(plan, "r=8d")


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


def test_past_a_last_day_that_comes_earlier() -> None:
    """Where the last day moves and the milestones stay, those behind it are told and listed."""
    plan = planned(milestone("a", "1d", not_before="2025-06-10"), milestone("b", "1d"))
    made = told(plan, "start=2025-02-24", basis="plan")
    kept = {"last_day": "2025-06-10", "new_last_day": "2025-06-03", "moved": 1, "past_day_100": 1}
    assert kept.items() <= made["figures"].items()
    rows = {row["id"]: row for row in made["tables"]["moved"]}
    assert (rows["a"]["days_moved"], rows["a"]["past_day_100"]) == (0, True)
    assert rows["b"]["new_start"] == "2025-02-24"


def test_preparations_keep_their_distance_from_day_1() -> None:
    """Another day 1 takes `prepare_from` along; dates that are written in the plan stay."""
    plan = planned(
        milestone("a", "1d"), milestone("b", "1d", start="2025-03-06"), prepare_from="2025-02-24"
    )
    assert dates(plan, day=None) == {"a": "02-24..02-24", "b": "03-06..03-06"}
    later = dates(plan, "start=2025-03-05", day=None)
    assert later == {"a": "02-26..02-26", "b": "03-06..03-06"}
    earlier = dates(plan, "start=2025-02-27", day=None)
    assert earlier == {"a": "02-20..02-20", "b": "03-06..03-06"}


def test_nothing_moves() -> None:
    """A supposition without effect gives no rows, figures of nothing, and what holds the dates."""
    made = whatif.report(material(chain(), DAY), read("owner:dinkes=9"), "forecast")
    said = as_json(made)
    assert said["tables"]["moved"] == []
    assert 0 == said["figures"]["days_moved"] == said["figures"]["moved"]
    [held] = notes(made)
    assert held.endswith("waits for: an earliest date (not_before) 4")


def test_what_holds_the_dates() -> None:
    """Every kind of thing that holds a milestone is counted, those behind others with them."""
    plan = planned(
        milestone("a", "3d", started="2025-03-05", progress="50"),
        milestone("b", "1d", "a"),
        milestone("c", "1d", started="2025-03-03", finished="2025-03-03"),
        milestone("d", "1d"),
        milestone("e", "1d", start="2025-03-15"),
        milestone("f", "1d", due="2025-03-21"),
        milestone("g", "1d", cancelled={"on": "2025-03-04", "why": "x"}),
        milestone("h", None, not_before="2025-03-20"),
    )
    made = whatif.report(material(plan, DAY), read("start=2025-03-05"), "forecast")
    [said] = notes(made)
    assert said.partition("waits for: ")[2] == (
        "an earliest date (not_before) 1, a fixed start (start) 1, a due date that is planned back "
        "from (due) 1, work under way 2 and the data date 1"
    )
    written = whatif.report(material(plan, DAY), read("owner:dinkes=9"), "plan")
    assert "the first day of the plan 4" in notes(written)[0]


def notes(made: Report) -> list[str]:
    """What a report says in sentences."""
    return [say(one.text, Lang.EN) for one in made.blocks if isinstance(one, Note)]


def test_examples_of_the_help_do_something() -> None:
    """What `plan whatif --help` begins with moves milestones of the shipped plan."""
    found = shipped_material()
    for line in say(message("help.whatif.examples"), Lang.EN).splitlines():
        texts, _, basis = line.removeprefix("plan whatif ").partition(" --basis ")
        made = whatif.report(found, read(*texts.split()), basis or "forecast")
        assert as_json(made)["figures"]["moved"], line


def test_nothing_is_written() -> None:
    """The plan asked about is the same object, unchanged, afterwards."""
    plan = chain()
    before = plan.model_dump()
    told(plan, "a+5d", "b=9d", "owner:dinkes=1", "start=2025-03-10")
    assert before == plan.model_dump()
