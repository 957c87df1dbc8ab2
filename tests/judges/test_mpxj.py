"""The critical path against an outside scheduler: MPXJ's, with the rules of Primavera P6."""

from __future__ import annotations

import json
import random
import subprocess
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.plans import milestone, plan_of, scheduled

if TYPE_CHECKING:
    from pathlib import Path

    from banyuasin_plan.schedule import Schedule, Slot

PLANS = 200
NOON = time(12)


def _random_case(seed: int) -> dict[str, Any]:
    """A plan in the judge's format: 5 to 25 tasks, all link types, lags of both signs.

    Only what both define: one calendar, lags in working days, and a first day that is worked,
    as the judge's first minute is. Calendar days, owners' calendars and fixed starts it has not.
    """
    source = random.Random(seed)  # noqa: S311 - the same plans in every run
    start = date(2025, 3, 3) + timedelta(source.randrange(5))
    closed = {start + timedelta(source.randint(1, 60)) for _ in range(source.randint(0, 12))}
    count = source.randint(5, 25)
    pairs = {
        (source.randrange(later), later)
        for later in range(1, count)
        for _ in range(source.choice((0, 1, 1, 2, 3)))
    }
    return {
        "start": str(start),
        "calendar": {"holidays": sorted(map(str, closed))},
        "tasks": [
            {"id": f"t{number}", "days": 0 if source.random() < 0.2 else source.randint(1, 8)}
            for number in range(count)
        ],
        "deps": [
            {
                "from": f"t{first}",
                "to": f"t{later}",
                "type": source.choice(("FS", "FS", "SS", "FF", "SF")),
                "lag": source.choice((0, 0, 0, 1, 2, 4, -1, -2, -4)),
            }
            for first, later in sorted(pairs)
        ],
    }


def _ours(case: dict[str, Any]) -> Schedule:
    after: dict[str, list[str]] = {}
    for link in case["deps"]:
        written = f"{link['from']} {link['type']}{link['lag']:+d}d"
        after.setdefault(link["to"], []).append(written)
    milestones = (
        milestone(task["id"], f"{task['days']}d", *after.get(task["id"], []))
        for task in case["tasks"]
    )
    closed = [{"from": day, "to": day} for day in case["calendar"]["holidays"]]
    calendar = {"holidays": "none", "closed": closed}
    return scheduled(plan_of(*milestones, start=case["start"], calendar=calendar))


@pytest.mark.judge
def test_critical_path_is_that_of_mpxj(
    bench_data: Path, judge_python: Path, tmp_path: Path
) -> None:
    """Starts, finishes, late dates and total slack of 200 random plans are the judge's.

    The judge writes one instant now as an evening, now as the next working morning; where it
    does, instants are compared in working time, where the two are the same.
    """
    cases = [_random_case(seed) for seed in range(PLANS)]
    asked = tmp_path / "plans.json"
    asked.write_text(json.dumps(cases))
    judge = bench_data / "judges" / "mpxj_oracle.py"
    ran = subprocess.run(
        [judge_python, judge, asked, "--engine", "p6"], capture_output=True, text=True, check=True
    )
    found, expected = {}, {}
    for seed, (case, answer) in enumerate(zip(cases, json.loads(ran.stdout), strict=True)):
        schedule = _ours(case)
        for name, slot in schedule.slots.items():
            theirs = answer["tasks"][name]
            key = f"plan {seed}, {name}"
            if slot.event:
                found[key], expected[key] = _event(slot, theirs, schedule)
            else:
                found[key], expected[key] = _work(slot, theirs, schedule)
    assert found == expected


Facts = tuple[object, ...]


def _work(slot: Slot, theirs: dict[str, Any], schedule: Schedule) -> tuple[Facts, Facts]:
    """Start, late finish and slack as they are, finish and late start in working time."""
    count = schedule.calendars.plan.count
    return (
        str(slot.start),
        str(slot.late_finish),
        slot.total_float,
        count(slot.finish.toordinal() + 1),
        count(slot.late_start.toordinal()),
    ), (
        theirs["start"][:10],
        theirs["late_finish"][:10],
        theirs["total_slack_days"],
        _working_time(theirs["finish"], schedule),
        _working_time(theirs["late_start"], schedule),
    )


def _event(slot: Slot, theirs: dict[str, Any], schedule: Schedule) -> tuple[Facts, Facts]:
    """Slack as it is; the judge's instants at our day's morning or evening, one of the two."""
    count = schedule.calendars.plan.count
    early, late = slot.start.toordinal(), slot.late_finish.toordinal()
    begins = _working_time(theirs["start"], schedule)
    ends = _working_time(theirs["late_finish"], schedule)
    return (
        begins in {count(early), count(early + 1)},
        ends in {count(late), count(late + 1)},
        slot.total_float,
    ), (True, True, theirs["total_slack_days"])


def _working_time(written: str, schedule: Schedule) -> int:
    """The working days that are over at one of the judge's instants, 08:00 or 17:00."""
    at = datetime.fromisoformat(written)
    return schedule.calendars.plan.count(at.toordinal() + (at.time() > NOON))
