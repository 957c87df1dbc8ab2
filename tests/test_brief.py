"""The page for whoever leads, what an office owes, and both as letters for WhatsApp."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.commands import SMALL, alone, called, names
from tests.conftest import ROOT
from tests.plans import Written, milestone
from tests.repositories import OWN, needs_git, repo_in
from tests.standing_plans import PLAIN, as_json, material, plan_of, program

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.formats.letter import MOST, shortened, write_letter
from banyuasin_plan.formats.lines import width
from banyuasin_plan.plan.model import Decision
from banyuasin_plan.report import Letter, Section
from banyuasin_plan.reports import brief, owed
from banyuasin_plan.words import Lang, message, say

if TYPE_CHECKING:
    from pathlib import Path

    from banyuasin_plan.plan.model import Plan

DAY = "2025-03-18"
"""Tuesday, day 16."""


def named(name: str, words: str, duration: str = "1d", **rest: Any) -> Written:
    """A milestone under a name of its own."""
    return {**milestone(name, duration, **rest), "name": words}


def sample() -> Plan:
    """One of each: late, near, sent back, without evidence, blocked, and far."""
    back = [{"by": "inspektorat", "on": "2025-03-14", "why": "foto tanpa tanggal"}]
    stuck = [{"since": "2025-03-13", "what": "lahan", "need": "lahan diputuskan"}]
    plan = plan_of(
        program(
            "p",
            named("a-1", "Data awal", due="2025-03-07", reported="2025-03-11"),
            named("a-2", "Daftar penerima", due="2025-03-25", measure="daftar bertanda tangan"),
            named("a-3", "Bibit", due="2025-03-26", returned=back),
            named(
                "a-4", "Pelatihan", due="2025-03-12", finished="2025-03-12", measure="daftar hadir"
            ),
            named("a-5", "Penanaman", due="2025-06-05", blockers=stuck),
            named(
                "b-1",
                "Pekarangan",
                "5d",
                due="2025-03-14",
                owner="setda",
                districts=["betung", "sembawa"],
                delivered={"betung": {"on": "2025-03-12", "reported": "2025-03-12"}},
            ),
        ),
        notice="Contoh",
        **PLAIN,
    )
    orders = (
        {"id": "o-1", "on": "2025-03-10", "by": "setda", "text": "Tanam", "owner": "dinkes"},
        {"id": "o-2", "on": "2025-03-10", "by": "setda", "text": "Ukur", "owner": "dinkes",
         "due": "2025-03-14"},
        {"id": "o-3", "on": "2025-03-10", "by": "setda", "text": "Lapor", "owner": "dinkes",
         "done": "2025-03-11"},
    )  # fmt: skip
    return plan.model_copy(update={"decisions": tuple(map(Decision.model_validate, orders))})


PAGE = {
    Lang.EN: """\
*Day 16 of 100, 18 Mar 2025*
Uji
Contoh

Yes: by the forecast all 6 milestones are done by day 100, the last on 5 Jun 2025.
Planned 50.0%, actual 25.0%: 25.0 points behind. Verified 0.0%.
Done 1 of 6; overdue 2; red 1, orange 2.

*Needs attention most*
1. Data awal (dinkes): 7 office days late
2. Pekarangan (setda): 2 office days late
3. Penanaman (dinkes): blocked, no decision date: lahan

*Decisions wanted*
1. lahan diputuskan (dinkes, no date yet)

*Orders not carried out*
1. Ukur (dinkes, due 14 Mar 2025)
2. Tanam (dinkes)
""",
    Lang.ID: """\
*Hari ke-16 dari 100, 18 Mar 2025*
Uji
Contoh

Ya, menurut perkiraan seluruh 6 rencana aksi selesai pada hari ke-100: yang terakhir 5 Jun 2025.
Rencana 50,0%, realisasi 25,0%: tertinggal 25,0 poin. Terverifikasi 0,0%.
Selesai 1 dari 6; lewat tenggat 2; merah 1, jingga 2.

*Paling perlu perhatian*
1. Data awal (dinkes): lewat 7 hari kerja
2. Pekarangan (setda): lewat 2 hari kerja
3. Penanaman (dinkes): terkendala, belum ada tanggal arahan: lahan

*Keputusan yang ditunggu*
1. lahan diputuskan (dinkes, belum ada tanggal)

*Arahan yang belum selesai*
1. Ukur (dinkes, tenggat 14 Mar 2025)
2. Tanam (dinkes)
""",
}
OFFICE = {
    Lang.EN: """\
*To Dinas Kesehatan*
Uji
Contoh

Day 16 of 100, 18 Mar 2025
4 milestones are still open: 1 overdue, 1 falling due.
Last report 11 Mar 2025, 5 office days ago.

*Overdue*
- a-1 Data awal: 7 office days (due 7 Mar 2025)

*Due within 7 days*
- 25 Mar 2025: a-2 Daftar penerima

*Claims sent back*
- a-3 Bibit, 14 Mar 2025: foto tanpa tanggal

*Done, evidence still missing*
- a-4 Pelatihan: daftar hadir

Please answer with progress, evidence, and what stands in the way. Thank you.
""",
    Lang.ID: """\
*Yth. Dinas Kesehatan*
Uji
Contoh

Hari ke-16 dari 100, 18 Mar 2025
Ada 4 rencana aksi yang belum selesai: 1 lewat tenggat, 1 mendekati tenggat.
Laporan terakhir 11 Mar 2025, 5 hari kerja yang lalu.

*Lewat tenggat*
- a-1 Data awal: 7 hari kerja (tenggat 7 Mar 2025)

*Tenggat dalam 7 hari*
- 25 Mar 2025: a-2 Daftar penerima

*Laporan yang dikembalikan*
- a-3 Bibit, 14 Mar 2025: foto tanpa tanggal

*Selesai, data dukung belum ada*
- a-4 Pelatihan: daftar hadir

Mohon balas dengan kemajuan, data dukung, dan apa yang menghambat. Terima kasih.
""",
}


@pytest.mark.parametrize("lang", list(Lang))
def test_page_as_a_letter(lang: Lang) -> None:
    """The day, the answer, the figures, the worst with cause, decisions wanted, open orders."""
    assert write_letter(brief.letter(material(sample(), DAY)), lang) == PAGE[lang]


@pytest.mark.parametrize("lang", list(Lang))
def test_office_as_a_letter(lang: Lang) -> None:
    """What it owes: late, near, sent back, without evidence, and its last report."""
    assert write_letter(owed.letter(material(sample(), DAY), "dinkes"), lang) == OFFICE[lang]


def test_page_as_a_report() -> None:
    """The same as tables, the worst first; figures equal those of the status."""
    made = material(sample(), DAY)
    found = as_json(brief.report(made))
    assert [row["id"] for row in found["tables"]["attention"]] == ["a-1", "b-1", "a-5"]
    assert [row["order"] for row in found["tables"]["orders"]] == ["Ukur", "Tanam"]
    assert found["figures"]["planned_percent"] == made.tracking.figures().planned_percent
    shown = written(brief.report(made), "table", Lang.EN, Screen(80))
    assert "Yes: by the forecast all 6" in shown
    assert max(map(width, shown.splitlines())) <= 80


def test_one_sheet_on_one_page() -> None:
    """As a workbook it is one sheet that prints on one page."""
    data = written(brief.report(material(sample(), DAY)), "xlsx", Lang.EN, Screen())
    [sheet] = load_workbook(io.BytesIO(data)).worksheets
    # one page high is what Excel takes for granted; as many as it takes would be 0
    assert (sheet.title, sheet.page_setup.fitToHeight) == ("Brief", None)
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    said = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"Data awal", "lahan diputuskan", "Ukur"} <= said


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (None, "There is no milestone yet."),
        (milestone("a", "1d", finished="2025-03-10"), "All 1 milestones are done."),
        (milestone("a", "5d", due="2025-06-10", after=["b"]), "Not all of it by day 100: 1 of 2"),
        (milestone("a", "5d", due="2025-06-20"), "Not all of it by day 100: 1 of 1"),
    ],
)
def test_will_it_be_done(one: Written | None, expected: str) -> None:
    """The first question is answered first, whatever passes day 100 and for whatever reason."""
    before = milestone("b", "5d", start="2025-06-06", due="2025-06-12")
    mine = [] if one is None else [before, one] if "after" in one else [one]
    said = say(brief.outlook(material(plan_of(program("p", *mine), **PLAIN), DAY)), Lang.EN)
    assert said.startswith(expected.replace("1 of 2", "2 of 2"))


def test_a_camat_owes_deliveries() -> None:
    """Of a milestone done by district, only the district's own delivery counts."""
    made = material(sample(), DAY)
    late = as_json(owed.report(made, "sembawa"))
    assert [row["id"] for row in late["tables"]["overdue"]] == ["b-1"]
    assert (late["figures"]["office"], late["figures"]["last_report"]) == ("Camat of Sembawa", None)
    done = as_json(owed.report(made, "betung"))
    assert (done["tables"]["overdue"], done["figures"]["open"]) == ([], 0)
    assert [row["id"] for row in done["tables"]["evidence"]] == ["b-1"]
    assert done["figures"]["last_report"] == "2025-03-12"


@pytest.mark.parametrize(
    ("facts", "listed"),
    [
        ({}, True),
        ({"evidence": [{"ref": "foto"}]}, False),
        ({"verified": {"by": "inspektorat", "on": "2025-03-13"}}, False),
        ({"finished": None}, False),
    ],
)
def test_missing_evidence(facts: Written, listed: bool) -> None:  # noqa: FBT001 - what is promised
    """Done, nothing shown for it, and nobody has seen it."""
    one = milestone("a", "1d", due="2025-03-12", **{"finished": "2025-03-12", **facts})
    found = owed.owed_by(material(plan_of(program("p", one), **PLAIN), DAY), "dinkes")
    assert bool(found.evidence) == listed


@pytest.mark.parametrize(
    ("reported", "listed"), [(None, True), ("2025-03-14", True), ("2025-03-17", False)]
)
def test_returned_until_reported_again(reported: str | None, listed: bool) -> None:  # noqa: FBT001 - what is promised
    """A claim sent back is owed until something was reported after that day."""
    back = [{"by": "inspektorat", "on": "2025-03-14"}]
    one = milestone("a", "1d", due="2025-04-30", returned=back, reported=reported)
    found = owed.owed_by(material(plan_of(program("p", one), **PLAIN), DAY), "dinkes")
    assert bool(found.returned) == listed


@pytest.mark.parametrize(("due", "near"), [("2025-03-18", 1), ("2025-03-25", 1), ("2025-03-26", 0)])
def test_this_week(due: str, near: int) -> None:
    """From the data date to seven calendar days later, both included."""
    one = milestone("a", "1d", due=due)
    found = owed.owed_by(material(plan_of(program("p", one), **PLAIN), DAY), "dinkes")
    assert len(found.due) == near


# Letters


def test_shortened() -> None:
    """Between words, its end marked; a word too long for the line is left out, not broken."""
    assert shortened("satu dua tiga", 13) == "satu dua tiga"
    assert shortened("satu dua tiga", 12) == "satu dua …"
    assert shortened("panjangsekalitanpaspasi", 12) == "…"
    assert shortened("satu\n\tdua", 12) == "satu dua"


def test_a_long_letter_counts_the_rest() -> None:
    """Rows go from the longest section first, and the letter says how many went."""
    late = [named(f"a-{n:02}", "Data awal dari camat " * 3, due="2025-03-07") for n in range(30)]
    near = [named("b-1", "Bibit", due="2025-03-20")]
    made = material(plan_of(program("p", *late, *near), **PLAIN), DAY)
    text = write_letter(owed.letter(made, "dinkes"), Lang.EN)
    assert len(text.rstrip("\n")) <= MOST
    shown = [line for line in text.splitlines() if line.startswith("- a-")]
    assert f"... and {30 - len(shown)} more" in text
    assert len(shown) >= 2
    assert "b-1 Bibit" in text


WORDS = st.text(st.sampled_from("ab*_~é \n汉🌱"), max_size=400)
"""Names as long as nobody writes them, with what WhatsApp takes for a sign."""


@given(st.lists(st.lists(WORDS, max_size=40), max_size=5), WORDS, st.lists(WORDS, max_size=2))
def test_never_longer_than_it_may(sections: list[list[str]], title: str, said: list[str]) -> None:
    """However long names are and however many, a letter has 1,000 characters at most."""
    letter = Letter(
        message("letter.dear", name=title),
        tuple(message("letter.plan", name=name) for name in said),
        (message("letter.owed.silent"),),
        tuple(
            Section(
                message("letter.overdue"),
                tuple(message("letter.line.evidence.plain", id="a", name=name) for name in lines),
            )
            for lines in sections
        ),
        (message("letter.please"),),
    )
    for lang in Lang:
        text = write_letter(letter, lang)
        assert len(text) <= MOST + 1
        assert text.splitlines()[0].count("*") == 2
        for number, lines in enumerate(sections):
            assert _told(text, number, lines, lang)


def _told(text: str, number: int, lines: list[str], lang: Lang) -> bool:
    """Whether the lines of a section and those it counts are all there are."""
    block = text.rstrip("\n").split("\n\n")[2 + number].splitlines()[1:]
    words = {Lang.EN: ("... and ", " in all"), Lang.ID: ("... dan ", " hal")}[lang]
    counted = [line for line in block if line.startswith(words[0]) or line.endswith(words[1])]
    left = int("".join(filter(str.isdigit, counted[-1]))) if counted else 0
    return len(block) - len(counted) + left == len(lines)


# The command


def small(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small plan in a folder of its own."""
    alone(monkeypatch, folder)
    (folder / "plan.yaml").write_text(SMALL, encoding="utf-8")


def test_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page, the office's, both as texts, into a file, and in the plan's language."""
    small(tmp_path, monkeypatch)
    assert called(capsys, "brief").out.splitlines()[0] == "Rencana uji · Ringkasan pimpinan"
    assert called(capsys, "brief", "--whatsapp").out.startswith("*Hari ke-50 dari 100, 10 Apr")
    text = called(capsys, "brief", "--owner", "dinkes", "--whatsapp", "-o", "a.txt", "--lang", "en")
    assert text.out == ""
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("*To Dinas Kesehatan*\n")
    assert called(capsys, "brief", "--owner", "dinkes", "-f", "csv").out.splitlines()[1][:8] == (
        "sehat-01"
    )


def test_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file for each office that owes anything; who owes nothing is named."""
    small(tmp_path, monkeypatch)
    outcome = called(capsys, "brief", "--all", "-o", "texts", "--lang", "en")
    assert outcome.out.splitlines() == [
        "texts/brief-dinkes.txt: for Dinas Kesehatan",
        "Nothing to do for setda",
    ]
    assert names(tmp_path / "texts") == ["brief-dinkes.txt"]


FREE = SMALL.replace(", as_of: 2025-04-10", "")


@needs_git
def test_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--since` adds what was done meanwhile, what turned and which promises moved, out of git."""
    alone(monkeypatch, tmp_path)
    for name, value in OWN.items():
        monkeypatch.setenv(name, value)
    repo = repo_in(tmp_path)
    repo.commit("2025-03-10", plan=FREE)
    repo.write("plan.yaml", FREE.replace("due: 2025-04-30", "due: 2025-05-07"))
    arguments = ("brief", "--since", "2w", "--today", "2025-03-24", "--lang", "en")
    told = (
        "Since 10 Mar 2025: actual from 0.0% to 0.0%; 1 turned for the worse, 0 for the better; "
        "1 promise moved, 1 without a reason."
    )
    assert told in called(capsys, *arguments).out
    text = called(capsys, *arguments, "--whatsapp").out
    assert told in text
    assert "*Turned for the worse*\n1. Daftar (dinkes): from yellow to red" in text
    found = called(capsys, *arguments, "--format", "json")
    assert [row["id"] for row in json.loads(found.out)["tables"]["turned"]] == ["sehat-01"]
    begun = FREE.replace("due: 2025-04-30", "due: 2025-04-30, started: 2025-03-20")
    repo.write("plan.yaml", begun.replace("name: Daftar,", "name: Daftar, finished: 2025-03-14,"))
    figures = json.loads(called(capsys, "diff", *arguments[1:], "-f", "json").out)["figures"]
    assert figures["turned_better"] == 1  # grey to green is none: the other one has begun
    assert "0 turned for the worse, 1 for the better" in called(capsys, *arguments).out
    early = called(capsys, *arguments[:3], "--today", "2025-03-11", "--lang", "en")
    assert (early.code, early.out) == (3, "")
    week = called(capsys, "brief", *arguments[3:]).out
    assert "Since 17 Mar 2025: actual from 0.0% to 50.0%" in week
    early = called(capsys, "brief", "--today", "2025-03-11", "--lang", "en")
    assert (early.code, early.err) == (0, "")
    assert "Since" not in early.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--owner", "dinkes", "--since", "7d"), "--since is for the page of whoever leads"),
        (("--owner", "dinkes", "--all"), "--owner is for one office"),
        (("--whatsapp", "--format", "json"), "--whatsapp and --all write texts"),
        (("--all", "--format", "csv"), "--whatsapp and --all write texts"),
        (("--owner", "dinke"), "nobody is called dinke"),
    ],
)
def test_wrong_usage(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What can't be meant together is refused in one line."""
    small(tmp_path, monkeypatch)
    outcome = called(capsys, "brief", *arguments, "--lang", "en")
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_shipped_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every office of the shipped plan gets a text that can be sent as it is."""
    alone(monkeypatch, tmp_path)
    where = str(ROOT / "plans" / "banyuasin")
    assert called(capsys, "brief", "--all", "-o", "texts", "--plan", where).code == 0
    texts = [file.read_text(encoding="utf-8") for file in (tmp_path / "texts").iterdir()]
    assert len(texts) > 40
    assert all(len(text.rstrip("\n")) <= MOST for text in texts)
    assert all(text.startswith("*Yth. ") for text in texts)
