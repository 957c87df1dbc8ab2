"""JSON: the contract with machines. Ids, column names and their types are promises."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from banyuasin_plan.formats.cells import rounded
from banyuasin_plan.report import Figures, Gantt, Table, Tally
from banyuasin_plan.words import Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Cell, Column, Kind, Report
    from banyuasin_plan.words import Lang

SCHEMA_VERSION = 1

DEEPEST = 2
"""Objects in objects that get lines of their own: the whole, and its figures and tables."""

dumps = json.JSONEncoder(ensure_ascii=False).encode
"""A value as JSON on one line."""


class Rows(tuple[str, ...]):
    """The rows of a table, each as JSON."""

    __slots__ = ()


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
        value = Rows(map(dumps, value))
    if value and isinstance(value, Rows):
        return "[\n" + ",\n".join([inner + row for row in value]) + f"\n{indent}]"
    return dumps(value)


def _rows(table: Table, lang: Lang) -> Rows:
    """The rows as `dumps` would write them, which takes three times as long."""
    columns = [
        _column(column, cells, lang)
        for column, cells in zip(
            table.columns, zip(*table.rows, strict=True), strict=False
        )  # no rows: none
    ]
    return Rows(["{" + row + "}" for row in map(", ".join, zip(*columns, strict=True))])


def _column(column: Column, cells: Iterable[Cell], lang: Lang) -> list[str]:
    """The column's cells as JSON, each behind its key."""
    head = f"{encode_basestring(column.id)}: "
    found: list[str] = []
    for cell in cells:
        write = PLAIN.get(type(cell))
        text = write(cell) if write else dumps(_value(cell, column.kind, lang))
        found.append(head + text)
    return found


def _record(cell: dict[str, str | None]) -> str:
    pairs = [
        f"{encode_basestring(key)}: {'null' if one is None else encode_basestring(one)}"
        for key, one in cell.items()
    ]
    return "{" + ", ".join(pairs) + "}"


@cache
def _day(cell: date) -> str:
    return f'"{cell.isoformat()}"'


PLAIN: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: repr,
    bool: {False: "false", True: "true"}.__getitem__,
    type(None): {None: "null"}.__getitem__,
    date: _day,
    dict: _record,
}
"""How cells are written that say the same in every language and kind: most of them."""


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
