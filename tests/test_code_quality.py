"""Findings for services: GitLab's code quality report, and the format that goes by the place."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.commands import called

from banyuasin_plan.formats import Screen
from banyuasin_plan.formats.findings import Findings, written
from banyuasin_plan.reading import load
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NOW = datetime(2025, 4, 10, 2, tzinfo=UTC)
BROKEN = """\
plan: {id: uji, name: Uji, start: 2025-02-20}
programs:
  - {id: sehat, name: Sehat, lead: dinkes}
  - {id: cerdas, name: Cerdas, lead: dinkes, outcome: Sekolah dibuka}
"""


def report(text: str, lang: Lang = Lang.EN) -> list[dict[str, Any]]:
    """The code quality report of a plan of one file."""
    texts = {"rencana/a.yaml": text.encode()}
    findings = Findings("uji", load(texts, NOW).diagnostics, texts)
    rows: list[dict[str, Any]] = json.loads(written(findings, "gitlab", lang, Screen()))
    return rows


def test_fields() -> None:
    """Each finding has what GitLab asks for: words, a code, a fingerprint, a severity, a place."""
    errors = [row for row in report(BROKEN) if row["check_name"] == "E202"]
    assert [row["location"]["lines"]["begin"] for row in errors] == [3, 4]
    assert {"rencana/a.yaml"} == {row["location"]["path"] for row in errors}
    assert {"critical"} == {row["severity"] for row in errors}
    assert {"minor"} == {row["severity"] for row in report(BROKEN) if row["check_name"][0] == "W"}
    assert all(re.fullmatch("[0-9a-f]{64}", row["fingerprint"]) for row in report(BROKEN))
    assert errors[0]["description"].startswith("nobody is called dinkes (")


def test_fingerprints() -> None:
    """A finding is known again after an edit above it and in the other language; two are two."""
    prints = [row["fingerprint"] for row in report(BROKEN)]
    assert len(set(prints)) == len(prints) > 2
    assert prints == [row["fingerprint"] for row in report(f"# catatan\n{BROKEN}")]
    assert prints == [row["fingerprint"] for row in report(BROKEN, Lang.ID)]
    assert [row["description"] for row in report(BROKEN)] != [
        row["description"] for row in report(BROKEN, Lang.ID)
    ]


def test_nothing_found() -> None:
    """A plan without a finding gives an empty list, which GitLab takes as all clear."""
    assert report("plan: {id: uji, name: Uji, start: 2025-02-20}\n") == []


def test_auto(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--format auto` writes annotations inside GitHub Actions and text for people elsewhere."""
    (tmp_path / "a.yaml").write_text(BROKEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    for actions, first in (("true", "::error title=E202,"), ("", "a.yaml:3:")):
        monkeypatch.setenv("GITHUB_ACTIONS", actions)
        outcome = called(capsys, "validate", "--format", "auto", "--lang", "en")
        assert outcome.code == 1
        assert outcome.out.startswith(first)
