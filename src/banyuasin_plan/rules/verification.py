"""Rules about who vouches for what is done, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.plan.fields import ALL
from banyuasin_plan.rules.naming import some
from banyuasin_plan.schedule.network import finish_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.rules.scope import PlacedMilestone, Scope


def verified_too_early(scope: Scope) -> Iterator[Finding]:
    """A verification from before the work was done.

    What it finds. A milestone verified on a day before it was finished, or before its last district
    delivered; a delivery verified before its own day.

    Why it matters. Nobody can have seen what was not there yet. The milestone would turn blue, and
    the verified figure would vouch for work that nobody looked at when it was done.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            finished: 2025-03-20
            evidence: [{kind: document, ref: Daftar pekarangan}]
            verified: {by: inspektorat, on: 2025-03-12}  # <- E412
          - id: gertas-02
            name: Bibit dibagikan
            districts: [betung, sembawa]
            delivered:
              betung: {on: 2025-03-18, evidence: Berita acara, verified: 2025-03-17}  # <- E412
    ```

    How to mend it. Look which of the days is the wrong one. If somebody looked at a first part,
    take the verification out until the whole has been seen.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            finished: 2025-03-20
            evidence: [{kind: document, ref: Daftar pekarangan}]
            verified: {by: inspektorat, on: 2025-03-22}
          - id: gertas-02
            name: Bibit dibagikan
            districts: [betung, sembawa]
            delivered:
              betung: {on: 2025-03-18, evidence: Berita acara, verified: 2025-03-20}
    ```
    """
    for one, places in with_places(scope):
        verified = one.value.verified
        done = finish_of(one.value, places) if verified else None
        if verified and done and verified.on < done and scope.reads(one.path, "finished"):
            said = message("verified_too_early", day=verified.on, done=done)
            yield Finding((*one.path, "verified", "on"), said)
        for name, fact in one.value.delivered.items():
            if fact.verified and fact.on and fact.verified < fact.on:
                said = message("verified_too_early.delivery", day=fact.verified, done=fact.on)
                yield Finding((*one.path, "delivered", name, "verified"), said)


def verified_by_another(scope: Scope) -> Iterator[Finding]:
    """A milestone verified by somebody other than the programme's verifier.

    What it finds. A `verified` whose `by` is not the `verifier` of the programme, where the
    programme names one. Its own work a verifier cannot verify; of that nothing is said.

    Why it matters. The programme has said in advance whose word counts. A friendly office that
    vouches in its place makes the verified figure worth less, and nobody notices.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        verifier: inspektorat
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            finished: 2025-03-13
            evidence: [{kind: document, ref: Daftar pekarangan}]
            verified: {by: setda, on: 2025-03-15}  # <- W413
    ```

    How to mend it. Let the verifier look at it, or correct the id. If another office stands in for
    the verifier, accept it here with the reason.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        verifier: inspektorat
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            finished: 2025-03-13
            evidence: [{kind: document, ref: Daftar pekarangan}]
            verified: {by: inspektorat, on: 2025-03-15}
    ```
    """
    for one in scope.milestones:
        verified, verifier = one.value.verified, one.program.verifier
        if not verified or verifier in {None, verified.by, one.owner} or verified.by == one.owner:
            continue
        said = message("verified_by_another", name=verified.by, verifier=verifier)
        yield Finding((*one.path, "verified", "by"), said, message("verified_by_another.help"))


def districts_unverified(scope: Scope) -> Iterator[Finding]:
    """A verification of the whole where districts are verified one by one.

    What it finds. A milestone that is done district by district with a `verified` of its own, while
    some of its deliveries have none. The districts that lack one are named.

    Why it matters. Work done by district counts as verified when every delivery is. The line is not
    read: the milestone stays green, and its office does not know why it never turns blue.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Bibit dibagikan
            districts: [betung, sembawa]
            delivered:
              betung: {on: 2025-03-12, evidence: Berita acara, verified: 2025-03-14}
              sembawa: {on: 2025-03-13, evidence: Berita acara}
            verified: {by: inspektorat, on: 2025-03-15}  # <- W414
    ```

    How to mend it. Write `verified` with its day into each of the deliveries, and take the one of
    the milestone out.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Bibit dibagikan
            districts: [betung, sembawa]
            delivered:
              betung: {on: 2025-03-12, evidence: Berita acara, verified: 2025-03-14}
              sembawa: {on: 2025-03-13, evidence: Berita acara, verified: 2025-03-15}
    ```
    """
    for one, places in with_places(scope):
        if not one.value.verified or finish_of(one.value, places) is None:
            continue
        given = one.value.delivered
        missing = [name for name in places if name not in given or not given[name].verified]
        if missing and scope.reads(one.path, "delivered"):
            said = message("districts_unverified", names=some(missing))
            yield Finding((*one.path, "verified"), said, message("districts_unverified.help"))


def with_places(scope: Scope) -> Iterator[tuple[PlacedMilestone, tuple[str, ...]]]:
    """Milestones with the districts they are done in, where these can be told."""
    for one in scope.milestones:
        written = one.value.districts
        if not scope.reads(one.path, "districts") or (written == (ALL,) and not scope.whole):
            continue
        yield one, scope.plan.everywhere(written) if written and scope.plan else ()
