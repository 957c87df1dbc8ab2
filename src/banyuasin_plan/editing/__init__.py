"""Changes to a plan as changes to its texts: spliced, proved, or refused.

The one engine of everything that writes into a plan. It touches no disk: texts go in, and texts
come out, all of them or none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Severity
from banyuasin_plan.editing.blame import to_blame
from banyuasin_plan.editing.changes import REMOVED, Appended, Change, Edited, Refusal
from banyuasin_plan.editing.intent import Intent, intents_of
from banyuasin_plan.editing.manners import PlanManners
from banyuasin_plan.plan.places import OF_A_MILESTONE, OF_A_THING
from banyuasin_plan.reading.reloading import errors_since, reloaded, warnings_about
from banyuasin_plan.source.pausing import garbage_left_alone
from banyuasin_plan.source.rewriting import Rewritten, rewritten
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from banyuasin_plan.diagnostic import Diagnostic, Path
    from banyuasin_plan.reading import Loaded

__all__ = ["REMOVED", "Appended", "Change", "Edited", "Refusal", "edit", "warnings_since"]


@garbage_left_alone()
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
    trees = {name: one.parsed for name, one in made.items()}
    after = reloaded(loaded, texts, trees, _untouched(changes))
    if errors := errors_since(after, [change.path for change in changes]):
        refusals += [
            Refusal(one.span, one.message, one.help, one.code, *to_blame(one, after, intents))
            for one in _fresh(loaded.errors, errors, made)
        ]
    if refusals:
        return Edited({}, tuple(refusals), after)
    milestones = {change.path[:OF_A_MILESTONE] for change in changes}
    old, new = warnings_about(loaded, milestones), warnings_about(after, milestones)
    return Edited(texts, (), after, tuple(_fresh(old, new, made)), made)


def warnings_since(loaded: Loaded, edited: Edited) -> tuple[Diagnostic, ...]:
    """Every warning that the plan draws with the changes and did not before.

    The whole plan and its schedule are looked at, twice: seconds on a large one.
    """
    if edited.loaded is None or not edited.texts:
        return ()
    found = _fresh(loaded.diagnostics, edited.loaded.diagnostics, edited.made)
    return tuple(one for one in found if one.severity is Severity.WARNING)


def _untouched(changes: Sequence[Change]) -> Callable[[Path], bool]:
    """Whether what stands at a path of programmes is what stood there: proved, unless touched.

    Where an item of theirs is taken out, those behind it stand elsewhere: nothing is certain then.
    """
    touched = {path[:depth] for path, _ in changes for depth in (OF_A_THING, OF_A_MILESTONE)}
    moved = any(new is REMOVED and len(path) <= OF_A_MILESTONE for path, new in changes)
    return lambda path: not moved and path not in touched


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


def _fresh(
    before: Iterable[Diagnostic], after: Iterable[Diagnostic], made: Mapping[str, Rewritten]
) -> Iterator[Diagnostic]:
    """What was not found before, at the same place of the text, under the same code."""
    known = {(one.code, one.message.key, one.span.file, _moved(one, made)) for one in before}
    for one in after:
        if (one.code, one.message.key, one.span.file, one.span.start) not in known:
            yield one


def _moved(one: Diagnostic, made: Mapping[str, Rewritten]) -> int | None:
    """Where a finding would stand now; None inside what was changed."""
    file = made.get(one.span.file)
    return file.moved(one.span.start) if file else one.span.start
