"""Tables of other reports as a sheet shows them: fewer columns, perhaps fewer rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Figures, Kind, Table
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.report import Report

CARDS = frozenset({Kind.COUNT, Kind.DATE, Kind.PERCENT, Kind.POINTS, Kind.RATIO})
"""Kinds of figures that have room on a card."""


def tables_of(report: Report) -> Mapping[str, Table]:
    """The tables of a report by their ids."""
    return {part.id: part for part in report.parts if isinstance(part, Table)}


def cards_of(figures: Figures) -> Figures:
    """The figures that have room on a card."""
    return Figures(tuple(one for one in figures.items if one.kind in CARDS))


def figures_of(report: Report) -> Figures:
    """The figures of a report."""
    return next(part for part in report.parts if isinstance(part, Figures))


def excerpt(table: Table, name: str, *ids: str, most: int | None = None) -> Table:
    """Under another name, just these columns in their order, and at most so many rows.

    A column that says nothing in any row is not shown.
    """
    at = {column.id: place for place, column in enumerate(table.columns)}
    places = [at[one] for one in ids]
    columns = tuple(table.columns[place]._replace(sparse=True) for place in places)
    rows = tuple(tuple(row[place] for place in places) for row in table.rows[:most])
    left = len(table.rows) - len(rows)
    more = message("weekly.more", count=left) if left else table.more
    return Table(name, columns, rows, table.empty, more, aside=True)
