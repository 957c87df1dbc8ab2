"""Merged cells beside each other, as a grid of narrow columns has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.workbook.styles import Style

if TYPE_CHECKING:
    from banyuasin_plan.formats.workbook.rows import Value

EMPTY = Style()
"""What stands where there is nothing: no cell is written."""


class Span(NamedTuple):
    """A merged cell so many units wide; `link` is the sheet it leads to."""

    units: int
    style: Style
    value: Value
    link: str = ""


class Line(NamedTuple):
    """Merged cells beside each other, and how high they stand, in points."""

    spans: tuple[Span, ...]
    high: float
