"""`plan import` on the shipped plan: forms go out as workbooks, are filled in, and come back."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from difflib import ndiff
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
import pytest
from tests.commands import SMALL, alone, called, names
from tests.workbooks import members, zipped

from banyuasin_plan.cli.reporting import material_of
from banyuasin_plan.form import KEY, Returned
from banyuasin_plan.formats.difference import unified
from banyuasin_plan.formats.form import write_form
from banyuasin_plan.formats.returned.answers import returned_form
from banyuasin_plan.formats.returned.workbook import read_workbook
from banyuasin_plan.intake import Terms, take_in
from banyuasin_plan.reports.form import report_form
from banyuasin_plan.reports.planning import planning_form
from banyuasin_plan.workspace import load_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "plans" / "banyuasin"
GERTAS = "plan/gerakan/gertas.yaml"
FORM = "in/form-dkp.xlsx"


@pytest.fixture(scope="module")
def forms() -> dict[str, bytes]:
    """The forms of an agency and a camat, and the agency's for proposals."""
    loaded = load_plan(PLAN)
    material = material_of(loaded)
    return {
        "dkp": write_form(report_form(material, "dkp", loaded.revision, "id")),
        "betung": write_form(report_form(material, "betung", loaded.revision, "id")),
        "proposal": write_form(planning_form(material, "dkp", loaded.revision, "id")),
    }


class Desk(NamedTuple):
    """A folder with the plan and an inbox, and the forms to put there."""

    folder: Path
    forms: dict[str, bytes]
    run: Callable[..., Any]

    def put(self, name: str, *fill: tuple[str, str, object], file: str = FORM) -> Path:
        """A form in the inbox, with answers by key and field."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.forms[name])
        if fill:
            change(path, lambda book: answer(book.worksheets[0], *fill))
        return path

    def plan(self) -> dict[str, bytes]:
        """Every file of the plan."""
        files = sorted((self.folder / "plan").rglob("*.yaml"))
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in files}

    def difference(self, before: dict[str, bytes]) -> dict[str, tuple[list[str], list[str]]]:
        """The lines that went and came, by file."""
        return {
            name: _changed(before[name], data)
            for name, data in self.plan().items()
            if data != before[name]
        }


def _changed(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    lines = list(ndiff(before.decode().splitlines(), after.decode().splitlines()))
    gone, came = ([line[2:].strip() for line in lines if line[0] == sign] for sign in "-+")
    return gone, came


@pytest.fixture
def desk(
    tmp_path: Path,
    forms: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    """A desk of its own for each test."""
    shutil.copytree(PLAN, tmp_path / "plan")
    alone(monkeypatch, tmp_path)
    return Desk(tmp_path, forms, lambda *words: called(capsys, "import", *words, "--plan", "plan"))


def change(path: Path, how: Callable[[Workbook], object]) -> None:
    """Open a workbook as an office does, do something, and save it."""
    book = openpyxl.load_workbook(path)
    how(book)
    book.save(path)


def places(sheet: Worksheet) -> tuple[dict[str, int], dict[str, int]]:
    """The rows by key and the columns by mark."""
    head = next(row for row in sheet.iter_rows() if KEY in {cell.value for cell in row})
    columns = {str(cell.value): place for place, cell in enumerate(head, 1) if cell.value}
    keys = sheet.iter_rows(min_col=columns[KEY], max_col=columns[KEY], values_only=True)
    return {str(key): place for place, (key,) in enumerate(keys, 1)}, columns


def answer(sheet: Worksheet, *fill: tuple[str, str, object]) -> None:
    """Write answers where their rows and columns are."""
    rows, columns = places(sheet)
    for key, field, value in fill:
        sheet.cell(rows[key], columns[f"plan:{field}"]).value = value  # type: ignore[assignment]


ONE = ("gertas-04", "progress", 0.75)
CAME = {
    GERTAS: (["progress: 60", "reported: 2025-04-09"], ["progress: 75", "reported: 2025-04-10"])
}
"""What one answer changes in the plan, and all that it changes."""


@pytest.mark.long
def test_every_form_untouched() -> None:
    """Every form of the shipped plan, sent and read back, changes not one byte."""
    loaded = load_plan(PLAN)
    material = material_of(loaded)
    files: dict[str, Returned] = {}
    for one in material.plan.everybody():
        for make in (report_form, planning_form):
            page = make(material, one.id, loaded.revision, "id")
            if page.parts:
                found = returned_form(read_workbook(write_form(page)))
                assert isinstance(found, Returned)
                files[f"{page.form.kind} {one.id}"] = found
    assert len(files) > 70
    done = take_in(loaded, files, {}, Terms(loaded.as_of))
    assert (done.edited.texts, done.receipts) == ({}, {})
    assert all(one.accepted and not one.notes and not one.reported for one in done.outcomes)


# One answer, whatever became of the sheet


def as_it_is(_: Workbook) -> None:
    """Nothing but the answer."""


def sorted_backwards(book: Workbook) -> None:
    """The rows of the table in the other order, whole."""
    sheet = book.worksheets[0]
    rows, _ = places(sheet)
    numbers = [row for key, row in rows.items() if key.startswith("gertas")]
    held = {row: [cell.value for cell in sheet[row]] for row in numbers}
    for row, other in zip(numbers, reversed(numbers), strict=True):
        for cell, value in zip(sheet[row], held[other], strict=True):
            cell.value = value


def moved(book: Workbook) -> None:
    """Rows and columns put in before the table and in it."""
    sheet = book.worksheets[0]
    sheet.insert_rows(3, 2)
    sheet.insert_rows(13)
    sheet.insert_cols(1)
    sheet.insert_cols(7)


def hidden(book: Workbook) -> None:
    """Filtered rows, hidden columns, and what was hidden brought to light."""
    sheet = book.worksheets[0]
    rows, columns = places(sheet)
    sheet.row_dimensions[rows["gertas-04"]].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[1].hidden = False
    sheet.column_dimensions["A"].hidden = False
    sheet.auto_filter.ref = f"A8:M{max(rows.values())}"
    sheet.auto_filter.add_filter_column(columns["plan:progress"] - 1, ["0.4"])


def renamed(book: Workbook) -> None:
    """Other names, another order of sheets, and a sheet of one's own."""
    book.worksheets[0].title = "Jawaban DKP"
    book.worksheets[1].title = "x"
    book.move_sheet(book.worksheets[0], 2)
    book.create_sheet("Catatan kami", 0)["B2"] = "=1+1"


def rows_lost(book: Workbook) -> None:
    """Rows without an answer deleted."""
    sheet = book.worksheets[0]
    rows, _ = places(sheet)
    for key in ("gertas-11", "gertas-06"):
        sheet.delete_rows(places(sheet)[0][key])
    assert len(places(sheet)[0]) == len(rows) - 2


@pytest.mark.parametrize("how", [as_it_is, sorted_backwards, moved, hidden, renamed, rows_lost])
def test_one_cell(desk: Desk, how: Callable[[Workbook], None]) -> None:
    """Exactly that value and that row's day of report change, and a second time nothing."""
    path = desk.put("dkp", ONE)
    change(path, how)
    before = desk.plan()
    assert desk.run("in").code == 0
    assert desk.difference(before) == CAME
    file = desk.folder / "plan" / "plan.yaml"
    file.write_bytes(file.read_bytes().replace(b"as_of: 2025-04-10", b"as_of: 2025-04-11"))
    after = desk.plan()
    assert desk.run("in").code == 0
    assert after == desk.plan()


@pytest.mark.judge
def test_one_cell_after_libreoffice(desk: Desk, soffice: Callable[..., list[Path]]) -> None:
    """The same when LibreOffice saved the form before and after it was filled in."""
    path = desk.put("dkp")
    [saved] = soffice("xlsx", path)
    shutil.copy(saved, path)
    change(path, lambda book: answer(book.worksheets[0], ONE))
    [saved] = soffice("xlsx", path)
    shutil.copy(saved, path)
    before = desk.plan()
    done = desk.run("in")
    assert (done.code, done.err) == (0, "")
    assert "catatan" not in done.out, "all that it shows is known again"
    assert desk.difference(before) == CAME


# What is said


def test_text(desk: Desk) -> None:
    """What was taken, the difference in the plan, and how much it is in all."""
    desk.put("dkp", ONE)
    out = desk.run("in", "--lang", "en").out
    assert "in/form-dkp.xlsx (Dinas Ketahanan Pangan): 1 value taken, 1 milestone reported\n" in out
    assert "  gertas-04 progress: 60% → 75%  (Laporan!F9)\n" in out
    assert f"--- a/{GERTAS}\n+++ b/{GERTAS}\n" in out
    assert "-        progress: 60\n+        progress: 75\n" in out
    assert out.endswith(
        f"1 file: 1 taken, 0 refused; 1 value, 0 conflicts, 0 proposals\nWritten: {GERTAS}\n"
    )


def test_dry_run(desk: Desk) -> None:
    """Everything is said and nothing written: not the plan, nor receipts, nor replies."""
    desk.put("dkp", ONE)
    before = desk.plan()
    done = desk.run("in", "--dry-run", "--replies", "out", "--lang", "en")
    assert (done.code, desk.plan()) == (0, before)
    assert "+        progress: 75\n" in done.out
    assert "Nothing was written" in done.out
    assert sorted(file.name for file in desk.folder.iterdir()) == ["in", "plan"]
    assert not (desk.folder / "plan" / ".plan.received.json").exists()


def test_one_bad_file_blocks_no_other(desk: Desk) -> None:
    """The good form is taken, the bad one named with its cell, and the exit code says so."""
    desk.put("dkp", ONE, ("gertas-11", "note", "=1+1"))
    desk.put("betung", ("gertas-05@betung", "delivered", date(2025, 4, 9)), file="in/betung.xlsx")
    (desk.folder / "in" / "lama.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (desk.folder / "in" / "~$betung.xlsx").write_bytes(b"")
    (desk.folder / "in" / "foto.jpg").write_bytes(b"\xff\xd8\xff")
    done = desk.run("in", "--lang", "en")
    assert done.code == 1
    assert "in/betung.xlsx (Camat of Betung): 1 value taken" in done.out
    assert (
        "  Laporan!M10 gertas-11: a formula stands here (=1+1); write the value itself" in done.out
    )
    assert "in/lama.xls: refused\n  it is in the old format .xls" in done.out
    assert "Passed over, no workbooks: in/foto.jpg" in done.out
    assert "~$" not in done.out
    assert "betung: 2025-04-09" in done.out or "betung: {on: 2025-04-09" in done.out


def test_conflict(desk: Desk) -> None:
    """The three values, the cell and the line, until somebody says who counts."""
    desk.put("dkp", ONE)
    file = desk.folder / GERTAS
    file.write_text(
        file.read_text(encoding="utf-8").replace("progress: 60", "progress: 65"), "utf-8"
    )
    line = file.read_text(encoding="utf-8").splitlines().index("        progress: 65") + 1
    before = desk.plan()
    done = desk.run("in", "--lang", "en")
    assert (done.code, desk.plan()) == (1, before)
    said = "  Laporan!F9 gertas-04 progress: sent 60%, the form says 75%, the plan 65%"
    assert f"{said} ({GERTAS}:{line})\n" in done.out
    assert "--take theirs" in done.out
    assert desk.run("in", "--take", "ours").code == 0
    assert b"progress: 65" in desk.plan()[GERTAS]
    assert desk.run("in", "--take", "theirs").code == 0
    assert b"progress: 75" in desk.plan()[GERTAS]


def test_an_office_corrects_itself(desk: Desk) -> None:
    """The same workbook, filled in further and sent again, replaces what it said before."""
    path = desk.put("dkp", ONE, ("plan:reported", "answer", date(2025, 4, 9)))
    assert desk.run("in").code == 0
    change(path, lambda book: answer(
        book.worksheets[0],
        ("gertas-04", "progress", 0.8), ("plan:reported", "answer", date(2025, 4, 10)),
    ))  # fmt: skip
    assert desk.run("in").code == 0
    assert b"progress: 80" in desk.plan()[GERTAS]


def test_json(desk: Desk) -> None:
    """The same for machines."""
    desk.put("dkp", ONE, ("gertas-04", "started", date(2025, 3, 20)))
    found = json.loads(desk.run("in", "--format", "json", "--dry-run").out)
    assert found["summary"] | {"values": 2} == found["summary"]
    assert (found["plan"], found["written"], found["changed"]) == ("banyuasin-100", False, [GERTAS])
    [file] = found["files"]
    assert (file["owner"], file["accepted"], file["reported"]) == ("dkp", True, ["gertas-04"])
    assert file["taken"][0] == {
        "milestone": "gertas-04", "district": None, "field": "progress", "before": 60, "after": 75,
        "sheet": "Laporan", "cell": "F9",
    }  # fmt: skip
    assert file["taken"][1]["after"] == "2025-03-20"


def test_json_of_what_is_refused(desk: Desk) -> None:
    """Reasons, conflicts and proposals have their cells."""
    desk.put("dkp", ("gertas-04", "progress", "banyak"))
    desk.put(
        "proposal", ("new-01", "program", "gertas"), ("new-01", "name", "Panen"), file="in/p.xlsx"
    )
    found = json.loads(desk.run("in", "--format", "json", "--lang", "en").out)
    bad, proposal = found["files"]
    assert bad["refused"] == [
        {
            "milestone": "gertas-04",
            "district": None,
            "message": "banyak is no percentage; write 75 or 75%",
            "sheet": "Laporan",
            "cell": "F9",
        }
    ]
    assert proposal["proposals"][0]["id"] is None


def test_proposals(desk: Desk) -> None:
    """Listed first, then taken in under the next free id, once."""
    fill = [("new-03", "program", "gertas Gertas"), ("new-03", "name", "Panen bersama")]
    desk.put("proposal", *fill, ("new-03", "duration", 5), ("new-03", "due", date(2025, 5, 20)))
    before = desk.plan()
    done = desk.run("in", "--lang", "en")
    assert (done.code, desk.plan()) == (0, before)
    assert "proposed for gertas: Panen bersama (--new takes it in)" in done.out
    assert desk.run("in", "--new").code == 0
    gone, came = desk.difference(before)[GERTAS]
    assert gone == []
    assert came[:2] == ["- id: gertas-13", "name: Panen bersama"]
    assert set(came[2:]) == {"duration: 5d", "due: 2025-05-20"}
    after = desk.plan()
    assert desk.run("in", "--new").code == 0
    assert after == desk.plan()


def test_replies(desk: Desk) -> None:
    """A text for each file: what was recorded, what has to be put right, in the plan's language."""
    desk.put("dkp", ONE)
    desk.put("betung", ("gertas-05@betung", "amount", "banyak"), file="in/betung.xlsx")
    desk.put("betung", file="in/camat/betung.xlsx")
    (desk.folder / "in" / "rusak.xlsx").write_bytes(b"PK\x03\x04")
    desk.run("in", "--replies", "out")
    texts = {
        file.name: file.read_text(encoding="utf-8") for file in (desk.folder / "out").iterdir()
    }
    assert sorted(texts) == ["betung-2.txt", "betung.txt", "form-dkp.txt", "rusak.txt"]
    assert texts["form-dkp.txt"] == (
        "Yth. Dinas Ketahanan Pangan\n\n"
        "Terima kasih. Formulir form-dkp.xlsx sudah kami terima dan kami catat:\n"
        "- Bibit dan polibag dipesan melalui e-katalog, Kemajuan (%): 60% → 75%\n\n"
        "Terima kasih.\n"
    )
    assert "1. lembar Kecamatan, sel G" in texts["betung.txt"]
    assert "banyak bukan angka" in texts["betung.txt"]
    assert "belum dapat kami catat" in texts["betung.txt"]
    assert "Isinya sama seperti saat dikirim" in texts["betung-2.txt"]
    assert texts["rusak.txt"].startswith("Terima kasih atas berkas rusak.xlsx. Berkas ini belum")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "say which forms came back"),
        (("in", "--take", "mine"), 2, "--take: mine is none of theirs and ours"),
        (("in", "--dates", "ymd"), 2, "--dates: ymd"),
        (("in", "--only", "gertas-4"), 2, "nothing in the plan is called gertas-4"),
        (("in", "--format", "csv"), 2, "--format: csv"),
    ],
)
def test_wrong_usage(desk: Desk, words: tuple[str, ...], code: int, said: str) -> None:
    """What can't be meant is said before anything is read."""
    desk.put("dkp")
    done = desk.run(*words, "--lang", "en")
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_files_that_are_not_there(desk: Desk) -> None:
    """A name that nothing has is said to be that, stops no other form, and gets no reply."""
    desk.put("dkp", ONE)
    done = desk.run("nowhere.xlsx", "nowhere/", "in", "--replies", "out", "--lang", "en")
    assert (done.code, "1 taken, 2 refused" in done.out) == (1, True)
    assert "nowhere.xlsx: refused\n  it is not there" in done.out
    assert names(desk.folder / "out") == ["form-dkp.txt"]


def test_files_that_are_not_given_out(desk: Desk) -> None:
    """What is there and no file is refused like one that can't be read."""
    os.mkfifo(desk.folder / "f.xlsx")
    assert "f.xlsx: refused\n  the system does not" in desk.run("f.xlsx", "--lang", "en").out


def test_folders_without_a_form(desk: Desk) -> None:
    """An empty folder, or one of other things, is an error in its own words."""
    (desk.folder / "in").mkdir()
    (desk.folder / "in" / "foto.jpg").write_bytes(b"\xff\xd8\xff")
    done = desk.run("in", "--lang", "en")
    assert (done.code, done.out) == (3, "")
    assert done.err == "plan: no form in in; forms are workbooks (.xlsx)\n"


def test_warnings_that_come_with_a_form(desk: Desk) -> None:
    """What `plan validate --strict` would stop at is said when it comes in, and only that."""
    desk.put("dkp", ONE, ("gertas-11", "progress", 1))
    fill = [("new-01", "program", "gertas"), ("new-01", "name", "Panen"), ("new-01", "budget", 5)]
    desk.put("proposal", *fill, file="in/usulan.xlsx")
    err = desk.run("in", "--new", "--lang", "en").err
    said = [
        line.split("warning ")[1].split(":")[0] for line in err.splitlines() if "warning" in line
    ]
    assert said == ["W403", "W501", "W503", "W510"], err
    assert desk.run("in", "--new").err == ""


def test_a_milestone_reported_before_counts(desk: Desk) -> None:
    """A value taken is a report, on whichever day the last one was."""
    desk.put("dkp", ("gertas-11", "progress", 0.9))
    assert "1 value taken, 1 milestone reported\n" in desk.run("in", "--lang", "en").out


def test_a_day_after_the_plans_own(desk: Desk) -> None:
    """Nothing is dated after `as_of`, where it would be an error; `import` and `set` say so."""
    desk.put("dkp", ONE)
    before = desk.plan()
    done = desk.run("in", "--today", "2025-04-12", "--lang", "en")
    assert (done.code, done.out, desk.plan()) == (2, "", before)
    assert "it lies after the plan's data date 10 Apr 2025 (as_of)\n" in done.err
    assert done.err.endswith("move the data date first: plan set banyuasin-100 as_of=2025-04-12\n")
    assert desk.run("in", "--today", "2025-04-09", "--dry-run").code == 1, "sent on a later day"


def test_replies_to_what_is_known(desk: Desk) -> None:
    """Only a form that nobody filled in is called empty, and each kind is told what it asks."""
    path = desk.put("dkp", ONE)
    fill = [("new-01", "program", "gertas"), ("new-01", "name", "Panen"), ("new-01", "budget", 5)]
    desk.put("proposal", *fill, file="in/usulan.xlsx")
    desk.put("proposal", file="in/kosong.xlsx")
    desk.run("in", "--new")
    old = path.read_bytes()
    desk.run("in", "--new", "--replies", "out")
    out = desk.folder / "out"
    for name in ("form-dkp", "usulan"):
        text = (out / f"{name}.txt").read_text(encoding="utf-8")
        assert "Semua isinya sudah tercatat" in text, name
    assert "Belum ada baris yang diisi" in (out / "kosong.txt").read_text(encoding="utf-8")
    late = ("plan:reported", "answer", date(2025, 4, 10))
    change(path, lambda book: answer(book.worksheets[0], ("gertas-04", "progress", 0.8), late))
    assert desk.run("in").code == 0
    path.write_bytes(old)
    change(path, lambda book: answer(
        book.worksheets[0], ("plan:reported", "answer", date(2025, 4, 9)),
    ))  # fmt: skip
    desk.run(FORM, "--replies", "out")
    text = (out / "form-dkp.txt").read_text(encoding="utf-8")
    assert (
        "Tidak ada catatan baru darinya.\n\nMohon diperhatikan:\n- lembar Laporan, sel F9" in text
    )


def test_a_plan_with_errors_takes_nothing(desk: Desk) -> None:
    """Forms are not written into a plan that is wrong already."""
    desk.put("dkp", ONE)
    file = desk.folder / "plan" / "owners.yaml"
    file.write_bytes(file.read_bytes() + b"nonsense: 1\n")
    before = desk.plan()
    done = desk.run("in")
    assert (done.code, done.out, desk.plan()) == (1, "", before)
    assert "E101" in done.err


def test_a_plan_of_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """Receipts lie beside a plan of one file; they are no part of it."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "uji.yaml").write_text(SMALL, encoding="utf-8")
    assert called(capsys, "export", "form", "--owner", "dinkes", "-o", "f.xlsx").code == 0
    change(tmp_path / "f.xlsx", lambda book: answer(
        book.worksheets[0], ("sehat-02", "progress", 0.2), ("sehat-02", "blocker", "listrik padam"),
    ))  # fmt: skip
    assert called(capsys, "import", "f.xlsx").code == 0
    text = (tmp_path / "uji.yaml").read_text(encoding="utf-8")
    assert "progress: 20, reported: 2025-04-10" in text
    assert "what: listrik padam" in text
    assert names(tmp_path) == [".plan.received.json", "f.xlsx", "uji.yaml"]
    assert called(capsys, "validate").code == 0


def test_only_and_dates(desk: Desk) -> None:
    """A part of a form on purpose, and an order for dates that leave it open."""
    desk.put("dkp", ONE, ("gertas-11", "progress", "banyak"), ("gertas-04", "started", "3/4/2025"))
    assert desk.run("in", "--only", "gertas-04").code == 1
    done = desk.run("in", "--only", "gertas-04", "--dates", "dmy", "--lang", "en")
    assert done.code == 0
    assert "note: left out by --only: gertas-11" not in done.out, "what was not read is not said"
    assert b"started: 2025-04-03" in desk.plan()[GERTAS]


def test_cells_that_nobody_asked(desk: Desk) -> None:
    """What stands where nothing was asked, or under no column, is not lost in silence."""
    path = desk.put("betung", ("cerdas-08@betung", "amount", 40), file="in/betung.xlsx")
    change(path, lambda book: book.worksheets[0].delete_cols(9))
    done = desk.run("in", "--lang", "en")
    assert done.code == 0
    assert "note: Kecamatan!G12: this cell is not asked and was not taken: 40" in done.out
    assert "note: columns that did not come back: blocker" in done.out


def test_dates_are_asked_for(desk: Desk) -> None:
    """Who imports is told how to settle what the form leaves open."""
    desk.put("dkp", ("gertas-04", "started", "3/4/2025"))
    done = desk.run("in", "--lang", "en")
    assert (done.code, "--dates dmy reads 4/3/2025 as 4 March" in done.out) == (1, True)


def test_pictures_and_remarks(desk: Desk) -> None:
    """What lies beside the cells is named, since nobody may think that it was taken."""
    path = desk.put("dkp", ONE)
    parts = members(path.read_bytes())
    parts |= {"xl/media/image1.png": b"\x89PNG", "xl/comments1.xml": b"<comments/>"}
    path.write_bytes(zipped(parts.items()))
    done = desk.run("in", "--lang", "en")
    assert done.code == 0
    assert "note: it holds 1 picture, which the plan can't take" in done.out
    assert "note: it holds comments beside cells" in done.out


def test_reply_to_a_conflict(desk: Desk) -> None:
    """The office is asked which of two values is right, and sees both."""
    desk.put("dkp", ONE)
    file = desk.folder / GERTAS
    file.write_bytes(file.read_bytes().replace(b"progress: 60", b"progress: 65"))
    desk.run("in", "--replies", "out")
    text = (desk.folder / "out" / "form-dkp.txt").read_text(encoding="utf-8")
    assert (
        "1. lembar Laporan, sel F9 (Bibit dan polibag dipesan melalui e-katalog, Kemajuan (%)): "
        "tertulis 75%, padahal sejak formulir dikirim (60%) yang tercatat pada kami 65%. "
        "Mana yang benar?\n\n"
        "Cukup dijawab; formulirnya tidak perlu dikirim lagi.\n"
    ) in text


def test_reply_to_what_was_only_reported(desk: Desk) -> None:
    """Rows whose day of report moves are counted, notes are told, proposals thanked for."""
    desk.put("dkp", ("plan:no_change", "answer", "ya"))
    fill = [("new-01", "program", "gertas"), ("new-01", "name", "Panen bersama")]
    desk.put("proposal", *fill, file="in/usulan.xlsx")
    change(desk.folder / FORM, lambda book: book.worksheets[0].delete_rows(9))
    desk.run("in", "--replies", "out")
    text = (desk.folder / "out" / "form-dkp.txt").read_text(encoding="utf-8")
    assert "- dilaporkan tanpa perubahan: 6 rencana aksi\n" in text
    assert "Mohon diperhatikan:\n- baris yang tidak kembali" in text
    proposal = (desk.folder / "out" / "usulan.txt").read_text(encoding="utf-8")
    assert "Usulan yang kami terima:\n- Panen bersama\n" in proposal


def test_differences_without_a_last_line_end() -> None:
    """A text that does not end its last line says so, and nothing steers a terminal."""
    old, new = {"a": b"x: 1\ny: 2"}, {"a": "x: 1\ny: 3\u202e".encode()}
    assert unified(old, new) == (
        "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n x: 1\n-y: 2\n\\ No newline at end of file\n"
        "+y: 3\\u{202e}\n\\ No newline at end of file\n"
    )
    assert not unified(old, {})


def _in_the_margin(book: Workbook) -> None:
    book.worksheets[0].cell(12, 15).value = "di samping"


def _over_the_due(book: Workbook) -> None:
    book.worksheets[0].cell(10, 3).value = "menyusul"


def _in_a_new_column(book: Workbook) -> None:
    sheet = book.worksheets[0]
    sheet.insert_cols(5)
    sheet.cell(11, 5).value = "di kolom baru"


def _on_a_new_sheet(book: Workbook) -> None:
    book.create_sheet("Lampiran").cell(2, 1).value = "foto menyusul"


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (_in_the_margin, "Laporan!O12: written where nothing is asked, and not taken: di samping"),
        (_over_the_due, "Laporan!C10: written where nothing is asked, and not taken: menyusul"),
        (_in_a_new_column, "Laporan!E11: written where nothing is asked"),
        (_on_a_new_sheet, "Lampiran!A2: written where nothing is asked"),
    ],
)
def test_written_beside_the_form(how: Callable[[Workbook], None], said: str, desk: Desk) -> None:
    """What an office wrote elsewhere than in its answers is named with its cell."""
    path = desk.put("dkp", ONE)
    change(path, how)
    done = desk.run("in", "--lang", "en")
    assert (done.code, done.out.count("note: ")) == (0, 1)
    assert f"note: {said}" in done.out


def test_much_written_beside_the_form(desk: Desk) -> None:
    """Of many cells the first are named, of the others only how many; long texts are cut."""
    path = desk.put("dkp")

    def attach(book: Workbook) -> None:
        sheet = book.create_sheet("Lampiran")
        for row in range(1, 26):
            sheet.cell(row, 1).value = f"foto {row} " + "panjang " * 40

    change(path, attach)
    done = desk.run("in", "--lang", "en")
    assert done.out.count("note: Lampiran!A") == 10
    assert "note: ... and 15 more such cells\n" in done.out
    assert max(map(len, done.out.splitlines())) < 160


def test_all_rows_deleted(desk: Desk) -> None:
    """A form without one row that was sent is refused, though its head is there."""
    path = desk.put("dkp", ("plan:no_change", "answer", "ya"))
    change(path, lambda book: book.worksheets[0].delete_rows(9, 20))
    done = desk.run("in", "--lang", "en")
    assert done.code == 1
    assert "in/form-dkp.xlsx: refused\n  it has no rows left to read" in done.out
    assert "note" not in done.out
