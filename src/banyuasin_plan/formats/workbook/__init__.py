"""Workbooks for Excel and LibreOffice: a report as sheets of values that print well."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.workbook.book import Book
from banyuasin_plan.report import Contents, Gantt, Note, Sheet, Table
from banyuasin_plan.words import label, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Piece, Report
    from banyuasin_plan.words import Lang


class Leaf(NamedTuple):
    """A sheet to be: the name it asks for, its title, and what stands on it."""

    name: str
    title: str
    pieces: tuple[Piece, ...]


def write(report: Report, lang: Lang, screen: Screen) -> bytes:
    """The report as a workbook; the same plan and data date give the same bytes."""
    book = Book(report, lang, screen)
    leaves = list(_leaves(report, lang))
    book.contents = [book.tab(leaf.name) for leaf in leaves]
    for leaf, tab in zip(leaves, book.contents, strict=True):
        _write_sheet(book, tab, leaf)
    if book.spots:
        from banyuasin_plan.formats.workbook.charts import draw_charts

        draw_charts(book)
    book.texts.tell(screen.tell)
    return book.closed()


def _write_sheet(book: Book, tab: str, leaf: Leaf) -> None:
    """One table or one Gantt, and notes above it, by itself; anything else on a grid."""
    *before, last = leaf.pieces
    notes = [one for one in before if isinstance(one, Note)]
    alone = len(notes) == len(before)
    if alone and isinstance(last, Table) and not last.heat:
        from banyuasin_plan.formats.workbook.lists import write_list

        write_list(book, tab, leaf.title, last, notes)
    elif alone and isinstance(last, Gantt):
        from banyuasin_plan.formats.workbook.gantts import GanttSheet

        GanttSheet(book, tab, leaf.title, last).write()
    else:
        from banyuasin_plan.formats.workbook.boards import Board

        cover = any(isinstance(piece, Contents) for piece in leaf.pieces)
        board = Board(book, tab, leaf.title, cover=cover)
        board.put(leaf.pieces)
        board.close()


def _leaves(report: Report, lang: Lang) -> Iterator[Leaf]:
    """What stands on which sheet: as the report says, else every table on its own.

    What comes before a table stands on a sheet before it, unless it is only notes.
    """
    name = label(f"report.{report.id}", lang)
    waiting: list[Piece] = []
    count = 0
    for block in report.blocks:
        if isinstance(block, Sheet):
            title = block.title or label(f"sheet.{report.id}.{block.id}", lang)
            yield Leaf(block.id if block.title else title, title, block.pieces)
            count += 1
        elif not isinstance(block, Table | Gantt):
            waiting.append(block)
        elif isinstance(block, Gantt) or block.shown:
            if any(not isinstance(one, Note) for one in waiting):
                yield Leaf(name, name, tuple(waiting))
                waiting, count = [], count + 1
            called = block.title if isinstance(block, Table) else block.id
            key = f"table.{report.id}.{called}" if count else f"report.{report.id}"
            title = label(key, lang)
            yield Leaf(title, title, (*waiting, block))
            waiting, count = [], count + 1
    if waiting or not count:
        yield Leaf(name, name, tuple(waiting) or (Note(message("none.rows")),))
