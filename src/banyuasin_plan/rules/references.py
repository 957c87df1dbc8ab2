"""Rules about ids: that each is given once, that each one used is there, that nobody waits in a ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding, KeyOf
from banyuasin_plan.plan.fields import ALL
from banyuasin_plan.plan.shape import nearest
from banyuasin_plan.schedule.cycles import cycles
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from banyuasin_plan.diagnostic import Path, Place
    from banyuasin_plan.rules.scope import Scope


def duplicate_id(scope: Scope) -> Iterator[Finding]:
    """An id given twice."""
    for kinds in (
        ("program", "milestone"), ("owner",), ("group",), ("goal",), ("goal_item",),
        ("inherited",), ("decision",),
    ):  # fmt: skip
        given: dict[str, list[Path]] = {}
        for kind in kinds:
            for name, paths in scope.known(kind).items():
                given.setdefault(name, []).extend(paths)
        for name, paths in given.items():
            for path in paths[1:]:
                yield Finding(
                    path,
                    message("duplicate_id", name=name),
                    message("duplicate_id.help", where=scope.where(paths[0])),
                )


def unknown_owner(scope: Scope) -> Iterator[Finding]:
    """An owner that nobody defined."""
    known = scope.known("owner")
    return _unknown(scope, "unknown_owner", _owners_named(scope), known)


def unknown_milestone(scope: Scope) -> Iterator[Finding]:
    """A milestone that nobody defined."""
    known, programs = scope.known("milestone"), scope.known("program")
    named = list(_milestones_named(scope))
    for place, name in named:
        if name in programs and name not in known and scope.whole:
            yield Finding(
                place,
                message("unknown_milestone.program", name=name),
                message("unknown_milestone.program_help"),
            )
    others = ((place, name) for place, name in named if name not in programs)
    yield from _unknown(scope, "unknown_milestone", others, known)


def unknown_district(scope: Scope) -> Iterator[Finding]:
    """A district that nobody defined."""
    known = {one.value.id: [one.path] for one in scope.districts}
    broken = {
        name: paths for name, paths in scope.known("owner").items() if "districts" in paths[0]
    }
    return _unknown(scope, "unknown_district", _districts_named(scope), broken | known)


def unknown_goal(scope: Scope) -> Iterator[Finding]:
    """A goal that nobody defined."""
    named = [
        ((*one.path, "goals", place), name)
        for one in scope.programs
        for place, name in enumerate(one.value.goals)
    ]
    for goals in scope.goals:
        for place, item in enumerate(goals.value.items):
            path = (*goals.path, "items", place, "serves")
            named.extend(((*path, nth), name) for nth, name in enumerate(item.serves))
    return _unknown(scope, "unknown_goal", named, scope.known("goal_item"))


def unknown_inherited(scope: Scope) -> Iterator[Finding]:
    """A running programme that nobody defined."""
    named = (
        ((*one.path, "inherits", how, place), name)
        for one in scope.programs
        if one.value.inherits
        for how in ("continues", "merges", "replaces")
        for place, name in enumerate(getattr(one.value.inherits, how))
    )
    return _unknown(scope, "unknown_inherited", named, scope.known("inherited"))


def unknown_group(scope: Scope) -> Iterator[Finding]:
    """A group of programmes that nobody defined."""
    named = (((*one.path, "group"), one.value.group) for one in scope.programs if one.value.group)
    return _unknown(scope, "unknown_group", named, scope.known("group"))


def cycle(scope: Scope) -> Iterator[Finding]:
    """Milestones that wait for one another in a ring."""
    where = {one.value.id: one for one in scope.milestones}
    waits = {name: [link.id for link in one.value.after] for name, one in where.items()}
    for ring in cycles(waits):
        first = where[ring[0]]
        place = next(
            i for i, link in enumerate(first.value.after) if link.id == ring[1 % len(ring)]
        )
        path = " → ".join([*ring, ring[0]])
        yield Finding(
            (*first.path, "after", place), message("cycle", path=path), message("cycle.help")
        )


def group_size(scope: Scope) -> Iterator[Finding]:
    """A group with more or fewer programmes than it says it has."""
    if not scope.whole:
        return
    counts: dict[str, int] = {}
    for program in scope.programs:
        if program.value.group:
            counts[program.value.group] = counts.get(program.value.group, 0) + 1
    broken = any(path[0] == "programs" and path[-1] in {"group", "id"} for path in scope.unread)
    for group in scope.groups:
        expect, count = group.value.expect, counts.get(group.value.id, 0)
        if expect is not None and count != expect and not broken:
            yield Finding(
                (*group.path, "expect"),
                message("group_size", name=group.value.name, expect=expect, count=count),
                message("group_size.help"),
            )


def _unknown(
    scope: Scope,
    rule: str,
    named: Iterable[tuple[Place, str]],
    known: Mapping[str, object],
) -> Iterator[Finding]:
    """A finding for every name that is not known, while every file could be read."""
    if not scope.whole:
        return
    for place, name in named:
        if name not in known:
            close = nearest(name, known)
            hint = message("did_you_mean", name=close) if close else message(f"{rule}.help")
            yield Finding(place, message(rule, name=name), hint)


def _milestones_named(scope: Scope) -> Iterator[tuple[Path, str]]:
    for one in scope.milestones:
        for place, link in enumerate(one.value.after):
            yield (*one.path, "after", place), link.id
    for program in scope.programs:
        if program.value.inherits:
            for place, name in enumerate(program.value.inherits.by):
                yield (*program.path, "inherits", "by", place), name


def _owners_named(scope: Scope) -> Iterator[tuple[Path, str]]:
    """Every place that names an owner, with the name."""
    for one in scope.milestones:
        value, path = one.value, one.path
        if value.owner:
            yield (*path, "owner"), value.owner
        if value.support:
            yield from _each(path, "support", value.support)
        if value.verified:
            yield (*path, "verified", "by"), value.verified.by
        if value.judged and value.judged.by:
            yield (*path, "judged", "by"), value.judged.by
        for key in ("moved", "returned"):
            for place, fact in enumerate(getattr(value, key)):
                if fact.by:
                    yield (*path, key, place, "by"), fact.by
        for place, blocker in enumerate(value.blockers):
            if blocker.owner:
                yield (*path, "blockers", place, "owner"), blocker.owner
    for program in scope.programs:
        for key in ("lead", "verifier"):
            if name := getattr(program.value, key):
                yield (*program.path, key), name
        yield from _each(program.path, "support", program.value.support)
    for owner in scope.owners:
        if owner.value.reports_to:
            yield (*owner.path, "reports_to"), owner.value.reports_to
    for old in scope.inherited:
        if old.value.owner:
            yield (*old.path, "owner"), old.value.owner
        if old.value.stopped:
            yield (*old.path, "stopped", "by"), old.value.stopped.by
    for order in scope.decisions:
        yield (*order.path, "by"), order.value.by
        yield (*order.path, "owner"), order.value.owner


def _districts_named(scope: Scope) -> Iterator[tuple[Place, str]]:
    """Every place that names a district, with the name; `all` names none."""
    for placed in (*scope.programs, *scope.inherited, *scope.milestones):
        written = placed.value.districts
        if written and written != (ALL,):
            yield from _each(placed.path, "districts", written)
    for one in scope.milestones:
        for name in one.value.delivered:
            yield KeyOf((*one.path, "delivered", name)), name
        for place, blocker in enumerate(one.value.blockers):
            if blocker.district:
                yield (*one.path, "blockers", place, "district"), blocker.district


def _each(path: Path, key: str, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    return (((*path, key, place), name) for place, name in enumerate(names))
