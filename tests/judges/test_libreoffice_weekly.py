"""The weekly workbook of the shipped plan as LibreOffice prints it, on both papers."""

from __future__ import annotations

import re
import subprocess
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

import openpyxl
import pytest

from banyuasin_plan.cli.reporting import material_of
from banyuasin_plan.formats import Screen, written
from banyuasin_plan.formats.workbook.values import value_of
from banyuasin_plan.report import BEYOND, Kind, Table
from banyuasin_plan.reports.weekly import report
from banyuasin_plan.words import Lang
from banyuasin_plan.workspace import load_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from banyuasin_plan.report import Report
    from banyuasin_plan.reports import Material

    Convert = Callable[..., list[Path]]

pytestmark = pytest.mark.judge

PLAN = Path(__file__).resolve().parents[2] / "plans" / "banyuasin"
SIZES = {"a4": (841.9, 595.3), "f4": (936.0, 612.0)}
"""Paper laid across, in points."""

HAIR, THIRD = 1.5, 3.0
"""Points by which words may touch side by side, and the part of their height by which lines may:
a word's box is as high as the tallest letters of its font, and higher than its line."""

BLANK = re.compile(r"\s+")
FOOT = re.compile(r"Data per 10 Apr 2025\s+(.+?)\s+Halaman (\d+) dari (\d+)", re.DOTALL)
SHEET = re.compile(r'<sheet name="([^"]+)"')
PLACED = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)
BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")


class Word(NamedTuple):
    """A word where it stands on a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Printed(NamedTuple):
    """A workbook and its print: the text and the words of each page, and the pages' sizes."""

    book: Path
    pages: list[str]
    words: list[list[Word]]
    sizes: set[tuple[float, float]]


@pytest.fixture(scope="module")
def material() -> Material:
    """The shipped plan on its data date."""
    loaded = load_plan(PLAN)
    return material_of(loaded)._replace(revision=loaded.revision)


@pytest.fixture(scope="module")
def made(material: Material) -> Report:
    """Its weekly report."""
    return report(material)


@pytest.fixture(scope="module")
def printed(
    made: Report,
    soffice: Convert,
    pdftotext: Callable[[Path], list[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Printed]:
    """The workbook printed on either paper, in one go."""
    folder = tmp_path_factory.mktemp("weekly")
    books = []
    for paper in SIZES:
        books.append(folder / f"{paper}.xlsx")
        books[-1].write_bytes(written(made, "xlsx", Lang.ID, Screen(paper=paper)))
    found = {}
    for paper, book, file in zip(SIZES, books, soffice("pdf", *books), strict=True):
        boxes = {(float(wide), float(high)) for wide, high in BOX.findall(file.read_bytes())}
        found[paper] = Printed(book, pdftotext(file), words_of(file), boxes)
    return found


def words_of(file: Path) -> list[list[Word]]:
    """Where every word stands, page by page."""
    drawn = subprocess.run(["pdftotext", "-bbox", file, "-"], check=True, capture_output=True)
    return [
        [
            Word(float(a), float(b), float(c), float(d), text)
            for a, b, c, d, text in PLACED.findall(page)
        ]
        for page in drawn.stdout.decode().split("<page ")[1:]
    ]


BOTH = pytest.mark.parametrize("paper", SIZES)


def together(pages: list[str]) -> str:
    """The text without blanks, so that it does not matter where a cell's lines were broken."""
    return BLANK.sub("", "".join(pages))


def pages_of(one: Printed, sheet: str) -> list[str]:
    """The pages of a sheet, by the name at their foot."""
    return [page for page in one.pages if (foot := FOOT.search(page)) and foot[1] == sheet]


@BOTH
def test_paper(paper: str, printed: dict[str, Printed]) -> None:
    """Every page has the size of the paper, laid across, within a millimetre."""
    assert [pytest.approx(size, abs=2.8) for size in printed[paper].sizes] == [SIZES[paper]]


@BOTH
def test_pages(paper: str, printed: dict[str, Printed]) -> None:
    """The summary is one page, no sheet runs wild, and every page says which of how many it is."""
    one = printed[paper]
    feet = [FOOT.search(page) for page in one.pages]
    assert [foot and (foot[2], foot[3]) for foot in feet] == [
        (str(number), str(len(one.pages))) for number in range(1, len(one.pages) + 1)
    ]
    with ZipFile(one.book) as archive:
        names = SHEET.findall(archive.read("xl/workbook.xml").decode())
    counts = {name: len(pages_of(one, name)) for name in names}
    assert counts["Ringkasan"] == 1
    assert all(counts.values())
    assert counts["Matriks"] <= 14
    assert counts["Gantt"] <= 10
    assert sum(counts.values()) == len(one.pages) <= 50


@BOTH
@pytest.mark.parametrize("sheet", ["Matriks", "Gantt"])
def test_every_milestone_is_printed(
    sheet: str, paper: str, printed: dict[str, Printed], material: Material
) -> None:
    """Every milestone's name stands whole on paper."""
    text = together(pages_of(printed[paper], sheet))
    names = {one.milestone.name for one in material.tracking.standings}
    if sheet == "Gantt":
        cancelled = {one.milestone.name for one in material.tracking.standings if not one.verdict}
        names -= cancelled
    assert {name for name in names if BLANK.sub("", name) not in text} == set()


@BOTH
def test_nothing_is_cut_off(paper: str, printed: dict[str, Printed], made: Report) -> None:
    """Every text in a printed column of a table stands whole on paper: no row is too low."""
    text = together(printed[paper].pages)
    wanted = {
        value
        for table in made.parts
        if isinstance(table, Table) and table.shown and not table.heat
        for place, column in enumerate(table.columns)
        if column.rank < BEYOND
        for row in table.rows
        if isinstance(value := value_of(row[place], column.kind, Lang.ID), str)
        if column.kind is not Kind.STATUS  # whose sign is drawn with another font, apart
    }
    assert len(wanted) > 800
    assert {value for value in wanted if BLANK.sub("", value) not in text} == set()


@BOTH
def test_no_word_lies_over_another(paper: str, printed: dict[str, Printed]) -> None:
    """Rows are as high as their texts: where one is too low, its lines run into the next."""
    overlaps = [
        (number, one.text, other.text)
        for number, words in enumerate(printed[paper].words, start=1)
        for one, other in overlapping(words)
    ]
    assert overlaps == []


def overlapping(words: list[Word]) -> Iterator[tuple[Word, Word]]:
    """Pairs of words on a page that share more of it than lines of one text do."""
    ordered = sorted(words, key=lambda word: word.top)
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.top > one.bottom - (one.bottom - one.top) / THIRD:
                break
            if min(one.right, other.right) - max(one.left, other.left) > HAIR:
                yield one, other


@BOTH
def test_heads_stand_on_every_page(paper: str, printed: dict[str, Printed]) -> None:
    """Whatever page of a table one holds, its columns have their names."""
    one = printed[paper]
    for sheet, head in {"Matriks": "Penanggung", "Gantt": "Tenggat", "Kurva S": "Tanggal"}.items():
        assert all(head in page for page in pages_of(one, sheet)), sheet
    either = {
        "OPD": ("Penanggung", "Minggu ke-"),
        "Kecamatan": ("Terlambat", "Hari terlambat"),
        "Keterkaitan": ("Oleh", "Dijanjikan", "Dari siapa ke siapa"),
        "Keselarasan": ("Rencana", "Bobot", "Kumpulan"),
        "Sinkronisasi": ("Program", "Pengampu"),
    }
    for sheet, heads in either.items():
        for page in pages_of(one, sheet):
            assert any(head in page for head in heads), (sheet, page)


@pytest.mark.parametrize(("name", "count"), [("Ringkasan", 2), ("Keselarasan", 1)])
def test_charts_lie_over_nothing(name: str, count: int, printed: dict[str, Printed]) -> None:
    """No chart lies over another or over a cell that holds something."""
    sheet: Any = openpyxl.load_workbook(printed["f4"].book)[name]
    boxes = [chart.anchor for chart in sheet._charts]  # noqa: SLF001 - openpyxl has no other door
    areas: list[set[tuple[int, int]]] = [
        {
            (row, column)
            for row in range(box._from.row, box.to.row + 1)  # noqa: SLF001
            for column in range(box._from.col, box.to.col + 1)  # noqa: SLF001
            if (row < box.to.row or box.to.rowOff > 0)
            and (column < box.to.col or box.to.colOff > 0)
        }
        for box in boxes
    ]
    assert len(areas) == count
    assert all(not one & other for one, other in combinations(areas, 2))
    held = {
        (cell.row - 1, cell.column - 1) for row in sheet for cell in row if cell.value is not None
    }
    assert not held & set().union(*areas)


def test_a_chart_stands_whole_on_its_page(printed: dict[str, Printed]) -> None:
    """The chart by goal is on one page: its first and its last goal, its title and its legend."""
    for one in printed.values():
        page = pages_of(one, "Keselarasan")[0]
        assert all(text in page for text in ("per tujuan", "asta-cita/1", "pn/8", "100%"))
