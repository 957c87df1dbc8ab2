"""The journal of a write into several files: what is still to be put in place, should it break off.

A write is made the moment its journal stands: from then on it is finished, by its own process or
by the next one that comes by, and until then nothing has changed.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

JOURNAL = ".plan.journal"
PART = re.compile(r"\.plan-[0-9a-f]{16}\.tmp\Z")
"""A file on its way: a hidden name that no plan's file has."""

MOST_BYTES = 2_000_000


class Move(NamedTuple):
    """A file that is written, beside the one whose place it is to take."""

    part: Path
    target: Path


def journal_text(home: Path, moves: Sequence[Move]) -> bytes:
    """The journal, in that folder, of files that are to take their places."""
    import json

    lines = [
        {"from": move.part.name, "to": Path(os.path.relpath(move.target, home)).as_posix()}
        for move in moves
    ]
    return json.dumps({"version": 1, "moves": lines}, indent=1).encode()


def pending(home: Path, files: Iterable[Path]) -> list[Move] | None:
    """What a broken-off write into these files left to be done; None where there is no journal.

    A journal is a file like any other, and may come from anybody: what it says counts only for
    files of the plan, and only for parts that lie beside them.
    """
    import json

    try:
        with (home / JOURNAL).open("rb") as text:
            data = json.loads(text.read(MOST_BYTES))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError):
        return []
    known = {os.path.realpath(file): file for file in files}
    moves = data.get("moves") if isinstance(data, dict) else None
    found: list[Move] = []
    for one in moves if isinstance(moves, list) else ():
        name, target = (one.get("from"), one.get("to")) if isinstance(one, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(target, str) or not PART.match(name):
            continue
        file = known.get(os.path.realpath(home / PurePosixPath(target)))
        if file is not None:
            found.append(Move(file.parent / name, file))
    return found


def is_there(part: Path) -> bool:
    """Whether a part still waits to be put in place; a link is none."""
    try:
        return stat.S_ISREG(part.lstat().st_mode)
    except FileNotFoundError:
        return False
