"""JSON: the contract with machines. Ids, column names and their types are promises."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from banyuasin_plan.formats.cells import rounded
from banyuasin_plan.report import Figures, Gantt, Table, Tally
from banyuasin_plan.words import Message, say

if TYPE_CHECKING:
    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Cell, Kind, Report
    from banyuasin_plan.words import Lang

SCHEMA_VERSION = 1

DEEPEST = 2
"""Objects in objects that get lines of their own: the whole, and its figures and tables."""

PLAIN = frozenset((str, int, bool, type(None)))
"""Cells that are JSON as they are: most of them."""

dumps = json.JSONEncoder(ensure_ascii=False).encode
"""A value as JSON on one line."""


def write(report: Report, lang: Lang, screen: Screen) -> str:  # noqa: ARG001 - as every format
    """The report as JSON, every column and figure, sentences in the language."""
    heading = report.heading
    figures: dict[str, object] = {}
    tables: dict[str, object] = {}
    for block in report.parts:
        if isinstance(block, Figures):
            figures |= {one.id: _value(one.value, one.kind, lang) for one in block.items}
        elif isinstance(block, Table):
            tables[block.id] = _rows(block, lang)
        elif isinstance(block, Gantt):
            from banyuasin_plan.formats.bars import tables_of

            tables |= {table.id: _rows(table, lang) for table in tables_of(block)}
    whole = {
        "schema_version": SCHEMA_VERSION,
        "report": report.id,
        "plan": heading.plan,
        "notice": heading.notice,
        "as_of": heading.as_of.isoformat(),
        "day": heading.day,
        "days": heading.days,
        "last_day": heading.last_day.isoformat(),
        "figures": figures,
        "tables": tables,
    }
    return laid_out(whole) + "\n"


def laid_out(value: object, indent: str = "") -> str:
    """JSON with a line for every key down to the tables, and for every row of these.

    People see at once what a row is, `diff` compares rows, and writing is several times as fast as
    with `indent`, for which Python has no encoder in C.
    """
    inner = f"{indent} "
    if value and isinstance(value, dict) and len(indent) < DEEPEST:
        keys = (f"{inner}{dumps(key)}: {laid_out(one, inner)}" for key, one in value.items())
        return "{\n" + ",\n".join(keys) + f"\n{indent}}}"
    if value and isinstance(value, list) and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"{inner}{dumps(row)}" for row in value) + f"\n{indent}]"
    return dumps(value)


def _rows(table: Table, lang: Lang) -> list[dict[str, object]]:
    columns = [(column.id, column.kind) for column in table.columns]
    return [
        {
            name: cell if type(cell) in PLAIN else _value(cell, kind, lang)
            for (name, kind), cell in zip(columns, row, strict=True)
        }
        for row in table.rows
    ]


def _value(cell: Cell, kind: Kind, lang: Lang) -> object:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Message):
        return say(cell, lang)
    if isinstance(cell, tuple):
        return list(cell)
    if isinstance(cell, Tally):
        return dict(cell.counts)
    if isinstance(cell, float):
        return rounded(cell, kind)
    return cell
