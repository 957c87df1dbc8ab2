"""Rules about ids and names: each is given once, and none is like another by a slip."""

from __future__ import annotations

import re
from itertools import combinations, islice
from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.rules.naming import names_of
from banyuasin_plan.source.complaints import shortened
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.rules.scope import Scope


SHORTEST = 5
"""Letters from which two ids that differ in one of them are taken for a slip."""

MOST_ALIKE = 20
"""Ids that share all but a letter and are compared; more of them were made by a program."""

_NUMBERED = re.compile(r"(?<=[-0-9])(?:[a-z]|[ivx]{1,5})\Z")
_DIGITS = str.maketrans("0123456789", "0" * 10)


def duplicate_id(scope: Scope) -> Iterator[Finding]:
    """An id given twice.

    What it finds. Two programmes or milestones, two owners or districts, or two groups, goals,
    running programmes or orders with the same id, in one file or in two. Programmes and milestones
    share one set of ids, owners and districts another.

    Why it matters. Whoever waits for that id, reports on it or fills in its row cannot know which
    of the two is meant. Progress reported for one would be booked on the other.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
          - id: gertas-01  # <- E201
            name: Bibit dibagikan
    ```

    How to mend it. Give the later one an id that is still free. If both are the same thing, keep
    one of them.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
          - id: gertas-02
            name: Bibit dibagikan
    ```
    """
    for kinds in (
        ("program", "milestone"), ("owner",), ("group",), ("goal",), ("goal_item",),
        ("inherited",), ("decision",),
    ):  # fmt: skip
        given: dict[str, list[Path]] = {}
        for kind in kinds:
            for name, paths in scope.known(kind).items():
                given.setdefault(name, []).extend(paths)
        for name, paths in given.items():
            first, *later = scope.in_order(paths) if len(paths) > 1 else paths
            for path in later:
                yield Finding(
                    path,
                    message("duplicate_id", name=shortened(name)),
                    message("duplicate_id.help", where=scope.where(first)),
                )


def alias_taken(scope: Scope) -> Iterator[Finding]:
    """A name that another programme already has.

    What it finds. A name, a full name or an alias of a programme that is also a name or an alias of
    another one; the same among running programmes. Capitals, blanks and hyphens make no difference.

    Why it matters. Forms and letters name programmes, not ids. With one name for two of them a
    report is booked on the wrong one.

    Example.

    ```yaml
    programs:
      - id: pro-rakyat
        name: Gerakan Pro Rakyat
        lead: setda
        aliases: [Pro Rakyat]
      - id: aspek-layanan
        name: Layanan
        lead: dinkes
        aliases: [Pelayanan, Pro-Rakyat]  # <- W210
    ```

    How to mend it. Make the name say which of the two is meant, or take it from one of them.

    ```yaml
    programs:
      - id: pro-rakyat
        name: Gerakan Pro Rakyat
        lead: setda
        aliases: [Pro Rakyat]
      - id: aspek-layanan
        name: Layanan
        lead: dinkes
        aliases: [Pelayanan, Aspek Pro Rakyat]
    ```
    """
    for section in (scope.programs, scope.inherited):
        first: dict[str, tuple[str, Path]] = {}
        for one in section:
            for path, name in names_of(one.value, one.path):
                folded = "".join(letter for letter in name.casefold() if letter.isalnum())
                owner, where = first.setdefault(folded, (one.value.id, path))
                if owner != one.value.id:
                    said = message("alias_taken", name=name, other=owner)
                    at = message("alias_taken.help", where=scope.where(where))
                    yield Finding(path, said, at)


def similar_id(scope: Scope) -> Iterator[Finding]:
    """An id that differs from another by one letter.

    What it finds. Two ids of a kind, of five letters or more, of which one has a letter more, a
    letter less, another letter or two neighbours exchanged. Digits are not compared: in `gertas-01`
    and `gerta-02` it is the word before them that differs. The later one is reported, once.

    Why it matters. Either it is a slip, and what belongs together is counted apart; or both are
    meant, and the next slip will not be noticed.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-07
          - id: getras-02  # <- W212
            name: Bibit dibagikan
            due: 2025-05-14
    ```

    How to mend it. Correct the slip, or choose ids that differ in more than a letter.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-07
          - id: gertas-02
            name: Bibit dibagikan
            due: 2025-05-14
    ```
    """
    for kinds in (("program", "milestone"), ("owner",), ("group",), ("inherited",), ("decision",)):
        given: dict[str, tuple[str, Path]] = {}
        for kind in kinds:
            for name, paths in scope.known(kind).items():
                given.setdefault(_letters(name), (name, paths[0]))
        yield from _alike(scope, given)


def _letters(name: str) -> str:
    """An id without what numbers things and is meant to differ: digits, a last letter, I to XX."""
    return _NUMBERED.sub("", name).translate(_DIGITS)


def _alike(scope: Scope, given: Mapping[str, tuple[str, Path]]) -> Iterator[Finding]:
    """Pairs of ids of which one letter differs, found by what is left without one letter."""
    without: dict[str, dict[str, None]] = {}
    for word in given:
        if sum(letter.isalpha() for letter in word) >= SHORTEST:
            for at in range(len(word)):
                without.setdefault(word[:at] + word[at + 1 :], {})[word] = None
            without.setdefault(word, {})[word] = None
    pairs = {
        _in_order(one, other, given, scope)
        for words in without.values()
        for one, other in combinations(islice(words, MOST_ALIKE), 2)
        if _one_letter_apart(one, other)
    }
    for first, later in sorted(pairs):
        name, path = given[later]
        said = message("similar_id", name=name, other=given[first][0])
        where = message("similar_id.help", where=scope.where(given[first][1]))
        yield Finding(path, said, where)


def _in_order(
    one: str, other: str, given: Mapping[str, tuple[str, Path]], scope: Scope
) -> tuple[str, str]:
    """The two as they stand in the files."""
    where = scope.spans(given[one][1]), scope.spans(given[other][1])
    return (one, other) if where[0] <= where[1] else (other, one)


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter was added, left out, replaced, or exchanged with the next."""
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    here, there = short[at:], long[at:]
    if len(here) < len(there):
        return there[0].isalpha() and here == there[1:]
    swapped = here[:2] == there[1::-1] and here[2:] == there[2:]
    return here[0].isalpha() and there[0].isalpha() and (swapped or here[1:] == there[1:])
