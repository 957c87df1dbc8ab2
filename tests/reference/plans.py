"""Random plans that hold everything a schedule can be made of, from a seed."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.reference.days import Written

MONDAY = date(2025, 3, 3)
DISTRICTS = ("betung", "sembawa", "air-salek")
OWNERS = ("dinkes", "rsud", "pasar", *DISTRICTS[:1])


def random_plan(seed: int) -> tuple[Written, date]:
    """A plan of 3 to 14 milestones as plain text values, and a data date for its forecast."""
    return plan_from(random.Random(seed))  # noqa: S311 - the same plans in every run


def plan_from(source: random.Random) -> tuple[Written, date]:
    """The same from any source of random numbers, as hypothesis has one that shrinks."""
    start = MONDAY + timedelta(source.randrange(30))
    as_of = start + timedelta(source.choice((-5, 0, 4, 8, 13, 20)) + source.randrange(5))
    names = [f"m{number}" for number in range(source.randint(3, 14))]
    milestones: list[Written] = []
    for name in names:
        milestones.append(_milestone(name, milestones, start, as_of, source))
    cut = source.randrange(len(names))
    return {
        "plan": _head(start, source),
        "owners": [_owner(name, start, source) for name in OWNERS[:3]],
        "districts": [_owner(name, start, source) for name in DISTRICTS],
        "programs": [
            {"id": "p", "name": "P", "lead": source.choice(OWNERS), "milestones": milestones[:cut]},
            {"id": "q", "name": "Q", "milestones": milestones[cut:]},
        ],
    }, as_of


def as_yaml(plan: Written) -> str:
    """The plan as a file that `plan` reads, a milestone a line."""
    lines = [f"plan: {json.dumps(plan['plan'])}"]
    for key in ("owners", "districts"):
        lines += [f"{key}:", *(f"  - {json.dumps(one)}" for one in plan[key])]
    lines.append("programs:")
    for program in plan["programs"]:
        lines += [f"  - id: {program['id']}", f"    name: {program['name']}"]
        lines += [f"    lead: {program['lead']}"] if "lead" in program else []
        lines += ["    milestones:", *(f"      - {json.dumps(m)}" for m in program["milestones"])]
    return "\n".join(lines) + "\n"


def _head(start: date, source: random.Random) -> Written:
    head: Written = {"id": "uji", "name": "Uji", "start": str(start)}
    if source.random() < 0.3:
        head["prepare_from"] = str(start - timedelta(source.randint(1, 9)))
    calendar = _own_days(start, source)
    if source.random() < 0.6:
        calendar["holidays"] = "none"
    elif source.random() < 0.4:
        calendar["joint_leave"] = "false"
    if source.random() < 0.3:
        days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        calendar["week"] = [day for day in days if source.random() < 0.7] or ["wed"]
    return head | {"calendar": calendar}


def _owner(name: str, start: date, source: random.Random) -> Written:
    owner = {"id": name, "name": name}
    return owner | ({"calendar": _own_days(start, source)} if source.random() < 0.6 else {})


def _own_days(start: date, source: random.Random) -> Written:
    """Closed and open days, some in both."""
    return {
        key: [_period(start, source) for _ in range(source.choice((0, 1, 1, 3)))]
        for key in ("closed", "open")
    }


def _period(start: date, source: random.Random) -> Written:
    first = start + timedelta(source.randint(-12, 40))
    return {"from": str(first), "to": str(first + timedelta(source.choice((0, 0, 1, 4))))}


def _milestone(
    name: str, earlier: list[Written], start: date, as_of: date, source: random.Random
) -> Written:
    milestone: Written = {"id": name, "name": name}
    if source.random() < 0.8:
        milestone["owner"] = source.choice(OWNERS)
    if source.random() < 0.85:
        milestone["duration"] = _duration(source)
    links = source.choice((0, 1, 1, 2, 3)) if earlier else 0
    if links:
        milestone["after"] = [random_link(source.choice(earlier), source) for _ in range(links)]
    for key, share in (("start", 0.12), ("not_before", 0.15), ("due", 0.4)):
        if source.random() < share:
            milestone[key] = str(start + timedelta(source.randint(-4, 25)))
    return milestone | (_facts(start, as_of, source) if source.random() < 0.45 else {})


def _duration(source: random.Random) -> str:
    if source.random() < 0.2:
        return source.choice(("0", "0d", "0cd", "0w"))
    unit = source.choice(("", "d", "d", "cd", "cd", "w"))
    return f"{source.randint(1, 2) if unit == 'w' else source.randint(1, 8)}{unit}"


def random_link(milestone: Written, source: random.Random) -> str:
    """A link to a milestone, as it is written behind `after`."""
    before, kind = milestone["id"], source.choice(("", "FS", "SS", "FF", "SF"))
    lag = source.choice((0, 0, 0, 1, 2, 4, 5, -1, -2, -3, -5, -9))
    unit = source.choice(("", "d", "d", "cd", "cd", "w")) if abs(lag) < 3 else "d"
    if not lag:
        return f"{before} {kind}".strip()
    if not kind and lag > 0:
        return f"{before}+{lag}{unit}"
    return f"{before} {kind or 'FS'}{lag:+d}{unit}"


def _facts(start: date, as_of: date, source: random.Random) -> Written:
    """What was reported of a milestone, some of it only after the data date."""

    def day() -> str:
        return str(min(as_of, start + timedelta(9)) + timedelta(source.randint(-9, 3)))

    started = {"started": day()} if source.random() < 0.5 else {}
    kind = source.choice(("finished", "running", "cancelled", "districts", "target", "moved"))
    if kind == "finished":
        return started | {"finished": day(), "progress": "100", "reported": day()}
    if kind == "running":
        reported = {"reported": day()} if source.random() < 0.7 else {}
        return started | reported | {"progress": str(source.choice((0, 10, 33, 50, 70, 95, 100)))}
    if kind == "cancelled":
        return started | {"cancelled": {"on": day()}}
    if kind == "districts":
        where = source.sample(DISTRICTS, source.randint(1, 3))
        done = source.sample(where, source.randint(0, len(where)))
        named = "all" if len(where) == len(DISTRICTS) else where
        return started | {"districts": named, "delivered": {place: day() for place in done}}
    if kind == "target":
        amount = {"amount": str(source.choice((3, 7, 10))), "unit": "x"}
        return started | {
            "target": amount,
            "achieved": str(source.randint(0, 11)),
            "reported": day(),
        }
    moved = [{"from": day(), "on": day()} for _ in range(source.randint(1, 2))]
    return {"due": day(), "moved": sorted(moved, key=lambda move: str(move["on"]))}
