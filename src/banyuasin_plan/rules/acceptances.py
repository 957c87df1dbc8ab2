"""Rules about accepted warnings: each has a reason, and something to accept.

Reading the comments finds these (`banyuasin_plan.reading.accepting`); here they get their pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Finding
    from banyuasin_plan.rules.scope import Scope


def unreasoned_acceptance(scope: Scope) -> Iterator[Finding]:
    """A comment that accepts a warning without a reason, or that cannot be read.

    What it finds. A comment that begins with `plan:` and does not go on with `accept`, the codes,
    `because` and a reason. In Indonesian it is `terima`, the codes, `karena` and the reason.

    Why it matters. A warning that is waved through without a word is a warning nobody has read. The
    reason is what the next reviewer needs.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Panen pertama
            # plan: accept W302  # <- W601
            due: 2025-06-20
    ```

    How to mend it. Write the comment at the end of the line that is flagged or on a line of its own
    above it, with the reason in your own words.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Panen pertama
            # plan: accept W302 because panen jatuh sesudah hari ke-100
            due: 2025-06-20
    ```
    """
    return scope.said("unreasoned_acceptance")


def idle_acceptance(scope: Scope) -> Iterator[Finding]:
    """A comment that accepts what is not there.

    What it finds. A comment `plan: accept` for a code that is not reported on its line, for an
    error, or for a code that does not exist. While the plan has errors nothing is said of warnings,
    since the errors may hide them.

    Why it matters. Once the cause is mended the comment would silently accept the next mistake on
    that line. Errors are never accepted: no report can pass over them.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Panen pertama
            # plan: accept W302 because panen sesudah hari ke-100  # <- W602
            due: 2025-05-28
    ```

    How to mend it. Take the comment out, or the code that no longer applies.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Panen pertama
            due: 2025-05-28
    ```
    """
    return scope.said("idle_acceptance")
