"""What a YAML text is made of, every piece with its place in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Span

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Path

NOTHING = frozenset({"", "~", "null"})
"""What a plain scalar may be when it is to mean that nothing is given."""

LINE_END = re.compile("\n")


class Source:
    """One file's text: its name as it is shown, and what is at which line.

    `text` is decoded and has no byte order mark; `bom` says whether the file began with one.
    A line ends with LF or CR LF; offsets count characters.
    """

    __slots__ = ("_starts", "bom", "name", "text")

    def __init__(self, name: str, text: str, *, bom: bool = False) -> None:
        """Take the text; lines are looked up when first asked for."""
        self.name = name
        self.text = text
        self.bom = bom
        self._starts: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets, with its lines and columns."""
        line, column = self.position(start)
        end_line, end_column = self.position(end)
        return Span(self.name, line, column, end_line, end_column, start, end)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, counted from 1."""
        starts = self._lines()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break."""
        starts = self._lines()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].removesuffix("\n").removesuffix("\r")

    def _lines(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(found.end() for found in LINE_END.finditer(self.text))]
        return self._starts


class Located:
    """Anything that stands somewhere in a text, from `start` up to but not with `end`."""

    __slots__ = ("end", "source", "start")
    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.source.span(self.start, self.end)

    @property
    def line(self) -> int:
        """The line it starts on, counted from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The column it starts in, counted from 1."""
        return self.source.position(self.start)[1]


class Scalar(Located):
    """A single value, always text: what it means is the schema's to say.

    `plain` values are neither quoted nor a block of text, so they alone may mean a number, a
    date or nothing. An absent value is plain, empty and zero wide, right behind its colon. A
    block of text ends before its last line break, so that what follows it can be replaced or
    added to like after any other value.
    """

    __slots__ = ("plain", "text")

    def __init__(self, source: Source, start: int, end: int, text: str, plain: bool) -> None:  # noqa: FBT001 - a keyword costs 5 % of a big plan's reading
        """Take everything as it comes; a plan has hundreds of thousands of these."""
        self.source = source
        self.start = start
        self.end = end
        self.text = text
        self.plain = plain


class Entry(Scalar):
    """A key in a mapping, and the `value` it leads to.

    An entry is its own key: two objects a key would be a third of a big plan.
    """

    __slots__ = ("value",)

    def __init__(self, key: Scalar, value: Node) -> None:
        """Let a key lead to a value."""
        super().__init__(key.source, key.start, key.end, key.text, key.plain)
        self.value = value

    @property
    def key(self) -> Scalar:
        """The key."""
        return self


class Key(Entry):
    """An entry as it is read: the key first, then its value."""

    __slots__ = ()

    def __init__(self, source: Source, start: int, end: int, text: str, plain: bool) -> None:  # noqa: FBT001 - as Scalar
        """Take everything as it comes; Python is quicker with a method for each class."""
        self.source = source
        self.start = start
        self.end = end
        self.text = text
        self.plain = plain


class Mapping(Located):
    """Keys with values, in the order of the text; `flow` when it is written in braces.

    One written as a block ends where its last value ends, not at the next key.
    """

    __slots__ = ("entries", "flow")

    def __init__(self, source: Source, start: int, flow: bool) -> None:  # noqa: FBT001 - as Scalar
        """Begin a mapping; its entries and its end follow as they are read."""
        self.source = source
        self.start = start
        self.end = start
        self.entries: dict[str, Entry] = {}
        self.flow = flow


class Sequence(Located):
    """Values in a row; `flow` when they are written in brackets.

    One written as a block ends where its last item ends.
    """

    __slots__ = ("flow", "items")

    def __init__(self, source: Source, start: int, flow: bool) -> None:  # noqa: FBT001 - as Scalar
        """Begin a sequence; its items and its end follow as they are read."""
        self.source = source
        self.start = start
        self.end = start
        self.items: list[Node] = []
        self.flow = flow


Node = Scalar | Mapping | Sequence


def is_nothing(node: Node) -> bool:
    """Whether a value says that there is none."""
    return isinstance(node, Scalar) and node.plain and node.text in NOTHING


def locate(root: Node, path: Path) -> Node:
    """The node at a path, or the deepest one on the way there."""
    node = root
    for step in path:
        below = _child(node, step)
        if below is None:
            return node
        node = below
    return node


def key_of(root: Node, path: Path) -> Scalar | None:
    """The key that a path ends with; none where it ends in an item or leads nowhere."""
    node: Node | None = root
    for step in path[:-1]:
        node = _child(node, step) if node is not None else None
    if not path or not isinstance(node, Mapping):
        return None
    entry = node.entries.get(path[-1]) if isinstance(path[-1], str) else None
    return entry.key if entry else None


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, Mapping):
        entry = node.entries.get(step) if isinstance(step, str) else None
        return entry.value if entry else None
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
