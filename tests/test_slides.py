"""`plan export slides`: what stands on every slide, native charts, text that stays text."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from tests.alignment_plans import shipped_material
from tests.commands import SMALL, Outcome, alone, called, names
from tests.plans import milestone
from tests.standing_plans import material, plan_of, program

from banyuasin_plan.cli.reporting import material_of
from banyuasin_plan.formats.slides import write_slides
from banyuasin_plan.formats.slides.fitting import CUT, count_lines, fitted
from banyuasin_plan.report import Table
from banyuasin_plan.reports.handoffs import HANDOFFS
from banyuasin_plan.reports.handoffs import report as handoffs_report
from banyuasin_plan.reports.slides import report
from banyuasin_plan.reports.slides.handoffs import handoffs
from banyuasin_plan.words import Lang, Message, say
from banyuasin_plan.workspace import load_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyuasin_plan.plan.model import Plan

    Run = Callable[..., Outcome]

ROOT = Path(__file__).resolve().parent.parent
DAY = "2025-04-10"
A_POINT = 12700
WIDE, HIGH = 960 * A_POINT, 540 * A_POINT
EVIL = '=cmd|"/c calc"!A1 <a href="x">_x0041_ \x1b[31m\u202e'


@pytest.fixture(scope="module")
def shipped() -> bytes:
    """The deck of the shipped plan."""
    return write_slides(report(material_of(load_plan(ROOT / "plans" / "banyuasin"))), Lang.ID)


def opened(data: bytes) -> Any:
    """The deck as another program reads it."""
    return Presentation(BytesIO(data))


def texts(slide: Any) -> list[str]:
    """Every text on a slide, tables included."""
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return [text for text in found if text]


def test_every_slide(shipped: bytes) -> None:
    """Seven slides, 16:9; each with a title, the notice, the day and its number."""
    deck = opened(shipped)
    assert (deck.slide_width, deck.slide_height) == (WIDE, HIGH)
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == [
        "Hari ke-50 dari 100",
        "Kurva S",
        "Menurut kelompok",
        "Yang paling perlu perhatian",
        "Serah terima antarinstansi",
        "Rapat minggu ini",
        "Arahan",
    ]
    for number, slide in enumerate(deck.slides, start=1):
        found = texts(slide)
        assert any(text.startswith("USULAN - realisasi simulasi") for text in found)
        assert any("Kamis, 10 April 2025 · Hari ke-50 dari 100" in text for text in found)
        assert str(number) in found


def test_nothing_leaves_its_slide(shipped: bytes) -> None:
    """No shape reaches over an edge, and no table into the foot."""
    for slide in opened(shipped).slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= WIDE + A_POINT
            assert shape.top + shape.height <= HIGH + A_POINT
            if shape.has_table:
                tall = sum(row.height for row in shape.table.rows)
                assert shape.top + tall <= 506 * A_POINT


def test_charts_are_native(shipped: bytes) -> None:
    """The curve and the bars are charts, each over a workbook that holds the same numbers."""
    charts = [s.chart for slide in opened(shipped).slides for s in slide.shapes if s.has_chart]
    assert [len(chart.plots[0].series) for chart in charts] == [4, 2]
    for chart in charts:
        book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        sheet: Any = book["Sheet1"]
        for column, series in enumerate(chart.plots[0].series, start=2):
            assert sheet.cell(1, column).value == series.name
            below = [sheet.cell(row, column).value for row in range(2, len(series.values) + 2)]
            assert below == list(series.values)
    first = openpyxl.load_workbook(BytesIO(charts[0].part.chart_workbook.xlsx_part.blob))
    day: Any = first["Sheet1"]["A2"].value
    assert day.date() == date(2025, 2, 20)


def test_the_figures_are_those_of_status(shipped: bytes) -> None:
    """The tiles say what `plan status` says."""
    found = material_of(load_plan(ROOT / "plans" / "banyuasin")).tracking.figures()
    said = texts(opened(shipped).slides[0])
    for percent in (found.planned_percent, found.actual_percent, found.verified_percent):
        assert f"{percent:.1f}%".replace(".", ",") in said


def test_the_same_bytes(shipped: bytes) -> None:
    """The same plan on the same day gives the same bytes, and none tells when it was made."""
    again = write_slides(report(material_of(load_plan(ROOT / "plans" / "banyuasin"))), Lang.ID)
    assert again == shipped
    with zipfile.ZipFile(BytesIO(shipped)) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        embedded = [one for one in file.namelist() if one.endswith(".xlsx")]
        for name in embedded:
            with zipfile.ZipFile(BytesIO(file.read(name))) as book:
                assert b"2025-04-10T00:00:00Z" in book.read("docProps/core.xml")
    core = opened(shipped).core_properties
    assert (core.author, core.created.date()) == ("banyuasin-100", date(2025, 4, 10))


def hostile() -> Plan:
    """A plan whose every text would be something else, and is far too long."""
    name = f"{EVIL} " + "panjang sekali " * 60
    late = milestone(
        "a", "5d", due="2025-03-14", blockers=[{"since": "2025-03-01", "what": name, "need": name}]
    )
    late["name"] = name
    other = milestone("b", "5d", "a", due="2025-03-28", owner="setda")
    other["name"] = "W" * 400
    owners = [{"id": "dinkes", "name": name}, {"id": "setda", "name": "Setda"}]
    return plan_of(program("p", late, other), owners=owners, notice=name, name="Uji")


def test_hostile_texts() -> None:
    """Texts of a plan stay text, without what steers a terminal, cut to their boxes."""
    data = write_slides(report(material(hostile(), DAY)), Lang.EN)
    found = [text for slide in opened(data).slides for text in texts(slide)]
    cut = [text for text in found if text.startswith("=cmd")]
    assert len(cut) >= 4
    assert all(text.endswith(CUT) for text in cut)
    assert not any(sign in text for text in found for sign in "\x1b\u202e")
    assert any('<a href="x">_x0041_' in text for text in found)
    with zipfile.ZipFile(BytesIO(data)) as file:
        rels = b"".join(file.read(n) for n in file.namelist() if "slides/_rels" in n)
    assert b"hyperlink" not in rels
    test_nothing_leaves_its_slide(data)


@given(st.text(max_size=120), st.sampled_from([10.5, 13.0, 30.0]), st.integers(1, 3))
def test_fitted(text: str, size: float, most: int) -> None:
    """Whatever the text, what is left of it fits, and is whole or says that it is not."""
    kept = fitted(text, size, 150.0, most)
    assert count_lines(kept, size, 150.0) <= most
    assert kept.endswith(CUT) or " ".join(kept.split()) == kept


def test_cut_between_words() -> None:
    """A text is cut after a whole word; one long word is cut where it must be."""
    words = "Daftar ruas dan jembatan prioritas dari camat"
    kept = fitted(words, 13.0, 100.0, 1)
    assert words.startswith(kept.removesuffix(CUT) + " ")
    assert fitted("W" * 99, 13.0, 100.0, 1).endswith(f"W{CUT}")


# Hand-offs


def said(table: Table) -> list[tuple[object, ...]]:
    """The rows of hand-offs as people read them."""
    return [
        tuple(say(cell, Lang.EN) if isinstance(cell, Message) else cell for cell in row)
        for row in table.rows
    ]


def between(*milestones: dict[str, Any]) -> list[tuple[object, ...]]:
    """The hand-offs of a plan on a day."""
    return said(handoffs(material(plan_of(program("p", *milestones)), DAY)))


LATE = milestone("a", "5d", due="2025-03-14")


def test_a_late_handoff() -> None:
    """Work that misses its day and that another office waits for, with how late it will be."""
    waiting = milestone("b", "5d", "a", due="2025-05-28", owner="setda")
    # 10, 11, 14, 15 and 16 April; since 14 March: 17 to 21, 24 to 27 March, 8 to 11, 14 to 16 April
    assert between(LATE, waiting) == [
        (
            "red",
            "a",
            "Dinas Kesehatan",
            date(2025, 4, 16),
            "Sekretariat Daerah",
            "late by 16 office days; waiting: b",
        )
    ]


NO_HANDOFF = {
    "the same office": (LATE, milestone("b", "5d", "a", due="2025-05-28")),
    "done": (
        {**LATE, "finished": "2025-03-14"},
        milestone("b", "5d", "a", due="2025-05-28", owner="setda"),
    ),
    "in time, with room": (
        milestone("a", "5d", due="2025-04-25"),
        milestone("b", "5d", "a", due="2025-05-28", owner="setda"),
    ),
}


@pytest.mark.parametrize("name", NO_HANDOFF)
def test_no_handoff(name: str) -> None:
    """Within one office, done, or with room to spare, it is nobody's worry."""
    assert between(*NO_HANDOFF[name]) == []


def test_a_tight_handoff() -> None:
    """Work in time on which another office's last days depend."""
    # a: 10 to 16 April, b: 17 to 25 April (18 April is closed), due on the 28th
    first = milestone("a", "5d", due="2025-04-16")
    waiting = milestone("b", "6d", "a", due="2025-04-28", owner="setda")
    [row] = between(first, waiting)
    assert row[-1] == "1 office day to spare; waiting: b"


def test_a_start_that_is_planned_otherwise() -> None:
    """A start that only lies later than planned is no promise missed; one whose day passed is."""
    # b was to begin on 10 April with a, which waits for work that has not begun on its day
    before = milestone("0", "5d", due="2025-04-14", start="2025-04-08")
    giver = milestone("a", "2d", "0", due="2025-05-28")
    waiting = milestone("b", "2d", "a SS", due="2025-05-28", owner="setda")
    assert between(before, giver, waiting) == []
    [row] = between({**before, "start": "2025-03-03", "due": "2025-03-07"}, giver, waiting)
    assert "late by" in str(row[-1])


def test_started_is_handed_over() -> None:
    """Who waits for a start waits no more once work has begun, however late it will be."""
    begun = {**LATE, "started": "2025-03-17", "progress": 20}
    waiting = milestone("b", "5d", "a SS", due="2025-05-28", owner="setda")
    assert between(begun, waiting) == []
    assert len(between(LATE, waiting)) == 1


def test_the_late_ones_of_plan_handoffs() -> None:
    """Whatever `plan handoffs` calls late is on the slide, for whoever waits."""
    found = shipped_material()
    names = {one.id: one.name for one in found.plan.everybody()}
    places = {column.id: place for place, column in enumerate(HANDOFFS)}
    blocks = handoffs_report(found).blocks
    [table] = [one for one in blocks if isinstance(one, Table) and one.id == "handoffs"]
    late = [row for row in table.rows if row[places["state"]] == "late"]
    assert late
    shown = [(row[1], str(row[4])) for row in said(handoffs(found))]
    for row in late:
        who = names[str(row[places["waiting"]])]
        assert any(work == row[places["needs_name"]] and who in waits for work, waits in shown)


# The command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `plan export slides` right here, in a folder with a small plan."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    return lambda *words: called(capsys, "export", "slides", *words)


def test_command(run: Run, tmp_path: Path) -> None:
    """The deck is written to the file; a week is taken on its last day, or on the data date."""
    assert run("-o", "a.pptx") == (0, "", "")
    assert run("--week", "3", "-o", "b.pptx", "--lang", "en") == (0, "", "")
    assert names(tmp_path) == ["a.pptx", "b.pptx", "plan.yaml"]
    assert opened((tmp_path / "a.pptx").read_bytes()).slides[0].shapes.title.text == (
        "Hari ke-50 dari 100"
    )
    second = opened((tmp_path / "b.pptx").read_bytes())
    assert second.slides[0].shapes.title.text == "Day 18 of 100"


def test_before_day_one(run: Run, tmp_path: Path) -> None:
    """Before the first day the deck counts down to it."""
    assert run("--today", "2025-02-10", "-o", "a.pptx", "--lang", "en").code == 0
    found = opened((tmp_path / "a.pptx").read_bytes()).slides[0].shapes.title.text
    assert found == "10 days before day 1"


def test_wrong_usage(run: Run, tmp_path: Path) -> None:
    """A week and a day at once exit 2, and nothing is written."""
    assert run("--week", "3", "--today", DAY, "-o", "a.pptx").code == 2
    assert run("--week", "99", "-o", "a.pptx").code == 2
    assert names(tmp_path) == ["plan.yaml"]
