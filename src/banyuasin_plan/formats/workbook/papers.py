"""Paper: sizes as Excel and LibreOffice know them, and margins."""

from __future__ import annotations

from typing import NamedTuple


class Paper(NamedTuple):
    """A paper: its code in OOXML, and its long and its short side in millimetres."""

    code: int
    length: float
    breadth: float


PAPERS = {"a4": Paper(9, 297.0, 210.0), "f4": Paper(14, 330.2, 215.9)}
"""F4 has no code of its own; Folio (14, 8.5 x 13 inches) is what both programs take for it."""

MARGIN = 10.0
"""Left and right, in millimetres; above and below there is room for head and foot."""

MARGINS_DOWN = 12.0, 15.0

POINTS_A_MM = 72 / 25.4
MM_AN_INCH = 25.4


def width_of(paper: Paper) -> float:
    """How wide the print is on the paper laid across, in points."""
    return (paper.length - 2 * MARGIN) * POINTS_A_MM


def height_of(paper: Paper) -> float:
    """How high the print is on the paper laid across, in points."""
    return (paper.breadth - sum(MARGINS_DOWN)) * POINTS_A_MM
