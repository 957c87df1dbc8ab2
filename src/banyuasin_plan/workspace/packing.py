"""A folder written whole or not at all, with the checksums of what is in it.

The files are written into a folder beside it, which then takes its place. A pack that lies there
already gives way only if it is one of ours and nobody has put anything into it since. What a pack
that was killed on its way left beside its place is cleared away by the next one.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from banyuasin_plan.words import message
from banyuasin_plan.workspace.locking import locked
from banyuasin_plan.workspace.refusals import Unavailable, unwritable
from banyuasin_plan.workspace.writing import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from banyuasin_plan.words import Message

SUMS, INDEX = "SHA256SUMS", "index.txt"
MARK = "banyuasin-plan pack"
"""The last line of the index of a pack of ours."""

UNFINISHED, REPLACED = ".pack-part", ".pack-old"
LOCK = ".pack-lock"
LEFT = re.compile(r"\.(.+?)(?:-[0-9a-f]{12}\.pack-(?:part|old)|\.pack-lock)\Z", re.DOTALL)
"""What lies beside the place of a pack while it is written: the new one, the one it replaces, and
the lock. The place's name comes first."""

LISTED = re.compile(r"([0-9a-f]{64})  (.+)\Z")


def in_the_way(folder: Path, *, force: bool) -> Message | None:
    """Why a pack can't take the folder's place.

    `force` replaces a pack of ours that was changed; nothing makes a folder give way that is none.
    """
    if not folder.is_symlink() and not folder.exists():
        return None
    if folder.is_symlink() or not folder.is_dir():
        return message("pack.no_folder", path=str(folder))
    there = {file.relative_to(folder).as_posix(): file for file in _files(folder)}
    if not there and not any(folder.iterdir()):
        return None
    listed = dict(_listed(folder))
    if not _is_ours(folder):
        return message("pack.foreign", path=str(folder))
    changed = [
        name for name, file in there.items() if name != SUMS and _sum(file) != listed.get(name)
    ]
    if changed and not force:
        return message("pack.changed", path=str(folder), names=tuple(sorted(changed)[:3]))
    return None


@contextmanager
def alone_at(folder: Path) -> Iterator[None]:
    """Alone among all that write a pack to that place, what broke off there cleared away.

    Others are waited for; so is what they write, whole. Raises Unavailable where they take too
    long, or nothing can be written.
    """
    make_folder(folder.parent)
    with locked(folder.parent, name=_lock(folder.name)):
        try:
            _settle(folder)
            _settle_others(folder)
        except OSError as error:
            raise unwritable(folder, error) from error
        yield


def write_pack(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files by their names, and their checksums, into the folder; all or nothing.

    For who is alone at it. Whatever goes wrong while the files are made or written, what lay there
    lies there still.
    """
    part = folder.parent / f".{folder.name}-{os.urandom(6).hex()}{UNFINISHED}"
    try:
        part.mkdir()
        _fill(part, files)
        _put(part, folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Bring back the pack that had given way to one that never came; take away what is left."""
    for one in _left_by(folder.parent, folder.name):
        if one.name.endswith(REPLACED) and not os.path.lexists(folder) and _is_whole(one):
            one.rename(folder)
        else:
            shutil.rmtree(one)


def _settle_others(folder: Path) -> None:
    """The same for packs beside it that nobody is at."""
    names = {found[1] for one in folder.parent.iterdir() if (found := LEFT.match(one.name))}
    for name in names - {folder.name}:
        with suppress(Unavailable), locked(folder.parent, 0, _lock(name)):
            _settle(folder.parent / name)


def _left_by(parent: Path, name: str) -> list[Path]:
    """Folders that packs of that name left beside their place."""
    found = [(one, LEFT.match(one.name)) for one in parent.iterdir()]
    mine = (one for one, match in found if match and match[1] == name)
    return sorted(one for one in mine if one.is_dir() and not one.is_symlink())


def _is_whole(folder: Path) -> bool:
    """Whether nothing that its checksums name is missing: it was put aside, not taken apart."""
    listed = [name for name, _ in _listed(folder)]
    return _is_ours(folder) and all((folder / name).is_file() for name in listed)


def _lock(name: str) -> str:
    return f".{name}{LOCK}"


def _fill(part: Path, files: Iterable[tuple[str, bytes]]) -> None:
    sums: dict[str, str] = {}
    for name, data in files:
        file = part / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        sums[name] = sha256(data).hexdigest()
    lines = "".join(f"{found}  {name}\n" for name, found in sorted(sums.items()))
    (part / SUMS).write_text(lines, encoding="utf-8", newline="\n")


def _put(part: Path, folder: Path) -> None:
    """Let the new folder take its place; the old one comes back where that fails."""
    if not folder.exists():
        part.rename(folder)
        return
    old = part.with_suffix(REPLACED)
    folder.rename(old)
    try:
        part.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    with suppress(OSError, UnicodeDecodeError):
        lines = (folder / INDEX).read_text(encoding="utf-8").splitlines()
        return bool(lines) and lines[-1] == MARK and (folder / SUMS).is_file()
    return False


def _listed(folder: Path) -> Iterator[tuple[str, str]]:
    """The names that a pack's checksums hold, with each checksum."""
    with suppress(OSError, UnicodeDecodeError):
        for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
            if found := LISTED.match(line):
                yield found[2], found[1]


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_dir():
            yield file


def _sum(file: Path) -> str | None:
    try:
        return None if file.is_symlink() else sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None
