"""What a workbook that came back holds: sheets of cells, nothing but values.

Neither colours nor charts nor formulas are kept; a formula is a cell that says it was one.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LETTERS = 26


class Held(StrEnum):
    """What a cell holds; `TIME` is a time of day, `FAULT` what a formula left behind (#REF!)."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    TRUTH = "truth"
    FORMULA = "formula"
    FAULT = "fault"


class Cell(NamedTuple):
    """A cell that is not empty.

    `percent` says that a number is shown times a hundred, with a percent sign: 0.75 is 75 %.
    """

    held: Held
    value: str | float | int | bool | date
    percent: bool = False

    @property
    def shown(self) -> str:
        """What it holds, as the spreadsheet shows a truth and we a date."""
        if self.held is Held.TRUTH:
            return str(self.value).upper()
        return str(self.value)


class Area(NamedTuple):
    """Cells merged into one: the corners, counted from 1, both included."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """A sheet: its filled cells by row and column, both counted from 1."""

    name: str
    shown: bool
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Area, ...] = ()


class Book(NamedTuple):
    """A workbook: its sheets in order, and when it was saved last (ISO, in UTC) where it says so.

    `pictures` and `remarks` count what lies beside the cells and is not read.
    """

    sheets: tuple[Sheet, ...]
    pictures: int = 0
    remarks: int = 0
    saved: str = ""


def reference(row: int, column: int) -> str:
    """A cell's name as Excel shows it: row 14, column 4 is `D14`."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def as_plain(book: Book) -> dict[str, Any]:
    """The workbook as JSON can carry it."""
    return {
        "sheets": [
            {
                "name": sheet.name,
                "shown": sheet.shown,
                "cells": [
                    [row, column, cell.held, _plain(cell.value), cell.percent]
                    for (row, column), cell in sheet.cells.items()
                ],
                "merged": sheet.merged,
            }
            for sheet in book.sheets
        ],
        "pictures": book.pictures,
        "remarks": book.remarks,
        "saved": book.saved,
    }


def from_plain(plain: dict[str, Any]) -> Book:
    """The workbook that `as_plain` took apart."""
    sheets = (
        Sheet(
            sheet["name"],
            sheet["shown"],
            {
                (row, column): Cell(Held(held), _value(held, value), percent)
                for row, column, held, value, percent in sheet["cells"]
            },
            tuple(Area(*area) for area in sheet["merged"]),
        )
        for sheet in plain["sheets"]
    )
    return Book(tuple(sheets), plain["pictures"], plain["remarks"], plain["saved"])


def _plain(value: str | float | bool | date) -> str | float | int | bool:  # noqa: FBT001 - a cell's
    return value.isoformat() if isinstance(value, date) else value


def _value(held: str, value: Any) -> Any:
    return date.fromisoformat(value) if held == Held.DATE else value
