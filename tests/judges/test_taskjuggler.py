"""Finish dates against TaskJuggler, for plans that it can express."""

from __future__ import annotations

import csv
import random
import subprocess
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.plans import scheduled
from tests.reference.days import DAY, Office, stretch

from banyuasin_plan.plan.model import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reference.days import Written

FILES = 10
PLANS = 20
"""A file for TaskJuggler has one calendar and so many plans, whose tasks its prefix tells apart."""
COMPARED = 1731
"""How many milestones the plans have together."""
MONDAY = date(2025, 3, 3)
WEEKS = (("mon", "fri"), ("mon", "fri"), ("mon", "sat"), ("tue", "sat"))
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _days(source: random.Random, most: int) -> list[date]:
    return sorted({MONDAY + timedelta(source.randint(0, 45)) for _ in range(most)})


def _periods(days: list[date]) -> list[dict[str, str]]:
    return [{"from": str(day), "to": str(day)} for day in days]


def _calendar(source: random.Random) -> Written:
    first, last = (NAMES.index(name) for name in source.choice(WEEKS))
    return {
        "holidays": "none",
        "week": list(NAMES[first : last + 1]),
        "closed": _periods(_days(source, source.randint(0, 8))),
    }


def _owner(name: str, calendar: Written, source: random.Random) -> Written:
    """Somebody with days off and worked weekends; no shift of TaskJuggler's ends a holiday."""
    closed = _periods(_days(source, source.randint(0, 4)))
    never = [*closed, *calendar["closed"]]
    opened = [day for day in _periods(_days(source, 6)) if day not in never]
    return {"id": name, "name": name, "calendar": {"closed": closed, "open": opened}}


def _random_plan(calendar: Written, source: random.Random) -> Written:
    """A plan of 3 to 14 milestones with what both tools have.

    Working days of the plan and of each owner; FS and SS links with lags forward, in working days
    and calendar days; fixed starts, planning back and `not_before`. TaskJuggler has no FF and SF,
    no lag backwards, and no calendar days that begin on the next open day.
    """
    owners = [_owner(f"o{number}", calendar, source) for number in range(3)]
    milestones: list[Written] = []
    for number in range(source.randint(3, 14)):
        owner = source.choice([*owners, None, None])
        milestones.append(_milestone(number, milestones, owner, calendar, source))
    head = {"id": "uji", "name": "Uji", "start": str(MONDAY + timedelta(source.randrange(9)))}
    return {
        "plan": head | {"calendar": calendar},
        "owners": owners,
        "programs": [{"id": "p", "name": "P", "milestones": milestones}],
    }


def _milestone(
    number: int,
    earlier: list[Written],
    owner: Written | None,
    calendar: Written,
    source: random.Random,
) -> Written:
    event = source.random() < 0.2
    duration = "0" if event else source.choice(("1d", "2d", "3d", "5d", "7", "1w"))
    name = f"m{number}"
    written: Written = {"id": name, "name": name, "duration": duration}
    written |= {"owner": owner["id"]} if owner else {}
    before = source.sample(earlier, min(len(earlier), source.choice((0, 1, 1, 2, 3))))
    if before:
        written["after"] = [_link(one, written, source) for one in before]
        if source.random() < 0.2:
            written["not_before"] = str(source.choice(_days(source, 3)))
        return written
    placed = source.choice(("", "", "start", "due", "not_before"))
    if placed == "due":
        # Behind such an end a closed day would be TaskJuggler's instant, the day before it ours.
        office = Office(calendar, owner["calendar"] if owner else None)
        return written | {"due": str(office.next_open(MONDAY + timedelta(source.randint(25, 45))))}
    if placed:
        return written | {placed: str(MONDAY + timedelta(source.randint(9, 40)))}
    return written


def _link(before: Written, written: Written, source: random.Random) -> str:
    """A link to a milestone, an SS one where TaskJuggler knows when the other begins.

    It places what waits for a start before it has moved that start to an open day. So the other is
    an event, or has the plan's days, in which the evening before them and their morning are one;
    then a lag is in working days, and what starts without one has the plan's days too.
    """
    kind = source.choice(("FS", "SS"))
    lag, unit = source.choice(
        ((0, "d"), (0, "d"), (1, "d"), (3, "d"), (6, "d"), (3, "cd"), (1, "w"))
    )
    work = written["duration"] != "0"
    if before["duration"] == "0":
        # Ours puts an event some working days after a start on a working morning.
        unit = "cd" if kind == "SS" and not work else unit
    elif "owner" in before or not work or ("owner" in written and not lag):
        kind = "FS"
    elif kind == "SS" and unit == "cd":
        unit = "d"
    return f"{before['id']} {kind}+{lag}{unit}" if lag else f"{before['id']} {kind}"


def _project(calendar: Written, plans: list[Written]) -> str:
    """The plans as a project: days of 24 hours, so that an evening is the next midnight."""
    week = calendar["week"]
    off = [name for name in NAMES if name not in week]
    lines = [
        'project uji "Uji" 2025-03-01 +6m {',
        '  timezone "Asia/Jakarta"',
        "  dailyworkinghours 24",
        f"  workinghours {week[0]} - {week[-1]} 0:00 - 24:00",
        f"  workinghours {', '.join(off)} off",
        "}",
        *(f'leaves holiday "closed" {one["from"]} +1d' for one in calendar["closed"]),
        'shift open "open" { workinghours mon - sun 0:00 - 24:00 replace }',
    ]
    for number, plan in enumerate(plans):
        lines += _tasks(f"p{number}", plan)
    return "\n".join(
        [
            *lines,
            'taskreport ends "ends" {',
            '  formats csv columns id, end timeformat "%Y-%m-%dT%H:%M"',
            "}\n",
        ]
    )


def _tasks(plan_id: str, plan: Written) -> list[str]:
    """A plan's milestones as tasks; everybody at work is a resource of their own."""
    owners = {one["id"]: one["calendar"] for one in plan["owners"]}
    start, milestones = plan["plan"]["start"], plan["programs"][0]["milestones"]
    events = {one["id"] for one in milestones if one["duration"] == "0"}
    lines = [f'task {plan_id}_first "first" {{ milestone start {start} }}']
    for one in milestones:
        if "owner" in one:
            lines += _resource(f"{plan_id}_{one['id']}", owners[one["owner"]])
        lines += _task(plan_id, one, events)
    return lines


def _resource(name: str, calendar: Written) -> list[str]:
    closed = [f"  leaves annual {one['from']} +1d" for one in calendar["closed"]]
    opened = [f"  shifts open {one['from']} +1d" for one in calendar["open"]]
    return [f'resource {name} "{name}" {{', *closed, *opened, "}"]


def _task(plan_id: str, one: Written, events: set[str]) -> list[str]:
    lines, name = [], f"{plan_id}_{one['id']}"
    after = [_depends(plan_id, link, events) for link in one.get("after", ())]
    if "not_before" in one:
        lines.append(f'task {name}_from "from" {{ milestone start {one["not_before"]} }}')
        after.append(f"{name}_from")
    days = stretch(one["duration"]).days
    work = f"effort {days}d allocate {name}" if "owner" in one else f"length {days}d"
    work = work if days else "milestone"
    if "due" in one:
        work += f" scheduling alap end {date.fromisoformat(one['due']) + DAY}"
    elif "start" in one:
        work += f" start {one['start']}"
    else:
        work += f" depends {', '.join([f'{plan_id}_first', *after])}"
    return [*lines, f'task {name} "{name}" {{ {work} }}']


def _depends(plan_id: str, link: str, events: set[str]) -> str:
    """A link; of an event, TaskJuggler takes its one instant for its end."""
    before, _, written = link.partition(" ")
    kind, _, text = written.partition("+")
    said = ["onstart"] if kind == "SS" and before not in events else []
    if text:
        lag = stretch(text)
        said.append(f"{'gapduration' if lag.calendar else 'gaplength'} {lag.days}d")
    name = f"{plan_id}_{before}"
    return f"{name} {{ {' '.join(said)} }}" if said else name


def _ends(tj3: Path, project: str, folder: Path) -> dict[str, datetime]:
    """TaskJuggler's ends, by plan and milestone."""
    (folder / "plans.tjp").write_text(project)
    subprocess.run(
        [tj3, "--silent", "plans.tjp"], cwd=folder, check=True, capture_output=True, text=True
    )
    with (folder / "ends.csv").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {row["Id"]: datetime.fromisoformat(row["End"]) for row in rows}


@pytest.mark.judge
def test_ends_are_those_of_taskjuggler(tj3: Path, tmp_path: Path) -> None:
    """Work in 200 random plans ends on TaskJuggler's days, events on a morning or evening of it."""
    found, expected = {}, {}
    for number in range(FILES):
        source = random.Random(number)  # noqa: S311 - the same plans in every run
        calendar = _calendar(source)
        plans = [_random_plan(calendar, source) for _ in range(PLANS)]
        ends = _ends(tj3, _project(calendar, plans), tmp_path)
        for place, plan in enumerate(plans):
            for name, slot in scheduled(Plan.model_validate(plan)).slots.items():
                theirs = ends[f"p{place}_{name}"]
                key = f"file {number}, plan {place}, {name}"
                # Midnight is the evening before it; of an event it may be the morning after.
                last = theirs if slot.event and theirs.date() == slot.finish else theirs - DAY
                found[key], expected[key] = slot.finish, last.date()
    assert found == expected
    assert len(found) == COMPARED
