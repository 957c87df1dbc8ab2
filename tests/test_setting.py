"""`plan set`: what is asked for is written where it belongs, or nothing is and it says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.commands import alone, called, names

from banyuasin_plan.editing.assigning import words_of

PLAN = """\
plan: {id: uji, name: Rencana uji, start: 2025-02-20, as_of: 2025-04-10}
owners:
  - {id: dinkes, name: Dinas Kesehatan, capacity: 3}
  - {id: setda, name: Sekretariat Daerah}
districts:
  - {id: betung, name: Betung}
  - {id: sembawa, name: Sembawa}
decisions:
  - {id: arahan-01, on: 2025-04-07, by: setda, text: Percepat, owner: dinkes}
programs:
  - id: sehat
    name: Sehat
    outcome: Loket buka sampai sore
    lead: dinkes
    verifier: setda
    milestones:
      - id: sehat-01  # yang pertama
        name: Daftar
        measure: daftar
        duration: 5d
        due: 2025-03-14
        progress: 40
        reported: 2025-03-10
        blockers:
          - since: 2025-03-10
            what: menunggu data
      - {id: sehat-02, name: Layanan, measure: foto, duration: 5d, after: [sehat-01],
         due: 2025-04-30, districts: all, target: {amount: 20, unit: loket}}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder with the plan in one file, in English."""
    alone(monkeypatch, tmp_path)
    monkeypatch.setenv("PLAN_LANG", "en")
    (tmp_path / "uji.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def written() -> str:
    """The plan's text now."""
    return Path("uji.yaml").read_text(encoding="utf-8")


def test_what_changed_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each value is shown with its place, before and after; the day it was reported as well."""
    done = called(capsys, "set", "sehat-01", "progress=60", "started=2025-03-04", "note=a: b")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "uji.yaml:22: sehat-01 progress: 40 → 60",
        "uji.yaml:23: sehat-01 started: - → 2025-03-04",
        "uji.yaml:24: sehat-01 reported: 2025-03-10 → 2025-04-10",
        "uji.yaml:28: sehat-01 note: - → a: b",
    ]
    assert written() == PLAN.replace(
        "progress: 40\n", "progress: 60\n        started: 2025-03-04\n"
    ).replace("reported: 2025-03-10", "reported: 2025-04-10").replace(
        "menunggu data\n", 'menunggu data\n        note: "a: b"\n'
    )
    assert names(here) == ["uji.yaml"]


NL = "\n        "
BLOCKERS = f"        blockers:{NL}  - since: 2025-03-10{NL}    what: menunggu data\n"
MONEY = "{amount: 5, state: none}"
LAST, MEASURE, DONE = "menunggu data", "measure: daftar", "unit: loket}"
LINK, PART = '- {kind: link, ref: "https://x.id"}', "{amount: 5, reported: 2025-04-10}"
CASES = [
    ("sehat-01", "blockers+=bibit", LAST, f"{LAST}{NL}  - since: 2025-04-10{NL}    what: bibit"),
    ("sehat-01", "blockers+={what: x}", LAST, f"{LAST}{NL}  - since: 2025-04-10{NL}    what: x"),
    ("sehat-01", "blockers.1.closed=2025-04-09", LAST, f"{LAST}{NL}    closed: 2025-04-09"),
    ("sehat-01", "blockers.need=izin", LAST, f"{LAST}{NL}    need: izin"),
    ("sehat-01", "blockers.1=-", BLOCKERS, ""),
    ("sehat-01", "blockers=", BLOCKERS, ""),
    ("sehat-01", "support=setda,betung", MEASURE, f"{MEASURE}{NL}support: [setda, betung]"),
    ("sehat-01", "support+=setda", MEASURE, f"{MEASURE}{NL}support: [setda]"),
    ("sehat-01", "evidence+=https://x.id", "40", f"40{NL}evidence:{NL}  {LINK}"),
    ("sehat-01", "budget+={amount: 5, state: none}", "-14", f"-14{NL}budget:{NL}  - {MONEY}"),
    ("sehat-01", "cancelled.on=2025-04-01", LAST, f"{LAST}{NL}cancelled: {{on: 2025-04-01}}"),
    ("sehat-01", "weight=2", MEASURE, f"{MEASURE}{NL}weight: 2"),
    ("sehat-02", "target.amount=25", "amount: 20", "amount: 25"),
    ("sehat-02", "districts=betung", "districts: all", "districts: [betung]"),
    ("sehat-02", "delivered.betung=2025-04-02", DONE, f"{DONE}, delivered: {{betung: 2025-04-02}}"),
    ("sehat-02", "delivered.betung.amount=5", DONE, f"{DONE}, delivered: {{betung: {PART}}}"),
    ("sehat-02", "after=-", "after: [sehat-01],\n         ", ""),
    ("sehat", "outcome=Loket buka: pagi", "Loket buka sampai sore", '"Loket buka: pagi"'),
    ("sehat", "verifier=-", "    verifier: setda\n", ""),
    ("dinkes", "capacity=4", "capacity: 3", "capacity: 4"),
    ("owner:betung", "code=no", "{id: betung, ", '{id: betung, code: "no", '),
    ("arahan-01", "done=2025-04-09", "owner: dinkes}", "owner: dinkes, done: 2025-04-09}"),
    ("uji", "notice=Contoh", "name: Rencana uji, ", "name: Rencana uji, notice: Contoh, "),
]  # fmt: skip
"""An id, an assignment, and what of the text becomes what; the last report aside."""


@pytest.mark.parametrize("case", CASES, ids=[one[1] for one in CASES])
def test_set(
    case: tuple[str, str, str, str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each way to write a value, a nested key, an addition and a removal."""
    name, word, old, new = case
    assert PLAN.count(old) == 1
    done = called(capsys, "set", name, word)
    assert (done.code, done.err) == (0, ""), here
    text = written().replace("reported: 2025-04-10\n", "reported: 2025-03-10\n")
    assert text == PLAN.replace(old, new)


WRONG = [
    (["sehat-1", "progress=1"], "did you mean sehat-01?"),
    (["zzz", "progress=1"], "nothing in the plan has the id zzz"),
    (["agency:dinkes", "capacity=1"], "agency is no kind of thing"),
    (["sehat-01", "progres=1"], "did you mean progress?"),
    (["sehat-01", "target.amont=1"], "did you mean amount?"),
    (["sehat-01", "blockers.2.closed=2025-04-01"], "blockers has 1 item, there is no 2"),
    (["sehat-02", "blockers.closed=2025-04-01"], "blockers has 0 items; say which"),
    (["sehat-01", "blockers.x.closed=2025-04-01"], "blockers has 1 item; say which: blockers.1"),
    (["sehat-01", "blockers.ned=x"], "did you mean need?"),
    (["sehat-01", "progress+=1"], "progress is no list"),
    (["sehat-01", "support+="], "support+= adds nothing"),
    (["sehat-01", "id=sehat-03"], "an id is not set"),
    (["sehat-01", "progress=1", "progress=2"], "sehat-01 gets progress twice"),
    (["sehat-01", "progress"], "progress assigns nothing"),
    (["sehat-01"], "say what to set"),
    (["progress=1"], "say what to set"),
    ([], "say what to set"),
    (["sehat-01", "budget=[{amount: 5"], "budget can't be read: the bracket {"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(one[0]) for one in WRONG])
def test_what_can_not_be_meant(
    words: list[str], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage has its own exit code, names what was likely meant, and writes nothing."""
    done = called(capsys, "set", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert (written(), names(here)) == (PLAN, ["uji.yaml"])


REFUSED = [
    (["sehat-01", "progress=60", "started=4/3/2025"], "uji.yaml:23:18: error E105"),
    (["sehat-01", "progress=150"], "error E106: 150 is too large"),
    (["sehat-01", "support=dinkse"], "error E202: nobody is called dinkse"),
    (["sehat-01", "finished=2025-05-01"], "error E402"),
    (["sehat-01", "verified={by: setda, on: 2025-04-01}"], "error E404"),
    (["sehat-02", "districts+=betung"], "uji.yaml:28: what stands here is no list"),
    (["sehat-01", "duration=-", "name=-"], "error E102"),
    (["sehat-01", "note=a\u200bb"], "error E009"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=[one[0][1] for one in REFUSED])
@pytest.mark.parametrize("dry", [True, False])
def test_what_would_be_an_error(
    words: list[str],
    said: str,
    dry: bool,  # noqa: FBT001
    here: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A value that the plan's rules call an error is shown at its place, and nothing is written."""
    done = called(capsys, "set", *words, *(["--dry-run"] if dry else []))
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert done.err.endswith("Nothing was written\n")
    assert (written(), names(here)) == (PLAN, ["uji.yaml"])


def test_what_draws_a_warning(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning about what was set is shown, once and unless accepted, and stops nothing."""
    done = called(capsys, "set", "sehat-02", "progress=50")
    assert (done.code, done.err.count("warning")) == (0, 1)
    assert "uji.yaml:28:88: warning W415: not read" in done.err, done.err
    assert called(capsys, "set", "sehat-02", "note=x").err == ""
    assert "warning W419" in called(capsys, "set", "sehat-01", "started=1905-07-17").err
    accepted = PLAN.replace("loket}}", "loket}} # plan: accept W415 because it is a forecast")
    (here / "uji.yaml").write_text(accepted, encoding="utf-8")
    assert called(capsys, "set", "sehat-02", "progress=50").err == ""


def test_the_difference_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--dry-run` shows a difference that git would take, and writes nothing."""
    done = called(capsys, "set", "sehat-01", "progress=60", "--dry-run")
    assert (done.code, done.err) == (0, "Nothing was written (--dry-run)\n")
    assert done.out.splitlines() == [
        "--- a/uji.yaml",
        "+++ b/uji.yaml",
        "@@ -19,8 +19,8 @@",
        "         measure: daftar",
        "         duration: 5d",
        "         due: 2025-03-14",
        "-        progress: 40",
        "-        reported: 2025-03-10",
        "+        progress: 60",
        "+        reported: 2025-04-10",
        "         blockers:",
        "           - since: 2025-03-10",
        "             what: menunggu data",
    ]
    assert (written(), names(here)) == (PLAN, ["uji.yaml"])


def test_the_difference_of_a_file_without_an_end(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that does not end with a line break is shown as git shows it."""
    (here / "uji.yaml").write_text(PLAN.rstrip("\n"), encoding="utf-8")
    done = called(capsys, "set", "sehat-02", "target.amount=25", "--dry-run")
    assert done.out.count("\\ No newline at end of file\n") == 2


def test_many_from_a_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of assignments, with quotes, comments and empty lines, is written in one go."""
    (here / "isi.txt").write_bytes(
        b"\xef\xbb\xbf# jawaban\r\nsehat-01 progress=60 'note=dua kata' # sudah\r\n\r\n"
        b'sehat-02 delivered.betung=2025-04-02 "delivered.sembawa=2025-04-03"\r\n'
    )
    done = called(capsys, "set", "--from", "isi.txt")
    assert (done.code, done.err) == (0, "")
    assert len(done.out.splitlines()) == 5
    assert "note: dua kata\n" in written()
    assert "delivered: {betung: 2025-04-02, sembawa: 2025-04-03}" in written()


LINES = [
    (r"a x=D:\foto\bukti.jpg", ["a", r"x=D:\foto\bukti.jpg"]),
    (r"""a 'x=\\server\data kita' "y=D:\b c\" """, ["a", r"x=\\server\data kita", "y=D:\\b c\\"]),
    (r'a x="kata \"siap\"" y=', ["a", 'x=kata "siap"', "y="]),
    ("a x=https://x.id/#atas # sudah", ["a", "x=https://x.id/#atas"]),
    ("a x=\"\" '' # it's", ["a", "x=", ""]),
    ("  # a x=1", []),
]


@pytest.mark.parametrize(("line", "words"), LINES, ids=[line for line, _ in LINES])
def test_a_line_of_a_file(line: str, words: list[str]) -> None:
    """Quotes hold together what has blanks, and nothing is lost: no backslash, no address."""
    assert words == words_of(line)


def test_a_path_of_windows(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an operator writes on Windows comes into the plan as it is."""
    (here / "isi.txt").write_text("sehat-01 evidence+=D:\\foto\\bukti.jpg", encoding="utf-8")
    assert called(capsys, "set", "--from", "isi.txt").code == 0
    assert "ref: 'D:\\foto\\bukti.jpg'" in written()


def test_files_that_say_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty file is named, and so is a folder, were it above the current one."""
    (here / "isi.txt").write_text("# belum\n\n", encoding="utf-8")
    done = called(capsys, "set", "--from", "isi.txt")
    assert (done.code, "nothing in isi.txt says what to set" in done.err) == (2, True)
    done = called(capsys, "set", "--from", str(here.parent))
    assert done.err == f"plan: {here.parent.as_posix()} can't be read: it is a folder\n"


def test_several_lines_are_shown_as_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text of several lines is told in one, without a sign for the line's end."""
    done = called(capsys, "set", "sehat-01", "note=baris 1\nbaris 2")
    assert "sehat-01 note: - → baris 1 baris 2" in done.out, here


def test_one_mistake_in_a_file_stops_all(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every mistake in a file is named with its line, and nothing of it is written."""
    lines = [
        "sehat-01 progress=60",
        "sehat-9 progress=1",
        "sehat-02",
        "sehat-01 'note=x",
        "sehat x=1",
    ]
    (here / "isi.txt").write_text("\n".join(lines), encoding="utf-8")
    done = called(capsys, "set", "--from", "isi.txt")
    assert done.code == 2
    said = [line for line in done.err.splitlines() if line.startswith("plan: ")]
    assert [line.split(": ")[1] for line in said] == [
        f"isi.txt:{number}" for number in (4, 3, 2, 5)
    ]
    assert written() == PLAN


def test_a_value_that_stands_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is so already is said to be, and the file is not touched."""
    stamp = (here / "uji.yaml").stat().st_mtime_ns
    done = called(capsys, "set", "sehat-01", "due=2025-03-14", "started=-")
    assert (done.code, done.out) == (0, "")
    assert done.err == "Nothing changes: it is all so already\n"
    assert (here / "uji.yaml").stat().st_mtime_ns == stamp


@pytest.mark.parametrize(
    ("words", "reported"),
    [
        (["progress=50"], "2025-04-10"),
        (["progress=50", "--today", "2025-04-01"], "2025-04-01"),
        (["progress=50", "--today", "2025-03-01"], "2025-03-10"),
        (["progress=50", "reported=2025-03-20"], "2025-03-20"),
        (["progress=-"], "2025-03-10"),
        (["blockers.1.closed=2025-03-12"], "2025-04-10"),
        (["due=2025-03-20", "note=x", "weight=2"], "2025-03-10"),
        (["judged={status: orange, why: x}"], "2025-03-10"),
    ],
)
def test_the_day_of_the_report(
    words: list[str], reported: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an office says of its work is reported on the data date, unless another day is given."""
    assert called(capsys, "set", "sehat-01", *words).code == 0, here
    assert f"        reported: {reported}\n" in written()


def test_a_broken_plan_is_mended(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is an error already stops nothing, and can be set right one by one."""
    (here / "uji.yaml").write_text(
        PLAN.replace("due: 2025-03-14", "due: 14/3/2025").replace("[sehat-01]", "[sehat-1]"),
        encoding="utf-8",
    )
    assert called(capsys, "set", "sehat-01", "due=2025-03-14").code == 0
    assert called(capsys, "set", "sehat-02", "after=sehat-01").code == 0
    assert written() == PLAN
    assert called(capsys, "set", "sehat-01", "due=14/3/2025").code == 1


def test_an_id_in_a_file_that_can_not_be_read(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An id that may stand in a broken file is not called unknown without saying so."""
    (here / "more").mkdir()
    (here / "more" / "x.yaml").write_text("programs: [\n", encoding="utf-8")
    done = called(capsys, "set", "gertas-01", "progress=1")
    assert (done.code, "mend more/x.yaml first" in done.err) == (2, True)
    assert called(capsys, "set", "sehat-01", "progress=50").code == 0


def test_where_nothing_can_be_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that takes no lock is said to be so, and what would change can still be seen."""
    (here / ".plan.lock").mkdir()
    done = called(capsys, "set", "sehat-01", "progress=60")
    assert (done.code, done.out) == (3, "")
    assert done.err == "plan: .plan.lock can't be written: it is a folder\n"
    assert called(capsys, "set", "sehat-01", "progress=60", "--dry-run").code == 0
    assert written() == PLAN


def test_a_folder_that_is_gone(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the disk refuses anywhere else is one line and its own exit code as well."""
    (here / "gone").mkdir()
    monkeypatch.chdir(here / "gone")
    (here / "gone").rmdir()
    done = called(capsys, "set", "sehat-01", "progress=60")
    assert (done.code, done.err.count("\n")) == (3, 1)


def test_an_id_given_twice(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which of two things with one id is meant can't be told."""
    (here / "uji.yaml").write_text(PLAN.replace("sehat-02", "sehat-01"), encoding="utf-8")
    done = called(capsys, "set", "sehat-01", "progress=1")
    assert (done.code, done.err.count("uji.yaml:")) == (2, 2)
