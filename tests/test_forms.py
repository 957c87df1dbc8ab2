"""The forms that agencies and camat fill in, read back as a stranger's program reads them."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from banyuasin_plan.cli.reporting import material_of
from banyuasin_plan.form import (
    ANSWER,
    KEY,
    MACHINE_SHEET,
    MARK,
    MARKER,
    NO_CHANGE,
    REPORTED,
    SHOWN,
    Kind,
    Returned,
    canonical,
    unpacked,
)
from banyuasin_plan.form.shown import Line
from banyuasin_plan.formats.form import write_form
from banyuasin_plan.formats.returned.answers import returned_form
from banyuasin_plan.formats.returned.workbook import read_workbook
from banyuasin_plan.reading import load
from banyuasin_plan.reports.form import report_form
from banyuasin_plan.reports.planning import ROWS, planning_form
from banyuasin_plan.words import Lang, Message, say

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from banyuasin_plan.form.shown import Page, Part
    from banyuasin_plan.reports import Material

PLAN = """\
plan: {id: uji, name: Rencana uji, start: 2025-02-20, as_of: 2025-04-10, notice: CONTOH}
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: dkp, name: Dinas Ketahanan Pangan}
  - {id: inspektorat, name: Inspektorat}
  - {id: sekda, name: Sekretaris Daerah, kind: leader}
districts:
  - {id: betung, name: Betung}
  - {id: sembawa, name: Sembawa}
programs:
  - id: sehat
    name: Sehat
    outcome: Loket buka
    lead: dinkes
    support: [dkp]
    verifier: inspektorat
    milestones:
      - {id: sehat-01, name: Daftar, measure: daftar, duration: 5d, due: 2025-03-14,
         started: 2025-03-03, finished: 2025-03-12, verified: {by: inspektorat, on: 2025-03-13}}
      - id: sehat-02
        name: Layanan
        measure: foto loket
        duration: 5d
        after: [sehat-01]
        due: 2025-04-30
        target: {amount: 40, unit: loket}
        progress: 62.5
        achieved: 25
        started: 2025-03-17
        reported: 2025-04-08
        note: pakai gedung lama
        evidence: [{ref: surat 12/3, on: 2025-03-20}]
        blockers:
          - {since: 2025-03-20, what: listrik mati, need: genset, owner: sekda}
          - {since: 2025-03-25, what: atap bocor}
          - {since: 2025-03-01, what: sudah beres, closed: 2025-03-05}
      - {id: sehat-03, name: Batal, duration: 5d, due: 2025-05-02,
         cancelled: {on: 2025-03-01, why: digabung}}
      - {id: sehat-04, name: Laporan, measure: laporan, duration: 2d, due: 2025-03-28,
         started: 2025-03-24, finished: 2025-03-27, reported: 2025-03-28}
      - {id: sehat-05, name: Berita acara, measure: naskah, duration: 2d, due: 2025-03-21,
         finished: 2025-03-20, returned: [{by: inspektorat, on: 2025-03-24, why: belum diparaf}]}
      - id: sehat-06
        name: Posyandu
        measure: foto tiap kecamatan
        owner: dinkes
        duration: 10d
        due: 2025-04-17
        districts: all
        target: {amount: 12, unit: posyandu}
        delivered: {betung: {on: 2025-04-07, amount: 6, evidence: foto 1}}
        blockers: [{since: 2025-04-02, what: jalan putus, district: sembawa}]
      - {id: sehat-07, name: Penutup, measure: notulen, duration: 1d, districts: [betung],
         due: 2025-05-20}
"""


@cache
def _material(text: str = PLAN) -> Material:
    loaded = load({"plan.yaml": text.encode()}, datetime(2025, 4, 10, tzinfo=UTC))
    assert not loaded.errors
    return material_of(loaded)


def _report(owner: str, text: str = PLAN, lang: str = "id") -> Page:
    return report_form(_material(text), owner, "f00", lang)


def _opened(page: Page) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_form(page)))


def _marks(sheet: Worksheet) -> dict[str, int]:
    """The columns by their marks, from the machine row."""
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value}


def _rows(sheet: Worksheet) -> dict[str, int]:
    """The rows by their keys; what stands in the key column without being a key included."""
    column = _marks(sheet)[KEY]
    found = {sheet.cell(row, column).value: row for row in range(2, sheet.max_row + 1)}
    return {str(key): row for key, row in found.items() if key}


def _cells(page: Page) -> dict[tuple[str, str], Any]:
    """Every cell that a key and a field of the form meet in."""
    found = {}
    for sheet in _opened(page):
        marks = _marks(sheet)
        if KEY not in marks:
            continue
        rows = _rows(sheet)
        for row in page.form.rows:
            for field in row.fields:
                if row.key in rows and (column := marks.get(f"{MARK}{field.id}")):
                    found[row.key, field.id] = sheet.cell(rows[row.key], column)
    return found


def _keys(page: Page, name: str) -> list[str]:
    parts: dict[str, Part] = {one.id: one for one in page.parts}
    return [shown.row.key for shown in parts[name].rows if shown.row]


def test_only_what_is_left_to_say() -> None:
    """An owner is asked about its own open work by due date, then what is done; the rest is not.

    What was sent back is open; a second blocker has a row of its own.
    """
    page = _report("dinkes")
    assert _keys(page, "progress") == [
        "sehat-05",
        "sehat-06",
        "sehat-02",
        "sehat-02#2",
        "sehat-07",
        "sehat-04",
    ]
    assert page.left_out == 2
    assert [part.id for part in page.parts] == ["progress"]


def test_camat_is_asked_for_deliveries_only() -> None:
    """A camat's form holds what its district delivers, and no owner's progress."""
    page = _report("betung")
    assert [part.id for part in page.parts] == ["delivery"]
    assert _keys(page, "delivery") == ["sehat-07@betung", "sehat-06@betung"]
    assert {row.district for row in page.form.rows} == {"betung"}
    sent = {row.key: dict(row.sent) for row in page.form.rows}
    assert sent["sehat-06@betung"] == {
        "delivered": "2025-04-07",
        "amount": "6",
        "evidence": "foto 1",
        "blocker": None,
    }


def test_camat_closes_a_blocker_of_the_district() -> None:
    """A blocker of another district is not asked about."""
    blockers = {owner: [row.blocker for row in _report(owner).form.rows] for owner in PLACES}
    assert blockers["betung"] == [None, None]
    assert blockers["sembawa"] == [(date(2025, 4, 2), "jalan putus", "sembawa")]


PLACES = ("betung", "sembawa")


def test_blockers_are_closed_one_by_one() -> None:
    """Each open blocker of a milestone has one row that closes it, and closed ones have none."""
    rows = {row.key: row for row in _report("dinkes").form.rows}
    assert rows["sehat-02"].blocker == (date(2025, 3, 20), "listrik mati", None)
    assert rows["sehat-02#2"].blocker == (date(2025, 3, 25), "atap bocor", None)
    assert dict(rows["sehat-02#2"].sent) == {"blocker_closed": None}
    assert "blocker_closed" not in rows["sehat-04"].sent


def test_blocker_says_whose_it_is() -> None:
    """In an agency's form a district's blocker is named with the district."""
    [remarks] = [
        row.cells[-1]
        for part in _report("dinkes").parts
        for row in part.rows
        if row.row and row.row.key == "sehat-06"
    ]
    assert isinstance(remarks, tuple)
    texts = [line.text for line in remarks if isinstance(line, Line)]
    said = [say(text, Lang.EN) for text in texts if isinstance(text, Message)]
    assert "Blocked since 2 Apr 2025 in Sembawa: jalan putus" in said


def test_done_by_district_is_not_asked_of_the_owner() -> None:
    """How far a milestone is that camat deliver is not the owner's to say."""
    sent = next(row.sent for row in _report("dinkes").form.rows if row.key == "sehat-06")
    assert {"progress", "achieved", "finished"}.isdisjoint(sent)
    assert {"started", "evidence", "blocker", "need", "note"} <= set(sent)


def test_camat_who_owns_a_milestone() -> None:
    """A camat's own milestones stand on a sheet before the deliveries, with the report date."""
    page = _report("betung", PLAN.replace("owner: dinkes", "owner: betung"))
    assert [part.id for part in page.parts] == ["progress", "delivery"]
    first, second = _opened(page).worksheets[:2]
    assert set(_rows(first)) >= {REPORTED, NO_CHANGE, "sehat-06"}
    assert set(_rows(second)) == {"sehat-06@betung", "sehat-07@betung"} | {"Kunci"}
    assert ANSWER not in _marks(second)


@pytest.mark.parametrize("owner", ["sekda", "inspektorat"])
def test_nothing_to_say(owner: str) -> None:
    """Who owns nothing, or nothing that is open, has nothing to fill in."""
    assert _report(owner).parts == ()


@pytest.mark.parametrize("owner", ["dinkes", "betung", "sembawa"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_unlocked_where_it_is_asked(owner: str, lang: str) -> None:
    """Exactly the cells that are asked, and the two for the whole form, can be written in."""
    page = _report(owner, lang=lang)
    book = _opened(page)
    sheet = book.worksheets[0]
    marks, rows = _marks(sheet), _rows(sheet)
    asked = {
        (rows[row.key], marks[f"{MARK}{field}"]) for row in page.form.rows for field in row.sent
    }
    asked |= {(rows[key], marks[ANSWER]) for key in (REPORTED, NO_CHANGE)}
    for one in book:
        unlocked = {
            (cell.row, cell.column) for row in one for cell in row if not cell.protection.locked
        }
        assert unlocked == (asked if one is sheet else set())
        assert one.protection.sheet is (one.title != MACHINE_SHEET)
        assert not one.protection.password
    assert not sheet.protection.sort
    assert not sheet.protection.autoFilter
    assert not sheet.protection.formatColumns


@pytest.mark.parametrize("make", [report_form, planning_form])
def test_machine_data_is_the_form(make: Any) -> None:
    """What is out of sight is the form; every value that was sent stands in its cell too."""
    page = make(_material(), "dinkes", "f00", "id")
    book = _opened(page)
    machine = book[MACHINE_SHEET]
    assert machine.sheet_state == "veryHidden"
    texts = [str(row[0].value) for row in machine]
    assert texts[0] == MARKER
    assert unpacked(texts) == page.form
    cells = _cells(page)
    for row in page.form.rows:
        for field in row.fields:
            if field.id in row.sent:
                assert _canonical(cells[row.key, field.id], field.kind) == row.sent[field.id]
    sheet = book.worksheets[0]
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden


def _canonical(cell: Any, kind: Kind) -> str | None:
    """A cell's value as the docstring of `form` says it is to be read."""
    value = cell.value
    if kind is Kind.PERCENT and value is not None:
        assert "%" in cell.number_format
        value *= 100
    return canonical(value.date() if isinstance(value, datetime) else value)


@pytest.mark.parametrize("owner", ["dinkes", "betung"])
def test_untouched_says_nothing_new(owner: str) -> None:
    """A form that comes back as it went out answers every cell with what was sent in it."""
    page = _report(owner)
    returned = returned_form(read_workbook(write_form(page)))
    assert isinstance(returned, Returned)
    assert (returned.sent, returned.faults, returned.missing) == (page.form, (), ())
    assert (returned.reported, returned.no_change) == (None, False)
    said: dict[str, dict[str, str | None]] = {}
    for each in returned.answers:
        said.setdefault(each.key, {})[each.field] = canonical(each.value)
    assert said == {row.key: dict(row.sent) for row in page.form.rows}


def test_shown_holds_the_id() -> None:
    """The column that is shown holds the id of its row's milestone, as the key says it."""
    page = _report("dinkes")
    sheet = _opened(page).worksheets[0]
    rows, column = _rows(sheet), _marks(sheet)[SHOWN]
    for row in page.form.rows:
        assert str(row.milestone) in str(sheet.cell(rows[row.key], column).value).split()


def test_what_is_read() -> None:
    """Measure, target, reports, evidence, blockers and claims sent back are there to read."""
    sheet = _opened(_report("dinkes")).worksheets[0]
    text = "\n".join(str(cell.value) for row in sheet for cell in row if cell.value)
    for part in (
        "Formulir laporan: Dinas Kesehatan",
        "CONTOH",
        "Hari ke-50 dari 100",
        "Layanan\nsehat-02 · Sehat",
        "Ukuran: foto loket",
        "Sasaran: 40 loket",
        "Sasaran semua kecamatan: 12 posyandu",
        "Laporan terakhir 8 Apr 2025",
        "Data dukung: surat 12/3",
        "Kendala sejak 20 Mar 2025: listrik mati",
        "Diperlukan: genset",
        "Ditunggu dari: Sekretaris Daerah",
        "Dikembalikan 24 Mar 2025 oleh Inspektorat: belum diparaf",
        "1 dari 2 selesai",
        "2 rencana aksi yang sudah terverifikasi atau dibatalkan tidak ditanyakan lagi",
    ):
        assert part in text, part


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_asked_cell_has_its_check(lang: str) -> None:
    """Each cell that is asked has one check with a message, and no locked cell has any."""
    for page in (_report("dinkes", lang=lang), planning_form(_material(), "dinkes", "f", lang)):
        sheet = _opened(page).worksheets[0]
        checks = sheet.data_validations.dataValidation
        checked = [cell for one in checks for part in one.sqref.ranges for cell in part.cells]
        assert len(checked) == len(set(checked))
        unlocked = {
            (cell.row, cell.column) for row in sheet for cell in row if not cell.protection.locked
        }
        assert set(checked) == unlocked
        assert all(one.prompt and one.promptTitle and one.error for one in checks)


def test_checks_let_a_minus_pass() -> None:
    """Dates, percentages and numbers are checked by formulas of ours, in which `-` passes."""
    sheet = _opened(_report("dinkes")).worksheets[0]
    formulas = {
        one.promptTitle: one.formula1
        for one in sheet.data_validations.dataValidation
        if one.type == "custom"
    }
    assert set(formulas) == {
        "Tanggal laporan",
        "Kemajuan (%)",
        "Capaian",
        "Mulai",
        "Selesai",
        "Kendala teratasi",
    }
    assert all('="-"' in one for one in formulas.values())
    assert ">=0," in formulas["Kemajuan (%)"]
    assert "DATE(2025,4,10)" in formulas["Selesai"]
    head = _material().plan.plan
    for name, day in (("Mulai", head.facts_from), ("Tanggal laporan", head.first)):
        assert f">=DATE({day.year},{day.month},{day.day})" in formulas[name], "as import has it"


HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+62",
    "-5",
    "@SUM(A1)",
    "{=A1}",
    "http://contoh.go.id",
    "mailto:a@b.c",
    "internal:Sheet1!A1",
    "_x0041_",
    "<r><t>x</t></r>",
    "&D &P",
    "a & b < c > \"d\" 'e'",
    "Ω 漢字 🏛",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    """Names, notes and blockers of a plan are text and nothing else, whatever they begin with."""
    quoted = json.dumps(text, ensure_ascii=False)
    plan = PLAN.replace("Layanan", quoted).replace("pakai gedung lama", quoted)
    plan = plan.replace("listrik mati", quoted).replace("Rencana uji", quoted)
    plan = plan.replace("Dinas Kesehatan", quoted).replace("name: Sehat\n", f"name: {quoted}\n")
    page = _report("dinkes", plan)
    book = _opened(page)
    for sheet in book:
        for row in sheet:
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    assert not book.defined_names
    assert unpacked([str(row[0].value) for row in book[MACHINE_SHEET]]) == page.form
    note = _cells(page)["sehat-02", "note"]
    assert note.value.replace("_x005F_", "_") == text
    assert note.data_type == "s"


def test_long_note_is_not_offered() -> None:
    """A text that would not come back from a cell as it was can't be changed in a form."""
    page = _report("dinkes", PLAN.replace("pakai gedung lama", "panjang " * 600))
    sent = next(row.sent for row in page.form.rows if row.key == "sehat-02")
    assert "note" not in sent
    assert len(write_form(page)) < 100_000


@pytest.mark.parametrize("make", [report_form, planning_form])
def test_same_bytes_twice(make: Any) -> None:
    """The same plan and data date give the same bytes."""
    page = make(_material(), "dinkes", "f00", "id")
    assert write_form(page) == write_form(make(_material(), "dinkes", "f00", "id"))


def test_planning_offers_programmes_and_what_to_wait_for() -> None:
    """Drop-downs hold the programmes an office leads or supports, and what is not done yet."""
    page = planning_form(_material(), "dkp", "f00", "id")
    book = _opened(page)
    assert [row.key for row in page.form.rows] == [f"new-{n:02}" for n in range(1, ROWS + 1)]
    offered = [
        [cell for cell in column if cell] for column in book["_lists"].iter_cols(values_only=True)
    ]
    assert offered[0] == ["sehat Sehat"]
    assert [str(one).split()[0] for one in offered[1]] == [
        "sehat-02",
        "sehat-06",
        "sehat-07",
    ]
    assert offered[2] == ["semua", "betung Betung", "sembawa Sembawa"]
    checks = {one.promptTitle: one for one in book.worksheets[0].data_validations.dataValidation}
    assert checks["Program"].formula1 == "_lists!$A$1"
    assert checks["Menunggu"].formula1 == "_lists!$B$1:$B$3"
    assert checks["Program"].showErrorMessage
    assert not checks["Menunggu"].showErrorMessage


def test_planning_shows_what_is_there() -> None:
    """What the programmes hold already can be read, and answers nothing."""
    sheet = _opened(planning_form(_material(), "dkp", "f00", "id"))["Sudah ada"]
    assert KEY not in _marks(sheet)
    text = "\n".join(str(cell.value) for row in sheet for cell in row if cell.value)
    assert "Layanan\nsehat-02 · Sehat" in text


def test_no_programme_no_proposals() -> None:
    """Who leads and supports nothing has no programme to propose for."""
    assert planning_form(_material(), "sekda", "f00", "id").parts == ()


@pytest.mark.parametrize("owner", ["dinkes", "betung"])
def test_print(owner: str) -> None:
    """Folio laid across, one page wide, the heads on every page, the page's number below."""
    sheet = _opened(_report(owner)).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (14, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # None is 1
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    head = _rows(sheet)[NO_CHANGE] + 1
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.oddFooter
    assert sheet.oddFooter.right.text == "&P / &N"
    assert sheet.freeze_panes == f"C{head + 1}"


def test_rows_grow_with_what_is_typed() -> None:
    """No row's height is custom, which would keep it from showing what is written in it."""
    sheet = _opened(_report("dinkes")).worksheets[0]
    data = [row for key, row in _rows(sheet).items() if key.startswith("sehat")]
    assert all(sheet.row_dimensions[row].height >= 50 for row in data)
    with zipfile.ZipFile(io.BytesIO(write_form(_report("dinkes")))) as parts:
        assert b"customHeight" not in parts.read("xl/worksheets/sheet1.xml").partition(b"<row")[2]
