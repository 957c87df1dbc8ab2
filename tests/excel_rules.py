"""What Excel wants of a workbook lest it offers to repair it, as far as the file itself shows.

LibreOffice and openpyxl forgive most of it. Rules are those of ECMA-376 part 1, chapter 18, and of
Excel's specifications and limits.
"""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from defusedxml import ElementTree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET = re.compile(r"xl/worksheets/(sheet\d+)\.xml")
PARTS = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetProtection",
    "autoFilter",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "drawing",
    "legacyDrawing",
    "tableParts",
    "extLst",
)
"""Of a worksheet, in the order the schema wants; none else is written."""

ROW, COLUMN, TEXT, TAB, FOOT = 409.5, 255, 32_767, 31, 255
TITLE, WORDS, CHOICES = 32, 255, 255
"""How long a validation's title, its words and its list of choices may be."""

FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
NAME = re.compile(r"[A-Za-z_\\][\w.\\]*")
LINK = re.compile(r"'(.+)'!\$?[A-Z]+\$?\d+")

Area = tuple[int, int, int, int]


class Parts(NamedTuple):
    """A workbook taken apart: its members, its strings, and how many styles cells may name."""

    members: dict[str, bytes]
    strings: list[str]
    styles: int
    sheets: list[str]


def broken_rules(data: bytes) -> list[str]:
    """What Excel would want to repair."""
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    strings = [
        "".join(text.text or "" for text in one.iter(f"{MAIN}t"))
        for one in _read(members.get("xl/sharedStrings.xml", b"<none/>"))
    ]
    styles = _read(members["xl/styles.xml"]).find(f"{MAIN}cellXfs")
    sheets = [
        str(one.get("name")) for one in _read(members["xl/workbook.xml"]).iter(f"{MAIN}sheet")
    ]
    parts = Parts(members, strings, len(styles) if styles is not None else 0, sheets)
    return [*_of_book(parts), *_of_tables(parts)] + [
        f"{name}: {said}"
        for name, content in members.items()
        if SHEET.fullmatch(name)
        for said in _of_sheet(_read(content), parts)
    ]


def _area(reference: str) -> Area:
    """Its first column and row, and its last."""
    first, _, last = reference.partition(":")
    top, left = coordinate_to_tuple(first)
    bottom, right = coordinate_to_tuple(last or first)
    return left, top, right, bottom


def _read(content: bytes) -> Element:
    found: Element = ElementTree.fromstring(content)
    return found


def _of_book(parts: Parts) -> Iterator[str]:
    if len({name.casefold() for name in parts.sheets}) < len(parts.sheets):
        yield "two sheets of one name"
    for name in parts.sheets:
        if len(name) > TAB or FORBIDDEN.search(name):
            yield f"a sheet is named {name}"
    for text in parts.strings:
        if len(text.encode("utf-16-le")) // 2 > TEXT:
            yield f"a text of {len(text)} letters"


def _of_sheet(sheet: Element, parts: Parts) -> Iterator[str]:
    names = [one.tag.removeprefix(MAIN) for one in sheet]
    if [PARTS.index(name) for name in names] != sorted(PARTS.index(name) for name in names):
        yield f"parts out of order: {names}"
    yield from _of_rows(sheet, parts)
    yield from _of_merges(sheet)
    for one in sheet.iter(f"{MAIN}col"):
        if float(one.get("width", "0")) > COLUMN:
            yield f"a column {one.get('width')} wide"
    for one in sheet.iter(f"{MAIN}hyperlink"):
        if place := one.get("location"):
            found = LINK.fullmatch(place)
            if not found or found[1].replace("''", "'") not in parts.sheets:
                yield f"a link to {place}"
    for one in sheet.iter(f"{MAIN}dataValidation"):
        yield from _of_validation(one)
    for one in sheet.iter(f"{MAIN}oddFooter"):
        if len(one.text or "") > FOOT:
            yield "too long a footer"


def _of_rows(sheet: Element, parts: Parts) -> Iterator[str]:
    rows = list(sheet.iter(f"{MAIN}row"))
    numbers = [int(row.get("r", "0")) for row in rows]
    if any(low >= high for low, high in pairwise(numbers)):
        yield "rows out of order"
    for number, row in zip(numbers, rows, strict=True):
        if float(row.get("ht", "0")) > ROW:
            yield f"row {number} is {row.get('ht')} high"
        areas = [_area(cell.get("r", "")) for cell in row]
        if any(area[1] != number for area in areas):
            yield f"row {number} holds a cell of another row"
        if any(low[0] >= high[0] for low, high in pairwise(areas)):
            yield f"row {number}: cells out of order"
        for cell in row:
            yield from _of_cell(cell, parts)


def _of_cell(cell: Element, parts: Parts) -> Iterator[str]:
    value = cell.findtext(f"{MAIN}v")
    if int(cell.get("s", "0")) >= parts.styles:
        yield f"{cell.get('r')}: no such style"
    if cell.get("t") == "s" and not 0 <= int(value or -1) < len(parts.strings):
        yield f"{cell.get('r')}: no such string"
    if cell.get("t", "n") == "n" and value is not None and not isfinite(float(value)):
        yield f"{cell.get('r')}: {value}"


def _of_merges(sheet: Element) -> Iterator[str]:
    taken: set[tuple[int, int]] = set()
    for area in _merges(sheet):
        left, top, right, bottom = area
        mine = {(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}
        if len(mine) == 1 or mine & taken:
            yield f"merged: {area}"
        taken |= mine


def _merges(sheet: Element) -> list[Area]:
    return [_area(one.get("ref", "")) for one in sheet.iter(f"{MAIN}mergeCell")]


def _of_validation(one: Element) -> Iterator[str]:
    for name, most in (
        ("promptTitle", TITLE),
        ("errorTitle", TITLE),
        ("prompt", WORDS),
        ("error", WORDS),
    ):
        if len(one.get(name, "")) > most:
            yield f"validation: {name} is too long"
    choices = one.findtext(f"{MAIN}formula1") or ""
    if choices.startswith('"') and len(choices) - 2 > CHOICES:
        yield "validation: too many choices"


def _of_tables(parts: Parts) -> Iterator[str]:
    names: set[str] = set()
    for file, content in parts.members.items():
        found = SHEET.fullmatch(file)
        relations = parts.members.get(f"xl/worksheets/_rels/{found[1]}.xml.rels") if found else None
        for one in _read(relations) if relations else ():
            if one.get("Type", "").endswith("/table"):
                name = f"xl/tables/{one.get('Target', '').rpartition('/')[2]}"
                table = _read(parts.members[name])
                called = table.get("displayName", "")
                if not NAME.fullmatch(called) or called.casefold() in names:
                    yield f"a table is named {called}"
                names.add(called.casefold())
                yield from _of_table(table, _read(content), parts)


def _of_table(table: Element, sheet: Element, parts: Parts) -> Iterator[str]:
    left, top, right, bottom = _area(table.get("ref", ""))
    heads = [str(one.get("name")) for one in table.iter(f"{MAIN}tableColumn")]
    if len({head.casefold() for head in heads}) != right - left + 1:
        yield f"heads of a table: {heads}"
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{MAIN}c")}
    for place, head in enumerate(heads):
        cell = cells.get(f"{get_column_letter(left + place)}{top}")
        value = None if cell is None else cell.findtext(f"{MAIN}v")
        if value is None or parts.strings[int(value)] != head:
            yield f"the head {head} is not that of its column"
    for area in _merges(sheet):
        if area[0] <= right and area[2] >= left and area[1] <= bottom and area[3] >= top:
            yield f"merged inside a table: {area}"
