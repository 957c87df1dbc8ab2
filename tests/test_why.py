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


def because(plan: Plan, name: str, lang: Lang = Lang.EN, basis: str = "forecast") -> str:
    """What is said of the first step."""
    made = why.report(material(plan, DAY), name, basis)
    assert made is not None
    return str(as_json(made, lang)["tables"]["chain"][0]["because"])


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
        ({"started": "2025-03-07"}, "data_date", "is under way; what is left counts from 7 Mar"),
        (
            {"started": "2025-03-04"},
            "data_date",
            "is under way; by its last report it should be over by now, so it ends on 10 Mar 2025",
        ),
        (
            {"started": "2025-03-04", "progress": "100", "reported": "2025-03-06"},
            "data_date",
            "is reported at 100%, but without the day it was finished; it ends on 10 Mar 2025",
        ),
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


LINKS = {
    "FS": ("waits until a ends on 24 Mar 2025", "menunggu a selesai pada 24 Mar 2025"),
    "FS+1d": (
        "waits until a ends on 24 Mar 2025, and 1 working day more",
        "menunggu a selesai pada 24 Mar 2025, ditambah 1 hari kerja",
    ),
    "FS-2d": (
        "may begin 2 working days before a ends on 24 Mar 2025",
        "boleh dimulai 2 hari kerja sebelum a selesai pada 24 Mar 2025",
    ),
    "SS": ("waits until a begins on 17 Mar 2025", "menunggu a dimulai pada 17 Mar 2025"),
    "SS+3cd": (
        "waits until a begins on 17 Mar 2025, and 3 calendar days more",
        "menunggu a dimulai pada 17 Mar 2025, ditambah 3 hari kalender",
    ),
    "SS-1d": (
        "may begin 1 working day before a begins on 17 Mar 2025",
        "boleh dimulai 1 hari kerja sebelum a dimulai pada 17 Mar 2025",
    ),
    "FF": (
        "goes on at least until a ends on 24 Mar 2025",
        "berlangsung setidaknya sampai a selesai pada 24 Mar 2025",
    ),
    "FF+1d": (
        "goes on at least until 1 working day after a ends on 24 Mar 2025",
        "berlangsung setidaknya sampai 1 hari kerja setelah a selesai pada 24 Mar 2025",
    ),
    "FF-1d": (
        "goes on at least until 1 working day before a ends on 24 Mar 2025",
        "berlangsung setidaknya sampai 1 hari kerja sebelum a selesai pada 24 Mar 2025",
    ),
    "SF": (
        "goes on at least until a begins on 17 Mar 2025",
        "berlangsung setidaknya sampai a dimulai pada 17 Mar 2025",
    ),
    "SF-1cd": (
        "goes on at least until 1 calendar day before a begins on 17 Mar 2025",
        "berlangsung setidaknya sampai 1 hari kalender sebelum a dimulai pada 17 Mar 2025",
    ),
}


@pytest.mark.parametrize("link", LINKS)
def test_each_link_is_said(link: str) -> None:
    """A link becomes a sentence: which end it waits for, and how many of whose days off that."""
    plan = planned(
        milestone("a", "6d", not_before="2025-03-17", owner="setda"),
        milestone("b", "1d", f"a {link}", owner="setda"),
    )
    assert links(asked(plan, "b"))[0] == ("b", "link")
    assert (because(plan, "b"), because(plan, "b", Lang.ID)) == LINKS[link]


@pytest.mark.parametrize(
    ("length", "link", "said"),
    [
        ("1d", "e SS", "waits until e takes place on 18 Mar 2025"),
        (
            "1d",
            "e FF+1d",
            "goes on at least until 1 working day after e takes place on 18 Mar 2025",
        ),
        ("0", "a FF", "waits until a ends on 18 Mar 2025"),
        ("0", "a FS-1d", "may take place 1 working day before a ends on 18 Mar 2025"),
    ],
)
def test_links_of_events_are_said(length: str, link: str, said: str) -> None:
    """An event neither begins nor ends: it takes place."""
    plan = planned(
        milestone("a", "2d", not_before="2025-03-17", owner="setda"),
        milestone("e", "0", "a", owner="setda"),
        milestone("b", length, link, owner="setda"),
    )
    assert said == because(plan, "b")


def test_held_at_the_first_day_of_the_plan() -> None:
    """What waits for something that lies before the plan does not wait for nothing."""
    plan = planned(
        milestone("a", "5d", owner="setda"),
        milestone("b", "2d", "a FS-10d", owner="setda"),
        milestone("c", "9d", owner="setda", due="2025-03-05"),
        prepare_from="2025-02-28",
    )
    said = {name: because(plan, name, basis="plan") for name in ("a", "b", "c")}
    first = "begins as early as the plan allows, 28 Feb 2025"
    assert said == {
        "a": f"waits for nothing and {first}",
        "b": f"{first}; its links would let it begin earlier",
        "c": f"is planned back from its due date 5 Mar 2025, but {first}",
    }


CROWDED = (
    milestone("a", "3d", start="2025-03-18"),
    milestone("b", "2d", due="2025-03-20"),
    milestone("c", "2d", "b", owner="setda"),
)


def test_pulled_forward_from_its_due_date() -> None:
    """Work that lies earlier for want of room at its due date says so, and what would make room."""
    plan = planned(*CROWDED)
    made = asked(plan, "b", basis="plan")
    assert (made["figures"]["start"], made["figures"]["finish"]) == ("2025-03-14", "2025-03-17")
    assert links(made) == [("b", "due")]
    said = (
        "is planned back from its due date 20 Mar 2025, but lies earlier: "
        "dinkes carries 1 a day at most, taken afterwards by a"
    )
    assert said == because(plan, "b", basis="plan")
    nearer = {row["change"]: row for row in made["tables"]["nearer"]}
    assert set(nearer) == {
        "dinkes carried 2 a day",
        "the start of a were not fixed on 18 Mar 2025",
    }
    assert nearer["dinkes carried 2 a day"]["new_finish"] == "2025-03-20"
    assert nearer["dinkes carried 2 a day"]["days_later"] == 3
    [row] = [one for one in made["tables"]["remedies"] if "planned back" in one["change"]]
    assert row["change"] == "b were not planned back from 20 Mar 2025"


def test_only_what_was_pulled_forward_is_told_of_its_due_date() -> None:
    """Whoever waits for such work is told of it as of any other; nothing else lies too early."""
    made = asked(planned(*CROWDED), "c", basis="plan")
    assert [row["id"] for row in made["tables"]["chain"]][-1] == "b"
    assert "nearer" not in made["tables"]


def test_capacity_is_taken_until_the_day_before() -> None:
    """Who fills an owner does so up to the last working day before, not on the day it begins."""
    plan = planned(milestone("a", "5d", start="2025-03-10"), milestone("b", "2d"))
    said = "dinkes carries 1 a day at most, taken until 14 Mar 2025 by a"
    assert said == because(plan, "b")


def test_many_that_fill_an_owner_are_counted() -> None:
    """Five are named, the others counted."""
    many = [milestone(f"a{number}", "1d", start="2025-03-10") for number in range(8)]
    said = because(planned(*many, milestone("b", "1d")), "b")
    assert said.endswith("by a0, a1, a2, a3, a4 and 3 more")


CANCELLED = (
    milestone("a", "5d", owner="setda", not_before="2025-03-11"),
    milestone("b", "3d", "a", owner="setda", cancelled={"on": "2025-03-06"}),
    milestone("c", "1d", "b", owner="setda"),
)


def test_cancelled_is_said() -> None:
    """Cancelled work has that state, passes its links on, and needs no remedy."""
    plan = planned(*CANCELLED)
    made = asked(plan, "b")
    assert made["figures"]["state"] == "cancelled"
    said = "was cancelled on 6 Mar 2025 and only passes its links on: waits until a ends on 17 Mar"
    assert because(plan, "b").startswith(said)
    assert list(made["tables"]) == ["chain"]
    alone = planned(milestone("b", "3d", cancelled={"on": "2025-03-06"}))
    assert because(alone, "b") == "was cancelled on 6 Mar 2025"


def test_what_waits_for_cancelled_work() -> None:
    """It waits for what the cancelled work waited for, and nothing is asked of that."""
    plan = planned(*CANCELLED)
    assert because(plan, "c") == (
        "waits until it would be the turn of b on 17 Mar 2025 "
        "(b is cancelled and only passes its links on)"
    )
    assert {row["id"] for row in asked(plan, "c")["tables"]["remedies"]} == {"a", "c"}


def test_cancelled_work_as_written() -> None:
    """The plan as written has its dates, as if it were not cancelled."""
    plan = planned(*CANCELLED)
    assert because(plan, "c", basis="plan") == "waits until b ends on 20 Mar 2025"
    assert because(plan, "b", basis="plan") == "waits until a ends on 17 Mar 2025"


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
    assert rows["a took 2 instead of 4 working days"]["days_earlier"] == 2
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


@pytest.mark.parametrize("keys", [{"not_before": "2025-03-29"}, {"start": "2025-03-29"}])
def test_holidays_after_its_own_date(keys: dict[str, str]) -> None:
    """A date of its own that falls on closed days says what it then waits for."""
    plan = planned(milestone("a", "2d", owner="setda", **keys), start="2025-02-20", calendar={})
    made = asked(plan, "a")
    assert made["figures"]["start"] == "2025-04-08"
    closed = made["tables"]["chain"][0]["closed_days"]
    assert closed.startswith("closed 29 Mar 2025 to 7 Apr 2025: ")
    assert any("worked from" in row["change"] for row in made["tables"]["remedies"])


def test_holidays_after_a_start_that_is_waited_for() -> None:
    """Who waits for the start of another is held by closed days from there on."""
    plan = planned(
        milestone("a", "20d", start="2025-03-26"),
        milestone("b", "1d", "a SS+2d", owner="setda"),
        start="2025-02-20",
        calendar={},
    )
    made = asked(plan, "b")
    assert made["figures"]["start"] == "2025-04-08"
    assert made["tables"]["chain"][0]["closed_days"].startswith("closed 28 Mar 2025 to 7 Apr 2025")


def test_what_is_behind_us_is_not_tried() -> None:
    """Closed days before the data date hold nothing any more."""
    plan = planned(
        milestone("a", "20d", owner="setda", started="2025-03-20", progress="50"),
        start="2025-02-20",
        calendar={},
    )
    made = asked(plan, "a", "2025-04-10")
    assert "28 Mar" not in (made["tables"]["chain"][0]["closed_days"] or "")


def test_the_same_change_is_tried_once() -> None:
    """More capacity of one owner helps several steps of a chain and is one change."""
    plan = planned(
        milestone("a", "3d", start="2025-03-10"), milestone("b", "2d"), milestone("c", "4d")
    )
    made = asked(plan, "c")
    changes = [row["change"] for row in made["tables"]["remedies"]]
    assert [row["driver"]["kind"] for row in made["tables"]["chain"]].count("capacity") == 2
    assert changes.count("dinkes carried 2 a day") == 1


def test_shorter_in_the_days_it_is_written_in() -> None:
    """Half of ten calendar days is five of them, whatever a schedule counts."""
    plan = planned(
        milestone("a", "10cd", owner="setda", start="2025-03-12"),
        milestone("b", "1d", "a", owner="setda"),
    )
    rows = {row["change"]: row for row in asked(plan, "b")["tables"]["remedies"]}
    assert rows["a took 5 instead of 10 calendar days"]["new_finish"] == "2025-03-17"
    # from the data date on, all ten days still: to 19 March
    assert rows["the start of a were not fixed on 12 Mar 2025"]["new_finish"] == "2025-03-20"


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


@pytest.mark.parametrize(
    ("milestones", "said"),
    [
        ((), "It has no milestones, so it has no dates."),
        (CANCELLED[1:2], "All its milestones are cancelled, so it has no dates."),
    ],
)
def test_programme_without_dates(milestones: tuple[Written, ...], said: str) -> None:
    """A programme with nothing to be done is known: it has a colour and no dates."""
    plan = plan_of(program("p", *milestones), owners=OWNERS, **PLAIN)
    made = asked(plan, "p")
    assert (made["figures"]["id"], made["figures"]["rule"]) == ("p", "PA1")
    assert made["figures"]["finish"] is None
    assert made["tables"] == {"chain": []}
    report = why.report(material(plan, DAY), "p", "forecast")
    assert report is not None
    assert said in written(report, "table", Lang.EN, Screen())


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
