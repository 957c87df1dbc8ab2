"""Every status figure worked out again from what the program tells machines, and from the YAML.

Nothing of the program's own arithmetic is used: rows of `show` and `curve` as JSON, the files as a
plain YAML reader sees them, weekdays and holidays counted on fingers.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.conftest import ROOT
from tests.plans import milestone
from tests.reference.days import joint_leave, national_holidays
from tests.standing_plans import PLAIN, as_json, material, plan_of, program

from banyuasin_plan.reading import load
from banyuasin_plan.reports import Material, curve, show, status
from banyuasin_plan.schedule import schedule_of
from banyuasin_plan.tracking import track

Row = dict[str, Any]
SHIPPED = sorted((ROOT / "plans" / "banyuasin").rglob("*.yaml"))
DAYS = ("2025-04-10", "2025-06-20")
"""The data date, and a day after the last one, where much is late and nothing left to go."""


@cache
def shipped(day: str) -> Material:
    """The shipped plan as known on a day."""
    texts = {str(file): file.read_bytes() for file in SHIPPED}
    loaded = load(texts, datetime(2025, 4, 10, tzinfo=UTC), date.fromisoformat(day))
    assert loaded.plan
    assert loaded.calendars
    schedule = schedule_of(loaded.plan, loaded.calendars)
    forecast = loaded.forecast
    assert forecast
    tracking = track(loaded.plan, schedule, forecast, loaded.as_of)
    return Material(loaded.plan, schedule, forecast, tracking, loaded.as_of, held=False)


@cache
def shipped_rows(day: str) -> list[Row]:
    """What `plan show` tells of every milestone of the shipped plan on a day."""
    return rows_of(shipped(day))


def rows_of(made: Material) -> list[Row]:
    """What `plan show` tells of every milestone."""
    rows = []
    for one in made.tracking.standings:
        report = show.report(made, one.milestone.id, {})
        assert report
        rows.append({**as_json(report)["figures"], "budget": None, "spent": None})
    return rows


def weighted(rows: list[Row], of: str) -> float:
    """sum(w x percent) / sum(w)."""
    whole = sum(row["weight"] for row in rows)
    return sum(row["weight"] * row[of] for row in rows) / whole if whole else 0.0


def worked_out(made: Material, every: list[Row]) -> Row:
    """The figures of the status from the rows of `show` and `curve`."""
    rows = [row for row in every if row["state"] != "cancelled"]
    top = as_json(curve.report(made))
    today, last = date.fromisoformat(top["as_of"]), date.fromisoformat(top["last_day"])
    start = last - timedelta(days=99)
    number, left = (today - start).days + 1, (last - today).days
    opened = [row for row in rows if row["state"] in {"not_started", "in_progress"}]
    late = [row for row in opened if date.fromisoformat(row["forecast_finish"]) > last]
    actual, planned = weighted(rows, "actual_percent"), weighted(rows, "planned_percent")
    verified = [{**row, "verified": 100 * (row["status"] == "blue")} for row in rows]
    speed = actual / number if number > 0 else None
    required = 0.0 if actual >= 100 - 1e-9 else (100 - actual) / left if left > 0 else None
    return {
        "milestones": len(rows),
        "cancelled": len(made.tracking.standings) - len(rows),
        **{
            state: sum(row["state"] == state for row in rows)
            for state in ("done", "in_progress", "not_started")
        },
        "verified": sum(row["status"] == "blue" for row in rows),
        "overdue": sum(date.fromisoformat(row["due"]) < today for row in opened),
        "planned_percent": planned,
        "actual_percent": actual,
        "verified_percent": weighted(verified, "verified"),
        "deviation": actual - planned,
        "spi": actual / planned if planned else None,
        "forecast_finish": max(row["forecast_finish"] for row in rows),
        "past_day_100": sum(date.fromisoformat(row["due"]) <= last for row in late),
        "due_past_day_100": sum(date.fromisoformat(row["due"]) > last for row in late),
        "speed": speed,
        "required_speed": required,
        "speed_ratio": None if required is None or not speed else required / speed,
    }


def agree(made: Material, rows: list[Row]) -> None:
    """The status agrees with what is worked out from the rows, and with itself."""
    told: Row = as_json(status.report(made))["figures"]
    for name, value in worked_out(made, rows).items():
        expected = pytest.approx(value, abs=2e-4) if isinstance(value, float) else value
        assert told[name] == expected, name
    assert told["done"] + told["in_progress"] + told["not_started"] == told["milestones"]
    assert sum(told["by_status"].values()) == told["milestones"]
    _earned_schedule_agrees(made, told)


def _earned_schedule_agrees(made: Material, told: Row) -> None:
    """On the day earned, the curve planned what is actual today; just after it, more."""
    points = as_json(curve.report(made))["tables"]["days"]
    planned = [point["planned_percent"] for point in points]
    assert all(0 <= one <= 100 for one in planned)
    assert all(a <= b for a, b in pairwise(planned))
    earned, actual = told["earned_schedule"], told["actual_percent"]
    number = (made.as_of - made.plan.plan.start).days + 1
    if earned is None:
        assert number < 1 or not told["planned_percent"]
        return
    assert told["spi_time"] == pytest.approx(earned / number, abs=1e-5)
    if actual == told["planned_percent"]:
        assert (told["spi"], earned) == (1, number)
        return
    curved = [0.0, *planned]  # by day number; before day 1 it is seldom above nothing
    whole, part = int(earned), earned - int(earned)
    if 0 < whole < len(curved) - 1 and actual < 100:
        step = curved[whole + 1] - curved[whole]
        assert curved[whole] + part * step == pytest.approx(actual, abs=2e-3)


@pytest.mark.parametrize("day", DAYS)
def test_the_shipped_plan(day: str) -> None:
    """Counts, value, speeds and earned schedule of 284 milestones follow from their own rows."""
    agree(shipped(day), shipped_rows(day))


def test_each_share_of_the_shipped_plan() -> None:
    """What each milestone promised by the data date, from the files: working days, by eye."""
    reader = YAML(typ="safe")
    files = [reader.load(file.read_text(encoding="utf-8")) for file in SHIPPED]
    [head] = [file["plan"] for file in files if "plan" in file]
    own = {owner["id"] for file in files for owner in file.get("owners", ()) if "calendar" in owner}
    closed = set().union(*(national_holidays(year) | joint_leave(year) for year in (2025,)))
    assert set(head.get("calendar", {})) <= {"holidays", "joint_leave", "week"}
    written = {
        one["id"]: (one, one.get("owner", program.get("lead")))
        for file in files
        for program in file.get("programs", ())
        for one in program["milestones"]
    }
    checked = 0
    for row in shipped_rows("2025-04-10"):
        one, owner = written[row["id"]]
        duration = str(one.get("duration", ""))
        if owner in own or "due" not in one or not duration.rstrip("dw").isdigit():
            continue
        days = int(duration.rstrip("dw")) * (10 if duration.endswith("w") else 1)
        days = days // 2 if duration.endswith("w") else days
        expected = _promised(one, days, closed, date(2025, 4, 10))
        assert row["planned_percent"] == pytest.approx(100 * expected, abs=1e-3), row["id"]
        checked += 1
    assert checked > 200


def _promised(one: Row, days: int, closed: set[date], today: date) -> float:
    """Working days of the promise gone by, over all of them; an event is a step."""
    last = date.fromisoformat(str(one["due"]))
    if today >= last:
        return 1.0
    if not days:
        return 0.0
    worked: list[date] = []
    day = last
    first = date.fromisoformat(str(one["start"])) if "start" in one else None
    while len(worked) < days if first is None else day >= first:
        if day.weekday() < 5 and day not in closed:
            worked.append(day)
        day -= timedelta(days=1)
    return sum(day <= today for day in worked) / len(worked)


WEEKDAYS = [str(date(2025, 3, 3) + timedelta(days=n)) for n in range(95) if n % 7 < 5]


@st.composite
def _plans(draw: st.DrawFn) -> list[Row]:
    """One to five milestones with a promise and perhaps progress."""
    found = []
    for place in range(draw(st.integers(1, 5))):
        due = draw(st.integers(5, len(WEEKDAYS) - 1))
        rest: Row = {"weight": draw(st.sampled_from(["0.5", "1", "4"]))}
        share = draw(st.sampled_from([None, None, "10", "55", "100"]))
        if share:
            rest |= {"progress": share, "reported": WEEKDAYS[draw(st.integers(0, due))]}
        if draw(st.integers(0, 3)) == 0:
            rest["finished"] = WEEKDAYS[draw(st.integers(0, due))]
        duration = draw(st.sampled_from(["0", "1d", "5d", "3w"]))
        found.append(milestone(f"m{place}", duration, due=WEEKDAYS[due], **rest))
    return found


@given(_plans(), st.sampled_from(WEEKDAYS))
def test_random_plans(milestones: list[Row], day: str) -> None:
    """The same of any plan on any day."""
    made = material(plan_of(program("p", *milestones), **PLAIN), day)
    agree(made, rows_of(made))
