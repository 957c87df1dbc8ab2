"""Rules about the shape of the plan: its head, its keys, and what kind of thing stands under each.

The model itself finds these while it reads (`plan.shape`); here they get their pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Finding
    from banyuasin_plan.rules.scope import Scope
    from banyuasin_plan.words import Message


def unknown_key(scope: Scope) -> Iterator[Finding]:
    """A key that the plan's language does not have.

    What it finds. A key, at the top of a file or inside an entry, that entries of this kind do not
    have. Keys are English words in lower case; the closest known one is suggested, or all of them
    are listed.

    Why it matters. What stands under such a key is in the file, but in no schedule and no report. A
    due date under `deadline` looks like a promise, yet the milestone is never late, and its agency
    is never reminded.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            deu: 2025-03-14  # <- E101
    ```

    How to mend it. Write the key that is suggested. A remark that has no key of its own goes under
    `note`, or behind a `#`.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-03-14
    ```
    """
    listed: dict[Message | None, str] = {}
    for one in scope.said("unknown_key"):
        if one.help and one.help.key == "unknown_key.known":
            if first := listed.get(one.help):
                yield one._replace(help=message("unknown_key.above", where=first))
                continue
            listed[one.help] = scope.place(one.place)
        yield one


def missing_key(scope: Scope) -> Iterator[Finding]:
    """A key that must be there and is not, or is empty.

    What it finds. An entry without a key that every entry of its kind has: an id and a name in most
    cases, a text and an owner for an order, a day for a fact. A text that is given but empty is
    found as well, wherever it stands.

    Why it matters. A milestone without an id cannot be waited for, reported on or found again in a
    form that an agency sends back. One without a name tells nobody what is to be done.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01  # <- E102
            due: 2025-03-14
          - id: gertas-02
            name:  # <- E102
    ```

    How to mend it. Add the key, or write its value. An id is best made of the programme's id and a
    number that is still free.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-03-14
          - id: gertas-02
            name: Bibit dibagikan
    ```
    """
    return scope.said("missing_key")


def wrong_type(scope: Scope) -> Iterator[Finding]:
    """A list, a mapping or a text where something else belongs.

    What it finds. One value where a list of them belongs, a list where keys and values belong, or
    the other way round.

    Why it matters. What has the wrong form cannot be taken in. A supporting agency that is not in a
    list would stand in no list of who helps, and would get no form to fill in.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        support: setda  # <- E103
        inherits: [gertas-2020]  # <- E103
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            target: 2100  # <- E103
    ```

    How to mend it. Put a list in square brackets, or each of its items on a line of its own behind
    a dash. Keys with values stand in braces, or each on a line of its own, indented.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        support: [setda]
        inherits: {continues: [gertas-2020]}
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            target: {amount: 2100, unit: pekarangan}
    ```
    """
    return scope.said("wrong_type")


def no_plan(scope: Scope) -> Iterator[Finding]:
    """Files without the key `plan`, which says when the plan starts.

    What it finds. A plan none of whose files has the key `plan` at its top.

    Why it matters. Without a first day there is no day N of 100, no schedule, and nothing that
    could be late.

    Example. The only file of a plan:

    ```yaml
    programs:  # <- E110
      - id: gertas
        name: Gertas
    ```

    How to mend it. Add the key with an id, a name and the first day to one of the files. If the
    plan has such a file, check that it ends in `.yaml` or `.yml`, lies in the folder that is
    checked and is no link.

    ```yaml
    plan:
      id: banyuasin-100
      name: Rencana kerja 100 hari Banyuasin
      start: 2025-02-20
    programs:
      - id: gertas
        name: Gertas
    ```
    """
    return scope.said("no_plan")


def plan_twice(scope: Scope) -> Iterator[Finding]:
    """The key `plan` in two files of the same plan.

    What it finds. A file with the key `plan`, where an earlier file of the same plan, in the order
    of their paths, has it already.

    Why it matters. Two first days would make two schedules of one plan. Only the first one counts,
    and whoever changes the second waits in vain for the dates to move.

    Example. A second file beside one that has the key:

    ```yaml
    plan:  # <- E111
      id: banyuasin-100
      name: Rencana kerja 100 hari Banyuasin
      start: 2025-03-01
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
    ```

    How to mend it. Keep one of the two, and move what the other one says into it. Two plans belong
    in two folders.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
    ```
    """
    return scope.said("plan_twice")
