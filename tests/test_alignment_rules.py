"""The rules on alignment against the reports on it: what is reported is what is found, once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as tried
from tests.alignment_plans import day, made, milestones, raw_plans, rows

from banyuasin_plan.reading import load
from banyuasin_plan.reports import align, coverage, decisions, sync
from banyuasin_plan.words import Lang, say

if TYPE_CHECKING:
    from tests.alignment_plans import Raw

    from banyuasin_plan.diagnostic import Diagnostic
    from banyuasin_plan.reading import Loaded

NOW = datetime(2025, 4, 10, 9, tzinfo=UTC)
BAD = Path(__file__).parent / "cases" / "bad"
NAMED = {
    "goals-nobody-took-up", "programmes-that-already-run", "nothing-decided-about-what-runs",
    "for-everyone-but-some", "names-on-paper", "money-counted-twice", "orders-forgotten",
}  # fmt: skip


def loaded(raw: Raw) -> Loaded:
    """A raw plan, read as a file is."""
    head = {**raw["plan"], "as_of": NOW.date()}
    return load({"a.yaml": json.dumps({**raw, "plan": head}, default=str).encode()}, NOW)


def found(one: Loaded, code: str) -> list[Diagnostic]:
    """What a rule finds in it."""
    return [each for each in one.diagnostics if each.code == code]


def params(one: Loaded, code: str, name: str) -> set[object]:
    """One thing that a rule's findings name."""
    return {dict(each.message.params).get(name) for each in found(one, code)}


@tried(max_examples=40)
@given(raw_plans())
def test_generated_plans(raw: Raw) -> None:
    """In any plan the rules find what `plan sync`, `align`, `coverage` and `decisions` tell."""
    read, material = loaded(raw), made(raw)
    assert not [one for one in read.diagnostics if one.severity == "error"]
    told = sync.report(material)
    nobody = rows(told, "nobody")
    if len(nobody) == len(raw["inherited"]) > 1:
        assert params(read, "W702", "count") == {len(nobody)}
    else:
        wanted = sorted(one["name"] for one in nobody)
        assert (
            sorted(str(dict(one.message.params)["name"]) for one in found(read, "W702")) == wanted
        )
    doubled = {one["program"] for one in rows(told, "doubles")}
    assert len(found(read, "W703")) == len(doubled)
    left = [one for one in rows(told, "gaps") if (day(one["to"]) or NOW.date()) >= NOW.date()]
    assert len(found(read, "W704")) == len(left)
    assert {dict(one.message.params)["days"] for one in found(read, "W704")} == {
        one["days"] for one in left
    }
    for code, wanted_count in (
        ("W705", len(unreached(raw, rows(coverage.report(material), "programs")))),
        (
            "W711",
            sum(one["state"] == "late" for one in rows(decisions.report(material), "decisions")),
        ),
    ):
        assert len(found(read, code)) == wanted_count
    check_goals(raw, read, {one["goal"] for one in rows(align.report(material), "unserved")})
    check_parts(raw, read)


def unreached(raw: Raw, told: list[Raw]) -> list[str]:
    """Programmes for all districts, with milestones, that `plan coverage` shows some without."""
    active = {program["id"] for program, _ in milestones(raw)}
    everywhere = {one["id"] for one in raw["programs"] if one["districts"] == "all"}
    return [one["id"] for one in told if one["unplanned"] and one["id"] in active & everywhere]


def check_goals(raw: Raw, read: Loaded, unserved: set[str]) -> None:
    """Each goal that nobody serves is named, is of a set that is, or hangs on one of these."""
    said = found(read, "W701")
    if not any(one["goals"] for one in raw["programs"]):
        assert said == []
        return
    serves = {
        f"{one['id']}/{item['id']}": item["serves"] for one in raw["goals"] for item in one["items"]
    }
    names: set[str] = set()
    for one in said:
        name = str(dict(one.message.params)["name"]).lower()
        new = {goal for goal in serves if goal == name or goal.startswith(f"{name}/")}
        assert new <= unserved
        while new - names:
            names |= new
            new = {above for goal in new for above in serves[goal]} & unserved
    assert names == unserved
    assert len(said) <= len(unserved)


def check_parts(raw: Raw, read: Loaded) -> None:
    """Leads, helpers and verifiers counted once more in the YAML, one finding an office."""
    alive = {one["id"]: (program, one) for program, one in milestones(raw)}
    leads, helps, vouches = set(), set(), set()
    for program in raw["programs"]:
        mine = [one for of, one in alive.values() if of is program]
        doing = {one.get("owner") or program["lead"] for one in mine}
        if mine and program["lead"] not in doing:
            leads.add(program["lead"])
        if program.get("verifier") == program["lead"]:
            vouches.add(program["lead"])
        busy = doing | {program["lead"]} | {who for one in mine for who in one["support"]}
        for other, one in alive.values():
            for name in {link["id"] for link in one.get("after", [])} & set(alive):
                ends = ((other, one), alive[name])
                if any(of is program for of, _ in ends):
                    busy |= {each.get("owner") or of["lead"] for of, each in ends}
        if mine:
            helps |= set(program["support"]) - busy
    assert params(read, "W706", "office") == leads
    assert params(read, "W710", "office") == vouches
    assert params(read, "W707", "office") == helps
    for code, offices in (("W706", leads), ("W707", helps), ("W710", vouches)):
        assert len(found(read, code)) == len(offices)


@pytest.mark.parametrize("name", sorted(NAMED))
def test_each_can_be_accepted(name: str) -> None:
    """A comment on the line that is flagged accepts it, and no comment is left over."""
    text = (BAD / f"{name}.yaml").read_text(encoding="utf-8")
    accepted = text.replace("# <- ", "# plan: accept ")
    lines = [
        f"{line} because uji" if "# plan: accept" in line else line
        for line in accepted.splitlines()
    ]
    before = load({"a.yaml": text.encode()}, NOW)
    after = load({"a.yaml": "\n".join(lines).encode()}, NOW)
    assert after.diagnostics == ()
    assert len(after.accepted) == len(before.diagnostics) > 0


def sentences(name: str, code: str) -> list[str]:
    """What a rule says of a case, in English."""
    read = load({"a.yaml": (BAD / f"{name}.yaml").read_bytes()}, NOW)
    return [say(one.message, Lang.EN) for one in found(read, code)]


def test_goals_are_told_at_their_root() -> None:
    """A goal with those that hang on it, a ring once, and a set that nobody serves as one."""
    assert sentences("goals-nobody-took-up", "W701") == [
        "no programme serves misi/2, and so none serves asta-cita/7 and sdgs/16",
        "no programme serves misi/3, by itself or through another goal",
        "no programme serves any of the 2 goals of Renstra lama",
        "no programme serves sdgs/13, and so none serves sdgs/14",
    ]


def test_one_finding_an_office() -> None:
    """Who leads, helps or vouches on paper in several programmes is told once, with all of them."""
    assert sentences("names-on-paper", "W706") == [
        "kesra leads 2 programmes, but does none of their milestones: posyandu and pekarangan"
    ]
    both = "but has no milestone and no link in them: posyandu and pekarangan"
    assert sentences("names-on-paper", "W707") == [f"pkk supports 2 programmes, {both}"]
    assert sentences("names-on-paper", "W708") == [
        "waited for by dinkes, but nothing says how anyone can see that it is done"
    ]


def test_likeness_is_explained() -> None:
    """The two names that are alike, and in which way, at the very name."""
    assert sentences("programmes-that-already-run", "W703") == [
        f"looks like {running}, which runs already: {names}: the same words; {shared}"
        for running, names, shared in (
            (
                "sayur-2020",
                '"Gerakan Tanam Sayur (2020)" and "Program Sayur Tanam"',
                "the same owner",
            ),
            (
                "kali-2024",
                '"Kali Bersih" and "Program kali-bersih 2025"',
                "1 district in common",
            ),
        )
    ]


def test_what_ended_does_not_run() -> None:
    """Of a programme whose last day has passed the day is told; on that day it still runs."""
    raw: Raw = {
        "plan": {"id": "uji", "name": "Uji", "start": "2025-02-20"},
        "owners": [{"id": "dkp", "name": "DKP"}],
        "inherited": [
            {"id": "lama", "name": "Lama", "owner": "dkp", "until": "2025-04-09"},
            {"id": "kini", "name": "Kini", "owner": "dkp", "until": "2025-04-10"},
            {"id": "henti", "name": "Henti", "stopped": {"on": "2025-04-09", "by": "dkp"}},
        ],
    }
    assert [say(one.message, Lang.EN) for one in found(loaded(raw), "W702")] == [
        "Lama ended on 9 Apr 2025, and no programme takes it on and no decision stopped it",
        "Kini runs, but no programme takes it on and no decision stops it",
    ]


def test_gaps_and_money() -> None:
    """A gap with its days and what would close it; a line that stands three times, said once."""
    layanan, ambulans = sentences("programmes-that-already-run", "W704")
    assert layanan == (
        "nobody serves from 1 May 2025 to 14 May 2025 (14 days): layanan takes over on 15 May 2025"
    )
    assert ambulans.startswith("nobody serves from 5 Apr 2025 to 20 Apr 2025 (16 days): ambulans")
    assert sentences("money-counted-twice", "W709") == [
        "the same budget line as in a.yaml:17",
        "this budget line is given 3 times, first in a.yaml:16",
    ]


@pytest.mark.parametrize(
    ("name", "pointed"),
    [
        ("goals-nobody-took-up", ["2", "3", "renstra", "13"]),
        (
            "programmes-that-already-run",
            [
                *("sayur-2020", "kali-2024", "2025-04-30", "2025-04-04"),
                *("Program Sayur Tanam", "Program kali-bersih 2025"),
            ],
        ),
        ("nothing-decided-about-what-runs", ["sayur-2020"]),
        ("for-everyone-but-some", ["all", "all"]),
        ("names-on-paper", ["kesra", "pkk", "kesra", "posyandu-01", "posyandu-03"]),
        ("orders-forgotten", ["2025-04-09", "2025-03-28"]),
    ],
)
def test_each_points_at_the_very_word(name: str, pointed: list[str]) -> None:
    """What is underlined is the id, the name or the day that the finding is about."""
    text = (BAD / f"{name}.yaml").read_text(encoding="utf-8")
    spans = [one.span for one in load({"a.yaml": text.encode()}, NOW).diagnostics]
    assert [text[span.start : span.end] for span in spans] == pointed


def test_ids_given_twice() -> None:
    """Of two programmes with one id each is looked at by itself, at its own place."""
    text = (BAD / "names-on-paper.yaml").read_text(encoding="utf-8")
    text = text.replace("id: pekarangan\n", "id: posyandu\n").replace("    support: [pkk]\n", "")
    told = load({"a.yaml": text.encode()}, NOW).diagnostics
    spans = {one.code: (one.span.line, text[one.span.start : one.span.end]) for one in told}
    assert spans["W707"] == (13, "pkk")
    assert "E201" in spans
