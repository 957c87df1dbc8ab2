"""Workbooks for Excel and LibreOffice: a report as sheets of values that print well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.formats.workbook.boards import Board
from banyuasin_plan.formats.workbook.book import Book
from banyuasin_plan.formats.workbook.charts import draw_charts
from banyuasin_plan.formats.workbook.lists import write_list
from banyuasin_plan.report import Note, Sheet, Table
from banyuasin_plan.words import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Piece, Report
    from banyuasin_plan.words import Lang


def write(report: Report, lang: Lang, screen: Screen) -> bytes:
    """The report as a workbook; the same plan and data date give the same bytes."""
    book = Book(report, lang, screen)
    for title, pieces in _sheets(report, lang):
        _write_sheet(book, title, pieces)
    draw_charts(book)
    book.texts.tell(screen.tell)
    return book.closed()


def _write_sheet(book: Book, title: str, pieces: Sequence[Piece]) -> None:
    """One table, and notes above it, as a list; anything else on a grid."""
    *before, last = pieces
    notes = [one for one in before if isinstance(one, Note)]
    if isinstance(last, Table) and not last.heat and len(notes) == len(before):
        write_list(book, title, last, notes)
        return
    board = Board(book, title)
    board.put(pieces)
    board.close(one_page=book.report.id == "weekly")


def _sheets(report: Report, lang: Lang) -> Iterator[tuple[str, list[Piece]]]:
    """What stands on which sheet: as the report says, else every table on its own."""
    title = label(f"report.{report.id}", lang)
    waiting: list[Piece] = []
    for block in report.blocks:
        if isinstance(block, Sheet):
            named = (
                label(f"sheet.{report.id}.{block.id}", lang) if block.title is None else block.id
            )
            yield named, list(block.pieces)
        elif not isinstance(block, Table):
            waiting.append(block)
        elif block.shown:
            if any(not isinstance(one, Note) for one in waiting):
                yield title, waiting
                waiting = []
                title = ""
            yield title or label(f"table.{report.id}.{block.id}", lang), [*waiting, block]
            waiting, title = [], ""
    if waiting or (title and not any(isinstance(block, Sheet) for block in report.blocks)):
        yield title or label(f"report.{report.id}", lang), waiting
