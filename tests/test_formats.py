"""One format a piece: what JSON promises, what CSV may not do, what GitHub and people read."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from tests.headings import HEADING

from banyuasin_plan.diagnostic import Diagnostic, Severity, Span
from banyuasin_plan.formats import BINARY, FORMATS, Screen, written
from banyuasin_plan.formats.findings import FINDING_FORMATS, Findings
from banyuasin_plan.formats.findings import written as findings_written
from banyuasin_plan.formats.findings.github import command, step_summary
from banyuasin_plan.report import (
    Beside,
    Cell,
    Chart,
    Column,
    Contents,
    Figure,
    Figures,
    Kind,
    Note,
    Report,
    Sheet,
    Table,
    Tally,
    Timeline,
    Tone,
)
from banyuasin_plan.words import Lang, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.report import Heading

EMPTY = message("none.rows")


def report_of(*cells: tuple[Kind, Cell], heading: Heading = HEADING) -> Report:
    """A report with one table of one row."""
    ids = ("id", "name", "owner", "due", "status", "reason", "ids")
    columns = tuple(Column(name, kind) for name, (kind, _) in zip(ids, cells, strict=False))
    table = Table("milestones", columns, (tuple(cell for _, cell in cells),), EMPTY)
    return Report("overdue", heading, (table,))


def as_json(report: Report, lang: Lang = Lang.EN) -> dict[str, Any]:
    """The report as whoever reads its JSON has it."""
    read: dict[str, Any] = json.loads(written(report, "json", lang, Screen()))
    return read


def as_csv(report: Report) -> list[list[str]]:
    """The report as whoever reads its CSV has it."""
    text = written(report, "csv", Lang.EN, Screen())
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


# JSON


def test_json_contract() -> None:
    """The keys that every report has, absent values null, dates ISO strings."""
    assert as_json(Report("due", HEADING)) == {
        "schema_version": 1,
        "report": "due",
        "plan": "uji",
        "notice": None,
        "as_of": "2025-04-10",
        "day": 50,
        "days": 100,
        "last_day": "2025-05-30",
        "figures": {},
        "tables": {},
    }


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        (Kind.TEXT, None, None),
        (Kind.DATE, date(2025, 3, 1), "2025-03-01"),
        (Kind.COUNT, 1234567, 1234567),
        (Kind.COUNT, 0, 0),
        (Kind.COUNT, 1.5, 1.5),
        (Kind.PERCENT, 100 / 3, 33.3333),
        (Kind.PERCENT, 100.0, 100),
        (Kind.POINTS, -0.00001, 0),
        (Kind.POINTS, -4.25, -4.25),
        (Kind.RATIO, 2 / 3, 0.666667),
        (Kind.FLAG, True, True),
        (Kind.FLAG, False, False),
        (Kind.ID, ("a", "b"), ["a", "b"]),
        (Kind.ID, (), []),
        (Kind.STATUS, Tone.BAD, "red"),
        (Kind.STATE, "not_started", "not_started"),
        (Kind.TEXT, '=1+1 "\n\u2028 \u8a08', '=1+1 "\n\u2028 \u8a08'),
        (
            Kind.RECORD,
            {"kind": "link", "id": "a", "detail": None},
            {"kind": "link", "id": "a", "detail": None},
        ),
        (Kind.TALLY, Tally(((Tone.BAD, 2), (Tone.DONE, 0))), {"red": 2, "blue": 0}),
    ],
)
def test_json_cells(kind: Kind, cell: Cell, expected: object) -> None:
    """Numbers stay numbers, ids ids, absent values null; the text is as the author wrote it."""
    assert as_json(report_of((kind, cell)))["tables"]["milestones"] == [{"id": expected}]


def test_json_sentences_follow_the_language() -> None:
    """Sentences come in the reader's language, dates and numbers in them as well."""
    report = report_of((Kind.SENTENCE, message("heading.before", date="x", dot="-", until=1234)))

    def said(lang: Lang) -> str:
        return str(as_json(report, lang)["tables"]["milestones"][0]["id"])

    assert said(Lang.EN) == "x - 1,234 days before day 1"
    assert said(Lang.ID) == "x - 1.234 hari sebelum Hari ke-1"


def test_json_holds_every_column_and_figure() -> None:
    """What a table hides for lack of room, and figures that only machines read, are there."""
    table = Table("t", (Column("a", Kind.ID), Column("b", Kind.ID, rank=9)), (("1", "2"),), EMPTY)
    figures = Figures((Figure("spi", Kind.RATIO, 1.0, shown=False),))
    blocks = (Timeline(HEADING.as_of, HEADING.as_of, HEADING.as_of), figures, Note(EMPTY), table)
    read = as_json(Report("status", HEADING, blocks))
    assert read["figures"] == {"spi": 1}
    assert read["tables"] == {"t": [{"a": "1", "b": "2"}]}


# CSV


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_takes_the_sting_out_of_formulas(first: str) -> None:
    """Text that a spreadsheet would run gets an apostrophe, wherever the text comes from."""
    text = f"{first}HYPERLINK(1)"
    report = report_of((Kind.TEXT, text), (Kind.ID, (text, "b")), (Kind.STATE, "x"))
    assert as_csv(report)[1] == [f"'{text}", f"'{text}; b", "x"]


def test_csv_leaves_numbers_alone() -> None:
    """A negative number stays a number, a date a date; nothing stays nothing."""
    report = report_of(
        (Kind.POINTS, -4.5),
        (Kind.PERCENT, 33.300000000000004),
        (Kind.COUNT, -3),
        (Kind.DATE, date(2025, 3, 1)),
        (Kind.TEXT, None),
        (Kind.FLAG, True),
        (Kind.FLAG, False),
    )
    assert as_csv(report)[1] == ["-4.5", "33.3", "-3", "2025-03-01", "", "true", "false"]


@pytest.mark.parametrize(
    "text", ["a,b", 'a "b"', "a\nb", "a\r\nb", " a ", "", "'a'", '"', "\u8a08"]
)
def test_csv_reads_back(text: str) -> None:
    """Commas, quotes and line ends inside a cell come back as they were (RFC 4180)."""
    assert as_csv(report_of((Kind.TEXT, text), (Kind.TEXT, "end")))[1] == [text, "end"]


def test_csv_has_column_ids_as_heads() -> None:
    """Heads are ids in every language; one table, or the figures where there is none."""
    report = report_of((Kind.RECORD, {"kind": "link", "id": "a", "detail": None}))
    assert as_csv(report) == [["id"], ["link a"]]
    figures = Figures((Figure("done", Kind.COUNT, 3), Figure("name", Kind.TEXT, "=x")))
    other = Report("show", HEADING, (Note(EMPTY), figures))
    assert as_csv(other) == [["figure", "value"], ["done", "3"], ["name", "'=x"]]


# Findings


def found(  # noqa: PLR0913 - a finding has that many parts
    said: str = "x",
    *,
    line: int = 1,
    columns: tuple[int, int] = (1, 2),
    end_line: int | None = None,
    severity: Severity = Severity.ERROR,
    file: str = "a.yaml",
    hint: str | None = None,
) -> Diagnostic:
    """A finding that says just that; a text of `no_plan_in` takes any words."""
    code = "E101" if severity is Severity.ERROR else "W302"
    return Diagnostic(
        Span(file, line, columns[0], end_line or line, columns[1]),
        code,
        severity,
        message("bad_id", given=said),
        message("did_you_mean", name=hint) if hint else None,
    )


def as_text(text: str, *diagnostics: Diagnostic, screen: Screen | None = None) -> list[str]:
    """The lines people read about one file."""
    findings = Findings(None, diagnostics, {"a.yaml": text.encode()})
    return findings_written(findings, "text", Lang.EN, screen or Screen()).splitlines()


def test_findings_in_text() -> None:
    """The place, the code, the line with carets under what is meant, and what would help."""
    assert as_text("plan:\n  id: A b\n", found("A b", line=2, columns=(7, 10), hint="a-b")) == [
        "a.yaml:2:7: error E101: A b is not an id",
        "  2 |   id: A b",
        "    |       ^^^",
        "  help: did you mean a-b?",
        "",
        "1 error, 0 warnings in 1 file",
    ]


@pytest.mark.parametrize(
    ("line", "columns", "under"),
    [
        ("id: abc", (5, 8), "abc"),
        ("nama: \u8a08\u756b x", (10, 11), "x"),
        ("nama: \u8a08\u756b", (7, 9), "\u8a08\u756b"),
        ("a\tb: x", (6, 7), "x"),
        ("cafe\u0301: x", (8, 9), "x"),
        ("a\u202eb: x", (6, 7), "x"),
        ("x" * 500 + "END" + "y" * 500, (501, 504), "END"),
        ("END" + "y" * 500, (1, 4), "END"),
        ("y" * 500 + "END", (501, 504), "END"),
        ("id:\r", (4, 4), ""),
        ("", (1, 1), ""),
    ],
)
def test_caret_under_what_is_meant(line: str, columns: tuple[int, int], under: str) -> None:
    """Carets stand right under it, whatever is wide, long, hidden or combining before it."""
    _, shown, below, *_ = as_text(line, found(columns=columns))
    bar = shown.index("| ") + 2
    assert below.startswith(" " * (bar - 2) + "| ")
    before = len(below) - len(below[bar:].lstrip(" ")) - bar
    carets = below.strip(" |")
    assert set(carets) == {"^"}
    assert len(carets) == max(1, cell_len(under))
    left = 0
    while cell_len(shown[bar : bar + left]) < before:
        left += 1
    assert shown[bar + left :].startswith(under)
    assert cell_len(shown) <= 140
    assert shown.isprintable()


def test_caret_over_several_lines() -> None:
    """Of something that goes on below, the first line is marked to its end."""
    _, shown, below, *_ = as_text("a: [1,\n  2]", found(columns=(4, 5), end_line=2))
    assert (shown, below) == ("  1 | a: [1,", "    |    ^^^")


@pytest.mark.parametrize("line", [0, 3, 99])
def test_a_line_that_is_not_there(line: int) -> None:
    """A finding without a line in the text, or about a file nobody read, is said all the same."""
    first, *rest = as_text("a: 1\n", found(line=line, columns=(1, 1)), found(file="gone.yaml"))
    assert first == f"a.yaml:{line}:1: error E101: x is not an id"
    assert "gone.yaml:1:1: error E101: x is not an id" in rest


def test_a_hundred_findings_are_shown() -> None:
    """The rest is counted, in both languages; JSON and GitHub have them all."""
    many = tuple(found(str(number), line=1) for number in range(103))
    lines = as_text("x", *many)
    assert sum(": error E101: " in line for line in lines) == 100
    assert lines[-3:] == [
        "... and 3 more findings; --format json shows all",
        "",
        "103 errors, 0 warnings in 1 file",
    ]
    findings = Findings(None, many, {})
    assert "3 temuan lagi" in findings_written(findings, "text", Lang.ID, Screen())
    assert (
        len(json.loads(findings_written(findings, "json", Lang.ID, Screen()))["diagnostics"]) == 103
    )
    assert findings_written(findings, "github", Lang.ID, Screen()).count("::error ") == 103


def test_findings_in_colour() -> None:
    """On a terminal severity and place are coloured, and every line ends without colour."""
    lines = as_text("id: x", found(), screen=Screen(80, colour=True))
    assert lines[0] == "\x1b[1ma.yaml:1:1\x1b[0m: \x1b[1;31merror E101\x1b[0m: x is not an id"
    assert all(line.count("\x1b[") == 2 * line.count("\x1b[0m") for line in lines)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("form", [form for form in FINDING_FORMATS if form != "gitlab"])
def test_nothing_found(form: str, lang: Lang) -> None:
    """No finding is said too, with how many files were read; GitLab has no place for that."""
    text = findings_written(Findings("uji", (), {"a": b"", "b": b""}), form, lang, Screen())
    assert "2" in text
    assert text.endswith("\n")


def test_findings_in_json() -> None:
    """The contract: counts, and every finding at its place with its words."""
    findings = Findings("uji", (found("A", line=3, columns=(5, 6), hint="a"), found()), {"a": b""})
    read = json.loads(findings_written(findings, "json", Lang.EN, Screen()))
    first, second = read.pop("diagnostics")
    assert read == {
        "schema_version": 1,
        "plan": "uji",
        "summary": {"files": 1, "errors": 2, "warnings": 0, "accepted": 0, "complete": True},
    }
    assert first == {
        "code": "E101",
        "severity": "error",
        "message": "A is not an id",
        "help": "did you mean a?",
        "file": "a.yaml",
        "line": 3,
        "column": 5,
        "end_line": 3,
        "end_column": 6,
    }
    assert second["help"] is None


def test_github_shows_the_worst_first() -> None:
    """Errors come before warnings, each kind in the order of the files."""
    warning = Severity.WARNING
    diagnostics = (
        found("1", severity=warning),
        found("2"),
        found("3", severity=warning),
        found("4"),
    )
    text = findings_written(Findings(None, diagnostics, {}), "github", Lang.EN, Screen())
    *lines, last = text.splitlines()
    assert [line[2:9].strip() for line in lines] == ["error t", "error t", "warning", "warning"]
    assert [line.split("::")[2][0] for line in lines] == ["2", "4", "1", "3"]
    assert last == "2 errors, 2 warnings in 0 files"


@pytest.mark.parametrize(
    ("file", "escaped"),
    [
        ("a b.yaml", "a b.yaml"),
        ("a,b.yaml", "a%2Cb.yaml"),
        ("C:\\a.yaml", "C%3A\\a.yaml"),
        ("100%.yaml", "100%25.yaml"),
        ("a%2C.yaml", "a%252C.yaml"),
        ("a\n::error::x", "a%0A%3A%3Aerror%3A%3Ax"),
        ("a\rb", "a%0Db"),
    ],
)
def test_github_properties_are_escaped(file: str, escaped: str) -> None:
    """No file's name can end its property or begin a command of its own."""
    line = command(found(file=file), Lang.EN)
    assert line == (
        f"::error title=E101,file={escaped},line=1,endLine=1,col=1,endColumn=2::x is not an id"
    )


def test_github_columns_only_within_a_line() -> None:
    """GitHub ignores columns of a stretch over several lines, so none are given."""
    line = command(found(end_line=4, hint="y"), Lang.EN)
    assert (
        line == "::error title=E101,file=a.yaml,line=1,endLine=4::x is not an id (did you mean y?)"
    )


def test_step_summary() -> None:
    """A Markdown table that a plan's text can't break out of; a hundred rows, the rest counted."""
    nasty = "a|b `c` <img src=x> [d](e) *f* \\ #1 _g_ ~h~ !"
    text = step_summary(Findings(None, (found(nasty, file="p|q.yaml"),) * 102, {}), Lang.EN)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 102
    assert {row.count("|") for row in rows} == {4}
    assert set("`<>[]*\\_~!").isdisjoint("".join(rows[2:]))
    assert "... and 2 more findings" in text
    clean = step_summary(Findings(None, (), {"a": b""}), Lang.ID)
    assert "|" not in clean


# The terminal, as far as it is not looked at in a real one


def lines_of(report: Report, *, width: int | None, plain: bool = False) -> list[str]:
    """The report as a screen without colour shows it."""
    return written(report, "table", Lang.EN, Screen(width, plain=plain)).splitlines()


NASTY = "\x1b[31mred\x1b[0m \u202ereversed\u202c \u200bzero [bold]markup[/bold] :smile:"


def test_a_plans_text_never_steers_a_terminal() -> None:
    """Escape sequences and hidden characters are spelled out; markup is just text."""
    heading = HEADING._replace(name=NASTY, notice=NASTY)
    report = report_of((Kind.TEXT, NASTY), (Kind.ID, (NASTY, "b")), heading=heading)
    for width in (None, 40, 80):
        shown = "".join(lines_of(report, width=width))
        assert set("\x1b\u202e\u202c\u200b").isdisjoint(shown)
        assert ":smile:" in shown
    assert "[bold]markup[/bold]" in "".join(lines_of(report, width=None))


@pytest.mark.parametrize("width", [20, 40, 60, 80, 140])
@pytest.mark.parametrize("plain", [False, True])
def test_every_kind_fits(width: int, plain: bool) -> None:  # noqa: FBT001 - a case of two
    """Whatever a table holds, no line is longer than the screen, and plain ones are ASCII."""
    wide = "Daftar penerima yang disahkan camat dan dinas, " * 4
    cells: Sequence[tuple[Kind, Cell]] = [
        (Kind.ID, "sehat-01"),
        (Kind.TEXT, wide),
        (Kind.SENTENCE, message("bad_id", given=wide)),
        (Kind.DATE, date(2025, 12, 31)),
        (Kind.COUNT, 12),
        (Kind.PERCENT, 33.3),
        (Kind.POINTS, -3.25),
        (Kind.MONEY, 250_000_000),
        (Kind.FLAG, True),
        (Kind.STATE, "in_progress"),
        (Kind.STATUS, Tone.BAD),
        (Kind.RECORD, {"kind": "link", "id": "a", "detail": "FS"}),
    ]
    named = [
        Column(name, kind, rank=place)
        for place, (name, (kind, _)) in enumerate(
            zip(
                ("id", "name", "reason", "due", "done", "planned_percent", "deviation", "amount",
                 "critical", "state", "status", "driver"),
                cells,
                strict=True,
            )
        )
    ]  # fmt: skip
    table = Table("milestones", tuple(named), (tuple(cell for _, cell in cells),), EMPTY)
    span = Timeline(date(2025, 2, 20), date(2025, 5, 30), date(2025, 4, 10))
    shown = lines_of(Report("overdue", HEADING, (span, table)), width=width, plain=plain)
    assert [line for line in shown if cell_len(line) > width] == []
    assert "sehat-01" in "".join(shown)
    if plain:
        assert "".join(shown).isascii()


def sheets() -> Report:
    """A report of sheets: one of ours with everything side by side, and one of an owner."""
    table = Table("milestones", (Column("id", Kind.ID),), (("sehat-01",),), EMPTY)
    other = table._replace(id="due", rows=(("sehat-02",),))
    chart = Chart("groups", "bar", "milestones", "id", ("planned_percent",))
    ours = Sheet("overdue", (chart, Beside((table, other)), Contents()))
    own = Sheet(
        "dinkes", (table._replace(id="own", called="milestones"),), title="Dinas \x1bKesehatan"
    )
    return Report("weekly", HEADING, (ours, own))


def test_sheets_on_a_terminal() -> None:
    """Sheets are titles, what stands side by side follows each other, drawings are left out."""
    shown = lines_of(sheets(), width=80, plain=False)
    kept = [line for line in shown if line in {"sehat-01", "sehat-02"} or "Kesehatan" in line]
    assert kept[:2] == ["sehat-01", "sehat-02"]
    assert kept[3:] == ["sehat-01"]
    assert kept[2].endswith("Kesehatan")
    assert "\x1b" not in "".join(shown)


def test_sheets_for_machines() -> None:
    """JSON has every table by its id, CSV the first one."""
    assert as_json(sheets())["tables"] == {
        "milestones": [{"id": "sehat-01"}],
        "due": [{"id": "sehat-02"}],
        "own": [{"id": "sehat-01"}],
    }
    assert as_csv(sheets()) == [["id"], ["sehat-01"]]


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in BINARY])
@pytest.mark.parametrize("lang", list(Lang))
def test_empty_tables(form: str, lang: Lang) -> None:
    """A table without rows says so to people, and is an empty list to machines."""
    table = Table("milestones", (Column("id", Kind.ID),), (), message("none.overdue"))
    text = written(Report("overdue", HEADING, (table,)), form, lang, Screen())
    assert isinstance(text, str)
    said = "tenggat" if lang is Lang.ID else "Nothing is overdue."
    assert {"table": said, "md": said, "json": "[]"}.get(form, "id\r\n") in text
