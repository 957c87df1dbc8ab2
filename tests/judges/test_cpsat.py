"""Levelled makespans against the proven optimum of an outside solver: OR-Tools' CP-SAT."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.plans import milestone, plan_of, scheduled

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan

PLANS = 60
SOLVER = Path(__file__).with_name("cpsat_levelling.py")
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _random_case(seed: int) -> dict[str, Any]:
    """A plan of 8 to 20 tasks over three owners, loads and capacities of one and more."""
    source = random.Random(seed)  # noqa: S311 - the same plans in every run
    owners = {f"o{number}": source.randint(1, 4) for number in range(3)}
    tasks = []
    for _ in range(source.randint(8, 20)):
        owner = source.choice(list(owners))
        load = source.randint(1, owners[owner])
        tasks.append({"days": source.randint(1, 8), "owner": owner, "load": load})
    links = [
        (first, then)
        for then in range(len(tasks))
        for first in range(then)
        if source.random() < 2 / len(tasks)
    ]
    return {"owners": owners, "tasks": tasks, "links": links}


def _plan(case: dict[str, Any]) -> Plan:
    after: dict[int, list[str]] = {}
    for first, then in case["links"]:
        after.setdefault(then, []).append(f"t{first}")
    return plan_of(
        *(
            milestone(
                f"t{number}",
                f"{task['days']}d",
                *after.get(number, []),
                owner=task["owner"],
                load=task["load"],
            )
            for number, task in enumerate(case["tasks"])
        ),
        owners=[{"id": name, "capacity": room} for name, room in case["owners"].items()],
        calendar={"holidays": "none", "week": WEEK},
    )


@pytest.mark.judge
def test_never_better_than_the_optimum_and_near_it(judge_python: Path, tmp_path: Path) -> None:
    """No makespan is under the proven optimum, no bound over it, and the mean gap is under 1 %."""
    cases = [_random_case(seed) for seed in range(PLANS)]
    asked = tmp_path / "plans.json"
    asked.write_text(json.dumps(cases))
    ran = subprocess.run([judge_python, SOLVER, asked], capture_output=True, text=True, check=True)
    gaps = []
    for case, optimum in zip(cases, json.loads(ran.stdout), strict=True):
        schedule = scheduled(_plan(case))
        assert schedule.start
        assert schedule.finish
        assert schedule.lower_bound
        took = (schedule.finish - schedule.start).days + 1
        assert (schedule.lower_bound - schedule.start).days + 1 <= optimum <= took
        gaps.append(took / optimum - 1)
    mean, worst = sum(gaps) / len(gaps), max(gaps)
    print(f"mean gap to the optimum {mean:.2%}, worst {worst:.2%}, plans {len(gaps)}")  # noqa: T201
    assert mean < 0.01
