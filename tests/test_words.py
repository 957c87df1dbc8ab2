"""Words in both languages: nothing missing, nothing left over, terms as officials use them."""

from __future__ import annotations

import ast
import inspect
import re
import string
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pydantic import BaseModel

import banyuasin_plan
from banyuasin_plan.cli import app
from banyuasin_plan.cli.commands import GROUPS
from banyuasin_plan.cli.exporting import EXPORTS
from banyuasin_plan.diagnostic import Severity
from banyuasin_plan.plan import head, model
from banyuasin_plan.report import Tone
from banyuasin_plan.reports import REPORTS
from banyuasin_plan.rules import RULES
from banyuasin_plan.rules.pages import page_of, title_of
from banyuasin_plan.tracking import State
from banyuasin_plan.tracking.colours import DONE_RULES, OPEN_RULES, PROGRAM_RULES
from banyuasin_plan.words import PARTS, Lang, catalogue, label, message, say
from banyuasin_plan.words.id.schema import DESCRIPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(banyuasin_plan.__file__).parent
BOTH = pytest.mark.parametrize("lang", list(Lang))

SAME_IN_BOTH = {
    "letter.plan", "letter.nobody", "letter.line.attention", "letter.line.due",
    "letter.line.orders.undated", "letter.line.meeting", "letter.line.returned",
    "letter.line.returned.plain", "letter.line.evidence", "letter.line.evidence.plain",
    "at_line", "column.id", "column.status", "figure.id", "figure.status", "figure.target",
    "column.number", "column.target", "figure.spi", "figure.spi_time",
    "changed.day", "changed.percent",
    "report.status", "sheet.weekly.gantt", "table.gantt.bars", "term.gantt", "term.spi",
    "term.spi_time", "usage.help",
    "form.head.number", "form.head.status", "form.under", "usage.form.help", "usage.sample.help",
    "slide.names", "pack.data",
    "escalate.line",
}  # fmt: skip
"""Keys whose words are the same in both languages, besides examples."""

DRIVERS = (
    "link",
    "not_before",
    "start",
    "due",
    "capacity",
    "calendar",
    "data_date",
    "plan_start",
    "own",
    "report",
)


def templates(part: str, lang: str) -> dict[str, str]:
    """The words of one part in one language."""
    found: dict[str, str] = import_module(f"banyuasin_plan.words.{lang}.{part}").TEMPLATES
    return found


def blanks(template: str) -> set[str]:
    """The names of what a template leaves to be filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


# Both languages, side by side


@pytest.mark.parametrize("part", PARTS)
def test_no_translation_is_missing(part: str) -> None:
    """Each part has the same keys in both languages, in the same order."""
    assert list(templates(part, "id")) == list(templates(part, "en"))


@pytest.mark.parametrize("part", PARTS)
def test_both_leave_the_same_blanks(part: str) -> None:
    """A sentence is filled with the same things in both languages; a holiday's name is not."""
    english = templates(part, "en")
    differing = [
        key for key, template in templates(part, "id").items()
        if blanks(template) != blanks(english[key])
    ]  # fmt: skip
    assert differing in ([], ["closed.holiday"])


def test_parts_do_not_share_keys() -> None:
    """A key stands in one part only, so that no part can hide another's."""
    keys = [key for part in PARTS for key in templates(part, "en")]
    assert len(keys) == len(set(keys))


def test_nothing_was_left_untranslated() -> None:
    """Words are the same in both languages only where that is known to be right."""
    english = catalogue(Lang.EN)
    same = {key for key, template in catalogue(Lang.ID).items() if template == english[key]}
    assert {key for key in same if not key.endswith(".examples")} == SAME_IN_BOTH


@BOTH
def test_every_sentence_can_be_said(lang: Lang) -> None:
    """Each template is filled without an error, and leaves no brace and no blank behind."""
    for key, template in catalogue(lang).items():
        filled = dict.fromkeys(blanks(template), 3)
        said = say(message(key, **filled), lang)
        assert said == said.strip()
        if filled:
            assert "{" not in said.replace("{ or [", "").replace("{ atau [", ""), key


@BOTH
def test_what_fills_a_sentence_follows_the_language(lang: Lang) -> None:
    """Dates, numbers and lists inside a sentence are written in its language."""
    said = label("usage.choice", lang, name="x", given=1234, choices=("a", "b", "c"))
    assert (
        said
        == {
            Lang.ID: "x: 1.234 tidak termasuk a, b, dan c",
            Lang.EN: "x: 1,234 is none of a, b and c",
        }[lang]
    )
    moved = label("event.moved", lang, day=date(2025, 5, 1))
    assert moved.endswith({Lang.ID: "1 Mei 2025", Lang.EN: "1 May 2025"}[lang])


def test_a_missing_template_is_a_bug() -> None:
    """A key nobody has raises instead of showing itself to a reader."""
    with pytest.raises(KeyError, match="nobody"):
        say(message("nobody"), Lang.EN)


# Every key that the program uses


class Used(NamedTuple):
    """A key as the code writes it: whole, or as a pattern where part of it is filled in."""

    where: str
    pattern: re.Pattern[str]


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the program, read."""
    files = sorted(SOURCE.rglob("*.py"))
    return {
        file.relative_to(SOURCE).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
    }


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function of one of these names, with the module it stands in."""
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node.func) in names and node.args:
                yield name, node


def _called(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def pattern_of(node: ast.expr) -> re.Pattern[str] | None:
    """A constant, or a text with pieces filled in, as a pattern; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.compile(re.escape(node.value))
    if isinstance(node, ast.JoinedStr):
        pieces = (
            re.escape(str(piece.value)) if isinstance(piece, ast.Constant) else ".+"
            for piece in node.values
        )
        return re.compile("".join(pieces))
    return None


def used() -> Iterator[Used]:
    """Every key passed to what makes a sentence of it."""
    for where, call in calls("message", "label", "unknown", "_known", "_unknown"):
        for argument in call.args:
            pattern = pattern_of(argument)
            name = _called(call.func)
            if pattern and (argument is call.args[0] or name in {"_known", "_unknown"}):
                yield Used(f"{where}:{call.lineno}", pattern)


def test_every_key_in_the_code_has_words() -> None:
    """Whatever is passed to `message` or `label` is a key, or has keys that fit it."""
    keys = catalogue(Lang.EN)
    found = list(used())
    assert len(found) > 100
    assert [one for one in found if not any(map(one.pattern.fullmatch, keys))] == []


def test_complaints_about_text_have_words() -> None:
    """Every complaint of the reader has a message and help."""
    keys = catalogue(Lang.EN)
    found = {
        call.args[0].value
        for where, call in calls("add", "_complain", "_refused", "Answer")
        if where.startswith("source/")
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }
    complaints = {key for key in found if key.partition(".")[0] in {rule.name for rule in RULES}}
    assert len(complaints) > 30
    assert {key for key in complaints if key not in keys or f"{key}.help" not in keys} == set()


def test_no_words_are_left_over() -> None:
    """Every key is named somewhere in the program, whole or in part."""
    constants: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for name, tree in trees().items():
        if name.startswith("words/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                patterns += [pattern] if (pattern := pattern_of(node)) else []

    def named(key: str) -> bool:
        return key in constants or any(pattern.fullmatch(key) for pattern in patterns)

    left = [key for key in catalogue(Lang.EN) if not named(key)]
    assert [key for key in left if not named(key.removesuffix(".help"))] == []


def _named(call: ast.Call) -> str:
    """The id that a column, a figure or a table is made with."""
    first = call.args[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _shown(call: ast.Call) -> bool:
    """Whether people see this column or figure, not only machines."""
    given = {word.arg: word.value for word in call.keywords}
    rank, shown = given.get("rank"), given.get("shown")
    hidden = isinstance(shown, ast.Constant) and shown.value is False
    return not hidden and not (isinstance(rank, ast.Name) and rank.id == "HIDDEN")


@BOTH
def test_columns_and_figures_have_words(lang: Lang) -> None:
    """Every column, figure and table that people see has a head."""
    wanted = {
        f"{_called(call.func).lower()}.{_named(call)}"
        for where, call in calls("Column", "Figure")
        if where.startswith("reports/") and _named(call) and _shown(call)
    }
    wanted |= {
        f"table.{Path(where).parts[1].removesuffix('.py')}.{_named(call)}"
        for where, call in calls("Table", "_table")
        if where.startswith("reports/") and _named(call)
    }
    assert len(wanted) > 80
    assert {key for key in wanted if key not in catalogue(lang)} - {"figure.by_status"} == set()


def _options() -> set[str]:
    """The name of every option and argument of every command, hidden ones left out."""
    exports = (one.options for one in EXPORTS.values())
    every = (
        *app.OWN.values(),
        app.REPORT,
        app.SHOW,
        app.SET,
        app.VALIDATE,
        app.EXPLAIN,
        app.IMPORT,
        app.BRIEF,
        app.DIFF,
        app.HISTORY,
        app.BASELINE,
        *exports,
    )
    names = {name for options in every for name in options}
    return (names | {"help", "version"}) - {"debug"}


@BOTH
def test_names_have_words(lang: Lang) -> None:
    """Statuses, states, drivers, severities, colours' rules, commands, options and reports do."""
    keys, texts = catalogue(lang), {"brief"}
    commands = {
        *REPORTS, "show", "why", "whatif", "set", "export", "import", "diff", "history", "baseline",
        "validate", "explain",
    }  # fmt: skip
    helped = {*commands, *texts, *(f"export.{kind}" for kind in EXPORTS)}
    wanted = {
        *(f"status.{tone}" for tone in Tone),
        *(f"state.{state}" for state in State),
        *(f"driver.{kind}" for kind in DRIVERS),
        *(f"severity.{severity}" for severity in Severity),
        *(f"colour.{rule.id}" for rule in (*DONE_RULES, *OPEN_RULES, *PROGRAM_RULES)),
        *(f"rule.{rule.id}" for rule in (*DONE_RULES, *OPEN_RULES, *PROGRAM_RULES)),
        *(
            f"report.{name}"
            for name in (
                *REPORTS,
                "show",
                "why",
                "whatif",
                "diff",
                "history",
                "baseline",
                "validate",
            )
        ),
        *(f"help.{name}{part}" for name in helped for part in ("", ".short", ".examples")),
        *(f"help.group.{group}" for group in GROUPS),
        *(f"option.{name}" for name in _options()),
        *(f"weekday.{day}" for day in range(7)),
        *(f"report.{name}" for name in (*texts, "owed")),
    }
    assert {key for key in wanted if key not in keys} == set()
    assert commands | texts == {name for names in GROUPS.values() for name in names}


# Rules and the schema


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rules_have_words(rule: object) -> None:
    """Each rule has messages under its name, and a page with a title in both languages."""
    found = next(one for one in RULES if one is rule)
    assert any(key.partition(".")[0] == found.name for key in catalogue(Lang.EN))
    pages = {lang: page_of(found, lang) for lang in Lang}
    assert pages[Lang.ID] != pages[Lang.EN]
    for lang in Lang:
        title = title_of(found, lang)
        assert title.endswith(".")
        assert len(title) <= 100
        assert pages[lang].startswith(title)


def test_no_page_without_a_rule() -> None:
    """Every Indonesian page belongs to a rule."""
    pages = {file.stem for file in (SOURCE / "words" / "id" / "rules").glob("*.md")}
    assert pages == {rule.code for rule in RULES}


def _described() -> dict[str, str | None]:
    """Every key of the plan as `Milestone.due`, with its English description."""
    return {
        f"{name}.{field.alias or key}": field.description
        for part in (head, model)
        for name, one in vars(part).items()
        if inspect.isclass(one) and issubclass(one, BaseModel) and not name.startswith("_")
        if one.__module__ == part.__name__ and name != "Written"
        for key, field in one.model_fields.items()
    }


def test_every_key_of_the_plan_is_described() -> None:
    """Each field has a sentence in English and one in Indonesian, and no sentence is spare."""
    english = _described()
    assert len(english) > 150
    assert set(DESCRIPTIONS) == set(english)
    for sentence in (*english.values(), *DESCRIPTIONS.values()):
        assert sentence
        assert sentence.endswith(".")
        assert (
            sentence[0].isupper()
            or not sentence[0].isalpha()
            or sentence[0].isdigit()
            or (sentence.startswith(("FS", "5d")))
        )


# Terms, as in the glossary of the transition team


TERMS = {
    "figure.milestones": "rencana aksi",
    "figure.program": "program",
    "figure.full_name": "kepanjangan",
    "column.owner": "penanggung jawab",
    "figure.owner": "penanggung jawab",
    "figure.lead": "OPD pengampu",
    "figure.support": "OPD pendukung",
    "column.district": "kecamatan",
    "figure.measure": "ukuran keberhasilan",
    "figure.weight": "bobot",
    "figure.verifier": "verifikator",
    "figure.due": "tenggat",
    "column.due": "tenggat",
    "figure.overdue": "lewat tenggat",
    "report.overdue": "lewat tenggat",
    "figure.days_late": "hari terlambat",
    "figure.due_soon": "mendekati tenggat",
    "figure.done": "selesai",
    "state.done": "selesai",
    "figure.verified": "terverifikasi",
    "figure.in_progress": "dalam proses",
    "state.in_progress": "dalam proses",
    "figure.not_started": "belum mulai",
    "state.not_started": "belum mulai",
    "figure.blocked": "terkendala",
    "table.show.blockers": "kendala",
    "figure.cancelled": "dibatalkan",
    "state.cancelled": "dibatalkan",
    "status.red": "merah",
    "status.orange": "jingga",
    "status.yellow": "kuning",
    "status.green": "hijau",
    "status.blue": "biru",
    "status.grey": "abu-abu",
    "figure.critical": "kritis",
    "figure.total_float": "kelonggaran total",
    "figure.free_float": "kelonggaran bebas",
    "figure.deviation": "deviasi",
    "figure.planned_percent": "rencana",
    "figure.actual_percent": "realisasi fisik",
    "figure.spent_percent": "realisasi keuangan",
    "figure.budget": "pagu",
    "figure.forecast_finish": "perkiraan selesai",
    "table.show.evidence": "data dukung",
    "figure.reason": "sebab",
    "severity.error": "kesalahan",
    "severity.warning": "peringatan",
}
"""Keys and the term that their Indonesian words must hold (`glossary.csv`)."""

NEVER = {
    "jatuh tempo": "tenggat",
    "tonggak": "rencana aksi",
    "klaim": "dilaporkan",
    "sedang berjalan": "dalam proses",
    "kuning-merah": "jingga",
    "prasyaratan": "prasyarat",
}
"""Words that are not used here, and what is said instead."""


@pytest.mark.parametrize("key", TERMS)
def test_terms_of_the_glossary(key: str) -> None:
    """The interface says it as officials do."""
    assert TERMS[key].casefold() in catalogue(Lang.ID)[key].casefold()


@pytest.mark.parametrize("word", NEVER)
def test_words_that_mislead_are_not_used(word: str) -> None:
    """Terms that mean something else to officials appear nowhere."""
    texts = {**catalogue(Lang.ID), **DESCRIPTIONS}
    pages = {rule.code: page_of(rule, Lang.ID) for rule in RULES}
    said = {**texts, **pages}
    pattern = re.compile(rf"\b{word}\b", re.IGNORECASE)
    assert [key for key, text in said.items() if pattern.search(text)] == []


def test_days_are_named_apart() -> None:
    """`Hari ke-N` counts the plan's days, `hari kerja ke-N` office days; both are shown."""
    said = catalogue(Lang.ID)["heading.on"]
    assert "Hari ke-{day}" in said
    assert "hari kerja ke-{office}" in said
    assert "Minggu ke-{week}" in said
