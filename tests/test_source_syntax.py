"""What the reader says about broken YAML, and at which letters."""

from __future__ import annotations

import pytest

from banyuasin_plan.diagnostic import Span
from banyuasin_plan.source import Source, parse
from banyuasin_plan.source.complaints import Complaints
from banyuasin_plan.source.syntax import Trouble, complain_about, quoted
from banyuasin_plan.words import Lang, catalogue, say

CASES = [
    # quotes
    ("a: 'Rina\nb: 'c'\n", "unclosed_quote", 1, "'"),
    ('a:\n  b: "x\nc: d', "unclosed_quote", 2, '"'),
    ('a: "x\n---\n', "unclosed_quote", 1, '"'),
    ("b: 1\n'a\nc: '\n", "unclosed_quote", 2, "'"),
    ("- x: 1\n  'a\n  b': 1\n", "unclosed_quote", 2, "'"),
    ("a: 'Rina's kebun'\n", "after_quote", 1, "s kebun'"),
    ('a: "Rina" said  # c\n', "after_quote", 1, "said  # c"),
    ("a: 'x', 'y'\n", "after_quote", 1, ", 'y'"),
    ("'a' b\n", "after_quote", 1, "b"),
    ("- 'a' b\n", "after_quote", 1, "b"),
    ('a: "C:\\data"\n', "escape", 1, "\\d"),
    ('a: "\\xzz"\n', "escape", 1, "\\x"),
    ('a: "\\uD800"\n', "escape", 1, "\\u"),
    # colons
    ("a: Rapat: bahas\n", "colon", 1, ":"),
    ("- a: b: c\n", "colon", 1, ":"),
    ("a:\n  id:x\n  name: y\n", "space_after_colon", 2, ":"),
    ("- name: x\n  id:y\n", "space_after_colon", 2, ":"),
    ("- name: x\n  id\n  z: 1\n", "missing_colon", 2, "id"),
    ("- name: x\n  id\n", "missing_colon", 2, "id"),
    ("a:\n  nama\n  z: 1\n", "missing_colon", 2, "nama"),
    ("a: {x: 10:30}\n", "colon_in_brackets", 1, ":"),
    ("a: [x, http://y]\n", "colon_in_brackets", 1, ":"),
    ("a: [b: c: d]\n", "colon_in_brackets", 1, ":"),
    # brackets
    ("a: [x, y\nb: c\n", "unclosed_bracket", 1, "["),
    ("a: {x: 1\nb: 2\n", "unclosed_bracket", 1, "{"),
    ("a: [x, y\nb: [c]\n", "unclosed_bracket", 1, "["),
    ("a: [x, y\nid:z\n", "unclosed_bracket", 1, "["),
    ("a: [\n", "unclosed_bracket", 1, "["),
    ("a: [b: [c}\n", "unclosed_bracket", 1, "["),
    ("a: [b: {c: ]\n", "unclosed_bracket", 1, "{"),
    ("a: [[x], y: \n", "unclosed_bracket", 1, "["),
    ("a: [x, 'y' z]\n", "missing_comma", 1, "z"),
    ("a: [\n  'x'\n  'y',\n]\n", "missing_comma", 3, "'"),
    ("a: [x, , y]\n", "stray", 1, ","),
    ("a: {x} y\n", "after_bracket", 1, "y"),
    ("a: [draf] Rapat\n", "after_bracket", 1, "Rapat"),
    ("{a: 1}\nb: 2\n", "after_whole", 2, "b: 2"),
    ("'a'\n'b'\n", "after_whole", 2, "'b'"),
    # lines
    ("a:\n  b: 1\n   c: 2\n", "indentation", 3, "c: 2"),
    ("a:\n   b: 1\n  c: 2\n", "indentation", 3, "c: 2"),
    ("a:\n  - b: 1\n c: 2  \n", "indentation", 3, "c: 2"),
    ("  a: 1\nb: 2\n", "indentation", 2, "b: 2"),
    ("a: |\n  x\n y\n", "indentation", 3, "y"),
    ("id: Rapat koordinasi\n nama: y\n", "indentation", 2, "nama: y"),
    ("a:\n  - b\n c\n", "indentation", 3, "c"),
    ("- a\n  - b: 1\n", "indentation", 2, "b: 1"),
    # dashes
    ("a: 1\n- b\n", "dash_beside_key", 2, "-"),
    ("a: 'x'\n  - y\n", "dash_beside_key", 2, "-"),
    ("- a\nb: c\n", "key_beside_list", 2, "b: c"),
    ("a: - b\n", "dash_after_key", 1, "-"),
    ("-a\n-b: c\n", "space_after_dash", 2, "-"),
    # values that begin with a sign
    ("a: @x\n", "reserved", 1, "@x"),
    ("a: `x`\n", "reserved", 1, "`x`"),
    ("a: %x\n", "reserved", 1, "%x"),
    ("a: **tebal**\n", "reserved", 1, "**tebal**"),
    ("a: & b\n", "reserved", 1, "& b"),
    ("a: , y\n", "reserved", 1, ", y"),
    ("a: ] y\n", "reserved", 1, "] y"),
    ("a: ? b\n", "reserved", 1, "? b"),
    ("a: > 5 orang\n", "block_header", 1, "> 5 orang"),
    ("a: |0\n", "block_header", 1, "|0"),
]


def said(text: str) -> list[tuple[str, int, str]]:
    """Every finding about a text: its key, its line, the letters it points at."""
    parsed = parse("plan.yaml", text.encode())
    found = []
    for finding in parsed.findings:
        span = finding.place
        assert isinstance(span, Span)
        assert finding.help is not None
        for lang in Lang:
            assert say(finding.message, lang)
            assert say(finding.help, lang)
        found.append((finding.message.key, span.line, text[span.start : span.end]))
    return found


@pytest.mark.parametrize(("text", "key", "line", "stretch"), CASES)
def test_where_people_look(text: str, key: str, line: int, stretch: str) -> None:
    """A mistake is named for what it is, at the letters that have to be changed."""
    found = [one for one in said(text) if one[0] != "not_a_mapping"]
    assert found == [(f"syntax.{key}", line, stretch)]


@pytest.mark.parametrize(("text", "key", "line", "stretch"), CASES)
def test_with_windows_line_ends(text: str, key: str, line: int, stretch: str) -> None:
    """CR LF changes nothing in that."""
    found = [one for one in said(text.replace("\n", "\r\n")) if one[0] != "not_a_mapping"]
    assert found == [(f"syntax.{key}", line, stretch)]


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ("a: Rapat: bahas APBD\n", '"Rapat: bahas APBD"'),
        ('a: Rapat: "bahas" Pak Ma\'mun\n', "'Rapat: \"bahas\" Pak Ma''mun'"),
        ("a: [draf] Rapat\n", '"[draf] Rapat"'),
        ("a: {x: 10:30}\n", '"10:30"'),
        ("a: @" + "x" * 90, '"@' + "x" * 49 + '…"'),
    ],
)
def test_help(text: str, helps: str) -> None:
    """The help shows the value in the quotes it needs, cut where it is long."""
    (finding,) = parse("plan.yaml", text.encode()).findings
    assert finding.help is not None
    assert finding.help["quoted"] == helps
    assert helps in say(finding.help, Lang.ID)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("a: *semua desa\n", ["anchor.alias"]),
        ("a:\n  b: 1\n\tc: [\n", ["tab"]),
        ("a: x\u0085b: 1: 2\n", ["character.break"]),
        ("a: *x\nb: 1\nc: [\n", ["anchor.alias", "syntax.unclosed_bracket"]),
        ("a: |\n  x\n\ty\nb: 1\n\tc: 1\n", ["tab", "tab"]),
        ("a: 'x\n\ty'\n\n\nb: [\n", ["tab", "syntax.unclosed_bracket"]),
    ],
)
def test_consequences(text: str, keys: list[str]) -> None:
    """What follows from something already refused in the same lines is not said again."""
    assert [key for key, *_ in said(text)] == keys


def test_unknown_trouble() -> None:
    """A complaint of a parser to come is still answered, in general words, where it stopped."""
    complaints = Complaints(Source("plan.yaml", "a: 1"))
    complain_about(Trouble.of(ValueError(), "a: 1", None, None), complaints)
    (finding,) = complaints.sorted()
    assert (finding.message.key, complaints.whole) == ("syntax", False)


def test_quoted() -> None:
    """Double quotes where they need no escapes, else single ones."""
    assert quoted("a: b") == '"a: b"'
    assert quoted('a "b"') == "'a \"b\"'"
    assert quoted("C:\\a'b") == "'C:\\a''b'"


def test_words() -> None:
    """Every sentence has its twin in the other language, and complaints about a file a help."""
    english, indonesian = (
        {key for key in catalogue(lang) if key.split(".")[0] in RULES} for lang in Lang
    )
    assert english == indonesian
    alone = {key for key in english if not key.endswith(".help") and f"{key}.help" not in english}
    assert all(key.startswith("too_large.plan_") for key in alone)


RULES = {
    "not_utf8", "syntax", "anchor", "tag", "directive", "documents", "duplicate_key",
    "complex_key", "character", "tab", "too_large", "empty_file", "not_a_mapping",
}  # fmt: skip
