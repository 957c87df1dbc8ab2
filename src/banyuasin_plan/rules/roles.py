"""Rules about who does what: leads that lead from afar, support without work, one who vouches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.rules.naming import some
from banyuasin_plan.rules.places import OWNERS
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.rules.scope import Scope

    Part = tuple[str, str, Path]


def lead_without_milestone(scope: Scope) -> Iterator[Finding]:
    """A lead that does none of its programme's milestones.

    What it finds. A programme with milestones, all of them done by others than its `lead`. Of one
    office it is said once, at the first of the programmes it leads so, with the others' ids.

    Why it matters. Who answers for a programme but does nothing in it hears of a delay last and has
    nothing in its own hands to mend it. Often the lead is a placeholder that was never filled in.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: setda  # <- W706
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            owner: dkp
            due: 2025-05-14
    ```

    How to mend it. Let the office lead that does the work, or give the lead the milestone at which
    it steers: a decision, a report. Where it is meant so, accept it with the reason.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
    ```
    """
    if not scope.sure or scope.plan is None:
        return
    from banyuasin_plan.alignment.roles import leads_idly

    idle = [
        (one.value.lead, one.value.id, (*one.path, "lead"))
        for one in scope.whole_programs()
        if one.value.lead and leads_idly(one.value)
    ]
    yield from _by_office(scope, "lead_without_milestone", "lead_without_milestone.several", idle)


def idle_support(scope: Scope) -> Iterator[Finding]:
    """A supporting office without a milestone and without a link.

    What it finds. An office under `support` of a programme that neither does nor supports any of
    its milestones, and that no link ties to it: no milestone of the programme waits for one of
    its own, and none of its own for one of the programme. Of one office it is said once, at the
    first such programme, with the others' ids. A programme without milestones is left out.

    Why it matters. Everybody counts on its help and nobody has said with what. It is in no list and
    in no form, and in the meeting it says rightly that it was never asked.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        support: [setda]  # <- W707
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
    ```

    How to mend it. Name it under `support` of the milestone it helps with, give it a milestone of
    its own, or take it out.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        support: [setda]
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            support: [setda]
            due: 2025-05-14
    ```
    """
    if not scope.sure or scope.plan is None:
        return
    from banyuasin_plan.alignment.roles import idle_support as idle_of

    at = {id(one.value): one.path for one in scope.whole_programs()}
    idle = [
        (who, program.id, (*at[id(program)], "support", program.support.index(who)))
        for program, who in idle_of(scope.plan.programs)
    ]
    yield from _by_office(scope, "idle_support", "idle_support.several", idle)


def verifier_is_lead(scope: Scope) -> Iterator[Finding]:
    """A verifier that is the programme's own lead.

    What it finds. A programme whose `verifier` is its `lead`. Of one office it is said once, at the
    first of those programmes, with the others' ids.

    Why it matters. Whoever answers for a programme wants it to be done. The verified figure is
    worth what somebody else has seen; from the lead it is the same claim a second time.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        verifier: dkp  # <- W710
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
    ```

    How to mend it. Name an office that has no part in the programme; most regions have the
    Inspektorat.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        verifier: inspektorat
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
    ```
    """
    same = [
        (str(one.value.lead), one.value.id, (*one.path, "verifier"))
        for one in scope.programs
        if one.value.verifier and one.value.verifier == one.value.lead
    ]
    yield from _by_office(scope, "verifier_is_lead", "verifier_is_lead.several", same)


def _by_office(scope: Scope, one: str, several: str, found: Iterable[Part]) -> Iterator[Finding]:
    """One finding an office, at its first place: office, programme and path of each are given."""
    offices: dict[str, list[tuple[str, Path]]] = {}
    for office, program, path in found:
        offices.setdefault(office, []).append((program, path))
    known = scope.known("owner")
    if not offices or any(name not in known for _, name in scope.at(OWNERS)):
        return  # a misspelt name may be meant for one of these
    for office, places in offices.items():
        names = [program for program, _ in places]
        said = message(one, office=office)
        if len(names) > 1:
            said = message(several, office=office, count=len(names), names=some(names))
        yield Finding(places[0][1], said, message(f"{one}.help"))
