"""One writer at a time: a lock beside the plan's files, gone when nobody holds it."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from banyuasin_plan.words import message
from banyuasin_plan.workspace.refusals import WINDOWS, Unavailable, shown, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".plan.lock"
PATIENCE = 30.0
"""Seconds that a writer waits for others; one of them takes a blink."""

PAUSE = 0.01


@contextmanager
def locked(folder: Path, patience: float = PATIENCE, name: str = LOCK) -> Iterator[None]:
    """Alone among all that write into plans in this folder, or into what the `name` is for.

    The lock is the system's, so that it ends with the process that holds it. Its file is taken
    away afterwards: who waited for it finds that the name no longer leads to what was locked, and
    begins anew. Raises Unavailable where others are at it for too long, or nothing can be written.
    """
    path = folder / name
    try:
        held = _acquired(path, time.monotonic() + patience)
    except OSError as error:
        raise unwritable(path, error) from error
    if held is None:
        raise Unavailable(message("busy", path=shown(folder)))
    try:
        yield
    finally:
        _release(path, held)


def _acquired(path: Path, until: float) -> int | None:
    """The open lock; None when it is not to be had in time."""
    from filelock import lock_descriptor  # 60 ms that only writers need

    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    while True:
        held = os.open(path, flags, 0o666)
        try:
            if lock_descriptor(held, blocking=False) and _leads_to(path, held):
                return held
        except BaseException:
            os.close(held)
            raise
        os.close(held)
        if time.monotonic() > until:
            return None
        time.sleep(PAUSE)


def _leads_to(path: Path, held: int) -> bool:
    """Whether the name still leads to what is locked: the one before may have taken it away."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(held))
    except FileNotFoundError:
        return False


def _release(path: Path, held: int) -> None:
    """Take the file away and let go of it; where it is open elsewhere, Windows leaves it there."""
    if WINDOWS:
        with suppress(OSError):
            os.close(held)
    with suppress(OSError):  # all is written by now, and the lock ends with the process
        if WINDOWS or _leads_to(path, held):
            path.unlink()
    if not WINDOWS:
        with suppress(OSError):
            os.close(held)
