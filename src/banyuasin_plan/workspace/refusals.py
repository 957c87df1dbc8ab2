"""What the disk does not give or take, as values for people to read."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.words import Message

WINDOWS = os.name == "nt"
"""Windows lets nobody replace or take away a file that is open, and has no way to sync a folder."""

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Unavailable(Exception):  # noqa: N818 - it is no error of the program
    """A plan that can't be worked on: none, several, or one the disk does not give out."""

    def __init__(self, what: Message) -> None:
        """Say what stands in the way."""
        super().__init__(what.key)
        self.message = what


class InUse(PermissionError):  # noqa: N818 - as Unavailable
    """A file that can't be replaced because another program has it open."""


class Outdated(Unavailable):
    """A file is no longer what was read: somebody else wrote it meanwhile."""


def shown(file: Path) -> str:
    """A file's name as seen from the current folder, with slashes on every system.

    A folder above that one keeps its name: `..` says nothing to anybody.
    """
    try:
        seen = Path(os.path.relpath(file))
    except ValueError:  # another drive on Windows
        return file.as_posix()
    return (file if seen.name == ".." else seen).as_posix()


def unreadable(file: Path, error: OSError) -> Unavailable:
    """That a file can't be read, and why."""
    return Unavailable(message("unreadable", path=shown(file), why=reason(error)))


def unwritable(file: Path, error: OSError) -> Unavailable:
    """That a file can't be written, and why."""
    why = reason(error)
    if isinstance(error, FileNotFoundError) and not file.parent.exists():
        why = message("why.no_folder", folder=shown(file.parent))
    return Unavailable(message("unwritable", path=shown(file), why=why))


def reason(error: Exception) -> Message:
    """The system's reason in our words, where it is one people meet."""
    known = {
        InUse: "why.in_use",
        FileNotFoundError: "why.missing",
        PermissionError: "why.permission",
        IsADirectoryError: "why.folder",
        FileExistsError: "why.file",
        NotADirectoryError: "why.missing",
    }
    for kind, key in known.items():
        if isinstance(error, kind):
            return message(key)
    if getattr(error, "errno", None) in FULL:
        return message("why.full")
    return message("why.other", code=str(getattr(error, "errno", None) or type(error).__name__))
