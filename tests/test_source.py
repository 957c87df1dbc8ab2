"""YAML text to nodes: values, and where each of them stands."""

from __future__ import annotations

import gc
import io
import re
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from banyuasin_plan import source
from banyuasin_plan.source import Mapping, ParserMissing, Scalar, Sequence, key_of, locate, parse
from banyuasin_plan.source.composing import folded, libyaml
from banyuasin_plan.source.scanning import ANY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from banyuasin_plan.source import Node, Parsed

PLAN = """\
# Rencana
programs:
  - id: gertas   # gerakan
    name: 'Gerakan Tanam Sayur'
    districts: [betung, "sembawa"]
    target: {amount: 40, unit: }
    note:
    why: |
      Satu.
        Dua.

  - id: dua
"""


def read(text: str) -> Parsed:
    """A text as a file."""
    return parse("plan.yaml", text.encode())


def root_of(text: str) -> Node:
    """The tree of a text with nothing wrong in it."""
    parsed = read(text)
    assert parsed.findings == ()
    assert parsed.whole
    assert parsed.root is not None
    return parsed.root


def values(node: Node) -> object:
    """A tree as the dicts, lists and texts it stands for."""
    if isinstance(node, Mapping):
        return {name: values(entry.value) for name, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [values(item) for item in node.items]
    return node.text


def walk(node: Node) -> Iterator[Node]:
    """A tree's nodes, keys among them."""
    yield node
    if isinstance(node, Mapping):
        for entry in node.entries.values():
            yield entry.key
            yield from walk(entry.value)
    if isinstance(node, Sequence):
        for item in node.items:
            yield from walk(item)


def slice_of(node: Node) -> str:
    """The stretch of text that a node says it is."""
    return node.source.text[node.start : node.end]


def read_alone(scalar: Scalar) -> str:
    """A scalar's stretch of text, and a line break if there was one, read by itself."""
    text = scalar.source.text
    ending = "\n" if text[scalar.end : scalar.end + 2] in {"\n", "\r\n"} else ""
    ending = ending or ("\n" if text.startswith(("\n", "\r\n"), scalar.end) else "")
    alone = YAML(typ="base").load(slice_of(scalar) + ending)
    return "" if alone is None else str(alone)


def at(text: str, *path: str | int) -> str:
    """The stretch of text at a path."""
    return slice_of(locate(root_of(text), path))


class TestTree:
    """The values of a text, all of them text."""

    def test_block_and_flow(self) -> None:
        """Every value is the text that was written, however it was written."""
        program = {
            "id": "gertas",
            "name": "Gerakan Tanam Sayur",
            "districts": ["betung", "sembawa"],
            "target": {"amount": "40", "unit": ""},
            "note": "",
            "why": "Satu.\n  Dua.\n",
        }
        assert {"programs": [program, {"id": "dua"}]} == values(root_of(PLAN))

    @pytest.mark.parametrize("text", ["no", "~", "null", "08", "1:30", "2025-02-30", "0x1F", "4_0"])
    def test_nothing_is_guessed(self, text: str) -> None:
        """What other readers take for a truth, a number, a time or nothing stays as it is."""
        assert {"a": text} == values(root_of(f"a: {text}"))

    def test_plain(self) -> None:
        """Only what is neither quoted nor a block of text is plain."""
        root = root_of("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne:\nf: >\n  x\n")
        plain = [key for key in "abcdef" if getattr(locate(root, (key,)), "plain", None)]
        assert plain == ["a", "e"]

    def test_flow(self) -> None:
        """Brackets and braces are told from blocks."""
        nodes = [node for node in walk(root_of(PLAN)) if isinstance(node, Mapping | Sequence)]
        flow = [slice_of(node) for node in nodes if node.flow]
        assert flow == ['[betung, "sembawa"]', "{amount: 40, unit: }"]

    def test_nodes_are_counted(self) -> None:
        """Keys, values, lists and mappings count as one each."""
        assert read("a: [1, {b: 2}]\n").nodes == 7

    def test_keys_are_shared(self) -> None:
        """The text of a key that comes back is kept once, since a plan has few keys often."""
        root = root_of("a: [{kunci: 1}, {kunci: 2}]")
        first, second = (key_of(root, ("a", item, "kunci")) for item in (0, 1))
        assert first is not None
        assert second is not None
        assert first.text is second.text

    def test_garbage_collection_is_as_before(self) -> None:
        """Reading leaves the garbage collector on or off, as it was, and frozen objects frozen."""
        read(PLAN)
        assert gc.isenabled()
        gc.disable()
        read(PLAN)
        assert not gc.isenabled()
        gc.freeze()
        gc.enable()
        read(PLAN)
        frozen = gc.get_freeze_count()
        gc.unfreeze()
        assert frozen

    def test_without_the_parser(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A machine without ruamel.yaml's C part is told apart from a broken file."""
        libyaml.cache_clear()
        monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
        with pytest.raises(ParserMissing):
            read("a: 1")


class TestPlaces:
    """Where each node begins and ends."""

    def test_scalars_and_keys(self) -> None:
        """Quotes belong to a value; colons, comments and blanks do not."""
        assert at(PLAN, "programs", 0, "id") == "gertas"
        assert at(PLAN, "programs", 0, "name") == "'Gerakan Tanam Sayur'"
        assert at(PLAN, "programs", 0, "districts", 1) == '"sembawa"'

    def test_blocks_end_with_their_last_value(self) -> None:
        """A block mapping or list ends behind its last value, not at the next key."""
        assert at("a:\n  b: 1\n\n# x\nc: 2\n", "a") == "b: 1"
        assert at("a:\n  - 1\n  - - 2\n\nc: 2\n", "a") == "- 1\n  - - 2"
        assert at("a:\n- x:\n\nc: 2\n", "a") == "- x:"

    def test_text_blocks_end_before_their_last_line_break(self) -> None:
        """What follows a block of text begins with a line break, as after any value."""
        assert at("a: |\n  x\n\n\nb: 1\n", "a") == "|\n  x"
        assert at("a: >-\r\n  x\r\n\r\nb: 1\r\n", "a") == ">-\r\n  x"
        assert at("a: |+\n  x\n\n\nb: 1\n", "a") == "|+\n  x\n\n"
        assert at("a: |+\r\n  x\r\n\r\nb: 1", "a") == "|+\r\n  x\r\n"
        assert at("a: |\n  x", "a") == "|\n  x"

    @pytest.mark.parametrize(
        ("text", "start"),
        [
            ("a:\nb: 1", 2),
            ("a: # x\nb: 1", 2),
            ("a:", 2),
            ("{a: , b: 1}", 3),
            ("{a : , b: 1}", 4),
            ("{a , b: 1}", 2),
            ("{a}", 2),
            ("? a\n? b\n", 3),
            ("? a\n:\n", 5),
        ],
    )
    def test_absent_values(self, text: str, start: int) -> None:
        """An absent value has no width and stands right behind its colon, else behind its key."""
        value = locate(root_of(text), ("a",))
        assert (start, start) == (value.start, value.end)

    def test_absent_items(self) -> None:
        """An absent item of a list stands right behind its dash."""
        item = locate(root_of("a:\n  -\n  - 1\n"), ("a", 0))
        assert (item.start, item.end) == (6, 6)

    def test_pair_in_a_list(self) -> None:
        """A mapping between brackets that has no braces ends with its value."""
        assert at("a: [b: c , d]", "a", 0) == "b: c"
        assert at("a: [{b: c} , d]", "a", 0) == "{b: c}"

    def test_lines_and_columns(self) -> None:
        """Lines and columns count from 1, the end column is one past the last character."""
        node = locate(root_of(PLAN), ("programs", 0, "name"))
        span = node.span
        assert (node.line, node.column) == (4, 11)
        assert (
            span.file, span.line, span.column, span.end_line, span.end_column
        ) == ("plan.yaml", 4, 11, 4, 32)  # fmt: skip
        assert (node.start, node.end) == (span.start, span.end)

    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    @pytest.mark.parametrize("word", ["Rina", "Pekan é", "Désa 🌾🌾", "中文"])
    def test_windows_marks_and_letters(self, newline: str, mark: str, word: str) -> None:
        """Line ends, a byte order mark and letters of any width move no line and no column."""
        parsed = read(mark + newline.join([f"a: {word}", f"b: [{word}, x]", ""]))
        assert parsed.root is not None
        assert bool(mark) == parsed.source.bom
        node = locate(parsed.root, ("b", 1))
        assert ("x", 2, 7 + len(word)) == (slice_of(node), node.line, node.column)
        assert f"b: [{word}, x]" == parsed.source.line(2)
        assert parsed.source.line(3) == ""

    def test_locate(self) -> None:
        """A path leads to its node; one that leads nowhere to the deepest node on the way."""
        root = root_of(PLAN)
        first = locate(root, ("programs", 0))
        assert first is locate(root, ("programs", 0, "no such", 3))
        assert first is locate(root, ("programs", 0, 7))
        assert locate(root, ("programs", 0, "id")) is locate(root, ("programs", 0, "id", "x"))
        assert locate(root, ("programs",)) is locate(root, ("programs", 2))
        assert locate(root, ("programs",)) is locate(root, ("programs", "id"))
        assert root is locate(root, ())

    def test_key_of(self) -> None:
        """A path that ends in a key has that key; one that ends in an item or nowhere has none."""
        root = root_of(PLAN)
        key = key_of(root, ("programs", 0, "name"))
        assert key is not None
        assert (slice_of(key), key.line) == ("name", 4)
        for path in [(), ("programs", 0), ("x",), ("x", "y", "z"), ("programs", 0, 3)]:
            assert key_of(root, path) is None

    def test_entry(self) -> None:
        """An entry can be made from a key and a value, as when files are joined."""
        root = root_of("a: 1")
        key = key_of(root, ("a",))
        assert key is not None
        entry = source.Entry(key, Sequence(root.source, 0, flow=True))
        assert (entry.key.text, entry.start, values(entry.value)) == ("a", 0, [])


LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp"]).filter(
    lambda letter: not re.match(ANY, letter)
)
TEXTS = st.text(LETTERS | st.sampled_from("\n -:#'\"[]{},&*!|>%@`?~"), max_size=20)
KEYS = st.text(LETTERS | st.sampled_from(" -:#'\""), max_size=8).filter(lambda key: key != "<<")
TREES = st.recursive(
    TEXTS,
    lambda trees: (
        st.lists(trees, max_size=4)
        | st.dictionaries(KEYS, trees, max_size=4).filter(
            lambda tree: len(set(map(folded, tree))) == len(tree)
        )
    ),
    max_leaves=12,
)


@given(tree=st.dictionaries(KEYS, TREES, min_size=1, max_size=1), flow=st.booleans())
def test_any_tree(tree: dict[str, object], flow: bool) -> None:  # noqa: FBT001
    """What another writer wrote is read back as it was, every scalar from its own stretch."""
    yaml = YAML(typ="safe")
    yaml.default_flow_style = flow
    written = io.StringIO()
    yaml.dump(tree, written)
    root = root_of(written.getvalue())
    assert tree == values(root)
    for node in walk(root):
        if isinstance(node, Scalar):
            assert node.text == read_alone(node)


@pytest.fixture(scope="module")
def real_files(bench_data: Path) -> list[Path]:
    """YAML files from public repositories."""
    return sorted((bench_data / "yaml").iterdir())


def test_real_files(real_files: list[Path]) -> None:
    """A file from elsewhere is refused with a finding, or read as another reader reads it."""
    silent = 0
    for path in real_files:
        parsed = parse(path.name, path.read_bytes())
        keys = {finding.message.key.split(".")[0] for finding in parsed.findings}
        assert parsed.whole or keys
        if not keys - {"not_a_mapping", "empty_file"}:
            silent += 1
            expected = YAML(typ="base").load(path.read_text("utf-8"))
            assert expected == (values(parsed.root) if parsed.root else None), path.name
            check_slices(parsed)
    assert silent > len(real_files) / 2


def check_slices(parsed: Parsed) -> None:
    """Every node's stretch of text begins and ends with what is its own."""
    for node in walk(parsed.root) if parsed.root else ():
        text = slice_of(node)
        assert text == text.strip() or isinstance(node, Scalar), text
        if isinstance(node, Scalar) and not re.match(r"[|>][-+]?[1-9]", text):
            assert node.text == read_alone(node)
