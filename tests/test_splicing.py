"""Splices into YAML of every style: exactly what is meant changes, and every reader agrees."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.yaml_styles import KEYS, Style

from banyuasin_plan.source import Mapping, Scalar, Sequence, parse
from banyuasin_plan.source.proving import is_as_meant
from banyuasin_plan.source.removing import emptied
from banyuasin_plan.source.rewriting import Rewritten, rewritten
from banyuasin_plan.source.scanning import BOM
from banyuasin_plan.source.splicing import Splice, Touch, spliced
from banyuasin_plan.source.writing import Bare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as File

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.source import Node, Parsed

SCALARS: list[Any] = [
    "baru", "no", "2025-03-01", "a: b # c", "60", "it's", 'say "x"', "- x", "  pad ", "", "{x}",
    "a, b", "#x", "1:30", "x\ty", "*a", "~", "baris\nkedua\n", "satu\n\ndua", "0x1F", "1_000",
    "Yes", "=", "<<", "1e3", ".5", "a:b", "back\\slash", "---", "? x", "!x", "%x", "@x", "`x",
    Bare("60"), Bare("2025-03-01"), Bare("5d"), Bare("false"),
]  # fmt: skip
UNREADABLE = ("syntax.indentation", "character.hidden")
VALUES: list[Any] = [
    *SCALARS[:6],
    ["a", "b: c"],
    {"k": "v", "no": Bare("2")},
    [{"a": "1"}, {"b": "x: y"}],
    {"m": {"n": ["o", {"p": "q\nr"}]}},
]


class Anyhow:
    """Manners of a text that has none: keys come where the test wants them."""

    def __init__(self, order: tuple[str, ...] = ()) -> None:
        """Take the order."""
        self.keys = order

    def order(self, path: Path) -> tuple[str, ...]:
        """The same everywhere."""
        del path
        return self.keys

    def like(self, path: Path) -> None:
        """Nothing is like anything."""
        del path


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node with its path."""
    yield path, node
    if isinstance(node, Mapping):
        for key, entry in node.entries.items():
            yield from walk(entry.value, (*path, key))
    elif isinstance(node, Sequence):
        for place, item in enumerate(node.items):
            yield from walk(item, (*path, place))


def at(path: Path, touch: Touch) -> Touch:
    """A touch of what lies at a path."""
    for step in reversed(path):
        touch = Touch(keys={step: touch})
    return touch


def readable(parsed: Parsed) -> bool:
    """Whether a text is one that may be written into."""
    return (parsed.root is not None and parsed.whole) or _is_list(parsed)


def _is_list(parsed: Parsed) -> bool:
    return [one.message.key for one in parsed.findings] == ["not_a_mapping"]


def put(*steps: Any) -> tuple[Touch, Touch]:
    """Another value, which comes last, at the end of the steps."""
    return at(steps[:-1], Touch(new=steps[-1])), Touch()


def add(*values: Any) -> tuple[Touch, Touch]:
    """More items for the list that a text is."""
    return Touch(added=list(values)), Touch()


def out(*paths: list[Any]) -> tuple[Touch, Touch]:
    """What stands at the paths, taken out."""
    touch = Touch()
    for path in paths:
        inside(touch, tuple(path)).removed = True
    return Touch(), touch


def inside(touch: Touch, path: Path) -> Touch:
    """The touch of what lies at a path."""
    for step in path:
        touch = touch.keys.setdefault(step, Touch())
    return touch


def replacements(nodes: list[tuple[Path, Node]], chance: Random, most: int) -> list[Touch]:
    """Other values for some of the scalars."""
    scalars = [path for path, node in nodes if isinstance(node, Scalar) and path]
    chosen = chance.sample(scalars, min(most, len(scalars)))
    return [at(path, Touch(new=chance.choice(SCALARS))) for path in chosen]


def insertions(
    nodes: list[tuple[Path, Node]], chance: Random, most: int
) -> Iterator[tuple[Touch, Anyhow]]:
    """New keys somewhere in the mappings, each with the order that brings it there."""
    mappings = [(path, node) for path, node in nodes if isinstance(node, Mapping)]
    for _ in range(most if mappings else 0):
        path, node = chance.choice(mappings)
        place = chance.randint(0, len(node.entries))
        order = [*node.entries]
        order.insert(place, "baru-ini")
        new = Touch(keys={"baru-ini": Touch(new=chance.choice(VALUES))})
        yield at(path, new), Anyhow(tuple(order))


def outside(old: str, made: Rewritten) -> bool:
    """Whether every character outside of the splices is the old text's, at its place."""
    new = made.data.decode().removeprefix("\ufeff")
    [splices] = made.rounds
    done = shift = 0
    for one in sorted(splices):
        here = one.start + shift
        if new[done + shift : here] != old[done : one.start]:
            return False
        done, shift = one.end, shift + len(one.text) - (one.end - one.start)
    return new[done + shift :] == old[done:]


def made_of(parsed: Parsed, touch: Touch, manners: Anyhow) -> Rewritten:
    """The text with the change, which must have been proved and have left the rest alone."""
    assert parsed.root is not None
    made = rewritten(parsed.root, touch, Touch(), manners)
    assert made is not None, touch
    assert outside(parsed.source.text, made), touch
    return made


EXAMPLES: list[tuple[str, tuple[Touch, Touch], str | None]] = [
    # another value
    ("a:  b  # c\n", put("a", "x"), "a:  x  # c\n"),
    ("a: 'b'\n", put("a", "it's"), "a: 'it''s'\n"),
    ('a: "b"\n', put("a", Bare("60")), 'a: "60"\n'),
    ("a: b\n", put("a", "60"), 'a: "60"\n'),
    ("a: b\n", put("a", "x\ny"), "a: |-\n  x\n  y\n"),
    ("a: |\n    b\n    c\nd: e\n", put("a", "x\ny\n"), "a: |\n    x\n    y\nd: e\n"),
    ("a: >\n  b\n  c\nd: e\n", put("a", "x"), "a: x\nd: e\n"),
    ("a: |\n\n    b\nc: d\n", put("a", "x\nw"), "a: |-\n    x\n    w\nc: d\n"),
    ("a: |\n\n\nb: c\n", put("a", "x\nw"), "a: |-\n  x\n  w\n\n\nb: c\n"),
    ("a: b # c\n", put("a", "x\ny"), 'a: "x\\ny" # c\n'),
    ("a: b", put("a", "x\ny"), 'a: "x\\ny"'),
    ("a:\nb: c\n", put("a", "x"), "a: x\nb: c\n"),
    ("{a, b: c}\n", put("a", "x"), "{a: x, b: c}\n"),
    ("- \n- b\n", put(0, "x"), "- x \n- b\n"),
    ("-\n- b\n", put(0, "x"), "- x\n- b\n"),
    ("- b: c\n", put(0, {"x": ["w", {"z": "1"}]}), '- x:\n    - w\n    - {z: "1"}\n'),
    ("a: # c\n  - b\nd: e\n", put("a", "x"), "a: x # c\nd: e\n"),
    ("a: [b, c]\n", put("a", {"x": {"w": "z"}}), "a:\n  x: {w: z}\n"),
    ("a:\n- b\nc: d\n", put("a", {"x": {"w": "z"}}), "a:\n  x: {w: z}\nc: d\n"),
    ("a:\n  b:\n    c: d\n", put("a", {"x": {"w": "z"}}), "a:\n  x: {w: z}\n"),
    ("a: b # c\n", put("a", {"x": {"w": "z"}}), "a: # c\n  x: {w: z}\n"),
    # a new key
    ("a: {}\n", put("a", "new", "x"), "a: {new: x}\n"),
    ("a: { }\n", put("a", "new", "x"), "a: {new: x}\n"),
    ("a: { # c\n }\n", put("a", "new", "x"), "a: {new: x # c\n }\n"),
    ('{"a": "b"}\n', put("new", "x"), '{"a": "b", "new": "x"}\n'),
    ('"a": b\n', put("new", "no"), '"a": b\n"new": "no"\n'),
    ("{a: , b: }\n", put("new", "x"), "{a: , b: , new: x }\n"),
    ("{\n a: b, # c\n d: e # f\n}\n", put("z", "x"), "{\n a: b, # c\n d: e, # f\n z: x\n}\n"),
    ("a: {\n  b: c,\n}\n", put("a", "new", "x"), "a: {\n  b: c,\n  new: x,\n}\n"),
    ("a: b # c\n\n# d\n", put("new", "x"), "a: b # c\nnew: x\n\n# d\n"),
    ("a: b", put("new", "x"), "a: b\nnew: x"),
    ("a: b\r\n", put("new", ["x", ["w"]]), "a: b\r\nnew:\r\n  - x\r\n  - [w]\r\n"),
    ("a: |\n  b", put("new", "x"), "new: x\na: |\n  b"),
    ("a:\n  - |\n    b", put("new", "x"), "new: x\na:\n  - |\n    b"),
    # one more item
    ("[]\n", add("x", "w"), "[x, w]\n"),
    ("['a']\n", add("x"), "['a', 'x']\n"),
    ("- a # b\n# c\n", add("x"), "- a # b\n- x\n# c\n"),
    ("-   a: b\n", add({"x": "w"}), "-   a: b\n-   x: w\n"),
    ("- {a: b}\n-\n  c: d\n", add({"x": "w"}), "- {a: b}\n-\n  c: d\n- x: w\n"),
    ("- |\n  b", add("x"), None),
    # something out
    ("a: b\n", (at(("new",), Touch()), at(("a",), Touch())), "a: b\n"),
    ("a: b # c\n# d\ne: f\n", out(["a"]), "# d\ne: f\n"),
    ("a: b\nc: d", out(["c"]), "a: b"),
    ("a: b\r\nc: d", out(["c"]), "a: b"),
    ("a: b\nc: d\ne: f", out(["c"], ["e"]), "a: b"),
    ("a: >\n  b\nc: d", out(["c"]), "a: >\n  b\n"),
    ("- a: b\n  c: d\n", out([0, "a"]), "- c: d\n"),
    ("- a: b\n  # e\n  c: d\n", out([0, "a"]), "-\n  # e\n  c: d\n"),
    ("{a: b, c: d, e: f}\n", out(["a"]), "{c: d, e: f}\n"),
    ("{a: b, c: d, e: f}\n", out(["c"], ["e"]), "{a: b}\n"),
    ("{a: b, # x\n c: d}\n", out(["a"]), "{ # x\n c: d}\n"),
    ("{a: b # x\n , c: d}\n", out(["a"]), None),
    ("a:\n  b: {c: [d]}\ne: f\n", out(["a", "b", "c", 0]), "e: f\n"),
]  # fmt: skip
"""A text, what is to change in it, and what comes of it; None where it is refused."""


@pytest.mark.parametrize(("old", "touches", "new"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_examples(old: str, touches: tuple[Touch, Touch], new: str | None) -> None:
    """Each way to write a thing keeps what stands around it, comments and line ends included."""
    parsed = parse("x.yaml", old.encode())
    assert parsed.root is not None
    made = rewritten(parsed.root, *touches, Anyhow())
    assert (made and made.data.decode()) == new


DIFFERENT = [
    ("a: b", "a: c"),
    ("a: b", "a: 'b'"),
    ("a: b", "a: [b]"),
    ("a: [b]", "a:\n  - b"),
    ("a: {b: c}", "a: {d: c}"),
    ("a: {b: c, d: e}", "a: {d: e, b: c}"),
    ("a: [b]", "a: [b, c]"),
    ("a: b", "a: b\nc: d"),
    ("- a", "- a\n- b"),
    ("- a", "a: b"),
]


@pytest.mark.parametrize(("old", "new"), DIFFERENT)
def test_what_is_no_proof(old: str, new: str) -> None:
    """A tree that differs in any way from what was meant is not taken for it."""
    roots = [parse("x.yaml", text.encode()).root for text in (old, new)]
    assert roots[0] is not None
    assert roots[1] is not None
    assert is_as_meant(roots[0], roots[0], Touch())
    assert not is_as_meant(roots[0], roots[1], Touch())


def test_what_is_not_written_is_no_proof() -> None:
    """A new key or item has to be there, with what was to be written, and not mean nothing."""
    wrong: list[tuple[str, Any]] = [("a: ~", "~"), ("a: b", "c"), ("a: b", {"b": "c"})]
    for text, value in [*wrong, ("a: b", ["b"])]:
        root = parse("x.yaml", text.encode()).root
        assert root is not None
        assert not is_as_meant(root, root, Touch(keys={"a": Touch(new=value)}))
        assert not is_as_meant(root, root, Touch(keys={"new": Touch(new=value)}))


def test_splices_over_each_other() -> None:
    """Two splices that want the same letters are made by nobody."""
    source = parse("x.yaml", b"a: b\n").source
    assert spliced(source, [Splice(0, 3, "x"), Splice(2, 4, "y")]) is None


def test_real_files(bench_data: File) -> None:
    """Ten replacements and five insertions in each of 150 files: exactly these, 0 failures.

    Two of the 152 are refused, since no reader of plans reads them whole: one is indented
    wrongly, one has invisible characters.
    """
    refused, tried = [], 0
    for file in sorted((bench_data / "yaml").iterdir()):
        data, chance = file.read_bytes(), Random(file.name)  # noqa: S311 - the same every time
        parsed = parse(file.name, data)
        if not readable(parsed) or parsed.root is None:
            refused.append({one.message.key for one in parsed.findings})
            continue
        nodes = list(walk(parsed.root))
        edits = [(touch, Anyhow()) for touch in replacements(nodes, chance, 10)]
        edits += insertions(nodes, chance, 5)
        for touch, manners in edits:
            made = made_of(parsed, touch, manners)
            assert made.data.startswith(BOM) == data.startswith(BOM)
            assert made.data.endswith(b"\n") == data.endswith(b"\n")
        tried += len(edits)
    assert [one & set(UNREADABLE) for one in refused] == [{one} for one in UNREADABLE]
    assert tried > 1900


@given(st.randoms(use_true_random=False))
def test_every_style(chance: Random) -> None:
    """The same in documents of every style that people write."""
    parsed = parse("x.yaml", Style(chance).document())
    assert parsed.findings in ((), parsed.findings if _is_list(parsed) else ())
    assert parsed.root is not None
    nodes = list(walk(parsed.root))
    edits = [(touch, Anyhow()) for touch in replacements(nodes, chance, 10)]
    for touch, manners in (*edits, *insertions(nodes, chance, 5)):
        made_of(parsed, touch, manners)


@given(st.randoms(use_true_random=False))
def test_many_at_once(chance: Random) -> None:
    """Values, keys, items and removals all over a document at once: proved, or refused.

    What is refused ends in a block of text that takes in what follows it, blank lines or the end
    of the file, so that it can't be left alone.
    """
    parsed = parse("x.yaml", Style(chance).document())
    assert parsed.root is not None
    written, removed = Touch(), Touch()
    done: list[Path] = [()]
    for path, node in walk(parsed.root):
        if any(path[: len(one)] == one for one in done[1:]):
            continue
        kind = chance.choice(["new", "gone", "key", "item", "no", "no", "no"])
        if kind == "new" and path:
            inside(written, path).new = chance.choice([*SCALARS, *VALUES])
            done.append(path)
        elif kind == "gone" and path:
            inside(removed, path).removed = True
            done.append(path)
        elif kind == "key" and isinstance(node, Mapping):
            for key in ("baru", "satu lagi"):
                inside(written, (*path, key)).new = chance.choice(VALUES)
        elif kind == "item" and isinstance(node, Sequence):
            inside(written, path).added = chance.choices(VALUES, k=chance.randint(1, 2))
    order = chance.sample([*KEYS, "baru", "satu lagi"], len(KEYS) + 2)
    if rewritten(parsed.root, written, removed, Anyhow(tuple(order))) is None:
        blocks = ("|", ">")
        assert emptied(parsed.root, removed).removed or any(
            isinstance(node, Scalar)
            and parsed.source.text[node.start : node.end].startswith(blocks)
            for _, node in walk(parsed.root)
        )


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_other_readers_agree(version: str, chance: Random) -> None:
    """What is written as text is that text to readers of YAML 1.1 and 1.2; the rest stays."""
    parsed = parse("x.yaml", Style(chance).document())
    assert parsed.root is not None
    nodes = list(walk(parsed.root))
    touches = replacements(nodes, chance, 1)
    for touch, manners in [*((one, Anyhow()) for one in touches), *insertions(nodes, chance, 1)]:
        made = made_of(parsed, touch, manners)
        assert made.parsed.root is not None
        old = dict(leaves(parsed.root, judged(parsed.source.text, version)))
        new = judged(made.data.decode("utf-8-sig"), version)
        for path, value in leaves(made.parsed.root, new):
            if (wanted := written_at(touch, path)) is None:
                assert value == old[path]
            elif not isinstance(wanted, Bare):
                assert value == wanted


def judged(text: str, version: str) -> Any:
    """What ruamel.yaml's own reader, which shares nothing with ours, makes of a text."""
    reader = YAML(typ="safe", pure=True)
    reader.version = version
    return reader.load(text)


def leaves(node: Node, value: Any) -> Iterator[tuple[Path, Any]]:
    """What another reader made of each scalar, by its path."""
    if isinstance(node, Mapping):
        for (key, entry), inner in zip(node.entries.items(), value.values(), strict=True):
            yield from (((key, *path), one) for path, one in leaves(entry.value, inner))
    elif isinstance(node, Sequence):
        for place, (item, inner) in enumerate(zip(node.items, value, strict=True)):
            yield from (((place, *path), one) for path, one in leaves(item, inner))
    else:
        yield (), value


def written_at(touch: Touch, path: Path) -> Any:
    """What was to be written at a path; None where nothing was."""
    value: Any = None
    for place, step in enumerate(path):
        if step not in touch.keys:
            return None
        touch = touch.keys[step]
        if touch.new is not None:
            value = touch.new
            for deeper in path[place + 1 :]:
                value = value[deeper]
            return value
    return value
