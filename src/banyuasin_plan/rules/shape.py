"""Rules about the shape of the plan: keys, types, and the grammar of every value.

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


def bad_id(scope: Scope) -> Iterator[Finding]:
    """An id with other characters than lower case letters, digits and hyphens.

    What it finds. An id, or a value that names one, with capital letters, blanks, underscores or
    other signs, with a hyphen in front, or with more than 64 characters; a goal that is not written
    as the id of its set, a slash and the id of the goal.

    Why it matters. Ids tie together what many hands write: links, forms, pages, the history of the
    files. `Gertas 01` and `gertas-01` are one thing to a reader and two to a program, so the row of
    a form would not find its milestone.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        goals: [misi 4]  # <- E104
        milestones:
          - id: Gertas_01  # <- E104
            name: Daftar pekarangan disahkan
    ```

    How to mend it. Write the id that is suggested, and write it alike wherever it is named. How
    things are called in reports is the business of `name`, where every character may stand.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        goals: [misi/4]
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
    ```
    """
    return scope.said("bad_id")


def bad_date(scope: Scope) -> Iterator[Finding]:
    """A date that is not written year-month-day, or a day that does not exist.

    What it finds. A date in any other form than `2025-03-14`: with slashes, with the name of a
    month, with a time of day, as a number; and days such as 30 February.

    Why it matters. To one reader 03/04/2025 is 3 April, to another 4 March. A due date that is read
    a month wrong calls an agency late that is not, or hides one that is.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            start: 3 Maret 2025  # <- E105
            due: 14/03/2025  # <- E105
            reported: 2025-02-30  # <- E105
    ```

    How to mend it. Write the year in four digits, the month and the day in two, with hyphens
    between them.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            start: 2025-03-03
            due: 2025-03-14
            reported: 2025-02-28
    ```
    """
    return scope.said("bad_date")


def bad_number(scope: Scope) -> Iterator[Finding]:
    """A number in a form that could be read in two ways, or out of its range.

    What it finds. A number with separators between the thousands, a decimal comma, a percent sign,
    a unit, an exponent or a zero in front; one with decimals where a whole one is wanted; one below
    the least or above the most that makes sense, such as a progress of 140.

    Why it matters. A budget of `250.000.000` is 250 million to an Indonesian reader and no number
    at all to most programs, and `1.500` is one and a half to them. Sums that go to the head of the
    region must not depend on who reads them.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            progress: 40%  # <- E106
            budget:
              - amount: 250.000.000  # <- E106
                source: APBD
          - id: gertas-02
            name: Bibit dibagikan
            progress: 140  # <- E106
    ```

    How to mend it. Write digits only, with a decimal point where one is needed. A percentage stands
    without its sign, from 0 to 100; money stands in whole rupiah.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            progress: 40
            budget:
              - amount: 250000000
                source: APBD
          - id: gertas-02
            name: Bibit dibagikan
            progress: 40
    ```
    """
    return scope.said("bad_number")


def bad_duration(scope: Scope) -> Iterator[Finding]:
    """A duration that is not days, weeks or calendar days.

    What it finds. A duration other than a whole number with `d` (working days), `w` (weeks of five
    working days), `cd` (calendar days) or nothing (working days) right behind it; one of more than
    10,000 days.

    Why it matters. Ten working days and ten calendar days differ by a weekend, and around Lebaran
    by more than a week. A duration that is guessed moves every date behind it.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 2 minggu  # <- E107
          - id: gertas-02
            name: Bibit dibagikan
            duration: 1.5d  # <- E107
    ```

    How to mend it. Write `10d` or `2w` for working days and `10cd` for calendar days. What takes no
    time, such as a decree being signed, has the duration `0`.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 2w
          - id: gertas-02
            name: Bibit dibagikan
            duration: 2d
    ```
    """
    return scope.said("bad_duration")


def bad_link(scope: Scope) -> Iterator[Finding]:
    """A link that is not an id, a type and a lag.

    What it finds. An entry under `after` that is none of `ID`, `ID+3d`, `ID SS`, `ID SS+2d` or
    `ID FS-2d`; a lag that is no duration, or one of more than 10,000 days. The types are FS (begins
    when the other ends), SS (begins when it begins), FF (ends when it ends) and SF (ends when it
    begins).

    Why it matters. Links carry delays from one agency to the next. One that cannot be read is one
    that nobody is warned by when the office in front is late.

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
            after: [gertas-01 + 2 hari]  # <- E108
          - id: gertas-03
            name: Panen pertama
            duration: 1d
            after:
              - id: gertas-02
                lag: sebulan  # <- E108
    ```

    How to mend it. Write the id first; then, if it is not FS, a blank and the type; then the lag
    without blanks. A negative lag needs its type, since an id may end in `-2d`.

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
            after: [gertas-01+2d]
          - id: gertas-03
            name: Panen pertama
            duration: 1d
            after:
              - id: gertas-02
                lag: 30cd
    ```
    """
    return scope.said("bad_link")


def bad_choice(scope: Scope) -> Iterator[Finding]:
    """A word that is none of those to choose from.

    What it finds. A value for which there are only certain words, and which is none of them: the
    kind of an owner, a day of the week, a colour, the type of a link, `true` or `false`, and the
    like.

    Why it matters. Such words decide how a thing is treated. An office whose kind is a word of
    somebody's own making could not be counted among the agencies, and a remark marked internal by
    `ya` would be shown to the public.

    Example.

    ```yaml
    owners:
      - id: dinsos
        name: Dinas Sosial
        kind: dinas  # <- E109
    programs:
      - id: gertas
        name: Gertas
        lead: dinsos
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            internal: ya  # <- E109
    ```

    How to mend it. Choose one of the words named. They are English in every plan, and reports
    translate them. `yes`, `no`, `on` and `off` are text here, not truths.

    ```yaml
    owners:
      - id: dinsos
        name: Dinas Sosial
        kind: agency
    programs:
      - id: gertas
        name: Gertas
        lead: dinsos
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            internal: true
    ```
    """
    return scope.said("bad_choice")


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
