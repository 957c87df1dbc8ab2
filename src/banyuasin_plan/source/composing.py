"""From the parser's events to nodes, without recursion and without a second look.

libyaml says what comes next; what a plan may not use is refused as it passes by.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from banyuasin_plan.source import limits
from banyuasin_plan.source.nodes import Entry, Key, Mapping, Node, Scalar, Sequence
from banyuasin_plan.source.pausing import garbage_left_alone
from banyuasin_plan.source.scanning import check_escapes, content_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from banyuasin_plan.source.complaints import Complaints

PROPERTIES: Final = ("&", "!")
PROPERTY: Final = re.compile(r"&[0-9A-Za-z_-]*|!\S*")
COLON: Final = re.compile(r"\s*:")
KEPT: Final = re.compile(r"[|>][1-9]?\+")


class ParserMissing(Exception):  # noqa: N818 - it reads as a sentence where it is caught
    """ruamel.yaml's C part can't be imported here, so no plan can be read."""


class Enough(Exception):  # noqa: N818 - not an error: there is no point in reading on
    """A limit is passed or the document is over."""


@cache
def libyaml() -> ModuleType:
    """The parser, imported when the first text is read: it takes 20 ms."""
    try:
        return import_module("_ruamel_yaml")
    except ImportError as error:
        raise ParserMissing from error


class Composer:
    """One text on its way to a tree: where reading stands and what is still to be checked."""

    def __init__(self, complaints: Complaints, text: str) -> None:
        """Begin with an empty tree; the text is the one that the parser can bear."""
        self.text = text
        self.complaints = complaints
        self.source = complaints.source
        self.nodes = 0
        self._documents = 0
        self._stream = Sequence(self.source, 0, True)  # noqa: FBT003
        self._holder: Mapping | Sequence = self._stream
        self._key: Entry | None = None
        self._last: Node | None = None
        self._above: list[tuple[Mapping | Sequence, Entry | None]] = []
        self._quoted: list[Scalar] = []
        self._known: dict[str, str] = {}
        self._suspects: dict[int, Mapping] = {}
        self._dropped: list[tuple[Mapping, str]] = []

    def compose(self) -> Node | None:
        """The root of the text's first document; None where there is none."""
        yaml = libyaml()
        with garbage_left_alone():
            try:
                self._read(yaml.CParser(self.text).get_event, yaml)
            except Enough:
                pass
            except yaml.YAMLError as error:
                from banyuasin_plan.source.syntax import Trouble, complain_about

                trouble = Trouble.of(error, self.text, self._last, self._open_bracket())
                complain_about(trouble, self.complaints)
            self._finish()
        return self._stream.items[0] if self._stream.items else None

    def _read(self, get_event: Callable[[], Any], yaml: ModuleType) -> None:
        """Take events until the parser, or a turn, stops: scalars here, the rest in turns."""
        turns, scalar = self._turns(yaml), yaml.ScalarEvent
        source, letters, known = self.source, self.text, self._known
        nodes, most, longest = 0, limits.FILE_NODES + 1, limits.SCALAR_CHARACTERS
        nothing: Any = None
        holder = entries = key = node = nothing
        try:
            while nodes < most:
                event = get_event()
                if type(event) is not scalar:
                    self.nodes, self._key, self._last = nodes, key, node
                    turns[type(event)](event)
                    nodes, key, node, holder = self.nodes, self._key, self._last, self._holder
                    entries = holder.entries if type(holder) is Mapping else None
                    continue
                nodes += 1
                start, text, style = event.start_mark.index, event.value, event.style
                make: Any = Scalar if key is not None or entries is None else Key
                node = make(source, start, event.end_mark.index, text, not style)
                if style or not 0 < len(text) <= longest or letters[start] in "&!":
                    self._look_at(node, event, key)
                if key is not None:
                    key.value = node
                    entries[key.text] = key
                    key = None
                elif entries is None:
                    holder.items.append(node)
                else:
                    same = known.get(text)
                    if same is None or same in entries:
                        key = self._new_key(holder, node)
                    else:
                        node.text, key = same, node
        finally:
            self.nodes, self._last = nodes, node
        self._refuse_size()

    def _turns(self, yaml: ModuleType) -> dict[type, Callable[[Any], None]]:
        """What to do on each kind of event that is not a scalar."""
        return {
            yaml.StreamStartEvent: _pass_over,
            yaml.DocumentStartEvent: self._begin_document,
            yaml.MappingStartEvent: self._open_mapping,
            yaml.SequenceStartEvent: self._open_sequence,
            yaml.AliasEvent: self._stand_in_for_alias,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.DocumentEndEvent: _pass_over,
            yaml.StreamEndEvent: _stop,
        }

    def _begin_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            end = event.end_mark.index
            self._complain("documents", max(end - len("---"), 0), end)
            raise Enough

    def _open_mapping(self, event: Any) -> None:
        self._open(Mapping(self.source, event.start_mark.index, event.flow_style))

    def _open_sequence(self, event: Any) -> None:
        self._open(Sequence(self.source, event.start_mark.index, event.flow_style))

    def _open(self, node: Mapping | Sequence) -> None:
        if self.text.startswith(PROPERTIES, node.start):
            node.start = node.end = self._after_properties(node.start, len(self.text))
        if len(self._above) == limits.DEPTH:
            self._complain("too_large.depth", node.start, node.start + 1, limit=limits.DEPTH)
            raise Enough
        self._attach(node)
        self._above.append((self._holder, self._key))
        self._holder, self._key, self._last = node, None, node

    def _close(self, event: Any) -> None:
        node, inner = self._holder, self._last
        closed = node.flow and self.text[node.start] in "[{"
        node.end = event.end_mark.index if closed or inner is None else inner.end
        self._last = node
        self._holder, self._key = self._above.pop()

    def _stand_in_for_alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self._complain("anchor.alias", start, end, name=f"*{event.anchor}")
        self._last = Scalar(self.source, start, end, "", True)  # noqa: FBT003
        self._attach(self._last)

    def _attach(self, node: Node) -> None:
        """Put a node where it belongs; one in a key's place is left out of the tree."""
        self.nodes += 1
        if isinstance(self._holder, Sequence):
            self._holder.items.append(node)
        elif self._key:
            self._key.value = node
            self._holder.entries[self._key.text] = self._key
            self._key = None
        else:
            if not isinstance(node, Scalar):
                self._complain("complex_key", node.start, node.start + 1)
            self._key = self._nameless(self._holder, node)

    def _nameless(self, holder: Mapping, node: Node) -> Entry:
        """A key under which a value is read but not kept."""
        name = f"\0{len(self._dropped)}"
        self._dropped.append((holder, name))
        stand_in: Entry = Key(self.source, node.start, node.end, name, False)  # noqa: FBT003
        return stand_in

    def _new_key(self, holder: Mapping, key: Entry) -> Entry:
        """A key not met before, or met in this very mapping."""
        text = key.text
        if text == "<<" and key.plain:
            self._complain("anchor.merge", key.start, key.end)
            return self._nameless(holder, key)
        if text in holder.entries:
            line = str(holder.entries[text].line)
            self._complain("duplicate_key", key.start, key.end, name=text, line=line)
            return self._nameless(holder, key)
        if folded(text) == text:
            self._known[text] = text
        else:
            self._suspects[id(holder)] = holder
        return key

    def _look_at(self, node: Scalar, event: Any, key: Scalar | None) -> None:
        """Settle what is not simply a plain value: its true place, its length, its properties."""
        text = self.text
        if text.startswith(PROPERTIES, node.start):
            node.start = self._after_properties(node.start, node.end)
            if node.start == node.end and isinstance(node, Key):
                node.start = node.end = content_at(text, node.end, len(text))
        elif node.start == node.end and key:
            node.start = node.end = _behind_colon(text, key.end, node.start)
        if event.style == '"':
            self._quoted.append(node)
        elif not node.plain and event.style in "|>":
            node.end = _last_break(text, node.start, node.end)
        if len(node.text) > limits.SCALAR_CHARACTERS:
            much = {"n": len(node.text), "limit": limits.SCALAR_CHARACTERS}
            self._complain("too_large.scalar", node.start, node.end, **much)
            node.text = node.text[: limits.SCALAR_CHARACTERS]

    def _after_properties(self, start: int, end: int) -> int:
        """Complain about anchors and tags; returns where the value itself begins."""
        left = {"&": "anchor", "!": "tag"}
        while (found := PROPERTY.match(self.text, start, end)) and found[0][0] in left:
            self._complain(left.pop(found[0][0]), *found.span(), name=found[0])
            start = content_at(self.text, found.end(), end)
        return start

    def _complain(self, key: str, start: int, end: int, **params: object) -> None:
        """Complain, and read no further when there is too much to complain about."""
        full = self.complaints.full
        self.complaints.add(key, start, end, **params)
        if full:
            raise Enough

    def _refuse_size(self) -> None:
        last = self._last
        at = last.start if last else 0
        self._complain("too_large.nodes", at, at, limit=limits.FILE_NODES)

    def _open_bracket(self) -> int | None:
        """Where the innermost bracket or brace stands that is still open."""
        opened = [*(holder for holder, _ in self._above[1:]), self._holder]
        brackets = [
            node.start
            for node in opened
            if node is not self._stream and node.flow and self.text[node.start] in "[{"
        ]
        return brackets[-1] if brackets else None

    def _finish(self) -> None:
        self._leave_out_unfinished()
        for mapping, name in self._dropped:
            mapping.entries.pop(name, None)
        for mapping in self._suspects.values():
            self._compare_keys(mapping)
        check_escapes(self._quoted, self.complaints)

    def _leave_out_unfinished(self) -> None:
        """Where reading stopped halfway, leave out the mapping it stopped in.

        Nobody is to complain of keys that may well stand below. The file's own mapping stays,
        and so do lists, with what was read to its end.
        """
        opened = [*(holder for holder, _ in self._above[1:]), self._holder]
        for node in opened:
            node.end = max(node.end, self._last.end if self._last else 0)
        for parent, node in itertools.pairwise(opened):
            if isinstance(node, Mapping):
                if isinstance(parent, Sequence):
                    parent.items = [item for item in parent.items if item is not node]
                else:
                    entries = parent.entries.items()
                    parent.entries = {name: one for name, one in entries if one.value is not node}
                return

    def _compare_keys(self, mapping: Mapping) -> None:
        seen: dict[str, Scalar] = {}
        for name, entry in mapping.entries.items():
            first = seen.setdefault(folded(name), entry.key)
            if first is not entry.key:
                here = entry.key
                named = {"name": name, "other": first.text, "line": str(first.line)}
                self.complaints.add("duplicate_key.alike", here.start, here.end, **named)


def folded(key: str) -> str:
    """A key without what hides a difference: case, and two ways to write one letter."""
    if key.isascii():
        return key.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", key).casefold())


def _pass_over(_event: Any) -> None:
    pass


def _stop(_event: Any) -> None:
    raise Enough


def _behind_colon(text: str, key_end: int, at: int) -> int:
    """Where an absent value is: right behind its colon, or its key where that has none."""
    if text[at - 1] == ":":
        return at
    colon = COLON.match(text, key_end, at)
    return colon.end() if colon else key_end


def _last_break(text: str, start: int, end: int) -> int:
    """Where a block of text ends, less the line break that any value has behind it."""
    if KEPT.match(text, start):
        end -= text.endswith("\n", start, end)
        return end - text.endswith("\r", start, end)
    while text[end - 1] in "\r\n":
        end -= 1
    return end
