"""Writing into a plan: whatever breaks off or goes wrong, all that is found is old or new."""

from __future__ import annotations

import os
import resource
import signal
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from tests.commands import alone, names

from banyuasin_plan.words import message
from banyuasin_plan.workspace import Outdated, Unavailable, find, locking, writing
from banyuasin_plan.workspace.journal import JOURNAL
from banyuasin_plan.workspace.locking import LOCK, locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked"),
]

ALL = os.environ.get("PLAN_ALL_TESTS") == "1"
KILLS = 1000 if ALL else 100
WRITERS, EDITS = (8, 100) if ALL else (8, 10)

HEAD = b"plan: {id: uji, name: Uji, start: 2025-02-20, as_of: 2025-04-10}\n"
OLD = {
    "plan.yaml": HEAD,
    "a/p.yaml": b"programs: []\n",
    "b/q.yaml": b"owners: []\n",
}
NEW = {
    "plan.yaml": HEAD + b"# baru\n",
    "a/p.yaml": b"programs: [] # baru\n" + b"# panjang\n" * 500,
    "b/q.yaml": b"owners: [] # baru\n",
}
ONE = {"a/p.yaml": NEW["a/p.yaml"]}

CALLS = (
    "open",
    "write",
    "fsync",
    "close",
    "replace",
    "unlink",
    "chmod",
    "stat",
    "lstat",
    "listdir",
)
"""What the system is asked for while a plan is written, by the names it has in `os`."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder with a plan of three files in three folders; in memory where it can be.

    There a sync takes no time, of which these tests ask for thousands.
    """
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        (Path(folder) / "plan").mkdir()
        alone(monkeypatch, Path(folder) / "plan")
        lay_out(OLD)
        write({})  # imports what writers need, so that each process makes the same calls
        yield Path(folder) / "plan"
        monkeypatch.undo()


def lay_out(files: dict[str, bytes]) -> None:
    """Put the files back as they were, and nothing else."""
    for name, data in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(data)


def write(changed: dict[str, bytes]) -> None:
    """What every command that writes does."""
    with find(".", Path.cwd()).alone() as held:
        held.store(changed)


def found() -> dict[str, bytes]:
    """What every command that reads finds."""
    return find(".", Path.cwd()).texts()


def child(run: Callable[[], object]) -> int:
    """Run something in a process of its own; how that ended, as a signal's negative number."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            run()
            code = 0
        except (Unavailable, OSError):  # the command line answers both with this code
            code = 3
        finally:
            os._exit(code)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def when(number: int, happens: Callable[[Callable[..., Any], tuple[Any, ...]], Any]) -> list[str]:
    """Let something else happen instead of the n-th call to the system; notes all calls."""
    made: list[str] = []

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            made.append(name)
            if len(made) == number:
                return happens(lambda *others: real(*(others or given), **named), given)
            return real(*given, **named)

        return call

    for name in CALLS:
        setattr(os, name, wrapped(name, getattr(os, name)))
    return made


def die(call: Callable[..., Any], given: tuple[Any, ...], chance: Random) -> NoReturn:
    """End like a process that loses its power: before a call, behind it, or halfway through."""
    with suppress(OSError):
        if isinstance(given[-1], memoryview):
            call(given[0], given[1][: chance.randrange(len(given[1]))])
        elif chance.random() < 0.5:
            call()
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def count_calls(changed: dict[str, bytes]) -> int:
    """How many calls to the system a write makes."""
    pipe, end = os.pipe()

    def run() -> None:
        made = when(-1, lambda call, _: call())
        write(changed)
        os.write(end, str(len(made)).encode())

    assert child(run) == 0
    os.close(end)
    with os.fdopen(pipe) as answer:
        return int(answer.read())


@pytest.mark.parametrize("changed", [ONE, NEW], ids=["one file", "three files"])
def test_killed_at_any_point(changed: dict[str, bytes], here: Path) -> None:
    """Whenever a write is killed, the plan is the old or the new one, and nothing is left over."""
    calls = count_calls(changed)
    new, seen = {**OLD, **changed}, {True: 0, False: 0}
    for trial in range(KILLS):
        lay_out(OLD)
        chance = Random(trial)  # noqa: S311 - the same every time

        def run(chance: Random = chance) -> None:
            when(chance.randint(1, calls), lambda call, given: die(call, given, chance))
            write(changed)

        assert child(run) == -signal.SIGKILL
        texts = found()
        assert texts in (OLD, new)
        seen[texts == new] += 1
        assert {name: Path(name).read_bytes() for name in OLD} == texts
        write({"plan.yaml": HEAD})
        assert names(here) == ["a", "b", "plan.yaml"]
        assert (names(here / "a"), names(here / "b")) == (["p.yaml"], ["q.yaml"])
    assert min(seen.values()) > 0


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("changed", [ONE, NEW], ids=["one file", "three files"])
def test_an_error_at_each_call(changed: dict[str, bytes], lasting: bool, here: Path) -> None:  # noqa: FBT001
    """Whichever call fails, once or from then on, the plan is old or new, and the code says so."""
    new = {**OLD, **changed}
    for number in range(1, count_calls(changed) + 1):
        lay_out(OLD)

        def run(number: int = number) -> None:
            fail_from(number, lasting=lasting)
            write(changed)

        code = child(run)
        texts = found()
        assert texts in (OLD, new), number
        assert code == 3 or (code == 0 and texts == new), number
        write({"plan.yaml": HEAD})
        assert names(here) == ["a", "b", "plan.yaml"]


def fail_from(number: int, *, lasting: bool) -> None:
    """Let the n-th call to the system fail, and, where it lasts, every later one but closing."""

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            made.append(name)
            if len(made) == number or (lasting and len(made) > number and name != "close"):
                if name == "close":
                    real(*given)
                raise OSError(5, "Input/output error")
            return real(*given, **named)

        return call

    made: list[str] = []
    for name in CALLS:
        setattr(os, name, wrapped(name, getattr(os, name)))


@pytest.mark.parametrize("changed", [ONE, NEW], ids=["one file", "three files"])
def test_a_full_disk(changed: dict[str, bytes], here: Path) -> None:
    """Where the disk takes no more, nothing has changed, and nothing is left over."""
    for limit in (0, 100, 4000, 5000):

        def run(limit: int = limit) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            write(changed)

        assert child(run) == 3
        assert found() == OLD
        assert names(here) == ["a", "b", "plan.yaml"]
        assert names(here / "a") == ["p.yaml"]


def test_many_writers(here: Path) -> None:
    """Eight processes that each add a line to one or two files, again and again: none is lost."""
    numbers = range(WRITERS)
    processes = []
    for number in numbers:
        process = os.fork()
        if process == 0:
            add_lines(number)
        processes.append(process)
    ended = [os.waitstatus_to_exitcode(os.waitpid(one, 0)[1]) for one in processes]
    assert ended == [0] * WRITERS
    wanted = sorted(f"# {number}-{edit}" for number in numbers for edit in range(EDITS))
    for name in ("a/p.yaml", "b/q.yaml"):
        lines = sorted(Path(name).read_text(encoding="utf-8").splitlines()[1:])
        assert lines == [line for line in wanted if name[0] == "a" or int(line[2]) % 2]
    assert names(here) == ["a", "b", "plan.yaml"]


def add_lines(number: int) -> NoReturn:
    """One of the writers; every second one writes into two files at once."""
    code = 1
    try:
        for edit in range(EDITS):
            with find(".", Path.cwd()).alone() as held:
                files = ["a/p.yaml", "b/q.yaml"][: 1 + number % 2]
                line = f"# {number}-{edit}\n".encode()
                held.store({name: held.texts[name] + line for name in files})
        code = 0
    finally:
        os._exit(code)


def test_who_reads_finishes(here: Path) -> None:
    """A journal that stands is carried out by whoever reads next, and then it is gone."""
    leave_half_done()
    assert (here / JOURNAL).exists()
    assert found() == {**OLD, **NEW}
    assert names(here) == ["a", "b", "plan.yaml"]


def leave_half_done() -> None:
    """Die right after the first of three files took its place."""

    def run() -> None:
        real, done = os.replace, []

        def replace(*given: Any) -> None:
            real(*given)
            done.append(given)
            if len(done) == 2:
                os.kill(os.getpid(), signal.SIGKILL)

        os.replace = replace  # type: ignore[assignment]
        write(NEW)

    assert child(run) == -signal.SIGKILL


def test_who_may_not_write_reads_it_so(here: Path) -> None:
    """Where a reader can't finish what broke off, it reads the parts that wait for their place."""
    leave_half_done()
    (here / LOCK).unlink()
    (here / LOCK).mkdir()
    assert found() == {**OLD, **NEW}
    assert (here / JOURNAL).exists()
    with pytest.raises(Unavailable, match="unwritable"):
        write(ONE)


def test_killed_while_finishing(here: Path) -> None:
    """Whoever finishes what broke off may be killed as well; the next one finishes it."""
    for trial in range(KILLS // 4):
        lay_out(OLD)
        leave_half_done()
        chance = Random(trial)  # noqa: S311 - the same every time

        def run(chance: Random = chance) -> None:
            when(chance.randint(1, 40), lambda call, given: die(call, given, chance))
            found()

        assert child(run) in {0, -signal.SIGKILL}
        assert found() == NEW
        assert names(here) == ["a", "b", "plan.yaml"]


def test_reading_while_others_write(here: Path) -> None:
    """Who reads while several files are written again and again finds all old or all new."""
    writer = os.fork()
    if writer == 0:
        try:
            while True:
                write(NEW)
                write(OLD)
        finally:
            os._exit(1)
    seen = [found() for _ in range(WRITERS * EDITS)]
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    assert all(texts in (OLD, NEW) for texts in seen)
    assert {texts == OLD for texts in seen} == {True, False}
    assert found() in (OLD, NEW), here


def test_as_on_windows(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder is synced, the lock is let go before it goes, and an open file is said to be so."""
    for module in (writing, locking):
        monkeypatch.setattr(module, "WINDOWS", True)
    write(NEW)
    assert (found(), names(here)) == (NEW, ["a", "b", "plan.yaml"])
    real, taken = Path.replace, []

    def replace(part: Path, target: Path) -> Path:
        taken.append(target)
        if target.name == "q.yaml":
            raise PermissionError(13, "Access is denied")
        return real(part, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(Unavailable, match="unwritable") as refusal:
        write(OLD)
    assert refusal.value.message["why"] == message("why.in_use")
    assert found() == NEW
    assert names(here) == ["a", "b", "plan.yaml"]


@pytest.mark.parametrize(
    "journal",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'"x"',
        b'{"moves": 5}',
        b'{"moves": ["x", {"from": 1, "to": "plan.yaml"}, {"from": "../x", "to": "plan.yaml"}]}',
        b'{"moves": [{"from": ".plan-0123456789abcdef.tmp", "to": "../outside"}]}',
        b'{"moves": [{"from": ".plan-0123456789abcdef.tmp", "to": "secret.txt"}]}',
        b'{"moves": [{"from": "plan.yaml", "to": "a/p.yaml"}]}',
    ],
)
def test_a_journal_from_anybody(journal: bytes, here: Path) -> None:
    """A journal moves nothing but parts of a write into files of the plan, whoever put it there."""
    (here / "secret.txt").write_bytes(b"secret")
    (here.parent / "outside").write_bytes(b"outside")
    (here / ".plan-0123456789abcdef.tmp").write_bytes(b"other")
    (here / JOURNAL).write_bytes(journal)
    assert found() == OLD
    assert (here / "secret.txt").read_bytes() == b"secret"
    assert (here.parent / "outside").read_bytes() == b"outside"
    write(ONE)
    assert names(here) == ["a", "b", "plan.yaml", "secret.txt"]


def test_changed_meanwhile(here: Path) -> None:
    """A file that an editor saved while it was worked on is not written over."""
    with find(".", here).alone() as held:
        Path("a/p.yaml").write_bytes(b"programs: [] # tangan\n")
        with pytest.raises(Outdated):
            held.store(NEW)
    assert found()["a/p.yaml"] == b"programs: [] # tangan\n"
    assert names(here) == ["a", "b", "plan.yaml"]


def test_one_lock_however_the_plan_is_named(here: Path) -> None:
    """By its folder, a folder around it or a file of it: who writes waits for the others."""
    with locked(here):
        for path in (".", "plan.yaml", "a", "b/q.yaml", str(here)):
            with pytest.raises(Unavailable, match="busy"), find(path, here).alone(patience=0):
                raise AssertionError
    assert not (here / LOCK).exists()


def test_modes_are_kept(here: Path) -> None:
    """Each of several files keeps its mode."""
    for place, name in enumerate(OLD):
        (here / name).chmod((0o600, 0o644, 0o664)[place])
    write(NEW)
    assert [(here / name).stat().st_mode & 0o777 for name in OLD] == [0o600, 0o644, 0o664]
    assert found() == NEW


def test_on_the_disk_before_it_counts(here: Path) -> None:
    """Each part is synced before the journal is, and that before anything takes its place."""
    pipe, end = os.pipe()

    def run() -> None:
        made = when(-1, lambda call, _: call())
        write(NEW)
        os.write(end, " ".join(name for name in made if name in ORDERED).encode())

    assert child(run) == 0
    os.close(end)
    with os.fdopen(pipe) as answer:
        calls = answer.read()
    parts, folders = "write fsync " * 3, "fsync " * 3
    journal = "write fsync replace fsync "
    assert f"{parts}{folders}{journal}replace replace replace {folders}unlink fsync" in calls
    del here


ORDERED = ("write", "fsync", "replace", "unlink")
