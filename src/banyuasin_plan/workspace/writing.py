"""Files written whole or not at all, one or several at once, whatever breaks off."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from banyuasin_plan.words import message
from banyuasin_plan.workspace.journal import JOURNAL, PART, Move, is_there, journal_text, pending
from banyuasin_plan.workspace.refusals import (
    WINDOWS,
    InUse,
    Outdated,
    shown,
    unreadable,
    unwritable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""What a file system answers that has no way to sync a folder."""

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place.

    A device or a pipe takes the bytes itself: a file in the place of `/dev/null` would be the end
    of it.
    """
    try:
        if _takes_bytes(file):
            file.write_bytes(data)
            return
        part = _write_part(file.parent, data, _mode(file))
        _put(Move(part, file))
        _sync_folder(file.parent)
    except OSError as error:
        raise unwritable(file, error) from error


def is_other(file: Path, data: bytes) -> bool:
    """Whether something else than these bytes lies there."""
    try:
        return file.exists() and file.read_bytes() != data
    except OSError as error:
        raise unreadable(file, error) from error


def make_folder(folder: Path) -> None:
    """Make a folder, and those around it, where it is not there yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def store(home: Path, texts: Mapping[Path, bytes], changed: Mapping[Path, bytes]) -> None:
    """Write some of a plan's files, all of them or none; for who holds the lock of `home`.

    `texts` is what was read of all its files. Raises Outdated where one that is to change is no
    longer what was read (no editor of texts heeds a lock), and Unavailable where the disk does
    not take it; then nothing has changed.
    """
    for file in changed:
        _compare(file, texts[file])
    if len(changed) == 1:
        [(file, data)] = changed.items()
        write(file, data)
    elif changed:
        _store_several(home, texts, changed)


def finish(home: Path, files: Iterable[Path]) -> None:
    """Finish what broke off, and clear away what it left; for who holds the lock."""
    known = list(files)
    try:
        moves = pending(home, known)
        if moves is not None:
            _carry_out(home, moves, [])
        for folder in {home, *(file.parent for file in known)}:
            for file in folder.iterdir():
                if PART.match(file.name):
                    file.unlink()
    except OSError as error:
        raise unwritable(home, error) from error


def _compare(file: Path, read: bytes) -> None:
    try:
        with file.open("rb") as text:
            same = text.read() == read
    except OSError as error:
        raise unreadable(file, error) from error
    if not same:
        raise Outdated(message("outdated", path=shown(file)))


def _store_several(home: Path, texts: Mapping[Path, bytes], changed: Mapping[Path, bytes]) -> None:
    """All parts first, then the journal, which decides; then each takes its place."""
    parts: list[Path] = []
    try:
        moves = _prepare(home, changed, parts)
    except OSError as error:
        _give_up(home, parts)
        raise unwritable(next(iter(changed)), error) from error
    placed: list[Move] = []
    try:
        _carry_out(home, moves, placed)
    except OSError as error:
        if len(placed) < len(moves):
            waiting = moves[len(placed) :]
            _take_back(home, {move.target: texts[move.target] for move in placed}, waiting)
            raise unwritable(waiting[0].target, error) from error


def _prepare(home: Path, changed: Mapping[Path, bytes], parts: list[Path]) -> list[Move]:
    """Write the parts, each noted at once, then the journal that makes them count."""
    moves: list[Move] = []
    for file, data in changed.items():
        parts.append(_write_part(file.parent, data, _mode(file)))
        moves.append(Move(parts[-1], file))
    for folder in {move.target.parent for move in moves}:
        _sync_folder(folder)
    _write_journal(home, moves)
    return moves


def _write_journal(home: Path, moves: Sequence[Move]) -> None:
    """Put a journal in the folder, in place of the one that may lie there."""
    part = _write_part(home, journal_text(home, moves), 0o666 & ~_umask())
    _put(Move(part, home / JOURNAL))
    _sync_folder(home)


def _carry_out(home: Path, moves: Sequence[Move], placed: list[Move]) -> None:
    """Put every part in place that is not there yet, each noted, and then close the journal."""
    for move in moves:
        if is_there(move.part):
            _replace(move)
        placed.append(move)
    for folder in {move.target.parent for move in moves}:
        _sync_folder(folder)
    (home / JOURNAL).unlink()
    _sync_folder(home)


def _give_up(home: Path, parts: Sequence[Path]) -> None:
    """Leave everything as it was: the journal goes first, if there is one already.

    Where it can't go, all stays, and the next run carries the write out after all.
    """
    try:
        with suppress(FileNotFoundError):
            (home / JOURNAL).unlink()
            _sync_folder(home)
        for part in parts:
            part.unlink()
    except OSError:
        return


def _take_back(home: Path, old: Mapping[Path, bytes], waiting: Sequence[Move]) -> None:
    """Put the old files back in place of those that are new already, as a write of its own.

    Its journal takes the place of the other. Where that can't be done either, the next run
    carries out whichever of the two stands.
    """
    try:
        _carry_out(home, _prepare(home, old, []), [])
        for move in waiting:
            move.part.unlink()
    except OSError:
        return


def _write_part(folder: Path, data: bytes, mode: int) -> Path:
    """A new file with these bytes, safely on the disk; none where that fails."""
    part = folder / f".plan-{os.urandom(8).hex()}.tmp"
    out = os.open(part, NEW, 0o600)
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(out, left) :]
            os.fsync(out)
        finally:
            os.close(out)
        part.chmod(mode)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return part


def _put(move: Move) -> None:
    """Let a part take its place, or be gone."""
    try:
        _replace(move)
    except BaseException:
        with suppress(OSError):
            move.part.unlink()
        raise


def _replace(move: Move) -> None:
    try:
        move.part.replace(move.target)
    except PermissionError as error:
        if WINDOWS:  # the part beside it could be written, so it is not the folder
            raise InUse(*error.args) from error
        raise


def _mode(file: Path) -> int:
    """The mode that a file has, or a new one gets."""
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except FileNotFoundError:
        return 0o666 & ~_umask()


def _takes_bytes(file: Path) -> bool:
    """Whether it is no file that could be replaced, but a device, a pipe or a socket."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Bring the names in a folder safely to the disk, where the system has a way to."""
    if WINDOWS:
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    except OSError as error:
        if error.errno not in CANNOT_SYNC:
            raise
    finally:
        os.close(held)
