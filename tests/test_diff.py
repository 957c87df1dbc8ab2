"""`plan diff` from end to end, in real repositories: what is compared with what, on which day."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.commands import SMALL, Outcome, alone, called, names
from tests.repositories import OWN, Repo, needs_git, repo_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Outcome]

pytestmark = needs_git
FREE = SMALL.replace(", as_of: 2025-04-10", "")
"""The small plan, which holds no data date."""

LATER = SMALL.replace("due: 2025-04-30", "due: 2025-05-07")
BOTH = pytest.mark.parametrize("lang", ["id", "en"])


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository without a revision, in which the test stands."""
    alone(monkeypatch, tmp_path)
    for name, value in OWN.items():
        monkeypatch.setenv(name, value)
    return repo_in(tmp_path)


@pytest.fixture
def run(repo: Repo, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in the repository."""
    assert repo.folder.exists()
    return lambda *arguments: called(capsys, *arguments)


def told(found: Outcome) -> dict[str, Any]:
    """A report in JSON."""
    assert (found.code, found.err) == (0, "")
    report: dict[str, Any] = json.loads(found.out)
    return report


def changes(found: Outcome) -> list[tuple[str, str]]:
    """Every change by its kind and id."""
    return [(row["what_changed"], row["id"]) for row in told(found)["tables"]["changes"]]


def test_the_working_files_against_head(repo: Repo, run: Run) -> None:
    """Without a revision the files are held against the last commit."""
    repo.commit(plan=SMALL)
    assert changes(run("diff", "--format", "json")) == []
    repo.write("plan.yaml", LATER)
    found = run("diff", "--format", "json")
    assert changes(found) == [("promises", "sehat-02")]
    [row] = told(found)["tables"]["promises"]
    assert (row["due_before"], row["due"], row["days_moved"]) == ("2025-04-30", "2025-05-07", 7)
    assert row["with_reason"] is False
    assert told(found)["figures"]["without_reason"] == 1


def test_a_revision_and_two(repo: Repo, run: Run) -> None:
    """One revision against the files, two against each other; hashes, tags and `~` all do."""
    first = repo.commit(plan=SMALL)
    repo.git("tag", "awal")
    repo.commit(plan=LATER)
    repo.commit(plan=LATER.replace("name: Layanan", "name: Layanan baru"))
    both = [("promises", "sehat-02"), ("renamed", "sehat-02")]
    for name in (first, first[:8], "awal", "HEAD~2"):
        assert changes(run("diff", name, "--format", "json")) == both
    assert changes(run("diff", "HEAD~2", "HEAD~1", "--format", "json")) == both[:1]
    found = told(run("diff", "awal", "HEAD~1", "--format", "json"))
    assert found["figures"]["from_revision"] == first


def test_exit_code(repo: Repo, run: Run) -> None:
    """With --exit-code as git's: 1 where anything changed, else 0."""
    repo.commit(plan=SMALL)
    assert run("diff", "--exit-code").code == 0
    repo.write("plan.yaml", LATER)
    assert run("diff", "--exit-code").code == 1
    assert run("diff").code == 0


def test_both_sides_are_judged_on_one_day(repo: Repo, run: Run) -> None:
    """Where no plan holds the day, both are judged on the same: what passed is no change."""
    repo.commit("2025-03-01", plan=FREE)
    found = told(run("diff", "--today", "2025-04-10", "--format", "json"))
    assert found["tables"]["changes"] == []
    assert found["figures"]["from_as_of"] == found["figures"]["to_as_of"] == "2025-04-10"


def test_a_plan_that_holds_its_day_is_judged_on_it(repo: Repo, run: Run) -> None:
    """Each side on the day that its plan holds; the heading says so."""
    repo.commit(plan=SMALL.replace("2025-04-10", "2025-03-10"))
    repo.write("plan.yaml", SMALL)
    found = run("diff", "--format", "json")
    figures = told(found)["figures"]
    assert (figures["from_as_of"], figures["to_as_of"]) == ("2025-03-10", "2025-04-10")
    assert ("turned", "sehat-01") in changes(found)
    shown = run("diff", "--lang", "en").out
    assert "judged on 10 Mar 2025" in shown
    assert "Each side is judged on its own date, 10 Mar 2025 and 10 Apr 2025" in shown


@pytest.mark.parametrize(
    ("ago", "day", "since"),
    [("7d", "2025-04-03", "2025-04-02"), ("5w", "2025-03-06", "2025-03-01")],
)
def test_since(ago: str, day: str, since: str, repo: Repo, run: Run) -> None:
    """The last revision committed by that day, judged on that day."""
    repo.commit("2025-03-01", plan=FREE)
    repo.commit("2025-04-02", plan=FREE.replace("name: Daftar", "name: Daftar pertama"))
    repo.commit("2025-04-04", plan=FREE.replace("name: Daftar", "name: Daftar kedua"))
    asked = ("diff", "--since", ago, "--today", "2025-04-10")
    found = told(run(*asked, "--format", "json"))
    assert found["figures"]["from_as_of"] == day
    hashes = dict(
        line.split() for line in repo.git("log", "--date=short", "--format=%cd %H").splitlines()
    )
    assert found["figures"]["from_revision"] == hashes[since]


def test_since_goes_by_the_day_that_plans_hold(repo: Repo, run: Run) -> None:
    """Where plans hold their data dates these count, not when they were committed."""
    first = repo.commit("2026-01-01", plan=SMALL.replace("2025-04-10", "2025-04-03"))
    repo.commit("2026-01-01", plan=SMALL)
    found = told(run("diff", "--since", "7d", "--format", "json"))
    assert found["figures"]["from_revision"] == first
    assert found["figures"]["from_as_of"] == "2025-04-03"


def test_since_where_every_revision_holds_one_day(repo: Repo, run: Run) -> None:
    """Then that long before today counts, by the day of the commit, and it says so."""
    repo.commit("2025-01-01", plan=SMALL)
    first = repo.commit("2025-01-02", plan=SMALL.replace("name: Daftar", "name: Daftar lama"))
    repo.commit(f"{datetime.now(UTC):%Y-%m-%d}", plan=SMALL)
    found = run("diff", "--since", "7d", "--format", "json")
    assert changes(found) == [("renamed", "sehat-01")]
    figures = told(found)["figures"]
    assert figures["from_revision"] == first
    assert figures["from_as_of"] == figures["to_as_of"] == "2025-04-10"
    shown = run("diff", "--since", "7d", "--lang", "en").out
    assert "by its commit: every revision holds the data date 10 Apr 2025" in shown


@pytest.mark.parametrize("text", [SMALL, FREE], ids=["held", "free"])
def test_since_before_the_first_revision(text: str, repo: Repo, run: Run) -> None:
    """One clear line says how far back it goes, and how to go there."""
    first = repo.commit(f"{datetime.now(UTC):%Y-%m-%d}", plan=text)
    found = run("diff", "--since", "7d", "--lang", "en")
    assert (found.code, found.out) == (3, "")
    assert f"plan diff {first[:8]}" in found.err


def test_filters(repo: Repo, run: Run) -> None:
    """What is not asked for is not told, whichever side it is on."""
    repo.commit(plan=SMALL)
    repo.write("plan.yaml", LATER.replace("due: 2025-05-07", "due: 2025-05-07, owner: setda"))
    for owner in ("dinkes", "setda"):
        found = changes(run("diff", "--owner", owner, "--format", "json"))
        assert ("promises", "sehat-02") in found
    assert run("diff", "--owner", "dinkse").code == 2
    assert changes(run("diff", "--program", "sehat", "--format", "json")) != []


def test_what_cannot_be_meant(repo: Repo, run: Run) -> None:
    """Three revisions, a revision with a day, and no lengths of time are refused."""
    repo.commit(plan=SMALL)
    for asked in (("a", "b", "c"), ("HEAD", "--since", "7d"), ("--since", "soon"), ("--since", "")):
        if asked[-1]:
            assert run("diff", *asked).code == 2
    assert run("diff", "--since", "99999w").code == 2


# What is in the way


HOSTILE = [
    "-x",
    "--output=x",
    "--all",
    "HEAD:plan.yaml",
    "a\nb",
    "a\0b",
    "",
    "x" * 400,
    "nobody",
    "^HEAD",
    "HEAD..HEAD",
]


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
def test_hostile_names(name: str, repo: Repo, run: Run) -> None:
    """What is no revision is one line and exit code 3; git is asked for nothing else."""
    repo.commit(plan=SMALL)
    before = names(repo.folder)
    found = run("diff", "--lang", "en", "--", name)
    assert found.code == 3
    assert found.out == ""
    assert found.err.startswith("plan: ")
    assert "Traceback" not in found.err
    named = "can't be the name of a revision" in found.err
    assert named == (name.startswith("-") or not name.isprintable() or not 0 < len(name) < 251)
    assert names(repo.folder) == before


@BOTH
def test_no_repository(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Outside of a repository: one line, what would help, exit code 3; all else works."""
    alone(monkeypatch, tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    found = called(capsys, "diff", "--lang", lang)
    assert (found.code, found.out, len(found.err.splitlines())) == (3, "", 2)
    assert "git" in found.err
    assert called(capsys, "status", "--lang", lang).code == 0


@BOTH
def test_no_git(lang: str, repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git on the path: the same."""
    repo.commit(plan=SMALL)
    monkeypatch.setenv("PATH", "")
    found = run("diff", "--lang", lang)
    assert (found.code, found.out, len(found.err.splitlines())) == (3, "", 2)
    assert run("status", "--lang", lang).code == 0


def test_a_git_in_the_plans_folder_is_not_run(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program called git that lies where one stands is somebody else's."""
    repo.commit(plan=SMALL)
    file = repo.write("git", f"#!{sys.executable}\nopen('ran', 'w')\n")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(repo.folder))
    assert run("diff").code == 3
    assert not (repo.folder / "ran").exists()


def test_nothing_committed(repo: Repo, run: Run) -> None:
    """A repository without a revision, and a plan that no revision has: exit code 3."""
    repo.write("plan.yaml", SMALL)
    assert run("diff").code == 3
    (repo.folder / "plan.yaml").unlink()
    repo.commit(other="a: 1\n")
    repo.write("plan.yaml", SMALL)
    found = run("diff", "--lang", "en")
    assert found.code == 3
    assert "is not in revision" in found.err


def test_a_shallow_copy(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shallow copy says that it is one when it is asked for more than it has."""
    repo.commit("2025-03-01", plan=FREE)
    repo.commit("2025-04-02", plan=FREE)
    copy = tmp_path / "copy"
    repo.git("clone", "-q", "--depth", "1", repo.folder.as_uri(), str(copy))
    monkeypatch.chdir(copy)
    for asked in (("HEAD~1",), ("--since", "30d", "--today", "2025-04-10")):
        found = called(capsys, "diff", *asked, "--lang", "en")
        assert found.code == 3
        assert "git fetch --unshallow" in found.err
    assert called(capsys, "diff").code == 0


def test_errors(repo: Repo, run: Run) -> None:
    """Errors in the files stop the report; those of the past are counted in it."""
    broken = SMALL.replace("after: [sehat-01]", "after: [nobody]")
    repo.commit(plan=broken)
    repo.commit(plan=SMALL)
    assert "1 error" in run("diff", "HEAD~1", "--lang", "en").out
    repo.write("plan.yaml", broken)
    found = run("diff", "--lang", "en")
    assert (found.code, found.out) == (1, "")
    assert "E203" in found.err
    assert run("diff", "--keep-going").code == 0
    repo.commit(plan="plan: [\n")
    repo.write("plan.yaml", SMALL)
    assert run("diff", "HEAD").code == 3
    assert run("diff", "HEAD~1", "HEAD").code == 3


# Where a plan may lie


def test_a_plan_deep_in_a_repository(repo: Repo, run: Run) -> None:
    """A folder of several files somewhere in it, one of them changed, one new."""
    head, programs = SMALL.split("programs:")
    repo.write("a/b/rencana/plan.yaml", head)
    repo.write("a/b/rencana/c/satu.yaml", f"programs:{programs}")
    repo.commit()
    repo.write("a/b/rencana/c/satu.yaml", f"programs:{programs.replace('04-30', '05-07')}")
    repo.write("a/b/rencana/baselines/x.yaml", "programs: []\n")
    found = run("diff", "--plan", "a/b/rencana", "--format", "json")
    assert changes(found) == [("promises", "sehat-02")]


def test_a_folder_that_was_renamed(repo: Repo, run: Run) -> None:
    """The plan is found by its id where it lay before."""
    repo.write("lama/plan.yaml", SMALL)
    repo.write("lain/plan.yaml", SMALL.replace("id: uji", "id: lain"))
    repo.commit("2025-03-01")
    repo.git("mv", "lama", "baru")
    repo.commit("2025-03-02")
    repo.write("baru/plan.yaml", LATER)
    found = run("diff", "HEAD~1", "--plan", "baru", "--format", "json")
    assert changes(found) == [("promises", "sehat-02")]


def test_line_ends(repo: Repo, run: Run) -> None:
    """A file with CRLF says the same as one with LF, even if git turns one into the other."""
    repo.commit(plan=SMALL)
    repo.write("plan.yaml", SMALL.replace("\n", "\r\n"))
    assert run("diff", "--exit-code").code == 0
    repo.git("config", "core.autocrlf", "true")
    repo.commit()
    assert run("diff", "HEAD~1", "--exit-code").code == 0


def test_worktrees_and_submodules(repo: Repo, run: Run, tmp_path: Path) -> None:
    """A second working tree at a detached HEAD, and a repository inside another."""
    first = repo.commit(plan=SMALL)
    repo.commit(plan=LATER)
    other = tmp_path / "other"
    repo.git("worktree", "add", "-q", "--detach", str(other), first)
    assert run("diff", "--exit-code", "--plan", str(other)).code == 0
    assert changes(run("diff", "main", "--plan", str(other), "--format", "json")) != []
    around = repo_in(tmp_path / "around")
    around.git(
        "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repo.folder), "inner"
    )
    assert run("diff", "--exit-code", "--plan", str(tmp_path / "around" / "inner")).code == 0


def test_a_working_tree_of_a_bare_repository(repo: Repo, run: Run, tmp_path: Path) -> None:
    """A repository of its own without files, and a working tree beside it."""
    repo.commit(plan=SMALL)
    bare = tmp_path / "bare.git"
    repo.git("clone", "-q", "--bare", str(repo.folder), str(bare))
    Repo(bare).git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
    assert run("diff", "--exit-code", "--plan", str(tmp_path / "tree")).code == 0


def test_links_and_hidden_files_are_no_part(repo: Repo, run: Run) -> None:
    """At a revision the same files count as on the disk: no links, nothing hidden."""
    repo.write("p/plan.yaml", SMALL)
    hidden = SMALL.partition("programs:")[2].replace("sehat", "lain")
    repo.write("p/.hidden.yaml", f"programs:{hidden}")
    repo.write("p/.hidden/lain.yaml", f"programs:{hidden}")
    repo.write("p/baselines/lain.yaml", f"programs:{hidden}")
    (repo.folder / "p" / "link.yaml").symlink_to("plan.yaml")
    repo.commit()
    assert run("diff", "--exit-code", "--plan", "p").code == 0


@pytest.mark.parametrize(
    "variable", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_TRACE"]
)
def test_the_environment_leads_git_nowhere(
    variable: str, repo: Repo, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What steers git elsewhere is not passed on."""
    repo.commit(plan=SMALL)
    monkeypatch.setenv(variable, str(tmp_path / "elsewhere"))
    assert run("diff", "--exit-code").code == 0
    assert not (tmp_path / "elsewhere").exists()


# As people and programs read it


@BOTH
def test_as_people_read_it(lang: str, repo: Repo, run: Run) -> None:
    """Every kind that has something to say has its table, the others have none."""
    repo.commit(plan=SMALL)
    new = LATER.replace("name: Layanan", "name: Layanan baru").replace(
        "id: sehat-01, name: Daftar,", "id: sehat-01, name: Daftar, weight: 3, progress: 50,"
    )
    repo.write("plan.yaml", new)
    found = run("diff", "--lang", lang)
    assert (found.code, found.err) == (0, "")
    heads = {
        "id": ["Tenggat yang digeser", "Kemajuan", "Berganti id", "Disunting"],
        "en": ["Promises moved", "Progress", "Renamed", "Edited otherwise"],
    }
    assert all(head in found.out for head in heads[lang])
    assert {"id": "Ditambah", "en": "Added"}[lang] not in found.out


def test_csv_is_every_change_in_one_table(repo: Repo, run: Run) -> None:
    """CSV has one table: a row for each change of any kind."""
    repo.commit(plan=SMALL)
    repo.write("plan.yaml", LATER.replace("name: Layanan", 'name: "=Layanan baru"'))
    rows = list(csv.DictReader(io.StringIO(run("diff", "--format", "csv").out)))
    assert [(row["what_changed"], row["id"]) for row in rows] == [
        ("promises", "sehat-02"),
        ("renamed", "sehat-02"),
    ]
    assert rows[0]["before"] == "2025-04-30"
    assert rows[0]["name"] == "'=Layanan baru"
