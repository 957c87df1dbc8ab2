"""Plans as offices send them: each line that is flagged says so itself, and nothing else is.

A case under `cases/` is a file, or a folder of files that make one plan. A comment `# <- CODE` at
the end of a line says that it is flagged; `# <- CODE CODE` that it is twice. Where no comment can
stand on the line it stands elsewhere in the file, with the line's number: `# <- CODE @7`. What a
file cannot say at all is in a file beside the case, `NAME.marks`, as `FILE:LINE CODE`.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from banyuasin_plan.reading import Loaded, load
from banyuasin_plan.rules import RULES, Rule
from banyuasin_plan.words import Lang, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    Flag = tuple[str, int, str]

NOW = datetime(2025, 4, 10, 9, tzinfo=UTC)
CASES = Path(__file__).parent / "cases"
MARKS = ".marks"
MARK = re.compile(r"# <- (?P<codes>[EW]\d{3}(?: [EW]\d{3})*)(?: @(?P<line>\d+))?\s*$")
BESIDE = re.compile(r"(?P<file>\S+):(?P<line>\d+) (?P<code>[EW]\d{3})")
LEAST_BAD, LEAST_OK = 40, 12


def cases(kind: str) -> list[Path]:
    """The cases in a folder of `cases/`, by name."""
    return sorted(one for one in (CASES / kind).iterdir() if one.suffix != MARKS)


def texts(case: Path) -> dict[str, bytes]:
    """A case's files; in a folder they are named by their path in it."""
    if case.is_file():
        return {case.name: case.read_bytes()}
    files = (one for one in case.rglob("*") if one.is_file())
    return {one.relative_to(case).as_posix(): one.read_bytes() for one in files}


@cache
def marks(case: Path) -> Counter[Flag]:
    """What a case says is to be found in it: file, line and code."""
    beside = case.with_suffix(MARKS)
    said = beside.read_text(encoding="utf-8") if beside.exists() else ""
    found = [(one["file"], int(one["line"]), one["code"]) for one in BESIDE.finditer(said)]
    for name, data in texts(case).items():
        for number, line in enumerate(data.decode(errors="replace").split("\n"), start=1):
            if mark := MARK.search(line):
                at = int(mark["line"] or number)
                found += [(name, at, code) for code in mark["codes"].split()]
    return Counter(found)


def loaded(case: Path) -> Loaded:
    """A case as it is read."""
    return load(texts(case), NOW)


def flags(case: Path) -> Counter[Flag]:
    """What is found in a case: file, line and code."""
    found = loaded(case).diagnostics
    return Counter((one.span.file, one.span.line, one.code) for one in found)


def named(paths: Iterable[Path]) -> list[object]:
    """Cases as parameters of a test, each under its name."""
    return [pytest.param(case, id=case.name) for case in paths]


BAD, OK = cases("bad"), cases("ok")


@pytest.mark.parametrize("case", named([*BAD, *OK]))
def test_marks(case: Path) -> None:
    """A case's marks are what is found in it: no line more, none less, none under another code."""
    assert marks(case) == flags(case)


@pytest.mark.parametrize("case", named(BAD))
def test_said(case: Path) -> None:
    """Whatever is found becomes a sentence in both languages."""
    for one in loaded(case).diagnostics:
        for lang in Lang:
            assert say(one.message, lang)
            assert one.help is None or say(one.help, lang)


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_no_rule_can_go(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any one of the rules some case is not what it says it is."""
    rest = tuple(one for one in RULES if one is not rule)
    for holder in ("banyuasin_plan.reading", "banyuasin_plan.rules"):
        monkeypatch.setattr(f"{holder}.RULES", rest)
    about = [case for case in BAD if any(code == rule.code for _, _, code in marks(case))]
    assert about
    assert any(is_missed(case) for case in about)


def is_missed(case: Path) -> bool:
    """Whether a case is not what it says, or its reading asks for a rule that is gone."""
    try:
        return marks(case) != flags(case)
    except StopIteration:  # reading asks for some rules by their names
        return True


def test_bad_and_ok() -> None:
    """Every bad case has something marked, no good one has, and there are enough of both."""
    assert [case.name for case in BAD if not marks(case)] == []
    assert [case.name for case in OK if marks(case)] == []
    assert len(BAD) >= LEAST_BAD
    assert len(OK) >= LEAST_OK


def test_every_rule_is_marked() -> None:
    """Every rule is marked in some case, and only rules are."""
    marked = {code for case in BAD for _, _, code in marks(case)}
    assert {rule.code for rule in RULES} == marked


def test_no_marks_without_a_case() -> None:
    """Every file of marks lies beside a case."""
    beside = {one.stem for one in CASES.rglob(f"*{MARKS}")}
    assert beside <= {case.stem for case in BAD}
