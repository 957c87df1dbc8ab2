"""What the YAML reader refuses, where it points, and how it bears what is meant to break it."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from banyuasin_plan.diagnostic import Span
from banyuasin_plan.source import Mapping, Node, Parsed, Scalar, Sequence, limits, locate, parse
from banyuasin_plan.source.scanning import ANY, scan_is_needed
from banyuasin_plan.words import Lang, say


def said(data: str | bytes) -> list[tuple[str, int, int, str]]:
    """Every finding about a text: its key, line, column, and the stretch it points at.

    Each is said in both languages on the way, so that none goes without its words.
    """
    parsed = parse("plan.yaml", data if isinstance(data, bytes) else data.encode())
    found = []
    for finding in parsed.findings:
        span = finding.place
        assert isinstance(span, Span)
        assert finding.help is not None
        for lang in Lang:
            assert say(finding.message, lang)
            assert say(finding.help, lang)
        stretch = parsed.source.text[span.start : span.end]
        found.append((finding.message.key, span.line, span.column, stretch))
    return found


def read(text: str) -> Parsed:
    """A text as a file."""
    return parse("plan.yaml", text.encode())


class TestCharacters:
    """Refusals that need no more than the characters."""

    @pytest.mark.parametrize(
        ("letter", "key"),
        [
            ("\x00", "character.control"),
            ("\x07", "character.control"),
            ("\x1b", "character.control"),
            ("\x7f", "character.control"),
            ("\x9b", "character.control"),
            ("\uffff", "character.control"),
            ("\r", "character.break"),
            ("\x85", "character.break"),
            ("\u2028", "character.break"),
            ("\u2029", "character.break"),
            ("\u202e", "character.bidi"),
            ("\u2066", "character.bidi"),
            ("\u061c", "character.bidi"),
            ("\u200b", "character.hidden"),
            ("\u00ad", "character.hidden"),
            ("\u3164", "character.hidden"),
            ("\U000e0041", "character.hidden"),
            ("\ufeff", "character.bom"),
        ],
    )
    def test_raw(self, letter: str, key: str) -> None:
        """A character that can't be seen is refused where it stands."""
        assert said(f"a: 1\nb: x{letter}y\n") == [(key, 2, 5, letter)]

    @pytest.mark.parametrize(
        "escape",
        ["\\0", "\\a", "\\e", "\\r", "\\N", "\\L", "\\P", "\\x1B", "\\u200B", "\\U000E0041"],
    )
    def test_escaped(self, escape: str) -> None:
        """Spelling such a character out between double quotes does not help it."""
        text = f'a: "\\t\\\\u200b é"\nb: "x{escape}y"\n'
        assert said(text) == [("character.escape", 2, 6, escape)]

    def test_harmless_escapes(self) -> None:
        """Escapes of what may stand in a text are read, and backslashes elsewhere are letters."""
        parsed = read("a: \"x\\t\\n\\u00e9\\\\\"\nb: '\\u200b'\n")
        assert parsed.findings == ()
        assert isinstance(parsed.root, Mapping)
        texts = [getattr(entry.value, "text", "") for entry in parsed.root.entries.values()]
        assert texts == ["x\t\né\\", "\\u200b"]

    def test_once_a_line(self) -> None:
        """Many of one kind in a line are one finding, which counts them."""
        parsed = read("a: \u200bx\u200b\u200c\nb: \u200b\n")
        counts = [finding.message["n"] for finding in parsed.findings]
        assert counts == [3, 1]

    def test_old_line_ends(self) -> None:
        """A file whose lines end in CR alone is one line, and one finding."""
        assert [key for key, *_ in said("a: 1\rb: 2\rc: 3\r")] == ["character.break"]

    def test_joined_files(self) -> None:
        """The mark of a second file in the middle is not the mark of this one."""
        assert said("\ufeffa: 1\n\ufeffb: 2\n") == [("character.bom", 2, 1, "\ufeff")]

    def test_windows_line_ends(self) -> None:
        """CR before LF is an ordinary line end."""
        assert said("a: 1\r\nb: |\r\n  x\r\n") == []

    def test_the_rest_is_still_read(self) -> None:
        """A character that the parser can't read hides no finding behind it."""
        assert [key for key, *_ in said("a: \x07\nb: &x 1\nb: 2\nc: [\n")] == [
            "character.control",
            "anchor",
            "duplicate_key",
            "syntax.unclosed_bracket",
        ]

    def test_sieve(self) -> None:
        """The quick look at bytes lets no forbidden character pass."""
        for code in range(0x110000):
            if not 0xD800 <= code < 0xE000 and re.match(ANY, chr(code)):
                assert scan_is_needed(chr(code)), hex(code)
        assert not scan_is_needed(
            "Désa «Tanjung Lago»\r\n\tx 🌾".replace("«", "(").replace("»", ")")
        )


class TestTabs:
    """Tabs as indentation."""

    def test_in_every_line(self) -> None:
        """Every tab before the first letter of a line is refused, and nothing because of it."""
        text = "a:\n\tb: 1\n \tc: 2\n"
        assert said(text) == [("tab", 2, 1, "\t"), ("tab", 3, 2, "\t")]

    def test_in_blocks_of_text(self) -> None:
        """In a block of text a tab is text, and behind a value it is a blank."""
        text = "a: |\n  x\n  \ty\n\n \n  \tz\nb: 1\t# x\nc:\n  - - >-\n      y\n      \tz\n  - d\n"
        assert said(text) == []
        assert said("- |\n x\n \ty\n- b: |\n   x\n   \ty\n")[1:] == []
        assert said("|\n x\n \ty\n")[1:] == []

    def test_first_in_a_block_of_text(self) -> None:
        """A block of text that begins with a tab has no certain indentation."""
        assert said("a: |\n  \tx\n") == [("tab", 2, 3, "\t")]

    def test_behind_a_block_of_text(self) -> None:
        """A block of text ends where its indentation ends."""
        assert said("a: |\n  x\n\tb: 1\n") == [("tab", 3, 1, "\t")]
        assert said("a: |\n  x\nb:\n\t- 1\n") == [("tab", 4, 1, "\t")]

    def test_behind_a_dash(self) -> None:
        """A tab that only the parser can tell from a blank is refused too."""
        assert said("a:\n  -\tb: 1\n") == [("tab", 2, 4, "\t")]


class TestEncoding:
    """UTF-8 and nothing else."""

    def test_wrong_byte(self) -> None:
        """The first byte that is not UTF-8 has a line and a column; the others are counted."""
        data = "a: Désa \ufffd\nb: caf".encode() + b"\xe9 \xff\nc: [\n"
        assert [found[:3] for found in said(data)] == [
            ("not_utf8", 2, 7),
            ("syntax.unclosed_bracket", 3, 4),
        ]
        first = parse("plan.yaml", data).findings[0].message
        assert (first["byte"], first["n"]) == ("0xE9", 2)

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
    def test_utf16(self, encoding: str) -> None:
        """UTF-16 is named when its mark says so, else refused for what it holds."""
        mark = "" if encoding == "utf-16" else "\ufeff"
        assert said(f"{mark}a: 1".encode(encoding)) == [("not_utf8.utf16", 1, 1, "")]
        assert parse("plan.yaml", "a: 1\n".encode("utf-16-le")).findings


class TestConstructs:
    """Refusals of what YAML can do and a plan may not."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("a: &x 1", [("anchor", 1, 4, "&x")]),
            ("a: &x\n  b: 1", [("anchor", 1, 4, "&x")]),
            ("a: [&x b, *x]", [("anchor", 1, 5, "&x"), ("anchor.alias", 1, 11, "*x")]),
            ("*x : 1\n*x : 2", [("anchor.alias", 1, 1, "*x"), ("anchor.alias", 2, 1, "*x")]),
            ("a: {<<: {b: 1}}", [("anchor.merge", 1, 5, "<<")]),
            ("<<: 1\n<<: 2", [("anchor.merge", 1, 1, "<<"), ("anchor.merge", 2, 1, "<<")]),
            ("a: !!str 1", [("tag", 1, 4, "!!str")]),
            ("!t !t a: 1", [("tag", 1, 1, "!t")]),
            ("a: ! 1", [("tag", 1, 4, "!")]),
            ("a: !<tag:x,1> # c\n  &y [b]", [("tag", 1, 4, "!<tag:x,1>"), ("anchor", 2, 3, "&y")]),
            ("a: !x!y 1", [("tag.broken", 1, 4, "!x!y")]),
            ("a: !<x y", [("tag.broken", 1, 4, "!<x")]),
            ("# c\n%FOO\n%BAR\n--- {}", [("directive", 2, 1, "%FOO"), ("directive", 3, 1, "%BAR")]),
            ("a: 1\n%FOO x \n", [("directive", 2, 1, "%FOO x")]),
            ("a: 1\n---\nb: 2\n---\nc: 3", [("documents", 2, 1, "---")]),
            ("a: 1\n...\n%YAML 1.2\n---\nb: 1", [("documents", 4, 1, "---")]),
            ("a: 1\n...\nb: 2", [("documents", 3, 1, "b: 2")]),
            ("a: 1\nb: 2\na: 3", [("duplicate_key", 3, 1, "a")]),
            ("{a: 1, 'a': 2}", [("duplicate_key", 1, 8, "'a'")]),
            ("Nama: 1\nnama: 2", [("duplicate_key.alike", 2, 1, "nama")]),
            ("é: 1\ne\u0301: 2", [("duplicate_key.alike", 2, 1, "e\u0301")]),
            ("[a]: 1\n{b: c}: 2", [("complex_key", 1, 1, "["), ("complex_key", 2, 1, "{")]),
            ("? - a\n: 1", [("complex_key", 1, 3, "-")]),
            ("- a: 1", [("not_a_mapping", 1, 1, "-")]),
            ("id:x", [("not_a_mapping", 1, 1, "i")]),
            ("null", [("not_a_mapping", 1, 1, "n")]),
            ("", [("empty_file", 1, 1, "")]),
            ("# c\n\n---\n# d\n...\n", [("empty_file", 1, 1, "")]),
        ],
    )  # fmt: skip
    def test_where(self, text: str, found: list[tuple[str, int, int, str]]) -> None:
        """Each is refused at its own letters, all of them in one run."""
        assert said(text) == found

    @pytest.mark.parametrize(
        ("text", "whole"),
        [
            ("a: &x 1", True),
            ("a: !x 1", True),
            ("%YAML 1.2\n---\na: 1", True),
            ("a: x\u200b", True),
            ("A: 1\na: 2", True),
            ("# c", True),
            ("a: *x", False),
            ("<<: 1", False),
            ("[a]: 1", False),
            ("a: 1\na: 2", False),
            ("a: 1\n---\nb: 2", False),
            ("a: \x07", False),
            ("- a", False),
            ("a: [", False),
        ],
    )
    def test_whole(self, text: str, whole: bool) -> None:  # noqa: FBT001
        """A tree is whole as long as all that the author wrote is in it."""
        assert whole == read(text).whole

    def test_values_behind_properties(self) -> None:
        """A value begins behind its anchor and its tag; one that has only these is absent."""
        root = read("a: &x !y 'v'\nb: &z\nc: !t\n  d: 1\n").root
        assert isinstance(root, Mapping)
        found = {name: (node := entry.value).source.text[node.start : node.end]
                 for name, entry in root.entries.items()}  # fmt: skip
        assert found == {"a": "'v'", "b": "", "c": "d: 1"}

    def test_what_is_refused_is_left_out(self) -> None:
        """Of two equal keys the first stays; merged, complex and alias keys are not in the tree."""
        root = read("a: 1\na: {b: 2}\n<<: 3\n[c]: 4\n*d : 5\ne: *f\n").root
        assert isinstance(root, Mapping)
        texts = {name: getattr(entry.value, "text", None) for name, entry in root.entries.items()}
        assert texts == {"a": "1", "e": ""}

    def test_unfinished_mappings_are_left_out(self) -> None:
        """A mapping that a syntax error cuts off lacks keys, so it is left out; the rest stays."""
        root = read("a:\n  - {b: 1}\n  - c: 1\n    d: [1, {e: 2\nf: 1\n").root
        assert isinstance(root, Mapping)
        rows = locate(root, ("a",))
        assert isinstance(rows, Sequence)
        assert len(rows.items) == 1
        root = read("a: 1\nb: {c: 1, d: @}\n").root
        assert isinstance(root, Mapping)
        assert list(root.entries) == ["a"]


class TestLimits:
    """Sizes past which a file is not read."""

    def test_file(self) -> None:
        """A file over the limit is refused unread; one at the limit is read."""
        at_limit = b"a: 1\n#" + b"x" * (limits.FILE_BYTES - 6)
        assert said(at_limit) == []
        assert said(at_limit + b"x") == [("too_large.file", 1, 1, "")]

    def test_depth(self) -> None:
        """32 levels are read, the 33rd is refused where it begins."""
        assert said("a: " + "[" * 31 + "]" * 31) == []
        assert said("a: " + "[" * 32 + "]" * 32) == [("too_large.depth", 1, 35, "[")]

    def test_scalar(self) -> None:
        """A value of 100,000 characters is read; a longer one is refused and cut."""
        longest = "x" * limits.SCALAR_CHARACTERS
        assert said(f"a: {longest}") == []
        parsed = read(f"? {longest}y\n: {longest}y")
        assert [finding.message.key for finding in parsed.findings] == ["too_large.scalar"] * 2
        assert all(len(node.text) <= len(longest) for node in leaves(parsed.root))

    def test_nodes(self) -> None:
        """More values than any plan has in one file are refused."""
        many = limits.FILE_NODES - 3
        assert said("a: [" + "1," * many + "]") == []
        assert [key for key, *_ in said("a: [" + "1," * (many + 1) + "]")] == ["too_large.nodes"]

    @pytest.mark.parametrize("line", ["&a : 1\n", "\x07\n", "\tx\n", 'a: "\\0"\n', "A: 1\n a: 2\n"])
    def test_findings(self, line: str) -> None:
        """A thousand findings are listed; one more says that there are others."""
        parsed = read(line * 1200)
        keys = [finding.message.key for finding in parsed.findings]
        assert len(keys) <= limits.FINDINGS + 1
        assert not parsed.whole


def leaves(root: Node | None) -> list[Scalar]:
    """The keys and values of a flat mapping."""
    assert isinstance(root, Mapping)
    values = [entry.value for entry in root.entries.values()]
    return [*root.entries.values(), *(node for node in values if isinstance(node, Scalar))]


HOSTILE = {
    "brackets": "[" * 100_000,
    "braces": "{a: " * 100_000,
    "dashes": "- " * 900_000,
    "question marks": "? " * 900_000,
    "question lines": "? a\n" * 400_000,
    "colons": "a: b: c" * 280_000,
    "tabs": "\t" * 1_900_000,
    "tab lines": "a:\n" + "\tb\n" * 600_000,
    "one line": "a: " + "b" * 1_900_000,
    "blank lines": "\n" * 1_900_000,
    "comments": "#\n" * 900_000,
    "blanks": "a:" + " " * 1_900_000 + "b",
    "NULs": "\0" * 1_900_000,
    "NUL lines": "\0\n" * 900_000,
    "anchor": "a: &" + "x" * 1_900_000,
    "anchors": "- &a b\n" * 250_000,
    "aliases": "- *a\n" * 350_000,
    "tag": "a: !" + "x" * 1_900_000,
    "directives": "%YAML 1.2\n" * 190_000,
    "documents": "---\n" * 400_000,
    "merge bomb": "a: &a {b: 1}\n" + "".join(
        f"k{n}: &b{n} {{<<: [*b{n - 1}, *b{n - 1}]}}\n" for n in range(30_000)
    ),
    "equal keys": "a: 1\n" * 390_000,
    "alike keys": "a: 1\nA: 1\n" * 190_000,
    "other keys": "".join(f"K{n}:\n" for n in range(220_000)),
    "list keys": "{" + "[a]: b," * 270_000 + "}",
    "quotes": "a: '" + "x\n" * 900_000,
    "quoted quotes": "'\n" * 900_000,
    "escapes": 'a: "' + "\\u200b" * 300_000 + '"',
    "staircase": "".join(" " * n + "a:\n" for n in range(1_900)),
    "block of blank lines": "a: |+\n" + "\n" * 1_900_000,
    "headers": ": |" * 600_000 + "\n\t",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    """A file made to choke its reader is answered, with a few findings and a small tree."""
    parsed = read(HOSTILE[name])
    assert parsed.findings or name == "blanks"
    assert len(parsed.findings) <= limits.FINDINGS + 1
    assert parsed.nodes <= limits.FILE_NODES + 1


YAMLISH = st.lists(
    st.sampled_from(
        [
            *"abB\n\r\t \"'\\[]{},:-?&*!|>%@`#<\x00\u200b\u202e\u2028\x85\ufeff🌾",
            "- ", ": ", "? ", "  ", "\n  ", "\n- ", "a: ", "<<: ", "---\n", "...\n", "\r\n",
            "&x ", "*x ", "!t ", "|\n ", ">-\n  ", '"\\u200b"', "%YAML 1.2\n", "'x'", '"x"', "{a: ",
        ]
    ),
    max_size=40,
).map(lambda pieces: "".join(pieces).encode())  # fmt: skip


@given(st.binary(max_size=60) | YAMLISH)
@example(b"? a:\n'\n")
@example(b"!t !t a: 1")
@example(b"&0:")
@example(b"{&0 &0")
@example(b'"x"\r\n:\t')
def test_any_bytes(data: bytes) -> None:
    """Whatever a file holds, it is read or refused, never with an error, never out of its text."""
    found = said(data)
    parsed = parse("plan.yaml", data)
    size = len(parsed.source.text)
    assert parsed.whole or found
    for finding in parsed.findings:
        assert isinstance(finding.place, Span)
        assert 0 <= finding.place.start <= finding.place.end <= size
        assert (finding.place.line, finding.place.column) >= (1, 1)
    todo = [(0, size, parsed.root)] if parsed.root else []
    while todo:
        start, end, node = todo.pop()
        assert start <= node.start <= node.end <= end
        if isinstance(node, Mapping):
            inner = [one for entry in node.entries.values() for one in (entry.key, entry.value)]
            todo += [(node.start, node.end, one) for one in inner]
        elif isinstance(node, Sequence):
            todo += [(node.start, node.end, one) for one in node.items]
