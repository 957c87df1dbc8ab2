"""Paper: sizes as Excel and LibreOffice know them, margins, and how a sheet is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.words import label
from banyuasin_plan.words.writing import short_date

if TYPE_CHECKING:
    from banyuasin_plan.formats.workbook.book import Book
    from banyuasin_plan.formats.workbook.rows import RowSheet


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


def prepare_print(sheet: RowSheet, book: Book, *, one_page: bool = False) -> None:
    """Paper laid across, fitted to its width, the page's number and the data date below."""
    sheet.set_landscape()
    sheet.set_paper(book.paper.code)
    top, bottom = MARGINS_DOWN
    side = MARGIN / MM_AN_INCH
    sheet.set_margins(side, side, top / MM_AN_INCH, bottom / MM_AN_INCH)
    sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.center_horizontally()
    left = label("book.foot", book.lang, day=short_date(book.heading.as_of, book.lang))
    right = label("book.page", book.lang)
    sheet.set_footer(f"&L&8{left}&C&8&A&R&8{right}", {"margin": 6 / MM_AN_INCH})
