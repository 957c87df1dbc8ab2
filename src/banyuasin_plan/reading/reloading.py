"""A plan read once more after some of its files changed, and what its milestones now draw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from banyuasin_plan.plan.places import OF_A_MILESTONE
from banyuasin_plan.reading import Loaded, found_by
from banyuasin_plan.reading.accepting import acceptances, sort_out
from banyuasin_plan.reading.joining import join
from banyuasin_plan.reading.shaping import scope_of
from banyuasin_plan.rules import RULES, rule_named
from banyuasin_plan.source import locate
from banyuasin_plan.source.pausing import garbage_left_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pydantic import BaseModel

    from banyuasin_plan.diagnostic import Diagnostic, Path
    from banyuasin_plan.reading.joining import Joined
    from banyuasin_plan.reading.shaping import Shaped
    from banyuasin_plan.rules.scope import Scope
    from banyuasin_plan.source import Parsed

OF_ONE = (
    "moved_without_reason", "moved_out_of_order", "done_without_finish", "judged_without_reason",
    "judged_expired", "evidence_missing", "delivered_elsewhere", "verified_by_another",
    "districts_unverified", "progress_unread", "spent_over_budget", "far_beyond_target",
    "amount_without_target", "budget_without_state", "long_before",
)  # fmt: skip
"""Warnings that look at one milestone by itself, at no other one and at no schedule."""

TOLD = frozenset({
    "progress", "achieved", "started", "finished", "delivered", "evidence", "verified", "returned",
    "reported", "blockers", "judged", "note",
})  # fmt: skip
"""Keys of what is reported of a milestone: nothing else names them, no date is planned by them."""

BESIDE_FACTS = frozenset({
    "duplicate_id", "unknown_milestone", "unknown_goal", "unknown_inherited", "unknown_group",
    "cycle", "group_size", "reversed_days", "too_long",
})  # fmt: skip
"""Errors that no fact can bring about."""


def reloaded(
    loaded: Loaded,
    texts: Mapping[str, bytes],
    parsed: Mapping[str, Parsed],
    same: Callable[[Path], bool],
) -> Loaded:
    """The plan with other texts for some of its files, each with its tree; no file is parsed.

    Of what stands at a path it is known whether it is the `same` as before; that is not looked at
    again.
    """
    with garbage_left_alone():
        joined = join({**loaded.texts, **texts}, {**loaded.joined.parsed, **parsed})
        scope = scope_of(joined, loaded.now, _shaped_before(loaded.scope, joined, same))
    scope = replace(scope, baseline=loaded.scope.baseline, no_baseline=loaded.scope.no_baseline)
    follows = loaded.as_of == loaded.scope.today  # the plan's own day, which may have changed
    as_of = scope.today if follows else loaded.as_of
    return Loaded({**loaded.texts, **texts}, joined, scope, as_of, loaded.held, loaded.now)


def _shaped_before(scope: Scope, joined: Joined, same: Callable[[Path], bool]) -> Shaped:
    """The programmes and milestones that are the same, by their new nodes; none had a finding."""
    if scope.unread:
        return {}
    pieces: list[tuple[Path, BaseModel]] = [(one.path, one.value) for one in scope.programs]
    pieces += [(one.path, one.value) for one in scope.milestones]
    found = ((locate(joined.root, path), value) for path, value in pieces if same(path))
    return {id(node): (node, value) for node, value in found}


def errors_since(after: Loaded, touched: Collection[Path]) -> tuple[Diagnostic, ...]:
    """The errors that changes at these paths can have brought about.

    Where only facts changed, those are errors of the milestones they belong to; else all errors.
    """
    if not all(_is_fact(path) for path in touched):
        return after.errors
    rules = [rule for rule in RULES if not rule.is_warning and rule.name not in BESIDE_FACTS]
    scope = _about(after.scope, {path[:OF_A_MILESTONE] for path in touched})
    return found_by(scope, after.joined, rules)


def _is_fact(path: Path) -> bool:
    return path[0] == "programs" and len(path) > OF_A_MILESTONE and path[OF_A_MILESTONE] in TOLD


def _about(scope: Scope, milestones: Collection[Path]) -> Scope:
    """The scope with no other milestones than these."""
    those = tuple(one for one in scope.milestones if one.path in milestones)
    return replace(scope, milestones=those)


def warnings_about(loaded: Loaded, milestones: Collection[Path]) -> tuple[Diagnostic, ...]:
    """What can be said of these milestones without looking at the whole plan, unless accepted."""
    rules = [rule_named(name) for name in OF_ONE]
    found = found_by(_about(loaded.scope, milestones), loaded.joined, rules)
    return sort_out(found, acceptances(loaded.joined.comments)[0]).standing
