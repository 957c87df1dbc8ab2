"""What the documents quote is what the program prints."""

from __future__ import annotations

import ast
import json
import re
import shlex
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
from banyuasin_plan.reports import status
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
SESSION = re.compile(r"^```console\n\$ plan (.+?)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
QUOTES = [
    (page.relative_to(ROOT).as_posix(), command, output)
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    for command, output in SESSION.findall(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "command", "quoted"), QUOTES)
def test_quoted_session(
    page: str,
    command: str,
    quoted: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A session quoted in a document is what the command prints in the repository's root."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("PLAN_LANG", raising=False)
    run(shlex.split(command))
    assert quoted == capsys.readouterr().out, page


def test_sessions_are_found() -> None:
    """The README quotes at least one session, so the check above checks something."""
    assert any(page == "README.md" for page, _, _ in QUOTES)


def generator() -> ModuleType:
    """The script that writes the generated pages, which is no part of the package."""
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
