"""Merged cells beside each other, as a grid of narrow columns has them.

Rows of a table are alike but for what they hold, so they are made as XML with a mark for the row's
number, which is put in where they come to stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.workbook.styles import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.formats.workbook.values import Value

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


class Band(NamedTuple):
    """The same as XML for a row that is still to be named: cells, and what merges them."""

    cells: str
    merges: str
    high: float


def joined(bands: Sequence[Band]) -> Band:
    """Bands beside each other as one, as high as the highest."""
    if len(bands) == 1:
        return bands[0]
    cells, merges, highs = zip(*bands, strict=True)
    return Band("".join(cells), "".join(merges), max(highs))
