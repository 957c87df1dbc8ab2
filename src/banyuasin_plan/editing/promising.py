"""Promises that are moved: a due date that gives way to another is kept under `moved`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.editing.changes import REMOVED, Appended, Change
from banyuasin_plan.plan.fields import parse_day
from banyuasin_plan.plan.places import OF_A_MILESTONE
from banyuasin_plan.source import Mapping, Scalar, Sequence, locate

if TYPE_CHECKING:
    from collections.abc import Sequence as Several
    from datetime import date

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.source import Node

MOVED = "moved"


class Entry(NamedTuple):
    """The last record of a moved promise: its path, the date given up, and when."""

    path: Path
    was: date | None
    on: date | None


def with_promises(
    loaded: Loaded, changes: Several[Change], day: date, why: str | None = None
) -> list[Change]:
    """The changes, and for each due date that is replaced the record of the earlier promise.

    From the plan's first day on: before it nothing was promised to anybody. Of several moves on
    one day the record keeps the promise of the morning; a promise that comes back is none that was
    moved. A record that is given with the change counts, and a due date that is taken out has none.
    """
    head = loaded.scope.head
    if head is None or day < head.start:
        return list(changes)
    given = {path[:OF_A_MILESTONE] for path, _ in changes if path[OF_A_MILESTONE:][:1] == (MOVED,)}
    found = list(changes)
    for path, new in changes:
        if _is_due(path) and new is not REMOVED and path[:OF_A_MILESTONE] not in given:
            found += _records(loaded, path[:OF_A_MILESTONE], str(new), day, why)
    return found


def _is_due(path: Path) -> bool:
    return path[0] == "programs" and path[OF_A_MILESTONE:] == ("due",)


def _records(loaded: Loaded, milestone: Path, new: str, day: date, why: str | None) -> list[Change]:
    """What is to be written of one promise that is moved."""
    old = _day_at(locate(loaded.root, milestone), "due")
    if old is None or old.isoformat() == new:
        return []
    last = _last(loaded, milestone)
    if last is None or last.on != day:
        record = {"from": old, "on": day, "why": why}
        return [Change((*milestone, MOVED), Appended((record,)))]
    if last.was and last.was.isoformat() == new:
        alone = last.path[-1] == 0
        return [Change(last.path[:-1] if alone else last.path, REMOVED)]
    return [Change((*last.path, "why"), why)] if why else []


def _last(loaded: Loaded, milestone: Path) -> Entry | None:
    node = locate(loaded.root, (*milestone, MOVED))
    if not isinstance(node, Sequence) or not node.items:
        return None
    path = (*milestone, MOVED, len(node.items) - 1)
    item = node.items[-1]
    return Entry(path, _day_at(item, "from"), _day_at(item, "on"))


def _day_at(node: Node, key: str) -> date | None:
    """The date under a key; None where there is none, or nothing that is one."""
    entry = node.entries.get(key) if isinstance(node, Mapping) else None
    if entry is None or not isinstance(entry.value, Scalar):
        return None
    try:
        return parse_day(entry.value.text)
    except ValueError:
        return None
