"""Runs in the judges' Python: plans as JSON in, the shortest makespans out, proven by CP-SAT."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model  # type: ignore[import-not-found,unused-ignore]


def shortest(case: dict[str, Any]) -> int:
    """The least makespan of a plan: tasks with days, owner, load; links without lags."""
    model = cp_model.CpModel()
    horizon = sum(task["days"] for task in case["tasks"])
    starts = [model.new_int_var(0, horizon, "") for _ in case["tasks"]]
    end = model.new_int_var(0, horizon, "")
    for start, task in zip(starts, case["tasks"], strict=True):
        model.add(end >= start + task["days"])
    for first, then in case["links"]:
        model.add(starts[then] >= starts[first] + case["tasks"][first]["days"])
    for owner, room in case["owners"].items():
        mine = [number for number, task in enumerate(case["tasks"]) if task["owner"] == owner]
        model.add_cumulative(
            [
                model.new_fixed_size_interval_var(starts[one], case["tasks"][one]["days"], "")
                for one in mine
            ],
            [case["tasks"][one]["load"] for one in mine],
            room,
        )
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        raise SystemExit("not solved to the optimum")
    return int(solver.objective_value)


if __name__ == "__main__":
    cases = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stdout.write(json.dumps([shortest(case) for case in cases]))
