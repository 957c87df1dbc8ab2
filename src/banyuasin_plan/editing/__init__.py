"""Changes to a plan as changes to its texts: spliced, proved, or refused.

The one engine of everything that writes into a plan. It touches no disk: texts go in, and texts
come out, all of them or none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.editing.changes import REMOVED, Appended, Change, Edited, Refusal
from banyuasin_plan.editing.intent import Intent, intents_of
from banyuasin_plan.editing.manners import PlanManners
from banyuasin_plan.reading.reloading import reloaded
from banyuasin_plan.source import key_of, locate
from banyuasin_plan.source.rewriting import Rewritten, rewritten
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.diagnostic import Diagnostic
    from banyuasin_plan.reading import Loaded

__all__ = ["REMOVED", "Appended", "Change", "Edited", "Refusal", "edit"]


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
        one = _rewritten(intent, manners)
        if one is None:
            refusals.append(_unproved(loaded, intent, manners))
        elif one.data != loaded.texts[name]:
            made[name] = one
    if refusals:
        return Edited({}, tuple(refusals))
    if not made:
        return Edited({}, (), loaded)
    texts = {name: one.data for name, one in made.items()}
    after = reloaded(loaded, texts, {name: one.parsed for name, one in made.items()})
    refusals.extend(_refusals(loaded, after, made, intents))
    return Edited({} if refusals else texts, tuple(refusals), after)


def _rewritten(intent: Intent, manners: PlanManners) -> Rewritten | None:
    manners.arrange(intent.written)
    return rewritten(intent.root, intent.written, intent.removed, manners)


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
    file = made.get(one.span.file)
    return file.moved(one.span.start) if file else one.span.start


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
