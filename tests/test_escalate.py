"""Who is told of which delay on which day, and with what words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from tests.plans import Written, milestone
from tests.standing_plans import PLAIN, as_json, material, plan_of, program, tracked

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.plan.model import Owner
from banyuasin_plan.reports import escalate
from banyuasin_plan.tracking.escalation import Ladder, Step, escalations, ladder_of
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan

LADDER: tuple[Written, ...] = (
    {"id": "bupati", "name": "Bupati", "kind": "leader"},
    {"id": "wakil", "name": "Wakil Bupati", "kind": "leader", "reports_to": "bupati"},
    {"id": "sekda", "name": "Sekretaris Daerah", "kind": "leader", "reports_to": "bupati"},
    {"id": "asisten", "name": "Asisten", "kind": "leader", "reports_to": "sekda"},
    {"id": "dinkes", "name": "Dinas Kesehatan", "reports_to": "asisten"},
    {"id": "dkp", "name": "Dinas Ketahanan Pangan", "reports_to": "asisten"},
    {"id": "tim", "name": "Tim Transisi", "kind": "team", "reports_to": "bupati"},
    {"id": "pkk", "name": "Tim Penggerak PKK", "kind": "partner"},
)
DUE = {"duration": "1d", "due": "2025-03-07"}
"""A Friday; the office days after it are 10 to 14 March, then 17 to 21 March."""


def plan(*milestones: Written, owners: tuple[Written, ...] = LADDER, **head: Any) -> Plan:
    """A plan with that ladder, without holidays."""
    return plan_of(program("p", *milestones), owners=owners, **PLAIN | head)


def told(day: str, *milestones: Written, **rest: Any) -> list[tuple[str, str | None, str]]:
    """Step, who is told, and since when, of every milestone that is on the ladder."""
    mine = plan(*milestones, **rest)
    found = escalations(tracked(mine, day).standings, mine)
    return [(one.step.value, one.to, str(one.on)) for one in found]


# The steps


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-07", []),  # its due day
        ("2025-03-08", []),  # overdue, and no office day gone by
        ("2025-03-09", []),
        ("2025-03-10", [("owner", "dinkes", "2025-03-10")]),
        ("2025-03-11", [("owner", "dinkes", "2025-03-10")]),
        ("2025-03-12", [("head", "dinkes", "2025-03-12")]),
        ("2025-03-13", [("head", "dinkes", "2025-03-12")]),
        ("2025-03-14", [("reports_to", "asisten", "2025-03-14")]),
        ("2025-03-16", [("reports_to", "asisten", "2025-03-14")]),
        ("2025-03-17", [("reports_to", "asisten", "2025-03-14")]),
        ("2025-03-18", [("secretary", "sekda", "2025-03-18")]),
        ("2025-03-20", [("secretary", "sekda", "2025-03-18")]),
        ("2025-03-21", [("leader", "bupati", "2025-03-21")]),
        ("2025-06-10", [("leader", "bupati", "2025-03-21")]),
    ],
)
def test_steps(day: str, expected: list[tuple[str, str, str]]) -> None:
    """1 office day the owner, 3 the head, 5 whom it reports to, 7 the Sekda, 10 the Bupati."""
    assert told(day, milestone("a", **DUE)) == expected


def test_idulfitri_climbs_no_step() -> None:
    """Eleven closed days are no office days: due on the 27th, the first is 8 April."""
    late = milestone("a", "1d", due="2025-03-27")
    head = {"start": "2025-02-20", "calendar": {}}
    assert told("2025-04-07", late, **head) == []
    assert told("2025-04-08", late, **head) == [("owner", "dinkes", "2025-04-08")]


def test_the_days_are_the_plans() -> None:
    """`plan.escalation` sets them; a step of 0 days is told on the day after."""
    limits = {"owner": 0, "head": 1, "reports_to": 2, "secretary": 2, "leader": 20}
    late = milestone("a", **DUE)
    found = [told(day, late, escalation=limits) for day in ("2025-03-08", "2025-03-10")]
    assert found == [[("owner", "dinkes", "2025-03-08")], [("head", "dinkes", "2025-03-10")]]
    # two steps on one day: the higher one
    assert told("2025-03-11", late, escalation=limits) == [("secretary", "sekda", "2025-03-11")]


@pytest.mark.parametrize("facts", [{"finished": "2025-03-11"}, {"cancelled": {"on": "2025-03-05"}}])
def test_what_is_closed_is_nobodys_delay(facts: Written) -> None:
    """Done late or cancelled, it is off the ladder."""
    assert told("2025-03-14", milestone("a", **DUE, **facts)) == []


def test_a_decision_that_is_late() -> None:
    """A blocker past the day of its decision climbs too; the longest delay counts."""
    stuck = {"since": "2025-03-03", "what": "lahan", "decide_by": "2025-03-05"}
    waiting = {"since": "2025-03-03", "what": "izin", "decide_by": "2025-03-12"}
    cleared = {**stuck, "decide_by": "2025-03-03", "closed": "2025-03-06"}
    mine = milestone("a", "5d", due="2025-04-30", blockers=[waiting, stuck, cleared])
    # 6, 7, 10, 11, 12 March are five office days
    assert told("2025-03-12", mine) == [("reports_to", "asisten", "2025-03-12")]
    [row] = as_json(escalate.report(material(plan(mine), "2025-03-12")))["tables"]["today"]
    assert (row["cause"], row["office_days_late"], row["next_on"]) == ("decision", 5, "2025-03-14")
    assert row["reason"] == "the decision promised for 5 Mar 2025 is 5 office days late: lahan"


# The ladder


def test_ladder() -> None:
    """Whom most ladders end with leads; whom most of them pass just below is the secretary."""
    found = ladder_of(plan())
    assert (found.leader, found.secretary) == ("bupati", "sekda")


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("dinkes", ["dinkes", "dinkes", "asisten", "sekda", "bupati"]),
        ("tim", ["tim", "tim", "bupati", "sekda", "bupati"]),
        ("pkk", ["pkk", "pkk", "sekda", "sekda", "bupati"]),  # nobody it reports to
        ("betung", ["betung", "betung", "sekda", "sekda", "bupati"]),  # a camat
        ("sekda", ["sekda", "sekda", "bupati", "bupati", "bupati"]),
        ("bupati", ["bupati", "bupati", "sekda", "sekda", None]),
        (None, [None, None, "sekda", "sekda", "bupati"]),
    ],
)
def test_missing_steps(owner: str | None, expected: list[str | None]) -> None:
    """Where nobody stands at a step, or the owner itself does, it goes on to the next above."""
    ladder = ladder_of(plan())
    assert [ladder.told(step, owner) for step in Step] == expected


def test_no_ladder_at_all() -> None:
    """Owners alone are told what is theirs; above there is nobody, and it says so."""
    alone = ({"id": "dinkes", "name": "Dinas Kesehatan"},)
    assert ladder_of(plan(owners=alone)) == Ladder({}, None, None)
    late = milestone("a", **DUE)
    assert told("2025-03-21", late, owners=alone) == [("leader", None, "2025-03-21")]
    made = as_json(escalate.report(material(plan(late, owners=alone), "2025-03-21")))["tables"]
    assert made["messages"] == []
    assert (made["today"][0]["to"], made["today"][0]["told"]) == (None, "(nobody stands above)")


@pytest.mark.parametrize("ring", [("a", "b", "a"), ("a", "a"), ("a", "b", "c", "b")])
def test_a_ring_ends(ring: tuple[str, ...]) -> None:
    """A ladder that comes round to somebody again ends with nobody; the others stand."""
    one = plan()
    bent = [
        Owner.model_validate({"id": low, "name": low, "reports_to": high})
        for low, high in pairwise(ring)
    ]
    found = ladder_of(one.model_copy(update={"owners": (*one.owners, *bent)}))
    assert (found.leader, found.secretary) == ("bupati", "sekda")
    assert found.told(Step.LEADER, "a") == "bupati"
    rings = ladder_of(one.model_copy(update={"owners": tuple(bent)}))
    assert (rings.leader, rings.secretary) == (None, None)


def test_reporting_to_nobody_known() -> None:
    """A name that nobody has is no step: the secretary is told instead."""
    stray = (*LADDER, {"id": "dlh", "name": "DLH", "reports_to": "siapa"})
    found = ladder_of(plan(owners=stray))
    assert found.told(Step.REPORTS_TO, "dlh") == "sekda"


# The report


def named(name: str, words: str, **rest: object) -> Written:
    """A milestone due on that Friday, under a name of its own."""
    return {**milestone(name, **DUE), "name": words, **rest}


def late_ones() -> Plan:
    """On Tuesday 18 March: two reach the Sekda, one its owner, one was told on Monday."""
    return plan(
        named("a-1", "Data awal"),
        named("a-2", "Daftar penerima", owner="dkp"),
        milestone("b-1", "1d", due="2025-03-17", owner="betung"),
        milestone("b-2", "1d", due="2025-03-10"),
    )


def test_today_and_before() -> None:
    """What climbs today stands apart from what was told before, with the day it climbs on."""
    tables = as_json(escalate.report(material(late_ones(), "2025-03-18")))["tables"]
    today = [(row["id"], row["step"], row["to"], row["told_on"]) for row in tables["today"]]
    assert today == [
        ("a-1", "secretary", "sekda", "2025-03-18"),
        ("a-2", "secretary", "sekda", "2025-03-18"),
        ("b-1", "owner", "betung", "2025-03-18"),
    ]
    [before] = tables["open"]
    assert before == {
        "id": "b-2",
        "name": "b-2",
        "program": "p",
        "owner": "dinkes",
        "office_days_late": 6,
        "cause": "overdue",
        "reason": "overdue by 6 office days (due 10 Mar 2025)",
        "step": "reports_to",
        "to": "asisten",
        "told": "Asisten",
        "told_on": "2025-03-17",
        "next_step": "secretary",
        "next_on": "2025-03-19",
    }


TEXT = {
    Lang.EN: """\
To Sekretaris Daerah:
on 18 Mar 2025, 2 milestones of Uji need your attention:
- a-1 Data awal (Dinas Kesehatan): overdue by 7 office days (due 7 Mar 2025)
- a-2 Daftar penerima (Dinas Ketahanan Pangan): overdue by 7 office days (due 7 Mar 2025)
Please call a proof meeting: its owner shows what is done, what is not, and a firm date.""",
    Lang.ID: """\
Yth. Sekretaris Daerah,
per 18 Mar 2025, 2 rencana aksi dalam Uji perlu perhatian:
- a-1 Data awal (Dinas Kesehatan): lewat tenggat 7 hari kerja (tenggat 7 Mar 2025)
- a-2 Daftar penerima (Dinas Ketahanan Pangan): lewat tenggat 7 hari kerja (tenggat 7 Mar 2025)
Mohon memimpin rapat pembuktian: penanggung jawab menunjukkan bukti apa yang sudah selesai, \
apa yang belum, dan tanggal pastinya.""",
}


@pytest.mark.parametrize("lang", list(Lang))
def test_texts(lang: Lang) -> None:
    """One text for everybody who is told, below the table, the highest step first."""
    made = escalate.report(material(late_ones(), "2025-03-18"))
    messages = as_json(made, lang)["tables"]["messages"]
    assert [row["to"] for row in messages] == ["sekda", "betung"]
    assert messages[0]["text"] == TEXT[lang]
    assert TEXT[lang] in written(made, "table", lang, Screen())
    assert "Betung" in messages[1]["text"].splitlines()[0]


def test_a_long_text_counts_the_rest() -> None:
    """Ten milestones are named, the rest counted; a name's line breaks break no line."""
    many = [named(f"a-{n:02}", "Data\nawal") for n in range(13)]
    [row] = as_json(escalate.report(material(plan(*many), "2025-03-12")))["tables"]["messages"]
    lines = row["text"].splitlines()
    assert (len(lines), lines[-2], row["milestones"]) == (14, "- and 3 more", 13)
    assert lines[0] == "To Head of Dinas Kesehatan:"
    assert lines[2].startswith("- a-00 Data awal (")


def test_a_quiet_day() -> None:
    """Nothing climbs: it says so, and shows no text to send."""
    made = escalate.report(material(plan(milestone("a", **DUE)), "2025-03-15"))
    shown = written(made, "table", Lang.EN, Screen(80))
    assert "Nothing climbs a step today." in shown
    assert "Texts to send" not in shown
    assert date(2025, 3, 14).isoformat() == as_json(made)["tables"]["open"][0]["told_on"]
