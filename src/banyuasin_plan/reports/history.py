"""How planned, actual and verified value came about, revision by revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import Block, Chart, Column, Kind, Note, Report, Table, Tone
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from banyuasin_plan.report import Heading

POINTS = (
    Column("day", Kind.DATE),
    Column("revision", Kind.ID, rank=3),
    Column("planned_percent", Kind.PERCENT),
    Column("actual_percent", Kind.PERCENT),
    Column("verified_percent", Kind.PERCENT),
    Column("deviation", Kind.POINTS),
    Column("milestones", Kind.COUNT, rank=3),
    Column("done", Kind.COUNT, rank=2),
    Column("overdue", Kind.COUNT, rank=2, bad=True),
)
RECENT = 10
"""Data dates that stand below the lines, the newest first."""

LINES = Chart(
    "history",
    "line",
    "points",
    "day",
    ("planned_percent", "actual_percent", "verified_percent"),
)


class Past(NamedTuple):
    """A data date and the figures that were true on it.

    `revision` is the last one of that date, None for the files as they are. Percentages run from
    0 to 100; `counts` are milestones, those done and those overdue.
    """

    day: date
    revision: str | None
    shares: tuple[float, float, float]
    counts: tuple[int, int, int]


class Seen(NamedTuple):
    """How much of the past was seen: how many revisions, since when, and what is missing.

    `unread` could not be read as a plan; `shallow` says that older ones were not fetched, `cut`
    that there are more than are looked at.
    """

    revisions: int
    since: date | None
    unread: int
    shallow: bool
    cut: bool


def report(heading: Heading, past: Sequence[Past], seen: Seen) -> Report:
    """A row for each data date, the oldest first, and their lines."""
    rows = tuple(
        (
            one.day,
            one.revision,
            *one.shares,
            one.shares[1] - one.shares[0],
            *one.counts,
        )
        for one in past
    )
    blocks: list[Block] = list(_notes(seen))
    if rows:
        blocks.append(LINES)
    blocks.append(Table("points", POINTS, rows, message("none.rows")))
    if len(rows) > 1:
        recent = rows[-RECENT:][::-1]
        blocks.append(Table("recent", POINTS, recent, message("none.rows"), aside=True))
    return Report("history", heading, tuple(blocks))


def _notes(seen: Seen) -> list[Note]:
    if seen.since is None:
        return [Note(message("history.none"))]
    notes = [Note(message("history.seen", count=seen.revisions, since=seen.since))]
    if seen.shallow:
        notes.append(Note(message("history.shallow", since=seen.since), Tone.WATCH))
    if seen.cut:
        notes.append(Note(message("history.cut", count=seen.revisions), Tone.WATCH))
    if seen.unread:
        notes.append(Note(message("history.unread", count=seen.unread), Tone.WATCH))
    return notes
