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
from banyuasin_plan.source.removing import emptied
from banyuasin_plan.source.rewriting import Rewritten, rewritten
from banyuasin_plan.source.scanning import BOM
from banyuasin_plan.source.splicing import Touch
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


def inside(touch: Touch, path: Path) -> Touch:
    """The touch of what lies at a path."""
    for step in path:
        touch = touch.keys.setdefault(step, Touch())
    return touch


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
