"""`plan history`: how planned, actual and verified value came about, out of git."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banyuasin_plan.cli.remembering import read_past
from banyuasin_plan.cli.reporting import choose, deliver_report, material_of, open_texts
from banyuasin_plan.formats import FORMATS
from banyuasin_plan.reading.shaping import today_in
from banyuasin_plan.reports import heading_on
from banyuasin_plan.reports.history import Past, Seen, report
from banyuasin_plan.revisions.cache import Cache, Point
from banyuasin_plan.revisions.history import point_of
from banyuasin_plan.revisions.keeping import cache_folder
from banyuasin_plan.revisions.repository import repository_of
from banyuasin_plan.workspace import find

if TYPE_CHECKING:
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.revisions.history import History


def history(**given: Any) -> int:
    """Tell the plan's past, revision by revision."""
    form = choose(given["format"] or "table", FORMATS, "--format")
    found = find(given["plan"] or os.environ.get("PLAN_PATH"), Path.cwd())
    opened = open_texts(given, found.texts(), shelf=found.shelf)
    if opened is None:
        return 1
    loaded = opened.loaded
    if loaded.plan is None or loaded.calendars is None:
        raise AssertionError
    head = loaded.plan.plan
    with repository_of(found.root) as repository:
        cache = Cache(cache_folder(), head.id, str(found.root.resolve()))
        seen = read_past(repository, head, cache, opened.lang)
        shallow = repository.shallow
    now = _now(loaded, cache)
    cache.close()
    since = today_in(head.timezone, seen.seen[-1].when) if seen.seen else None
    known = Seen(len(seen.seen), since, seen.unread, shallow, seen.cut)
    heading = heading_on(head, loaded.calendars, loaded.as_of, held=loaded.held)
    deliver_report(report(heading, _rows(seen, now), known), form, opened.lang, given["output"])
    return 0


def _now(loaded: Loaded, cache: Cache) -> Point:
    """The figures of the files as they are, which are kept like those of a revision."""
    kept = loaded.scope.baseline
    name = f"files {loaded.revision} {loaded.as_of} {kept.model_dump_json() if kept else ''}"
    name = sha256(name.encode()).hexdigest()
    point = cache.get(name)
    if point is None or not point.shares:
        shares = material_of(loaded, as_written=True).tracking.shares()
        point = point_of(loaded.as_of, shares)
        cache.put(name, point)
    return point


def _rows(seen: History, now: Point) -> list[Past]:
    """Every data date up to the one asked for, the oldest first, and the files as they are."""
    rows: dict[Any, Past] = {}
    for commit, point in seen.points:
        if point.day and point.shares and point.counts and now.day and point.day <= now.day:
            rows[point.day] = Past(point.day, commit.short, point.shares, point.counts)
    if now.day and now.shares and now.counts:
        last = rows.get(now.day)
        if last is None or (last.shares, last.counts) != (now.shares, now.counts):
            rows[now.day] = Past(now.day, None, now.shares, now.counts)
    return [rows[day] for day in sorted(rows)]
