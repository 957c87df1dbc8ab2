"""The catalogue: every rule's pages, in both languages, say what the checker really finds."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib import import_module
from importlib.resources import files
from string import Formatter

import pytest

from banyuasin_plan.diagnostic import Severity
from banyuasin_plan.reading import load
from banyuasin_plan.rules import RULES, Rule, rule_of
from banyuasin_plan.rules.pages import page_of, title_of
from banyuasin_plan.words import Lang, catalogue, say

NOW = datetime(2025, 4, 10, 9, tzinfo=UTC)
HEAD = """\
plan:
  id: contoh-100
  name: Contoh
  start: 2025-02-20
  days: 100
  prepare_from: 2025-02-14
  as_of: 2025-04-10
"""
PRELUDE = """\
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: setda, name: Sekretariat Daerah}
  - {id: inspektorat, name: Inspektorat}
  - {id: dkp, name: Dinas Ketahanan Pangan}
districts:
  - {id: betung, name: Betung}
  - {id: sembawa, name: Sembawa}
groups:
  - {id: gerakan, name: 12 Gerakan}
goals:
  - {id: misi, name: Sapta Cita Banyuasin, items: [{id: 4, text: Banyuasin Makmur}]}
inherited:
  - {id: gertas-2020, name: Gertas 2020, stopped: {on: 2025-03-03, by: setda}}
decisions:
  - {id: arahan-01, on: 2025-03-03, by: setda, text: Data dirapikan, owner: dinkes}
  - {id: arahan-02, on: 2025-03-03, by: inspektorat, text: Bukti dirapikan, owner: dkp}
"""
"""What stands in another file beside the example of a page."""

WITHOUT_PRELUDE = {"E110", "W214"}
"""Their examples are the only files of their plans."""

BESIDE_A_HEAD = "E111"
"""Its example has a head of its own beside another one."""

NO_EXAMPLE = {
    "E001": "a page is text in UTF-8",
    "E010": "a page that holds a tab is easily spoiled by an editor",
    "E011": "an example would be too large for a page",
}
"""Rules whose pages have no example that is flagged, with the reason."""

GAPS = ("W5", "W706", "W707", "W708")
"""Rules about what is left open. A page's example is an excerpt and shows only what it is about,
so those of other pages are not asked."""

BESIDE = {"E307": {"W310", "W311"}, "W601": {"W302"}}
"""What else is found in the example of a page, because it cannot be shown without."""

PARTS = {
    Lang.EN: ("What it finds.", "Why it matters.", "How to mend it."),
    Lang.ID: ("Yang ditemukan.", "Mengapa penting.", "Cara memperbaiki."),
}
EXAMPLE = {Lang.EN: "Example.", Lang.ID: "Contoh."}

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"# <- ([EW]\d{3})$")

PAGES = [pytest.param(rule, lang, id=f"{rule.code}-{lang}") for rule in RULES for lang in Lang]


def blocks(page: str) -> list[str]:
    """The YAML examples of a page, in order."""
    return [text for kind, text in BLOCK.findall(page) if kind == "yaml"]


def marked(example: str) -> list[tuple[int, str]]:
    """The lines that an example marks, each with its code."""
    lines = enumerate(example.splitlines(), start=1)
    return [(number, found[1]) for number, line in lines if (found := MARK.search(line))]


def flagged(code: str, example: str) -> list[tuple[int, str]]:
    """What the checker finds in an example beside the prelude, by line and code."""
    texts = {"contoh.yaml": example.encode()}
    if code not in WITHOUT_PRELUDE:
        own_head = example.startswith("plan:") and code != BESIDE_A_HEAD
        texts["awal.yaml"] = (PRELUDE if own_head else HEAD + PRELUDE).encode()
    found = load(texts, NOW).diagnostics
    assert {"contoh.yaml"} >= {one.span.file for one in found}
    shown = [(one.span.line, one.code) for one in found]
    passed = BESIDE.get(code, set())
    return [
        (line, flag)
        for line, flag in shown
        if flag == code or not (flag.startswith(GAPS) or flag in passed)
    ]


@pytest.mark.parametrize(("rule", "lang"), PAGES)
def test_examples(rule: Rule, lang: Lang) -> None:
    """The checker finds exactly what a page's examples mark, and nothing in those without marks."""
    for example in blocks(page_of(rule, lang)):
        assert marked(example) == flagged(rule.code, example)


@pytest.mark.parametrize(("rule", "lang"), PAGES)
def test_every_page_shows_both(rule: Rule, lang: Lang) -> None:
    """A page shows what is flagged, under its own code alone, and then how it is written right."""
    marks = [marked(example) for example in blocks(page_of(rule, lang))]
    if rule.code in NO_EXAMPLE:
        assert not any(marks)
        return
    wrong, *right = marks
    assert {rule.code} == {code for _, code in wrong}
    assert right
    assert not any(right)


@pytest.mark.parametrize(("rule", "lang"), PAGES)
def test_parts(rule: Rule, lang: Lang) -> None:
    """A page has a title of one line, then its parts, each in a paragraph under its own heading."""
    title, *paragraphs = BLOCK.sub("", page_of(rule, lang)).strip().split("\n\n")
    heads = [part for part in PARTS[lang] if any(text.startswith(part) for text in paragraphs)]
    assert title.endswith(".")
    assert "\n" not in title
    assert title == title_of(rule, lang)
    assert list(PARTS[lang]) == heads
    named = any(text.startswith(EXAMPLE[lang]) for text in paragraphs)
    assert named == (rule.code not in {"E001", "E011"})


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_pages_agree(rule: Rule) -> None:
    """Both pages of a rule have the same examples, as far as names and comments allow."""
    english, indonesian = (page_of(rule, lang) for lang in (Lang.EN, Lang.ID))
    assert english != indonesian
    assert len(BLOCK.findall(english)) == len(BLOCK.findall(indonesian))
    shapes = [[marked(text) for text in blocks(page)] for page in (english, indonesian)]
    assert shapes[0] == shapes[1]


def test_codes() -> None:
    """Codes are unique and in order, and so are the names under which messages are kept."""
    numbers = [rule.code[1:] for rule in RULES]
    assert sorted(set(numbers)) == numbers
    assert len(RULES) == len({rule.name for rule in RULES})


def test_severity() -> None:
    """A code's letter is its severity: E an error, W a warning."""
    letters = {Severity.ERROR: "E", Severity.WARNING: "W"}
    assert [letters[rule.severity] for rule in RULES] == [rule.code[0] for rule in RULES]


def test_rule_of() -> None:
    """A rule is found by its code, however that is typed; others are none."""
    assert rule_of("e208") is rule_of("E208") is not None
    assert rule_of("E999") is None


def test_no_page_without_a_rule() -> None:
    """Every Indonesian page belongs to a rule that there is."""
    folder = files("banyuasin_plan.words.id") / "rules"
    assert {f"{rule.code}.md" for rule in RULES} == {page.name for page in folder.iterdir()}


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_rule_has_words(rule: Rule) -> None:
    """Every rule has something to say, under its name, in both languages."""
    for lang in Lang:
        assert any(key.partition(".")[0] == rule.name for key in catalogue(lang))


@pytest.mark.parametrize("part", ["text", "findings", "labels", "cli"])
def test_translations_complete(part: str) -> None:
    """Every sentence is there in both languages, and both fill in the same things."""
    english, indonesian = (
        {key: fields(text) for key, text in import_module(name).TEMPLATES.items()}
        for name in (f"banyuasin_plan.words.en.{part}", f"banyuasin_plan.words.id.{part}")
    )
    assert english == indonesian


def fields(template: str) -> set[str]:
    """What is filled into a template; a name given in either language counts as one."""
    names = {name for _, name, _, _ in Formatter().parse(template) if name}
    return {"holiday"} if names <= {"id", "en"} and names else names


def test_every_example_is_said() -> None:
    """Everything found in the examples becomes a sentence in both languages."""
    for rule in RULES:
        for example in blocks(page_of(rule, Lang.EN)):
            for one in load({"contoh.yaml": example.encode()}, NOW).diagnostics:
                for lang in Lang:
                    assert say(one.message, lang)
                    assert one.help is None or say(one.help, lang)
