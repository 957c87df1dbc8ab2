"""Saved baselines: written, read back, listed, compared with, and behind planned values."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commands import SMALL, Outcome, alone, called
from tests.plans import milestone, plan_of, scheduled

from banyuasin_plan.plan.baseline import Baseline, Kept
from banyuasin_plan.plan.model import Link
from banyuasin_plan.reading import load
from banyuasin_plan.reading.baselines import baseline_text, read_baseline
from banyuasin_plan.tracking import track
from banyuasin_plan.tracking.baselines import baseline_of
from banyuasin_plan.words import Lang, Message, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Outcome]

NOW = datetime(2025, 4, 10, 9, tzinfo=UTC)
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,10}", fullmatch=True)
DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command beside the small plan."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    return lambda *arguments: called(capsys, *arguments)


def figures(found: Outcome) -> dict[str, Any]:
    """The figures of a report in JSON."""
    assert (found.code, found.err) == (0, "")
    read: dict[str, Any] = json.loads(found.out)["figures"]
    return read


@st.composite
def baselines(draw: st.DrawFn) -> Baseline:
    """Any baseline, also with ids and names that YAML would take for something else."""
    words = st.sampled_from(["no", "null", "12", "1e3", "2025-01-01"])
    names = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=20)
    kept = [
        Kept.model_construct(
            id=name,
            name=draw(names.map(str.strip).filter(bool)),
            program=draw(IDS),
            first=draw(DAYS),
            due=draw(st.none() | DAYS),
            start=draw(DAYS),
            finish=draw(DAYS),
            weight=float(draw(st.sampled_from([1, 2, 0.5, 12.25]))),
            after=tuple(
                Link.model_validate(f"{other} SS+2d") for other in draw(st.lists(IDS, max_size=2))
            ),
        )
        for name in draw(st.lists(IDS | words, unique=True, max_size=4))
    ]
    return Baseline.model_construct(
        baseline=draw(IDS | words), of=draw(IDS), saved=draw(DAYS), milestones=tuple(kept)
    )


@given(baselines())
def test_what_is_written_is_read_back(baseline: Baseline) -> None:
    """The text of any baseline, read again, is the same baseline."""
    data = baseline_text(baseline).encode()
    found = read_baseline("b.yaml", data, baseline.baseline, baseline.of)
    assert not isinstance(found, Message), say(found, Lang.EN)
    assert found.model_dump() == baseline.model_dump()


def test_save_and_list(run: Run, tmp_path: Path) -> None:
    """Saved beside the plan, listed, not overwritten; the same once more is no other."""
    found = run("baseline", "save", "awal", "--lang", "en")
    assert (found.code, found.err) == (0, "")
    file = tmp_path / "baselines" / "awal.yaml"
    text = file.read_text(encoding="utf-8")
    assert "  - {id: sehat-01, name: Daftar, program: sehat, from: 2025-03-10, due: " in text
    assert run("baseline", "save", "awal").code == 0
    (tmp_path / "plan.yaml").write_text(SMALL.replace("04-30", "05-07"), encoding="utf-8")
    refused = run("baseline", "save", "awal", "--lang", "en")
    assert (refused.code, refused.out) == (1, "")
    assert "--force" in refused.err
    assert file.read_text(encoding="utf-8") == text
    assert run("baseline", "save", "awal", "--force").code == 0
    assert file.read_text(encoding="utf-8") != text
    rows = json.loads(run("baseline", "list", "-f", "json").out)["tables"]["baselines"]
    assert [(row["id"], row["saved"], row["milestones"]) for row in rows] == [
        ("awal", "2025-04-10", 2)
    ]
    assert run("validate", "--strict").code == 0


@pytest.mark.parametrize(
    "words",
    [["save"], ["save", "../x"], ["save", "A"], ["save", "x" * 65], ["list", "x"], ["lst"], []],
    ids=" ".join,
)
def test_wrong_usage(words: list[str], run: Run, tmp_path: Path) -> None:
    """Names that are no ids, and words that mean nothing, write nothing."""
    assert run("baseline", *words).code == 2
    assert not (tmp_path / "baselines").exists()


def test_planned_value_runs_over_the_baseline(run: Run, tmp_path: Path) -> None:
    """A promise that was moved takes planned value along, unless a baseline holds it."""
    assert run("baseline", "save", "awal").code == 0
    assert figures(run("status", "-f", "json"))["planned_percent"] == 50
    moved = SMALL.replace("due: 2025-03-14", "due: 2025-04-25")
    (tmp_path / "plan.yaml").write_text(moved, encoding="utf-8")
    assert figures(run("status", "-f", "json"))["planned_percent"] == 0
    held = moved.replace("as_of:", "baseline: awal, as_of:")
    (tmp_path / "plan.yaml").write_text(held, encoding="utf-8")
    found = figures(run("status", "-f", "json"))
    assert (found["planned_percent"], found["overdue"]) == (50, 0)
    assert "W308" not in run("validate").out


def test_planned_value_by_hand() -> None:
    """Every day's planned share is that of the promise when it was saved, whatever moved since."""
    old = plan_of(
        milestone("a", "5d", due="2025-03-14"),
        milestone("b", "0", due="2025-03-12"),
        milestone("c", "4d", "a"),
    )
    new = plan_of(
        milestone("a", "9d", due="2025-04-14"),
        milestone("b", "3d", due="2025-05-12"),
        milestone("c", "4d", "a", weight="3"),
        milestone("d", "5d", due="2025-03-14"),
    )

    def planned(plan: Any, day: date, baseline: Baseline | None = None) -> list[float]:
        schedule = scheduled(plan)
        cases = [one.case for one in track(plan, schedule, schedule, day, baseline).standings]
        return [case.planned_on(day.toordinal()) for case in cases]

    saved = date(2025, 3, 3)
    kept = baseline_of(track(old, scheduled(old), scheduled(old), saved), "awal")
    for ordinal in range(saved.toordinal(), date(2025, 5, 20).toordinal()):
        day = date.fromordinal(ordinal)
        assert planned(new, day, kept)[:3] == planned(old, day)
        assert planned(new, day, kept)[3:] == planned(new, day)[3:]


def test_diff(run: Run, tmp_path: Path) -> None:
    """What moved since, what came and what went; nothing is said of colours."""
    early = ("--today", "2025-03-03")
    assert run("baseline", "save", "awal", *early).code == 0
    same = run("diff", "--baseline", "awal", *early, "-f", "json")
    assert json.loads(same.out)["tables"]["changes"] == []
    new = SMALL.replace("due: 2025-04-30", "due: 2025-05-07, weight: 2").replace(
        "      - {id: sehat-01, name: Daftar, measure: daftar, duration: 5d, due: 2025-03-14}\n",
        "      - {id: sehat-03, name: Baru, measure: daftar, duration: 5d, due: 2025-05-14}\n",
    )
    (tmp_path / "plan.yaml").write_text(new.replace("after: [sehat-01],", ""), encoding="utf-8")
    found = run("diff", "--baseline", "awal", "-f", "json")
    assert (found.code, found.err) == (0, "")
    rows = json.loads(found.out)["tables"]["changes"]
    told = {(row["what_changed"], row["id"]) for row in rows}
    assert told >= {
        ("promises", "sehat-02"),
        ("added", "sehat-03"),
        ("removed", "sehat-01"),
        ("edited", "sehat-02"),
    }
    assert not [row for row in rows if row["what_changed"] == "turned"]
    assert run("diff", "--baseline", "awal", "HEAD").code == 2


def test_what_was_cancelled_before(run: Run, tmp_path: Path) -> None:
    """What is cancelled is in no baseline, and so did not come to it."""
    gone = "cancelled: {on: 2025-03-02, why: pindah}}"
    new = f"      - {{id: sehat-03, name: Batal, measure: foto, due: 2025-05-14, {gone}\n"
    (tmp_path / "plan.yaml").write_text(SMALL + new, encoding="utf-8")
    assert run("baseline", "save", "awal", "--today", "2025-03-03").code == 0
    same = run("diff", "--baseline", "awal", "--today", "2025-03-03", "-f", "json")
    assert json.loads(same.out)["tables"]["changes"] == []


def test_no_such_baseline(run: Run) -> None:
    """What is not there is one line and exit code 3; what is no name is wrong usage."""
    found = run("diff", "--baseline", "nope", "--lang", "en")
    assert (found.code, found.out) == (3, "")
    assert "no baseline nope is saved" in found.err
    assert run("diff", "--baseline", "../x").code == 2


GOOD = "baseline: awal\nof: uji\nsaved: 2025-03-01\nmilestones:\n"
ROW = "  - {id: a, name: A, program: p, from: 2025-03-03, start: 2025-03-03, finish: 2025-03-07}\n"
BAD = {
    "not there": None,
    "empty": "",
    "no mapping": "- a\n",
    "no end": "baseline: [awal\n",
    "an anchor": GOOD.replace("awal", "&x awal"),
    "a wrong date": GOOD + ROW.replace("2025-03-07", "2025-02-30"),
    "an unknown key": GOOD + ROW.replace("{id", "{x: 1, id"),
    "a missing key": GOOD + ROW.replace("name: A, ", ""),
    "another name": GOOD.replace("awal", "lain") + ROW,
    "another plan": GOOD.replace("uji", "lain") + ROW,
    "an id twice": GOOD + ROW + ROW,
    "too large": "#" * 2_000_001,
    "not UTF-8": b"\xff\xfe",
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read(case: str) -> None:
    """Whatever a file holds is one finding at the key that names it, in both languages."""
    text = BAD[case]
    data = text.encode() if isinstance(text, str) else text
    plan = SMALL.replace("as_of:", "baseline: awal, as_of:").encode()
    found = load(
        {"plan.yaml": plan},
        NOW,
        shelf=lambda _: ("b/awal.yaml", data) if data is not None else None,
    )
    [one] = found.diagnostics
    assert (one.code, one.span.line) == ("W308", 1)
    for lang in Lang:
        assert "awal" in say(one.message, lang)
    assert found.plan is not None


def test_a_link_is_not_followed(run: Run, tmp_path: Path) -> None:
    """A baseline is a regular file in a regular folder; whatever else lies there is not read."""
    (tmp_path / "elsewhere.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "baselines").mkdir()
    (tmp_path / "baselines" / "awal.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (tmp_path / "elsewhere.yaml").rename(tmp_path / "elsewhere.txt")
    assert json.loads(run("baseline", "list", "-f", "json").out)["tables"]["baselines"] == []
    assert run("diff", "--baseline", "awal").code == 3


def test_in_the_folder_of_baselines(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stands there is still in the plan around it."""
    assert run("baseline", "save", "awal").code == 0
    monkeypatch.chdir(tmp_path / "baselines")
    assert json.loads(run("status", "-f", "json").out)["plan"] == "uji"
