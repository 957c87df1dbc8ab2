"""The bytes of a workbook that came back, to its cells.

What is checked is taken apart, and a workbook of nothing but cells is put together from it:
that is all that openpyxl ever sees.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_STORED, ZipFile

from banyuasin_plan.formats.returned import limits
from banyuasin_plan.formats.returned.book import Book, Cell, Held, Sheet
from banyuasin_plan.formats.returned.container import unpacked
from banyuasin_plan.formats.returned.parts import (
    RELATION,
    SPREADSHEET,
    TYPES,
    USUAL,
    most_bytes,
    parts_of,
)
from banyuasin_plan.formats.returned.refusing import Refused, refuse
from banyuasin_plan.formats.returned.sheets import Checked, Scanner
from banyuasin_plan.formats.returned.tables import count_strings, number_formats
from banyuasin_plan.formats.returned.xml import MAIN
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.formats.returned.parts import Parts

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HELD_BACK = ((b"_x005F_", b"_&#xE000;"), (b"x005F_", b"x005F&#xE000;_"))
"""How an underline in code, and what openpyxl would take for half of one and drop, get past it.

`_x005F_` is an underline that is not the beginning of a code (ISO 29500-1, 22.9.2.19).
"""

HOLDER = "\ue000"
CODED = re.compile(r"_x00([01][0-9A-Fa-f])_")
"""A control character as workbooks write it."""

KINDS = {"s": Held.TEXT, "b": Held.TRUTH, "e": Held.FAULT, "f": Held.FORMULA}


def read_workbook(data: bytes) -> Book:
    """The cells of a workbook; raises Refused where it can't be read or must not be."""
    parts = parts_of(unpacked(data, most_bytes))
    strings = count_strings(parts.strings)
    left = limits.CELLS
    checked: list[Checked] = []
    for _, _, xml in parts.sheets:
        scanner = Scanner(xml, strings, left)
        checked.append(scanner.checked())
        left = scanner.left
    if not checked:
        refuse("no_sheet")
    sheets = _read(_rebuilt(parts, checked), parts, checked)
    return Book(sheets, parts.pictures, parts.remarks, parts.saved)


def _rebuilt(parts: Parts, checked: list[Checked]) -> BytesIO:
    """A workbook that holds the checked cells and nothing else."""
    names = [f"sheet{number}" for number in range(1, len(checked) + 1)]
    kinds = {f"worksheets/{name}.xml": "worksheet" for name in names}
    kinds["styles.xml"] = "styles"
    if parts.strings is not None:
        kinds["sharedStrings.xml"] = "sharedStrings"
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{SPREADSHEET}{kind}+xml"/>'
        for part, kind in {"workbook.xml": "sheet.main", **kinds}.items()
    )
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{RELATION}/{kind}" Target="/xl/{part}"/>'
        for n, (part, kind) in enumerate(kinds.items(), 1)
    )
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>'
        for n, name in enumerate(names, 1)
    )
    since = ' date1904="1"' if parts.from_1904 else ""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        archive.writestr(TYPES, f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>')
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        )
        archive.writestr(
            USUAL,
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><workbookPr{since}/>'
            f"<sheets>{listed}</sheets></workbook>",
        )
        archive.writestr("xl/styles.xml", number_formats(parts.styles))
        if parts.strings is not None:
            archive.writestr("xl/sharedStrings.xml", _held_back(parts.strings))
        for name, sheet in zip(names, checked, strict=True):
            archive.writestr(f"xl/worksheets/{name}.xml", _held_back(sheet.xml))
    return file


def _held_back(xml: bytes) -> bytes:
    for code, held in HELD_BACK:
        xml = xml.replace(code, held)
    return xml


def _read(file: BytesIO, parts: Parts, checked: list[Checked]) -> tuple[Sheet, ...]:
    """The cells, as openpyxl understands them."""
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(action="ignore"):
            workbook = load_workbook(file, read_only=True)
            return tuple(
                Sheet(name, shown, dict(_cells(sheet, one.rows)), one.merged)
                for (name, shown, _), sheet, one in zip(
                    parts.sheets, workbook.worksheets, checked, strict=True
                )
            )
    except Refused:
        raise
    except MemoryError as error:
        raise Refused(message("returned.too_much")) from error
    except Exception as error:
        raise Refused(message("returned.damaged")) from error


def _cells(sheet: Any, rows: int) -> Iterator[tuple[tuple[int, int], Cell]]:
    """The filled cells of a sheet."""
    if not rows:
        return
    length = 0
    for row in sheet.iter_rows(max_row=rows, max_col=limits.COLUMNS):
        for one in row:
            if one.value is None:
                continue
            cell = _cell(one)
            if isinstance(cell.value, str):
                length += len(cell.value)
                if len(cell.value) > limits.CELL_CHARACTERS:
                    refuse("long_text", most=limits.CELL_CHARACTERS)
                if length > limits.STRING_BYTES:
                    refuse("too_much")
            if cell.value != "":
                yield (one.row, one.column), cell


def _cell(one: Any) -> Cell:
    """A cell without what openpyxl hangs on it."""
    value = one.value
    if one.data_type == "f":
        return Cell(Held.FORMULA, value if isinstance(value, str) else "=")
    if isinstance(value, datetime):
        return Cell(Held.DATE, value.date())
    if isinstance(value, date):
        return Cell(Held.DATE, value)
    if isinstance(value, time | timedelta):
        return Cell(Held.TIME, str(value))
    if isinstance(value, bool):
        return Cell(Held.TRUTH, value)
    if isinstance(value, int | float):
        if not math.isfinite(value):
            refuse("damaged")
        return Cell(Held.NUMBER, value, percent="%" in str(one.number_format))
    text = CODED.sub(lambda code: chr(int(code[1], 16)), str(value))
    text = text.replace(HOLDER, "").replace("\r\n", "\n")
    return Cell(KINDS.get(one.data_type, Held.TEXT), text)
