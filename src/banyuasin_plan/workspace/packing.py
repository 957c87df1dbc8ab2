"""A folder written whole or not at all, with the checksums of what is in it.

The files are written into a folder beside it, which then takes its place. A pack that lies there
already gives way only if it is one of ours and nobody has put anything into it since.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from banyuasin_plan.words import message
from banyuasin_plan.workspace.refusals import unwritable
from banyuasin_plan.workspace.writing import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from banyuasin_plan.words import Message

SUMS, INDEX = "SHA256SUMS", "index.txt"
MARK = "banyuasin-plan pack"
"""The last line of the index of a pack of ours."""

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


def write_pack(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files by their names, and their checksums, into the folder; all or nothing.

    Whatever goes wrong while the files are made or written, what lay there lies there still.
    """
    make_folder(folder.parent)
    part = folder.parent / f".{folder.name}-{os.urandom(6).hex()}.tmp"
    try:
        part.mkdir()
        _fill(part, files)
        _put(part, folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


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
    old = part.with_suffix(".old")
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
