"""What a cell of a report is in a workbook: a number, a date or a text, never a formula."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from banyuasin_plan.formats.cells import readable, rounded
from banyuasin_plan.report import Kind, Tone
from banyuasin_plan.words import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.report import Cell
    from banyuasin_plan.words import Lang

    Value = str | int | float | date | None

PERCENT_PLACES = 6
WHOLE = 100
NOTHING = 0.05
"""Points that would show as -0.0."""

NUMBERS = frozenset(
    {Kind.COUNT, Kind.DIFFERENCE, Kind.PERCENT, Kind.POINTS, Kind.RATIO, Kind.MONEY}
)
"""Kinds that stand right."""

MADE = frozenset({Kind.PERCENT, Kind.POINTS, Kind.STATE})
"""Kinds of which hardly any cell stays as it is."""

SAME = frozenset({str, int, date})
"""What a workbook holds as a report does."""

CENTRED = frozenset({Kind.DATE, Kind.FLAG})


def values_of(cells: Sequence[Cell], kind: Kind, lang: Lang) -> list[Value]:
    """A column's cells as a workbook holds them: what need not change is not looked at closely."""
    if kind in MADE:
        return [value_of(cell, kind, lang) for cell in cells]
    return [
        cell  # type: ignore[misc]
        if cell is None or type(cell) in SAME
        else value_of(cell, kind, lang)
        for cell in cells
    ]


def value_of(cell: Cell, kind: Kind, lang: Lang) -> Value:
    """The cell as a workbook holds it: percentages as shares, statuses with their sign."""
    if cell is None or isinstance(cell, date):
        return cell
    if isinstance(cell, Message):
        return say(cell, lang)
    if isinstance(cell, str):
        plain = not isinstance(cell, Tone) and kind is not Kind.STATE
        return str(cell) if plain else readable(cell, kind, lang)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if kind is Kind.PERCENT:
            return round(cell / WHOLE, PERCENT_PLACES)
        if kind is Kind.POINTS and abs(cell) < NOTHING:
            return 0
        return rounded(float(cell), kind) if isinstance(cell, float) else cell
    return readable(cell, kind, lang)
