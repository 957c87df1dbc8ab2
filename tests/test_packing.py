"""`plan export pack`: one folder with all of it, the same every time, whole or not there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tests.commands import Outcome, alone, called, names, settings
from tests.test_export_form import WITH_CAMAT

from banyuasin_plan.workspace import Unavailable
from banyuasin_plan.workspace.packing import INDEX, MARK, SUMS, alone_at, in_the_way, write_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run = Callable[..., Outcome]

PLAN = WITH_CAMAT.replace("due: 2025-03-14}", "due: 2025-03-14, finished: 2025-03-13}")
PACKED = [
    "SHA256SUMS",
    "briefs/brief-betung.txt",
    "briefs/brief-dinkes.txt",
    "briefs/brief.md",
    "briefs/brief.txt",
    "briefs/meetings.md",
    "briefs/meetings.txt",
    "data/due.csv",
    "data/overdue.csv",
    "data/status.json",
    "data/unreported.csv",
    "data/verify.csv",
    "forms/form-betung-2025-04-10.xlsx",
    "forms/form-dinkes-2025-04-10.xlsx",
    "index.txt",
    "uji-slides-week-08.pptx",
    "uji-week-08.xlsx",
    "verify/verify-setda-2025-04-10.xlsx",
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `plan export pack` right here, in a folder with a small plan."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return lambda *words: called(capsys, "export", "pack", *words, "--lang", "en")


def held(folder: Path) -> dict[str, bytes]:
    """Every file in a folder and below, by name."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_all_of_it(run: Run, tmp_path: Path) -> None:
    """Workbook, deck, forms, data, an index that names them all, and their checksums."""
    assert run("--week", "8", "-o", "out/w8") == (0, "out/w8: 18 files\n", "")
    found = held(tmp_path / "out" / "w8")
    assert sorted(found) == PACKED
    index = found["index.txt"].decode()
    assert [name for name in PACKED[1:] if name != INDEX and f"  {name} " not in index] == []
    assert "Thursday, 10 April 2025" in index
    assert "Camat of Betung, 1 row" in index
    sums = [f"{sha256(data).hexdigest()}  {n}" for n, data in found.items() if n != SUMS]
    assert found[SUMS].decode().splitlines() == sums
    assert names(tmp_path / "out") == ["w8"]


def test_other_programs_check_it(run: Run, tmp_path: Path) -> None:
    """`sha256sum -c` finds every file as it was written, and sees a changed one."""
    if not shutil.which("sha256sum"):
        pytest.skip("no sha256sum on the path")
    assert run("-o", "w").code == 0
    check = ["sha256sum", "-c", "--strict", "--quiet", SUMS]
    assert subprocess.run(check, cwd=tmp_path / "w", check=False).returncode == 0
    (tmp_path / "w" / "data" / "due.csv").write_bytes(b"")
    done = subprocess.run(check, cwd=tmp_path / "w", check=False, capture_output=True)
    assert done.returncode == 1


def test_the_same_bytes(run: Run, tmp_path: Path) -> None:
    """The same plan and day give the same files, in another process and another folder too."""
    assert run("-o", "a").code == 0
    command = [sys.executable, "-m", "banyuasin_plan", "export", "pack", "-o", "b", "--lang", "en"]
    environment = settings(PYTHONHASHSEED="7", TZ="Asia/Jakarta")
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=environment)
    assert held(tmp_path / "a") == held(tmp_path / "b")


def test_another_week(run: Run, tmp_path: Path) -> None:
    """A week that is over is packed as it was known on its Sunday; the name says which it is."""
    assert run("--week", "3").out == "uji-week-03: 17 files\n"  # nothing to verify yet
    assert "uji-week-03.xlsx" in held(tmp_path / "uji-week-03")
    assert "9 March 2025" in (tmp_path / "uji-week-03" / INDEX).read_text()


def test_a_pack_gives_way(run: Run, tmp_path: Path) -> None:
    """A pack as it was written is replaced; one that was changed only with `--force`."""
    folder = tmp_path / "w"
    assert run("-o", "w", "--week", "3").code == 0
    assert run("-o", "w").code == 0
    assert sorted(held(folder)) == PACKED
    (folder / "forms" / "filled-in.xlsx").write_bytes(b"answers")
    found = run("-o", "w")
    assert (found.code, found.out) == (1, "")
    assert "w was changed since it was written (forms/filled-in.xlsx)" in found.err
    assert (folder / "forms" / "filled-in.xlsx").read_bytes() == b"answers"
    assert run("-o", "w", "--force").code == 0
    assert sorted(held(folder)) == PACKED


@pytest.mark.parametrize("force", [(), ("--force",)], ids=["plain", "forced"])
def test_nothing_else_gives_way(force: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    """A folder of somebody's own stays as it is, `--force` or not; so do files and links."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / INDEX).write_text("mine\n")
    (tmp_path / "mine" / SUMS).write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    before = held(tmp_path)
    for place in ("mine", "link", "plan.yaml"):
        found = run("-o", place, *force)
        assert (found.code, found.out) == (1, "")
        assert "not replaced" in found.err
    assert held(tmp_path) == before


def test_an_empty_folder_is_filled(run: Run, tmp_path: Path) -> None:
    """A folder without anything in it is nobody's loss."""
    (tmp_path / "w").mkdir()
    assert run("-o", "w").code == 0
    assert sorted(held(tmp_path / "w")) == PACKED


PACK = {INDEX: f"{MARK}\n".encode(), "a": b"old"}


def failing(error: BaseException) -> Iterator[tuple[str, bytes]]:
    """A file, and then something goes wrong."""
    yield "a", b"new"
    raise error


@pytest.mark.parametrize("there", [False, True], ids=["new", "in place of another"])
@pytest.mark.parametrize(
    "error", [RuntimeError("bug"), KeyboardInterrupt(), OSError(28, "full")], ids=str
)
def test_nothing_half_written(error: BaseException, there: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    """Whatever goes wrong on the way, what lay there lies there still, and nothing beside it."""
    folder = tmp_path / "w"
    if there:
        write_pack(folder, PACK.items())
    before = held(tmp_path)
    with pytest.raises((RuntimeError, KeyboardInterrupt, Unavailable)):
        write_pack(folder, failing(error))
    assert held(tmp_path) == before
    assert names(tmp_path) == (["w"] if there else [])


def test_a_pack_in_the_way(tmp_path: Path) -> None:
    """A file taken out of a pack does not keep it; one that is changed does."""
    write_pack(tmp_path / "w", PACK.items())
    assert in_the_way(tmp_path / "w", force=False) is None
    (tmp_path / "w" / "a").write_bytes(b"other")
    assert in_the_way(tmp_path / "w", force=False) is not None
    assert in_the_way(tmp_path / "w", force=True) is None
    (tmp_path / "w" / "a").unlink()
    assert in_the_way(tmp_path / "w", force=False) is None


NEWER = {INDEX: f"{MARK}\n".encode(), "b/c": b"new", "b/d": b"newer"}
CALLS = ("mkdir", "open", "fsync", "rename", "unlink", "rmdir", "scandir")
"""What the system is asked for while a pack is put in its place, by the names it has in `os`."""


def packed(folder: Path, files: dict[str, bytes]) -> None:
    """Write a pack as the command does."""
    with alone_at(folder):
        assert in_the_way(folder, force=False) is None
        write_pack(folder, files.items())


def killed(number: int, *, behind: bool, run: Callable[[], None]) -> bool:
    """Run in a process that is killed at its n-th call to the system; False where it ended."""
    process = os.fork()
    if process == 0:
        made = []

        def wrapped(real: Callable[..., object]) -> Callable[..., object]:
            def call(*given: object, **named: object) -> object:
                made.append(real)
                if len(made) != number:
                    return real(*given, **named)
                if behind:
                    with suppress(OSError):
                        real(*given, **named)
                os.kill(os.getpid(), signal.SIGKILL)
                raise AssertionError

            return call

        for name in CALLS:
            setattr(os, name, wrapped(getattr(os, name)))
        code = 1
        try:
            run()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, -signal.SIGKILL}
    return code != 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")
@pytest.mark.parametrize("behind", [False, True], ids=["before the call", "behind it"])
@pytest.mark.parametrize("there", [False, True], ids=["new", "in place of another"])
def test_killed_at_any_point(there: bool, behind: bool, tmp_path: Path) -> None:  # noqa: FBT001 - parameters
    """Wherever a pack is killed, the next one at that place or beside it leaves one, whole."""
    folder, whole = tmp_path / "w", []
    for number in range(1, 200):
        shutil.rmtree(folder, ignore_errors=True)
        if there:
            packed(folder, PACK)
        if not killed(number, behind=behind, run=lambda: packed(folder, NEWER)):
            break
        if number % 2:
            packed(tmp_path / "beside", PACK)
            shutil.rmtree(tmp_path / "beside")
            assert names(tmp_path) == (["w"] if folder.exists() else [])
        with alone_at(folder):
            found = {name: data for name, data in held(folder).items() if name != SUMS}
            whole.append(found)
            assert found in (PACK if there else {}, NEWER)
        packed(folder, NEWER)
        assert {**held(folder), SUMS: b""} == {**NEWER, SUMS: b""}
        assert names(tmp_path) == ["w"]
    assert number > 10
    assert NEWER in whole
    assert (PACK if there else {}) in whole


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_the_command_killed(run: Run, tmp_path: Path) -> None:
    """The command is killed once it has begun to write; the next one clears up and writes it."""
    command = [sys.executable, "-m", "banyuasin_plan", "export", "pack", "-o", "w"]
    with subprocess.Popen(command, cwd=tmp_path, env=settings()) as process:
        while not list(tmp_path.glob(".w-*.pack-part/*")):
            assert process.poll() is None
        process.kill()
    assert not (tmp_path / "w").exists()
    assert len(names(tmp_path)) > 1
    assert run("-o", "w").code == 0
    assert names(tmp_path) == ["plan.yaml", "w"]
    assert sorted(held(tmp_path / "w")) == PACKED


def test_a_pack_that_is_being_written(tmp_path: Path) -> None:
    """What another process is at is left to it."""
    part = tmp_path / ".v-0123456789ab.pack-part"
    with alone_at(tmp_path / "v"):
        part.mkdir()
        packed(tmp_path / "w", PACK)
        assert part.exists()
    packed(tmp_path / "w", NEWER)
    assert names(tmp_path) == ["w"]


def test_what_is_no_pack_is_left_alone(tmp_path: Path) -> None:
    """Links and files that only look so stay where they are."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a").write_bytes(b"mine")
    (tmp_path / ".w-0123456789ab.pack-old").symlink_to(tmp_path / "mine")
    (tmp_path / ".w-aaaaaaaaaaaa.pack-part").write_bytes(b"mine")
    before = held(tmp_path)
    packed(tmp_path / "w", PACK)
    assert before.items() <= held(tmp_path).items()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_progress_on_a_terminal_only(run: Run, tmp_path: Path) -> None:
    """On a terminal a bar says what is being written, and leaves nothing; else it is quiet."""
    assert run("-o", "quiet").err == ""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "banyuasin_plan", "export", "pack", "-o", "w", "--lang", "en"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=settings(TERM="xterm"), stderr=theirs, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        out = process.stdout.read()
    os.close(theirs)
    said = os.read(ours, 65536).decode()
    os.close(ours)
    assert out == b"w: 18 files\n"
    assert "1/16 uji-week-08.xlsx" in said
    assert "16/16 data/verify.csv" in said
    assert said.endswith("\r\x1b[K")


def test_wrong_usage(run: Run, tmp_path: Path) -> None:
    """A week and a day at once, or a week that is not there, exit 2 and write nothing."""
    assert run("--week", "3", "--today", "2025-03-05").code == 2
    assert run("--week", "0").code == 2
    assert run("--paper", "a3").code == 2
    assert names(tmp_path) == ["plan.yaml"]
