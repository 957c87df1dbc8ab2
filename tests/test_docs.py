"""What the documents quote is what the program prints."""

from __future__ import annotations

import ast
import io
import json
import re
import shlex
import sys
from datetime import UTC, datetime
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from operator import add, mul, sub, truediv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from banyuasin_plan.cli import run
from banyuasin_plan.cli.reporting import material_of
from banyuasin_plan.formats import Screen, written
from banyuasin_plan.reading import load
from banyuasin_plan.reports import changes, history, status, verify
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from types import ModuleType

    from banyuasin_plan.report import Column

ROOT = Path(__file__).resolve().parent.parent


@cache
def generator() -> ModuleType:
    """The script that writes the generated pages, which is no part of the package."""
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


QUOTES = [
    (page.relative_to(ROOT).as_posix(), found["columns"], found["command"], found["output"])
    for page in generator().quoting()
    for found in generator().SESSION.finditer(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "columns", "command", "quoted"), QUOTES)
def test_quoted_session(
    page: str,
    columns: str | None,
    command: str,
    quoted: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A session quoted in a document is what the command prints in the repository's root.

    As piped, or, where the document says how wide it is, as a terminal shows it; `make docs`
    quotes it again.
    """
    shown = generator().Terminal() if columns else io.StringIO()
    monkeypatch.chdir(ROOT)
    for name in ("PLAN_LANG", "PLAN_PATH", "PLAN_TODAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", columns or "0")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", shown)
    run(shlex.split(command))
    lines = shown.getvalue().splitlines()
    assert quoted.splitlines() == [line.rstrip() for line in lines], f"{page}: run make docs"


@pytest.mark.parametrize("page", ["README.md", "docs/readers/camat.md"])
def test_sessions_are_found(page: str) -> None:
    """Documents quote sessions, so the check above checks something."""
    assert any(found == page for found, *_ in QUOTES)


@pytest.mark.parametrize("reader", ["camat", "kepala-opd", "ketua-tim"])
def test_readers_have_three_answers(reader: str) -> None:
    """Each reader's page answers three questions, each with a session."""
    text = (ROOT / "docs" / "readers" / f"{reader}.md").read_text(encoding="utf-8")
    questions = text.split("\n## ")[1:]
    assert [one[:2] for one in questions] == ["1.", "2.", "3."]
    assert all("?" in one.partition("\n")[0] and "$ plan " in one for one in questions)


def test_generated_pages_are_fresh() -> None:
    """The pages made from rules, colours and keys are what `make docs` would write, and no more."""
    docs = ROOT / "docs"
    written = {
        page.relative_to(docs).as_posix(): page.read_text(encoding="utf-8")
        for page in (
            *(docs / "reference" / "rules").glob("*.md"),
            docs / "reference" / "colours.md",
            docs / "reference" / "fields.md",
        )
    }
    assert generator().pages() == written, "run make docs"


WORKED = re.compile(r"^\| `(\w+)` \| `([^`]+)` \| (\S+) \|$", re.MULTILINE)
"""A row of a worked example: the figure, its arithmetic, what it comes to."""

OPERATORS = {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv}


def worth(node: ast.expr) -> float:
    """What an arithmetic expression comes to; anything else is an error."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    assert isinstance(node, ast.BinOp)
    return float(OPERATORS[type(node.op)](worth(node.left), worth(node.right)))


FIGURES = WORKED.findall((ROOT / "docs/reference/figures.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("figure", "arithmetic", "value"), FIGURES)
def test_worked_example(figure: str, arithmetic: str, value: str) -> None:
    """What a document works out is what it says it comes to, and what the program says."""
    assert worth(ast.parse(arithmetic, mode="eval").body) == pytest.approx(float(value), abs=1e-6)
    assert shown_figures()[figure] == pytest.approx(float(value), abs=1e-6)


def test_worked_examples_are_found() -> None:
    """Every figure of value, time, promises and money has its arithmetic."""
    assert len(FIGURES) == 17


@cache
def shown_figures() -> dict[str, float]:
    """The figures of the worked example, as `plan status --format json` has them."""
    texts = {"figures.yaml": (ROOT / "examples" / "figures.yaml").read_bytes()}
    loaded = load(texts, datetime(2025, 4, 10, tzinfo=UTC))
    assert loaded.diagnostics == ()
    report = status.report(material_of(loaded))
    found: dict[str, float] = json.loads(written(report, "json", Lang.EN, Screen()))["figures"]
    return found


DOCUMENTED: dict[str, dict[str, tuple[Column, ...]]] = {
    "changes.md": {
        **{one.id: one.columns for one in changes.TABLES},
        "changes": changes.LONG,
        "points": history.POINTS,
    },
    "verification.md": {"claims": verify.CLAIMS},
}


@pytest.mark.parametrize("page", DOCUMENTED)
def test_columns_of_the_json(page: str) -> None:
    """A page names the columns of its tables as they are, in their order."""
    text = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `([\w, ]+)`", text, re.MULTILINE)
    told = dict([*rows, *re.findall(r"`tables\.(\w+)\[\]` = `([\w, ]+)`", text)])
    for name, columns in DOCUMENTED[page].items():
        assert told[name].split(", ") == [column.id for column in columns], name


def test_figures_of_the_json() -> None:
    """So are its figures."""
    text = (ROOT / "docs" / "reference" / "changes.md").read_text(encoding="utf-8")
    [told] = re.findall(r"`figures` = `([\w, ]+)`", text)
    assert told.split(", ")[6:] == [*changes.SHARES, *changes.COUNTS]
