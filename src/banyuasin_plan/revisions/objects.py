"""What a repository holds, by its hashes: commits, trees and files, each read once.

One git answers for all of it (`git cat-file --batch`), and is asked for hashes only, never for a
name that somebody else chose. The formats are those of git's own documentation (gitformat-commit,
git-ls-tree): a tree is a row of `mode SP name NUL hash`.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import IO, TYPE_CHECKING, NamedTuple

from banyuasin_plan.revisions.git import PATIENCE
from banyuasin_plan.revisions.refusals import NoPast
from banyuasin_plan.source.limits import FILE_BYTES
from banyuasin_plan.words import message

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from banyuasin_plan.revisions.git import Git

TREE, FILES = "40000", frozenset({"100644", "100755", "100664"})
"""The modes of folders and of regular files; links and other repositories have others."""

HASH_BYTES = {40: 20, 64: 32}
"""Bytes of a hash in a tree by its hexadecimal digits: SHA-1, SHA-256."""

PIECE = 1 << 20


class Entry(NamedTuple):
    """What lies under a name in a folder of a revision."""

    mode: str
    name: str
    hash: str

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of the same repository."""
        return self.mode == TREE

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file."""
        return self.mode in FILES


class Stored(NamedTuple):
    """A commit as it is stored: its tree, its first parent, and seconds since 1970."""

    tree: str
    parent: str
    seconds: int


class Objects:
    """A git that gives out what is stored under a hash."""

    def __init__(self, out: IO[bytes], back: IO[bytes]) -> None:
        """Speak over these pipes."""
        self.asked: float | None = None
        self._out, self._back = out, back
        self._trees: dict[str, tuple[Entry, ...]] = {}
        self._files: dict[str, bytes] = {}

    def commit(self, name: str) -> Stored:
        """A commit. What lies behind the end of a shallow copy is named, and not there."""
        tree, parent, seconds = "", "", 0
        for line in self._read(name, "commit").split(b"\n"):
            key, _, rest = line.partition(b" ")
            if not line:
                break
            if key == b"tree":
                tree = rest.decode("ascii")
            elif key == b"parent":
                parent = parent or rest.decode("ascii")
            elif key == b"committer":
                seconds = _number(rest.rpartition(b"> ")[2].partition(b" ")[0])
        return Stored(tree, parent, seconds)

    def has(self, name: str) -> bool:
        """Whether a commit is there."""
        return self._asked(name, "commit") is not None

    def tree(self, name: str) -> tuple[Entry, ...]:
        """What lies in a folder, in git's order."""
        if name not in self._trees:
            data = self._read(name, "tree")
            self._trees[name] = tuple(_entries(data, HASH_BYTES.get(len(name), 20)))
        return self._trees[name]

    def file(self, name: str) -> bytes:
        """A file's bytes; over the limit only as many as show that it is."""
        if name not in self._files:
            self._files[name] = self._read(name, "blob")
        return self._files[name]

    def _read(self, name: str, kind: str) -> bytes:
        found = self._asked(name, kind)
        if found is None:
            raise _broken()
        return found

    def _asked(self, name: str, kind: str) -> bytes | None:
        self.asked = time.monotonic()
        try:
            return self._answer(name, kind)
        finally:
            self.asked = None

    def _answer(self, name: str, kind: str) -> bytes | None:
        try:
            self._out.write(name.encode("ascii") + b"\n")
            self._out.flush()
        except OSError as error:
            raise _broken() from error
        head = self._back.readline().split()
        if head[1:] == [b"missing"]:
            return None
        if len(head) != 3 or head[1].decode() != kind:  # noqa: PLR2004 - hash, kind, size
            raise _broken()
        return self._content(int(head[2]), FILE_BYTES + 1 if kind == "blob" else None)

    def _content(self, size: int, most: int | None) -> bytes:
        """So many bytes off the pipe, of which no more than `most` are kept."""
        kept = self._back.read(size if most is None else min(size, most))
        left = size - len(kept)
        while left > 0:
            piece = self._back.read(min(left, PIECE))
            if not piece:
                raise _broken()
            left -= len(piece)
        self._back.read(1)  # the line's end behind it
        return kept


@contextmanager
def objects_of(git: Git) -> Iterator[Objects]:
    """The repository's objects, for as long as this lasts; git is ended with it."""
    process = git.start("cat-file", "--batch")
    if process.stdin is None or process.stdout is None:
        raise AssertionError
    objects, over = Objects(process.stdin, process.stdout), Event()
    watch = Thread(target=_watch, args=(objects, process, over), daemon=True)
    watch.start()
    try:
        yield objects
    finally:
        over.set()
        process.kill()
        process.stdout.close()
        with suppress(OSError):  # what was still to be asked is of no use to a git that has ended
            process.stdin.close()
        process.wait()
        watch.join()


def _watch(objects: Objects, process: subprocess.Popen[bytes], over: Event) -> None:
    """End a git that does not answer, so that whoever waits for it learns that it is gone."""
    while not over.wait(1):
        asked = objects.asked
        if asked is not None and time.monotonic() - asked > PATIENCE:
            process.kill()


def _entries(data: bytes, digits: int) -> Iterator[Entry]:
    at = 0
    while at < len(data):
        space = data.index(b" ", at)
        end = data.index(b"\0", space)
        name = data[space + 1 : end].decode("utf-8", "surrogateescape")
        yield Entry(data[at:space].decode("ascii"), name, data[end + 1 : end + 1 + digits].hex())
        at = end + 1 + digits


def _number(digits: bytes) -> int:
    return int(digits) if digits.isdigit() else 0


def _broken() -> NoPast:
    return NoPast(message("past.broken"), message("past.broken.help"))
