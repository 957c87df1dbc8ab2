"""Forms as LibreOffice opens them: saved again, and printed."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest

from banyuasin_plan.cli.reporting import material_of
from banyuasin_plan.form import KEY, MARKER, Returned, canonical, packed
from banyuasin_plan.form.shown import Status
from banyuasin_plan.formats.form import write_form
from banyuasin_plan.formats.form.asking import OWN_WORDS
from banyuasin_plan.formats.returned.answers import returned_form
from banyuasin_plan.formats.returned.workbook import read_workbook
from banyuasin_plan.reports.form import report_form
from banyuasin_plan.reports.planning import planning_form
from banyuasin_plan.reports.verifying import verify_form
from banyuasin_plan.tracking.sampling import Portion
from banyuasin_plan.words import Lang, Message, label, say
from banyuasin_plan.workspace import load_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from banyuasin_plan.form.shown import Page, Part

    Convert = Callable[..., list[Path]]

pytestmark = pytest.mark.judge

PLAN = Path(__file__).resolve().parents[2] / "plans" / "banyuasin"
F4 = b"0 0 936 612"
"""Folio laid across, in points."""

TWELVE = Portion(Fraction(12), percent=False)


class Sent(NamedTuple):
    """A form as it was sent: the workbook, and what it holds."""

    file: Path
    page: Page


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[Sent]:
    """Forms of the shipped plan: an agency with blockers, a camat, proposals, a spot check."""
    loaded = load_plan(PLAN)
    material = material_of(loaded)
    pages = [
        report_form(material, "dkp", loaded.revision, "id"),
        report_form(material, "betung", loaded.revision, "id"),
        planning_form(material, "dkp", loaded.revision, "id"),
        verify_form(material, "inspektorat", loaded.revision, "id", sample=TWELVE),
    ]
    folder = tmp_path_factory.mktemp("forms")
    made = [Sent(folder / f"{number}.xlsx", page) for number, page in enumerate(pages)]
    for one in made:
        one.file.write_bytes(write_form(one.page))
    return made


def test_saved_again(sent: list[Sent], soffice: Convert) -> None:
    """What LibreOffice saves holds the same form, the same values, and checks on the same cells."""
    for one, file in zip(sent, soffice("xlsx", *(one.file for one in sent)), strict=True):
        before, after = openpyxl.load_workbook(one.file), openpyxl.load_workbook(file)
        assert tuple(_machine(after)) == packed(one.page.form)
        returned = returned_form(read_workbook(file.read_bytes()))
        assert isinstance(returned, Returned)
        assert (returned.sent, returned.faults) == (one.page.form, ())
        sent_values = {row.key: row.sent for row in one.page.form.rows}
        assert returned.answers
        for each in returned.answers:
            assert canonical(each.value) == sent_values[each.key][each.field]
        assert _cells(after) == _cells(before)
        assert len(_cells(after)) >= len(one.page.form.rows)
        for old, new in zip(before, after, strict=True):
            assert _checks(new) == _checks(old)
            assert new.row_dimensions[1].hidden == old.row_dimensions[1].hidden


def _machine(book: Workbook) -> list[str]:
    """The texts of the one sheet out of sight that is marked."""
    sheets = [sheet for sheet in book if sheet["A1"].value == MARKER]
    assert [sheet.sheet_state for sheet in sheets] == ["hidden"]
    return [str(row[0].value) for row in sheets[0]]


def _cells(book: Workbook) -> dict[tuple[str, str], object]:
    """Every cell that a key and a marked column meet in: its value, and whether it is locked."""
    found: dict[tuple[str, str], object] = {}
    for sheet in book:
        marks = {cell.column: str(cell.value) for cell in sheet[1] if cell.value}
        if KEY not in marks.values():
            continue
        for key, *cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                if key.value and cell.column in marks:
                    shown = (cell.value, "%" in cell.number_format, cell.protection.locked)
                    found[str(key.value), marks[cell.column]] = shown
    return found


def _checks(sheet: Worksheet) -> set[tuple[str, str, str]]:
    rules = sheet.data_validations.dataValidation
    return {(str(one.sqref), str(one.type), str(one.promptTitle)) for one in rules}


def test_printed(
    sent: list[Sent], soffice: Convert, pdftotext: Callable[[Path], list[str]]
) -> None:
    """Every page is F4 laid across and holds all columns; nothing that is read is cut off."""
    files = soffice("pdf", *(one.file for one in sent))
    for one, file in zip(sent, files, strict=True):
        assert set(re.findall(rb"/MediaBox ?\[ ?([^]]+?) ?\]", file.read_bytes())) == {F4}
        pages = [_bare(page) for page in pdftotext(file)]
        part = one.page.parts[0]
        heads = list(_heads(part))
        first = [page for page in pages if heads[-1] in page and "Yangdiisi" not in page]
        assert first
        assert all(head in page for page in first for head in heads)
        assert sum(page.count(heads[0] + heads[1]) for page in pages) == len(first)
        for text in _read(one.page):
            assert _bare(text) in "".join(pages), text


def _heads(part: Part) -> Iterator[str]:
    """The heads of a part's columns in order."""
    for name in (*part.context, *(field.id for field in part.fields)):
        own = f"{part.id}.{name}"
        yield _bare(label(f"form.head.{own if own in OWN_WORDS else name}", Lang.ID))


def _read(page: Page) -> Iterator[str]:
    """Every line that is there to be read in the rows."""
    for part in page.parts:
        for shown in part.rows:
            for cell in shown.cells:
                if isinstance(cell, Status):
                    yield say(cell.reason, Lang.ID)
                elif not isinstance(cell, str | date):
                    lines = (line.text for line in cell)
                    yield from (say(t, Lang.ID) if isinstance(t, Message) else t for t in lines)


def _bare(text: str) -> str:
    """A text without its blanks, which lines are broken at."""
    return "".join(text.split())
