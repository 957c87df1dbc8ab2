"""A due date that `plan set` replaces is kept as the earlier promise, and the reason with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.commands import Outcome, alone, called

from banyuasin_plan.workspace import load_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Outcome]

DAY = "2025-04-10"
PLAN = f"""\
plan: {{id: uji, name: Rencana uji, start: 2025-02-20, as_of: {DAY}}}
owners:
  - {{id: dinkes, name: Dinas Kesehatan}}
  - {{id: setda, name: Sekretariat Daerah}}
programs:
  - id: sehat
    name: Sehat
    outcome: Loket buka sampai sore
    lead: dinkes
    verifier: setda
    milestones:
      - id: sehat-01
        name: Daftar
        measure: daftar
        due: 2025-04-14
        reported: 2025-04-09
        progress: 10
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `plan set sehat-01 …` in a folder with the plan in one file, in English."""
    alone(monkeypatch, tmp_path)
    monkeypatch.setenv("PLAN_LANG", "en")
    (tmp_path / "uji.yaml").write_text(PLAN, encoding="utf-8")
    return lambda *words: called(capsys, "set", "sehat-01", *words)


def promise() -> tuple[str, list[tuple[str, str, str | None]]]:
    """The due date that holds, and the earlier ones: which, given up when and why."""
    loaded = load_plan("uji.yaml", date(2025, 5, 30))
    assert loaded.plan is not None
    [milestone] = loaded.plan.programs[0].milestones
    return str(milestone.due), [(str(one.was), str(one.on), one.why) for one in milestone.moved]


def test_the_earlier_promise(run: Run) -> None:
    """It is written under `moved` with the data date; that no reason is given draws a warning."""
    done = run("due=2025-04-25")
    assert done.code == 0
    assert done.out.splitlines() == [
        "uji.yaml:15: sehat-01 due: 2025-04-14 → 2025-04-25",
        "uji.yaml:17: sehat-01 moved: + {from: 2025-04-14, on: 2025-04-10}",
    ]
    assert "W313" in done.err
    text = PLAN.replace("due: 2025-04-14\n", "due: 2025-04-25\n        moved:\n")
    assert Path("uji.yaml").read_text(encoding="utf-8").startswith(text[: text.index("moved")])
    assert promise() == ("2025-04-25", [("2025-04-14", DAY, None)])


def test_with_the_reason(run: Run) -> None:
    """`--why` is its reason; nothing is left to warn of."""
    done = run("due=2025-04-25", "--why", "Bibit datang 20 April: terlambat")
    assert (done.code, done.err) == (0, "")
    assert promise()[1] == [("2025-04-14", DAY, "Bibit datang 20 April: terlambat")]


def test_moved_again(run: Run) -> None:
    """Each day's promise is kept, the oldest first; what was known then is known still."""
    run("due=2025-04-25", "--why", "satu", "--today", "2025-04-01")
    run("due=2025-05-02", "--why", "dua")
    assert promise() == ("2025-05-02", [("2025-04-14", "2025-04-01", "satu"),
                                        ("2025-04-25", DAY, "dua")])  # fmt: skip
    then = load_plan("uji.yaml", date(2025, 3, 31)).plan
    assert then is not None
    assert str(then.programs[0].milestones[0].due) == "2025-04-14"


def test_twice_on_a_day(run: Run) -> None:
    """The promise of the morning is the one that was moved; a reason that comes later is taken."""
    run("due=2025-04-25")
    assert run("due=2025-05-02").code == 0
    assert promise() == ("2025-05-02", [("2025-04-14", DAY, None)])
    run("due=2025-05-05", "--why", "libur")
    assert promise() == ("2025-05-05", [("2025-04-14", DAY, "libur")])


def test_back_on_the_same_day(run: Run) -> None:
    """A promise that comes back on the day was not moved: the text is what it was."""
    run("due=2025-04-25", "--why", "keliru")
    assert run("due=2025-04-14").code == 0
    assert Path("uji.yaml").read_text(encoding="utf-8") == PLAN
    run("due=2025-04-20", "--why", "satu", "--today", "2025-04-01")
    run("due=2025-04-25", "--why", "dua")
    assert run("due=2025-04-20").code == 0
    assert promise() == ("2025-04-20", [("2025-04-14", "2025-04-01", "satu")])


NO_MOVE = {
    "the same date": (PLAN, ("due=2025-04-14",)),
    "before the first day": (PLAN, ("due=2025-04-25", "--today", "2025-02-19")),
    "taken out": (PLAN, ("due=-", "start=2025-04-01", "duration=3d")),
    "a first promise": (PLAN.replace("        due: 2025-04-14\n", ""), ("due=2025-04-25",)),
    "told otherwise": (PLAN, ("due=2025-04-25", "moved=-")),
}


@pytest.mark.parametrize("case", NO_MOVE)
def test_no_promise_is_moved(case: str, run: Run) -> None:
    """Then nothing is kept under `moved`, and `--why` has nothing to say."""
    text, words = NO_MOVE[case]
    Path("uji.yaml").write_text(text, encoding="utf-8")
    assert run(*words).code == 0
    assert "moved" not in Path("uji.yaml").read_text(encoding="utf-8")
    Path("uji.yaml").write_text(text, encoding="utf-8")
    done = run(*words, "--why", "sebab")
    assert (done.code, done.out) == (2, "")
    assert "--why" in done.err
    assert Path("uji.yaml").read_text(encoding="utf-8") == text


def test_a_record_of_ones_own(run: Run) -> None:
    """What is given under `moved` with the date is taken, and nothing is added to it."""
    record = "moved+={from: 2025-04-14, on: 2025-04-08, why: rapat, by: setda}"
    assert run("due=2025-04-25", record).code == 0
    assert promise() == ("2025-04-25", [("2025-04-14", "2025-04-08", "rapat")])


def test_no_date(run: Run) -> None:
    """A due date that is none is refused, and no promise is moved for it."""
    assert run("due=25/4/2025", "--why", "sebab").code == 1
    assert Path("uji.yaml").read_text(encoding="utf-8") == PLAN
