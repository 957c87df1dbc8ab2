"""The figures of every revision on its own data date, each worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.reading import load
from banyuasin_plan.reading.remembering import Memory
from banyuasin_plan.revisions.cache import Point
from banyuasin_plan.source.pausing import garbage_left_alone
from banyuasin_plan.tracking import track
from banyuasin_plan.tracking.memo import ScheduleMemo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.revisions.cache import Cache
    from banyuasin_plan.revisions.repository import Commit, Repository
    from banyuasin_plan.tracking.figures import Shares

MOST = 2_000
"""Revisions that are looked at, the newest."""


class History(NamedTuple):
    """The last revision of every data date with its figures, and what was seen on the way.

    `unread` revisions could not be read as a plan; `cut` says that there are more than `MOST`.
    """

    points: list[tuple[Commit, Point]]
    seen: list[Commit]
    unread: int
    cut: bool


def history_of(
    repository: Repository,
    plan: str,
    cache: Cache,
    tell: Callable[[Commit], None] = lambda _: None,
) -> History:
    """The plan's past, the newest first. A date's figures are those of its last revision.

    Of every revision that has to be read, which takes long, is told.
    """
    reckoner = Reckoner(repository, plan)
    found: dict[object, tuple[Commit, Point]] = {}
    seen: list[Commit] = []
    unread, cut = 0, False
    for commit in repository.commits(plan):
        if len(seen) == MOST:
            cut = True
            break
        seen.append(commit)
        point = cache.get(commit.hash)
        if point is None or (point.day and not point.shares and point.day not in found):
            tell(commit)
            with garbage_left_alone():
                point = reckoner.point(commit, found)
            cache.put(commit.hash, point)
        if point.day is None:
            unread += 1
        else:
            found.setdefault(point.day, (commit, point))
    return History(list(found.values()), seen, unread, cut)


class Reckoner:
    """Works out figures, one revision after the other; what they share is read once."""

    def __init__(self, repository: Repository, plan: str) -> None:
        """For the plan with that id."""
        self._repository, self._plan = repository, plan
        self._memory, self._memo = Memory(), ScheduleMemo()

    def point(self, commit: Commit, known: Mapping[object, object]) -> Point:
        """A revision's figures; only its day, where figures of that day are known already."""
        snapshot = self._repository.find(commit, self._plan)
        if snapshot is None:
            return Point(None)
        loaded = load(snapshot.texts, commit.when, None, self._memory, snapshot.shelf)
        if loaded.plan is None or not loaded.joined.whole or loaded.scope.unread:
            return Point(None)
        if loaded.as_of in known:
            return Point(loaded.as_of)
        return point_of(loaded.as_of, self._shares(loaded))

    def _shares(self, loaded: Loaded) -> Shares:
        plan, calendars = loaded.plan, loaded.calendars
        if plan is None or calendars is None:
            raise AssertionError
        schedule = self._memo.schedule(plan, calendars)
        # what is drawn needs no forecast, which takes as long as all the rest
        tracking = track(plan, schedule, schedule, loaded.as_of, loaded.scope.baseline)
        return tracking.shares()


def point_of(day: date, found: Shares) -> Point:
    """The figures that a history tells of."""
    return Point(
        day,
        (found.planned_percent, found.actual_percent, found.verified_percent),
        (found.milestones, found.done, found.overdue),
    )
