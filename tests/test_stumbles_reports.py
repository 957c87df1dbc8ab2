"""Where a stranger stumbled over the reports: who is asked for, what is left out, what is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.commands import alone, called

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands import Outcome

PLAN = """\
plan: {id: uji, name: Uji, start: 2025-03-03, as_of: 2025-03-28, language: en}
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: setda, name: Sekretariat Daerah}
  - {id: dpmd, name: DPMD}
districts:
  - {id: betung, name: Betung}
  - {id: sembawa, name: Sembawa}
groups: [{id: satu, name: Satu}, {id: dua, name: Dua}]
programs:
  - id: sehat
    name: Sehat
    group: satu
    lead: dinkes
    milestones:
      - {id: sehat-01, name: Data awal dari camat, duration: 40d, due: 2025-05-28,
         started: 2025-03-03, districts: all, delivered: {sembawa: 2025-03-10}}
      - {id: sehat-02, name: SK, duration: 40d, due: 2025-05-28, started: 2025-03-04,
         support: [dpmd]}
  - id: cerdas
    name: Cerdas
    group: dua
    lead: setda
    milestones:
      - {id: cerdas-01, name: Sekolah, duration: 40d, due: 2025-05-28, started: 2025-03-03,
         districts: [betung, sembawa]}
"""


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """Runs a command right here, in a folder with a small plan."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return lambda *arguments: called(capsys, *arguments)


# Who owes a report


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], {"betung": 2, "sembawa": 1, "setda": 1, "dinkes": 2}),
        (["--owner", "betung"], {"betung": 2}),
        (["--district", "betung"], {"betung": 2}),
        (["--owner", "dinkes"], {"dinkes": 2}),
        (["--owner", "dinkes", "--district", "betung"], {"betung": 1, "dinkes": 1}),
        (["--owner", "sembawa", "--program", "cerdas"], {"sembawa": 1}),
        (["--owner", "sembawa", "--group", "satu"], {}),
        (["--owner", "dpmd"], {}),
        (["--owner", "dpmd", "--with-support"], {"dinkes": 1}),
    ],
)
def test_filters_choose_who_owes(
    filters: list[str], expected: dict[str, int], run: Callable[..., Outcome]
) -> None:
    """`--owner` and `--district` name the debtor, a camat as well as an agency."""
    rows: list[dict[str, Any]] = json.loads(run("unreported", "-f", "json", *filters).out)[
        "tables"
    ]["owners"]
    assert {row["owner"]: row["milestones"] for row in rows} == expected
