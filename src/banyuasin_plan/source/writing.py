"""Values as YAML text: a scalar that every reader takes for what it is, flow and block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeGuard

from banyuasin_plan.source.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.source.nodes import Node


class Bare(str):
    """A number, a date or another word of the plan's grammar: readers may type it as they like."""

    __slots__ = ()


Value = str | dict[str, "Value"] | list["Value"]
"""What can be written: texts, which stay texts to every reader, `Bare` words, and both nested."""

WORDS: Final = frozenset(
    {"", "~", "=", "<<", "null", "true", "false", "yes", "no", "on", "off", "y", "n"}
)
TYPED: Final = re.compile(
    r"""[-+]?(?:
      0b[01_]+ | 0o?[0-7_]+ | 0x[0-9a-f_]+            # other bases, by 1.1 or 1.2
    | [0-9][0-9_,]*(?::[0-9_]+)*(?:\.[0-9_]*)?         # numbers, also to the base of sixty
    | [0-9_]*\.?[0-9_]*(?:e[-+]?[0-9]+)?               # fractions and powers
    | \.inf | \.nan
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t\ ].*)?       # days and times
    )""",
    re.VERBOSE,
)
"""What readers of YAML 1.1 or 1.2 take for something else than text, and more: in lower case."""

PLAIN_START: Final = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=.]|[-.](?=\w)")
NEVER_PLAIN: Final = re.compile(r"[\n\r\t\x00-\x1f\x7f]|: |:$| #|^---|^\.\.\.|^\s|\s$")
FLOW_SIGNS: Final = re.compile(r"[,\[\]{}:?]")
ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
NO_BLOCK: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^\n*[ ]|^\n+$")
"""What a block of text can't hold as it stands, or not without a number behind its sign."""


ENOUGH: Final = 500
"""Blocks that are looked at to learn how a file is laid out."""


class Layout(NamedTuple):
    """How a file is laid out.

    `eol` ends its lines; a mapping stands `step` columns deeper than its key, the dashes of a
    list `dash` columns, and what follows a dash `gap` columns behind it. `blocks` says whether a
    text of several lines may be a block: not where it would take in what follows.
    """

    eol: str = "\n"
    step: int = 2
    dash: int = 2
    gap: int = 1
    blocks: bool = True


def layout_of(root: Node) -> Layout:
    """The layout of a file as its first mapping and first list below a key show it."""
    text = root.source.text
    first = text.find("\n")
    eol = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
    step = dash = gap = None
    for key_column, node in _block_values(root):
        if isinstance(node, Sequence) and dash is None:
            dash = node.column - key_column
            if node.items and node.items[0].line == node.line:
                gap = max(node.items[0].column - node.column - 1, 1)
        elif isinstance(node, Mapping) and step is None:
            step = node.column - key_column
        if step is not None and dash is not None:
            break
    return Layout(eol, step or dash or 2, 2 if dash is None else dash, gap or 1)


def _block_values(root: Node) -> Iterator[tuple[int, Node]]:
    """Blocks below a key, with the key's column, from the top down."""
    ahead = [root] if _is_block(root) else []
    seen = 0
    while ahead and seen < ENOUGH:
        node = ahead.pop()
        seen += 1
        if isinstance(node, Sequence):
            ahead.extend([one for one in reversed(node.items) if _is_block(one)])
        else:
            values = node.entries.values()
            below = [(one.column, one.value) for one in values if _is_block(one.value)]
            yield from below
            ahead.extend([value for _, value in reversed(below)])


def _is_block(node: Node) -> TypeGuard[Mapping | Sequence]:
    """Whether it lies over lines of its own; what is in brackets holds no block."""
    return not isinstance(node, Scalar) and not node.flow


def scalar_text(text: str, *, flow: bool, quote: str = "") -> str:
    """A text on one line, as bare as every reader lets it be, or in the quotes that are asked for.

    A `Bare` one may look like a number or a date; any other one is quoted then.
    """
    if not quote and is_plain(text, flow=flow):
        return str(text)
    if CONTROL.search(text) or "\n" in text or "\t" in text or quote == '"':
        return _double(text)
    if quote == "'" or '"' in text or "\\" in text:
        return "'{}'".format(text.replace("'", "''"))
    return _double(text)


def is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text may stand without quotes."""
    if not isinstance(text, Bare) and (text.lower() in WORDS or TYPED.fullmatch(text.lower())):
        return False
    if not PLAIN_START.match(text) or NEVER_PLAIN.search(text) or CONTROL.search(text):
        return False
    return not (flow and FLOW_SIGNS.search(text))


def block_text(text: str, *, indent: str, eol: str) -> str | None:
    """A text of several lines as a block below its key; None where a block can't hold it."""
    if "\n" not in text or NO_BLOCK.search(text):
        return None
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    chomp = "-" if not ends else "" if ends == 1 else "+"
    lines = [f"{indent}{line}" if line else "" for line in body.split("\n")]
    return eol.join([f"|{chomp}", *lines, *[""] * (ends - 1)])


def _double(text: str) -> str:
    escaped = "".join(ESCAPES.get(letter, letter) for letter in text)
    return f'"{CONTROL.sub(_escape, escaped)}"'


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def is_flow(value: Value, like: Node | None) -> bool:
    """Whether a value is written in brackets: as its neighbour is, else where it is flat."""
    if isinstance(like, Mapping) and isinstance(value, dict) and like.entries:
        return like.flow
    if isinstance(like, Sequence) and isinstance(value, list) and like.items:
        return like.flow
    if isinstance(value, dict):
        return all(isinstance(one, str) for one in value.values())
    return all(isinstance(one, str) for one in value)


def flow_text(value: Value, quote: str = "") -> str:
    """A value on one line, in braces and brackets; `quote` goes around keys and texts."""
    if isinstance(value, dict):
        inside = (f"{key_text(key, quote)}: {flow_text(one, quote)}" for key, one in value.items())
        return f"{{{', '.join(inside)}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow_text(one, quote) for one in value)}]"
    return scalar_text(value, flow=True, quote="" if isinstance(value, Bare) else quote)


def key_text(key: str, quote: str = "") -> str:
    """A key; quoted where its neighbours are, or where it must be."""
    return scalar_text(key, flow=True, quote=quote)


def behind_colon(value: Value, like: Node | None, column: int, layout: Layout) -> str:
    """What follows the colon of a key in that column (from 0) of a block."""
    if isinstance(value, str):
        return f" {_lone(value, column + layout.step, layout)}"
    if not value or is_flow(value, like):
        return f" {flow_text(value)}"
    deeper = column + (layout.step if isinstance(value, dict) else layout.dash)
    return f"{layout.eol}{' ' * deeper}{block_lines(value, like, deeper, layout)}"


def block_lines(value: Value, like: Node | None, column: int, layout: Layout) -> str:
    """A value as a block in that column, where its first line is already indented.

    `like` is what a mapping should look like, or a list of such.
    """
    if isinstance(value, str):
        return _lone(value, column, layout)
    models = like.items if isinstance(like, Sequence) else [like] if like else []
    if not value or is_flow(value, models[-1] if models and isinstance(value, dict) else like):
        return flow_text(value)
    glue = f"{layout.eol}{' ' * column}"
    if isinstance(value, dict):
        entries = {
            key: entry
            for one in models
            if isinstance(one, Mapping)
            for key, entry in one.entries.items()
        }
        shown = ((key, one, entries.get(key)) for key, one in value.items())
        return glue.join(
            f"{key_text(key)}:{behind_colon(one, entry and entry.value, column, layout)}"
            for key, one, entry in shown
        )
    dash = f"-{' ' * layout.gap}"
    inner = column + len(dash)
    last = models[-1] if models else None
    return glue.join(
        f"{dash}{block_lines(one, like if isinstance(one, dict) else last, inner, layout)}"
        for one in value
    )


def _lone(text: str, column: int, layout: Layout) -> str:
    """A scalar in a block: of several lines below its key, else on one."""
    block = block_text(text, indent=" " * column, eol=layout.eol) if layout.blocks else None
    return block or scalar_text(text, flow=False)
