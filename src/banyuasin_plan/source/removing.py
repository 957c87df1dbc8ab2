"""Keys and list items taken out of a text, each with its line and the comment behind it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.source.nodes import Mapping, Scalar, Sequence
from banyuasin_plan.source.scanning import content_at
from banyuasin_plan.source.splicing import COMMA, REST_OF_LINE, Splice, Touch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.source.nodes import Node


class _Piece(NamedTuple):
    """An entry or item: from its key or dash to the end of its value, and whether it goes."""

    start: int
    end: int
    gone: bool


def removals_of(root: Node, touch: Touch, *, trimmed: bool = True) -> list[Splice]:
    """The splices that take out what is to be removed; never all that a mapping or list has.

    Where a text does not end with a line break, it does not afterwards either, while `trimmed`;
    a block of text that comes to its end needs that break.
    """
    text = root.source.text
    joined: list[Splice] = []
    for one in sorted(_removals(root, touch)):
        if joined and joined[-1].end == one.start:
            joined[-1] = joined[-1]._replace(end=one.end)
        else:
            joined.append(one)
    if trimmed and joined and joined[-1].end == len(text) and not text.endswith("\n"):
        before = text[: joined[-1].start]
        joined[-1] = joined[-1]._replace(start=len(before.removesuffix("\n").removesuffix("\r")))
    return joined


def _removals(root: Node, touch: Touch) -> Iterator[Splice]:
    ahead: list[tuple[Node, Touch, bool]] = [(root, touch, False)]
    while ahead:
        node, one, flow = ahead.pop()
        if isinstance(node, Scalar):
            continue
        flow = flow or node.flow
        pieces = _pieces(node, one)
        if any(piece.gone for piece in pieces):
            yield from (_in_brackets if flow else _in_lines)(node.source.text, pieces)
        for step, below in one.keys.items():
            if not below.removed:
                ahead.append((_child(node, step), below, flow))


def _child(node: Mapping | Sequence, step: str | int) -> Node:
    return node.entries[str(step)].value if isinstance(node, Mapping) else node.items[int(step)]


def _pieces(node: Mapping | Sequence, touch: Touch) -> list[_Piece]:
    gone = {step for step, one in touch.keys.items() if one.removed}
    if isinstance(node, Mapping):
        return [_Piece(one.start, one.value.end, key in gone) for key, one in node.entries.items()]
    starts = [node.start]
    if node.flow:
        starts = [item.start for item in node.items]
    else:
        text = node.source.text
        starts += [content_at(text, item.end, len(text)) for item in node.items[:-1]]
    return [
        _Piece(start, item.end, place in gone)
        for place, (start, item) in enumerate(zip(starts, node.items, strict=True))
    ]


def _in_lines(text: str, pieces: list[_Piece]) -> Iterator[Splice]:
    """Whole lines; what begins on another one's line makes room for the next that stays."""
    for gone, run in groupby(pieces, lambda piece: piece.gone):
        those = list(run) if gone else []
        if those and text[text.rfind("\n", 0, those[0].start) + 1 : those[0].start].strip():
            yield _room_for_the_next(text, those, pieces)
            continue
        for piece in those:
            line = text.rfind("\n", 0, piece.start) + 1
            stop = text.find("\n", _line_end(text, piece)) + 1
            yield Splice(line, stop or len(text), "")


def _room_for_the_next(text: str, gone: list[_Piece], pieces: list[_Piece]) -> Splice:
    """From the first that goes to the first that stays, unless comments stand between."""
    end = _line_end(text, gone[-1])
    stay = next(piece.start for piece in pieces if not piece.gone and piece.start > end)
    if not text[end:stay].strip():
        return Splice(gone[0].start, stay, "")
    return Splice(len(text[: gone[0].start].rstrip(" ")), end, "")


def _line_end(text: str, piece: _Piece) -> int:
    rest = REST_OF_LINE.match(text, piece.end)
    return rest.end() if rest else piece.end


def _in_brackets(text: str, pieces: list[_Piece]) -> Iterator[Splice]:
    """Up to the next one that stays; the last ones from the end of the one before them."""
    kept: _Piece | None = None
    runs = [(gone, list(those)) for gone, those in groupby(pieces, lambda piece: piece.gone)]
    for place, (gone, those) in enumerate(runs):
        if not gone:
            kept = those[-1]
            continue
        first, last = those[0], those[-1]
        after = runs[place + 1][1][0] if place + 1 < len(runs) else None
        if after and not _blank(text, last.end, after.start):
            comma = COMMA.match(text, last.end)
            yield Splice(first.start, comma.end() if comma else last.end, "")
        elif after:
            yield Splice(first.start, after.start, "")
        else:
            yield Splice(kept.end if kept else first.start, last.end, "")


def _blank(text: str, start: int, stop: int) -> bool:
    """Whether nothing but a comma stands between."""
    return not text[start:stop].strip(" \t\r\n,")


def emptied(node: Node, touch: Touch) -> Touch:
    """What is to be removed, where a mapping or list that loses all it has goes as a whole.

    So does a scalar that stands for a mapping of one key.
    """
    if touch.removed:
        return touch
    if isinstance(node, Scalar):
        return Touch(removed=any(one.removed for one in touch.keys.values()))
    keys = {step: emptied(_child(node, step), below) for step, below in touch.keys.items()}
    many = len(node.entries) if isinstance(node, Mapping) else len(node.items)
    gone = sum(one.removed for one in keys.values())
    return Touch(keys=keys, removed=many > 0 and gone == many)
