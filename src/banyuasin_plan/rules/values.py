"""Rules about the grammar of single values: ids, dates, numbers, durations, links, choices.

The model itself finds these while it reads (`plan.shape`); here they get their pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Finding
    from banyuasin_plan.rules.scope import Scope


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
