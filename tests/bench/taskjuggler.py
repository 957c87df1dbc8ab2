"""Levelling beside TaskJuggler: whole processes on the same plans, in CPU time and makespan.

The plans are layered nets of random finish-to-start links over 40 owners who do one thing at a
time. TaskJuggler schedules them as efforts of such resources; both keep a five-day week. It may
interrupt an effort and go on with it later, which `plan` never does.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import Plan
from banyuasin_plan.schedule import calendars_of
from banyuasin_plan.schedule.floats import backward
from banyuasin_plan.schedule.network import network_of
from banyuasin_plan.schedule.passes import forward

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from banyuasin_plan.schedule.network import Network

OWNERS = 40
START = date(2025, 3, 3)
LAYERS = 12
"""A milestone waits for some of the layer before its own."""

A_FILE = 1_000
FASTER = {240: 2.5, 1_000: 8.0, 3_000: 20.0, 10_000: 70.0}
"""How many times less CPU time than TaskJuggler's, by milestones; the last on request."""

TURNS = {240: 9, 1_000: 3}
"""How often both run, in turns; once where one run is long enough to tell."""


class Task(NamedTuple):
    """One milestone of the net."""

    number: int
    days: int
    owner: int
    after: tuple[int, ...]


class Run(NamedTuple):
    """A process that schedules a plan: its command, its folder, how the last day is read there."""

    command: Sequence[str]
    folder: Path
    last: Callable[[], date]


def net(count: int) -> list[Task]:
    """The net of that many milestones, the same in every run."""
    chance = random.Random(count)  # noqa: S311 - the same plans in every run
    layer = count // LAYERS
    tasks = []
    for number in range(count):
        first = max(number // layer - 1, 0) * layer
        links = chance.choice((0, 1, 1, 2, 3)) if number >= layer else 0
        after = {chance.randrange(first, first + layer) for _ in range(links)}
        days, owner = chance.randint(1, 8), chance.randrange(OWNERS)
        tasks.append(Task(number, days, owner, tuple(sorted(after))))
    return tasks


def compared(
    folder: Path, plan: Sequence[str], environment: Mapping[str, str], *, large: bool
) -> Iterator[str]:
    """A line for each size; one that says why not, where there is no TaskJuggler."""
    if shutil.which("tj3") is None:
        yield "TaskJuggler is not here to compare with (apt-get install tj3)"
        return
    what = f"levelled, {OWNERS} owners of capacity 1"
    yield f"{what:<34}{'plan':>9}{'tj3':>10}{'ratio':>8}{'at least':>10}"
    for count, target in FASTER.items():
        if count < max(FASTER) or large:
            tasks = net(count)
            ours = _ours(folder / f"plan-{count}", tasks, plan)
            theirs = _theirs(folder / f"tj-{count}", tasks)
            _process(ours, environment)  # compiled modules are written once
            times = [
                [_process(one, environment) for one in (ours, theirs)]
                for _ in range(TURNS.get(count, 1))
            ]
            mine, other = map(statistics.median, zip(*times, strict=True))
            ratio, until, their_last = other / mine, ours.last(), theirs.last()
            met = "met" if ratio >= target and until <= their_last else "NOT MET"
            yield (
                f"{f'{count} milestones':<34}{mine:>7.2f} s{other:>8.2f} s"
                f"{ratio:>7.1f}x{target:>9.1f}x  {met}, until {until} and {their_last}"
            )


def _ours(folder: Path, tasks: Sequence[Task], plan: Sequence[str]) -> Run:
    folder.mkdir()
    head = [
        f"plan: {{id: uji, name: Uji, start: {START}, days: 100, calendar: {{holidays: none}}}}"
    ]
    head += [
        "owners:",
        *(f"  - {{id: o{one}, name: O{one}, capacity: 1}}" for one in range(OWNERS)),
    ]
    (folder / "plan.yaml").write_text("\n".join(head) + "\n", encoding="utf-8")
    for first in range(0, len(tasks), A_FILE):
        lines = ["programs:", f"  - id: p{first}", f"    name: P{first}", "    milestones:"]
        lines += map(_milestone, tasks[first : first + A_FILE])
        (folder / f"p{first:06}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = [*plan, "schedule", "--plan", str(folder), "--format", "json", "-o", "schedule.json"]

    def last() -> date:
        figures = json.loads((folder / "schedule.json").read_text(encoding="utf-8"))["figures"]
        return date.fromisoformat(figures["finish"])

    return Run(asked, folder, last)


def _milestone(task: Task) -> str:
    after = ", ".join(f"m{other}" for other in task.after)
    return (
        f"      - {{id: m{task.number}, name: M{task.number}, owner: o{task.owner}, "
        f"duration: {task.days}d, after: [{after}]}}"
    )


def _theirs(folder: Path, tasks: Sequence[Task]) -> Run:
    folder.mkdir()
    (folder / "plan.tjp").write_text("\n".join(_tjp(tasks)) + "\n", encoding="utf-8")
    asked = ["tj3", "--silent", "-o", str(folder), str(folder / "plan.tjp")]

    def last() -> date:
        rows = (folder / "ends.csv").read_text(encoding="utf-8").splitlines()[1:]
        ends = (row.rsplit(";", 1)[1].strip('"')[:10] for row in rows)
        return max(date.fromisoformat(end) for end in ends)

    return Run(asked, folder, last)


def _tjp(tasks: Sequence[Task]) -> Iterator[str]:
    weeks = 8 + len(tasks) // 20
    yield f'project p "P" {START} +{weeks}w {{ timezone "UTC" timeformat "%Y-%m-%d" }}'
    for owner in range(OWNERS):
        yield f'resource o{owner} "O{owner}" {{}}'
    for task in tasks:
        after = ", ".join(f"!m{other}" for other in task.after)
        depends = f"depends {after}" if after else ""
        yield (
            f'task m{task.number} "M{task.number}" '
            f"{{ effort {task.days}d allocate o{task.owner} {depends} }}"
        )
    yield 'taskreport "ends" { formats csv columns id, end }'


def _process(run: Run, environment: Mapping[str, str]) -> float:
    """CPU seconds, user and system, of a process."""
    process = subprocess.Popen(
        run.command, stdout=subprocess.DEVNULL, env=dict(environment), cwd=run.folder
    )
    _, ended, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(ended)
    if process.returncode:
        raise SystemExit(f"{' '.join(run.command)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


ROUNDS = 7
"""How often each net is scheduled; the middle run counts."""


def passes_alone(sizes: Sequence[int]) -> Iterator[tuple[float, float]]:
    """CPU seconds of both passes over nets of so many milestones, and of building each.

    The nets take turns, so that what else the machine does falls on all of them alike.
    """
    built = [_built(size) for size in sizes]
    times: list[list[float]] = [[] for _ in sizes]
    for _ in range(ROUNDS):
        for (network, _), own in zip(built, times, strict=True):
            since = time.process_time()
            backward(forward(network))
            own.append(time.process_time() - since)
    for (_, building), own in zip(built, times, strict=True):
        yield statistics.median(own), building


def _built(count: int) -> tuple[Network, float]:
    milestones = [
        {
            "id": f"m{task.number}",
            "name": "M",
            "duration": f"{task.days}d",
            "after": [f"m{other}" for other in task.after],
        }
        for task in net(count)
    ]
    head = {"id": "uji", "name": "Uji", "start": str(START), "calendar": {"holidays": "none"}}
    programs = [{"id": "p", "name": "P", "milestones": milestones}]
    plan = Plan.model_validate({"plan": head, "programs": programs})
    calendars = calendars_of(plan)
    since = time.process_time()
    network = network_of(plan, calendars)
    return network, time.process_time() - since


if __name__ == "__main__":
    for seconds in passes_alone([int(size) for size in sys.argv[1:]]):
        sys.stdout.write(f"{' '.join(f'{one:.4f}' for one in seconds)}\n")
