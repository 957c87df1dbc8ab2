"""The weekly workbook: its sheets, that its figures are those of `plan status`, and its texts."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.conftest import ROOT
from tests.plans import Written, milestone
from tests.standing_plans import PLAIN, material, plan_of, program

from banyuasin_plan.cli.reporting import material_of
from banyuasin_plan.formats import Screen, written
from banyuasin_plan.reading import load
from banyuasin_plan.reports import align, coverage, handoffs, status, sync
from banyuasin_plan.reports.weekly import SHEETS, report
from banyuasin_plan.words import Lang, catalogue, label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from banyuasin_plan.report import Report
    from banyuasin_plan.reports import Material

BOTH = pytest.mark.parametrize("lang", list(Lang))


@pytest.fixture(scope="module")
def shipped() -> Material:
    """The shipped plan on its data date."""
    folder = ROOT / "plans" / "banyuasin"
    texts = {str(file): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}
    loaded = load(texts, datetime(2025, 4, 10, tzinfo=UTC))
    return material_of(loaded)._replace(revision=loaded.revision)


@pytest.fixture(scope="module")
def book(shipped: Material) -> Workbook:
    """Its workbook, a sheet for every owner included."""
    return opened(shipped, per_owner=True)


def opened(of: Material, lang: Lang = Lang.ID, *, per_owner: bool = False) -> Workbook:
    """The weekly workbook, read back."""
    data = written(report(of, per_owner=per_owner), "xlsx", lang, Screen())
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(sheet: Worksheet) -> Iterator[Cell]:
    """Every cell that holds something."""
    for row in sheet.iter_rows():
        yield from (cell for cell in row if cell.value is not None)


def texts(sheet: Worksheet) -> set[str]:
    """Every text on a sheet."""
    return {cell.value for cell in cells(sheet) if isinstance(cell.value, str)}


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows of the sheet's only table, by their heads."""
    [found] = sheet.tables.values()
    heads, *rows = ([cell.value for cell in row] for row in sheet[found.ref])
    return [dict(zip(heads, row, strict=True)) for row in rows]


def below(sheet: Worksheet, text: str) -> Any:
    """What stands below a text that is not the sheet's title: the value of a card."""
    head = next(cell for cell in cells(sheet) if cell.value == text and cell.row > 1)
    return sheet.cell(head.row + 1, head.column).value


def beside(sheet: Worksheet, text: str) -> Any:
    """The first value to the right of a text."""
    head = next(cell for cell in cells(sheet) if cell.value == text)
    return next(cell.value for cell in sheet[head.row][head.column :] if cell.value is not None)


def footer(sheet: Worksheet) -> list[str | None]:
    """What stands at the foot of every page: left, in the middle, right."""
    foot: Any = sheet.oddFooter
    return [part.text for part in (foot.left, foot.center, foot.right)]


# Sheets


def test_sheets_in_their_order(book: Workbook) -> None:
    """The sheets of the shipped plan, those of the owners before the guide."""
    known = [name for name, _ in SHEETS if name != "changes"]
    names = [label(f"sheet.weekly.{name}", Lang.ID) for name in known]
    assert book.sheetnames[: len(names) - 1] == names[:-1]
    assert book.sheetnames[-1] == names[-1]
    assert "dinkes" in book.sheetnames
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_a_sheet_that_has_nothing_to_say_is_left_out() -> None:
    """Nothing late, nothing near, no district: no such sheets."""
    mine = milestone("a", "5d", due="2025-05-09")
    found = opened(material(plan_of(program("p", mine), **PLAIN), "2025-03-12"))
    assert found.sheetnames == ["Ringkasan", "Matriks", "Gantt", "Kurva S", "OPD", "Petunjuk"]


@BOTH
def test_a_plan_without_milestones(lang: Lang) -> None:
    """The page that sums up, and the guide, are always there."""
    found = opened(material(plan_of(**PLAIN), "2025-03-12"), lang)
    names = {Lang.ID: ["Ringkasan", "Petunjuk"], Lang.EN: ["Summary", "Guide"]}
    assert found.sheetnames == names[lang]


def test_the_plan_names_nothing(book: Workbook) -> None:
    """Sheets, tables, their heads and defined names hold our words and ids, no text of the plan."""
    ours = set(catalogue(Lang.ID).values())
    ids = {one.lower() for one in book.sheetnames}
    for sheet in book.worksheets:
        assert sheet.title in ours or sheet.title in ids
        for found in sheet.tables.values():
            assert found.name.isascii()
            assert {column.name for column in found.tableColumns} <= ours
        assert footer(sheet) == ["Data per 10 Apr 2025", "&A", "Halaman &P dari &N"]
    assert list(book.defined_names) == []


def test_every_sheet_prints(book: Workbook) -> None:
    """Paper across, fitted to its width, the page's number below, heads repeated on tables."""
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert bool(sheet.print_title_rows) == bool(sheet.tables or sheet.title == "Gantt")


def test_links_lead_to_sheets(book: Workbook) -> None:
    """The first page leads to every other sheet."""
    sheet = book["Ringkasan"]
    leads = {str(cell.hyperlink.location) for cell in cells(sheet) if cell.hyperlink}
    assert leads == {f"'{name}'!A1" for name in book.sheetnames[1:]}


def test_a_held_data_date_is_told(book: Workbook, shipped: Material) -> None:
    """Where the plan holds the data date still, the first page says so; else nothing does."""
    said = label("book.held", Lang.ID)
    assert [sheet.title for sheet in book.worksheets if said in texts(sheet)] == ["Ringkasan"]
    free = opened(shipped._replace(held=False))
    assert not any(said in texts(sheet) for sheet in free.worksheets)


def test_no_formulas_anywhere(book: Workbook) -> None:
    """Cells hold values."""
    kinds = {cell.data_type for sheet in book.worksheets for cell in cells(sheet)}
    assert kinds == {"s", "n", "d"}


# Figures


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("planned_percent", True),
        ("actual_percent", True),
        ("deviation", False),
        ("verified_percent", True),
        ("spent_percent", True),
    ],
)
def test_figures_equal_status(name: str, share: bool, book: Workbook, shipped: Material) -> None:  # noqa: FBT001
    """The figures of the first page are those of `plan status --format json`."""
    figures = json.loads(written(status.report(shipped), "json", Lang.ID, Screen()))["figures"]
    found = below(book["Ringkasan"], label(f"figure.{name}", Lang.ID))
    assert found == pytest.approx(figures[name] / 100 if share else figures[name], abs=1e-6)


def test_other_figures_equal_status(book: Workbook, shipped: Material) -> None:
    """So are the forecast, the counts by colour, and SPI and SPI(t) on the guide."""
    figures = json.loads(written(status.report(shipped), "json", Lang.ID, Screen()))["figures"]
    sheet, guide = book["Ringkasan"], book["Petunjuk"]
    finish = below(sheet, label("figure.forecast_finish", Lang.ID))
    assert finish.date().isoformat() == figures["forecast_finish"]
    for colour, count in figures["by_status"].items():
        word = label(f"status.{colour}", Lang.ID)
        [tile] = [
            cell
            for cell in cells(sheet)
            if str(cell.value)[2:] == word and isinstance(sheet.cell(cell.row - 1, 1).value, int)
        ]
        assert sheet.cell(tile.row - 1, tile.column).value == count
    assert beside(guide, "SPI") == pytest.approx(figures["spi"], abs=1e-6)
    assert beside(guide, "SPI(t)") == pytest.approx(figures["spi_time"], abs=1e-6)


def test_how_many_pass_the_last_day() -> None:
    """The sentence a leader asks for, with its numbers."""
    late: Written = {"due": "2025-06-10", "duration": "30d", "after": ["a"]}
    mine = program("p", milestone("a", "60d"), milestone("b", **late))
    found = opened(material(plan_of(mine, **PLAIN), "2025-03-12"))
    assert "1 dari 2 rencana aksi lewat Hari ke-100." in texts(found["Ringkasan"])


def test_the_matrix_has_every_milestone(book: Workbook, shipped: Material) -> None:
    """One row each, its numbers those that `plan show` has."""
    rows = table(book["Matriks"])
    standings = {one.milestone.id: one for one in shipped.tracking.standings}
    assert sorted(row["Id"] for row in rows) == sorted(standings)
    for row in rows:
        case = standings[row["Id"]].case
        assert row["Realisasi"] == pytest.approx(case.actual, abs=1e-6)
        assert row["Rencana"] == pytest.approx(case.planned_on(case.as_of.toordinal()), abs=1e-6)
        assert row["Tenggat"].date() == case.due
        assert row["Rencana aksi"] == case.milestone.name


def test_the_curve_ends_where_the_figures_stand(book: Workbook, shipped: Material) -> None:
    """The row of the data date holds the figures of the first page."""
    figures = shipped.tracking.figures()
    [today] = [row for row in table(book["Kurva S"]) if row["Tanggal"].date() == shipped.as_of]
    assert today["Rencana"] == pytest.approx(figures.planned_percent / 100, abs=1e-6)
    assert today["Realisasi"] == pytest.approx(figures.actual_percent / 100, abs=1e-6)
    assert today["Hari ke-"] == 50


def test_owners_add_up(book: Workbook, shipped: Material) -> None:
    """The scorecard counts every milestone that is not cancelled once."""
    sheet = book["OPD"]
    head = next(cell for cell in cells(sheet) if cell.value == "■ merah")
    first = next(cell for cell in cells(sheet) if cell.value == "Aksi" and cell.row == head.row)
    owners = {one.case.owner for one in shipped.tracking.standings}
    rows = [cell.row for cell in cells(sheet) if cell.value in owners and cell.column == 1]
    scored = [row for row in rows if isinstance(sheet.cell(row, head.column).value, int)]
    total, red = (
        sum(int(str(sheet.cell(row, column).value)) for row in scored[: len(owners)])
        for column in (first.column, head.column)
    )
    figures = shipped.tracking.figures()
    colours = [one.verdict.colour for one in shipped.tracking.standings if one.verdict]
    assert (total, red) == (figures.milestones, colours.count("red"))  # type: ignore[arg-type]


def test_districts() -> None:
    """Programmes that apply and reach it, deliveries asked, done, late, to come; each late one."""
    near = {"due": "2025-03-14", "districts": ["betung", "sembawa"]}
    late = {"due": "2025-03-07", "districts": ["betung", "rambutan"]}
    mine = program(
        "p",
        milestone("a", "5d", **near, delivered={"betung": "2025-03-11"}),
        milestone("b", "5d", **late, delivered={"rambutan": "2025-03-06"}),
        milestone("c", "5d", due="2025-05-30", districts="all"),
    )
    sheet = opened(material(plan_of(mine, **PLAIN), "2025-03-12"))["Kecamatan"]
    found = [[cell.value for cell in row if cell.value is not None] for row in sheet.rows]
    counts = {str(row[0]): row[1:7] for row in found if len(row) > 6 and isinstance(row[1], int)}
    assert counts["Betung"] == [1, 1, 3, 1, 1, 1]
    assert counts["Sembawa"] == [1, 0, 2, 0, 0, 2]
    late_ones = [row for row in found if row[:2] == ["Betung", "b"]]
    assert [row[-1] for row in late_ones] == [5]


def test_decisions_and_orders(book: Workbook, shipped: Material) -> None:
    """What blockers wait for, those without a day first; orders, the most overdue first."""
    said = texts(book["Ringkasan"])
    assert "terlambat 1 hari kerja" in said
    orders = [one.text for one in shipped.plan.decisions if one.id == "arahan-03"]
    assert set(orders) <= said


def test_an_owners_sheet(book: Workbook, shipped: Material) -> None:
    """It holds what that owner answers for, under its name."""
    mine = {one.milestone.id for one in shipped.tracking.standings if one.case.owner == "dinkes"}
    sheet = book["dinkes"]
    assert {row["Id"] for row in table(sheet)} == mine
    assert sheet["A1"].value == "Dinas Kesehatan"


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@BOTH
def test_other_formats_have_an_answer(form: str, lang: Lang, shipped: Material) -> None:
    """Whatever a workbook can draw, other formats say in their way."""
    text = str(written(report(shipped, per_owner=True), form, lang, Screen()))
    wanted = {"table": "gertas-05", "json": '"of_dinkes": [', "csv": "gerbang-keren-01"}
    assert wanted[form] in text


# Alignment


@pytest.mark.parametrize(
    ("sheet", "made"),
    [
        ("Kecamatan", coverage.report),
        ("Keterkaitan", handoffs.report),
        ("Keselarasan", align.report),
        ("Sinkronisasi", sync.report),
    ],
)
def test_cards_equal_the_report(
    sheet: str, made: Callable[[Material], Report], book: Workbook, shipped: Material
) -> None:
    """Every figure on a card of these sheets is that of the command by which it is made."""
    figures = json.loads(written(made(shipped), "json", Lang.ID, Screen()))["figures"]
    shown = [name for name in figures if name != "most_waited_for"]
    for name in shown:
        found = below(book[sheet], label(f"figure.{name}", Lang.ID))
        assert (found.date().isoformat() if isinstance(found, datetime) else found) == figures[name]
    assert len(shown) > 4


def test_hand_offs_that_are_near(book: Workbook, shipped: Material) -> None:
    """Late ones and those promised within a week stand there; how many come later is told."""
    rows = json.loads(written(handoffs.report(shipped), "json", Lang.ID, Screen()))["tables"]
    every = rows["handoffs"]
    near = [one for one in every if one["promised_on"] <= "2025-04-17"]
    said = texts(book["Keterkaitan"])
    assert {one["needs_name"] for one in near} <= said
    later = len(every) - len(near)
    assert later
    assert label("weekly.later", Lang.ID, count=later) in said


def test_every_goal_is_shown_and_drawn(book: Workbook, shipped: Material) -> None:
    """A row for each goal, from which planned and actual are drawn; who serves it is named."""
    sheet: Any = book["Keselarasan"]
    goals = [f"{one.id}/{item.id}" for one in shipped.plan.goals for item in one.items]
    assert set(goals) <= texts(sheet)
    [chart] = sheet._charts  # noqa: SLF001 - openpyxl has no other door
    spans = str(chart.series[1].cat.strRef.f).replace("$", "").strip("()").split(",")
    ends = [span.partition("!")[2].split(":") for span in spans]
    drawn = [cell.value for one in ends for [cell] in sheet[f"{one[0]}:{one[-1]}"]]
    assert drawn == goals


def test_what_runs_and_who_takes_it_on(book: Workbook, shipped: Material) -> None:
    """Every running programme stands on the sheet by its name."""
    assert {one.name for one in shipped.plan.inherited} <= texts(book["Sinkronisasi"])


def test_sheets_of_alignment_need_something_to_say() -> None:
    """Without districts, links, goals and running programmes there is none of them."""
    mine = program("p", milestone("a", "5d", due="2025-05-09"))
    found = opened(material(plan_of(mine, **PLAIN), "2025-03-12"))
    new = {"Kecamatan", "Keterkaitan", "Keselarasan", "Sinkronisasi"}
    assert new.isdisjoint(found.sheetnames)
    assert new <= {
        label(f"sheet.weekly.{name}", Lang.ID) for name, _ in SHEETS if name != "changes"
    }


# The Gantt


def painted(sheet: Worksheet, row: int) -> dict[int, str]:
    """The fills of the chart in a row, by column."""
    return {
        column: str(cell.fill.fgColor.rgb)[2:]
        for column, cell in enumerate(sheet[row][5:], start=6)
        if cell.fill.fill_type == "solid"
    }


def test_bars_lie_where_the_forecast_does() -> None:
    """A column a working day: done, left, promise below, closed days, today, events."""
    mine = program(
        "p",
        milestone("a", "5d", start="2025-03-03", due="2025-03-07", started="2025-03-03",
                  progress=60, reported="2025-03-06"),
        milestone("b", "0", due="2025-03-14"),
    )  # fmt: skip
    closed = [{"from": "2025-03-11", "to": "2025-03-12"}]
    head: Written = {"start": "2025-03-03", "calendar": {"holidays": "none", "closed": closed}}
    sheet = opened(material(plan_of(mine, **head), "2025-03-06"))["Gantt"]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    fills = painted(sheet, rows["a"])
    assert [fills.get(column) for column in range(6, 12)] == [
        "17375E", "17375E", "17375E", "8FB4DC", "8FB4DC", None,
    ]  # fmt: skip
    assert [fills.get(column) for column in (12, 13)] == ["E4E7EB", "E4E7EB"]
    assert sheet.cell(rows["a"], 10).border.bottom.style == "thick"
    assert sheet.cell(rows["a"], 9).border.right.style == "medium"
    assert sheet.cell(rows["b"], 15).value == "◇"


def test_a_long_plan_has_a_column_a_week() -> None:
    """So that the chart stays on a page."""
    mine = milestone("a", "5d", due="2026-12-01")
    found = opened(material(plan_of(program("p", mine), days=700, **PLAIN), "2025-03-12"))
    assert found["Gantt"].max_column < 130
