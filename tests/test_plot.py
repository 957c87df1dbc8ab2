"""The S-curve drawn on a terminal, and its data in every other format."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from tests.plans import milestone
from tests.standing_plans import PLAIN, as_json, material, plan_of, program

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.formats.lines import width
from banyuasin_plan.reports import curve
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from banyuasin_plan.report import Report

RUNNING = milestone("a", start="2025-03-03", due="2025-06-10", progress=30, reported="2025-04-01")
DONE = milestone(
    "b",
    "1d",
    due="2025-03-20",
    finished="2025-03-20",
    verified={"by": "setda", "on": "2025-03-27"},
)
SMALL = """\
100% |               |           .....oo
     |               |      ..... :ooo
     |               |   ...   oooo
 80% |               ....  oooo   :
     |           ....|  ooo       :
     |       .########oo          :
 60% |    ... #      |            :
     |    ####vvvvvvvv            :
     |    # v        |            :
 40% |    # v        |            :
     |    # v        |            :
     |    # v        |            :
 20% |    # v        |            :
     |    # v        |            :
     | ...# v        |            :
  0% |####vv         |            :
     +----------------------------------
      3 Mar          25 Apr       10 Jun
"""


def made(day: str = "2025-04-25") -> Report:
    """The curve of two milestones: one under way since day 1, one done and verified."""
    return curve.report(material(plan_of(program("p", RUNNING, DONE), **PLAIN), day))


def test_drawn() -> None:
    """Four lines with a sign each, the data date and the last day, marks every 20 %."""
    drawn = written(made(), "table", Lang.EN, Screen(40, plain=True))
    assert SMALL in drawn


@pytest.mark.parametrize("columns", [26, 60, 80, 140])
@pytest.mark.parametrize("lang", list(Lang))
def test_fits(columns: int, lang: Lang) -> None:
    """No line of it is wider than the screen."""
    drawn = written(made(), "table", lang, Screen(columns))
    assert max(map(width, drawn.splitlines())) <= columns
    for sign in "·●◆○":
        assert sign in drawn


def test_too_narrow_to_draw() -> None:
    """Where there is no room for lines, their values today are still told."""
    drawn = written(made(), "table", Lang.EN, Screen(24))
    assert "100% │" not in drawn
    assert "● Actual 65.0%" in drawn


def test_data() -> None:
    """The same by day in every format: nothing actual ahead of today, no forecast behind."""
    found = as_json(made())
    today = next(row for row in found["tables"]["days"] if row["day"] == "2025-04-25")
    assert today == {
        "day_number": 54,
        "day": "2025-04-25",
        "planned_percent": today["planned_percent"],
        "actual_percent": 65,
        "verified_percent": 50,
        "forecast_percent": 65,
        "deviation": today["deviation"],
    }
    assert found["figures"]["actual_percent"] == 65
    rows = list(csv.DictReader(io.StringIO(written(made(), "csv", Lang.EN, Screen()))))
    assert (len(rows), rows[-1]["forecast_percent"]) == (117, "100")
    verified = {row["day"]: row["verified_percent"] for row in rows}
    assert [verified[f"2025-03-{day}"] for day in (26, 27)] == ["0", "50"]
    assert (verified["2025-04-26"], rows[0]["forecast_percent"]) == ("", "")
    book = load_workbook(io.BytesIO(written(made(), "xlsx", Lang.EN, Screen())))
    assert [len(getattr(book[name], "_charts")) for name in book.sheetnames] == [1, 0]  # noqa: B009
    assert "By day" in book.sheetnames


def test_nothing_to_draw() -> None:
    """Without milestones it says so and draws nothing."""
    empty = curve.report(material(plan_of(**PLAIN), "2025-03-12"))
    drawn = written(empty, "table", Lang.EN, Screen(80))
    assert drawn.splitlines()[-1] == "No milestone matches."
    assert as_json(empty)["tables"] == {"days": []}
