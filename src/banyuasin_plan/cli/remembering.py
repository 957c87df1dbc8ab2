"""What git remembers of a plan: its figures on earlier data dates, for reports of today."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banyuasin_plan.cli.past import past_of
from banyuasin_plan.cli.progress import told
from banyuasin_plan.reading.shaping import today_in
from banyuasin_plan.revisions.cache import Cache
from banyuasin_plan.revisions.history import History, history_of
from banyuasin_plan.revisions.keeping import cache_folder
from banyuasin_plan.revisions.refusals import NoPast
from banyuasin_plan.tracking.curves import Known
from banyuasin_plan.words import label
from banyuasin_plan.workspace import find

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.plan.head import PlanHead
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.revisions.repository import Commit, Repository
    from banyuasin_plan.words import Lang
    from banyuasin_plan.workspace import Found


def remembered(
    found: Found, loaded: Loaded, repository: Repository | NoPast, lang: Lang
) -> History | None:
    """The plan's past; None where git knows none, or it can't be read."""
    head = loaded.scope.head
    if head is None or isinstance(repository, NoPast):
        return None
    cache = Cache(cache_folder(), head.id, str(found.root.resolve()))
    try:
        return read_past(repository, head, cache, lang)
    except NoPast:
        return None
    finally:
        cache.close()


def read_past(repository: Repository, head: PlanHead, cache: Cache, lang: Lang) -> History:
    """The past, and on a terminal which revision is being read."""
    with told() as tell:

        def reading(commit: Commit) -> None:
            on = today_in(head.timezone, commit.when)
            tell(label("history.reading", lang, hash=commit.short, on=on))

        return history_of(repository, head.id, cache, reading)


def known_past(seen: History | None, day: date) -> tuple[Known, ...]:
    """What was actual and verified on data dates before a day, the oldest first."""
    known = (
        Known(point.day, *point.shares[1:])
        for _, point in (seen.points if seen else ())
        if point.day and point.shares and point.day < day
    )
    return tuple(sorted(known))


def past_values(given: dict[str, Any], loaded: Loaded, lang: Lang) -> tuple[Known, ...]:
    """The same on days before the data date, of the plan that the options name."""
    found = find(given["plan"] or os.environ.get("PLAN_PATH"), Path.cwd())
    with past_of(found) as repository:
        return known_past(remembered(found, loaded, repository, lang), loaded.as_of)
