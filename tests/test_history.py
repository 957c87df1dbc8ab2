"""`plan history`: figures of every revision on its own data date, out of real repositories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from select import select
from typing import TYPE_CHECKING, Any

import pytest
from tests.commands import SMALL, Outcome, alone, called, settings
from tests.repositories import OWN, Repo, needs_git, repo_in
from tests.test_diff import FREE

from banyuasin_plan.revisions.cache import Cache, Point
from banyuasin_plan.revisions.keeping import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Outcome]

pytestmark = needs_git
BOTH = pytest.mark.parametrize("lang", ["id", "en"])


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository without a revision, in which the test stands, and a cache of the test's own."""
    alone(monkeypatch, tmp_path)
    for name, value in OWN.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return repo_in(tmp_path / "work")


@pytest.fixture
def run(repo: Repo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in the repository."""
    monkeypatch.chdir(repo.folder)
    return lambda *arguments: called(capsys, *arguments)


def points(found: Outcome) -> list[dict[str, Any]]:
    """The rows of a history."""
    assert (found.code, found.err) == (0, "")
    rows: list[dict[str, Any]] = json.loads(found.out)["tables"]["points"]
    return rows


def with_progress(percent: int, text: str = FREE) -> str:
    """The small plan with its first milestone so far."""
    return text.replace("name: Daftar,", f"name: Daftar, progress: {percent},")


def three(repo: Repo) -> None:
    """Three weeks of reports."""
    for day, percent in (("2025-03-13", 20), ("2025-03-20", 40), ("2025-03-27", 60)):
        repo.commit(day, plan=with_progress(percent))


def test_a_row_for_each_data_date(repo: Repo, run: Run) -> None:
    """What status said on each day, with the plan as it was then; then the files as they are."""
    three(repo)
    repo.write("plan.yaml", with_progress(90))
    rows = points(run("history", "--today", "2025-04-10", "-f", "json"))
    told = [(row["day"], row["actual_percent"]) for row in rows]
    assert told == [("2025-03-13", 10), ("2025-03-20", 20), ("2025-03-27", 30), ("2025-04-10", 45)]
    assert [row["revision"] is None for row in rows] == [False, False, False, True]
    for row, percent in zip(rows, (20, 40, 60, 90), strict=True):
        repo.write("plan.yaml", with_progress(percent))
        status = json.loads(run("status", "--today", row["day"], "-f", "json").out)["figures"]
        for key in ("planned_percent", "actual_percent", "verified_percent", "done", "overdue"):
            assert row[key] == status[key]
        assert row["deviation"] == pytest.approx(status["deviation"])


def test_the_last_revision_of_a_day_counts(repo: Repo, run: Run) -> None:
    """Several revisions of one data date are one row, that of the last."""
    repo.commit("2025-03-13", plan=with_progress(20))
    repo.commit("2025-03-13", plan=with_progress(30))
    rows = points(run("history", "--today", "2025-03-13", "-f", "json"))
    assert [(row["day"], row["actual_percent"]) for row in rows] == [("2025-03-13", 15)]


def test_the_day_that_a_plan_holds(repo: Repo, run: Run) -> None:
    """Plans that hold their data date are told by it, whenever they were committed."""
    held = SMALL.replace("2025-04-10", "2025-03-20")
    repo.commit("2026-01-01", plan=held)
    repo.commit("2026-01-01", plan=SMALL)
    rows = points(run("history", "-f", "json"))
    assert [row["day"] for row in rows] == ["2025-03-20", "2025-04-10"]


def test_a_folder_that_was_renamed_twice(repo: Repo, run: Run) -> None:
    """The past goes on where the plan lay before."""
    repo.write("satu/plan.yaml", with_progress(20))
    repo.commit("2025-03-13")
    repo.git("mv", "satu", "dua")
    repo.commit("2025-03-14")
    repo.write("dua/plan.yaml", with_progress(40))
    repo.commit("2025-03-20")
    (repo.folder / "a").mkdir()
    repo.git("mv", "dua", "a/tiga")
    repo.commit("2025-03-21")
    rows = points(run("history", "--plan", "a/tiga", "--today", "2025-03-21", "-f", "json"))
    assert [(row["day"][-2:], row["actual_percent"]) for row in rows] == [
        ("13", 10), ("14", 10), ("20", 20), ("21", 20),
    ]  # fmt: skip


def test_merges_count_when_they_were_made(repo: Repo, run: Run) -> None:
    """Along the first parents: a branch is seen on the day it was merged."""
    repo.commit("2025-03-13", plan=with_progress(20))
    repo.git("checkout", "-q", "-b", "cabang")
    repo.commit("2025-03-14", plan=with_progress(80))
    repo.git("checkout", "-q", "main")
    when = "2025-03-20T12:00:00+07:00"
    repo.git(
        "merge", "-q", "--no-ff", "-m", "gabung", "cabang",
        GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when,
    )  # fmt: skip
    rows = points(run("history", "--today", "2025-03-20", "-f", "json"))
    assert [row["day"][-2:] for row in rows] == ["13", "20"]


@BOTH
def test_shallow(
    lang: str, repo: Repo, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shallow copy says how far back it saw."""
    three(repo)
    copy = tmp_path / "copy"
    repo.git("clone", "-q", "--depth", "2", repo.folder.as_uri(), str(copy))
    monkeypatch.chdir(copy)
    found = run("history", "--today", "2025-03-27", "--lang", lang)
    assert (found.code, found.err) == (0, "")
    assert "git fetch --unshallow" in found.out
    assert {"id": "mulai 20 Mar 2025", "en": "begins on 20 Mar 2025"}[lang] in found.out


def test_what_cannot_be_read_is_left_out(repo: Repo, run: Run) -> None:
    """A revision that is no plan is counted and passed over, cached or not."""
    three(repo)
    repo.commit("2025-03-28", plan="plan: [\n")
    repo.commit("2025-03-29", plan=with_progress(60))
    for _ in range(2):
        found = run("history", "--today", "2025-03-29", "--lang", "en")
        assert "1 revision could not be read" in found.out
    assert len(points(run("history", "--today", "2025-03-29", "-f", "json"))) == 4


@BOTH
def test_without_a_past(lang: str, repo: Repo, run: Run) -> None:
    """Nothing committed is one line and exit code 3; not yet this file: what it is now."""
    repo.write("plan.yaml", FREE)
    found = run("history", "--lang", lang)
    assert (found.code, found.out, len(found.err.splitlines())) == (3, "", 2)
    (repo.folder / "plan.yaml").unlink()
    repo.commit(other="a: 1\n")
    repo.write("plan.yaml", FREE)
    found = run("history", "--lang", lang, "--today", "2025-04-10")
    assert (found.code, found.err) == (0, "")


def test_the_chart(repo: Repo, run: Run) -> None:
    """Lines over time and the last dates below them, newest first."""
    for week in range(8):
        day = date(2025, 3, 1) + timedelta(weeks=week)
        repo.commit(str(day), plan=with_progress(10 * week))
    found = run("history", "--today", "2025-04-19", "--lang", "en").out
    assert "Planned, actual and verified over time" in found
    assert "●" in found
    rows = [
        line.split()[0]
        for line in found.splitlines()
        if " Apr 2025 " in line or " Mar 2025 " in line
    ]
    assert rows[-8:][0] == "19"


# The cache


def files(folder: Path) -> list[Path]:
    """What lies in the cache."""
    return sorted((folder / "banyuasin-plan").glob("*"))


def test_every_revision_is_read_once(repo: Repo, run: Run, tmp_path: Path) -> None:
    """The second run takes figures from the cache, and a rebuilt cache has the same."""
    three(repo)
    asked = ("history", "--today", "2025-03-27", "-f", "json")
    first = run(*asked).out
    [file] = files(tmp_path / "cache")
    text = file.read_text(encoding="ascii")
    file.write_text(text.replace("10.0", "11.0"), encoding="ascii")
    assert points(run(*asked))[0]["actual_percent"] == 11
    file.unlink()
    assert run(*asked).out == first
    assert file.read_text(encoding="ascii") == text
    assert not list(repo.folder.glob("*cache*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_progress_on_a_terminal_only(repo: Repo, run: Run, tmp_path: Path) -> None:
    """On a terminal it says which revision is being read, and leaves nothing; else it is quiet."""
    three(repo)
    asked = ("history", "--today", "2025-03-27", "--lang", "en")
    for said in ("revision", None):
        ours, theirs = os.openpty()
        command = [sys.executable, "-m", "banyuasin_plan", *asked]
        environment = settings(TERM="xterm", XDG_CACHE_HOME=str(tmp_path / "another"))
        subprocess.run(
            command,
            cwd=repo.folder,
            env=environment,
            stderr=theirs,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        shown = os.read(ours, 65536).decode() if select([ours], [], [], 0)[0] else ""
        os.close(theirs)
        os.close(ours)
        assert (shown == "") is (said is None)  # what is kept takes no time
        if said:
            assert "reading the plan's past: revision " in shown
            assert ", 13 Mar 2025" in shown
            assert shown.endswith("\r\x1b[K")
    assert run(*asked).err == ""


HASH = "a" * 40
GARBAGE = {
    "empty": "",
    "no JSON": "{",
    "deep": "[" * 100_000,
    "a list": "[]",
    "another version": None,
    "rows": '{"%s": 3}',
    "a row": '{"%s": {}}',
    "no day": '{"%s": ["2025-02-30", 1, 1, 1, 1, 1, 1]}',
    "a number for a day": '{"%s": [1]}',
    "too short": '{"%s": ["2025-03-13", 1]}',
    "a text": '{"%s": ["2025-03-13", "1", 1, 1, 1, 1, 1]}',
    "over a hundred": '{"%s": ["2025-03-13", 101, 1, 1, 1, 1, 1]}',
    "not a number": '{"%s": ["2025-03-13", NaN, 1, 1, 1, 1, 1]}',
    "a truth": '{"%s": ["2025-03-13", true, 1, 1, 1, 1, 1]}',
    "less than none": '{"%s": ["2025-03-13", 1, 1, 1, -1, 1, 1]}',
}


@pytest.mark.parametrize("case", GARBAGE)
def test_garbage_in_the_cache(case: str, tmp_path: Path) -> None:
    """Whatever is not as it should be counts as not there."""
    cache = Cache(tmp_path, "uji", "x")
    cache.put(HASH, Point(date(2025, 3, 13), (1.0, 2.0, 3.0), (4, 5, 6)))
    cache.close()
    [file] = tmp_path.glob("*")
    assert Cache(tmp_path, "uji", "x").get(HASH) == Point(
        date(2025, 3, 13), (1.0, 2.0, 3.0), (4, 5, 6)
    )
    whole = json.loads(file.read_text(encoding="ascii"))
    text = GARBAGE[case]
    if text is None:
        text = json.dumps({**whole, "maker": "0"})
    elif "%s" in text:
        text = json.dumps({**whole, "revisions": 0}).replace(": 0}", f": {text % HASH}}}")
    file.write_text(text, encoding="ascii")
    assert Cache(tmp_path, "uji", "x").get(HASH) is None


def test_no_place_for_a_cache(
    repo: Repo, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be kept the history is told all the same."""
    three(repo)
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(points(run("history", "--today", "2025-03-27", "-f", "json"))) == 3
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "")
    if os.name != "nt":
        assert cache_folder() is None
    assert len(points(run("history", "--today", "2025-03-27", "-f", "json"))) == 3
