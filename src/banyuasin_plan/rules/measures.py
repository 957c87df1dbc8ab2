"""Rules about measures: by which sign anyone can see that something is done or handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.rules.naming import some
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from banyuasin_plan.rules.scope import PlacedMilestone, Scope


def no_measure(scope: Scope) -> Iterator[Finding]:
    """A milestone without a measure.

    What it finds. A milestone, not cancelled, that does not say by which sign anyone can see that
    it is done. Of one that another office waits for, W708 speaks instead.

    Why it matters. "Socialisation carried out" is done when its owner says so. With a measure a
    verifier who was not there can answer yes or no, and two offices mean the same by done.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01  # <- W501
            name: Daftar pekarangan disahkan
            due: 2025-05-14
    ```

    How to mend it. Name the paper, the count or the place that shows it.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            measure: daftar bertanda tangan dari tiap camat
            due: 2025-05-14
    ```
    """
    unmeasured = _unmeasured(scope)
    waiting = _waiting_offices(scope, unmeasured)
    for one in unmeasured:
        if one.value.id not in waiting:
            yield Finding((*one.path, "id"), message("no_measure"), message("no_measure.help"))


def handoff_unmeasured(scope: Scope) -> Iterator[Finding]:
    """A hand-off without a measure.

    What it finds. A milestone without a `measure`, neither finished nor cancelled, that a milestone
    of another office waits for. It is said once, with all who wait.

    Why it matters. The one says that it has handed over, the other that it has got nothing it can
    work with, and both are right: nobody has said by which sign the two are to know.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01  # <- W708
            name: Daftar pekarangan disahkan
            due: 2025-05-14
          - id: gertas-02
            name: Daftar dipadankan dengan NIK
            measure: nota hasil padanan
            owner: dinkes
            duration: 2d
            after: [gertas-01]
    ```

    How to mend it. Agree with who waits on the paper, the count or the place that shows it, and
    write it under `measure`.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            measure: daftar bertanda tangan dari tiap camat
            due: 2025-05-14
          - id: gertas-02
            name: Daftar dipadankan dengan NIK
            measure: nota hasil padanan
            owner: dinkes
            duration: 2d
            after: [gertas-01]
    ```
    """
    unmeasured = _unmeasured(scope)
    waiting = _waiting_offices(scope, unmeasured)
    for one in unmeasured:
        if offices := waiting.get(one.value.id):
            said = message("handoff_unmeasured", names=some(offices))
            yield Finding((*one.path, "id"), said, message("handoff_unmeasured.help"))


def _unmeasured(scope: Scope) -> list[PlacedMilestone]:
    """Milestones, not cancelled, that say no measure."""
    return [
        one
        for one in scope.milestones
        if one.value.measure is None
        and one.value.cancelled is None
        and scope.reads(one.path, "measure")
    ]


def _waiting_offices(
    scope: Scope, unmeasured: Sequence[PlacedMilestone]
) -> Mapping[str, list[str]]:
    """For each of these that is still to be handed over, the other offices that wait for it."""
    if not unmeasured:
        return {}
    given = {one.value.id: one.owner for one in unmeasured if not scope.may_be_finished(one)}
    found: dict[str, list[str]] = {}
    for one in scope.milestones:
        if one.value.cancelled or one.owner is None:
            continue
        for link in one.value.after:
            if given.get(link.id) not in {None, one.owner}:
                offices = found.setdefault(link.id, [])
                if one.owner not in offices:
                    offices.append(one.owner)
    return found
