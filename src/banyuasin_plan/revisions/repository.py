"""A plan in its repository: which revisions there are, and the plan's files at one of them."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.revisions.git import Git, git_in
from banyuasin_plan.revisions.objects import objects_of
from banyuasin_plan.revisions.refusals import NoPast
from banyuasin_plan.revisions.snapshots import Place, Snapshot, plan_at, plan_elsewhere
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from banyuasin_plan.revisions.objects import Objects

SHORT = 8
"""Digits of a hash that people see."""

HEAD = "HEAD"
LONGEST_NAME = 250
HASH = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
RENAMES = 20
"""How often a plan's folder is followed to where it lay before."""

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class Commit(NamedTuple):
    """A revision: its hash, its tree, and when it was committed."""

    hash: str
    tree: str
    when: datetime

    @property
    def short(self) -> str:
        """The hash as people see it."""
        return self.hash[:SHORT]


class Repository:
    """The repository around a plan."""

    def __init__(self, git: Git, place: Place, objects: Objects, *, shallow: bool) -> None:
        """Where the plan lies in it; `shallow` says that older revisions were not fetched."""
        self.place = place
        self.shallow = shallow
        self._git = git
        self._objects = objects

    def commit(self, name: str) -> Commit:
        """The revision of a name: a hash, a branch, a tag, `HEAD~3`.

        Raises NoPast where there is none, and of names that git would take for something else.
        """
        if not name or name.startswith("-") or len(name) > LONGEST_NAME or not name.isprintable():
            raise NoPast(message("past.name", name=name[:LONGEST_NAME]))
        words = ("--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        found = (self._git.ask("rev-parse", *words) or b"").strip()
        if not HASH.match(found):
            if name == HEAD:
                raise _empty()
            hint = message("past.shallow.help") if self.shallow else message("past.unknown.help")
            raise NoPast(message("past.unknown", name=name), hint)
        return self._commit(found.decode("ascii"))

    def snapshot(self, commit: Commit, plan: str) -> Snapshot:
        """The files of the plan with that id at a revision, wherever they lay then.

        Raises NoPast where it was not there yet.
        """
        found = self.find(commit, plan)
        if found is None:
            name = "/".join(self.place.parts) or "."
            said = message("past.not_there", name=commit.short, path=name)
            raise NoPast(said, message("past.not_there.help"))
        return found

    def find(self, commit: Commit, plan: str) -> Snapshot | None:
        """The same; None where it was not there."""
        found = plan_at(self._objects, commit.tree, self.place)
        return found or plan_elsewhere(self._objects, commit.tree, self.place, plan)

    def commits(self, plan: str) -> Iterator[Commit]:
        """The revisions in which the plan with that id changed, the newest first.

        Along the first parents: what was merged counts when it was. Where the plan's folder came
        from somewhere else it is followed there.
        """
        start, place = HEAD, self.place
        for _ in range(RENAMES):
            last = None
            for commit in self._listed(start, place):
                yield commit
                last = commit
            if last is None:
                return
            before = self._parent(last)
            moved = before and plan_elsewhere(self._objects, before.tree, place, plan)
            if not before or not moved or moved.place == place:
                return
            start, place = before.hash, moved.place

    def snapshots(self, plan: str) -> Iterator[tuple[Commit, Snapshot]]:
        """Those revisions with the plan's files in them, as far as it was there."""
        for commit in self.commits(plan):
            if (found := self.find(commit, plan)) is not None:
                yield commit, found

    def _listed(self, start: str, place: Place) -> Iterator[Commit]:
        path = "/".join(place.parts) or "."
        words = (
            "--first-parent",
            start,
            "--",
            os.fsdecode(path.encode("utf-8", "surrogateescape")),
        )
        answer = self._git.ask("rev-list", *words)
        if answer is None and start == HEAD:
            raise _empty()
        for line in (answer or b"").split():
            yield self._commit(line.decode("ascii"))

    def _parent(self, commit: Commit) -> Commit | None:
        name = self._objects.commit(commit.hash).parent
        return self._commit(name) if name and self._objects.has(name) else None

    def _commit(self, name: str) -> Commit:
        stored = self._objects.commit(name)
        try:
            when = datetime.fromtimestamp(stored.seconds, UTC)
        except (OverflowError, OSError, ValueError):  # a date no calendar has
            when = EARLIEST
        return Commit(name, stored.tree, when)


@contextmanager
def repository_of(root: Path) -> Iterator[Repository]:
    """The repository that a plan's folder, or the single file it is, lies in.

    Raises NoPast where there is none, or no git to read it with.
    """
    real = root.resolve()
    folder = real if real.is_dir() else real.parent
    git = git_in(folder)
    words = ("--is-inside-work-tree", "--is-shallow-repository", "--show-cdup")
    inside, shallow, up = (*(git.ask("rev-parse", *words) or b"").split(b"\n"), b"", b"")[:3]
    if inside != b"true" or up.strip(b"./"):
        said = message("past.no_repository", path=str(root))
        raise NoPast(said, message("past.no_repository.help"))
    top = folder.parents[deep - 1] if (deep := up.count(b"/")) else folder
    file = None if real.is_dir() else real.name
    at_top = git._replace(folder=top)
    with objects_of(at_top) as objects:
        parts = folder.relative_to(top).parts
        place = Place((*parts, file) if file else parts, is_file=bool(file))
        yield Repository(at_top, place, objects, shallow=shallow == b"true")


def _empty() -> NoPast:
    return NoPast(message("past.empty"), message("past.empty.help"))
