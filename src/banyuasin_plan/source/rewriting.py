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
    splices = splices_of(root, written, manners)
    first = _proved(root, splices, written)
    if first is None or first.root is None:
        return None
    gone = emptied(first.root, removed)
    taken = removals_of(first.root, gone)
    if not taken:
        return Rewritten(spliced(root.source, splices), first, (splices,))
    last = _proved(first.root, taken, gone)
    if last is None:
        return None
    return Rewritten(spliced(first.source, taken), last, (splices, taken))


def _proved(root: Node, splices: list[Splice], touch: Touch) -> Parsed | None:
    """The text with the splices, read; None where it does not read as what is meant."""
    parsed = parse(root.source.name, spliced(root.source, splices))
    if parsed.root is None or not is_as_meant(root, parsed.root, touch):
        return None
    return parsed
