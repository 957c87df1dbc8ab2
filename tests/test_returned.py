"""Workbooks from strangers: what is read of them, and what is refused in one line."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workbooks import HOSTILE, MAIN, SHEET, STRINGS, altered, edited, sheet_of, small

from banyuasin_plan.cli.isolating import Reader
from banyuasin_plan.formats import returned
from banyuasin_plan.formats.returned.book import Area, Book, Cell, Held, reference
from banyuasin_plan.formats.returned.refusing import Refused
from banyuasin_plan.formats.returned.serving import LENGTH_BYTES, serve
from banyuasin_plan.formats.returned.workbook import read_workbook
from banyuasin_plan.words import Lang, Message, catalogue, say

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = small()
FOLDER = Path(returned.__file__).parent


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A reader in a process of its own."""
    with Reader() as one:
        yield one


def refusal(data: bytes) -> Message | None:
    """Why a workbook is refused; None where it is read."""
    try:
        read_workbook(data)
    except Refused as error:
        return error.message
    return None


def process_of(reader: Reader) -> subprocess.Popen[bytes]:
    """The process that a reader has started."""
    process = reader._process  # noqa: SLF001 - to see what the system sees
    assert process is not None
    return process


# What is read


def test_cells_are_read_as_what_they_are() -> None:
    """A text stays text, a share says so, a date is a date, a formula is only known as one."""
    book = read_workbook(SMALL)
    assert [(sheet.name, sheet.shown) for sheet in book.sheets] == [
        ("Isian", True),
        ("Lain", False),
    ]
    assert book.sheets[0].cells == {
        (1, 1): Cell(Held.TEXT, "Nama"),
        (1, 2): Cell(Held.TEXT, "Realisasi"),
        (1, 3): Cell(Held.TEXT, "Selesai"),
        (1, 4): Cell(Held.TEXT, "Catatan"),
        (2, 1): Cell(Held.TEXT, "Daftar & <penerima>"),
        (2, 2): Cell(Held.NUMBER, 0.75, percent=True),
        (2, 3): Cell(Held.DATE, date(2025, 3, 4)),
        (2, 4): Cell(Held.FORMULA, "=1+1"),
        (3, 1): Cell(Held.TRUTH, True),  # noqa: FBT003 - a cell's value
        (3, 2): Cell(Held.NUMBER, 640),
    }


def test_the_process_reads_the_same(reader: Reader) -> None:
    """What comes back from the other process is what was read there."""
    assert read_workbook(SMALL) == reader.read(SMALL)


def test_days_since_1904() -> None:
    """A workbook made on an old Mac counts its days from 1904."""
    data = edited("xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"')
    assert Cell(Held.DATE, date(2029, 3, 5)) == read_workbook(data).sheets[0].cells[2, 3]


def test_formatting_far_away_is_no_content() -> None:
    """Rows and columns that only have a colour, as programs leave behind, are passed over."""
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>'
        '<row r="1048576"><c r="A1048576" s="1"/></row>'
    )
    assert {(1, 1): Cell(Held.NUMBER, 1)} == read_workbook(sheet_of(rows)).sheets[0].cells


def test_what_openpyxl_never_sees() -> None:
    """Parts that are no cells may be broken: no program's colours stop a form from being read."""
    fills = '<fills><fill/></fills><cellXfs><xf/><xf numFmtId="9"/><xf/></cellXfs>'
    broken = {
        "xl/styles.xml": f"<styleSheet {MAIN}>{fills}</styleSheet>".encode(),
        "docProps/core.xml": b"<nothing",
        "xl/drawings/drawing1.xml": b"\x00",
        "xl/media/image1.png": b"\x89PNG",
        "xl/comments1.xml": b"<comments/>",
    }
    book = read_workbook(altered(broken))
    assert (book.pictures, book.remarks) == (1, 1)
    assert "Nama" == book.sheets[0].cells[1, 1].value  # noqa: SIM300 - expected first


def test_merged_cells_are_known() -> None:
    """What was merged can be asked for."""
    data = sheet_of("", '<mergeCells><mergeCell ref="B2:D3"/></mergeCells>')
    assert read_workbook(data).sheets[0].merged == (Area(2, 2, 3, 4),)


def test_texts_of_several_pieces() -> None:
    """A text in several fonts is one text, and a line break from Windows is one break."""
    strings = f"<sst {MAIN}><si><r><t>satu </t></r><r><t>dua_x000D_\n</t></r></si></sst>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    data = altered({STRINGS: strings.encode(), SHEET: sheet.encode()})
    assert {(1, 1): Cell(Held.TEXT, "satu dua\n")} == read_workbook(data).sheets[0].cells


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("_x005F_x0041_", "_x0041_"),
        ("_x005F_x005F_", "_x005F_"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x0041_", "_x0041_"),
        ("a_x000D_\nb", "a\nb"),
        ("a_x0009_b", "a\tb"),
        ("x005F_", "x005F_"),
    ],
)
def test_coded_characters(written: str, text: str) -> None:
    """Control characters come in code, and what only looks like a code has its underline coded."""
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c>'
        f'<c r="B1" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c></row>'
    )
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    strings = f'<sst {MAIN}><si><t xml:space="preserve">{written}</t></si></sst>'
    book = read_workbook(altered({STRINGS: strings.encode(), SHEET: sheet.encode()}))
    assert [cell.value for cell in book.sheets[0].cells.values()] == [text, text]


@pytest.mark.parametrize(("row", "column", "name"), [(14, 4, "D14"), (1, 26, "Z1"), (9, 28, "AB9")])
def test_references(row: int, column: int, name: str) -> None:
    """Cells are named as Excel names them."""
    assert name == reference(row, column)


# What is refused


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    """Each is refused for its own reason, in one line in both languages."""
    why, make = HOSTILE[name]
    found = refusal(make())
    assert found is not None
    assert f"returned.{why}" == found.key
    assert all("\n" not in say(found, lang) for lang in Lang)


def test_hostile_files_in_the_process(reader: Reader) -> None:
    """One process refuses each in under two seconds, and then still reads an honest one."""
    for why, make in HOSTILE.values():
        data = make()
        begin = time.perf_counter()
        found = reader.read(data)
        assert time.perf_counter() - begin < 2
        assert isinstance(found, Message)
        assert f"returned.{why}" == found.key
    assert isinstance(reader.read(SMALL), Book)
    status = Path(f"/proc/{process_of(reader).pid}/status")
    if status.exists():  # Linux says how much memory a process had at most
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        assert int(peak.split()[1]) < 150_000


def test_the_process_can_be_killed() -> None:
    """A file that kills the process costs only itself."""
    with Reader() as reader:
        reader.read(SMALL)
        process = process_of(reader)
        process.kill()
        process.wait()
        dead = reader.read(SMALL)
        assert isinstance(dead, Message)
        assert dead.key == "returned.too_much"
        assert isinstance(reader.read(SMALL), Book)


TRIED = """
import signal, sys
from banyuasin_plan.formats.returned.serving import _renounce
_renounce()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open(sys.argv[1], "wb", buffering=0) as out:
    for harm in (lambda: bytearray(300_000_000), lambda: out.write(b"x" * 10)):
        try:
            harm()
            print("done")
        except (MemoryError, OSError) as error:
            print(type(error).__name__)
"""


def test_what_the_process_may_not(tmp_path: Path) -> None:
    """It gets no memory beyond its share, and can write nothing into any file."""
    pytest.importorskip("resource", reason="this system knows no limits for a process")
    done = subprocess.run(
        [sys.executable, "-c", TRIED, str(tmp_path / "x")],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == ["MemoryError", "OSError"]
    assert (tmp_path / "x").stat().st_size == 0


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["flip", "cut", "double"]), st.integers(0, 9_999), st.integers(0, 255)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_damage(damage: list[tuple[str, int, int]]) -> None:
    """Whatever bytes are flipped, lost or doubled: it is read or refused, and nothing else."""
    data = bytearray(SMALL)
    for kind, where, what in damage:
        at = where * len(data) // 10_000
        if kind == "flip" and data:
            data[at] ^= what
        elif kind == "cut":
            del data[at : at + what]
        else:
            data[at:at] = data[at : at + what]
    found = refusal(bytes(data))
    assert found is None or say(found, Lang.EN)


@given(st.sampled_from([SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml"]), st.data())
def test_damage_inside(part: str, data: st.DataObject) -> None:
    """The same inside a part, where the archive's checksums do not notice."""
    from tests.workbooks import members

    content = bytearray(members(SMALL)[part])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 12))
        content[at : at + length] = data.draw(st.binary(max_size=12))
    found = refusal(altered({part: bytes(content)}))
    assert found is None or say(found, Lang.EN)


def test_serving_without_a_process() -> None:
    """Question after question is answered, each on a line."""
    asked = b"".join(len(data).to_bytes(LENGTH_BYTES, "big") + data for data in (SMALL, b"%PDF"))
    answers = BytesIO()
    times: list[int] = []
    serve(BytesIO(asked), answers, lambda: times.append(1))
    first, second = answers.getvalue().splitlines()
    assert first.startswith(b'{"book"')
    assert second == (
        b'{"refused":{"key":"returned.not_a_workbook",'
        b'"params":{"kind":{"key":"returned.kind.pdf","params":{}}}}}'
    )
    assert len(times) == 2


def test_every_reason_has_words() -> None:
    """Whatever a workbook can be refused for is said in both languages."""
    reasons = {
        f"returned.{node.args[0].value!s}"
        for file in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "refuse"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(reasons) > 15
    assert all(reasons <= set(catalogue(lang)) for lang in Lang)
