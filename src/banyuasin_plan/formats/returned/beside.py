"""What an office wrote where nobody asked: beside the rows, over what is read, on other sheets.

The form holds a seal of all that it showed; whatever else stands in a cell was written into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.form import NO_CHANGE, REPORTED, Answer, canonical
from banyuasin_plan.form.sealing import seal
from banyuasin_plan.formats.returned.book import Held, reference

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from banyuasin_plan.formats.returned.answers import Grid
    from banyuasin_plan.formats.returned.book import Book, Cell, Sheet

SEALS = 2
"""The column of the machine sheet that holds them."""


def beside(book: Book, machine: Sheet, grids: Collection[Grid]) -> Iterator[Answer]:
    """Every cell that holds what was not sent and is no answer; none of a form without seals."""
    cells = (cell for (_, column), cell in machine.cells.items() if column == SEALS)
    seals = {each for cell in cells for each in str(cell.value).split()}
    if not seals:
        return
    read = {grid.sheet.name: _read(grid) for grid in grids}
    for sheet in book.sheets:
        others = sheet.cells.keys() - read.get(sheet.name, frozenset())
        for place in sorted(others) if sheet is not machine else ():
            text = _text(sheet.cells[place])
            if seal(text) not in seals:
                yield Answer("", "", text, sheet.name, reference(*place))


def _text(cell: Cell) -> str:
    """As a form that is sent shows it."""
    return (canonical(cell.value) or "") if cell.held is Held.NUMBER else cell.shown


def _read(grid: Grid) -> frozenset[tuple[int, int]]:
    """The cells that are looked at as answers, keys or rows put in."""
    top, fields = grid.table(), frozenset(grid.columns.values())
    whole = {row for row, key in grid.keyed() if key in {REPORTED, NO_CHANGE}}
    return frozenset(
        (row, column)
        for row, column in grid.sheet.cells
        if column == grid.key
        or (column in fields and row > top)
        or (column == grid.answer and row in whole)
    )
