"""`plan verify`: what is reported done and not verified, and spot checks anybody can draw again."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commands import SMALL, Outcome, alone, called
from tests.plans import Written, milestone
from tests.standing_plans import as_json, material, plan_of, program

from banyuasin_plan.reports import owed, verify, why
from banyuasin_plan.tracking.sampling import Portion

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from banyuasin_plan.plan.model import Plan

    Run = Callable[..., Outcome]

DAY = "2025-04-10"
DONE: Written = {"finished": "2025-03-13", "due": "2025-03-14"}
BY_DISTRICT: Written = {"districts": ["betung", "sembawa"], "due": "2025-03-14"}


def claims(plan: Plan, **asked: Any) -> list[dict[str, Any]]:
    """The rows of the report on a day."""
    made = as_json(verify.report(material(plan, DAY), **asked))
    rows: list[dict[str, Any]] = made["tables"]["claims"]
    return rows


def keys(plan: Plan, **asked: Any) -> list[tuple[str, str | None]]:
    """The milestones and districts of the claims."""
    return [(row["id"], row["district"]) for row in claims(plan, **asked)]


def one_claim(**facts: Any) -> list[dict[str, Any]]:
    """The claims of a programme that the inspectorate verifies, with one milestone."""
    return claims(plan_of(program("p", milestone("a", "5d", **facts), verifier="inspektorat")))


def test_a_claim() -> None:
    """What is done and not verified stands with its day, its age in office days, its evidence."""
    [row] = one_claim(**DONE, evidence=[{"kind": "document", "ref": "SK 12"}, {"ref": "foto"}])
    # 14 March, 17 to 21, 24 to 27 and 8 to 10 April: closed from 28 March to 7 April
    assert row == {
        "id": "a",
        "district": None,
        "name": "a",
        "program": "p",
        "owner": "dinkes",
        "done_on": "2025-03-13",
        "office_days": 13,
        "evidence": ["SK 12", "foto"],
        "evidence_of_whole": [],
        "verifier": "inspektorat",
        "returned": None,
        "deliveries_missing": None,
    }


NONE: dict[str, Written] = {
    "not done": {"progress": 90},
    "verified": {**DONE, "verified": {"by": "inspektorat", "on": "2025-03-15"}},
    "cancelled": {**DONE, "cancelled": {"on": "2025-04-01"}},
    "done later": {"finished": "2025-04-11"},
}


@pytest.mark.parametrize("name", NONE)
def test_no_claim(name: str) -> None:
    """What is not done by then, verified or cancelled is no claim."""
    assert one_claim(**NONE[name]) == []


def test_by_district() -> None:
    """Each delivery is a claim of its own, with its own evidence, beside that of the whole."""
    delivered = {
        "betung": {"on": "2025-03-12", "evidence": "BA Betung"},
        "sembawa": {"on": "2025-03-10"},
    }
    rows = one_claim(**BY_DISTRICT, delivered=delivered, evidence=[{"ref": "rekap"}])
    keys = ("district", "done_on", "evidence", "evidence_of_whole")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("sembawa", "2025-03-10", [], ["rekap"]),
        ("betung", "2025-03-12", ["BA Betung"], ["rekap"]),
    ]


@pytest.mark.parametrize(
    ("on", "without"),
    [("2025-03-09", ["betung", "sembawa"]), ("2025-03-10", ["betung"]), ("2025-03-12", [])],
)
def test_evidence_of_the_whole(on: str, without: list[str]) -> None:
    """A paper of before the delivery says nothing of it; one of that day or later may."""
    delivered = {"betung": "2025-03-12", "sembawa": "2025-03-10"}
    shown = [{"ref": "rekap", "on": on}]
    one = milestone("a", "5d", **BY_DISTRICT, delivered=delivered, evidence=shown)
    made = material(plan_of(program("p", one)), DAY)
    found = as_json(verify.report(made))
    bare = [row["district"] for row in found["tables"]["claims"] if not row["evidence_of_whole"]]
    assert sorted(bare) == without
    figures = found["figures"]
    assert figures["without_evidence"] == len(without)
    assert figures["shown_for_whole"] == 2 - len(without)
    for place in ("betung", "sembawa"):
        owes = owed.owed_by(made, place).evidence
        assert bool(owes) == (place in without)


def test_deliveries_verified_one_by_one() -> None:
    """A verified delivery is none; one that is not delivered is none either."""
    verified = {"betung": {"on": "2025-03-12", "verified": "2025-03-13"}}
    assert one_claim(**BY_DISTRICT, delivered=verified) == []


def test_finished_before_its_districts() -> None:
    """A milestone that says it is finished while a district has not delivered says how many."""
    delivered = {"betung": {"on": "2025-03-12", "verified": "2025-03-13"}}
    [row] = one_claim(**{**BY_DISTRICT, **DONE}, delivered=delivered)
    assert (row["district"], row["deliveries_missing"]) == (None, 1)


@pytest.mark.parametrize(
    ("facts", "returned"),
    [
        ({"returned": [{"by": "inspektorat", "on": "2025-03-20"}]}, "2025-03-20"),
        ({"returned": [{"by": "inspektorat", "on": "2025-03-12"}]}, None),
        ({"returned": [{"by": "inspektorat", "on": "2025-03-20"}], "reported": "2025-03-21"}, None),
    ],
    ids=["waits for its owner", "before it was done", "reported again"],
)
def test_sent_back(facts: Written, returned: str | None) -> None:
    """A claim that was sent back says so until it is reported again, and is not drawn till then."""
    plan = plan_of(program("p", milestone("a", "5d", **DONE, **facts), verifier="inspektorat"))
    assert [row["returned"] for row in claims(plan)] == [returned]
    drawn = keys(plan, sample=Portion(Fraction(100), percent=True))
    assert drawn == ([] if returned else [("a", None)])


def test_one_district_sent_back() -> None:
    """A return that names a district concerns its delivery alone."""
    delivered = {"betung": "2025-03-12", "sembawa": "2025-03-12"}
    back = [{"by": "inspektorat", "on": "2025-03-20", "district": "sembawa"}]
    rows = one_claim(**BY_DISTRICT, delivered=delivered, returned=back)
    assert [(row["district"], row["returned"]) for row in rows] == [
        ("betung", None),
        ("sembawa", "2025-03-20"),
    ]


def test_a_camat_has_to_act() -> None:
    """`plan why` names the camat whose delivery was sent back, until the camat reports again."""
    delivered: Written = {"betung": {"on": "2025-03-12", "reported": "2025-03-12"}}
    back = [{"by": "inspektorat", "on": "2025-03-20", "district": "betung"}]
    one = milestone("a", "5d", **BY_DISTRICT, delivered=delivered, returned=back)

    def owners() -> list[object]:
        made = why.report(material(plan_of(program("p", one)), DAY), "a", "forecast")
        assert made is not None
        rows = as_json(made)["tables"]["obstacles"]
        return [row["owner"] for row in rows if row["kind"] == "returned"]

    assert owners() == ["betung"]
    delivered["betung"]["reported"] = "2025-03-21"
    assert owners() == []


OWN = plan_of(
    program("p", milestone("a", "5d", **DONE), verifier="inspektorat"),
    program("q", milestone("b", "5d", **DONE, owner="inspektorat"), verifier="inspektorat"),
    program("r", milestone("c", "5d", **DONE)),
)


def test_never_its_own_verifier() -> None:
    """An office that did the work itself, or a programme without a verifier, has none named."""
    assert [(row["id"], row["verifier"]) for row in claims(OWN)] == [
        ("a", "inspektorat"),
        ("b", None),
        ("c", None),
    ]


@pytest.mark.parametrize(
    ("by", "expected"), [("inspektorat", ["a", "c"]), ("setda", ["b", "c"]), ("dinkes", ["b"])]
)
def test_by(by: str, expected: list[str]) -> None:
    """A verifier is shown what names it and what names nobody, and nothing of its own."""
    assert [row["id"] for row in claims(OWN, verifier=by)] == expected


def test_a_camat_does_not_verify_its_own_delivery() -> None:
    """A verifier who is the camat is nobody's for that district."""
    one = milestone("a", "5d", **BY_DISTRICT, delivered=dict.fromkeys(("betung",), "2025-03-12"))
    assert [row["verifier"] for row in claims(plan_of(program("p", one, verifier="betung")))] == [
        None
    ]


# Spot checks

OFFICES = {"dinkes": 10, "setda": 5, "inspektorat": 1}
MANY = plan_of(
    program(
        "p",
        *(
            milestone(f"{owner}-{number:02}", "5d", **DONE, owner=owner)
            for owner, count in OFFICES.items()
            for number in range(count)
        ),
    )
)


def drawn(amount: str, seed: int = 1, *, percent: bool = False) -> list[str]:
    """The ids of a draw."""
    portion = Portion(Fraction(amount), percent)
    return [name for name, _ in keys(MANY, sample=portion, seed=seed)]


def test_same_seed_same_draw() -> None:
    """A draw is the same on every machine and in every year.

    4 of 16: shares of 2.5, 1.25 and 0.25; the one that is left goes to the largest remainder. Then
    the first of `printf 8:ID | sha256sum` in each office.
    """
    assert drawn("25", seed=8, percent=True) == ["dinkes-00", "dinkes-05", "dinkes-06", "setda-02"]


def test_other_seeds_draw_otherwise() -> None:
    """Ten seeds do not draw the same."""
    assert len({tuple(drawn("4", seed)) for seed in range(10)}) > 5


@given(st.integers(1, 20), st.integers(0, 99))
def test_every_office_has_its_share(count: int, seed: int) -> None:
    """Of every office as many are drawn as its share, rounded down or up; in all as asked."""
    names = drawn(str(count), seed)
    assert len(names) == len(set(names)) == min(count, 16)
    for owner, size in OFFICES.items():
        share = Fraction(min(count, 16) * size, 16)
        assert abs(sum(name.startswith(owner) for name in names) - share) < 1


@pytest.mark.parametrize(("percent", "count"), [("1", 1), ("50", 8), ("51", 9), ("100", 16)])
def test_percent_is_rounded_up(percent: str, count: int) -> None:
    """A share is never less than what was asked, and never nothing."""
    assert len(drawn(percent, percent=True)) == count


def test_figures() -> None:
    """The figures count all claims; of a draw also how many were drawn, and by which number."""
    whole = as_json(verify.report(material(MANY, DAY)))["figures"]
    assert (whole["claims"], whole["without_evidence"], whole["sample"]) == (16, 16, None)
    portion = Portion(Fraction(4), percent=False)
    part = as_json(verify.report(material(MANY, DAY), sample=portion, seed=3))["figures"]
    assert (part["claims"], part["sample"], part["seed"]) == (16, 4, "3")


# The command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `plan verify` right here, in a folder with a small plan."""
    alone(monkeypatch, tmp_path)
    done = "due: 2025-03-14, finished: 2025-03-13}"
    text = SMALL.replace("due: 2025-03-14}", done)
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    return lambda *arguments: called(capsys, "verify", *arguments, "--lang", "en")


def test_command(run: Run) -> None:
    """The command lists the claim; with filters that leave nothing it says so."""
    found = run("--sample", "10%", "--seed", "8", "--by", "setda", "--format", "csv")
    assert (found.code, found.err) == (0, "")
    assert "sehat-01" in found.out
    assert "All that is reported done is verified." in run("--by", "dinkes").out


WRONG = {
    "nobody": (["--by", "setdaa"], "nobody is called setdaa"),
    "nothing": (["--sample", "0%"], "--sample 0% is neither a percentage"),
    "too much": (["--sample", "101%"], "--sample 101% is neither a percentage"),
    "half a claim": (["--sample", "2.5"], "--sample 2.5 is neither a percentage"),
    "words": (["--sample", "ten"], "--sample ten is neither a percentage"),
    "seed alone": (["--seed", "3"], "--seed goes with --sample"),
    "seed in words": (["--sample", "5", "--seed", "x"], "--seed x is not a whole number"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage(name: str, run: Run) -> None:
    """Wrong usage exits 2 and says what is wrong."""
    arguments, said = WRONG[name]
    found = run(*arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
