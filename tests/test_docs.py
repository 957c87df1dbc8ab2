"""What the documents quote is what the program prints."""

from __future__ import annotations

import re
import shlex
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from banyuasin_plan.cli import run

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
