"""Cells written row by row, straight as the XML of a worksheet.

XlsxWriter keeps an object a cell and asks of each what it is when it writes; sheets here know that
from their columns. So rows are made here, in order, and XlsxWriter writes all the rest: styles,
strings, tables, charts and the package. This file knows its inner names (version 3.3);
`form/pens` knows one more.
"""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from banyuasin_plan.formats.workbook.lines import Band
from banyuasin_plan.formats.workbook.measuring import HIGHEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from banyuasin_plan.formats.workbook.texts import Texts
    from banyuasin_plan.formats.workbook.values import Value

DAY_ZERO = 693_594
"""The ordinal of the day that workbooks count dates from (30 December 1899)."""

FIRST_DAY = 61
"""1 March 1900: before it, workbooks count a day that never was."""

PIXEL = 0.75
"""Points a pixel."""

LETTERS = tuple(xl_col_to_name(column) for column in range(256))

ROW = "\n"
"""Stands for a row's number in cells that are made once for many rows."""


def merge_of(first: int, wide: int) -> str:
    """What makes one cell of so many, from a column on, in a row that is still to be named."""
    if wide == 1:
        return ""
    return f'<mergeCell ref="{LETTERS[first]}{ROW}:{LETTERS[first + wide - 1]}{ROW}"/>'


class RowSheet(Worksheet):
    """A worksheet that is written from top to bottom."""

    texts: Texts

    def __init__(self) -> None:
        """No row yet."""
        super().__init__()
        self.rows: list[str] = []
        self.merges: list[str] = []
        self.next_row = 0
        self.columns = 0
        self._rests: dict[tuple[int, int, int], str] = {}

    def put(
        self, cells: Iterable[tuple[int, int, Value]], height: float | None = None, level: int = 0
    ) -> int:
        """Write the next row, of cells as column, style and value; its number, from 0.

        Columns rise; `height` is in points, `level` that of an outline.
        """
        number = self.next_row + 1
        parts = [self.cell(column, number, style, value) for column, style, value in cells]
        self.columns = max(self.columns, len(parts))
        self.add(parts, height, level)
        return number - 1

    def lay(self, spans: Iterable[tuple[int, int, int, Value]], height: float) -> None:
        """Write the next row, of cells merged over columns.

        Each is its first column, how many it runs over, its style and its value.
        """
        self.put_band(self.band(spans, height))

    def band(self, spans: Iterable[tuple[int, int, int, Value]], height: float) -> Band:
        """The same for a row that is still to be named."""
        parts, merges = [], []
        for first, wide, style, value in spans:
            parts += self.merged(first, wide, (style,), (value,))
            merges.append(merge_of(first, wide))
        return Band("".join(parts), "".join(merges), height)

    def merged(
        self, first: int, wide: int, styles: Iterable[int], values: Iterable[Value]
    ) -> list[str]:
        """Cells below each other, from a column on so many wide, in rows still to be named.

        The empty cells that a merged one has behind its first bear its borders.
        """
        cell, rest = self.cell, self._rest
        self.columns = max(self.columns, first + wide)
        return [
            cell(first, ROW, style, value) + rest(first, wide, style)
            for style, value in zip(styles, values, strict=False)
        ]

    def put_band(self, band: Band) -> int:
        """Write the next row; its number, from 0."""
        number = str(self.next_row + 1)
        self.add((band.cells.replace(ROW, number),), band.high)
        if band.merges:
            self.merges.append(band.merges.replace(ROW, number))
        return self.next_row - 1

    def add(self, parts: Iterable[str], height: float | None = None, level: int = 0) -> None:
        """Write the next row of cells that are XML already."""
        number = self.next_row + 1
        if height:
            height = min(height, HIGHEST)
        high = f' ht="{height:g}" customHeight="1"' if height else ""
        deep = f' outlineLevel="{level}"' if level else ""
        self.rows.append(f'<row r="{number}"{high}{deep}>{"".join(parts)}</row>')
        self.next_row = number
        if height:  # so that what floats above the cells is anchored where it stands
            self.row_sizes[number - 1] = [height / PIXEL, False]

    def column(self, column: int, styles: Sequence[int], values: Sequence[Value]) -> list[str]:
        """A column of the next rows as XML, for `add`: what `cell` gives for each, and faster."""
        letters, string = LETTERS[column], self.string
        self.columns = max(self.columns, column + 1)
        found = []
        for number, style, value in zip(count(self.next_row + 1), styles, values, strict=False):
            if value is None:
                found.append(f'<c r="{letters}{number}" s="{style}"/>')
            elif isinstance(value, str):
                found.append(
                    f'<c r="{letters}{number}" s="{style}" t="s"><v>{string(value)}</v></c>'
                )
            elif isinstance(value, int | float):
                found.append(f'<c r="{letters}{number}" s="{style}"><v>{value!r}</v></c>')
            else:
                found.append(self.cell(column, number, style, value))
        return found

    def skip(self, height: float) -> None:
        """An empty row so high."""
        self.add((), height)

    def high_from(self, row: int) -> float:
        """How high the rows from that one on are together, in points."""
        sizes: dict[int, tuple[float, bool]] = self.row_sizes
        return sum(sizes[place][0] * PIXEL for place in range(row, self.next_row))

    def cell(self, column: int, number: int | str, style: int, value: Value) -> str:
        """One cell as XML; `number` is its row's, from 1, or the mark for it."""
        start = f'<c r="{LETTERS[column]}{number}" s="{style}"'
        if value is None:
            return f"{start}/>"
        if isinstance(value, str):
            return f'{start} t="s"><v>{self.string(value)}</v></c>'
        if isinstance(value, date):
            days = value.toordinal() - DAY_ZERO
            if days < FIRST_DAY:
                return f'{start} t="s"><v>{self.string(value.isoformat())}</v></c>'
            return f"{start}><v>{days}</v></c>"
        return f"{start}><v>{value!r}</v></c>"

    def _rest(self, first: int, wide: int, style: int) -> str:
        """The empty cells of a merged one behind its first, in a row that is still to be named."""
        found = self._rests.get((first, wide, style))
        if found is None:
            letters = LETTERS[first + 1 : first + wide]
            found = "".join([f'<c r="{name}{ROW}" s="{style}"/>' for name in letters])
            self._rests[first, wide, style] = found
        return found

    def string(self, text: str) -> int:
        """The number of a text in the workbook's table of strings."""
        table: Any = self.str_table
        index: int = table._get_shared_string_index(self.texts.fitting(text))  # noqa: SLF001
        return index

    def span(self, row: int, first: int, last: int, rows: int = 1) -> None:
        """Make one cell of several, whose first one holds what is shown."""
        if last > first or rows > 1:
            begin, end = f"{LETTERS[first]}{row + 1}", f"{LETTERS[last]}{row + rows}"
            self.merges.append(f'<mergeCell ref="{begin}:{end}"/>')

    def make_table(self, first: int, last: int, heads: Sequence[str], name: str) -> None:
        """Make the rows from a head to a last one a table that Excel knows, with filters.

        XlsxWriter looks at every cell of a table for others it might overlap, and takes as long for
        that as the cells take: it is told of the first row, and the range is mended.
        """
        columns = [{"header": text} for text in heads]
        options = {"name": name, "style": None, "banded_rows": False, "columns": columns}
        self.add_table(first, 0, first + 1, len(heads) - 1, options)
        whole = f"{LETTERS[0]}{first + 1}:{LETTERS[len(heads) - 1]}{last + 1}"
        self.tables[-1] |= {"range": whole, "a_range": whole, "autofilter": whole}

    def link(self, row: int, column: int, sheet: str) -> None:
        """Make a cell lead to a sheet of the same workbook."""
        self.write_url(row, column, f"internal:'{sheet}'!A1")

    def _write_sheet_data(self) -> None:
        self._out(f"<sheetData>{''.join(self.rows)}</sheetData>")

    def _write_merge_cells(self) -> None:
        if merges := "".join(self.merges):
            self._out(f'<mergeCells count="{merges.count("<")}">{merges}</mergeCells>')

    def _write_dimension(self) -> None:
        last = f"{LETTERS[max(self.columns - 1, 0)]}{max(self.next_row, 1)}"
        self._out(f'<dimension ref="A1:{last}"/>')

    def _out(self, xml: str) -> None:
        file: Any = self.fh
        file.write(xml)


class RowWorkbook(Workbook):
    """A workbook of such sheets."""

    worksheet_class = RowSheet

    def sheet(self, name: str, texts: Texts) -> RowSheet:
        """A new sheet."""
        made: Any = self.add_worksheet(name)
        made.texts = texts
        sheet: RowSheet = made
        return sheet


def index_of(style: Any) -> int:
    """The number by which cells name a style."""
    index: int = style._get_xf_index()  # noqa: SLF001
    return index
