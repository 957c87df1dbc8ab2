"""Comments that speak to the program: `# plan: …`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.source.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Span
    from banyuasin_plan.source.nodes import Node, Source

SPOKEN = re.compile(r"#[ \t]*plan:[ \t]*(?P<text>[A-Za-z][^\r\n]*)")
BEFORE = ("", " ", "\t", "\n")
"""What stands before the sign of a comment; behind anything else it is part of a text."""

BARE = re.compile(r"[ \t]*(?:#.*)?\r?")


class Comment(NamedTuple):
    """A comment to the program: where it stands, what it says, and the line that it is about.

    At the end of a line it is about that line; on a line of its own about the next that holds
    more than a comment, which is None where there is none.
    """

    span: Span
    text: str
    line: int | None


def comments_of(source: Source, root: Node | None) -> tuple[Comment, ...]:
    """The comments to the program in a text; inside quotes and blocks of text there are none."""
    found = list(SPOKEN.finditer(source.text))
    if not found:
        return ()
    texts = [(one.start, one.end) for one in _scalars(root) if not one.plain]
    return tuple(
        Comment(source.span(one.start(), one.end()), one["text"].strip(), _about(source, one))
        for one in found
        if _begins_comment(source.text, one.start(), texts)
    )


def _begins_comment(text: str, at: int, texts: list[tuple[int, int]]) -> bool:
    """Whether a comment begins at this sign: it stands apart, in no text, behind no other one."""
    line = text.rfind("\n", 0, at) + 1
    signs = [place for place in range(line, at + 1) if text[place] == "#"]
    begun = (
        place
        for place in signs
        if text[max(place - 1, 0) : place] in BEFORE
        and not any(first <= place < last for first, last in texts)
    )
    return next(begun, None) == at


def _about(source: Source, found: re.Match[str]) -> int | None:
    line, column = source.position(found.start())
    if source.line(line)[: column - 1].strip():
        return line
    lines = source.text.split("\n")
    below = range(line, len(lines))
    return next((at + 1 for at in below if not BARE.fullmatch(lines[at])), None)


def _scalars(root: Node | None) -> Iterator[Scalar]:
    """Every scalar of the tree, keys too; without recursion, since plans may be deep."""
    ahead = [root] if root is not None else []
    while ahead:
        node = ahead.pop()
        if isinstance(node, Mapping):
            for entry in node.entries.values():
                yield entry.key
                ahead.append(entry.value)
        elif isinstance(node, Sequence):
            ahead.extend(node.items)
        else:
            yield node
