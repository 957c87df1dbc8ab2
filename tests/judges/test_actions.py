"""Annotations against the library that GitHub's own actions write them with, byte by byte."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from banyuasin_plan.diagnostic import Diagnostic, Severity, Span
from banyuasin_plan.formats.findings.github import command
from banyuasin_plan.words import Lang, message, say

NASTY = (
    "a b",
    "a,b:c;d=e",
    "100%",
    "%0A %25 %3A %2C",
    "a\nb",
    "a\r\nb\r",
    "::error file=x::y",
    "a::b",
    "\n::set-output name=x::y",
    "##[error]x",
    "'\"`$(x)\\",
    "caf\u00e9 \u8a08\u756b \U0001f600",
    "\u2028\u202e\u200b\x1b[31m\x07",
    "plans/banyuasin/gerakan/gertas.yaml",
    "C:\\rencana\\a.yaml",
    " ",
    "=1+1",
    "x" * 5000,
)


@pytest.fixture(scope="session")
def library(judge_node: Path, bench_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The judge's script, put where it finds the library."""
    folder = tmp_path_factory.mktemp("actions")
    (folder / "node_modules").symlink_to(judge_node / "node_modules")
    return Path(shutil.copy(bench_data / "judges" / "actions.mjs", folder / "actions.mjs"))


@pytest.mark.judge
@pytest.mark.parametrize("end_line", [3, 4])
@pytest.mark.parametrize("text", NASTY)
def test_annotations_as_the_official_library_writes_them(
    text: str, end_line: int, library: Path
) -> None:
    """Escapes and the order of properties are the library's, in names as in sentences."""
    severity = Severity.ERROR if end_line == 3 else Severity.WARNING
    span = Span(text, 3, 5, end_line, 9)
    said, hint = message("bad_id", given=text), message("did_you_mean", name=text)
    ours = command(Diagnostic(span, "E104", severity, said, hint), Lang.EN)
    props: dict[str, str | int] = {
        "title": "E104",
        "file": text,
        "startLine": span.line,
        "endLine": span.end_line,
    }
    if span.end_line == span.line:
        props |= {"startColumn": span.column, "endColumn": span.end_column}
    whole = f"{say(said, Lang.EN)} ({say(hint, Lang.EN)})"
    asked = {"level": severity.value, "message": whole, "props": props}
    theirs = subprocess.run(
        ["node", str(library), json.dumps(asked)], capture_output=True, check=True, timeout=60
    )
    assert f"{ours}\n".encode() == theirs.stdout
