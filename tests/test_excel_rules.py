"""No workbook gives Excel anything to repair, whatever a plan says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.excel_rules import broken_rules
from tests.workbooks import members, zipped

from banyuasin_plan.cli import run

if TYPE_CHECKING:
    from collections.abc import Sequence

SHIPPED = Path(__file__).resolve().parent.parent / "plans" / "banyuasin"
LONG = "kata panjang & <lain> " * 300
WORDY = f"""\
plan: {{id: uji, name: "Uji {"x" * 200}", notice: "{LONG}", start: 2025-02-20, as_of: 2025-04-10}}
groups: [{{id: g, name: "[Kelompok] 'satu': a/b*c? \\\\ {LONG}"}}]
owners: [{{id: a, name: "{LONG}", capacity: 1}}, {{id: b, name: "'B'"}}]
districts: [{{id: betung, name: "{LONG}"}}]
programs:
  - id: p
    name: "{LONG}"
    outcome: "{LONG}"
    group: g
    lead: a
    verifier: b
    milestones:
      - id: p-1
        name: "{LONG}"
        measure: "{LONG}"
        target: {{amount: 1, unit: "{LONG}"}}
        duration: 5d
        due: 2025-03-20
        districts: [betung]
        blockers: [{{since: 2025-04-01, what: "{LONG}", owner: a, need: "{LONG}"}}]
      - {{id: p-2, name: "=1+1", duration: 3d, after: [p-1], owner: b, districts: all}}
      - {{id: p-3, name: c, duration: 3d, started: 2025-04-01, finished: 2025-04-03}}
"""
WORKBOOKS = (
    ("export", "weekly", "--per-owner"),
    ("export", "form", "--all"),
    ("export", "form", "--all", "--planning"),
    ("export", "form", "--all", "--verify"),
    *((name, "--format", "xlsx") for name in ("status", "load", "gantt", "coverage", "handoffs")),
    ("align", "--format", "xlsx"),
    ("meetings", "--format", "xlsx"),
)


def _made(asked: Sequence[str], plan: Path, folder: Path) -> list[Path]:
    """The workbooks that a command writes."""
    whole = "form" in asked
    output = folder if whole else folder / "made.xlsx"
    run([*asked, "--plan", str(plan), "--lang", "id", "-o", str(output)])
    return sorted(folder.glob("*.xlsx"))


@pytest.mark.parametrize("asked", WORKBOOKS, ids=" ".join)
@pytest.mark.parametrize("plan", ["shipped", "wordy"])
def test_nothing_to_repair(plan: str, asked: Sequence[str], tmp_path: Path) -> None:
    """Of the shipped plan, and of one with long texts and signs that mean something."""
    home = SHIPPED
    if plan == "wordy":
        home = tmp_path / "plan.yaml"
        home.write_text(WORDY, encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    made = _made(asked, home, folder)
    assert made
    assert {one.name: broken for one in made if (broken := broken_rules(one.read_bytes()))} == {}


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (4, ' ht="', ' ht="9', "high"),
        (4, "</mergeCells>", '<mergeCell ref="A1:B2"/></mergeCells>', "merged"),
        (4, 't="s"><v>', 't="s"><v>99', "no such string"),
        (4, ' s="1', ' s="999', "no such style"),
        (4, '<row r="2"', '<row r="1"', "rows out of order"),
        ("xl/tables/table1.xml", 'displayName="', 'displayName="1 ', "is named"),
        ("xl/tables/table1.xml", 'n id="1" name="', 'n id="1" name="x', "head"),
        ("xl/workbook.xml", 'sheet name="', 'sheet name="a/b', "a sheet is named"),
    ],
)
def test_what_is_broken_is_seen(
    part: str | int, old: str, new: str, said: str, tmp_path: Path
) -> None:
    """The rules find what is made wrong on purpose, in a part or the sheet of that number."""
    part = part if isinstance(part, str) else f"xl/worksheets/sheet{part}.xml"
    [file] = _made(("export", "weekly"), SHIPPED, tmp_path)
    parts = members(file.read_bytes())
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new, 1).encode()
    assert any(said in one for one in broken_rules(zipped(parts.items())))
