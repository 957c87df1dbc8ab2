"""Rules about ids: each is given once, each one named is there, nobody waits in a ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding, KeyOf
from banyuasin_plan.plan.fields import ALL
from banyuasin_plan.plan.naming import nearest
from banyuasin_plan.rules.naming import some
from banyuasin_plan.rules.places import DISTRICTS, GOALS, GROUPS, INHERITED, MILESTONES, OWNERS
from banyuasin_plan.schedule.cycles import cycles
from banyuasin_plan.source.complaints import shortened
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from banyuasin_plan.diagnostic import Path, Place
    from banyuasin_plan.rules.scope import Scope
    from banyuasin_plan.words import Message

    Named = tuple[Place, str]

COMPARISONS = 20_000
"""Ids that a rule's unknown names are compared with, in all: about a second's work."""


def duplicate_id(scope: Scope) -> Iterator[Finding]:
    """An id given twice.

    What it finds. Two programmes or milestones, two owners or districts, or two groups, goals,
    running programmes or orders with the same id, in one file or in two. Programmes and milestones
    share one set of ids, owners and districts another.

    Why it matters. Whoever waits for that id, reports on it or fills in its row cannot know which
    of the two is meant. Progress reported for one would be booked on the other.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
          - id: gertas-01  # <- E201
            name: Bibit dibagikan
    ```

    How to mend it. Give the later one an id that is still free. If both are the same thing, keep
    one of them.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
          - id: gertas-02
            name: Bibit dibagikan
    ```
    """
    for kinds in (
        ("program", "milestone"), ("owner",), ("group",), ("goal",), ("goal_item",),
        ("inherited",), ("decision",),
    ):  # fmt: skip
        given: dict[str, list[Path]] = {}
        for kind in kinds:
            for name, paths in scope.known(kind).items():
                given.setdefault(name, []).extend(paths)
        for name, paths in given.items():
            first, *later = scope.in_order(paths) if len(paths) > 1 else paths
            for path in later:
                yield Finding(
                    path,
                    message("duplicate_id", name=shortened(name)),
                    message("duplicate_id.help", where=scope.where(first)),
                )


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


def cycle(scope: Scope) -> Iterator[Finding]:
    """Milestones that wait for one another in a ring.

    What it finds. A chain of links that comes back to where it began. It is reported once, at the
    milestone whose id comes first, with its whole path; each milestone named waits for the next,
    and the help says where each of the links stands.

    Why it matters. None of them can ever begin: each office waits for the other, each can rightly
    say so, and the plan has no dates for any of them nor for what follows.

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
            after: [gertas-03]  # <- E208
          - id: gertas-02
            name: Bibit dibagikan
            duration: 3d
            after: [gertas-01]
          - id: gertas-03
            name: Panen pertama
            duration: 2d
            after: [gertas-02]
    ```

    How to mend it. Take out the link that does not have to be. Often only a first part is waited
    for: make it a milestone of its own, or let both begin together with `SS`.

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
          - id: gertas-03
            name: Panen pertama
            duration: 2d
            after: [gertas-02]
    ```
    """
    where = {one.value.id: one for one in scope.milestones}
    waits = {name: [link.id for link in one.value.after] for name, one in where.items()}
    for ring in cycles(waits):
        links = [
            (*where[name].path, "after", waits[name].index(other))
            for name, other in zip(ring, (*ring[1:], ring[0]), strict=True)
        ]
        hint = message("cycle.help", places=some([scope.where(path) for path in links]))
        path = " → ".join([*ring, ring[0]])
        yield Finding(links[0], message("cycle", path=path), hint)


def group_size(scope: Scope) -> Iterator[Finding]:
    """A group with more or fewer programmes than it says it has.

    What it finds. A group with `expect` for which the number of programmes that name it is another.
    Nothing is said while a file, or the group of some programme, cannot be read.

    Why it matters. The number was announced: twelve movements, seven flagship programmes. A
    programme that fell out when files were moved, or one that was counted twice, is noticed here
    and not by the press.

    Example.

    ```yaml
    groups:
      - id: unggulan
        name: Program Unggulan
        expect: 2  # <- E209
    programs:
      - id: sehat
        name: Banyuasin Sehat
        lead: dinkes
        group: unggulan
    ```

    How to mend it. Give the missing programme its `group`, take it from one that does not belong,
    or change `expect` if the number itself has changed.

    ```yaml
    groups:
      - id: unggulan
        name: Program Unggulan
        expect: 2
    programs:
      - id: sehat
        name: Banyuasin Sehat
        lead: dinkes
        group: unggulan
      - id: makmur
        name: Banyuasin Makmur
        lead: dkp
        group: unggulan
    ```
    """
    if not scope.whole:
        return
    counts: dict[str, int] = {}
    for program in scope.programs:
        if program.value.group:
            counts[program.value.group] = counts.get(program.value.group, 0) + 1
    if any(_hides_a_group(path) for path in scope.unread):
        return
    for group in scope.groups:
        expect, count = group.value.expect, counts.get(group.value.id, 0)
        if expect is not None and count != expect:
            yield Finding(
                (*group.path, "expect"),
                message("group_size", name=group.value.name, expect=expect, count=count),
                message("group_size.help"),
            )


def all_of_nothing(scope: Scope) -> Iterator[Finding]:
    """Every district of a plan that has none.

    What it finds. `districts: all` in a plan without `districts`. It is said once, at the first of
    them.

    Why it matters. All of nothing is nothing. What was to be done in every district is taken for
    work done in one place, and no camat is ever asked for it.

    Example.

    ```yaml
    plan:
      id: contoh-100
      name: Contoh
      start: 2025-02-20
      as_of: 2025-04-10
    owners:
      - {id: dinkes, name: Dinas Kesehatan}
    programs:
      - id: sehat
        name: Sehat
        lead: dinkes
        milestones:
          - id: sehat-01
            name: Posyandu dibuka
            due: 2025-05-14
            districts: all  # <- W214
    ```

    How to mend it. List the districts of the plan, each with its id and name, or take `districts`
    out.

    ```yaml
    plan:
      id: contoh-100
      name: Contoh
      start: 2025-02-20
      as_of: 2025-04-10
    owners:
      - {id: dinkes, name: Dinas Kesehatan}
    districts:
      - {id: betung, name: Betung}
    programs:
      - id: sehat
        name: Sehat
        lead: dinkes
        milestones:
          - id: sehat-01
            name: Posyandu dibuka
            due: 2025-05-14
            districts: all
    ```
    """
    given = any("districts" in paths[0] for paths in scope.known("owner").values())
    if given or not scope.whole:
        return
    for path, name in scope.at(DISTRICTS):
        if name == ALL:
            yield Finding(path[:-1], message("all_of_nothing"), message("all_of_nothing.help"))
            return


def _hides_a_group(unread: Path) -> bool:
    """Whether a programme, or the group it names, is among what could not be read."""
    match unread:
        case ("programs", _) | ("programs", _, "id" | "group"):
            return True
    return False


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
