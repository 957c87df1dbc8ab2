"""Rules about budget lines: each says where the money is, holds what is spent, stands once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.rules.scope import Scope


def spent_over_budget(scope: Scope) -> Iterator[Finding]:
    """More spent than the budget line holds.

    What it finds. A line of `budget` whose `spent` is more than its `amount`.

    Why it matters. Money beyond the budget cannot have been paid out by the rules, so one of the
    two figures is wrong. The share spent of the whole plan is wrong with it.

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
            budget:
              - amount: 150000000
                state: available
                spent: 200000000  # <- W416
    ```

    How to mend it. Ask the treasurer which figure is right. Where the budget was raised, write its
    new amount.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Bibit dibagikan
            due: 2025-05-14
            budget:
              - amount: 250000000
                state: available
                spent: 200000000
    ```
    """
    for one in scope.milestones:
        for place, line in enumerate(one.value.budget):
            if line.spent > line.amount:
                said = message("spent_over_budget", spent=line.spent, amount=line.amount)
                where = (*one.path, "budget", place, "spent")
                yield Finding(where, said, message("spent_over_budget.help"))


def budget_without_state(scope: Scope) -> Iterator[Finding]:
    """A budget that does not say whether the money is there.

    What it finds. A line of `budget` without `state`.

    Why it matters. Money in the DPA can be spent tomorrow; money that waits for a shift takes five
    to eight weeks; money that is not there takes a decision. The plan needs to know which.

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
            budget:
              - {amount: 250000000, source: APBD}  # <- W510
    ```

    How to mend it. Write `available`, `shift` or `none`.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Bibit dibagikan
            due: 2025-05-14
            budget:
              - {amount: 250000000, source: APBD, state: shift}
    ```
    """
    for one in scope.milestones:
        if one.value.cancelled:
            continue
        for place, line in enumerate(one.value.budget):
            path = (*one.path, "budget", place)
            if line.state is None and line.amount and scope.reads(path, "state"):
                yield Finding(
                    path, message("budget_without_state"), message("budget_without_state.help")
                )


def budget_twice(scope: Scope) -> Iterator[Finding]:
    """A budget line that is given twice.

    What it finds. Two lines of `budget` with the same `code`, `amount` and `source`, wherever they
    stand; without a code only within one milestone. It is said once, at the second. Milestones
    that are cancelled do not count.

    Why it matters. The sum of the plan's money counts the line twice, and what is spent of it too.
    The leadership then asks for a shift that nobody needs.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Bibit dipesan
            due: 2025-05-07
            budget:
              - {amount: 250000000, code: 2.09.03.2.01.0004, source: APBD, state: shift}
          - id: gertas-02
            name: Bibit dibagikan
            due: 2025-05-14
            budget:
              - {amount: 250000000, code: 2.09.03.2.01.0004, source: APBD, state: shift}  # <- W709
    ```

    How to mend it. Leave the line with the milestone that spends it. If the money is really divided
    into equal parts, accept the warning with that reason.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Bibit dipesan
            due: 2025-05-07
            budget:
              - {amount: 250000000, code: 2.09.03.2.01.0004, source: APBD, state: shift}
          - id: gertas-02
            name: Bibit dibagikan
            due: 2025-05-14
    ```
    """
    given: dict[object, list[Path]] = {}
    for one in scope.milestones:
        lines = one.value.budget
        if not lines or one.value.cancelled or (len(lines) == 1 and not lines[0].code):
            continue
        for place, line in enumerate(lines):
            if line.amount:
                key = line.code or one.path, line.amount, line.source
                given.setdefault(key, []).append((*one.path, "budget", place))
    for paths in given.values():
        if len(paths) > 1:
            said = message("budget_twice", where=scope.where(paths[0]))
            if len(paths) > 2:  # noqa: PLR2004 - more than the two that make it a finding
                said = message("budget_twice.often", count=len(paths), where=scope.where(paths[0]))
            yield Finding(paths[1], said, message("budget_twice.help"))
