"""A sheet's XML before it is read: counted, checked, and cut down to its cells."""

from __future__ import annotations

import re
from typing import NamedTuple

from banyuasin_plan.formats.returned import limits
from banyuasin_plan.formats.returned.book import LETTERS, Area, reference
from banyuasin_plan.formats.returned.refusing import refuse
from banyuasin_plan.formats.returned.xml import MAIN, walk

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z", re.ASCII)
WHOLE = re.compile(r"\d{1,7}\Z", re.ASCII)
ROOT = re.compile(rb"<((?:[\w.-]+:)?worksheet)[\s>]")
SHEET, DATA, ROW, CELL = (f"{MAIN} {name}" for name in ("worksheet", "sheetData", "row", "c"))
VALUE, FORMULA, INLINE, MERGE = (f"{MAIN} {name}" for name in ("v", "f", "is", "mergeCell"))
CONTENT = frozenset({VALUE, FORMULA, INLINE})


class Checked(NamedTuple):
    """A sheet that may be read: its XML without anything but cells, its last row, its merges."""

    xml: bytes
    rows: int
    merged: tuple[Area, ...]


def column_number(letters: str) -> int:
    """The number of a column by its letters, counted from 1."""
    number = 0
    for letter in letters:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number


class Scanner:
    """One sheet being walked through.

    Rows and cells must come in order and once; what lies beyond the limits must be empty.
    """

    def __init__(self, xml: bytes, strings: int, cells: int) -> None:
        """Take the sheet, how many shared strings there are, and how many cells are left."""
        self.xml = xml
        self.strings = strings
        self.left = cells
        self.head = self.first = self.last = -1
        self.row = self.column = self.rows = self.filled = 0
        self.shared = False
        self.text: list[str] | None = None
        self.merged: list[Area] = []

    def checked(self) -> Checked:
        """The sheet, cut down to what was checked."""
        walk(self.xml, self.start, self.end, self.write)
        root = ROOT.search(self.xml)
        if self.first < 0 or self.last < 0 or not root:
            refuse("damaged")
        end = self.xml.find(b">", self.last) + 1
        body = self.xml[self.first : end] + b"</" + root[1] + b">"
        return Checked(self.xml[: self.head] + body, self.filled, tuple(self.merged))

    def start(self, name: str, attributes: dict[str, str], place: int) -> None:
        """A tag opens."""
        if self.head < 0 and name != SHEET:
            self.head = place
        if name == CELL:
            self._begin_cell(attributes)
        elif name in CONTENT:
            self._begin_content(name)
        elif name == ROW:
            self._begin_row(attributes.get("r"))
        elif name == MERGE:
            self._merge(attributes.get("ref", ""))
        elif name == DATA:
            if self.first >= 0:
                refuse("damaged")
            self.first = place

    def end(self, name: str, place: int) -> None:
        """A tag closes."""
        if name == VALUE and self.text is not None:
            value = "".join(self.text)
            self.text = None
            if self.shared and not (WHOLE.match(value) and int(value) < self.strings):
                refuse("damaged")
        elif name == DATA:
            self.last = place

    def write(self, text: str) -> None:
        """A value goes on."""
        if self.text is not None:
            self.text.append(text)

    def _begin_row(self, given: str | None) -> None:
        self.rows += 1
        number = self.row + 1 if given is None else int(given) if WHOLE.match(given) else 0
        if number <= self.row:
            refuse("damaged")
        if self.rows > limits.ROWS:
            refuse("rows", most=limits.ROWS)
        self.row, self.column = number, 0

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0:
            refuse("cells", most=limits.CELLS)
        given = attributes.get("r")
        column = self.column + 1
        if given is not None:
            found = REFERENCE.match(given)
            if not found or int(found[2]) != self.row:
                refuse("damaged")
            column = column_number(found[1])
        if column <= self.column:
            refuse("damaged")
        self.column = column
        self.shared = attributes.get("t") == "s"

    def _begin_content(self, name: str) -> None:
        if self.column > limits.COLUMNS:
            refuse("columns", most=limits.COLUMNS, cell=reference(self.row, self.column))
        if self.row > limits.ROWS:
            refuse("rows", most=limits.ROWS)
        self.filled = self.row
        if name == VALUE:
            self.text = []

    def _merge(self, ref: str) -> None:
        if len(self.merged) >= limits.MERGES:
            refuse("cells", most=limits.CELLS)
        corners = [REFERENCE.match(corner) for corner in ref.split(":")]
        if not 1 <= len(corners) <= 2 or not all(corners):  # noqa: PLR2004 - two corners
            refuse("damaged")
        first, last = corners[0], corners[-1]
        if first and last:
            places = (int(first[2]), column_number(first[1]), int(last[2]), column_number(last[1]))
            self.merged.append(Area(*places))
