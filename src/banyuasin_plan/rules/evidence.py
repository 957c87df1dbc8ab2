"""Rules about what is reported: obstacles, proofs, deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding, KeyOf
from banyuasin_plan.plan.fields import ALL
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.rules.scope import Scope


def blocker_reversed(scope: Scope) -> Iterator[Finding]:
    """An obstacle that was cleared before it was there.

    What it finds. A blocker whose `closed` lies before its `since`.

    Why it matters. How long things are blocked, and by whom, is what the leadership asks. A
    negative number of days makes every answer wrong.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
            blockers:
              - since: 2025-03-20
                what: data tiga desa belum masuk
                closed: 2025-03-10  # <- E409
    ```

    How to mend it. Look which of the two days is the wrong one.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
            blockers:
              - since: 2025-03-10
                what: data tiga desa belum masuk
                closed: 2025-03-20
    ```
    """
    for one in scope.milestones:
        for place, blocker in enumerate(one.value.blockers):
            if blocker.closed and blocker.closed < blocker.since:
                said = message("blocker_reversed", since=blocker.since, closed=blocker.closed)
                yield Finding((*one.path, "blockers", place, "closed"), said)


def evidence_missing(scope: Scope) -> Iterator[Finding]:
    """Verified work with nothing to show for it.

    What it finds. A finished milestone with `verified` but without `evidence`, or a delivery with
    `verified` but without `evidence` of its own or of the milestone. For a milestone the
    evidence of any of its deliveries will do.

    Why it matters. The verified figure is the one that goes to the press. Whoever asks for the
    proof must be given one.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-03-14
            finished: 2025-03-13
            verified: {by: inspektorat, on: 2025-03-15}  # <- W410
    ```

    How to mend it. Write under `evidence` what the verifier was shown: a number, a file, a link.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-03-14
            finished: 2025-03-13
            evidence: [{kind: document, ref: Daftar pekarangan 12 Maret 2025, on: 2025-03-12}]
            verified: {by: inspektorat, on: 2025-03-15}
    ```
    """
    for one in scope.milestones:
        if one.value.evidence or not scope.reads(one.path, "evidence", "delivered"):
            continue
        shown = any(fact.evidence for fact in one.value.delivered.values())
        if one.value.verified and one.value.finished and not shown:
            said = message("evidence_missing")
            yield Finding((*one.path, "verified"), said, message("evidence_missing.help"))
        for name, fact in one.value.delivered.items():
            if fact.verified and fact.on and not fact.evidence:
                where = (*one.path, "delivered", name, "verified")
                yield Finding(
                    where, message("evidence_missing.delivery"), message("evidence_missing.help")
                )


def delivered_elsewhere(scope: Scope) -> Iterator[Finding]:
    """A delivery in a district that the milestone is not done in.

    What it finds. A district under `delivered` that is not among the milestone's `districts`.

    Why it matters. It counts for nothing: the share done is of the districts that are listed. A
    camat has delivered and stays at zero.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Bibit dibagikan
            due: 2025-05-14
            districts: [betung]
            delivered:
              betung: 2025-03-12
              sembawa: 2025-03-13  # <- W411
    ```

    How to mend it. Add the district to the list, or move the line to the milestone it belongs to.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Bibit dibagikan
            due: 2025-05-14
            districts: [betung, sembawa]
            delivered:
              betung: 2025-03-12
              sembawa: 2025-03-13
    ```
    """
    there = {one.value.id for one in scope.districts}
    for one in scope.milestones:
        places = one.value.districts
        if places == (ALL,) or not scope.reads(one.path, "districts"):
            continue
        for name in one.value.delivered:
            if name not in places and name in there:
                said = message("delivered_elsewhere", name=name)
                where = KeyOf((*one.path, "delivered", name))
                yield Finding(where, said, message("delivered_elsewhere.help"))
