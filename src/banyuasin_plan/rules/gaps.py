"""Rules about what is left open: no owner, no date, no milestones, no lead, no weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.rules.scope import PlacedMilestone, Scope


def no_owner(scope: Scope) -> Iterator[Finding]:
    """A milestone that nobody answers for.

    What it finds. A milestone without `owner` in a programme without `lead`.

    Why it matters. It stands in nobody's form and on nobody's list of what is late. What belongs to
    everybody is done by nobody.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        milestones:
          - id: gertas-01  # <- W502
            name: Daftar pekarangan disahkan
            due: 2025-05-14
    ```

    How to mend it. Give the programme a `lead`, or the milestone an `owner`.

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
    for one in _open(scope):
        if one.owner is None and scope.reads_owner(one):
            yield Finding((*one.path, "id"), message("no_owner"), message("no_owner.help"))


def no_day(scope: Scope) -> Iterator[Finding]:
    """A milestone that nothing ties to a day.

    What it finds. A milestone, neither cancelled nor finished, with none of `after`, `start`,
    `not_before` and `due`.

    Why it matters. It is scheduled for the plan's first morning, because nothing says otherwise. It
    soon turns late although nobody promised anything.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01  # <- W503
            name: Daftar pekarangan disahkan
            duration: 5d
    ```

    How to mend it. Say what it waits for, when it begins, or when it is promised.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            due: 2025-05-14
    ```
    """
    keys = ("after", "start", "not_before", "due")
    for one in _open(scope):
        tied = any(getattr(one.value, key) for key in keys) or scope.may_be_finished(one)
        if not tied and scope.reads(one.path, *keys):
            yield Finding((*one.path, "id"), message("no_day"), message("no_day.help"))


def no_milestones(scope: Scope) -> Iterator[Finding]:
    """A programme without milestones.

    What it finds. A programme whose list of milestones is missing or empty.

    Why it matters. It counts as one of the promised programmes, yet nothing of it can be late, done
    or asked about.

    Example.

    ```yaml
    programs:
      - id: gertas  # <- W504
        name: Gertas
        lead: dkp
    ```

    How to mend it. Begin with two: the first step that somebody can take this week, and what can be
    shown on the last day.

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
    filled = {path[:2] for path in (*(one.path for one in scope.milestones), *scope.unread)}
    for program in scope.programs:
        if program.path not in filled:
            yield Finding(
                (*program.path, "id"), message("no_milestones"), message("no_milestones.help")
            )


def no_lead(scope: Scope) -> Iterator[Finding]:
    """A programme without a lead.

    What it finds. A programme that names no `lead`.

    Why it matters. Nobody answers for the programme as a whole: its colour, its outcome, and what
    falls between two offices.

    Example.

    ```yaml
    programs:
      - id: gertas  # <- W505
        name: Gertas
    ```

    How to mend it. Name the office that answers for it.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
    ```
    """
    yield from _programs_without(scope, "lead", "no_lead")


def no_outcome(scope: Scope) -> Iterator[Finding]:
    """A programme without an outcome.

    What it finds. A programme that does not say under `outcome` what anyone can see on the last
    day.

    Why it matters. Milestones are what offices do, the outcome is what people get. Without it a
    programme can be done in full and nobody has noticed.

    Example.

    ```yaml
    programs:
      - id: gertas  # <- W506
        name: Gertas
        lead: dkp
    ```

    How to mend it. Write one sentence that a resident could check.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        outcome: 2.100 pekarangan di 21 kecamatan sudah ditanami sayur
    ```
    """
    yield from _programs_without(scope, "outcome", "no_outcome")


def capacity_too_small(scope: Scope) -> Iterator[Finding]:
    """A milestone that alone is more than its owner can carry.

    What it finds. A `load` above the `capacity` of the owner.

    Why it matters. No order of work can mend it: the office is overloaded on every day of this
    milestone, whatever else it puts off.

    Example.

    ```yaml
    owners:
      - id: bkpsdm
        name: BKPSDM
        capacity: 2
    programs:
      - id: gertas
        name: Gertas
        lead: bkpsdm
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            load: 3  # <- W508
            due: 2025-05-14
    ```

    How to mend it. Lower the load, divide the milestone, give it to another office, or raise the
    capacity if it was set too low.

    ```yaml
    owners:
      - id: bkpsdm
        name: BKPSDM
        capacity: 2
    programs:
      - id: gertas
        name: Gertas
        lead: bkpsdm
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            load: 2
            due: 2025-05-14
    ```
    """
    everybody = scope.plan.everybody() if scope.plan else ()
    capacity = {one.id: one.capacity for one in everybody}
    for one in _open(scope):
        most = capacity.get(one.owner or "")
        if most is not None and one.value.load > most:
            said = message("capacity_too_small", load=one.value.load, name=one.owner, most=most)
            yield Finding((*one.path, "load"), said, message("capacity_too_small.help"))


def weights_zero(scope: Scope) -> Iterator[Finding]:
    """A programme whose milestones all weigh nothing.

    What it finds. A programme in which every milestone that is not cancelled has `weight: 0`.

    Why it matters. Planned and actual value are sums of weights. This programme stays at 0 % from
    the first day to the last, whatever is done.

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
            weight: 0  # <- W509
    ```

    How to mend it. Leave `weight` out where nothing is more important than the rest: it is then 1.

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
    inside: dict[Path, list[PlacedMilestone]] = {}
    for one in _open(scope):
        inside.setdefault(one.path[:2], []).append(one)
    hidden = {path[:2] for path in scope.unread}
    for program, milestones in inside.items():
        if program not in hidden and not any(one.value.weight for one in milestones):
            yield Finding(
                (*milestones[0].path, "weight"),
                message("weights_zero"),
                message("weights_zero.help"),
            )


def _open(scope: Scope) -> Iterator[PlacedMilestone]:
    """Milestones that are not cancelled; of those nothing more is asked."""
    return (one for one in scope.milestones if one.value.cancelled is None)


def _programs_without(scope: Scope, key: str, rule: str) -> Iterator[Finding]:
    for program in scope.programs:
        if not getattr(program.value, key) and scope.reads(program.path, key):
            yield Finding((*program.path, "id"), message(rule), message(f"{rule}.help"))
