"""Rules about ids that are named: each one is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding, KeyOf
from banyuasin_plan.plan.fields import ALL
from banyuasin_plan.plan.naming import nearest
from banyuasin_plan.rules.naming import some
from banyuasin_plan.rules.places import DISTRICTS, GOALS, GROUPS, INHERITED, MILESTONES, OWNERS
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from banyuasin_plan.diagnostic import Path, Place
    from banyuasin_plan.rules.scope import Scope
    from banyuasin_plan.words import Message

    Named = tuple[Place, str]

COMPARISONS = 20_000
"""Ids that a rule's unknown names are compared with, in all: about a second's work."""


def unknown_owner(scope: Scope) -> Iterator[Finding]:
    """An owner that nobody defined.

    What it finds. An owner, a lead, a supporting office, a verifier or anybody else who is named by
    an id that stands neither under `owners` nor under `districts`.

    Why it matters. Work that is given to nobody is done by nobody: no office finds it in its form,
    no reminder goes out, and no escalation has anyone to climb to.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        support: [setda, dpmd]  # <- E202
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            owner: dinkess  # <- E202
    ```

    How to mend it. Correct the id, or add the office under `owners`. While nobody is settled on,
    leave `owner` out: the milestone is then the lead's.

    ```yaml
    owners:
      - id: dpmd
        name: Dinas Pemberdayaan Masyarakat dan Desa
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        support: [setda, dpmd]
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            owner: dinkes
    ```
    """
    return _unknown(scope, "unknown_owner", scope.at(OWNERS), scope.known("owner"))


def unknown_milestone(scope: Scope) -> Iterator[Finding]:
    """A milestone that nobody defined.

    What it finds. An entry under `after`, or under `by` of `inherits`, that names a milestone that
    is not there, or names a whole programme.

    Why it matters. The schedule passes over a link that leads nowhere. The milestone then seems
    free to begin, and the office it really waits for never learns that somebody depends on it.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
          - id: gertas-02
            name: Bibit dibagikan
            duration: 3d
            after: [gertas-1]  # <- E203
      - id: simanis
        name: Simanis
        lead: dinkes
        milestones:
          - id: simanis-01
            name: Posyandu dikunjungi
            duration: 3d
            after: [gertas]  # <- E203
    ```

    How to mend it. Correct the id. Where a whole programme is waited for, name the milestone of it
    that ends it.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
          - id: gertas-02
            name: Bibit dibagikan
            duration: 3d
            after: [gertas-01]
      - id: simanis
        name: Simanis
        lead: dinkes
        milestones:
          - id: simanis-01
            name: Posyandu dikunjungi
            duration: 3d
            after: [gertas-02]
    ```
    """
    known, programs = scope.known("milestone"), scope.known("program")
    named = list(scope.at(MILESTONES))
    for place, name in named:
        if name in programs and name not in known and scope.whole:
            yield Finding(
                place,
                message("unknown_milestone.program", name=name),
                message("unknown_milestone.program_help"),
            )
    others = ((place, name) for place, name in named if name not in programs)

    def advise(name: str) -> Message | None:
        """Of an office's id with a number behind it: how its work is written."""
        office = name.rstrip("0123456789").rstrip("-")
        if office in programs or office not in scope.known("owner"):
            return None
        return message("unknown_milestone.office", owner=office)

    yield from _unknown(scope, "unknown_milestone", others, known, advise)


def unknown_district(scope: Scope) -> Iterator[Finding]:
    """A district that nobody defined.

    What it finds. A district in a list, in a delivery, in a blocker or in a claim sent back whose
    id does not stand under `districts`. An owner of another kind is no district. Where the plan has
    no districts at all, that is said once, with all their names.

    Why it matters. What is delivered in a district that is not known counts for none: the camat who
    did it stays on the list of those who have not, and the coverage of the programme is wrong.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            districts: [betung, sembawah]  # <- E204
            delivered:
              betung: 2025-03-12
              dinkes: 2025-03-13  # <- E204
    ```

    How to mend it. Correct the id, or add the district. For every district of the plan write `all`.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            districts: [betung, sembawa]
            delivered:
              betung: 2025-03-12
              sembawa: 2025-03-13
    ```
    """
    known = {one.value.id: [one.path] for one in scope.districts}
    broken = {
        name: paths for name, paths in scope.known("owner").items() if "districts" in paths[0]
    }
    named = list(_districts_named(scope))
    if known or broken or not named or not scope.whole:
        yield from _unknown(scope, "unknown_district", named, broken | known)
        return
    names = some(list(dict.fromkeys(name for _, name in named)))
    said = message("unknown_district.none", names=names)
    yield Finding(named[0][0], said, message("unknown_district.none.help", name=named[0][1]))


def unknown_goal(scope: Scope) -> Iterator[Finding]:
    """A goal that nobody defined.

    What it finds. A goal of a programme, or one that another goal serves, that does not stand under
    `goals`, either because there is no such set or because the set has no such item.

    Why it matters. The programme would count towards no goal. In the table of goals and programmes
    the mission it serves looks as if nobody worked on it.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        goals: [misi/4, misi/40]  # <- E205
    ```

    How to mend it. Write the id of the set, a slash and the id of the item as they stand under
    `goals`, or add the item there.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        goals: [misi/4]
    ```
    """
    return _unknown(scope, "unknown_goal", scope.at(GOALS), scope.known("goal_item"))


def unknown_inherited(scope: Scope) -> Iterator[Finding]:
    """A running programme that nobody defined.

    What it finds. An id under `continues`, `merges` or `replaces` of a programme that does not
    stand under `inherited`.

    Why it matters. The list of what becomes of each running programme would lack this one, and it
    would seem that nobody takes it on: its beneficiaries and its budget would be left without an
    answer.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        inherits:
          continues: [gertas-2021]  # <- E206
    ```

    How to mend it. Correct the id, or add the running programme under `inherited`.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        inherits:
          continues: [gertas-2020]
    ```
    """
    known = scope.known("inherited")
    return _unknown(scope, "unknown_inherited", scope.at(INHERITED), known)


def unknown_group(scope: Scope) -> Iterator[Finding]:
    """A group of programmes that nobody defined.

    What it finds. A programme whose `group` does not stand under `groups`.

    Why it matters. The programme would be missing wherever programmes are shown by group, and the
    group would be one short: eleven movements where twelve were promised in public.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        group: gerakn  # <- E207
    ```

    How to mend it. Correct the id, or add the group.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        group: gerakan
    ```
    """
    return _unknown(scope, "unknown_group", scope.at(GROUPS), scope.known("group"))


def _unknown(
    scope: Scope,
    rule: str,
    named: Iterable[Named],
    known: Mapping[str, Sequence[Path]],
    advise: Callable[[str], Message | None] = lambda _: None,
) -> Iterator[Finding]:
    """A finding for every name that is not known, while every file could be read."""
    if not scope.whole:
        return
    left = COMPARISONS
    twice = [name for name, paths in known.items() if len(paths) > 1]
    for place, name in named:
        if name not in known:
            left -= len(known)
            close = (nearest(name, twice) or nearest(name, known)) if left >= 0 else None
            hint = advise(name) or (_close_by(scope, name, close, known) if close else None)
            yield Finding(place, message(rule, name=name), hint or message(f"{rule}.help"))


def _close_by(scope: Scope, name: str, close: str, known: Mapping[str, Sequence[Path]]) -> Message:
    """The name that was meant; of one given twice, which of the two may be misnamed."""
    if len(known[close]) == 1:
        return message("did_you_mean", name=close)
    where = scope.where(scope.in_order(known[close])[-1])
    return message("given_twice", name=close, where=where, wanted=name)


def _districts_named(scope: Scope) -> Iterator[Named]:
    """Every place that names a district, with the name; `all` names none."""
    for path, name in scope.at(DISTRICTS):
        if name != ALL:
            yield path, name
    for one in scope.milestones:
        for name in one.value.delivered:
            yield KeyOf((*one.path, "delivered", name)), name
