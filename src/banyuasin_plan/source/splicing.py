"""Changes to a tree as splices into its text; every byte outside them stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from banyuasin_plan.source.nodes import Entry, Mapping, Scalar, Sequence
from banyuasin_plan.source.scanning import BOM, content_at
from banyuasin_plan.source.writing import (
    behind_colon,
    block_lines,
    flow_text,
    is_flow,
    key_text,
    layout_of,
    scalar_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.source.nodes import Node, Source
    from banyuasin_plan.source.writing import Layout, Value

COLON: Final = re.compile(r"\s*:")
COMMA: Final = re.compile(r"\s*,")
REST_OF_LINE: Final = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\n]*?)?(?=\r?\n|\r?\Z)")
NO_COMMENT_AHEAD: Final = re.compile(r"\r?\n(?![ \t\r\n]*[ ]#)")
BLOCK_SIGNS: Final = ("|", ">")
QUOTES: Final = ("'", '"')


class Splice(NamedTuple):
    """A stretch of text, by offsets, and what comes in its place."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Touch:
    """What is to change in a node.

    `new` takes its place; else `keys` change in it (an item's number in a list), and `added`
    come to the end of its list. `removed` takes it out of what holds it.
    """

    new: Value | None = None
    removed: bool = False
    keys: dict[str | int, Touch] = field(default_factory=dict)
    added: list[Value] = field(default_factory=list)


class Manners(Protocol):
    """What a text alone does not say: the order of a mapping's keys, and what is alike."""

    def order(self, path: Path) -> tuple[str, ...]:
        """The keys that the mapping at the path may have, in order; none where any will do."""

    def like(self, path: Path) -> Node | None:
        """A value that is written somewhere for another thing like the one at the path."""


def spliced(source: Source, splices: Iterable[Splice]) -> bytes | None:
    """The file's bytes with the splices made; of two at one place the first stays first.

    None where two of them lie over each other.
    """
    pieces, done = [BOM.decode() if source.bom else ""], 0
    for one in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        if one.start < done:
            return None
        pieces += [source.text[done : one.start], one.text]
        done = one.end
    return "".join([*pieces, source.text[done:]]).encode()


def splices_of(root: Node, touch: Touch, manners: Manners) -> list[Splice]:
    """The splices that change a file's tree; what is to be removed is not among them."""
    return list(_Splicing(root, manners).below(root, touch, (), flow=False))


class _Splicing:
    """A file that is being changed."""

    def __init__(self, root: Node, manners: Manners) -> None:
        self.text = root.source.text
        self.layout = layout_of(root)
        self.manners = manners

    def below(self, node: Node, touch: Touch, path: Path, *, flow: bool) -> Iterator[Splice]:
        """What changes inside a node."""
        if isinstance(node, Scalar):
            return
        flow = flow or node.flow
        fresh: dict[str, Value] = {}
        for step, one in touch.keys.items():
            entry = node.entries.get(str(step)) if isinstance(node, Mapping) else None
            if isinstance(node, Sequence):
                yield from self._value(node.items[int(step)], None, one, (*path, step), flow=flow)
            elif entry:
                yield from self._value(entry.value, entry, one, (*path, step), flow=flow)
            elif one.new is not None:
                fresh[str(step)] = one.new
        if isinstance(node, Mapping) and fresh:
            yield from self._insert(node, fresh, path, flow=flow)
        elif isinstance(node, Sequence) and touch.added:
            yield from self._append(node, touch.added, path, flow=flow)

    def _value(
        self, node: Node, entry: Entry | None, touch: Touch, path: Path, *, flow: bool
    ) -> Iterator[Splice]:
        """Another value, or a change inside the one there is."""
        new = touch.new
        like = self.manners.like(path) if isinstance(node, Scalar) else node
        if new is None:
            yield from self.below(node, touch, path, flow=flow)
        elif isinstance(new, str) and isinstance(node, Scalar):
            yield self._scalar(node, entry, new, flow=flow)
        elif flow or isinstance(new, str) or is_flow(new, like):
            yield from self._on_one_line(node, entry, new, flow=flow)
        else:
            yield from self._as_block(node, entry, new, like)

    def _scalar(self, node: Scalar, entry: Entry | None, text: str, *, flow: bool) -> Splice:
        """Another text in the old one's quotes; a block of text stays one where it has lines."""
        sign = "" if node.plain else self.text[node.start]
        quote = sign if sign in QUOTES else ""
        if "\n" in text and not flow and not quote:
            column = self._inner_column(node, entry)
            shown = block_lines(text, None, column, self._layout_before(node.end))
        else:
            shown = scalar_text(text, flow=flow, quote=quote)
        return Splice(node.start, node.end, self._apart(node, shown))

    def _inner_column(self, node: Scalar, entry: Entry | None) -> int:
        """The column for the lines of a block of text in this value's place."""
        if not node.plain and self.text[node.start] in BLOCK_SIGNS:
            for one in self.text[node.start : node.end].split("\n")[1:]:
                if one.strip():
                    return len(one) - len(one.lstrip(" "))
        return node.column - 1 if entry is None else entry.column - 1 + self.layout.step

    def _apart(self, node: Scalar, shown: str) -> str:
        """A value where none was: behind a blank, and behind a colon where that is missing too."""
        before = self.text[node.start - 1 : node.start]
        if node.end > node.start or before in {" ", "\t"}:
            return shown
        return f" {shown}" if before in {":", "-", "?"} else f": {shown}"

    def _on_one_line(
        self, node: Node, entry: Entry | None, value: Value, *, flow: bool
    ) -> Iterator[Splice]:
        """A value in place of another, in brackets or as a scalar."""
        shown = scalar_text(value, flow=flow) if isinstance(value, str) else flow_text(value)
        if isinstance(node, Scalar):
            yield Splice(node.start, node.end, self._apart(node, shown))
            return
        colon = COLON.match(self.text, entry.end) if entry else None
        if colon and "\n" in self.text[colon.end() : node.start]:
            yield Splice(colon.end(), colon.end(), f" {shown}")
            yield Splice(self._line_end(colon.end()), node.end, "")
        else:
            yield Splice(node.start, node.end, shown)

    def _as_block(
        self, node: Node, entry: Entry | None, value: Value, like: Node | None
    ) -> Iterator[Splice]:
        """A block in place of a value."""
        colon = COLON.match(self.text, entry.end) if entry else None
        is_block = not isinstance(node, Scalar) and not node.flow
        alike = isinstance(node, Sequence) == isinstance(value, list)
        if entry is None or colon is None or (is_block and alike):
            block = block_lines(value, like, node.column - 1, self.layout)
            yield Splice(node.start, node.end, block)
            return
        block = behind_colon(value, like, entry.column - 1, self.layout)
        if is_block:
            yield Splice(self._line_end(colon.end()), node.end, block)
            return
        yield Splice(colon.end(), max(node.end, colon.end()), "")
        at = self._line_end(max(node.end, colon.end()))
        yield Splice(at, at, block)

    def _layout_before(self, at: int) -> Layout:
        """The layout for what is written there.

        A block of text would take in deep comments, and needs a line break behind it.
        """
        rest = NO_COMMENT_AHEAD.match(self.text, at)
        return self.layout._replace(blocks=rest is not None)

    def _line_end(self, at: int) -> int:
        """Where the line of a value ends, a comment behind it included."""
        found = REST_OF_LINE.match(self.text, at)
        return found.end() if found else at

    def _insert(
        self, node: Mapping, fresh: dict[str, Value], path: Path, *, flow: bool
    ) -> Iterator[Splice]:
        """New keys, each behind the one that the order has before it, else before all others."""
        known = self.manners.order(path)
        order = {name: rank for rank, name in enumerate(known)}
        names = {name: name for name in known}
        last = len(order)
        places: dict[str | None, dict[str, Value]] = {}
        for name in sorted(fresh, key=lambda name: order.get(name, last)):
            rank = order.get(name, last)
            before = {
                key: (at, entry.start)
                for key, entry in node.entries.items()
                if (at := order.get(key, last)) <= rank
            }
            anchor = max(before, key=lambda key: before[key], default=None)
            places.setdefault(anchor, {})[names.get(name, name)] = fresh[name]
        for anchor, those in places.items():
            entry = None if anchor is None else node.entries[anchor]
            if flow:
                yield from self._insert_in_braces(node, those, entry)
            else:
                yield self._insert_lines(node, those, entry, path)

    def _insert_lines(
        self, node: Mapping, fresh: dict[str, Value], anchor: Entry | None, path: Path
    ) -> Splice:
        """Lines behind the anchor's, or before all others."""
        column, quote = node.column - 1, self._key_quote(node)
        before = anchor is None or self._is_open(anchor.value)
        if anchor is None or before:
            at, layout = anchor.start if anchor else node.start, self.layout
        else:
            at = self._line_end(anchor.value.end)
            layout = self._layout_before(at)
        like = {name: self.manners.like((*path, name)) for name in fresh}
        new_line = f"{self.layout.eol}{' ' * column}"
        shown = [
            f"{key_text(name, quote)}:{behind_colon(value, like[name], column, layout)}"
            for name, value in fresh.items()
        ]
        if before:
            return Splice(at, at, "".join(f"{line}{new_line}" for line in shown))
        return Splice(at, at, "".join(f"{new_line}{line}" for line in shown))

    def _is_open(self, node: Node) -> bool:
        """Whether it ends with a block of text that one more line break would change."""
        if node.end < len(self.text):
            return False
        while not isinstance(node, Scalar):
            below = node.items if isinstance(node, Sequence) else list(node.entries.values())
            node = below[-1].value if isinstance(below[-1], Entry) else below[-1]
        return not node.plain and self.text[node.start] in BLOCK_SIGNS

    def _insert_in_braces(
        self, node: Mapping, fresh: dict[str, Value], anchor: Entry | None
    ) -> Iterator[Splice]:
        quote = self._key_quote(node)
        shown = [f"{key_text(key, quote)}: {flow_text(fresh[key], quote)}" for key in fresh]
        if not node.entries:
            yield self._first(node, shown)
        elif anchor is None:
            at = next(iter(node.entries.values())).start
            yield Splice(at, at, "".join(f"{one}, " for one in shown))
        else:
            yield from self._behind(anchor.start, anchor.value.end, shown)

    def _key_quote(self, node: Mapping) -> str:
        """The quotes around the keys of a mapping, where its first one has them."""
        first = next(iter(node.entries.values()), None)
        return "" if first is None or first.plain else self.text[first.start]

    def _append(
        self, node: Sequence, added: list[Value], path: Path, *, flow: bool
    ) -> Iterator[Splice]:
        """New items behind the last one."""
        if flow and not node.items:
            yield self._first(node, list(map(flow_text, added)))
            return
        last = node.items[-1]
        if flow:
            sign = "" if not isinstance(last, Scalar) or last.plain else self.text[last.start]
            quote = sign if sign in QUOTES else ""
            shown = [flow_text(one, quote) for one in added]
            yield from self._behind(last.start, last.end, shown)
            return
        column, gap = node.column - 1, self._gap(node)
        like = self.manners.like((*path, 0)) if isinstance(last, Scalar) else node
        dash = f"{self.layout.eol}{' ' * column}-{' ' * gap}"
        at = self._line_end(last.end)
        layout = self._layout_before(at)
        items = [block_lines(one, like, column + 1 + gap, layout) for one in added]
        yield Splice(at, at, "".join(f"{dash}{item}" for item in items))

    def _first(self, node: Mapping | Sequence, shown: list[str]) -> Splice:
        """What comes into empty brackets, before a comment that may stand there."""
        empty = not self.text[node.start + 1 : node.end - 1].strip()
        return Splice(node.start + 1, node.end - 1 if empty else node.start + 1, ", ".join(shown))

    def _gap(self, node: Sequence) -> int:
        """The blanks between the last dash of a list and its item."""
        before = node.items[-2].end if len(node.items) > 1 else None
        dash = node.start if before is None else content_at(self.text, before, len(self.text))
        blanks = self.text[dash + 1 : node.items[-1].start]
        return self.layout.gap if blanks.strip(" ") or not blanks else len(blanks)

    def _behind(self, start: int, end: int, shown: list[str]) -> Iterator[Splice]:
        """Something behind another one in brackets, on lines of their own where that is the way."""
        line = self.text.rfind("\n", 0, start) + 1
        comma = COMMA.match(self.text, end)
        rest = REST_OF_LINE.match(self.text, comma.end() if comma else end)
        if self.text[line:start].strip() or rest is None or "\n" not in self.text[end:]:
            gap = " " if self.text[end - 1] == ":" else ""
            yield Splice(end, end, "".join(f"{gap}, {one}" for one in shown))
            return
        new_line = f"{self.layout.eol}{self.text[line:start]}"
        if not comma:
            yield Splice(end, end, ",")
        joined = f",{new_line}".join(shown)
        yield Splice(rest.end(), rest.end(), f"{new_line}{joined}{',' if comma else ''}")
