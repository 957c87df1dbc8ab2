"""What changed in a plan: from one state to another, each on its data date."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import (
    Block,
    Figure,
    Figures,
    Heading,
    Kind,
    Note,
    Report,
    Table,
    Tone,
)
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.changes import (
    LONG,
    Rows,
    Told,
    every_row,
    figures_of,
    rows_of,
    tables_of,
    told_of,
)
from banyuasin_plan.words import Message, message

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.tracking.changes import Changes


class Origin(NamedTuple):
    """Where a state comes from: the words for it, a hash, and the day it was committed.

    `flaws` counts errors that were found in it.
    """

    name: Message
    revision: str | None = None
    on: date | None = None
    flaws: int = 0


class Difference(NamedTuple):
    """What a comparison found, as values: all that is told of it, and nothing else.

    `dates` are the days that the two states are judged on, `figures` by their ids and `rows` by the
    ids of their tables.
    """

    heading: Heading
    old: Origin
    new: Origin
    dates: tuple[date, date]
    figures: Told
    rows: Rows

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any(self.rows.values())


def difference(material: Material, changes: Changes, old: Origin, new: Origin) -> Difference:
    """The values of what changed; the material is that of the newer state."""
    dates = changes.old.tracking.as_of, changes.new.tracking.as_of
    return Difference(heading_of(material), old, new, dates, told_of(changes), rows_of(changes))


def report(found: Difference) -> Report:
    """What changed from the one state to the other."""
    old, dates = found.old, found.dates
    blocks: list[Block] = [_origins(old, found.new, dates)]
    if dates[0] != dates[1]:
        blocks.append(Note(message("diff.dates", old=dates[0], new=dates[1])))
    if old.flaws:
        said = message("diff.flaws", name=old.name, count=old.flaws)
        blocks.append(Note(said, Tone.WATCH))
    if not found:
        blocks.append(Note(message("diff.nothing"), Tone.GOOD))
    tables = tables_of(found.rows)
    whole = Table("changes", LONG, every_row(tables), message("none.rows"), shown=False)
    blocks += [figures_of(found.figures), whole, *tables]
    return Report("diff", found.heading, tuple(blocks))


def _origins(old: Origin, new: Origin, dates: tuple[date, date]) -> Figures:
    """Both states by name, and the days they are judged on."""
    return Figures(
        (
            Figure("from", Kind.TEXT, _told(old, dates[0])),
            Figure("to", Kind.TEXT, _told(new, dates[1])),
            Figure("from_revision", Kind.ID, old.revision, shown=False),
            Figure("to_revision", Kind.ID, new.revision, shown=False),
            Figure("from_as_of", Kind.DATE, dates[0], shown=False),
            Figure("to_as_of", Kind.DATE, dates[1], shown=False),
        )
    )


def _told(origin: Origin, day: date) -> Message:
    if origin.on:
        return message("diff.revision", name=origin.name, on=origin.on, as_of=day)
    return message("diff.state", name=origin.name, as_of=day)
