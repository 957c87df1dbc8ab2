"""A text with changes made and proved: spliced, read again, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.source import Parsed, parse
from banyuasin_plan.source.proving import is_as_meant
from banyuasin_plan.source.removing import emptied, removals_of
from banyuasin_plan.source.splicing import Splice, Touch, spliced, splices_of

if TYPE_CHECKING:
    from banyuasin_plan.source.nodes import Node
    from banyuasin_plan.source.splicing import Manners


class Rewritten(NamedTuple):
    """A text with its changes made: its bytes, what they read as, and the splices made in turn."""

    data: bytes
    parsed: Parsed
    rounds: tuple[list[Splice], ...]

    def moved(self, offset: int) -> int | None:
        """Where an offset of the old text lies now; None inside what was changed."""
        for splices in self.rounds:
            shift = 0
            for one in splices:
                if one.start <= offset < one.end:
                    return None
                if one.end <= offset:
                    shift += len(one.text) - (one.end - one.start)
            offset += shift
        return offset


def rewritten(root: Node, written: Touch, removed: Touch, manners: Manners) -> Rewritten | None:
    """The text of a tree with what is to be written, then without what is to be removed.

    None where the text read again is not the old tree with exactly these changes.
    """
    first = _proved(root, splices_of(root, written, manners), written)
    if first is None or first.parsed.root is None:
        return None
    middle = first.parsed.root
    gone = emptied(middle, removed)
    taken = removals_of(middle, gone)
    if not taken:
        return first
    last = _proved(middle, taken, gone)
    if last is None:
        last = _proved(middle, removals_of(middle, gone, trimmed=False), gone)
    return last and last._replace(rounds=(*first.rounds, *last.rounds))


def _proved(root: Node, splices: list[Splice], touch: Touch) -> Rewritten | None:
    """The text with the splices; None where it does not read as what is meant."""
    data = spliced(root.source, splices)
    parsed = parse(root.source.name, data or b"")
    if data is None or parsed.root is None or not is_as_meant(root, parsed.root, touch):
        return None
    return Rewritten(data, parsed, (splices,))
