"""The weekly workbook and the past: what changed since the week before, a week as it was then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.commands import SMALL, Outcome, alone, called
from tests.repositories import OWN, Repo, needs_git, repo_in
from tests.test_diff import FREE
from tests.test_history import with_progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the test stands, outside of any repository."""
    alone(monkeypatch, tmp_path)
    for name, value in OWN.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Writes the workbook of a week into the folder."""
    file = str(folder / "w.xlsx")
    return lambda *arguments: called(capsys, "export", "weekly", "-o", file, *arguments)


@pytest.fixture
def repo(folder: Path) -> Repo:
    """A repository without a revision."""
    return repo_in(folder)


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet that is a table."""
    sheet = openpyxl.load_workbook(folder / "w.xlsx")[name]
    [found] = sheet.tables.values()
    heads, *below = ([cell.value for cell in row] for row in sheet[found.ref])
    return [dict(zip(heads, row, strict=True)) for row in below]


def sheets(folder: Path) -> list[str]:
    """The names of the workbook's sheets."""
    return openpyxl.load_workbook(folder / "w.xlsx").sheetnames


@needs_git
def test_out_of_git(folder: Path, repo: Repo, run: Run) -> None:
    """What changed since the last revision a week ago, judged on that day."""
    repo.commit("2025-04-02", plan=with_progress(20))
    repo.commit("2025-04-08", plan=with_progress(40))
    new = with_progress(60).replace("due: 2025-04-30", "due: 2025-05-07")
    repo.write("plan.yaml", new.replace("name: Layanan", 'name: "=Layanan"'))
    assert run("--today", "2025-04-10") == (0, "", "")
    assert sheets(folder)[:3] == ["Ringkasan", "Perubahan", "Lewat tenggat"]
    found = {(row["Perubahan"], row["Id"]): row for row in rows(folder, "Perubahan")}
    progress = found["kemajuan", "sehat-01"]
    assert (progress["Sebelum"], progress["Sesudah"]) == ("20,0%", "60,0%")
    promise = found["tenggat digeser", "sehat-02"]
    assert (promise["Sebelum"], promise["Sesudah"]) == ("30 Apr 2025", "7 Mei 2025")
    assert (promise["Hari"], promise["Sebab"]) == (7, "tanpa sebab tercatat")
    assert found["berganti nama", "sehat-02"]["Sesudah"] == "=Layanan"
    assert not [row for row in found if row[0] == "perkiraan bergeser"]
    said = openpyxl.load_workbook(folder / "w.xlsx")["Perubahan"]
    assert any("per 3 Apr 2025" in str(cell.value) for [cell] in said["A1:A6"])


@needs_git
def test_the_curve_is_what_was_known(folder: Path, repo: Repo, run: Run) -> None:
    """Each day has what its last revision had; today what the files have."""
    for day, percent in (("2025-03-13", 20), ("2025-03-20", 40), ("2025-03-27", 60)):
        repo.commit(day, plan=with_progress(percent))
    repo.write("plan.yaml", with_progress(90))
    assert run("--today", "2025-04-10") == (0, "", "")
    days = {str(row["Tanggal"])[5:10]: row["Realisasi"] for row in rows(folder, "Kurva S")}
    wanted = {"03-12": 0, "03-13": 0.1, "03-19": 0.1, "03-20": 0.2, "04-09": 0.3, "04-10": 0.45}
    assert {day: days[day] for day in wanted} == pytest.approx(wanted)


@needs_git
@pytest.mark.parametrize("kind", ["weekly", "slides"])
def test_the_same_bytes_without_a_cache(
    kind: str,
    folder: Path,
    repo: Repo,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whether the past is read or remembered, the file is the same; nowhere to keep it as well."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    for day, percent in (("2025-03-13", 20), ("2025-03-27", 60)):
        repo.commit(day, plan=with_progress(percent))

    def made(name: str) -> bytes:
        file = folder / name
        words = ("export", kind, "-o", str(file), "--today", "2025-04-10")
        assert called(capsys, *words).code == 0
        return file.read_bytes()

    cold = made("a")
    assert list((folder / "cache").rglob("history-*.json"))
    assert made("b") == cold
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "plan.yaml"))
    assert made("c") == cold


@needs_git
def test_the_curve_of_a_part(folder: Path, repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """`plan curve` says since when it is what was known; a part of the plan has only its dates."""
    repo.commit("2025-03-27", plan=with_progress(60))
    repo.write("plan.yaml", with_progress(90))
    asked = ("curve", "--today", "2025-04-10")
    assert "From 27 Mar 2025 on" in called(capsys, *asked, "--lang", "en").out
    repo.commit("2025-02-20")
    assert "in the past are what the plan" in called(capsys, *asked, "--lang", "en").out
    part = (*asked, "--owner", "dinkes")
    assert "only what the plan dates" in called(capsys, *part, "--lang", "en").out
    for words, actual in ((asked, 30), (part, 0)):
        days = json.loads(called(capsys, *words, "-f", "json").out)["tables"]["days"]
        assert [row["actual_percent"] for row in days if row["day"] == "2025-04-09"] == [actual]
    assert folder.exists()


@needs_git
def test_what_only_followed_is_counted(folder: Path, repo: Repo, run: Run) -> None:
    """What moved by itself is a row; what waits for it is in the note."""
    repo.commit("2025-02-20", plan=FREE)
    late = FREE.replace("duration: 5d, due: 2025-03-14", "duration: 5d, not_before: 2025-03-20")
    repo.write("plan.yaml", late)
    assert run("--today", "2025-02-27") == (0, "", "")
    found = [(row["Perubahan"], row["Id"], row["Sebab"]) for row in rows(folder, "Perubahan")]
    moved = [row for row in found if row[0] == "perkiraan bergeser"]
    assert moved == [("perkiraan bergeser", "sehat-01", "tanggalnya sendiri")]
    sheet = openpyxl.load_workbook(folder / "w.xlsx")["Perubahan"]
    said = [str(cell.value) for [cell] in sheet["A1:A6"]]
    assert any(text.startswith("1 rencana aksi lain bergeser") for text in said)


@needs_git
def test_a_past_week_as_it_was_then(folder: Path, repo: Repo, run: Run) -> None:
    """With --week the plan is that of the last revision by then, and the command says so."""
    repo.commit("2025-04-04", plan=with_progress(20))
    repo.write("plan.yaml", with_progress(60).replace("name: Daftar", "name: Daftar lain"))
    found = run("--week", "7", "--today", "2025-04-10")
    assert found.code == 2
    later = with_progress(60).replace("start: 2025-02-20", "start: 2025-02-20, as_of: 2025-04-10")
    repo.write("plan.yaml", later.replace("name: Daftar", "name: Daftar lain"))
    found = run("--week", "7", "--lang", "en")
    assert (found.code, found.out) == (0, "")
    assert "week 7 as revision " in found.err
    assert "committed 4 Apr 2025" in found.err
    [first, _] = rows(folder, "Matrix")
    assert (first["Milestone"], first["Actual"]) == ("Daftar", 0.2)
    assert run("--week", "8").err == ""
    assert rows(folder, "Matriks")[0]["Rencana aksi"] == "Daftar lain"


def test_since_a_baseline(folder: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Without git, what moved since the baseline that the plan names."""
    (folder / "plan.yaml").write_text(SMALL, encoding="utf-8")
    assert called(capsys, "baseline", "save", "awal", "--today", "2025-03-03").code == 0
    new = SMALL.replace("as_of:", "baseline: awal, as_of:").replace("04-30", "05-07")
    (folder / "plan.yaml").write_text(new, encoding="utf-8")
    assert run() == (0, "", "")
    found = [(row["Perubahan"], row["Id"]) for row in rows(folder, "Perubahan")]
    assert ("tenggat digeser", "sehat-02") in found
    assert not [kind for kind, _ in found if kind.startswith("warna")]


def test_without_a_past(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git, a repository or a baseline the sheet is left out, and nothing is said."""
    (folder / "plan.yaml").write_text(FREE, encoding="utf-8")
    assert run("--today", "2025-04-10") == (0, "", "")
    assert "Perubahan" not in sheets(folder)
    monkeypatch.setenv("PATH", "")
    assert run("--today", "2025-04-10") == (0, "", "")
    assert "Perubahan" not in sheets(folder)
