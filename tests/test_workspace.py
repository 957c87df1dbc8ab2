"""The folder on disk: which plan is meant, what belongs to it, and files written whole."""

from __future__ import annotations

import os
import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.commands import SMALL, alone, names

from banyuasin_plan.workspace import Unavailable, find, load_plan, write

HEAD = "plan: {id: uji, name: Uji, start: 2025-02-20, as_of: 2025-04-10}\n"
PART = """\
owners: [{id: dinkes, name: Dinas Kesehatan}]
programs:
  - id: p
    name: P
    outcome: Loket buka sampai sore
    lead: dinkes
    milestones: [{id: p-01, name: Daftar, measure: daftar, due: 2025-05-14}]
"""

unix = pytest.mark.skipif(sys.platform == "win32", reason="file modes and links as on Unix")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    alone(monkeypatch, tmp_path)
    return tmp_path


def lay_out(folder: Path, files: dict[str, str]) -> None:
    """Put files into a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


FOLDER = {"plans/a/plan.yaml": HEAD, "plans/a/b/p.yaml": PART, "plans/a/owners.yml": "owners: []\n"}
WHOLE = ["plans/a/b/p.yaml", "plans/a/owners.yml", "plans/a/plan.yaml"]


@pytest.mark.parametrize("start", [".", "plans/a", "plans/a/b", "plans/a/b/deeper"])
def test_found_without_being_named(start: str, here: Path) -> None:
    """From the root, from inside the plan's folder and from below it, the plan is the same."""
    lay_out(here, FOLDER)
    (here / "plans/a/b/deeper").mkdir()
    assert sorted(find(None, here / start).texts()) == WHOLE


@pytest.mark.parametrize(
    "given", ["plans/a", "plans/a/", "plans/a/plan.yaml", "plans/a/b/p.yaml", "plans/a/b"]
)
def test_found_by_a_path(given: str, here: Path) -> None:
    """A folder, the file with the head, a part and a folder of parts all name the plan around."""
    lay_out(here, FOLDER)
    assert sorted(find(given, here).texts()) == WHOLE


def test_names_are_as_seen_from_here(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file's name is relative to the current folder, above it as well."""
    lay_out(here, FOLDER)
    monkeypatch.chdir(here / "plans" / "a" / "b")
    names = ["../owners.yml", "../plan.yaml", "p.yaml"]
    assert names == sorted(find(None, here / "plans" / "a" / "b").texts())


def test_files_come_in_path_order(here: Path) -> None:
    """Files of a folder come before its folders' files, both by name."""
    lay_out(here, {"plan.yaml": HEAD, "b/x.yaml": PART, "a/x.yaml": PART, "z.yaml": PART})
    assert list(find(".", here).texts()) == ["plan.yaml", "z.yaml", "a/x.yaml", "b/x.yaml"]


def test_a_single_file(here: Path) -> None:
    """A file with a head and programmes is a whole plan, found by search or by its path."""
    lay_out(here, {"small.yaml": SMALL, "other.yaml": "version: 2\n"})
    assert list(find(None, here).texts()) == ["small.yaml"]
    assert list(find("small.yaml", here).texts()) == ["small.yaml"]


def test_a_single_file_among_several(here: Path) -> None:
    """Of several whole plans in a folder the one that is named is meant."""
    lay_out(here, {"a.yaml": SMALL, "b.yaml": SMALL})
    assert list(find("b.yaml", here).texts()) == ["b.yaml"]


def test_a_head_with_programmes_beside_parts(here: Path) -> None:
    """Programmes in the file with the head do not make the files beside it no part of the plan."""
    lay_out(here, {"plan.yaml": SMALL, "more/owners.yaml": "owners: []\n"})
    assert sorted(find(None, here).texts()) == ["more/owners.yaml", "plan.yaml"]


@pytest.mark.parametrize("name", ["baselines/x.yaml", ".git/x.yaml", "x.txt", "a/b/x.yaml"])
def test_a_single_file_beside_what_is_no_part(name: str, here: Path) -> None:
    """Baselines, hidden folders, other endings and what lies deep below make no folder of it."""
    lay_out(here, {"small.yaml": SMALL, name: PART})
    assert list(find(None, here).texts()) == ["small.yaml"]


def test_a_whole_plan_above_another(here: Path) -> None:
    """A plan in one file stays so where another plan lies below it."""
    lay_out(here, {"small.yaml": SMALL, "a/plan.yaml": HEAD, "a/p.yaml": PART})
    assert list(find(None, here).texts()) == ["small.yaml"]


def test_several_plans(here: Path) -> None:
    """Where nothing says which plan is meant, all that could be are named."""
    lay_out(here, {"plans/a/plan.yaml": HEAD, "plans/b/plan.yaml": HEAD, "plans/c/x.txt": HEAD})
    with pytest.raises(Unavailable) as refusal:
        find(None, here)
    assert refusal.value.message.key == "several_plans"
    assert refusal.value.message["paths"] == ("plans/a", "plans/b")


def test_the_nearest_plan_wins(here: Path) -> None:
    """From inside a plan, what lies further up does not matter."""
    lay_out(here, {"plan.yaml": HEAD, "inner/plan.yaml": HEAD, "inner/p.yaml": PART})
    assert sorted(find(None, here / "inner").texts()) == ["inner/p.yaml", "inner/plan.yaml"]


@pytest.mark.parametrize("head", ["\ufeffplan: {}\n", '"plan": {}\n', "'plan' : {}\n", "plan:\n"])
def test_ways_to_write_the_key(head: str, here: Path) -> None:
    """The head is found behind a byte order mark, in quotes, and with nothing behind it."""
    lay_out(here, {"x.yaml": head, "p.yaml": PART})
    assert sorted(find(None, here).texts()) == ["p.yaml", "x.yaml"]


@pytest.mark.parametrize("text", ["# plan: {}\n", "  plan: {}\n", "planning: {}\n", "- plan: {}\n"])
def test_what_is_no_head(text: str, here: Path) -> None:
    """A comment, a deeper key, another word and a list item do not begin a plan."""
    lay_out(here, {"x.yaml": text})
    with pytest.raises(Unavailable, match="no_plan_here"):
        find(None, here)


def test_unreadable_folder_on_the_way_up(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder above that nobody may list is passed over."""
    lay_out(here, {"plans/a/plan.yaml": HEAD})
    real = type(here).iterdir

    def refuse(folder: Path) -> object:
        if folder == here.parent:
            raise PermissionError
        return real(folder)

    monkeypatch.setattr(type(here), "iterdir", refuse)
    assert list(find(None, here).texts()) == ["plans/a/plan.yaml"]


def test_a_file_that_goes_while_it_is_looked_at(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that can't be opened, or is gone, while searching is no plan."""
    lay_out(here, {"a.yaml": HEAD, "b.yaml": HEAD, "p.yaml": PART})

    def refuse(file: Path, *_: object) -> object:
        raise PermissionError(file)

    with monkeypatch.context() as patched:
        patched.setattr(type(here), "open", refuse)
        with pytest.raises(Unavailable, match="no_plan_here"):
            find(None, here)
    with monkeypatch.context() as patched:
        patched.setattr(type(here), "lstat", refuse)
        with pytest.raises(Unavailable, match="no_plan_here"):
            find(None, here)


def test_another_drive(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has no path from here (another drive on Windows) is named in full."""
    lay_out(here, {"small.yaml": SMALL})

    def refuse(_: object) -> str:
        raise ValueError

    monkeypatch.setattr("os.path.relpath", refuse)
    full = str(here / "small.yaml")
    assert [Path(full).as_posix()] == list(find(full, here).texts())


def test_load_plan(here: Path) -> None:
    """The door for Python callers: a path in, the plan and every complaint out."""
    lay_out(here, FOLDER)
    loaded = load_plan("plans/a")
    assert (date(2025, 4, 10), True, ()) == (loaded.as_of, loaded.held, loaded.diagnostics)
    assert [program.id for program in loaded.plan.programs] == ["p"] if loaded.plan else False
    day = load_plan(Path("plans/a"), date(2025, 3, 1))
    assert (date(2025, 3, 1), False) == (day.as_of, day.held)
    with pytest.raises(Unavailable, match="unreadable"):
        load_plan("nowhere")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names as on Unix")
def test_a_pipe_takes_the_bytes(here: Path) -> None:
    """What is no file is written into and stays: `-o /dev/null` must never replace it."""
    pipe = here / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(pipe, b"isi")
    assert os.read(reader, 10) == b"isi"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert names(here) == ["pipe"]


def test_write_a_new_file(here: Path) -> None:
    """A file that was not there gets the usual mode, and nothing else is left in the folder."""
    write(here / "out.json", b"{}\n")
    assert (here / "out.json").read_bytes() == b"{}\n"
    assert names(here) == ["out.json"]
    mask = os.umask(0)
    os.umask(mask)
    assert 0o666 & ~mask == stat.S_IMODE((here / "out.json").stat().st_mode)


@unix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_write_keeps_the_mode(mode: int, here: Path) -> None:
    """A file that was there keeps its mode."""
    file = here / "out.json"
    file.write_bytes(b"old")
    file.chmod(mode)
    write(file, b"new")
    assert (b"new", mode) == (file.read_bytes(), stat.S_IMODE(file.stat().st_mode))


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "chmod"])
def test_a_failed_write_leaves_the_old_file(
    step: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error at any step leaves the old file as it was, and no part of a new one."""
    file = here / "out.json"
    file.write_bytes(b"old")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    owner = type(file) if step in {"replace", "chmod"} else os
    monkeypatch.setattr(owner, step, refuse)
    with pytest.raises(Unavailable, match="unwritable"):
        write(file, b"new")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"
    assert names(here) == ["out.json"]


@pytest.mark.parametrize("name", ["missing/out.json", "folder", "file/out.json"])
def test_where_nothing_can_be_written(name: str, here: Path) -> None:
    """A missing folder, a folder and a path through a file are refused, and nothing is left."""
    (here / "folder").mkdir()
    (here / "file").write_bytes(b"")
    with pytest.raises(Unavailable, match="unwritable"):
        write(here / name, b"new")
    assert names(here) == ["file", "folder"]


@pytest.mark.parametrize("start", ["docs", "plans", "docs/deeper"])
def test_found_beside_the_way_up(start: str, here: Path) -> None:
    """From a folder beside `plans/`, the only plan in there is meant as well."""
    lay_out(here, FOLDER)
    (here / start).mkdir(parents=True, exist_ok=True)
    assert find(None, here / start).root == here / "plans" / "a"


def test_the_search_ends_at_the_repository(here: Path) -> None:
    """What lies around a git repository is not its plan."""
    lay_out(here, {"plan.yaml": HEAD + PART, "repository/docs/a.txt": ""})
    (here / "repository" / ".git").mkdir()
    with pytest.raises(Unavailable):
        find(None, here / "repository" / "docs")
