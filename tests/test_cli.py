"""The command line from end to end: what each command says, where, and with which exit code."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from tests.commands import PROGRAM, SMALL, Outcome, alone, called, names, settings, started

from banyuasin_plan.__main__ import main
from banyuasin_plan.cli import language
from banyuasin_plan.cli.completing import complete_milestone, complete_owner, complete_program
from banyuasin_plan.cli.output import screen_of
from banyuasin_plan.formats import Screen
from banyuasin_plan.reports import REPORTS
from banyuasin_plan.words import Lang, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Run = Callable[..., Outcome]

SHIPPED = Path(__file__).resolve().parent.parent / "plans" / "banyuasin"
COMMANDS = (*REPORTS, "show", "validate", "explain")
BOTH = pytest.mark.parametrize("lang", ["id", "en"])
unix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and terminals as on Unix")

PLAN = """\
plan: {id: uji, name: Rencana uji, start: 2025-02-20, as_of: 2025-04-10}
groups:
  - {id: grup-1, name: Satu}
  - {id: grup-2, name: Dua}
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: setda, name: Sekretariat Daerah}
districts:
  - {id: betung, name: Betung}
programs:
  - id: sehat
    name: Sehat
    outcome: Loket buka sampai sore
    group: grup-1
    lead: dinkes
    milestones:
      - {id: sehat-01, name: Daftar, duration: 5d, due: 2025-03-14, support: [setda], measure: m}
      - {id: sehat-02, name: Layanan, duration: 5d, after: [sehat-01], due: 2025-04-30, measure: m}
  - id: cerdas
    name: Cerdas
    outcome: Semua anak bersekolah
    group: grup-2
    lead: setda
    milestones:
      - id: cerdas-01
        name: Sekolah
        measure: daftar sekolah
        duration: 5d
        due: 2025-05-09
        districts: [betung]
      - {id: cerdas-02, name: Camat, duration: 5d, due: 2025-05-16, owner: betung, measure: surat}
"""
BROKEN = PLAN.replace("due: 2025-04-30", "due: 30/04/2025")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command right here, in a folder with a plan of two programmes."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return lambda *arguments: called(capsys, *arguments)


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command right here, in the root of the repository."""
    alone(monkeypatch, SHIPPED.parent.parent)
    return lambda *arguments: called(capsys, *arguments)


def ids(found: Outcome, table: str = "milestones") -> list[str]:
    """The ids in a table of a report in JSON."""
    assert (found.code, found.err) == (0, "")
    return [str(row["id"]) for row in json.loads(found.out)["tables"][table]]


# Which plan is meant


@pytest.mark.parametrize("folder", [".", "plans/banyuasin", "plans/banyuasin/gerakan"])
def test_the_shipped_plan_is_found(
    folder: str, shipped: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the root, inside the plan's folder and below it no argument is needed."""
    monkeypatch.chdir(SHIPPED.parent.parent / folder)
    found = shipped("status", "--format", "json")
    assert (found.code, found.err) == (0, "")
    assert json.loads(found.out)["plan"] == "banyuasin-100"


@pytest.mark.parametrize("where", ["", "plan.yaml", "gerakan", "gerakan/gertas.yaml"])
def test_the_shipped_plan_by_a_path(where: str, shipped: Run) -> None:
    """A folder, the head, a folder of parts and a part stand for the plan around them."""
    whole = shipped("status", "--format", "json").out
    assert (0, whole, "") == shipped("status", "--format", "json", "--plan", str(SHIPPED / where))


def test_the_smallest_plan(shipped: Run) -> None:
    """The example of a plan in one file has no finding, and can be reported on."""
    for command in (["validate", "--strict"], ["status"]):
        found = shipped(*command, "--plan", "examples/minimal.yaml")
        assert (found.code, found.err) == (0, "")


def test_plan_path(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PLAN_PATH names the plan; --plan is stronger."""
    other = PLAN.replace("id: uji", "id: lain")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "lain.yaml").write_text(other, encoding="utf-8")
    monkeypatch.setenv("PLAN_PATH", "other")
    for command in (["status"], ["validate"]):
        assert json.loads(run(*command, "--format", "json").out)["plan"] == "lain"
    shown = run("status", "--format", "json", "--plan", "plan.yaml")
    assert json.loads(shown.out)["plan"] == "uji"


def test_several_paths_to_validate(run: Run, tmp_path: Path) -> None:
    """`validate` takes several plans; what they have is one list, each counted once."""
    (tmp_path / "a.yaml").write_text(BROKEN, encoding="utf-8")
    found = run("validate", "a.yaml", "plan.yaml", "a.yaml", "--format", "json")
    read = json.loads(found.out)
    assert (found.code, read["plan"]) == (1, None)
    counts = {"files": 2, "errors": 1, "warnings": 0, "accepted": 0}
    assert read["summary"] == {**counts, "complete": False}


# Help and usage


@BOTH
def test_plan_alone(lang: str, run: Run) -> None:
    """`plan` alone shows the short help on stdout and exits 0: examples first, all commands."""
    found = run("--lang", lang)
    assert (found.code, found.err) == (0, "")
    words = catalogue(Lang(lang))
    assert found.out.startswith(f"{words['help.examples']}:\n  plan status\n")
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", found.out, re.MULTILINE)
    assert found.out.endswith("\n")


def test_plan_alone_without_a_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Help is Indonesian unless --lang or PLAN_LANG says otherwise."""
    assert run().out.startswith("Contoh:\n")
    monkeypatch.setenv("PLAN_LANG", "en")
    assert run().out.startswith("Examples:\n")
    assert run("--lang", "id").out.startswith("Contoh:\n")
    assert run("status", "-h", "--lang=id").out.startswith("Contoh:\n")


@BOTH
@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help(command: str, flag: str, lang: str, run: Run) -> None:
    """Help begins with examples, then explains every option, without a word of typer's."""
    found = run(command, flag, "--lang", lang)
    assert (found.code, found.err) == (0, "")
    words = catalogue(Lang(lang))
    first, second, *_ = found.out.splitlines()
    assert first == f"{words['help.examples']}:"
    assert second.startswith(f"  plan {command}")
    assert words["option.help"] in found.out
    assert f"{words['help.usage']}: plan {command}" in found.out
    strangers = r"\[ARGS\]|Show this|\[default|TEXT" + (r"|\[OPTIONS\]" if lang == "id" else "")
    assert not re.search(strangers, found.out)
    assert "None" not in found.out
    assert all(cell_len(line) <= 80 for line in found.out.splitlines())


def test_examples_of_help_run(shipped: Run, tmp_path: Path) -> None:
    """Every example in the help is a command line that works, and is the same in both languages."""
    words = catalogue(Lang.EN)
    for command in ("plan", *COMMANDS):
        assert words[f"help.{command}.examples"] == catalogue(Lang.ID)[f"help.{command}.examples"]
        for line in words[f"help.{command}.examples"].splitlines():
            program, *arguments = line.split()
            if "-o" in arguments:
                place = arguments.index("-o") + 1
                arguments[place] = str(tmp_path / arguments[place])
            found = shipped(*arguments)
            assert program == "plan"
            assert found.code == ("--fail-on" in arguments), line
            assert found.err == ""


def test_version(run: Run, tmp_path: Path) -> None:
    """`plan --version` prints one line, however it is asked."""
    line = re.compile(r"plan \d+\.\d+\.\d+\n\Z")
    assert line.match(run("--version").out)
    assert run("--version", "--lang", "en").out == run("--version").out
    assert started("--version", cwd=tmp_path) == (0, run("--version").out, "")


WRONG = {
    "a command": (["stattus"], "there is no command stattus", "did you mean status?"),
    "a command behind --lang": (["--lang", "en", "shcedule"], "shcedule", "mean schedule?"),
    "no such command": (["qqqq"], "there is no command qqqq", ""),
    "an option": (["status", "--ownr", "x"], "there is no option --ownr", "mean --owner?"),
    "an option of the program": (["--versoin"], "there is no option --versoin", "mean --version?"),
    "no such option": (["status", "--qqqq"], "there is no option --qqqq", "plan status --help"),
    "an option without a value": (["status", "--plan"], "--plan", "--help"),
    "a flag with a value": (["status", "--keep-going=1"], "--keep-going", "--help"),
    "an owner": (["status", "--owner", "dinks"], "nobody is called dinks", "mean dinkes?"),
    "a programme": (["due", "--program", "sehut"], "no programme sehut", "mean sehat?"),
    "a group": (["overdue", "--group", "grup-3"], "no group grup-3", "did you mean grup-"),
    "a district": (["schedule", "--district", "betun"], "no district betun", "mean betung?"),
    "an id": (["show", "sehat-1"], "no milestone or programme sehat-1", "mean sehat-01?"),
    "no id": (["show"], "ID is missing", "plan show --help"),
    "too much": (["show", "sehat", "cerdas"], "too many arguments: cerdas", "plan show --help"),
    "a code": (["explain", "E999"], "there is no code E999", ""),
    "a format": (["status", "--format", "xls"], "xls is none of table, json, csv, md and xlsx", ""),
    "a format of findings": (
        ["validate", "-f", "csv"],
        "none of text, json, github, gitlab and",
        "",
    ),
    "a severity": (["status", "--fail-on", "pink"], "none of red, orange and overdue", ""),
    "a basis": (["schedule", "--basis", "x"], "x is none of plan and forecast", ""),
    "a level": (["gantt", "--level", "x"], "none of group, program and milestone", ""),
    "days": (["due", "--within", "1.5"], "1.5 is not a number of days from 0 to 36,525", ""),
    "negative days": (["due", "--within", "-1"], "-1 is not a number of days", ""),
    "too many days": (["due", "--within", "36526"], "36526 is not a number of days", ""),
    "digits of another script": (["due", "--within", "\u0663"], "is not a number of days", ""),
    "support without an owner": (["status", "--with-support"], "--with-support goes with", ""),
    "a language": (["status", "--lang", "fr"], "fr", "id"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage(name: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong usage exits 2, with a line that says what is wrong and what may have been meant."""
    arguments, said, hint = WRONG[name]
    monkeypatch.setenv("PLAN_LANG", "en")
    found = run(*arguments)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("plan: ")
    assert said in found.err
    assert hint in found.err
    assert 1 <= found.err.count("\n") <= 2
    monkeypatch.setenv("PLAN_LANG", "id")
    assert run(*arguments).err.startswith("plan: ")


@pytest.mark.parametrize(
    "given",
    ["2025-02-30", "20250220", "2025-W10-1", "2025-2-3", "20-02-2025", "besok", "\u0662025-01-01"],
)
def test_no_such_day(given: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only YYYY-MM-DD is a date, in --today and in PLAN_TODAY."""
    said = f"plan: {given} is not a date; write YYYY-MM-DD\n"
    assert (2, "", said) == run("status", "--lang", "en", "--today", given)
    monkeypatch.setenv("PLAN_TODAY", given)
    assert (2, "", said) == run("status", "--lang", "en")
    assert run("status", "--today", "2025-04-01").code == 0


# Language and data date


def test_language(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--lang, else PLAN_LANG, else the plan's language, else Indonesian."""

    def speaks() -> str:
        return run("overdue").out.splitlines()[0].rpartition(" ")[2]

    assert speaks() == "tenggat"
    english = PLAN.replace("start:", "language: en, start:")
    (tmp_path / "plan.yaml").write_text(english, encoding="utf-8")
    assert speaks() == "Overdue"
    monkeypatch.setenv("PLAN_LANG", "id")
    assert speaks() == "tenggat"
    assert "Overdue" in run("overdue", "--lang", "en").out
    assert "Overdue" in run("overdue", "--lang=en").out


def test_data_date(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """--today, else PLAN_TODAY, else the plan's as_of, which every output then says."""

    def day() -> str:
        return str(json.loads(run("status", "--format", "json", *given).out)["as_of"])

    given: list[str] = []
    assert day() == "2025-04-10"
    assert "as_of" in run("status").out
    monkeypatch.setenv("PLAN_TODAY", "2025-03-01")
    assert day() == "2025-03-01"
    assert "as_of" not in run("status").out
    given += ["--today", "2025-03-02"]
    assert day() == "2025-03-02"


@BOTH
@pytest.mark.parametrize("command", [*REPORTS, "show"])
@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("0001-01-01", {"id": "739.301 hari sebelum Hari ke-1", "en": "739,301 days before day 1"}),
        ("2025-02-14", {"id": "6 hari sebelum Hari ke-1", "en": "6 days before day 1"}),
        ("2025-02-20", {"id": "Hari ke-1 dari 100", "en": "day 1 of 100"}),
        ("2025-05-30", {"id": "Hari ke-100 dari 100", "en": "day 100 of 100"}),
        ("2025-05-31", {"id": "1 hari setelah hari terakhir", "en": "1 day after the last day"}),
        ("2035-01-01", {"id": "3.503 hari setelah", "en": "3,503 days after the last day"}),
    ],
)
def test_before_and_after(
    command: str, day: str, said: dict[str, str], lang: str, run: Run
) -> None:
    """Before day 1 and after the last day every report says so, and still reports."""
    arguments = [command, "sehat-01"] if command == "show" else [command]
    found = run(*arguments, "--today", day, "--lang", lang)
    assert (found.code, found.err) == (0, "")
    assert said[lang] in found.out
    assert len(found.out.splitlines()) >= 3


# What is shown


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], ["cerdas-01", "cerdas-02", "sehat-01", "sehat-02"]),
        (["--owner", "dinkes"], ["sehat-01", "sehat-02"]),
        (["--owner", "setda"], ["cerdas-01"]),
        (["--owner", "setda", "--with-support"], ["cerdas-01", "sehat-01"]),
        (["--owner", "betung"], ["cerdas-02"]),
        (["--program", "cerdas"], ["cerdas-01", "cerdas-02"]),
        (["--group", "grup-1"], ["sehat-01", "sehat-02"]),
        (["--district", "betung"], ["cerdas-01", "cerdas-02"]),
        (["--district", "betung", "--owner", "setda"], ["cerdas-01"]),
        (["--group", "grup-1", "--owner", "setda"], []),
    ],
)
def test_filters(filters: list[str], expected: list[str], run: Run) -> None:
    """Filters hold together, and figures are of what is shown."""
    assert expected == sorted(ids(run("schedule", "--format", "json", *filters)))
    status = json.loads(run("status", "--format", "json", *filters).out)
    assert len(expected) == status["figures"]["milestones"]


def test_within(run: Run) -> None:
    """`due` looks 14 days ahead, or as many as --within says."""
    assert ids(run("due", "--format", "json")) == []
    assert ids(run("due", "--format", "json", "--within", "20")) == ["sehat-02"]
    assert ids(run("due", "--format", "json", "--within", "36")) == [
        "sehat-02",
        "cerdas-01",
        "cerdas-02",
    ]


def test_basis(run: Run) -> None:
    """`schedule` shows the plan as written, with --basis forecast what will come of it."""

    def start(*arguments: str) -> str:
        rows = json.loads(run("schedule", "--format", "json", *arguments).out)["tables"]
        return str({row["id"]: row["start"] for row in rows["milestones"]}["sehat-01"])

    assert start() == start("--basis", "plan") == "2025-03-10"
    assert start("--basis", "forecast") == "2025-04-10"


def test_level(run: Run) -> None:
    """`gantt` has a bar for each programme, or for each group or milestone; of the forecast."""
    assert ids(run("gantt", "-f", "json"), "bars") == ["sehat", "cerdas"]
    assert ids(run("gantt", "-f", "json", "--level", "group"), "bars") == ["grup-1", "grup-2"]
    found = run("gantt", "-f", "json", "--level", "milestone", "--program", "sehat")
    assert ids(found, "bars") == ["sehat-01", "sehat-02"]
    starts = [
        json.loads(run("gantt", "-f", "json", *basis).out)["figures"]["start"]
        for basis in ([], ["--basis", "plan"])
    ]
    assert starts == ["2025-04-10", "2025-03-10"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], ["dinkes", "betung", "setda"]),
        (["--owner", "setda"], ["setda"]),
        (["--district", "betung"], ["betung"]),
        (["--program", "sehat"], ["dinkes"]),
        (["--group", "grup-2"], ["betung", "setda"]),
    ],
)
def test_whose_load(filters: list[str], expected: list[str], run: Run) -> None:
    """Filters choose whose load is shown."""
    rows = json.loads(run("load", "-f", "json", *filters).out)["tables"]["load"]
    assert sorted({row["owner"] for row in rows}) == sorted(expected)


@pytest.mark.parametrize(
    ("asked", "filters", "code"),
    [
        ("red", [], 1),
        ("orange", [], 1),
        ("overdue", [], 1),
        ("red", ["--program", "cerdas"], 0),
        ("orange", ["--program", "cerdas"], 0),
        ("overdue", ["--program", "cerdas"], 0),
        ("red", ["--today", "2025-03-18"], 0),
        ("orange", ["--today", "2025-03-18"], 1),
        ("overdue", ["--today", "2025-03-14"], 0),
    ],
)
def test_fail_on(asked: str, filters: list[str], code: int, run: Run) -> None:
    """Exit 1 when anything shown is that bad; the report is printed all the same."""
    found = run("status", "--fail-on", asked, *filters)
    assert (code, "") == (found.code, found.err)
    assert found.out == run("status", *filters).out


@BOTH
def test_show(lang: str, shipped: Run) -> None:
    """A milestone and a programme are shown whole, in every format, with their place."""
    for name in ("gertas", "gertas-02"):
        found = shipped("show", name, "--lang", lang)
        assert (found.code, found.err) == (0, "")
        assert "plans/banyuasin/gerakan/gertas.yaml:" in found.out
        read = json.loads(shipped("show", name, "--format", "json").out)
        assert (name, "show") == (read["figures"]["id"], read["report"])
        assert shipped("show", name, "--format", "csv").code == 0


@BOTH
def test_explain(lang: str, run: Run) -> None:
    """All codes in a line each; one code as a page, whatever its case; no terminal codes."""
    listed = run("explain", "--lang", lang)
    assert (listed.code, listed.err) == (0, "")
    lines = [line for line in listed.out.splitlines() if re.match(r"[A-Z]+\d", line)]
    codes = [line.split()[0].rstrip(":") for line in lines]
    assert codes[0] == "E001"
    assert {"W602", "R1", "PG1"} <= set(codes)
    for code in codes:
        page = run("explain", code.lower(), "--lang", lang)
        assert (page.code, page.err) == (0, "")
        assert page.out.startswith(f"{code}: ")


def test_a_status_reads_without_colour(shipped: Run) -> None:
    """Each status is a sign and a word; no two statuses share a sign, on any screen."""
    found = shipped("status", "--lang", "en")
    signs = dict(re.findall(r"(\S) \d+ (red|orange|yellow|green|blue|grey)", found.out)[::1])
    assert len(signs) == 6
    assert len(set(signs.values())) == 6
    assert "\x1b" not in found.out


# Where it goes


def test_output_to_a_file(run: Run, tmp_path: Path) -> None:
    """-o writes what stdout would have shown, keeps the mode of a file, and says nothing."""
    file = tmp_path / "out.txt"
    for command in (["status"], ["show", "sehat"], ["validate"]):
        for form in ("json", "text" if command == ["validate"] else "csv"):
            shown = run(*command, "--format", form)
            assert run(*command, "--format", form, "-o", "out.txt") == (0, "", "")
            assert shown.out.replace("\r\n", "\n") == file.read_text(encoding="utf-8")
    assert names(tmp_path) == ["out.txt", "plan.yaml"]
    assert run("status", "-o", "-").out == run("status").out


@unix
def test_output_keeps_the_mode(run: Run, tmp_path: Path) -> None:
    """A private file stays private."""
    file = tmp_path / "out.json"
    file.write_bytes(b"")
    file.chmod(0o600)
    assert run("status", "--format", "json", "-o", str(file)).code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@BOTH
def test_output_nowhere(lang: str, run: Run, tmp_path: Path) -> None:
    """A missing folder is one line and exit 3."""
    found = run("status", "-o", "missing/out.json", "--lang", lang)
    assert (found.code, found.out) == (3, "")
    assert found.err.startswith(f"plan: {Path('missing/out.json')} ")
    assert ("folder missing" in found.err, found.err.count("\n")) == (True, 1)
    assert names(tmp_path) == ["plan.yaml"]


ELSEWHERE = [
    (("status", "-o", "s.xlsx"), "--format xlsx writes a workbook"),
    (("status", "--format", "xlsx", "-o", "s.csv"), "like this: -o s.xlsx"),
    (("brief", "--whatsapp", "-o", "b.docx"), "like this: -o b.txt"),
    (("brief", "--all", "-o", "b.txt"), "like this: b/"),
    (("export", "weekly", "-o", "w.pdf"), "like this: -o w.xlsx"),
    (("export", "slides", "-o", "d.pdf"), "like this: -o d.pptx"),
    (("export", "pack", "-o", "p.zip"), "like this: p/"),
    (("status", "--owner", "dinkes", "--owner=setda"), "plan status --help"),
]


@pytest.mark.parametrize(("words", "hint"), ELSEWHERE, ids=[" ".join(one[0]) for one in ELSEWHERE])
def test_what_would_be_lost_or_misnamed(
    words: tuple[str, ...], hint: str, run: Run, tmp_path: Path
) -> None:
    """A file is named as what is in it, and of two choices none goes unheard."""
    found = run(*words, "--lang", "en")
    assert (found.code, found.out) == (2, "")
    assert found.err.endswith(f"help: {hint}\n")
    assert names(tmp_path) == ["plan.yaml"]


@BOTH
@pytest.mark.parametrize(
    "command", [["status"], ["schedule", "--format", "json"], ["show", "sehat"]]
)
def test_a_plan_with_errors(command: list[str], lang: str, run: Run, tmp_path: Path) -> None:
    """Findings go to stderr, nothing to stdout or the file, exit 1."""
    (tmp_path / "plan.yaml").write_text(BROKEN, encoding="utf-8")
    found = run(*command, "--lang", lang, "-o", "out.txt")
    assert (found.code, found.out) == (1, "")
    assert "plan.yaml:18:77: " in found.err
    assert "E105" in found.err
    assert names(tmp_path) == ["plan.yaml"]


@BOTH
def test_keep_going(lang: str, run: Run, tmp_path: Path) -> None:
    """--keep-going reports on what is whole and says on stderr what it left out."""
    cyclic = BROKEN.replace("sehat-01, name", "sehat-01, after: [sehat-02], name")
    (tmp_path / "plan.yaml").write_text(cyclic, encoding="utf-8")
    found = run("schedule", "--keep-going", "--format", "json", "--lang", lang)
    assert found.code == 0
    rows = json.loads(found.out)["tables"]["milestones"]
    assert sorted(row["id"] for row in rows) == ["cerdas-01", "cerdas-02"]
    last = found.err.splitlines()[-1]
    assert "sehat-01" in last
    assert "sehat-02" in last
    (tmp_path / "plan.yaml").write_text(
        SMALL.replace("name: Daftar", "name: Daftar, progress: 160"), encoding="utf-8"
    )
    last = run("status", "--keep-going", "--lang", lang).err.splitlines()[-1]
    assert ("0 " in last, "(" in last) == (False, False), "nothing is left out"
    (tmp_path / "plan.yaml").write_text("plan: {}\nprograms: []\n", encoding="utf-8")
    assert run("status", "--keep-going", "--lang", lang)[:2] == (1, "")


@pytest.mark.parametrize("command", ["why", "show"])
def test_what_was_left_out_is_not_unknown(command: str, run: Run, tmp_path: Path) -> None:
    """Who asks for a milestone that waits for itself is told that, not that there is none."""
    cyclic = BROKEN.replace("sehat-01, name", "sehat-01, after: [sehat-02], name")
    (tmp_path / "plan.yaml").write_text(cyclic, encoding="utf-8")
    found = run(command, "sehat-01", "--keep-going", "--lang", "en")
    assert (found.code, found.out) == (2, "")
    assert found.err.endswith(
        "plan: sehat-01 has no dates, because it waits for itself\n"
        "help: take out one of the links that E208 names\n"
    )


def test_warnings_do_not_stop_a_report(run: Run, tmp_path: Path) -> None:
    """A plan with nothing but warnings is reported, and silent on stderr."""
    warned = PLAN.replace("due: 2025-05-09", "due: 2025-05-10")
    (tmp_path / "plan.yaml").write_text(warned, encoding="utf-8")
    assert (run("status").code, run("status").err) == (0, "")
    assert run("validate").code == 0
    assert run("validate", "--strict").code == 1


# When it is our fault, or nobody's


@BOTH
def test_a_bug(lang: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What should not happen is one line and exit 3; --debug shows the traceback."""

    def break_down(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("banyuasin_plan.reports.status.report", break_down)
    found = run("status", "--lang", lang)
    assert (found.code, found.out) == (3, "")
    assert found.err.count("\n") == 1
    assert "RuntimeError: broken on purpose" in found.err
    assert "--debug" in found.err
    with pytest.raises(RuntimeError, match="broken on purpose"):
        run("status", "--debug")


def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends it quietly with the shell's code."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("banyuasin_plan.reports.status.report", interrupt)
    assert run("status") == (130, "", "")


@BOTH
def test_without_the_parser(lang: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where ruamel.yaml's C part is missing, one line says what to install, exit 3."""
    from banyuasin_plan.source.composing import libyaml

    libyaml.cache_clear()
    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    found = run("status", "--lang", lang)
    libyaml.cache_clear()
    assert (found.code, found.out) == (3, "")
    assert "ruamel.yaml.clib" in found.err
    assert found.err.count("\n") == 1


@unix
@pytest.mark.parametrize(
    "arguments", [["schedule"], ["--help"], ["explain"], ["status", "-f", "json"]]
)
def test_a_closed_pipe(arguments: list[str]) -> None:
    """`plan … | head -1`: nothing on stderr, no traceback."""
    quoted = " ".join([*PROGRAM, *arguments])
    script = f"set -o pipefail; {quoted} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=SHIPPED,
        env=settings(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


@unix
def test_closed_from_the_start() -> None:
    """A stdout and a stderr that were never open take nothing, and nothing fails."""
    script = f"{' '.join(PROGRAM)} status >&- 2>&-; echo $?"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=SHIPPED,
        env=settings(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "0\n"


# Terminals and encodings


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850"])
def test_a_narrow_encoding(encoding: str) -> None:
    """A stdout that lacks our signs gets ASCII ones: no crash, and no question marks."""
    status = started("status", cwd=SHIPPED, encoding=encoding, PLAN_LANG="en")
    assert (status.code, status.err) == (0, "")
    assert "?" not in status.out
    assert "20 Feb 2025 ####" in status.out
    assert re.search(r"X \d+ red   \* \d+ orange   \^ \d+ yellow   o \d+ green", status.out)
    assert status.out.isascii()


def test_letters_an_encoding_does_not_have(run: Run, tmp_path: Path) -> None:
    """A letter of the plan that stdout can't show is replaced, and nothing fails."""
    del run
    (tmp_path / "plan.yaml").write_text(
        PLAN.replace("Rencana uji", "\u8a08\u756b \u00e9"), encoding="utf-8"
    )
    found = started("overdue", cwd=tmp_path, encoding="ascii")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("?? ? - ")
    file = started("overdue", "-o", "out.txt", cwd=tmp_path, encoding="ascii")
    assert file == (0, "", "")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("\u8a08\u756b \u00e9 ")


def in_a_terminal(
    arguments: Sequence[str], width: int, *, cwd: Path = SHIPPED, **environment: str
) -> str:
    """What the program writes to a real terminal of that width."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    with subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=cwd,
        env=settings(**{"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **environment}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        written = b""
        try:
            while part := os.read(ours, 65536):
                written += part
        except OSError:
            pass  # Linux says so when the other end is closed
    os.close(ours)
    return written.decode()


ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@unix
@BOTH
@pytest.mark.parametrize("width", [40, 80, 140])
def test_tables_fit_the_terminal(width: int, lang: str) -> None:
    """No line is longer than the terminal, and colour is used where nothing speaks against it."""
    reports = ("status", "overdue", "schedule", "unreported", "verify", "gantt", "load")
    for arguments in (*([name] for name in reports), ["show", "gertas-02"]):
        written = in_a_terminal([*arguments, "--lang", lang], width)
        assert "\x1b[" in written
        lines = [ESCAPES.sub("", line) for line in written.replace("\r", "").splitlines()]
        assert "\x1b" not in "".join(lines)
        assert len(lines) > 5
        assert [line for line in lines if cell_len(line.rstrip()) > width] == []


@unix
@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colour(environment: dict[str, Any]) -> None:
    """NO_COLOR and TERM=dumb take the colours away and leave every sign and word."""
    plain = in_a_terminal(["status", "--lang", "en"], 80, **environment)
    assert "\x1b" not in plain
    coloured = in_a_terminal(["status", "--lang", "en"], 80)
    assert [line.rstrip() for line in plain.splitlines()] == [
        line.rstrip() for line in ESCAPES.sub("", coloured).splitlines()
    ]


@unix
def test_findings_in_a_terminal(tmp_path: Path) -> None:
    """Findings are coloured on a terminal, on stderr too."""
    (tmp_path / "plan.yaml").write_text(BROKEN, encoding="utf-8")
    for arguments in (["validate"], ["status"]):
        written = in_a_terminal(arguments, 80, cwd=tmp_path)
        assert "\x1b[1;31m" in written
        assert "E105" in ESCAPES.sub("", written)


def test_piped_output_is_not_wrapped(shipped: Run) -> None:
    """A pipe gets each row on one line, however long."""
    rows = json.loads(shipped("schedule", "--format", "json").out)["tables"]["milestones"]
    lines = shipped("schedule").out.splitlines()
    for row in rows:
        assert sum(line.startswith(f"{row['id']} ") for line in lines) == 1


# Entry points and completion


@pytest.mark.parametrize("arguments", [["--version"], ["status"], ["stattus"]])
def test_the_entry_point(
    arguments: list[str],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The installed program is the command line, and leaves with its exit code."""
    expected = run(*arguments)
    monkeypatch.setattr(sys, "argv", ["plan", *arguments])
    try:
        main()
        code = 0
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    finally:
        gc.enable()  # a program that ends at once does without
    assert (code, *capsys.readouterr()) == expected


def test_a_pipe_that_breaks(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """When the reader goes away while we write, that is the end, and no error."""

    class Broken(io.StringIO):
        """A stdout nobody reads."""

        def write(self, _: str) -> int:
            raise BrokenPipeError

        def fileno(self) -> int:
            return file.fileno()

    with (tmp_path / "stdout").open("w") as file:
        monkeypatch.setattr("banyuasin_plan.cli.output.sys.stdout", Broken())
        assert run("status")[0] == 0


def test_streams_that_are_not_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process without stdout and stderr, as some services start one, works all the same."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    codes = [run("status").code, run("stattus").code]
    for stream in (sys.stdout, sys.stderr):
        stream.close()
    monkeypatch.undo()
    assert codes == [0, 2]


@pytest.mark.parametrize("encoding", [None, "unheard-of"])
def test_a_stream_of_no_known_encoding(encoding: str | None) -> None:
    """Where nobody says what a stream can show, it gets ASCII."""
    stream = type("Stream", (io.StringIO,), {"encoding": encoding})()
    assert screen_of(stream) == Screen(None, colour=False, plain=True)


def test_the_language_ends_where_options_do() -> None:
    """`--lang` behind `--` is an argument like any other; a lone one at the end says nothing."""
    assert language(["show", "--", "--lang", "en"], {}) is None
    assert language(["show", "--lang"], {"PLAN_LANG": "en"}) is Lang.EN
    assert language([], {"PLAN_LANG": "fr"}) is None


def test_two_names_one_program() -> None:
    """`plan` and `banyuasin-plan` start the same function."""
    import tomllib

    project = tomllib.loads((SHIPPED.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    scripts = project["project"]["scripts"]
    assert set(scripts) == {"plan", "banyuasin-plan"}
    assert len(set(scripts.values())) == 1


def test_completion(run: Run, tmp_path: Path) -> None:
    """Ids complete: owners with districts, programmes, milestones with programmes."""
    del run
    assert complete_owner("d") == ["dinkes"]
    assert complete_owner("") == ["dinkes", "setda", "betung"]
    assert complete_program("") == ["sehat", "cerdas"]
    assert complete_milestone("sehat") == ["sehat", "sehat-01", "sehat-02"]
    (tmp_path / "plan.yaml").write_text("plan: {}\nowners: [x, {id: [y]}]\nprograms: 3\n")
    assert [*complete_owner(""), *complete_program(""), *complete_milestone("")] == []
    (tmp_path / "plan.yaml").unlink()
    assert complete_owner("") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("plan status --owner di", ["dinkes"]),
        ("plan show cer", ["cerdas", "cerdas-01", "cerdas-02"]),
        ("plan over", ["overdue"]),
        ("plan due --with", ["--within", "--with-support"]),
        ("plan gantt --level mil", ["milestone"]),
        ("plan load --basis f", ["forecast"]),
    ],
)
def test_completion_in_a_shell(words: str, expected: list[str], tmp_path: Path) -> None:
    """What bash asks for is answered with ids, commands and options."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    done = started(
        cwd=tmp_path,
        _PLAN_COMPLETE="complete_bash",
        COMP_WORDS=words,
        COMP_CWORD=str(len(words.split()) - 1),
    )
    assert (done.code, done.err) == (0, "")
    assert sorted(expected) == sorted(done.out.split())


# Formats, as far as the command line chooses them


@pytest.mark.parametrize("command", [*REPORTS, "show"])
def test_formats_of_reports(command: str, shipped: Run) -> None:
    """Every report has its table, its JSON and its CSV, and they agree on the rows."""
    arguments = [command, "gertas"] if command == "show" else [command]
    read: dict[str, Any] = json.loads(shipped(*arguments, "-f", "json").out)
    assert (1, command, "2025-04-10") == (read["schema_version"], read["report"], read["as_of"])
    first = next(iter(read["tables"].values()))
    rows = list(csv.reader(io.StringIO(shipped(*arguments, "-f", "csv").out)))
    assert len(first) == len(rows) - 1
    if first:
        assert list(first[0]) == rows[0]


def test_step_summary(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On GitHub a table of the findings is added to the run's summary, for that format only."""
    (tmp_path / "plan.yaml").write_text(BROKEN, encoding="utf-8")
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run("validate")
    assert summary.read_text(encoding="utf-8") == "before\n"
    found = run("validate", "--format", "github", "--lang", "en")
    assert found.code == 1
    assert found.out.startswith("::error title=E105,file=plan.yaml,line=18,")
    added = summary.read_text(encoding="utf-8")
    assert added.startswith("before\n### Findings\n")
    assert "| E105 |" in added


def test_a_plan_at_the_end_of_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last day there is can be a data date; looking ahead of it ends there."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(SMALL.replace("as_of: 2025-04-10", "as_of: 9999-12-31"), encoding="utf-8")
    found = called(capsys, "due", "--plan", str(plan))
    assert found.code == 0
    assert "Rencana uji" in found.out


def test_part_of_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    """A code that is nearly one is answered with it."""
    found = called(capsys, "explain", "E20", "--lang", "en")
    assert found.code == 2
    assert "did you mean E20" in found.err
