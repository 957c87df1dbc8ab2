"""The verifier's form: sent, filled in, taken into the plan; and what is refused of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest
from tests.commands import Outcome, alone, called, names
from tests.test_importing import answer, change

from banyuasin_plan.cli.reporting import material_of
from banyuasin_plan.form import ANSWER, KEY, REPORTED, Returned, packed, unpacked
from banyuasin_plan.formats.form import write_form
from banyuasin_plan.formats.returned.answers import returned_form
from banyuasin_plan.formats.returned.workbook import read_workbook
from banyuasin_plan.intake import Terms, take_in
from banyuasin_plan.reports.verifying import verifiers_of, verify_form
from banyuasin_plan.workspace import load_plan

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
FILE = "verify-inspektorat-2025-04-10.xlsx"
PLAN = """\
plan: {id: uji, name: Rencana uji, start: 2025-02-20, as_of: 2025-04-10}
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: inspektorat, name: Inspektorat}
districts: [{id: betung, name: Betung}, {id: sembawa, name: Sembawa}]
programs:
  - id: sehat
    name: Sehat
    outcome: Loket buka sampai sore
    lead: dinkes
    verifier: inspektorat
    milestones:
      - id: sehat-01
        name: Daftar
        measure: daftar
        duration: 5d
        due: 2025-03-14
        finished: 2025-03-13
        evidence: [{ref: SK 12}]
        # tetap di sini
      - id: sehat-02
        name: Posyandu
        measure: foto
        duration: 5d
        due: 2025-03-14
        districts: [betung, sembawa]
        delivered:
          betung: 2025-03-12  # berita acara menyusul
          sembawa: {on: 2025-03-13, evidence: BA 7}
      - id: sehat-03
        name: Pemeriksaan internal
        measure: laporan
        owner: inspektorat
        duration: 5d
        due: 2025-03-14
        finished: 2025-03-13
"""
DAY = date(2025, 4, 9)


class Desk(NamedTuple):
    """A folder with a plan and the verifier's form."""

    folder: Path
    run: Callable[..., Outcome]

    @property
    def plan(self) -> Path:
        """The plan's only file."""
        return self.folder / "plan.yaml"

    def fill(self, *answers: tuple[str, str, object]) -> None:
        """Write answers into the form by key and field."""
        change(self.folder / FILE, lambda book: answer(book.worksheets[0], *answers))

    def take(self, *options: str) -> Outcome:
        """Take the form in."""
        return self.run("import", FILE, *options)

    def came(self, before: str = PLAN) -> list[str]:
        """The lines that the plan has and had not."""
        old = before.splitlines()
        return [line.strip() for line in self.plan.read_text().splitlines() if line not in old]


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """A desk with the form as it was sent."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    made = Desk(tmp_path, lambda *words: called(capsys, *words, "--lang", "en"))
    assert made.run("export", "form", "--verify", "--owner", "inspektorat").code == 0
    return made


def test_the_form(desk: Desk) -> None:
    """It asks about what the verifier may vouch for, delivery by delivery, and survives packing."""
    form = returned_form(read_workbook((desk.folder / FILE).read_bytes()))
    assert isinstance(form, Returned)
    assert (form.sent.kind, form.sent.owner) == ("verify", "inspektorat")
    keys = ["sehat-02@betung", "sehat-01", "sehat-02@sembawa"]
    assert [row.key for row in form.sent.rows] == keys
    assert unpacked(packed(form.sent)) == form.sent


def test_all_verifiers(desk: Desk) -> None:
    """`--all` writes one for each that is named, and says how many claims name nobody."""
    found = desk.run("export", "form", "--verify", "--all", "-o", "out")
    assert names(desk.folder / "out") == [FILE]
    assert found.err == "1 claim names no verifier: plan verify shows it\n"
    assert "Inspektorat, 3 rows" in found.out


def test_only_a_spot_check(desk: Desk) -> None:
    """`--sample` sends those drawn, the same as `plan verify` lists."""
    made = desk.run("export", "form", "--verify", "--owner", "inspektorat", "--force",
                    "--sample", "1", "--seed", "4")  # fmt: skip
    assert made.out.endswith("Inspektorat, 1 row\n")
    listed = desk.run(
        "verify", "--by", "inspektorat", "--sample", "1", "--seed", "4", "--format", "csv"
    )
    book = openpyxl.load_workbook(desk.folder / FILE)
    form = unpacked([str(row[0].value) for row in book["_plan"]])
    assert form is not None
    [key] = [row.key for row in form.rows]
    assert key.partition("@")[0] in listed.out


def test_untouched(desk: Desk) -> None:
    """The form as it was sent changes no byte."""
    assert desk.take().code == 0
    assert desk.plan.read_text() == PLAN


def test_every_form_of_the_shipped_plan_untouched() -> None:
    """The verifiers' forms of the shipped plan, sent and read back, change not one byte."""
    loaded = load_plan(ROOT / "plans" / "banyuasin")
    material = material_of(loaded)
    files = {}
    for name in verifiers_of(material):
        page = verify_form(material, name, loaded.revision, "id")
        found = returned_form(read_workbook(write_form(page)))
        assert isinstance(found, Returned)
        assert len(found.answers) == 2 * len(page.form.rows) > 0
        files[name] = found
    done = take_in(loaded, files, {}, Terms(loaded.as_of))
    assert [one.accepted for one in done.outcomes] == [True] * len(files)
    assert done.edited.texts == {}


def test_verified(desk: Desk) -> None:
    """A day is written with its verifier, for a delivery as its day; nothing else changes."""
    desk.fill(("sehat-01", "verified", DAY), ("sehat-02@betung", "verified", DAY))
    found = desk.take()
    assert (found.code, found.err.count("warning "), "W410" in found.err) == (0, 1, True)
    assert "2 values taken\n" in found.out, "a verifier reports nothing"
    assert desk.came() == [
        "verified: {by: inspektorat, on: 2025-04-09}",
        "betung: {on: 2025-03-12, verified: 2025-04-09}  # berita acara menyusul",
    ]
    after = desk.plan.read_text()
    assert "reported" not in after
    assert "# tetap di sini" in after
    assert desk.take().code == 0
    assert desk.plan.read_text() == after


def test_sent_back(desk: Desk) -> None:
    """A reason is appended with whose, on the day of the checks, and once."""
    desk.fill(
        ("sehat-01", "returned", "cap basah tidak ada"),
        ("sehat-02@sembawa", "returned", "salah"),
        (REPORTED, ANSWER.removeprefix("plan:"), DAY),
    )
    assert desk.take().code == 0
    after = desk.plan.read_text()
    assert desk.came() == [
        "returned:",
        "- {by: inspektorat, on: 2025-04-09, why: cap basah tidak ada}",
        "returned:",
        "- {by: inspektorat, on: 2025-04-09, why: salah, district: sembawa}",
    ]
    assert desk.take().code == 0
    assert desk.plan.read_text() == after
    assert "sehat-01" not in desk.run("export", "form", "--verify", "--all", "-o", "o").err


def test_a_later_day_of_the_same_verifier(desk: Desk) -> None:
    """A verifier corrects the day in a later form; somebody else's day is a conflict."""
    desk.fill(("sehat-01", "verified", date(2025, 4, 8)))
    desk.fill((REPORTED, "answer", date(2025, 4, 8)))
    assert desk.take().code == 0
    desk.fill(("sehat-01", "verified", DAY), (REPORTED, "answer", DAY))
    assert desk.take().code == 0
    assert "{by: inspektorat, on: 2025-04-09}" in desk.plan.read_text()
    changed = desk.plan.read_text().replace("on: 2025-04-09", "on: 2025-04-07")
    desk.plan.write_text(changed)
    assert desk.take().code == 1
    assert desk.plan.read_text() == changed
    assert desk.take("--take", "theirs").code == 0
    assert "{by: inspektorat, on: 2025-04-09}" in desk.plan.read_text()


REFUSED = {
    "both": (
        (("sehat-01", "verified", DAY), ("sehat-01", "returned", "tidak ada")),
        "",
        "both a day of verification and a reason",
    ),
    "before it was done": (
        (("sehat-01", "verified", date(2025, 3, 12)),),
        "",
        "the day of verification 12 Mar 2025 is before the day it was done (13 Mar 2025)",
    ),
    "to come": (
        (("sehat-02@betung", "verified", date(2025, 4, 11)),),
        "",
        "sehat-02@betung: the day of verification 11 Apr 2025 is after the data date 10 Apr 2025",
    ),
    "its own by now": (
        (("sehat-01", "verified", DAY),),
        "        name: Daftar\n        owner: inspektorat\n",
        "sehat-01 was done by this verifier itself",
    ),
    "not done any more": (
        (("sehat-01", "returned", "tidak ada"),),
        "        name: Daftar\n        progress: 90\n",
        "sehat-01 is no longer reported done",
    ),
    "sent back before it was done": (
        (("sehat-01", "returned", "tidak ada"), (REPORTED, "answer", date(2025, 3, 12))),
        "",
        "the report date 12 Mar 2025 is before the day it was done (13 Mar 2025)",
    ),
    "not a day": ((("sehat-01", "verified", "sudah"),), "", "sudah is no date"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, desk: Desk) -> None:
    """What can't be meant is refused with its cell, and nothing of the form is taken."""
    answers, plan, said = REFUSED[name]
    before = PLAN.replace("        name: Daftar\n", plan or "        name: Daftar\n")
    if "progress" in plan:
        before = before.replace(
            "        finished: 2025-03-13\n        evidence", "        evidence"
        )
    desk.plan.write_text(before)
    desk.fill(*answers, ("sehat-02@sembawa", "verified", DAY))
    found = desk.take()
    assert found.code == 1
    assert said in found.out
    assert "Verification!" in found.out
    assert desk.plan.read_text() == before


def test_verified_is_not_sent_back(desk: Desk) -> None:
    """What has been verified since is not sent back before that is taken out."""
    before = PLAN.replace("        evidence: [", "        verified: {by: inspektorat, on: "
                          "2025-04-02}\n        evidence: [", 1)  # fmt: skip
    desk.plan.write_text(before)
    desk.fill(("sehat-01", "returned", "tidak ada"))
    assert "sehat-01 was verified on 2 Apr 2025; take that out first" in desk.take().out
    assert desk.plan.read_text() == before


def test_sorted_and_hidden(desk: Desk) -> None:
    """Rows are known by their key, wherever they stand."""

    def turn(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        rows = [row for row in sheet.iter_rows() if str(row[0].value).startswith("sehat")]
        values = [[cell.value for cell in row] for row in rows]
        for row, found in zip(rows, reversed(values), strict=True):
            for cell, value in zip(row, found, strict=True):
                cell.value = value
        assert KEY in {cell.value for cell in sheet[1]}

    desk.fill(("sehat-01", "verified", DAY))
    change(desk.folder / FILE, turn)
    assert desk.take().code == 0
    assert desk.came() == ["verified: {by: inspektorat, on: 2025-04-09}"]


WRONG = {
    "two forms": (["--verify", "--planning", "--owner", "inspektorat"], "--verify and --planning"),
    "no one": (["--verify"], "say for whom"),
    "a draw of reports": (["--owner", "dinkes", "--sample", "5"], "go with --verify"),
    "a draw of nothing": (["--verify", "--all", "--sample", "0"], "neither a percentage"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage(name: str, desk: Desk) -> None:
    """Wrong usage exits 2 and says what is wrong."""
    arguments, said = WRONG[name]
    found = desk.run("export", "form", *arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err


def test_nothing_to_verify(desk: Desk) -> None:
    """An office to which nothing falls gets a line and no file."""
    (desk.folder / FILE).unlink()
    desk.plan.write_text(PLAN.replace("owner: inspektorat", "owner: dinkes"))
    found = desk.run("export", "form", "--verify", "--owner", "dinkes")
    assert found == (0, "", "Nothing to verify for dinkes\n")
