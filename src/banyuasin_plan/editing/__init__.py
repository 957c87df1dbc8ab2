"""Changes to a plan as changes to its texts: spliced, proved, or refused.

The one engine of everything that writes into a plan. It touches no disk: texts go in, and texts
come out, all of them or none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.editing.changes import REMOVED, Appended, Change, Edited, Refusal
from banyuasin_plan.editing.intent import Intent, intents_of
from banyuasin_plan.editing.manners import PlanManners
from banyuasin_plan.reading.reloading import reloaded
from banyuasin_plan.source import Mapping, Parsed, key_of, locate, parse
from banyuasin_plan.source.proving import is_as_meant
from banyuasin_plan.source.removing import emptied, removals_of
from banyuasin_plan.source.splicing import Splice, spliced, splices_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.diagnostic import Diagnostic
    from banyuasin_plan.reading import Loaded

__all__ = ["REMOVED", "Appended", "Change", "Edited", "Refusal", "edit"]


class Rewritten(NamedTuple):
    """A file with its changes made: the text read again, and the splices that led to it."""

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


def edit(loaded: Loaded, changes: Sequence[Change]) -> Edited:
    """Make all the changes, or none and say why.

    Every byte outside the changed places stays; the text read again is the old tree with exactly
    these changes; and the plan has no error that it had not before.
    """
    intents, refusals = intents_of(loaded, changes)
    if refusals:
        return Edited({}, tuple(refusals))
    names = tuple(one.value.id for one in loaded.scope.districts)
    made: dict[str, Rewritten] = {}
    for name, intent in intents.items():
        manners = PlanManners(intent.root, names)
        rewritten = _rewritten(intent, manners)
        if rewritten is None:
            refusals.append(_unproved(loaded, intent, manners))
        elif rewritten.data != loaded.texts[name]:
            made[name] = rewritten
    if refusals:
        return Edited({}, tuple(refusals))
    if not made:
        return Edited({}, (), loaded)
    texts = {name: one.data for name, one in made.items()}
    after = reloaded(loaded, texts, {name: one.parsed for name, one in made.items()})
    refusals.extend(_refusals(loaded, after, made, intents))
    return Edited({}, tuple(refusals)) if refusals else Edited(texts, (), after)


def _rewritten(intent: Intent, manners: PlanManners) -> Rewritten | None:
    """The file with the intent in it; None where that can't be proved."""
    name, root = intent.root.source.name, intent.root
    manners.arrange(intent.written)
    splices = splices_of(root, intent.written, manners)
    data = spliced(root.source, splices)
    first = parse(name, data)
    if not isinstance(first.root, Mapping) or not is_as_meant(root, first.root, intent.written):
        return None
    removed = emptied(first.root, intent.removed)
    taken = list(removals_of(first.root, removed))
    if not taken:
        return Rewritten(data, first, (splices,))
    data = spliced(first.source, taken)
    last = parse(name, data)
    if not isinstance(last.root, Mapping) or not is_as_meant(first.root, last.root, removed):
        return None
    return Rewritten(data, last, (splices, taken))


def _unproved(loaded: Loaded, intent: Intent, manners: PlanManners) -> Refusal:
    """That a file can't be changed so, with the change that stands in the way where one does."""
    for _, change in intent.changes:
        alone, _ = intents_of(loaded, [change])
        if any(_rewritten(one, manners) is None for one in alone.values()):
            return Refusal(loaded.span(change.path), message("edit.unproved"), change=change)
    return Refusal(intent.root.span, message("edit.unproved"))


def _refusals(
    before: Loaded, after: Loaded, made: dict[str, Rewritten], intents: dict[str, Intent]
) -> Iterator[Refusal]:
    """The errors that were not there before."""
    if not after.errors:
        return
    known = {
        (one.code, one.message.key, one.span.file, at)
        for one in before.errors
        if (at := _moved(one, made)) is not None
    }
    for one in after.errors:
        if (one.code, one.message.key, one.span.file, one.span.start) not in known:
            change = _to_blame(one, after, intents)
            yield Refusal(one.span, one.message, one.help, one.code, change)


def _moved(one: Diagnostic, made: dict[str, Rewritten]) -> int | None:
    rewritten = made.get(one.span.file)
    return rewritten.moved(one.span.start) if rewritten else one.span.start


def _to_blame(one: Diagnostic, after: Loaded, intents: dict[str, Intent]) -> Change | None:
    """The change in whose value an error stands."""
    intent, read = intents.get(one.span.file), after.joined.parsed.get(one.span.file)
    if intent is None or read is None or read.root is None:
        return None
    for path, change in intent.changes:
        node, key = locate(read.root, path), key_of(read.root, path)
        if (key or node).start <= one.span.start <= node.end:
            return change
    return None
