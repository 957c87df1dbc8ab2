"""Warnings that are accepted where they stand, and comments that accept nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.commands import SMALL, Outcome, alone, called

from banyuasin_plan.diagnostic import Severity
from banyuasin_plan.reading import Loaded, load
from banyuasin_plan.rules import RULES
from banyuasin_plan.words import Lang, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from banyuasin_plan.diagnostic import Diagnostic

    Run = Callable[..., Outcome]

NOW = datetime(2025, 4, 10, 9, tzinfo=UTC)
HEAD = """\
plan: {id: uji, name: Uji, start: 2025-02-20, as_of: 2025-04-10}
owners:
  - {id: dkp, name: Dinas Ketahanan Pangan}
programs:
  - id: gertas
    name: Gertas
    outcome: Sayur dari pekarangan sendiri
    lead: dkp
    milestones:
"""
FIRST = HEAD.count("\n") + 1
"""The line on which the first milestone begins."""

NO_MEASURE = "{id: gertas-01, name: Daftar, due: 2025-05-14}"
LATE = "{id: gertas-01, name: Daftar, measure: daftar, due: 2025-06-20}"
"""Milestones with one warning each: W501 and W302."""

BOM = b"\xef\xbb\xbf"


def read(*lines: str) -> Loaded:
    """A plan with these lines as its milestones."""
    return load({"a.yaml": (HEAD + "".join(f"      {line}\n" for line in lines)).encode()}, NOW)


def places(found: Iterable[Diagnostic]) -> list[tuple[int, str]]:
    """Line and code of diagnostics, lines counted from the first milestone as 0."""
    return [(one.span.line - FIRST, one.code) for one in found]


def spoken(loaded: Loaded) -> list[str]:
    """What stands, as it is read in English."""
    return [
        f"{one.code} {say(one.message, Lang.EN)} ({say(one.help, Lang.EN)})"
        for one in loaded.diagnostics
        if one.help
    ]


class TestWhere:
    """A comment is about its line, or about the next line that holds something."""

    def test_not_accepted(self) -> None:
        """Without a comment the warnings of this file stand."""
        assert places(read(f"- {NO_MEASURE}").diagnostics) == [(0, "W501")]
        assert places(read(f"- {LATE}").diagnostics) == [(0, "W302")]

    def test_end_of_line(self) -> None:
        """A comment at the end of the line accepts what is found on it, and nothing is left."""
        loaded = read(f"- {NO_MEASURE}  # plan: accept W501 because menunggu juknis")
        assert places(loaded.diagnostics) == []
        assert places(loaded.accepted) == [(0, "W501")]

    def test_line_above(self) -> None:
        """A comment on a line of its own is about the line below."""
        loaded = read("# plan: accept W501 because menunggu juknis", f"- {NO_MEASURE}")
        assert places(loaded.diagnostics) == []
        assert places(loaded.accepted) == [(1, "W501")]

    def test_blanks_and_comments_between(self) -> None:
        """Empty lines and other comments may stand between a comment and its line."""
        loaded = read(
            "# plan: accept W501 because menunggu juknis", "", "  # lihat surat 12", "",
            f"- {NO_MEASURE}",
        )  # fmt: skip
        assert places(loaded.diagnostics) == []
        assert places(loaded.accepted) == [(4, "W501")]

    def test_several_above_one_line(self) -> None:
        """Several comments above a line are all about it, with one at its end."""
        loaded = read(
            "- id: gertas-01",
            "  name: Daftar",
            "  measure: daftar",
            "  duration: 3d",
            "  not_before: 2025-06-20",
            "  # plan: accept W302 because diumumkan bupati",
            "  # plan: accept W303 because hari pasar",
            "  due: 2025-06-21  # plan: accept W309 because sudah disepakati",
        )
        assert places(loaded.diagnostics) == [(4, "W302")]
        assert places(loaded.accepted) == [(7, "W302"), (7, "W303"), (7, "W309")]

    @pytest.mark.parametrize("below", ["", "\n\n", "\n# habis\n", "\r\n"])
    def test_nothing_below(self, below: str) -> None:
        """A comment at the end of a file, with nothing below, accepts nothing."""
        text = f"{HEAD}      - {NO_MEASURE}\n      # plan: accept W501 because terlambat{below}"
        loaded = load({"a.yaml": text.encode()}, NOW)
        assert places(loaded.diagnostics) == [(0, "W501"), (1, "W602")]
        assert loaded.accepted == ()

    def test_not_below(self) -> None:
        """A comment on the line below a finding is not about it."""
        other = LATE.replace("-01", "-02")
        loaded = read(f"- {NO_MEASURE}", "# plan: accept W501 because terlambat", f"- {other}")
        assert places(loaded.diagnostics) == [(0, "W501"), (1, "W602"), (2, "W302")]

    def test_flow_mapping(self) -> None:
        """Inside braces over several lines each line has its own comments."""
        loaded = read(
            "- {id: gertas-01,  # plan: accept W501 because menunggu juknis",
            "   name: Daftar, duration: 3d,",
            "   # plan: accept W303 because balai desa buka",
            "   due: 2025-05-13}",
        )
        assert places(loaded.diagnostics) == []
        assert places(loaded.accepted) == [(0, "W501"), (3, "W303")]

    def test_other_file(self) -> None:
        """A comment accepts on its line of its own file only."""
        other = "# satu\n# dua\nowners:\n  - {id: pmi, name: PMI}\n"
        comment = "  # plan: accept W211 because bergabung bulan Mei"
        text = HEAD.replace("programs:", f"{comment}\nprograms:") + f"      - {NO_MEASURE}\n"
        loaded = load({"a.yaml": text.encode(), "b.yaml": other.encode()}, NOW)
        found = [(one.span.file, one.code) for one in loaded.diagnostics]
        assert found == [("a.yaml", "W602"), ("a.yaml", "W501"), ("b.yaml", "W211")]
        mended = other.replace("  - {", f"{comment}\n  - {{")
        loaded = load({"a.yaml": text.encode(), "b.yaml": mended.encode()}, NOW)
        assert [(one.span.file, one.code) for one in loaded.accepted] == [("b.yaml", "W211")]


class TestCodes:
    """Which codes a comment accepts, and how they may be written."""

    @pytest.mark.parametrize("written", ["W302, W303", "W303,W302", "W302 ,\tW303", "w302, w303"])
    def test_several_codes(self, written: str) -> None:
        """Codes are separated by commas, in any order, in capitals or not."""
        line = "- {id: gertas-01, name: Daftar, measure: m, duration: 3d, due: 2025-06-21}"
        loaded = read(f"{line}  # plan: accept {written} because hari pasar")
        assert places(loaded.diagnostics) == []
        assert places(loaded.accepted) == [(0, "W302"), (0, "W303")]

    def test_only_the_code_named(self) -> None:
        """What is not named stands, and so does the same code on another line."""
        loaded = read(
            "- {id: gertas-01, name: Daftar, due: 2025-06-20}  # plan: accept W302 because hujan",
            "- {id: gertas-02, name: Panen, measure: foto, due: 2025-06-20}",
        )
        assert places(loaded.diagnostics) == [(0, "W501"), (1, "W302")]
        assert places(loaded.accepted) == [(0, "W302")]

    def test_twice_on_one_line(self) -> None:
        """One acceptance covers every finding of its code on the line."""
        text = HEAD.replace("    milestones:\n", "    milestones: [")
        items = (
            "{id: gertas-01, name: A, due: 2025-05-14}, {id: gertas-02, name: B, due: 2025-05-14}"
        )
        text += f"{items}]  # plan: accept W501 because menunggu juknis\n"
        loaded = load({"a.yaml": text.encode()}, NOW)
        assert [one.code for one in loaded.accepted] == ["W501", "W501"]
        assert loaded.diagnostics == ()

    def test_idle(self) -> None:
        """A code that is not found on the line is said to be accepted in vain, code by code."""
        loaded = read(f"- {NO_MEASURE}  # plan: accept W302, W501, W303 because sudah dibahas")
        assert places(loaded.diagnostics) == [(0, "W602"), (0, "W602")]
        assert spoken(loaded) == [
            f"W602 there is no {code} on that line to accept "
            f"(take {code} out of the comment and leave the rest)"
            for code in ("W302", "W303")
        ]
        assert places(loaded.accepted) == [(0, "W501")]

    def test_unknown_code(self) -> None:
        """A code that no rule has is answered with the nearest one, where one is near."""
        near = read(f"- {NO_MEASURE}  # plan: accept W519, W501 because menunggu juknis")
        (said,) = spoken(near)
        assert said.startswith("W602 there is no rule W519 (did you mean W5")
        far = read(f"- {NO_MEASURE}  # plan: accept X999, W501 because menunggu juknis")
        assert spoken(far) == [
            (
                "W602 there is no rule X999 "
                "(take the comment out; it goes at the end of the flagged line or above it)"
            )
        ]

    def test_error_code(self) -> None:
        """An error cannot be accepted; where there is none the comment is told so."""
        loaded = read(f"- {LATE}  # plan: accept E105, W302 because dari bupati")
        assert spoken(loaded) == [
            "W602 E105 is an error; errors cannot be accepted (mend it; plan explain says how)"
        ]

    def test_error_stands(self) -> None:
        """An error that a comment names stands, and the comment is told so; of others nothing."""
        line = "- {id: gertas-01, name: Daftar, measure: m, due: 20/06/2025}"
        loaded = read(f"{line}  # plan: accept E105, W501 because dari bupati")
        assert places(loaded.diagnostics) == [(0, "E105"), (0, "W602")]
        assert loaded.accepted == ()

    def test_duplicate(self) -> None:
        """The same acceptance twice is one: met, both are; in vain, it is said once."""
        why = "# plan: accept W501 because menunggu juknis"
        loaded = read(why, f"- {NO_MEASURE}  {why}")
        assert (places(loaded.diagnostics), places(loaded.accepted)) == ([], [(1, "W501")])
        loaded = read(f"- {NO_MEASURE}  # plan: accept W501, W501 because menunggu juknis")
        assert (places(loaded.diagnostics), places(loaded.accepted)) == ([], [(0, "W501")])
        loaded = read(f"- {LATE}  # plan: accept W303, W303, W302 because hari pasar")
        assert places(loaded.diagnostics) == [(0, "W602")]

    @pytest.mark.parametrize(
        "code", [rule.code for rule in RULES if not rule.is_warning or rule.code == "W602"]
    )
    def test_never_accepted(self, code: str) -> None:
        """Whatever error a comment names, or that it is idle itself, it accepts in vain."""
        loaded = read(f"- {LATE}  # plan: accept {code}, W302 because dari bupati")
        assert places(loaded.diagnostics) == [(0, "W602")]


class TestWording:
    """A comment that begins with `plan:` is meant for the program, and must be whole."""

    @pytest.mark.parametrize(
        "written",
        [
            "#plan:accept W501 because menunggu juknis",
            "#\tplan:\taccept\tW501\tbecause\tmenunggu juknis",
            "#   plan:   accept   W501   because   menunggu juknis   ",
            "# plan: accept W501 because lihat # plan: lama",
        ],
    )
    def test_blanks(self, written: str) -> None:
        """Blanks and tabs between the words make no difference, but there must be some."""
        loaded = read(f"- {NO_MEASURE}  {written}")
        assert places(loaded.accepted) == [(0, "W501")]
        assert loaded.diagnostics == ()

    @pytest.mark.parametrize(
        "written",
        [
            "accept",
            "accept W501",
            "accept W501 because",
            "accept W501 because   ",
            "accept W501 because: menunggu juknis",
            "accept because menunggu juknis",
            "accept W501 menunggu juknis",
            "accept W501 W302 because menunggu juknis",
            "accept W501 and W302 because menunggu juknis",
            "accept W501, because menunggu juknis",
            "accept W501becausemenunggu",
            "accept no_measure because menunggu juknis",
            "accept W50 because menunggu juknis",
            "accept W5011 because menunggu juknis",
            "acept W501 because menunggu juknis",
            "accepts W501 because menunggu juknis",
            "ignore W501 because menunggu juknis",
        ],
    )
    def test_unreadable(self, written: str) -> None:
        """Without its keyword, a code, `because` or a reason a comment accepts nothing."""
        loaded = read(f"- {NO_MEASURE}  # plan: {written}")
        assert places(loaded.diagnostics) == [(0, "W501"), (0, "W601")]
        assert loaded.accepted == ()
        assert spoken(loaded)[1] == (
            "W601 this comment accepts nothing: a code and a reason are needed "
            "(write # plan: accept W302 because and the reason)"
        )

    def test_span(self) -> None:
        """The comment itself is pointed at, from its sign to the end of its text."""
        written = "# plan: accept W501"
        text = f"{HEAD}      - {NO_MEASURE}  {written}\r\n"
        (_, found) = load({"a.yaml": text.encode()}, NOW).diagnostics
        assert text[found.span.start : found.span.end] == written

    def test_beside_an_error(self) -> None:
        """A comment without a reason is found in a plan with errors as well."""
        loaded = read("- {id: gertas-01, due: 2025-05-14, measure: m}  # plan: accept W501")
        assert places(loaded.diagnostics) == [(0, "E102"), (0, "W601")]

    @pytest.mark.parametrize(
        "comment",
        ["# rencana: accept W501", "# plan accept W501", "# planning: W501", "# my plan: W501"],
    )
    def test_other_comments(self, comment: str) -> None:
        """Comments for people are left alone."""
        assert places(read(f"- {NO_MEASURE}  {comment}").diagnostics) == [(0, "W501")]


class TestText:
    """What stands in a value is text, whatever it looks like."""

    @pytest.mark.parametrize(
        "lines",
        [
            ('note: "x # plan: accept W501"',),
            ("note: 'x # plan: accept W501'",),
            ('note: "x', "  # plan: accept W501", '  y"'),
            ("note: |", "  # plan: accept W501", "  teks"),
            ("note: |+", "  teks", "  # plan: accept W501", ""),
            ("note: >-", "  teks", "", "  # plan: accept W501"),
            ("note: x#plan:accept W501",),
            ('evidence: [{ref: "# plan: accept W501"}]',),
            ('"note": "# plan: accept W501"',),
        ],
    )
    def test_no_comment(self, lines: tuple[str, ...]) -> None:
        """In quotes, in a block of text and behind a letter there is no comment."""
        loaded = read(
            "- {id: gertas-00, name: Rapat, measure: notula, due: 2025-05-14}",
            "- id: gertas-01",
            "  name: Daftar",
            "  measure: daftar",
            "  due: 2025-05-14",
            *(f"  {line}" for line in lines),
        )
        assert loaded.diagnostics == ()

    def test_behind_text(self) -> None:
        """Behind a quote that is closed, and below a block of text, there are comments."""
        loaded = read(
            "- id: gertas-01",
            "  name: Daftar",
            "  measure: |",
            "    daftar # plan: accept W501",
            "  # plan: accept W302 because panen sesudah hari ke-100",
            '  due: "2025-06-21"  # plan: accept W303 because hari pasar',
            "  duration: 1d",
        )
        assert places(loaded.diagnostics) == []
        assert places(loaded.accepted) == [(5, "W302"), (5, "W303")]


@pytest.mark.parametrize("mark", [b"", BOM])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("blank", ["  ", "\t", " \t "])
def test_files_of_windows(mark: bytes, end: str, blank: str) -> None:
    """Line ends, a byte order mark and tabs behind a value change nothing."""
    above = "# plan: accept W308 because disiapkan\n"
    text = above + HEAD.replace("as_of:", "baseline: awal, as_of:")
    text += "      - id: gertas-01" + blank + "# plan: accept W501 because menunggu juknis\n"
    text += "        name: Daftar\n        duration: 3d\n"
    text += "        # plan: accept W303 because balai desa buka\n \n        due: 2025-05-13"
    loaded = load({"a.yaml": mark + text.replace("\n", end).encode()}, NOW)
    assert loaded.diagnostics == ()
    assert [one.code for one in loaded.accepted] == ["W308", "W501", "W303"]
    assert [one.span.line for one in loaded.accepted] == [2, 11, 16]


def test_accepted_are_warnings() -> None:
    """What is accepted is kept, whole, as warnings in the order of the files; errors never are."""
    loaded = read(
        f"- {LATE}  # plan: accept W302 because panen sesudah hari ke-100",
        "# plan: accept W501 because menunggu juknis",
        "- {id: gertas-02, name: Panen, due: 2025-05-14}",
        "- {id: gertas-03, name: Pesta, due: besok, measure: m}  # plan: accept E105 because x",
    )
    assert places(loaded.accepted) == [(0, "W302"), (2, "W501")]
    assert {Severity.WARNING} == {one.severity for one in loaded.accepted}
    said = [say(one.message, Lang.EN) for one in loaded.accepted]
    assert said == [
        "due 20 Jun 2025 lies after the plan's last day, 30 May 2025",
        "nothing says how anyone can see that it is done",
    ]
    assert places(loaded.diagnostics) == [(3, "E105"), (3, "W602")]
    assert loaded.errors == loaded.diagnostics[:1]


def test_idle_once_the_errors_are_gone() -> None:
    """An idle comment is found as soon as no error may hide what it accepts."""
    idle = f"- {NO_MEASURE}  # plan: accept W501, W309 because menunggu juknis"
    other = "- {id: gertas-02, name: Panen, measure: foto, after: [%s], due: 2025-05-28}"
    assert places(read(idle, other % "gertas-1").diagnostics) == [(1, "E203")]
    assert places(read(idle, other % "gertas-01").diagnostics) == [(0, "W602")]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`plan validate` right here, on a plan of these lines and with these options."""
    alone(monkeypatch, tmp_path)

    def validate(text: str, *options: str) -> Outcome:
        (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
        return called(capsys, "validate", *options, "--lang", "en")

    return validate


REASON = "because panen sesudah hari ke-100"
LATE_SMALL = SMALL.replace("due: 2025-04-30}", "due: 2025-06-20}  # plan: accept W302")
WRONG_SMALL = SMALL.replace("due: 2025-04-30}", "due: 20-06-2025}  # plan: accept E105")


class Expected(NamedTuple):
    """Exit codes of `validate` without and with --strict, and what it counts."""

    plain: int
    strict: int
    errors: int
    warnings: int
    accepted: int


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(SMALL, Expected(0, 0, 0, 0, 0), id="nothing to accept"),
        pytest.param(
            LATE_SMALL.replace("  # plan: accept W302", ""),
            Expected(0, 1, 0, 1, 0),
            id="a warning",
        ),
        pytest.param(
            LATE_SMALL.replace("W302", f"W302 {REASON}"), Expected(0, 0, 0, 0, 1), id="accepted"
        ),
        pytest.param(LATE_SMALL, Expected(0, 1, 0, 2, 0), id="without a reason"),
        pytest.param(
            LATE_SMALL.replace("W302", f"W302, W303 {REASON}"),
            Expected(0, 1, 0, 1, 1),
            id="one of two in vain",
        ),
        pytest.param(
            WRONG_SMALL.replace("E105", f"E105 {REASON}"), Expected(1, 1, 1, 1, 0), id="an error"
        ),
        pytest.param(WRONG_SMALL, Expected(1, 1, 1, 1, 0), id="an error without a reason"),
    ],
)
def test_strict(text: str, expected: Expected, run: Run) -> None:
    """With --strict a warning fails, unless it is accepted; accepted ones are counted apart."""
    assert (run(text).code, run(text, "--strict").code) == expected[:2]
    summary = json.loads(run(text, "--format", "json").out)["summary"]
    _, _, errors, warnings, accepted = expected
    counts = {"files": 1, "errors": errors, "warnings": warnings, "accepted": accepted}
    assert summary == {**counts, "complete": not errors}


def test_said_to_people(run: Run) -> None:
    """The last line says how many warnings were accepted; the warnings themselves are not shown."""
    shown = run(LATE_SMALL.replace("W302", f"W302 {REASON}"))
    assert shown.out.endswith("(1 warning accepted with a reason)\n")
    assert "W302" not in shown.out
    assert "accepted" not in run(SMALL).out
