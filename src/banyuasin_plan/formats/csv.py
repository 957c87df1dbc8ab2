"""CSV: the report's tables for other programs, column ids as heads."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from banyuasin_plan.formats.cells import rounded
from banyuasin_plan.report import Figures, Gantt, Table, Tally
from banyuasin_plan.words import Message, say

if TYPE_CHECKING:
    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Cell, Kind, Report
    from banyuasin_plan.words import Lang

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def write(report: Report, lang: Lang, screen: Screen) -> str:  # noqa: ARG001 - as every format
    """The report's main table as CSV (RFC 4180); its figures where it has none."""
    out = io.StringIO()
    rows = csv.writer(out)
    if table := _main_table(report):
        rows.writerow([column.id for column in table.columns])
        rows.writerows(
            [
                _text(cell, column.kind, lang)
                for column, cell in zip(table.columns, row, strict=True)
            ]
            for row in table.rows
        )
        return out.getvalue()
    rows.writerow(["figure", "value"])
    for block in report.parts:
        if isinstance(block, Figures):
            rows.writerows([one.id, _text(one.value, one.kind, lang)] for one in block.items)
    return out.getvalue()


def _main_table(report: Report) -> Table | None:
    block = report.main
    if isinstance(block, Gantt):
        from banyuasin_plan.formats.bars import tables_of

        return tables_of(block)[0]
    return block


def _text(cell: Cell, kind: Kind, lang: Lang) -> str | int | float | None:
    """A cell as CSV has it; text that would turn into a formula gets an apostrophe."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return rounded(cell, kind)
    if cell is None or isinstance(cell, int):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Message):
        text = say(cell, lang)
    elif isinstance(cell, Tally):
        text = " ".join(f"{tone}={count}" for tone, count in cell.counts)
    elif isinstance(cell, dict):
        text = " ".join(value for value in cell.values() if value)
    else:
        text = "; ".join(cell) if isinstance(cell, tuple) else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
