"""What changed since the week before, one row a change, what wants a word first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import Cell, Column, Kind, Note, Table
from banyuasin_plan.reports.changes import is_better, is_worse
from banyuasin_plan.tracking.moves import PASSED_ON
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from banyuasin_plan.report import Piece
    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking import Standing
    from banyuasin_plan.tracking.changes import Changes
    from banyuasin_plan.tracking.moves import Move, Pair
    from banyuasin_plan.words import Message

ROWS = (
    Column("edit", Kind.TEXT),
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("owner", Kind.ID),
    Column("before", Kind.TEXT),
    Column("after", Kind.TEXT),
    Column("days_moved", Kind.DIFFERENCE),
    Column("reason", Kind.SENTENCE),
)


class Since(NamedTuple):
    """What changed, and the words for what it is held against."""

    changes: Changes
    origin: Message


def changes(material: Material) -> tuple[Piece, ...]:
    """The changes since the week before; nothing where that is not known."""
    since = material.since
    if since is None:
        return ()
    found = since.changes
    rows = tuple(row for kind in KINDS for row in kind(found))
    old, new = found.old.tracking.as_of, found.new.tracking.as_of
    notes = [Note(message("weekly.since", name=since.origin, old=old, new=new))]
    if followed := sum(one.cause.kind in PASSED_ON for one in found.moves):
        notes.append(Note(message("weekly.followed", count=followed)))
    return (*notes, Table("changes", ROWS, rows, message("diff.nothing")))


def _row(
    kind: str,
    one: Standing,
    cells: tuple[Cell, Cell] = (None, None),
    days: int | None = None,
    why: Cell = None,
) -> tuple[Cell, ...]:
    milestone = one.milestone
    said = message(f"changed.{kind}")
    return said, milestone.id, milestone.name, one.case.owner, *cells, days, why


def _day(day: date | None) -> Message | None:
    return message("changed.day", day=day) if day else None


def _turned(pairs: Iterable[Pair], kind: str) -> Iterator[tuple[Cell, ...]]:
    for pair in sorted(pairs, key=lambda one: one.new.urgency):
        old, new = pair.old.verdict, pair.new.verdict
        words = tuple(message(f"status.{one.colour}") if one else None for one in (old, new))
        why = new.reason if new else message("state.cancelled")
        yield _row(kind, pair.new, (words[0], words[1]), why=why)


def _worse(found: Changes) -> Iterator[tuple[Cell, ...]]:
    return _turned(filter(is_worse, found.turned), "worse")


def _better(found: Changes) -> Iterator[tuple[Cell, ...]]:
    return _turned(filter(is_better, found.turned), "better")


def _promises(found: Changes) -> Iterator[tuple[Cell, ...]]:
    for one in sorted(found.promises, key=lambda one: (one.explained, -abs(one.days or 0))):
        why = one.reason.why if one.reason and one.reason.why else message("changed.no_reason")
        days = _day(one.old), _day(one.new)
        yield _row("promise", one.pair.new, days, one.days, why)


def _moved(found: Changes) -> Iterator[tuple[Cell, ...]]:
    """Those that moved by themselves; what only followed is counted."""
    first = (one for one in found.moves if one.cause.kind not in PASSED_ON)
    for one in sorted(first, key=lambda one: (-abs(one.days), one.pair.new.milestone.id)):
        start = one.old.finish == one.new.finish
        pair = (one.old.start, one.new.start) if start else (one.old.finish, one.new.finish)
        days = _day(pair[0]), _day(pair[1])
        kind = "moved_start" if start else "moved"
        yield _row(kind, one.pair.new, days, one.days, _cause(one))


def _cause(one: Move) -> Message:
    return message(f"driver.{one.cause.kind}")


def _progress(found: Changes) -> Iterator[tuple[Cell, ...]]:
    for pair in found.progressed:
        shares = tuple(
            message("changed.percent", percent=float(100 * one.case.actual))
            for one in (pair.old, pair.new)
        )
        why = message(f"state.{pair.new.case.state}")
        yield _row("progress", pair.new, (shares[0], shares[1]), why=why)


def _owners(found: Changes) -> Iterator[tuple[Cell, ...]]:
    for pair in found.handed_over:
        yield _row("owner", pair.new, (pair.old.case.owner, pair.new.case.owner))


def _renamed(found: Changes) -> Iterator[tuple[Cell, ...]]:
    for pair in found.renamed:
        old, new = pair.old.milestone, pair.new.milestone
        same = old.id == new.id
        yield _row("renamed", pair.new, (old.name, new.name) if same else (old.id, new.id))


def _added(found: Changes) -> Iterator[tuple[Cell, ...]]:
    return (_row("added", one, (None, _day(one.case.due))) for one in found.added)


def _removed(found: Changes) -> Iterator[tuple[Cell, ...]]:
    return (_row("removed", one, (_day(one.case.due), None)) for one in found.removed)


KINDS = (
    _worse,
    _promises,
    _moved,
    _added,
    _removed,
    _renamed,
    _owners,
    _progress,
    _better,
)
"""The kinds of change in the order of the rows."""
