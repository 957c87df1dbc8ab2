"""Workbooks, read back: what stands in them is text, numbers and dates, as the reports say it."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.headings import HEADING

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.formats.workbook.measuring import lines
from banyuasin_plan.report import (
    BEYOND,
    HIDDEN,
    Cell,
    Chart,
    Column,
    Figure,
    Figures,
    Kind,
    Report,
    Sheet,
    Table,
    Tone,
)
from banyuasin_plan.words import Lang, Message, message

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def report_of(*cells: tuple[Kind, Cell], rows: int = 1) -> Report:
    """A report with one table whose rows are all the same."""
    ids = ("id", "name", "owner", "due", "status", "reason", "ids")
    columns = tuple(Column(name, kind) for name, (kind, _) in zip(ids, cells, strict=False))
    row = tuple(cell for _, cell in cells)
    return Report("overdue", HEADING, (Table("milestones", columns, (row,) * rows, NONE),))


NONE = message("none.rows")


def read(report: Report, lang: Lang = Lang.ID, screen: Screen | None = None) -> Workbook:
    """The report as a workbook, read back."""
    data = written(report, "xlsx", lang, screen or Screen())
    return openpyxl.load_workbook(io.BytesIO(data))


def first_sheet(report: Report, lang: Lang = Lang.ID) -> Worksheet:
    """Its first sheet."""
    return read(report, lang).worksheets[0]


def body(sheet: Worksheet) -> list[list[object]]:
    """The rows of the sheet's only table, without its heads."""
    [table] = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref][1:]]


HOSTILE = [
    "=1+1",
    "+62 811",
    "-5",
    "@jumlah",
    "=cmd|' /C calc'!A0",
    "https://example.org",
    "mailto:a@example.org",
    "internal:'Ringkasan'!A1",
    "_x0041_",
    "<r>tebal</r>",
    "<r><t>tebal</t></r>",
    "a & b < c > d \"e\" 'f'",
    " di depan dan belakang ",
    "dua\nbaris",
    "0812",
    "TRUE",
    "2025-03-01",
    "{=1}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    """Whatever a plan says is a text cell with just that text: no formula, no link, no number."""
    sheet = first_sheet(report_of((Kind.ID, "sehat-01"), (Kind.TEXT, text)))
    [table] = sheet.tables.values()
    cell = sheet[table.ref][1][1]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert unescaped(cell.value) == text


def unescaped(text: object) -> str:
    """A text as Excel shows it: openpyxl leaves the escape of an escape as it is."""
    return str(text).replace("_x005F_", "_")


@pytest.mark.parametrize(
    ("kind", "cell", "expected", "shown"),
    [
        (Kind.DATE, date(2025, 3, 1), datetime(2025, 3, 1), "[$-421]d mmm yyyy"),  # noqa: DTZ001
        (Kind.COUNT, 1234567, 1234567, "[$-421]#,##0_)"),
        (Kind.PERCENT, 43.75, 0.4375, "[$-421]0.0%_)"),
        (Kind.POINTS, -4.25, -4.25, "[$-421]+0.0_);[$-421]-0.0_);[$-421]0.0_)"),
        (Kind.MONEY, 250_000_000, 250_000_000, '[$-421]"Rp"#,##0_)'),
        (Kind.RATIO, 2 / 3, 0.666667, "[$-421]0.00_)"),
        (Kind.STATUS, Tone.BAD, "■ merah", "General"),
        (Kind.STATE, "in_progress", "dalam proses", "General"),
        (Kind.FLAG, True, "ya", "General"),
        (Kind.ID, ("a", "b"), "a, b", "General"),
        (Kind.SENTENCE, message("colour.B1", day=date(2025, 3, 1)), None, "General"),
        (Kind.TEXT, None, None, "General"),
    ],
)
def test_cells_are_what_they_mean(kind: Kind, cell: Cell, expected: object, shown: str) -> None:
    """Numbers and dates are real, with Indonesian formats; statuses are words with their sign."""
    sheet = first_sheet(report_of((Kind.ID, "sehat-01"), (kind, cell)))
    [table] = sheet.tables.values()
    found = sheet[table.ref][1][1]
    assert found.number_format == shown
    if not isinstance(cell, Message):
        assert found.value == expected
    else:
        assert found.value == "selesai 1 Mar 2025 dan terverifikasi"


def test_the_same_bytes() -> None:
    """The same report gives the same bytes, made on the data date."""
    report = report_of((Kind.ID, "a"), (Kind.DATE, date(2025, 3, 1)), rows=3)
    first, second = (written(report, "xlsx", Lang.ID, Screen()) for _ in range(2))
    assert first == second
    assert read(report).properties.created == datetime(2025, 4, 10)  # noqa: DTZ001


@pytest.mark.parametrize("text", ["a" * 40_000, "\N{GRINNING FACE}" * 20_000])
def test_too_long_a_text_is_cut_and_told(text: str) -> None:
    """A cell holds 32,767 UTF-16 units; what is longer ends with a mark, and somebody hears."""
    heard: list[Message] = []
    report = report_of((Kind.ID, "a"), (Kind.TEXT, text))
    [row] = body(read(report, screen=Screen(tell=heard.append)).worksheets[0])
    kept = str(row[1])
    assert kept.endswith("…")
    assert text.startswith(kept[:-1])
    assert 32_760 < len(kept.encode("utf-16-le")) // 2 <= 32_767
    assert [one.key for one in heard] == ["book.cut"]


@pytest.mark.parametrize("tables", [1, 2])
def test_no_row_is_higher_than_excel_allows(tables: int) -> None:
    """However long a text is, in a table by itself or on a grid; Excel would repair the file."""
    [table] = report_of((Kind.ID, "a"), (Kind.TEXT, "kata panjang " * 400)).blocks
    assert isinstance(table, Table)
    sheet = first_sheet(Report("overdue", HEADING, (Sheet("overdue", (table,) * tables, "Lewat"),)))
    assert max(row.height or 0 for row in sheet.row_dimensions.values()) == 409


def test_what_xml_forbids_is_replaced_and_told() -> None:
    """Characters that no XML file may hold are replaced, and somebody hears how many."""
    heard: list[Message] = []
    report = report_of((Kind.ID, "a"), (Kind.TEXT, "x\x07y\x00z\ufffe\ud800"))
    [row] = body(read(report, screen=Screen(tell=heard.append)).worksheets[0])
    assert row[1] == "x�y�z��"
    assert heard == [message("book.replaced", count=4)]


def test_columns() -> None:
    """Machines' columns are left out; those beyond the page are grouped, and not printed."""
    columns = (
        Column("id", Kind.ID),
        Column("rule", Kind.ID, rank=HIDDEN),
        Column("name", Kind.TEXT),
        Column("measure", Kind.TEXT, rank=BEYOND),
    )
    table = Table("milestones", columns, (("a", "R1", "Nama", "Ukuran"),), NONE)
    sheet = first_sheet(Report("overdue", HEADING, (table,)))
    assert body(sheet) == [["a", "Nama", "Ukuran"]]
    assert sheet.column_dimensions["C"].outlineLevel == 1
    assert str(sheet.print_area).endswith("$A$1:$B$5")
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "B5"


def test_sheets_of_a_report() -> None:
    """Figures stand on a sheet of their own, every table on another, named by what it is."""
    figures = Figures((Figure("milestones", Kind.COUNT, 3),))
    table = Table("programs", (Column("id", Kind.ID),), (("a",),), NONE)
    book = read(Report("status", HEADING, (figures, table)))
    assert book.sheetnames == ["Status", "Program"]
    assert "Rencana aksi" in [cell.value for row in book["Status"].rows for cell in row]


@pytest.mark.parametrize(("paper", "code"), [("a4", 9), ("f4", 14)])
def test_paper(paper: str, code: int) -> None:
    """Paper lies across, and every page is as wide as it."""
    data = written(report_of((Kind.ID, "a")), "xlsx", Lang.ID, Screen(paper=paper))
    [sheet] = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert sheet.page_setup.paperSize == code
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # 1 unless said


# Names of sheets, dates, and how much room text takes


def sheet_named(*titles: str) -> list[str]:
    """The names that sheets of owners with these ids get."""
    table = Table("milestones", (Column("id", Kind.ID),), (("a",),), NONE, called="milestones")
    sheets = (
        Sheet(title, (table._replace(id=f"of_{place}"),), title="Dinas")
        for place, title in enumerate(titles)
    )
    return list(read(Report("weekly", HEADING, tuple(sheets))).sheetnames)


def test_names_of_sheets_are_short_and_differ() -> None:
    """31 characters at most, none twice, not even but for case."""
    long = "badan-" * 10
    names = sheet_named(long, f"{long}a", f"{long}b", "dinkes")
    assert names == [long[:31], f"{long[:29]} 2", f"{long[:29]} 3", "dinkes"]


def test_dates_before_workbooks_count() -> None:
    """A day before March 1900, which workbooks count wrong, stands as text."""
    days = (date(1900, 3, 1), date(1900, 2, 28))
    found = [body(first_sheet(report_of((Kind.ID, "a"), (Kind.DATE, day))))[0][1] for day in days]
    assert found == [datetime(1900, 3, 1), "1900-02-28"]  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("", 50, 1),
        ("pendek", 50, 1),
        ("dua kata", 40, 2),
        ("satu\ndua\ntiga", 200, 3),
        ("satu dua tiga empat lima enam", 60, 3),
        ("satukatayangsangatpanjangsekali", 60, 3),
        ("kata satukatayangsangatpanjangsekali", 60, 4),
        ("kata", 0, 1),
    ],
)
def test_lines(text: str, room: float, expected: int) -> None:
    """Text breaks between words, and inside a word that is longer than its cell."""
    assert lines(text, 10, room) == expected


def test_more_room_never_takes_more_lines() -> None:
    """Wider cells are no higher, and bold letters take no less."""
    text = "Daftar warga sasaran disahkan camat dan dipadankan dengan data sosial kecamatan"
    counts = [lines(text, 10, room) for room in range(40, 500, 5)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 1
    assert all(
        lines(text, 10, room, bold=True) >= count
        for room, count in zip(range(40, 500, 5), counts, strict=True)
    )


def test_a_chart_passes_over_heads_that_stand_once_more() -> None:
    """A table longer than a page has its heads on each; a chart is drawn of its rows alone."""
    columns = (
        Column("group", Kind.TEXT),
        Column("planned_percent", Kind.PERCENT),
        Column("actual_percent", Kind.PERCENT),
    )
    rows = tuple((f"Kelompok ke-{n}", float(n), float(n // 2)) for n in range(80))
    chart = Chart("groups", "bar", "groups", "group", ("planned_percent", "actual_percent"))
    table = Table("groups", columns, rows, NONE)
    sheet = read(
        Report("weekly", HEADING, (Sheet("kelompok", (chart, table), title="Dinas"),))
    ).worksheets[0]
    [drawn] = sheet._charts  # type: ignore[attr-defined]  # noqa: SLF001 - no other door
    runs = str(drawn.series[0].cat.strRef.f).strip("()").split(",")
    spans = [run.partition("!")[2].replace("$", "") for run in runs]
    held = [cell.value for span in spans for [cell, *_] in sheet[span]]
    assert held == [row[0] for row in rows]
    assert len(spans) == len(sheet.row_breaks.brk) + 1 > 2
    heads = [cell.row for row in sheet.rows for cell in row if cell.value == "Kelompok"]
    assert len(heads) == len(spans)
