"""What changed between two states of a plan, as tables: one for each kind of change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import Colour
from banyuasin_plan.report import HIDDEN, Cell, Column, Figure, Figures, Kind, Table, Tone
from banyuasin_plan.tracking import WORST_FIRST
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from banyuasin_plan.tracking import Standing
    from banyuasin_plan.tracking.changes import Changes, Edit, Promise
    from banyuasin_plan.tracking.moves import Move, Pair

ID = Column("id", Kind.ID)
NAME = Column("name", Kind.TEXT, rank=4)
PROGRAM = Column("program", Kind.ID, rank=HIDDEN)
OWNER = Column("owner", Kind.ID, rank=5)

TURNED = (
    ID,
    NAME,
    PROGRAM,
    OWNER,
    Column("status_before", Kind.STATUS, rank=3),
    Column("status", Kind.STATUS),
    Column("worse", Kind.FLAG, rank=HIDDEN),
    Column("rule", Kind.ID, rank=HIDDEN),
    Column("reason", Kind.SENTENCE, rank=2),
)
PROMISES = (
    ID,
    NAME,
    PROGRAM,
    OWNER,
    Column("due_before", Kind.DATE),
    Column("due", Kind.DATE),
    Column("days_moved", Kind.DIFFERENCE),
    Column("with_reason", Kind.FLAG),
    Column("why", Kind.TEXT, rank=2),
    Column("by", Kind.ID, rank=5),
)
MOVED = (
    ID,
    NAME,
    PROGRAM,
    OWNER,
    Column("start_before", Kind.DATE, rank=6),
    Column("start", Kind.DATE, rank=6),
    Column("finish_before", Kind.DATE, rank=2),
    Column("finish", Kind.DATE),
    Column("days_moved", Kind.DIFFERENCE),
    Column("cause", Kind.RECORD),
    Column("root", Kind.ID, rank=2),
)
PROGRESS = (
    ID,
    Column("name", Kind.TEXT, rank=2),
    PROGRAM,
    OWNER,
    Column("state_before", Kind.STATE, rank=5),
    Column("state", Kind.STATE, rank=3),
    Column("actual_before", Kind.PERCENT),
    Column("actual_percent", Kind.PERCENT),
    Column("verified", Kind.FLAG, rank=4),
)
ADDED = (ID, NAME, Column("program", Kind.ID, rank=2), OWNER, Column("due", Kind.DATE))
REMOVED = (*ADDED, Column("state", Kind.STATE, rank=2))
RENAMED = (
    Column("id_before", Kind.ID),
    ID,
    Column("name_before", Kind.TEXT, rank=2),
    Column("name", Kind.TEXT),
    PROGRAM,
)
OWNERS = (ID, NAME, PROGRAM, Column("owner_before", Kind.ID), Column("owner", Kind.ID))
EDITED = (
    Column("list", Kind.ID, rank=HIDDEN),
    Column("how", Kind.ID, rank=HIDDEN),
    Column("kind", Kind.TEXT),
    ID,
    Column("edit", Kind.TEXT),
    Column("keys", Kind.TEXT),
)
RANKS = {colour: place for place, colour in enumerate(WORST_FIRST)}
RANKS[Colour.GREY] = RANKS[Colour.GREEN]
"""How bad colours are, the worst first; what has not begun is as well as what goes well."""


SHARES = (
    "planned_before",
    "planned_percent",
    "actual_before",
    "actual_percent",
    "verified_before",
    "verified_percent",
)
COUNTS = (
    "turned_worse",
    "turned_better",
    "promises_moved",
    "without_reason",
    "moved",
    "progressed",
    "added",
    "removed",
    "renamed",
    "owners_changed",
    "edited",
)
"""The figures: percentages before and after, and how much of each kind changed."""

Rows = dict[str, tuple[tuple[Cell, ...], ...]]
Told = dict[str, float | int]


class Tabled(NamedTuple):
    """A kind of change: its table's id, its columns, and how its rows are made."""

    id: str
    columns: tuple[Column, ...]
    rows: Callable[[Changes], Iterator[tuple[Cell, ...]]]


def tables_of(rows: Rows) -> tuple[Table, ...]:
    """Every kind of change; those that people need not see, because they are empty, are hidden."""
    found: list[Table] = []
    for one in TABLES:
        mine = rows[one.id]
        none = message("none.rows")
        found.append(Table(one.id, one.columns, mine, none, aside=True, shown=bool(mine)))
    return tuple(found)


def rows_of(changes: Changes) -> Rows:
    """The rows of every kind of change by its table's id."""
    return {one.id: tuple(one.rows(changes)) for one in TABLES}


def turned_worse(changes: Changes) -> tuple[tuple[Cell, ...], ...]:
    """The rows of what turned for the worse, the worst first."""
    worse = [column.id for column in TURNED].index("worse")
    return tuple(row for row in _turned(changes) if row[worse])


LONG = (
    Column("what_changed", Kind.ID),
    ID,
    NAME,
    Column("before", Kind.TEXT),
    Column("after", Kind.TEXT),
    Column("days_moved", Kind.DIFFERENCE),
    Column("cause", Kind.RECORD),
)
BEFORE_AFTER = {
    "turned": ("status_before", "status"),
    "promises": ("due_before", "due"),
    "moved": ("finish_before", "finish"),
    "progress": ("actual_before", "actual_percent"),
    "renamed": ("id_before", "id"),
    "owners": ("owner_before", "owner"),
    "removed": ("due", None),
    "added": (None, "due"),
    "edited": (None, "keys"),
}
"""The columns of each table that say what was and what is."""


def every_row(tables: Sequence[Table]) -> tuple[tuple[Cell, ...], ...]:
    """Every change as a row of one table, for programs that read only one."""
    return tuple(row for one in tables for row in _long(one))


def _long(one: Table) -> Iterator[tuple[Cell, ...]]:
    """A table's rows as those of the whole."""
    ids = [column.id for column in one.columns]
    was, is_now = BEFORE_AFTER[one.id]
    for row in one.rows:
        cells = dict(zip(ids, row, strict=True))
        yield (
            one.id,
            cells["id"],
            cells.get("name"),
            cells[was] if was else None,
            cells[is_now] if is_now else None,
            cells.get("days_moved"),
            cells.get("cause"),
        )


def told_of(changes: Changes) -> Told:
    """How much changed, and the percentages before and after."""
    before, after = changes.old.tracking.shares(), changes.new.tracking.shares()
    shares: Told = {
        "planned_before": before.planned_percent,
        "planned_percent": after.planned_percent,
        "actual_before": before.actual_percent,
        "actual_percent": after.actual_percent,
        "verified_before": before.verified_percent,
        "verified_percent": after.verified_percent,
    }
    if changes.dates_only:
        shares = {name: shares[name] for name in SHARES if "before" not in name}
    return shares | {
        "turned_worse": sum(map(is_worse, changes.turned)),
        "turned_better": sum(map(is_better, changes.turned)),
        "promises_moved": len(changes.promises),
        "without_reason": sum(not one.explained for one in changes.promises),
        "moved": len(changes.moves),
        "progressed": len(changes.progressed),
        "added": len(changes.added),
        "removed": len(changes.removed),
        "renamed": len(changes.renamed),
        "owners_changed": len(changes.handed_over),
        "edited": len(changes.edits),
    }


def figures_of(told: Told) -> Figures:
    """The same as figures; counts of nothing are shown only of what would be bad."""
    compared = "actual_before" in told  # a baseline knows no colours and no progress
    bad = {"turned_worse", "without_reason"} if compared else {"without_reason"}
    return Figures(
        tuple(
            Figure(name, Kind.PERCENT, value)
            if name in SHARES
            else Figure(name, Kind.COUNT, value, shown=bool(value) or name in bad)
            for name, value in told.items()
        )
    )


def _milestone(one: Standing) -> tuple[Cell, Cell, Cell, Cell]:
    return one.milestone.id, one.milestone.name, one.program.id, one.case.owner


def is_worse(pair: Pair) -> bool:
    """Whether it turned for the worse."""
    old, new = pair.old.verdict, pair.new.verdict
    return bool(old and new and RANKS[new.colour] < RANKS[old.colour])


def is_better(pair: Pair) -> bool:
    """Whether it turned for the better."""
    old, new = pair.old.verdict, pair.new.verdict
    return bool(old and new and RANKS[new.colour] > RANKS[old.colour])


def _turned(changes: Changes) -> Iterator[tuple[Cell, ...]]:
    for pair in sorted(changes.turned, key=lambda one: (not is_worse(one), one.new.urgency)):
        old, new = pair.old.verdict, pair.new.verdict
        yield (
            *_milestone(pair.new),
            Tone(old.colour) if old else None,
            Tone(new.colour) if new else None,
            is_worse(pair),
            new.rule if new else None,
            new.reason if new else message("state.cancelled"),
        )


def _promises(changes: Changes) -> Iterator[tuple[Cell, ...]]:
    """Those without a reason first, then the farthest."""

    def order(one: Promise) -> tuple[bool, int, str]:
        return one.explained, -abs(one.days or 0), one.pair.new.milestone.id

    for one in sorted(changes.promises, key=order):
        why, by = (one.reason.why, one.reason.by) if one.reason else (None, None)
        row = (one.old, one.new, one.days, one.explained, why, by)
        yield (*_milestone(one.pair.new), *row)


def _moved(changes: Changes) -> Iterator[tuple[Cell, ...]]:
    """The farthest first."""

    def order(one: Move) -> tuple[int, str]:
        return -abs(one.days), one.pair.new.milestone.id

    for one in sorted(changes.moves, key=order):
        mine = one.pair.new.milestone.id
        yield (
            *_milestone(one.pair.new),
            one.old.start,
            one.new.start,
            one.old.finish,
            one.new.finish,
            one.days,
            {"kind": one.cause.kind, "id": one.cause.id},
            one.root if one.root not in {mine, one.cause.id} else None,
        )


def _progress(changes: Changes) -> Iterator[tuple[Cell, ...]]:
    for pair in changes.progressed:
        old, new = pair.old.case, pair.new.case
        verified = new.is_verified
        yield (
            *_milestone(pair.new),
            old.state,
            new.state,
            100 * old.actual,
            100 * new.actual,
            verified,
        )


def _added(changes: Changes) -> Iterator[tuple[Cell, ...]]:
    return ((*_milestone(one), one.case.due) for one in changes.added)


def _removed(changes: Changes) -> Iterator[tuple[Cell, ...]]:
    return ((*_milestone(one), one.case.due, one.case.state) for one in changes.removed)


def _renamed(changes: Changes) -> Iterator[tuple[Cell, ...]]:
    for pair in changes.renamed:
        old, new = pair.old.milestone, pair.new.milestone
        yield old.id, new.id, old.name, new.name, pair.new.program.id


def _owners(changes: Changes) -> Iterator[tuple[Cell, ...]]:
    for pair in changes.handed_over:
        name, called, program, owner = _milestone(pair.new)
        yield name, called, program, pair.old.case.owner, owner


def _edited(changes: Changes) -> Iterator[tuple[Cell, ...]]:
    return (_edit(one) for one in changes.edits)


def _edit(one: Edit) -> tuple[Cell, ...]:
    said = message(f"kind_of.{one.kind}"), one.id, message(f"change.{one.how}")
    return one.kind, one.how, *said, one.keys


TABLES = (
    Tabled("turned", TURNED, _turned),
    Tabled("promises", PROMISES, _promises),
    Tabled("moved", MOVED, _moved),
    Tabled("progress", PROGRESS, _progress),
    Tabled("added", ADDED, _added),
    Tabled("removed", REMOVED, _removed),
    Tabled("renamed", RENAMED, _renamed),
    Tabled("owners", OWNERS, _owners),
    Tabled("edited", EDITED, _edited),
)
"""Every kind of change, what matters most first."""
