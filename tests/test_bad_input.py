"""Whatever lies in a plan's folder: a coded finding or one line, the right exit code, no traceback.

The text cases are named after `safety.md`, "Reading YAML"; each stands in a second file, beside
one that has nothing wrong, and must be found at its line and column.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.commands import SMALL, alone, called, started

from banyuasin_plan.source import limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOTH = pytest.mark.parametrize("lang", ["id", "en"])
ROOT_READS_ALL = getattr(os, "geteuid", lambda: 1)() == 0
NESTED = b"programs:\n- id: q\n  name: Q\n  milestones:\n  - id: b\n    name: B\n    %s\n"


class Case(NamedTuple):
    """A file's bytes, and the code, line and column of what is to be found in it."""

    data: bytes
    code: str
    line: int
    column: int


def _bomb() -> bytes:
    """Twenty-one lines in which every line doubles what the one above it stands for."""
    lines = ["a: &a0 {x: 1}"]
    lines += [f"b{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}" for i in range(1, 21)]
    return "\n".join(lines).encode()


CASES = {
    "an anchor": Case(b"programs: &x []\n", "E003", 1, 11),
    "an alias": Case(b"programs: *x\n", "E003", 1, 11),
    "a merge key": Case(b"programs:\n  - {id: q, name: Q, <<: {lead: x}}\n", "E003", 2, 22),
    "a merge bomb": Case(_bomb(), "E003", 1, 4),
    "a tag": Case(b"programs: !!python/object:os.system []\n", "E004", 1, 11),
    "a directive": Case(b"%YAML 1.2\n---\nprograms: []\n", "E005", 1, 1),
    "two documents": Case(b"programs: []\n---\nprograms: []\n", "E006", 2, 1),
    "a key twice": Case(b"owners: []\nprograms: []\nowners: []\n", "E007", 3, 1),
    "a key twice but for case": Case(b"programs: []\nPrograms: []\n", "E007", 2, 1),
    "a key twice but for how it is composed": Case(
        "caf\u00e9: []\ncafe\u0301: []\n".encode(), "E007", 2, 1
    ),
    "a list as a key": Case(b"? [a, b]\n: 1\n", "E008", 1, 3),
    "a mapping as a key": Case(b"{{a: b}: 1}\n", "E008", 1, 2),
    "a null byte": Case(b"programs: []\n# \x00\n", "E009", 2, 3),
    "an escape sequence": Case(b"programs: [] # \x1b[31m\n", "E009", 1, 16),
    "a bare CR": Case(b"programs: []\r# x\n", "E009", 1, 13),
    "a next line": Case("programs: [] # \x85\n".encode(), "E009", 1, 16),
    "a line separator": Case("programs: [] # \u2028\n".encode(), "E009", 1, 16),
    "a paragraph separator": Case("programs: [] # \u2029\n".encode(), "E009", 1, 16),
    "a bidirectional override": Case("programs: [] # \u202e\n".encode(), "E009", 1, 16),
    "a zero-width space": Case("programs: [] # \u200b\n".encode(), "E009", 1, 16),
    "a zero-width space, escaped": Case(b'programs: [{id: q, name: "a\\u200bb"}]\n', "E009", 1, 28),
    "an override, escaped": Case(b'programs: [{id: q, name: "a\\u202Eb"}]\n', "E009", 1, 28),
    "a tab as indentation": Case(b"programs:\n\t- {id: q, name: Q}\n", "E010", 2, 1),
    "Latin-1": Case(b"programs: [] # caf\xe9\n", "E001", 1, 19),
    "UTF-16": Case("programs: []\n".encode("utf-16"), "E001", 1, 1),
    "a picture": Case(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "E001", 1, 1),
    "a list at the top": Case(b"- a\n- b\n", "E013", 1, 1),
    "a word at the top": Case(b"halo\n", "E013", 1, 1),
    "an unclosed quote": Case(b'programs:\n  - {id: q, name: "Q}\n', "E002", 2, 19),
    "100,000 brackets": Case(b"[" * 100_000, "E011", 1, 33),
    "50,000 mappings": Case(b"{a: " * 50_000, "E011", 1, 129),
    "33 levels": Case(b"goals: " + b"[" * 33 + b"]" * 33, "E011", 1, 39),
    "a value too long": Case(b"owners: " + b"x" * 100_001, "E011", 1, 9),
    "too many values": Case(b"note: [" + b"1," * 200_000 + b"]", "E011", 1, 400_002),
    "a file too large": Case(b"# " + b"x" * limits.FILE_BYTES, "E011", 1, 1),
    "a file of 10 MB": Case(b"# ten megabytes\n" * 625_000, "E011", 1, 1),
    "a day that is none": Case(NESTED % b"due: 2026-02-30", "E105", 7, 10),
    "a timestamp": Case(NESTED % b"due: 2025-03-04T05:06:07Z", "E105", 7, 10),
    "nineteen digits": Case(NESTED % b"load: 1234567890123456789", "E106", 7, 11),
    "no finite number": Case(NESTED % b"weight: .inf", "E106", 7, 13),
    "not a number": Case(NESTED % b"weight: .nan", "E106", 7, 13),
    "underlined digits": Case(NESTED % b"weight: 4_0", "E106", 7, 13),
    "an exponent": Case(NESTED % b"weight: 4e1", "E106", 7, 13),
    "an octal number": Case(NESTED % b"weight: 08", "E106", 7, 13),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with one whole plan in it."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


@BOTH
@pytest.mark.parametrize("name", CASES)
def test_refused_text(
    name: str, lang: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every refusal is a finding at its line and column, with words in both languages."""
    case = CASES[name]
    (folder / "x.yaml").write_bytes(case.data)
    found = called(capsys, "validate", ".", "--format", "json", "--lang", lang)
    assert (found.code, found.err) == (1, "")
    diagnostics = json.loads(found.out)["diagnostics"]
    places = [(one["code"], one["line"], one["column"]) for one in diagnostics]
    assert (case.code, case.line, case.column) in places
    assert {"x.yaml"} == {one["file"] for one in diagnostics}
    assert all(one["message"] for one in diagnostics)
    shown = called(capsys, "validate", ".", "--lang", lang)
    assert (shown.code, shown.err) == (1, "")
    assert f"x.yaml:{case.line}:{case.column}: " in shown.out
    assert set("\x00\x1b\u200b\u202e\u2028\x85\r").isdisjoint(shown.out)


@BOTH
@pytest.mark.parametrize("data", [b"", b"\n", b"# nothing yet\n", b"---\n", b"\xef\xbb\xbf"])
def test_empty_file(
    data: bytes, lang: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file without anything in it is a warning: clean, but not with --strict."""
    (folder / "x.yaml").write_bytes(data)
    found = called(capsys, "validate", ".", "--lang", lang)
    assert (found.code, found.err) == (0, "")
    assert "x.yaml:1:1: " in found.out
    assert "W012" in found.out
    assert called(capsys, "validate", ".", "--strict", "--lang", lang).code == 1


def test_one_broken_file_hides_nothing_in_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A syntax error in one file leaves the findings of the others; no name is called unknown."""
    (folder / "a.yaml").write_bytes(b"programs: [\n")
    (folder / "b.yaml").write_bytes(
        b"programs:\n"
        b"  - {id: q, name: Q, lead: nobody, outcome: O, milestones:\n"
        b"      [{id: b, nam: B, measure: M, due: 2025-05-14}]}\n"
    )
    found = called(capsys, "validate", ".", "--format", "json")
    codes = [(one["file"], one["code"]) for one in json.loads(found.out)["diagnostics"]]
    assert codes == [("a.yaml", "E002"), ("b.yaml", "E102"), ("b.yaml", "E101")]


def test_two_heads_in_a_named_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a plan in parts a second `plan:` is a finding."""
    head, _, rest = SMALL.partition("owners:")
    (folder / "plan.yaml").write_text(head, encoding="utf-8")
    (folder / "rest.yaml").write_text(f"owners:{rest}", encoding="utf-8")
    (folder / "z.yaml").write_text(head, encoding="utf-8")
    found = called(capsys, "validate", "--plan", ".", "--lang", "en")
    assert found.code == 1
    assert "z.yaml:1:1: error E111: the key plan is given again; first in plan.yaml:1" in found.out


def test_two_plans_in_a_named_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several plans in the folder that is named are listed, and none of them is read."""
    head, _, rest = SMALL.partition("owners:")
    (folder / "z.yaml").write_text(SMALL, encoding="utf-8")
    (folder / "parts").mkdir()
    (folder / "parts" / "plan.yaml").write_text(head, encoding="utf-8")
    (folder / "parts" / "rest.yaml").write_text(f"owners:{rest}", encoding="utf-8")
    found = called(capsys, "validate", ".", "--lang", "en")
    said = "plan: several plans, name one with --plan: parts, plan.yaml and z.yaml\n"
    assert (found.code, found.out, found.err) == (3, "", said)
    assert called(capsys, "validate", "parts").code == 0


def test_report_on_bad_input(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report says on stderr what is wrong and nothing on stdout."""
    (folder / "x.yaml").write_bytes(CASES["a day that is none"].data)
    for command in (["status"], ["schedule", "--format", "json"], ["show", "sehat-01"]):
        found = called(capsys, *command, "--plan", ".", "--lang", "en")
        assert (found.code, found.out) == (1, "")
        assert "x.yaml:7:10: error E105: there is no day 2026-02-30" in found.err


def _nothing(folder: Path) -> list[str]:
    (folder / "plan.yaml").unlink()
    return []


def _several(folder: Path) -> list[str]:
    (folder / "another.yaml").write_text(SMALL, encoding="utf-8")
    return []


def _missing(_: Path) -> list[str]:
    return ["--plan", "nowhere.yaml"]


def _below_a_file(_: Path) -> list[str]:
    return ["--plan", "plan.yaml/deeper"]


def _null_in_the_name(_: Path) -> list[str]:
    return ["--plan", "a\0b"]


def _name_too_long(_: Path) -> list[str]:
    return ["--plan", "x" * 5000]


def _empty_folder(folder: Path) -> list[str]:
    (folder / "below").mkdir()
    return ["--plan", "below"]


def _no_yaml(folder: Path) -> list[str]:
    (folder / "below").mkdir()
    (folder / "below" / "notes.txt").write_text("plan: {}\n", encoding="utf-8")
    return ["--plan", "below"]


def _no_plan(folder: Path) -> list[str]:
    (folder / "plan.yaml").unlink()
    (folder / "below").mkdir()
    (folder / "below" / "owners.yaml").write_text("owners: []\n", encoding="utf-8")
    return ["--plan", "below"]


def _pipe(folder: Path) -> list[str]:
    os.mkfifo(folder / "pipe.yaml")
    return ["--plan", "pipe.yaml"]


def _device(_: Path) -> list[str]:
    return ["--plan", "/dev/zero"]


def _loop(folder: Path) -> list[str]:
    (folder / "loop.yaml").symlink_to("loop.yaml")
    return ["--plan", "loop.yaml"]


def _dangling(folder: Path) -> list[str]:
    (folder / "gone.yaml").symlink_to("nothing.yaml")
    return ["--plan", "gone.yaml"]


UNAVAILABLE: dict[str, tuple[Callable[[Path], list[str]], str]] = {
    "an empty current folder": (_nothing, "no plan from "),
    "two plans found by search": (
        _several,
        "several plans, name one with --plan: another.yaml and plan.yaml",
    ),
    "a missing file": (_missing, "nowhere.yaml can't be read: it is not there"),
    "a path through a file": (_below_a_file, "plan.yaml/deeper can't be read: it is not there"),
    "a name no system has": (_null_in_the_name, r"a\u{0}b can't be read: the system says "),
    "a name too long": (_name_too_long, "can't be read: the system says "),
    "an empty folder": (_empty_folder, "no YAML file in below"),
    "a folder without YAML": (_no_yaml, "no YAML file in below"),
    "a folder without a plan": (_no_plan, "no file in below has the key plan"),
    "a pipe": (_pipe, "pipe.yaml is neither a file nor a folder"),
    "a device": (_device, "/dev/zero is neither a file nor a folder"),
    "a loop of links": (_loop, "loop.yaml can't be read: the system says "),
    "a link to nothing": (_dangling, "gone.yaml can't be read: it is not there"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes, devices and links as on Unix")
@pytest.mark.parametrize("command", ["validate", "status"])
@pytest.mark.parametrize("name", UNAVAILABLE)
def test_no_plan_to_work_on(
    name: str, command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is no plan, or not one, or the disk refuses: one line, exit 3, both languages."""
    arrange, words = UNAVAILABLE[name]
    arguments = arrange(folder)
    found = called(capsys, command, *arguments, "--lang", "en")
    assert (found.code, found.out) == (3, "")
    assert words in found.err
    assert found.err.startswith("plan: ")
    assert found.err.count("\n") == 1
    other = called(capsys, command, *arguments, "--lang", "id")
    assert (other.code, other.out, other.err.count("\n")) == (3, "", 1)
    assert other.err != found.err


@pytest.mark.skipif(ROOT_READS_ALL, reason="root may read every file")
@pytest.mark.parametrize("arguments", [["--plan", "."], ["--plan", "x.yaml"]])
def test_unreadable_file(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file nobody may read stops everything: part of a plan would be reported as the whole."""
    secret = folder / "x.yaml"
    secret.write_text("programs: []\n", encoding="utf-8")
    secret.chmod(0)
    found = called(capsys, "validate", *arguments, "--lang", "en")
    assert (found.code, found.out) == (3, "")
    assert found.err == "plan: x.yaml can't be read: no permission\n"


def test_the_disk_refuses(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of the disk while reading is one line with the file's name."""
    (folder / "x.yaml").write_text("programs: []\n", encoding="utf-8")
    whole = type(folder).open

    def refuse(path: Path, mode: str) -> object:
        if path.name == "x.yaml":
            raise PermissionError
        return whole(path, mode)

    monkeypatch.setattr(type(folder), "open", refuse)
    found = called(capsys, "validate", "--plan", ".", "--lang", "en")
    assert (found.code, found.out) == (3, "")
    assert found.err == "plan: x.yaml can't be read: no permission\n"


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as on Unix")
def test_links_and_pipes_are_passed_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A link to a file or folder, a loop of them and a pipe are no part of a plan."""
    outside = folder / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("programs: [{id: s, name: S}]\n", encoding="utf-8")
    inside = folder / "inside"
    inside.mkdir()
    (inside / "plan.yaml").write_text(SMALL, encoding="utf-8")
    (inside / "file.yaml").symlink_to(outside / "secret.yaml")
    (inside / "folder").symlink_to(outside)
    (inside / "round").symlink_to(inside)
    (inside / "self.yaml").symlink_to("self.yaml")
    os.mkfifo(inside / "pipe.yaml")
    found = called(capsys, "validate", "inside", "--format", "json")
    summary = json.loads(found.out)["summary"]
    assert summary == {"files": 1, "errors": 0, "warnings": 0, "accepted": 0, "complete": True}


def test_hidden_paths_and_baselines_are_passed_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Hidden files and folders, baselines and other endings are no part of a plan."""
    for name in (".hidden.yaml", ".git/x.yaml", "baselines/awal.yaml", "a/.b/x.yaml", "x.yaml~"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("broken: [", encoding="utf-8")
    found = called(capsys, "validate", ".", "--format", "json")
    assert json.loads(found.out)["summary"] == {
        "files": 1,
        "errors": 0,
        "warnings": 0,
        "accepted": 0,
        "complete": True,
    }


def test_a_folder_named_like_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that ends in .yaml is a folder."""
    (folder / "x.yaml").mkdir()
    (folder / "x.yaml" / "y.yaml").write_text("programs: []\n", encoding="utf-8")
    found = called(capsys, "validate", ".", "--format", "json")
    assert json.loads(found.out)["summary"] == {
        "files": 2,
        "errors": 0,
        "warnings": 0,
        "accepted": 0,
        "complete": True,
    }


def test_deep_folders(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hundred folders inside one another are read to the bottom."""
    deep = folder.joinpath(*["d"] * 100)
    deep.mkdir(parents=True)
    (deep / "x.yaml").write_text("programs: [{id: q}]\n", encoding="utf-8")
    found = called(capsys, "validate", ".", "--lang", "en")
    assert found.code == 1
    assert f"{'d/' * 100}x.yaml:1:12: error E102: " in found.out


def test_too_many_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """2,000 files are a plan; one more is a finding."""
    for number in range(1999):
        (folder / f"x{number}.yml").write_bytes(b"owners: []\n")
    assert called(capsys, "validate", ".").code == 0
    (folder / "one-more.yaml").write_bytes(b"owners: []\n")
    found = called(capsys, "validate", ".", "--lang", "en")
    assert found.code == 1
    assert "error E011: this plan has more than 2,000 files" in found.out


def test_too_many_bytes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files that are each allowed, but more than 20 MB in all, are a finding."""
    full = b"# " + b"x" * 1_999_997 + b"\n"
    for number in range(10):
        (folder / f"x{number}.yaml").write_bytes(full)
    found = called(capsys, "validate", ".", "--lang", "en")
    assert found.code == 1
    assert "error E011: this plan's files are larger than 20 MB together" in found.out


def test_too_many_values(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that are each allowed, but hold too many values in all, are a finding."""
    monkeypatch.setattr("banyuasin_plan.reading.joining.PLAN_NODES", 70)
    assert called(capsys, "validate", ".").code == 0
    (folder / "x.yaml").write_bytes(b"owners: [" + b"{id: a}, " * 20 + b"]\n")
    found = called(capsys, "validate", ".", "--lang", "en")
    assert found.code == 1
    assert "error E011: this plan holds more than 70 values" in found.out


def test_more_findings_than_anyone_reads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hundred thousand mistakes are not all looked for; the last finding says so."""
    (folder / "x.yaml").write_bytes(b"owners: [" + b"1," * 100_000 + b"]")
    found = called(capsys, "validate", ".", "--format", "json", "--lang", "en")
    assert found.code == 1
    diagnostics = json.loads(found.out)["diagnostics"]
    assert len(diagnostics) == 10_001
    said = [one["message"] for one in diagnostics if one["code"] == "E011"]
    assert said == ["there is more to say about this plan than 10,000 findings"]


def test_more_wrong_names_than_are_looked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest id is suggested until that gets slow; every wrong name is found all the same."""
    monkeypatch.setattr("banyuasin_plan.rules.references.COMPARISONS", 2 * 2)
    wrong = SMALL.replace("after: [sehat-01]", "after: [sehat-1, sehat-001, sehat-011]")
    (folder / "plan.yaml").write_text(wrong, encoding="utf-8")
    found = called(capsys, "validate", "--format", "json", "--lang", "en")
    diagnostics = json.loads(found.out)["diagnostics"]
    assert [one["code"] for one in diagnostics] == ["E203"] * 3
    suggested = [one["help"] == "did you mean sehat-01?" for one in diagnostics]
    assert suggested == [True, True, False]


def test_as_a_process(tmp_path: Path) -> None:
    """The program itself, on the worst of it: findings on stdout, exit 1, no traceback."""
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    for number, case in enumerate(CASES.values()):
        (tmp_path / f"x{number:02}.yaml").write_bytes(case.data[:10_000])
    found = started("validate", ".", cwd=tmp_path)
    assert (found.code, found.err) == (1, "")
    assert "Traceback" not in found.out
    shown = started("status", "--plan", ".", "--lang", "en", cwd=tmp_path)
    assert (shown.code, shown.out) == (1, "")
    assert "Traceback" not in shown.err
    nothing = started("status", "--plan", "nowhere", cwd=tmp_path)
    assert nothing == (3, "", "plan: nowhere tidak dapat dibaca: tidak ada\n")
