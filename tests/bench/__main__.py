"""How much time and memory the commands take, beside what they are held to (`docs/bench.md`).

Time is CPU time, user and system, of a child process: the median of several runs, as a ratio to
`python -c pass` in the same run, so that figures of two machines can be compared.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
PLAN = "from banyuasin_plan.__main__ import command; command()"
"""What the installed `plan` does; so nothing needs to be installed, and no script is in the way."""

SMALL, LARGE = 2_000, 20_000
MANY = 100_000
A_FILE = 40 * 40
"""Milestones in a file: 40 programmes of 40, about 1 MB."""

START = date(2025, 2, 20)
KIB = 1024


class Cost(NamedTuple):
    """What a process took: CPU seconds and peak memory in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, and the most it may be, where that is said."""

    what: str
    figure: float
    target: float | None
    unit: str
    seconds: float | None = None

    def __str__(self) -> str:
        """The line as it is printed."""
        met = target = ""
        if self.target is not None:
            met = "met" if self.figure <= self.target else "NOT MET"
            target = f"{self.target:g} {self.unit}"
        figure = f"{self.figure:.{2 if self.figure < 10 else 1}f} {self.unit}"
        took = f"{self.seconds:.3f} s" if self.seconds is not None else ""
        return f"{self.what:<50}{figure:>12}{target:>12}  {met:<8}{took:>10}"


def main() -> None:
    """Measure everything and print the table; what is not met is for people to judge."""
    say(f"{'measured':<50}{'figure':>12}{'at most':>12}  {'':<8}{'CPU time':>10}")
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        write_plan(small, SMALL)
        write_plan(large, LARGE)
        environment = _environment(Path(folder) / "compiled")
        for row in _rows(small, large, environment):
            say(str(row))
        for line in _levelling(Path(folder), environment, large="--large" in sys.argv):
            say(line)


def say(line: str) -> None:
    """Show a line as soon as it is known."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _environment(compiled: Path) -> dict[str, str]:
    """The environment without what changes how Python starts, compiled modules kept apart."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PLAN_", "PYTHON"))
    }
    own = {"PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": str(compiled), "PLAN_LANG": "en"}
    return kept | own


def _rows(small: Path, large: Path, environment: Mapping[str, str]) -> Iterator[Row]:
    shipped = ["--plan", str(ROOT / "plans" / "banyuasin")]
    nothing = ["-c", "pass"]
    version, status = ["-c", PLAN, "--version"], ["-c", PLAN, "status", *shipped]
    weekly = ["-c", PLAN, "export", "weekly", *shipped, "-o", str(small.parent / "weekly.xlsx")]
    commands = [nothing, version, status, weekly]
    base, versioned, shown, exported = measured(commands, 15, environment)
    yield _start("plan --version", base, versioned, 2)
    yield _start("plan status, the shipped plan", base, shown, 25)
    yield _start("plan export weekly, the shipped plan", base, exported, 25)
    yield _workbook(environment)

    yield from _past(small.parent / "repository", environment)
    yield from _aligning(small.parent / "region", environment)

    check = [["-c", PLAN, "validate", str(folder)] for folder in (small, large)]
    [few] = measured(check[:1], 5, environment)
    [many] = measured(check[1:], 3, environment)
    yield _changing(small, environment)
    growth = many.seconds / few.seconds
    yield _start(f"plan validate, {SMALL} milestones", base, few, None)
    yield Row(f"{LARGE} milestones to {SMALL}", growth, LARGE / SMALL, "x", many.seconds)
    alone = parse_alone(large)
    ratio = many.seconds / alone
    yield Row(f"{LARGE} milestones to libyaml's parse alone", ratio, 25, "x", alone)
    yield Row(f"{LARGE} milestones, peak memory", many.megabytes, 400, "MB")


def _past(folder: Path, environment: Mapping[str, str]) -> Iterator[Row]:
    """What changed and how it came about, over a hundred revisions of the shipped plan."""
    folder.mkdir()
    home = import_module("revisions").make_repository(folder, ROOT / "plans" / "banyuasin")
    cache = folder / "cache"
    kept = {**environment, "XDG_CACHE_HOME": str(cache), "HOME": str(folder)}
    history = ["-c", PLAN, "history", "--plan", str(home)]
    diff = ["-c", PLAN, "diff", "--since", "30d", "--plan", str(home)]
    for what, command in (("plan history", history), ("plan diff --since 30d", diff)):
        child(command, kept)
        cold = []
        for _ in range(3):
            shutil.rmtree(cache)
            cold.append(child(command, kept).seconds)
        [warm] = measured([command], 5, kept)
        first = statistics.median(cold)
        yield Row(f"{what}, 100 revisions, empty cache", first, 3, "s", first)
        yield Row(f"{what}, 100 revisions, cached", warm.seconds, 0.5, "s", warm.seconds)


def _changing(folder: Path, environment: Mapping[str, str]) -> Row:
    """One change of a plan, proved, beside checking it."""
    beside = str(Path(__file__).with_name("changing.py"))
    words = ["m-700", "progress=60", "started=2025-03-04", "blockers+=bibit belum datang"]
    answer = subprocess.run(
        [sys.executable, beside, str(folder), *words],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    checked, changed = map(float, answer.stdout.split())
    return Row(
        f"plan set, {SMALL} milestones, to checking them", changed / checked, 1.3, "x", changed
    )


def _aligning(folder: Path, environment: Mapping[str, str]) -> Iterator[Row]:
    """Each report on alignment beside `plan status`, on the plan of a whole region."""
    region = import_module("region")
    region.write_region(folder)
    names = ("status", *region.REPORTS)
    plan = ["--plan", str(folder)]
    status, *costs = measured([["-c", PLAN, name, *plan] for name in names], 3, environment)
    yield Row("plan status, 500 programmes x 100 districts", status.seconds, None, "s")
    for name, cost in zip(region.REPORTS, costs, strict=True):
        ratio = cost.seconds / status.seconds
        yield Row(f"plan {name}, to plan status on the same", ratio, 3, "x", cost.seconds)


def _levelling(folder: Path, environment: Mapping[str, str], *, large: bool) -> Iterator[str]:
    """The passes alone, and levelling beside TaskJuggler; `large` takes the largest plan too."""
    beside = str(Path(__file__).with_name("taskjuggler.py"))
    sizes = [str(MANY // 10), str(MANY)]
    answer = subprocess.run(
        [sys.executable, beside, *sizes],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    (few, _), (many, built) = (map(float, line.split()) for line in answer.stdout.splitlines())
    yield str(Row(f"both passes, {MANY} milestones, in process", many, 1, "s", many))
    yield str(Row(f"{MANY} milestones to {MANY // 10}", many / few, 12, "x", few))
    yield str(Row(f"the network of {MANY}, built once before them", built, None, "s", built))
    compared = import_module("taskjuggler").compared
    yield from compared(folder, [sys.executable, "-c", PLAN], environment, large=large)


def _workbook(environment: Mapping[str, str]) -> Row:
    """A large workbook beside XlsxWriter writing the same cells in constant memory."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.workbooks", str(LARGE)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    ours, theirs = map(float, answer.stdout.split())
    return Row(f"{LARGE} rows as xlsx to constant memory", ours / theirs, 1.7, "x", ours)


def _start(what: str, base: Cost, cost: Cost, target: float | None) -> Row:
    ratio = cost.seconds / base.seconds
    return Row(f"{what}, to python -c pass", ratio, target, "x", cost.seconds)


def measured(
    commands: Sequence[Sequence[str]], runs: int, environment: Mapping[str, str]
) -> list[Cost]:
    """The median cost of each command, run in turns so that a busy moment touches all of them.

    A first run that does not count leaves the compiled modules behind.
    """
    for command in commands:
        child(command, environment)
    costs = [[child(command, environment) for command in commands] for _ in range(runs)]
    return [
        Cost(
            statistics.median(cost.seconds for cost in of_one),
            statistics.median(cost.megabytes for cost in of_one),
        )
        for of_one in zip(*costs, strict=True)
    ]


def child(arguments: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """What this Python took for these arguments; output goes nowhere.

    A child's peak counts from before it became another program, so this process must stay small.
    """
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment, cwd=ROOT
    )
    _, ended, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(ended)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    memory = used.ru_maxrss / KIB if sys.platform == "linux" else used.ru_maxrss / KIB**2
    return Cost(used.ru_utime + used.ru_stime, memory)


def parse_alone(folder: Path) -> float:
    """CPU seconds that libyaml takes to look through the same files, the median of several runs.

    `raw_parse` makes no Python object for what it meets: this is the least a reader can take.
    """
    yaml = import_module("_ruamel_yaml")
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.yaml"))]
    times = []
    for _ in range(5):
        begin = time.process_time()
        for text in texts:
            yaml.CParser(text).raw_parse()
        times.append(time.process_time() - begin)
    return statistics.median(times)


def write_plan(folder: Path, milestones: int) -> None:
    """A plan of that many milestones, without a finding, in files under the limit."""
    folder.mkdir()
    (folder / "plan.yaml").write_text(_head(), encoding="utf-8")
    for first in range(0, milestones, A_FILE):
        last = min(first + A_FILE, milestones)
        text = "programs:\n" + "".join(_programs(first, last))
        (folder / f"programs-{first:05}.yaml").write_text(text, encoding="utf-8")


def _head() -> str:
    owners = "".join(
        f"  - {{id: dinas-{number}, name: Dinas Nomor {number}, reports_to: bupati}}\n"
        for number in range(30)
    )
    places = "".join(
        f"  - {{id: kecamatan-{number}, code: 16.07.{number:02}, name: Kecamatan {number}}}\n"
        for number in range(21)
    )
    return f"""\
plan:
  id: besar
  name: Rencana besar
  start: {START}
  days: 300
  as_of: 2025-06-10
  calendar: {{holidays: none}}
owners:
  - {{id: bupati, name: Bupati, kind: leader}}
  - {{id: inspektorat, name: Inspektorat, kind: agency, reports_to: bupati}}
{owners}districts:
{places}"""


def _programs(first: int, last: int) -> Iterator[str]:
    for number in range(first, last):
        if number % 40 == 0:
            yield _program(number // 40)
        yield _milestone(number)


def _program(number: int) -> str:
    return f"""\
  - id: program-{number}
    name: "Program {number}: layanan dasar yang lebih dekat"
    outcome: Layanan terbuka di {number % 21 + 1} kecamatan dan tercatat di daftar camat
    lead: dinas-{number % 30}
    support: [dinas-{(number + 1) % 30}]
    verifier: inspektorat
    milestones:
"""


def _milestone(number: int) -> str:
    """One milestone: chains of five, a third done, a third under way, a third to come."""
    place = number % 5
    begin = _office_day(number % 30 * 5 + place * 4)
    due = _office_day(number % 30 * 5 + place * 4 + 3)
    lines = [
        f"id: m-{number}",
        f"name: Daftar penerima nomor {number} disahkan camat",
        "measure: daftar bertanda tangan dari tiap camat",
        f"owner: dinas-{number % 30}",
        f"support: [dinas-{(number + 7) % 30}]",
        f"weight: {number % 3 + 1}",
        "duration: 4d",
        f"due: {due}",
    ]
    if place:
        lines.append(f"after: [m-{number - 1}]" if place % 2 else f'after: ["m-{number - 1} FS"]')
    else:
        lines.append(f"start: {begin}")
    if number % 4 == 0:
        lines.append("target: {amount: 2100, unit: pekarangan}")
        lines.append("budget: [{amount: 250000000, source: APBD, state: available, spent: 0}]")
    if due < date(2025, 4, 20):
        lines += [
            f"started: {begin}",
            f"finished: {due}",
            f"evidence: [{{kind: document, ref: Nota dinas {number}, on: {due}}}]",
            f"verified: {{by: inspektorat, on: {due}}}",
            f"reported: {due}",
        ]
    elif begin < date(2025, 6, 10):
        told = max(begin, date(2025, 6, 4))
        lines += [f"started: {begin}", f"progress: {number % 10 * 10}", f"reported: {told}"]
    return "      - " + "\n        ".join(lines) + "\n"


def _office_day(number: int) -> date:
    """A weekday, counted from the plan's start; the plan knows no holidays."""
    weeks, days = divmod(START.weekday() + number, 5)
    return START + timedelta(days=7 * weeks + days - START.weekday())


if __name__ == "__main__":
    main()
