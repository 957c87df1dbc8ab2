"""`plan export pack`: one folder with all of it, the same every time, whole or not there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tests.commands import Outcome, alone, called, names, settings
from tests.test_export_form import WITH_CAMAT

from banyuasin_plan.workspace import Unavailable
from banyuasin_plan.workspace.packing import INDEX, MARK, SUMS, in_the_way, write_pack

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
    assert run("--week", "8", "-o", "out/w8") == (0, "out/w8: 16 files\n", "")
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
    assert run("--week", "3").out == "uji-week-03: 15 files\n"  # nothing to verify yet
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
    assert out == b"w: 16 files\n"
    assert "1/14 uji-week-08.xlsx" in said
    assert "14/14 data/verify.csv" in said
    assert said.endswith("\r\x1b[K")


def test_wrong_usage(run: Run, tmp_path: Path) -> None:
    """A week and a day at once, or a week that is not there, exit 2 and write nothing."""
    assert run("--week", "3", "--today", "2025-03-05").code == 2
    assert run("--week", "0").code == 2
    assert run("--paper", "a3").code == 2
    assert names(tmp_path) == ["plan.yaml"]
