"""Rules about figures that contradict each other: progress, amounts and their target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding, KeyOf
from banyuasin_plan.rules.progress import DONE
from banyuasin_plan.rules.verification import with_places
from banyuasin_plan.schedule.network import share_done
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Path, Place
    from banyuasin_plan.rules.scope import Scope

ROUNDING = 1
"""Percentage points by which a share may differ because somebody rounded it."""

FAR_BEYOND = 2
"""Times the target above which an amount is more likely a slip than a success."""


def progress_unread(scope: Scope) -> Iterator[Finding]:
    """A progress that deliveries contradict.

    What it finds. A milestone that is done district by district with a `progress` that differs by
    more than a percentage point from the share of its districts that have delivered. Of finished
    work nothing is said.

    Why it matters. Work by district counts by deliveries; the line is not read. The office believes
    that it has reported 30 percent, and every report shows another figure.

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
            districts: [betung, sembawa]
            delivered: {betung: 2025-03-12}
            progress: 30  # <- W415
    ```

    How to mend it. Take `progress` out, and write the districts that have delivered with their
    days.

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
            delivered: {betung: 2025-03-12}
    ```
    """
    for one, places in with_places(scope):
        progress = one.value.progress
        if progress is None or not places or one.value.finished:
            continue
        if not scope.reads(one.path, "delivered", "finished"):
            continue
        share = DONE * share_done(one.value, places)
        if abs(progress - share) > ROUNDING:
            said = message("progress_unread", given=progress, share=share)
            yield Finding((*one.path, "progress"), said, message("progress_unread.help"))


def far_beyond_target(scope: Scope) -> Iterator[Finding]:
    """More than twice the target achieved.

    What it finds. An `achieved` of more than twice the `amount` of the target, or deliveries whose
    amounts together are more than twice of it.

    Why it matters. To do more than was promised is welcome. Twice as much is most often another
    unit, plants for gardens or people for households, or a figure that was added up twice.

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
            target: {amount: 200, unit: kolam}
            achieved: 420  # <- W417
    ```

    How to mend it. Look whether both count the same thing. If it was really achieved, accept it
    here with a reason.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Bibit dibagikan
            due: 2025-05-14
            target: {amount: 200, unit: kolam}
            achieved: 42
    ```
    """
    for one in scope.milestones:
        value = one.value
        if value.target is None or not value.target.amount:
            continue
        given = sum(fact.amount or 0 for fact in value.delivered.values())
        for key, amount in (("achieved", value.achieved or 0), ("delivered", given)):
            if amount > FAR_BEYOND * value.target.amount:
                target = value.target
                said = message(
                    "far_beyond_target", amount=amount, target=target.amount, unit=target.unit
                )
                yield Finding(_key(one.path, key), said, message("far_beyond_target.help"))


def amount_without_target(scope: Scope) -> Iterator[Finding]:
    """An amount that nothing is measured against.

    What it finds. A milestone with `achieved`, or with a delivery that has an `amount`, but without
    `target`. It is said once, at the first of them.

    Why it matters. 80 of what, and out of how many? The figure has no unit, and no share done can
    be told from it.

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
            achieved: 80  # <- W418
    ```

    How to mend it. Add `target` with the amount that was promised and its unit, or take the figure
    out.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Bibit dibagikan
            due: 2025-05-14
            target: {amount: 200, unit: kolam}
            achieved: 80
    ```
    """
    for one in scope.milestones:
        value = one.value
        if value.target is not None or not scope.reads(one.path, "target"):
            continue
        named = (name for name, fact in value.delivered.items() if fact.amount is not None)
        first = next(named, None)
        if value.achieved is not None:
            place: Path = (*one.path, "achieved")
        elif first is not None:
            place = (*one.path, "delivered", first, "amount")
        else:
            continue
        yield Finding(
            place, message("amount_without_target"), message("amount_without_target.help")
        )


def _key(path: Path, key: str) -> Place:
    """A figure's place; of what was delivered in several places its key."""
    return KeyOf((*path, key)) if key == "delivered" else (*path, key)
