"""The baselines that are saved beside a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.baseline import Baseline
from banyuasin_plan.report import Cell, Column, Kind, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.words import Message

BASELINES = (
    Column("id", Kind.ID),
    Column("saved", Kind.DATE),
    Column("milestones", Kind.COUNT),
    Column("first", Kind.DATE, rank=3),
    Column("last", Kind.DATE, rank=3),
    Column("in_use", Kind.FLAG),
    Column("file", Kind.TEXT, rank=4),
    Column("fault", Kind.SENTENCE, rank=2, sparse=True),
)


class Saved(NamedTuple):
    """A baseline's name, its file, and what is in it or why it can't be read."""

    name: str
    file: str
    found: Baseline | Message


def report(material: Material, saved: Sequence[Saved]) -> Report:
    """Every baseline, the oldest first, those that can't be read last."""
    used = material.plan.plan.baseline
    rows = [_row(one, in_use=one.name == used) for one in saved]
    rows.sort(key=lambda row: (row[1] is None, str(row[1]), str(row[0])))
    table = Table("baselines", BASELINES, tuple(rows), message("none.baselines"))
    return Report("baseline", heading_of(material), (table,))


def _row(one: Saved, *, in_use: bool) -> tuple[Cell, ...]:
    if not isinstance(one.found, Baseline):
        return one.name, None, None, None, None, in_use, one.file, one.found
    kept = one.found.milestones
    first = min((each.start for each in kept), default=None)
    last = max((each.finish for each in kept), default=None)
    return one.name, one.found.saved, len(kept), first, last, in_use, one.file, None
