"""A plan's files read as one: all as they were before a write into them, or all as after it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from banyuasin_plan.source.limits import FILE_BYTES
from banyuasin_plan.workspace.journal import JOURNAL, is_there, pending
from banyuasin_plan.workspace.locking import locked
from banyuasin_plan.workspace.refusals import Unavailable, unreadable
from banyuasin_plan.workspace.writing import finish

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def read_together(files: Sequence[Path]) -> dict[Path, bytes] | None:
    """The bytes of the files; None where others wrote into them meanwhile.

    What broke off while it was written is finished first, or, where nothing can be written here,
    read as if it were. Raises Unavailable where a file can't be read.
    """
    left = [home for home in _homes(files) if not _finished(home, files)]
    parts = {
        move.target: move.part
        for home in left
        for move in pending(home, files) or ()
        if is_there(move.part)
    }
    before = [_stamp(file) for file in files]
    texts = {file: read_file(parts.get(file, file)) for file in files}
    same = before == [_stamp(file) for file in files] and left == _homes(files)
    return texts if same else None


def read_file(file: Path) -> bytes:
    """A file's bytes; over the limit only as many as show that it is."""
    try:
        with file.open("rb") as text:
            return text.read(FILE_BYTES + 1)
    except OSError as error:
        raise unreadable(file, error) from error


def _homes(files: Iterable[Path]) -> list[Path]:
    """The folders in which a journal lies."""
    folders = dict.fromkeys(file.parent for file in files)
    return [folder for folder in folders if os.path.lexists(folder / JOURNAL)]


def _finished(home: Path, files: Iterable[Path]) -> bool:
    """Finish a write that broke off, or wait for one that is under way; whether that was done."""
    try:
        with locked(home):
            finish(home, files)
    except Unavailable:
        return False
    return True


def _stamp(file: Path) -> tuple[int, int, int] | None:
    """What changes with a file's content."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
