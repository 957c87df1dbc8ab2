"""`plan why`: the chain of drivers back to its root, and what would bring it forward."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.plans import Written, milestone
from tests.standing_plans import PLAIN, as_json, material, plan_of, program

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.reports import why
from banyuasin_plan.schedule import calendars_of
from banyuasin_plan.schedule.reasons import Stretch, closed_stretches
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan

DAY = "2025-03-10"
OWNERS: tuple[Written, ...] = (
    {"id": "dinkes", "name": "Dinas Kesehatan", "capacity": 1},
    {"id": "setda", "name": "Sekretariat Daerah"},
)


def planned(*milestones: Written, **rest: Any) -> Plan:
    """One programme; dinkes does one thing at a time."""
    return plan_of(program("p", *milestones), owners=OWNERS, **{**PLAIN, **rest})


def asked(plan: Plan, name: str, day: str = DAY, basis: str = "forecast") -> dict[str, Any]:
    """The answer as machines read it."""
    made = why.report(material(plan, day), name, basis)
    assert made is not None
    return as_json(made)


def links(made: dict[str, Any]) -> list[tuple[str, str]]:
    """The chain as pairs of a milestone and the kind of its driver."""
    return [(row["id"], row["driver"]["kind"]) for row in made["tables"]["chain"]]


def test_chain_to_its_root() -> None:
    """A link leads to whom is waited for, and so on to what waits for nothing."""
    plan = planned(
        milestone("a", "3d", not_before="2025-03-12", owner="setda"),
        milestone("b", "2d", "a", owner="setda"),
        milestone("c", "1d", "b", "a", owner="setda"),
    )
    made = asked(plan, "c")
    assert links(made) == [("c", "link"), ("b", "link"), ("a", "not_before")]
    assert [row["step"] for row in made["tables"]["chain"]] == [1, 2, 3]


def test_capacity_names_who_holds_it() -> None:
    """Where an owner is full, the chain goes on through the milestone that fills it."""
    plan = planned(milestone("a", "3d"), milestone("b", "2d"))
    made = asked(plan, "a" if asked(plan, "a")["figures"]["start"] > DAY else "b")
    first = made["tables"]["chain"][0]
    assert first["driver"]["kind"] == "capacity"
    assert first["driver"]["detail"] == "dinkes"
    assert made["tables"]["chain"][1]["driver"]["kind"] == "data_date"
    assert any("dinkes carried 2 a day" in row["change"] for row in made["tables"]["remedies"])


@pytest.mark.parametrize(
    ("keys", "kind", "words"),
    [
        ({"not_before": "2025-03-12"}, "not_before", "is not to begin before 12 Mar 2025"),
        ({"start": "2025-03-12"}, "start", "its start is fixed on 12 Mar 2025"),
        ({"start": "2025-03-15"}, "calendar", "its start is fixed on 15 Mar 2025, which is closed"),
        ({"due": "2025-03-21"}, "due", "is planned back from its due date 21 Mar 2025"),
        ({}, "data_date", "is not begun, and 10 Mar 2025 is today"),
        ({"started": "2025-03-05"}, "data_date", "is under way; what is left counts from 5 Mar"),
        ({"finished": "2025-03-07"}, "data_date", "was done on 7 Mar 2025"),
    ],
)
def test_roots(keys: dict[str, Any], kind: str, words: str) -> None:
    """Each kind of root is named with its date, in a sentence."""
    plan = planned(milestone("a", "3d", owner="setda", **keys))
    made = why.report(material(plan, DAY), "a", "forecast")
    assert made is not None
    assert [("a", kind)] == links(as_json(made))
    text = written(made, "table", Lang.EN, Screen())
    assert words in " ".join(text.split())


def test_plan_start() -> None:
    """As written, what waits for nothing begins with the plan."""
    plan = planned(milestone("a", "3d", owner="setda"))
    assert links(asked(plan, "a", basis="plan")) == [("a", "plan_start")]


@pytest.mark.parametrize("kind", ["FS", "SS", "FF", "SF"])
@pytest.mark.parametrize("lag", ["", "+1d", "-1d"])
def test_each_link_is_said(kind: str, lag: str) -> None:
    """Every type of link, with and without a lag, becomes a sentence that names the other end."""
    plan = planned(
        milestone("a", "6d", not_before="2025-03-17", owner="setda"),
        milestone("b", "1d", f"a {kind}{lag}", owner="setda"),
    )
    made = why.report(material(plan, DAY), "b", "forecast")
    assert made is not None
    assert links(as_json(made))[0] == ("b", "link")
    for lang in Lang:
        said = as_json(made, lang)["tables"]["chain"][0]["because"]
        assert " a" in said
        assert (lag in said) is True


def test_remedies_are_computed() -> None:
    """Each change is scheduled: the gain is what the new finish says, and what holds it then."""
    plan = planned(
        milestone("a", "4d", not_before="2025-03-12", owner="setda"),
        milestone("x", "1d", not_before="2025-03-13", owner="setda"),
        milestone("b", "2d", "a", "x", owner="setda"),
    )
    rows = {row["change"]: row for row in asked(plan, "b")["tables"]["remedies"]}
    freed = rows["b did not wait for a"]
    assert (freed["new_finish"], freed["days_earlier"]) == ("2025-03-17", 2)
    assert freed["then"] == {"kind": "link", "id": "x", "detail": "FS"}
    assert rows["a took 2 instead of 4 days"]["days_earlier"] == 2
    assert rows["a might begin before 12 Mar 2025"]["days_earlier"] == 2
    assert all(row["days_earlier"] > 0 for row in rows.values())


def test_holidays_on_the_way() -> None:
    """Closed days longer than a weekend are named with what closes them, and tried as worked."""
    plan = planned(
        milestone("a", "2d", not_before="2025-03-26", owner="setda"),
        milestone("b", "1d", "a", owner="setda"),
        start="2025-02-20",
        calendar={},
    )
    made = asked(plan, "b")
    assert made["figures"]["start"] == "2025-04-08"
    closed = made["tables"]["chain"][0]["closed_days"]
    assert "28 Mar 2025" in closed
    assert "7 Apr 2025" in closed
    assert "Eid al-Fitr" in closed
    opened = next(row for row in made["tables"]["remedies"] if "worked from" in row["change"])
    assert opened["new_finish"] == "2025-03-28"


def test_what_is_behind_us_is_not_tried() -> None:
    """Closed days before the data date hold nothing any more."""
    plan = planned(
        milestone("a", "20d", owner="setda", started="2025-03-20", progress="50"),
        start="2025-02-20",
        calendar={},
    )
    made = asked(plan, "a", "2025-04-10")
    assert "28 Mar" not in (made["tables"]["chain"][0]["closed_days"] or "")


def test_done_needs_no_remedy() -> None:
    """Of finished work the chain says when it was done, and nothing is tried."""
    plan = planned(milestone("a", "3d", owner="setda", finished="2025-03-07"))
    assert "remedies" not in asked(plan, "a")["tables"]


def test_colour_is_explained() -> None:
    """The rule that gave the colour and its numbers stand beside the chain."""
    plan = planned(milestone("a", "3d", owner="setda", due="2025-03-07"))
    figures = asked(plan, "a")["figures"]
    assert (figures["status"], figures["rule"]) == ("orange", "O1")
    assert "overdue by 1 office day" in figures["reason"]


def test_programme() -> None:
    """A programme is explained by the milestone it ends with, and by its own colour."""
    plan = planned(
        milestone("a", "3d", owner="setda"), milestone("b", "2d", "a", owner="setda"),
        milestone("z", "9d", "b", owner="setda", cancelled={"on": "2025-03-04"}),
    )  # fmt: skip
    made = asked(plan, "p")
    assert made["figures"]["last_milestone"] == "b"
    assert made["tables"]["chain"][0]["id"] == "b"
    assert made["figures"]["rule"].startswith("P")


def test_unknown() -> None:
    """What is not in the plan has no answer."""
    plan = planned(milestone("a", "3d"))
    assert why.report(material(plan, DAY), "b", "forecast") is None


def test_closed_stretches() -> None:
    """Stretches lie between the two days, and a weekend is none."""
    plan = plan_of(program("p", milestone("a", "1d")))
    calendar = calendars_of(plan).plan
    lebaran = Stretch(date(2025, 3, 28), date(2025, 4, 7))
    assert (lebaran,) == closed_stretches(calendar, date(2025, 3, 27), date(2025, 4, 8))
    assert lebaran.days == 11
    assert closed_stretches(calendar, date(2025, 3, 14), date(2025, 3, 17)) == ()
    assert closed_stretches(calendar, date(2025, 3, 27), date(2025, 3, 27)) == ()
