"""A plan's states out of git, as loaded: at the revision of a name, or on a day."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.reading import Loaded, load
from banyuasin_plan.reading.shaping import today_in
from banyuasin_plan.reports.diff import Origin
from banyuasin_plan.revisions.history import MOST
from banyuasin_plan.revisions.refusals import NoPast
from banyuasin_plan.revisions.repository import repository_of
from banyuasin_plan.revisions.snapshots import held_day
from banyuasin_plan.tracking.moves import Side
from banyuasin_plan.words import message
from banyuasin_plan.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from banyuasin_plan.reading.remembering import Memory
    from banyuasin_plan.reports import Material
    from banyuasin_plan.revisions.repository import Commit, Repository
    from banyuasin_plan.revisions.snapshots import Snapshot
    from banyuasin_plan.words import Message
    from banyuasin_plan.workspace import Found


class State(NamedTuple):
    """A plan as loaded on its data date, and where it comes from."""

    loaded: Loaded
    origin: Origin


class Past:
    """The states of a plan in its repository, as loaded."""

    def __init__(
        self, found: Found, repository: Repository, current: Loaded, memory: Memory
    ) -> None:
        """The `current` plan's, which was found there; files met before are not read again."""
        head = current.scope.head
        self._current = current
        self.repository = repository
        self.plan = head.id if head else ""
        self._zone = head.timezone if head else "WIB"
        self._root = found.root
        self._memory = memory

    def state(self, name: str, same: date, day: date | None) -> State:
        """The plan at the revision of a name, on the day it holds itself, else on the `same` day.

        A `day` that was asked for holds in any case.
        """
        commit = self.repository.commit(name)
        snapshot = self.repository.snapshot(commit, self.plan)
        loaded = self.loaded(commit, snapshot, day)
        if not loaded.held and loaded.as_of != same:
            loaded = self.loaded(commit, snapshot, day or same)
        return self._state(loaded, commit, message("diff.named", name=name, hash=commit.short))

    def since(self, days: int) -> State:
        """The state of so many days before the current one's data date.

        Where every revision holds a later one, as those of an example or a finished plan do, that
        question has no answer: then the last revision committed so many days before today.
        """
        day = self._current.as_of - timedelta(days=days)
        try:
            return self.before(day)
        except NoPast:
            if not self._current.held:
                raise
        today = today_in(self._zone, self._current.now)
        return self._committed(today - timedelta(days=days), self._current.as_of)

    def before(self, day: date) -> State:
        """The last revision whose data date is that day or an earlier one, judged on that day.

        A revision's data date is the one that its plan holds, else the day it was committed.
        """

        def reached(commit: Commit, snapshot: Snapshot) -> bool:
            return (held_day(snapshot.texts) or today_in(self._zone, commit.when)) <= day

        return self.on(day, *self._last(reached, message("past.too_old", day=day)))

    def on(self, day: date, commit: Commit, snapshot: Snapshot | None = None) -> State:
        """A revision on a day, or on the one that its plan holds."""
        snapshot = snapshot or self.repository.snapshot(commit, self.plan)
        loaded = self.loaded(commit, snapshot, None if held_day(snapshot.texts) else day)
        return self._state(loaded, commit, message("diff.hash", hash=commit.short))

    def _committed(self, day: date, held: date) -> State:
        """The last revision committed by a day, on the data date it holds."""

        def reached(commit: Commit, _: Snapshot) -> bool:
            return today_in(self._zone, commit.when) <= day

        commit, snapshot = self._last(reached, message("past.too_young", day=day, held=held))
        name = message("diff.by_commit", hash=commit.short, held=held)
        return self._state(self.loaded(commit, snapshot, None), commit, name)

    def _last(
        self, reached: Callable[[Commit, Snapshot], bool], none: Message
    ) -> tuple[Commit, Snapshot]:
        """The last revision that is reached, from now on back; raises NoPast with `none`."""
        oldest = None
        for commit, snapshot in islice(self.repository.snapshots(self.plan), MOST):
            if reached(commit, snapshot):
                return commit, snapshot
            oldest = commit
        raise NoPast(none, self._farthest(oldest))

    def _farthest(self, oldest: Commit | None) -> Message | None:
        """How far back it goes, and how to go there."""
        if self.repository.shallow:
            return message("past.shallow.help")
        if oldest is None:
            return None
        on = today_in(self._zone, oldest.when)
        return message("past.oldest.help", hash=oldest.short, on=on)

    def loaded(self, commit: Commit, snapshot: Snapshot, day: date | None) -> Loaded:
        """The plan at a revision; without a day on its own data date."""
        folder = self._root if self._root.is_dir() else self._root.parent
        texts = {shown(folder / path): data for path, data in snapshot.texts.items()}
        return load(texts, commit.when, day, self._memory, snapshot.shelf)

    def _state(self, loaded: Loaded, commit: Commit, name: Any) -> State:
        if loaded.plan is None or loaded.schedule is None:
            hint = message("past.unreadable.help", hash=commit.short)
            raise NoPast(message("past.unreadable", name=commit.short), hint)
        on = today_in(loaded.plan.plan.timezone, commit.when)
        return State(loaded, Origin(name, commit.hash, on, len(loaded.errors)))


@contextmanager
def past_of(found: Found) -> Iterator[Repository | NoPast]:
    """The repository around a plan, or why there is none, for what can do without."""
    with ExitStack() as stack:
        try:
            there: Repository | NoPast = stack.enter_context(repository_of(found.root))
        except NoPast as none:
            there = none
        yield there


def side_of(material: Material) -> Side:
    """What the comparison needs to know of a plan on its day."""
    return Side(material.plan, material.forecast, material.tracking)
