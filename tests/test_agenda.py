"""The agenda by hand: who sits with whom, who leads, what waits, and the text to send."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from tests.alignment_plans import (
    day,
    figures,
    rows,
    shipped,
    shipped_material,
    texts,
)
from tests.commands import alone, called
from tests.plans import milestone
from tests.standing_plans import DISTRICTS, PLAIN, material, program

from banyuasin_plan.alignment.meetings import chair_of
from banyuasin_plan.formats import Screen, written
from banyuasin_plan.formats.letter import MOST as LONGEST
from banyuasin_plan.formats.letter import write_letter
from banyuasin_plan.plan.model import Plan
from banyuasin_plan.reports import meetings, schedule
from banyuasin_plan.reports.meetings import stakes
from banyuasin_plan.reports.meetings.letter import letter
from banyuasin_plan.reports.meetings.rows import agenda_of
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands import Outcome
    from tests.plans import Written

    from banyuasin_plan.report import Report

LADDER = (
    {"id": "bupati", "name": "Bupati", "kind": "leader"},
    {"id": "sekda", "name": "Sekda", "kind": "leader", "reports_to": "bupati"},
    {"id": "asisten-1", "name": "Asisten I", "kind": "leader", "reports_to": "sekda"},
    {"id": "dinkes", "name": "Dinas Kesehatan", "reports_to": "asisten-1"},
    {"id": "dinsos", "name": "Dinas Sosial", "reports_to": "asisten-1"},
    {"id": "setda", "name": "Sekretariat Daerah", "reports_to": "sekda"},
    {"id": "kemenag", "name": "Kemenag", "kind": "partner"},
)
TODAY = "2025-03-12"
"""Wednesday of week 2; offices are closed at weekends only."""


def planned(*programs: Written, **rest: Any) -> Plan:
    """A plan with somebody above everybody; `rest` are its other keys."""
    return Plan.model_validate(
        {
            "plan": {"id": "uji", "name": "Uji", **PLAIN},
            "owners": list(LADDER),
            "districts": list(DISTRICTS),
            "programs": list(programs),
            **rest,
        }
    )


def agenda(plan: Plan, **options: Any) -> Report:
    """The agenda of that Wednesday."""
    return meetings.report(material(plan, TODAY), **options)


def late(name: str, owner: str, **rest: Any) -> Written:
    """Work that should have been handed over on Monday and takes two days more."""
    return milestone(name, "2d", owner=owner, due="2025-03-10", **rest)


def test_one_late_hand_over() -> None:
    """Who owes what to whom, until when nobody else moves, and what a week would cost."""
    plan = planned(
        program(
            "p",
            late("a", "dinkes"),
            milestone("b", "5d", "a", owner="setda", due="2025-03-21"),
        )
    )
    report = agenda(plan)
    [row] = rows(report, "meetings")
    # a is done on Thursday, b from Friday to Thursday 20; five office days later on Thursday 27.
    assert row == {
        "number": 1,
        "offices": ["dinkes", "setda"],
        "camat": [],
        "chair": "sekda",
        "meet_by": "2025-03-13",
        "subject": "P: a",
        "decide_by": "2025-03-13",
        "days_saved": 5,
        "if_left": "the plan ends 5 office days later, on 27 Mar 2025; 2 milestones move, "
        "1 misses its due date",
        "programs": ["p"],
        "about": ["a", "b"],
        "finish": "2025-03-20",
        "finish_if_left": "2025-03-27",
        "moved": ["a", "b"],
        "past_due": ["b"],
        "past_day_100": [],
        "supposed": ["a+5d"],
    }
    shown = written(report, "table", Lang.EN, Screen())
    assert "not guessed; for meeting 1: plan whatif a+5d\n" in shown
    [point] = rows(report, "points")
    assert point["stands"] == (
        "a, from dinkes to setda: promised for 10 Mar 2025, 2 days late, 0% done, "
        "forecast 13 Mar 2025"
    )
    assert (point["owner"], point["others"]) == ("dinkes", ["setda"])
    assert figures(report) == {
        "meetings": 1,
        "offices_invited": 2,
        "points": 1,
        "points_late": 0,
        "points_undated": 0,
        "days_at_stake": 5,
    }


def test_what_passes_the_last_day() -> None:
    """Waiting that takes a milestone past the plan's last day says so."""
    plan = planned(
        program(
            "p",
            late("a", "dinkes"),
            milestone("b", "5d", "a", owner="setda", not_before="2025-06-02"),
        )
    )
    [row] = rows(agenda(plan, within=100), "meetings")
    # Day 100 is 10 June; 72 office days later a is done on 23 June.
    assert row["past_day_100"] == ["a", "b"]
    assert row["if_left"].endswith("; 2 pass the plan's last day")


def test_one_meeting_for_one_chain() -> None:
    """Hand-overs of one programme, and of the same offices, are settled in one meeting."""
    plan = planned(
        program(
            "p",
            late("a", "dinkes"),
            milestone("b", "1d", "a", owner="setda", due="2025-03-11"),
            milestone("c", "1d", "b", owner="dinsos"),
        ),
        program("q", late("d", "setda"), milestone("e", "1d", "d", owner="dinkes")),
        program("r", late("f", "asisten-1"), milestone("g", "1d", "f", owner="kemenag")),
    )
    found = [(row["offices"], row["about"]) for row in rows(agenda(plan), "meetings")]
    assert found == [
        (["dinkes", "setda", "dinsos"], ["a", "b", "c", "d", "e"]),
        (["asisten-1", "kemenag"], ["f", "g"]),
    ]


def test_a_meeting_stays_small() -> None:
    """What would bring in a seventh office is another meeting."""
    offices = [f"o{number}" for number in range(9)]
    owners = tuple({"id": name, "name": name} for name in offices)
    steps = [late(offices[0], offices[0])]
    steps += [
        milestone(name, "1d", before, owner=name, due="2025-03-11")
        for before, name in pairwise(offices)
    ]
    found = rows(agenda(planned(program("p", *steps, lead="o0"), owners=list(owners))), "meetings")
    assert [row["offices"] for row in found] == [offices[:6], offices[5:]]


def test_nothing_to_settle() -> None:
    """Work that only its own office is late with, or that others wait for in time, is no matter."""
    plan = planned(
        program("p", late("a", "dinkes")),
        program(
            "q",
            milestone("b", "1d", owner="dinkes", due="2025-03-28"),
            milestone("c", "1d", "b", owner="setda", due="2025-04-11"),
        ),
    )
    report = agenda(plan)
    assert rows(report, "meetings") == []
    text = write_letter(letter(material(plan, TODAY)), Lang.EN)
    assert "Nothing has to be settled between offices this week." in text


def test_decisions() -> None:
    """A blocker brings who decides; without anybody, whoever stands above has to say who."""
    blockers = [
        {"since": "2025-03-03", "what": "lahan", "need": "izin", "owner": "bupati"},
        {"since": "2025-03-03", "what": "jauh", "decide_by": "2025-03-28", "owner": "setda"},
    ]
    nobody = [{"since": "2025-03-10", "what": "perahu", "decide_by": "2025-03-14"}]
    plan = planned(
        program("p", milestone("a", "2d", owner="dinkes", blockers=blockers)),
        program("q", milestone("b", "2d", owner="setda", blockers=nobody)),
    )
    report = agenda(plan)
    found = {row["subject"]: row for row in rows(report, "meetings")}
    assert {row["chair"] for row in found.values()} == {"bupati", "sekda"}
    assert found["P: izin"]["offices"] == ["dinkes", "bupati"]
    assert found["Q: perahu"]["offices"] == ["setda"]
    assert found["Q: perahu"]["meet_by"] == "2025-03-14"
    questions = [row["question"] for row in rows(report, "points")]
    assert sorted(questions) == ["Who decides? perahu", "bupati decides, by when? izin"]
    assert figures(report)["points_undated"] == 1
    assert figures(agenda(plan, within=20))["points"] == 3


def order(name: str, owner: str, due: str) -> Written:
    """An order of the Bupati."""
    return {
        "id": name,
        "on": "2025-03-03",
        "by": "bupati",
        "text": name,
        "owner": owner,
        "due": due,
    }


def test_orders() -> None:
    """An order goes where its office sits anyway; else it is a meeting only once it is late."""
    plan = planned(
        program("p", late("a", "dinkes"), milestone("b", "1d", "a", owner="setda")),
        decisions=[
            order("k1", "setda", "2025-03-14"),
            order("k2", "dinsos", "2025-03-14"),
            order("k3", "kemenag", "2025-03-11"),
        ],
    )
    report = agenda(plan)
    told = {(row["number"], row["id"]) for row in rows(report, "points")}
    assert told == {(1, "a"), (1, "k1"), (2, "k3")}
    assert [row["offices"] for row in rows(report, "meetings")] == [
        ["dinkes", "setda"],
        ["kemenag", "bupati"],
    ]


def test_too_full() -> None:
    """Who is so full that critical work of others waits: what goes first, and what room saves."""
    owners = (*LADDER[:5], {**LADDER[5], "capacity": 1}, LADDER[6])
    plan = planned(
        program(
            "p",
            milestone("a", "5d", owner="setda", start="2025-03-12"),
            milestone("b", "5d", owner="setda"),
            milestone("c", "5d", "b", owner="dinkes"),
        ),
        owners=list(owners),
    )
    report = agenda(plan)
    [row] = rows(report, "meetings")
    [point] = [one for one in rows(report, "points") if one["kind"] == "capacity"]
    assert point["others"] == ["dinkes"]
    # One at a time: b from 19 to 25 March, c to 1 April, a week later without a word to dinkes;
    # with room for two, c ends on 25 March.
    assert (row["finish"], row["finish_if_left"], row["days_saved"]) == (
        "2025-03-25",
        "2025-04-08",
        10,
    )


def test_pulled_forward_keeps_nobody_waiting() -> None:
    """Who had work earlier than its due date asks for, for want of room later, is not too full."""
    plan = planned(
        program(
            "p",
            milestone("a", "5d", owner="setda", start="2025-03-19"),
            milestone("b", "5d", owner="setda", due="2025-03-21"),
            milestone("c", "5d", "b", owner="dinkes"),
        ),
        owners=[*LADDER[:5], {**LADDER[5], "capacity": 1}, LADDER[6]],
    )
    assert not [one for one in rows(agenda(plan), "points") if one["kind"] == "capacity"]


def test_a_large_plan_is_not_levelled_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has least float is asked about; the rest is named last, without a figure."""
    found = shipped_material()
    every = rows(meetings.report(found), "meetings")
    monkeypatch.setattr(stakes, "MOST_WORK", 2 * len(found.forecast.slots))
    few = rows(meetings.report(found), "meetings")
    known = [row for row in few if row["days_saved"] is not None]
    assert known == few[:2]
    assert {tuple(row["about"]) for row in few} == {tuple(row["about"]) for row in every}
    assert all(row["if_left"].startswith("not worked out") for row in few[2:])
    spare = {
        row["id"]: row["total_float"]
        for row in rows(schedule.report(found, "forecast"), "milestones")
    }
    floats = [
        min((spare[text.partition("+")[0]] for text in row["supposed"]), default=99) for row in few
    ]
    assert max(floats[:2]) <= min(floats[2:])


def test_visits() -> None:
    """Camat asked for too much at once: who asks, which days suit, settled the day before."""
    plan = planned(
        *(
            program(
                name,
                milestone(f"{name}-1", "3d", owner=owner, not_before=begin, districts="all"),
            )
            for name, owner, begin in (
                ("p", "dinkes", "2025-03-17"),
                ("q", "dinsos", "2025-03-18"),
            )
        ),
        districts=[{**one, "capacity": 1} for one in DISTRICTS],
    )
    report = agenda(plan)
    [row] = rows(report, "meetings")
    assert (row["offices"], len(row["camat"]), row["meet_by"]) == (
        ["dinkes", "dinsos"],
        4,
        "2025-03-17",
    )
    [point] = rows(report, "points")
    assert point["question"] == (
        "Does one calendar of visits to 4 camat, 18 Mar 2025 to 19 Mar 2025, suit p and q? "
        "The day of each: plan load"
    )
    assert row["subject"] == "visits to 4 camat, together"


@pytest.mark.parametrize(
    ("offices", "chair"),
    [
        (("dinkes", "dinsos"), "asisten-1"),
        (("dinkes", "setda"), "sekda"),
        (("dinkes", "asisten-1"), "asisten-1"),
        (("dinkes",), "asisten-1"),
        (("dinkes", "kemenag", "betung"), "asisten-1"),
        (("bupati", "dinkes"), "bupati"),
        (("kemenag",), None),
        (("kemenag", "betung"), None),
    ],
)
def test_who_leads(offices: tuple[str, ...], chair: str | None) -> None:
    """The first who stands above all, one of them if need be; partners and camat follow."""
    assert chair_of(planned(program("p")), offices) == chair


def test_filters_keep_the_numbers() -> None:
    """Asked for an office, its meetings are left, by their numbers in the whole agenda."""
    found = shipped_material()
    every = rows(meetings.report(found), "meetings")
    asked = found.narrowed(found.tracking.only(lambda _: False), frozenset({"dpmd"}))
    mine = rows(meetings.report(asked), "meetings")
    assert mine == [row for row in every if "dpmd" in row["offices"]]
    assert 0 < len(mine) < len(every)
    chosen = found.narrowed(found.tracking, chosen=frozenset({"pro-rakyat"}))
    mine = rows(meetings.report(chosen), "meetings")
    assert mine == [row for row in every if "pro-rakyat" in row["programs"]]
    assert 0 < len(mine) < len(every)


def numbered(text: str) -> list[str]:
    """The lines of a text that begin with a number and a full stop."""
    return [line for line in text.splitlines() if re.match(r"\d+\. ", line)]


@pytest.mark.parametrize("lang", list(Lang))
def test_letter(lang: Lang) -> None:
    """A text for WhatsApp has a line for each meeting: by when, about what, who leads, who sits."""
    text = write_letter(letter(shipped_material()), lang)
    assert len(text.rstrip("\n")) <= LONGEST
    lines = {int(line.partition(".")[0]): line for line in numbered(text)}
    every = rows(meetings.report(shipped_material()), "meetings")
    assert [*lines] == [row["number"] for row in every]
    for row in every:
        line = lines[row["number"]]
        on = day(row["meet_by"])
        assert on
        assert f" {on.day} " in line
        assert f"- {row['chair']}" in line
        assert next(who for who in row["offices"] if who != row["chair"]) in line


def test_a_letter_of_many_leaves_the_last_out() -> None:
    """Where even short lines are too many, the first meetings are told and the rest counted."""
    raw = shipped()
    late = material(Plan.model_validate(texts(raw)), "2025-07-01")
    text = write_letter(letter(late), Lang.EN)
    told = numbered(text)
    count = figures(meetings.report(late))["meetings"]
    assert len(text.rstrip("\n")) <= LONGEST
    assert 5 < len(told) < count
    assert text.endswith(f"... and {count - len(told)} more\n")


def test_a_few_rows() -> None:
    """The page for whoever leads has the first five, in the same order, and counts the rest."""
    found = shipped_material()
    table = agenda_of(found)
    every = rows(meetings.report(found), "meetings")
    assert [list(row[1]) for row in table.rows if isinstance(row[1], tuple)] == [
        row["offices"] for row in every[:5]
    ]
    assert table.more
    assert dict(table.more.params) == {"count": len(every) - 5}


# On the command line

FILE = """\
plan: {id: uji, name: Rencana uji, start: 2025-03-03, as_of: 2025-03-12,
  calendar: {holidays: none}}
owners:
  - {id: sekda, name: Sekda, kind: leader}
  - {id: dinkes, name: Dinas Kesehatan, reports_to: sekda}
  - {id: setda, name: Sekretariat Daerah, reports_to: sekda}
programs:
  - id: sehat
    name: Sehat
    lead: dinkes
    milestones:
      - {id: sehat-01, name: Daftar penerima, duration: 2d, due: 2025-03-10}
      - {id: sehat-02, name: SK penerima, owner: setda, duration: 5d, after: [sehat-01],
         due: 2025-03-21}
"""


@pytest.fixture
def plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """Runs `plan` in English on a plan with one late hand-over."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(FILE, encoding="utf-8")
    return lambda *words: called(capsys, *words, "--lang", "en")


def test_the_text_to_send(plan: Callable[..., Outcome], tmp_path: Path) -> None:
    """`--whatsapp` writes the letter, to a file where one is named, and keeps `--fail-on`."""
    assert plan("meetings", "--whatsapp", "-o", "rapat.txt").code == 0
    assert (tmp_path / "rapat.txt").read_text(encoding="utf-8") == (
        "*Day 10 of 100, 12 Mar 2025*\n"
        "Rencana uji\n\n"
        "1 meeting in the next 7 days; if the first waits, the plan ends 5 office days later.\n\n"
        "*Who sits together, by which day*\n"
        "1. 13 Mar 2025 (saves 5 days): Sehat: Daftar penerima - sekda, dinkes and setda\n"
    )
    assert plan("meetings", "--whatsapp", "--fail-on", "overdue").code == 1


def test_days_ahead(plan: Callable[..., Outcome]) -> None:
    """`--within` says how far to look, and how long waiting takes; it is a number of days."""
    text = plan("meetings", "--whatsapp", "--within", "14").out
    assert "in the next 14 days" in text
    assert "ends 10 office days later" in text
    assert plan("meetings", "--within", "soon").code == 2


def test_a_text_has_no_format(plan: Callable[..., Outcome]) -> None:
    """`--whatsapp` and `--format` do not go together, and the message says what does."""
    found = plan("meetings", "--whatsapp", "--format", "json")
    assert found.code == 2
    assert "--format does not go with it" in found.err
    assert "plan meetings --whatsapp" in found.err
