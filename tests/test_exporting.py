"""`plan export` from end to end: the kinds, the week that is meant, files and pipes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.commands import PROGRAM, SMALL, Outcome, alone, called, names, settings, started
from tests.conftest import ROOT

from banyuasin_plan.cli import run as run_command
from banyuasin_plan.cli.exporting import EXPORTS
from banyuasin_plan.words import Lang, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.workbook import Workbook

    Run = Callable[..., Outcome]

SHIPPED = ROOT / "plans" / "banyuasin"
BOTH = pytest.mark.parametrize("lang", ["id", "en"])


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command right here, in a folder with a small plan."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    return lambda *arguments: called(capsys, *arguments)


def book(path: Path) -> Workbook:
    """The workbook that was written."""
    return openpyxl.load_workbook(path)


def day_of(path: Path) -> date:
    """The data date of a workbook, which it was made on."""
    made = book(path).properties.created
    assert made is not None
    return date(made.year, made.month, made.day)


@BOTH
def test_export_alone(lang: str, run: Run) -> None:
    """`plan export` alone shows what can be exported on stdout and exits 0."""
    found = run("export", "--lang", lang)
    assert (found.code, found.err) == (0, "")
    words = catalogue(Lang(lang))
    assert found.out.startswith(f"{words['help.examples']}:\n  plan export weekly")
    assert words["help.kinds"] in found.out
    for kind in EXPORTS:
        assert words[f"help.export.{kind}.short"] in found.out
    assert found == run("export", "--help", "--lang", lang)


@BOTH
@pytest.mark.parametrize("kind", EXPORTS)
def test_help(kind: str, lang: str, run: Run) -> None:
    """Every kind has its help, which begins with examples, the same in both languages."""
    found = run("export", kind, "--help", "--lang", lang)
    words = catalogue(Lang(lang))
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith(f"{words['help.examples']}:\n  plan export {kind}")
    assert f"{words['help.usage']}: plan export {kind}" in found.out
    examples = words[f"help.export.{kind}.examples"]
    assert examples == catalogue(Lang.EN)[f"help.export.{kind}.examples"]
    assert all(len(line) <= 80 for line in found.out.splitlines())


WRONG = {
    "a kind": (["weakly"], "there is no export weakly", "did you mean weekly?"),
    "no such kind": (["qqqq"], "there is no export qqqq", "plan export --help"),
    "an option": (["weekly", "--wek", "3"], "there is no option --wek", "did you mean --week?"),
    "week 0": (["weekly", "--week", "0"], "no week 0: the plan has weeks 1 to 15", ""),
    "a week after the last": (["weekly", "--week", "16"], "no week 16: the plan has weeks 1", ""),
    "no week": (["weekly", "--week", "depan"], "there is no week depan", ""),
    "digits of another script": (["weekly", "--week", "\u0663"], "there is no week", ""),
    "a week and a day": (["weekly", "--week", "3", "--today", "2025-03-01"], "give one", ""),
    "a paper": (["weekly", "--paper", "letter"], "letter is none of a4 and f4", ""),
    "too much": (["weekly", "6"], "too many arguments: 6", "plan export weekly --help"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage(name: str, run: Run, tmp_path: Path) -> None:
    """Wrong usage exits 2, says what is wrong and what may have been meant, and writes nothing."""
    arguments, said, hint = WRONG[name]
    found = run("export", *arguments, "--lang", "en")
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert hint in found.err
    assert names(tmp_path) == ["plan.yaml"]


def test_weekly_is_meant(run: Run) -> None:
    """Words that people try name the command to use."""
    assert "did you mean plan export weekly?" in run("weekly", "--lang", "en").err


@pytest.mark.parametrize(
    ("arguments", "day"),
    [
        ([], "2025-04-10"),
        (["--week", "8"], "2025-04-10"),  # as_of lies in it
        (["--week", "1"], "2025-02-23"),
        (["--week", "7"], "2025-04-06"),
        (["--week", "15"], "2025-06-01"),
        (["--today", "2025-03-05"], "2025-03-05"),
    ],
)
def test_the_day_of_a_week(arguments: list[str], day: str, run: Run, tmp_path: Path) -> None:
    """Week N is its Sunday, or the data date where it lies in that week."""
    assert run("export", "weekly", *arguments, "-o", "w.xlsx") == (0, "", "")
    assert day_of(tmp_path / "w.xlsx") == date.fromisoformat(day)


def test_past_weeks_know_less(run: Run, tmp_path: Path) -> None:
    """A past week is reported as it was known then, and no longer as held by the plan."""
    (tmp_path / "plan.yaml").write_text(
        SMALL.replace("due: 2025-03-14}", "due: 2025-03-14, finished: 2025-03-20}"),
        encoding="utf-8",
    )
    for week in ("4", "5"):
        assert run("export", "weekly", "--week", week, "-o", f"{week}.xlsx").code == 0
    [before], [after] = (
        [
            row[8].value
            for row in book(tmp_path / name)["Matriks"].rows
            if row[1].value == "sehat-01"
        ]
        for name in ("4.xlsx", "5.xlsx")
    )
    assert (before, after) == (0, 1)


def test_into_a_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Without -o the bytes go into the pipe, and nothing else does."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    assert run_command(["export", "weekly"]) == 0
    data = capsysbinary.readouterr().out
    assert run_command(["export", "weekly", "-o", "w.xlsx"]) == 0
    assert data == (tmp_path / "w.xlsx").read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0] == "Ringkasan"


def test_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """Whatever the order of sets is today, the same plan and data date give the same bytes."""
    for seed in ("1", "2"):
        made = started(
            "export", "weekly", "--per-owner", "-o", f"{seed}.xlsx", "--plan", str(SHIPPED),
            cwd=tmp_path, PYTHONHASHSEED=seed,
        )  # fmt: skip
        assert made == (0, "", "")
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals as on Unix")
def test_on_a_terminal(tmp_path: Path) -> None:
    """On a terminal the workbook gets a name of its own; a report as xlsx asks for one."""
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    code, shown = on_terminal(tmp_path, "export", "weekly", "--lang", "en")
    assert (code, shown) == (0, "plan: written to uji-week-08.xlsx\r\n")
    assert names(tmp_path) == ["plan.yaml", "uji-week-08.xlsx"]
    code, shown = on_terminal(tmp_path, "status", "-f", "xlsx", "--lang", "en")
    assert code == 2
    said, hint, _ = shown.split("\r\n")
    assert said == "plan: --format xlsx is no text for a terminal"
    assert hint == "help: write it to a file: -o FILE.xlsx"


def on_terminal(folder: Path, *arguments: str) -> tuple[int, str]:
    """The program in a terminal of its own: its exit code and what the terminal shows."""
    import pty  # no such thing on Windows

    master, slave = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *arguments], cwd=folder, env=settings(), stdout=slave, stderr=slave
    ) as process:
        process.wait(timeout=60)
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    return process.returncode, shown


@pytest.mark.parametrize("command", ["status", "overdue", "due", "schedule", "load", "gantt"])
def test_every_report_is_a_workbook(command: str, run: Run, tmp_path: Path) -> None:
    """Reports are written as workbooks through the same code, and read back whole."""
    assert run(command, "--format", "xlsx", "-o", "r.xlsx") == (0, "", "")
    assert book(tmp_path / "r.xlsx").sheetnames
    assert json.loads(run(command, "--format", "json").out)["report"] == command
