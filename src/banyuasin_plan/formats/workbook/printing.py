"""How a sheet is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.formats.workbook.papers import MARGIN, MARGINS_DOWN, MM_AN_INCH
from banyuasin_plan.words import label
from banyuasin_plan.words.writing import short_date

if TYPE_CHECKING:
    from banyuasin_plan.formats.workbook.book import Book
    from banyuasin_plan.formats.workbook.rows import RowSheet


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
