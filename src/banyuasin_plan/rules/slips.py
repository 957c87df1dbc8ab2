"""Rules about what is most likely a slip: names and ids too alike, odd lengths, idle entries."""

from __future__ import annotations

import re
from itertools import combinations, islice
from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.plan.fields import LinkType
from banyuasin_plan.rules.naming import names_of
from banyuasin_plan.rules.places import OWNERS
from banyuasin_plan.schedule.cycles import knots
from banyuasin_plan.schedule.network import duration_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.plan.fields import Duration
    from banyuasin_plan.plan.model import Link, Milestone
    from banyuasin_plan.rules.scope import Scope
    from banyuasin_plan.words import Message

SHORTEST = 5
"""Letters from which two ids that differ in one of them are taken for a slip."""

MOST_ALIKE = 20
"""Ids that share all but a letter and are compared; more of them were made by a program."""

STEPS = 200_000
"""Links that are followed in the search for redundant ones, in all: well under a second."""


_NUMBERED = re.compile(r"(?<=[-0-9])(?:[a-z]|[ivx]{1,5})\Z")
_DIGITS = str.maketrans("0123456789", "0" * 10)


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


def unused_owner(scope: Scope) -> Iterator[Finding]:
    """An owner that nothing in the plan names.

    What it finds. An entry under `owners` that leads, owns, supports, verifies, decides and is
    reported to nowhere. Districts are not asked; milestones reach them through `all`. While a
    name is unknown nothing is said: it may be a misspelling of this one.

    Why it matters. An office that was meant to do something has been forgotten, or the list holds a
    second spelling of one that is there.

    Example.

    ```yaml
    owners:
      - id: dinsos  # <- W211
        name: Dinas Sosial
    ```

    How to mend it. Name it where it belongs, or take the entry out.

    ```yaml
    owners:
      - id: dinsos
        name: Dinas Sosial
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        support: [dinsos]
    ```
    """
    if not scope.whole or scope.unread:
        return
    known = scope.known("owner")
    left = {one.value.id for one in scope.owners}
    for _, name in scope.at(OWNERS):
        left.discard(name)
        if not left or name not in known:
            return  # a misspelt name may be meant for one that seems unused
    for one in scope.owners:
        if one.value.id in left:
            said = message("unused_owner", name=one.value.id)
            yield Finding((*one.path, "id"), said, message("unused_owner.help"))


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


def redundant_link(scope: Scope) -> Iterator[Finding]:
    """A link that says what other links say already.

    What it finds. A link without a lag from one end to the next beginning (`FS`) to a milestone
    that is already waited for by way of other links from end to beginning; a link given twice in
    the same way. A link with `agreed` is a promise between two offices and is not redundant. In
    and behind a ring of milestones that wait for one another nobody can tell.

    Why it matters. It moves nothing, but it will: once the way round it is changed, the forgotten
    link holds the milestone back and nobody knows why.

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
            start: 2025-04-14
          - id: gertas-02
            name: Bibit dibeli
            duration: 5d
            after: [gertas-01]
          - id: gertas-03
            name: Bibit dibagikan
            duration: 5d
            after: [gertas-01, gertas-02]  # <- W213
    ```

    How to mend it. Take the link out.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            start: 2025-04-14
          - id: gertas-02
            name: Bibit dibeli
            duration: 5d
            after: [gertas-01]
          - id: gertas-03
            name: Bibit dibagikan
            duration: 5d
            after: [gertas-02]
    ```
    """
    every = {one.value.id: [link.id for link in one.value.after] for one in scope.milestones}
    ringed = {name for knot in knots(every) for name in knot}
    waits = {
        one.value.id: _ends_waited_for(one.value.after)
        for one in scope.milestones
        if one.value.id not in ringed and _waits(one.value)
    }
    left = STEPS
    for one in scope.milestones:
        links = one.value.after
        if len(links) < 2:  # noqa: PLR2004 - one link says something nobody else does
            continue
        around, steps = _reached(
            () if one.value.id in ringed else _ends_waited_for(links), waits, left
        )
        left -= steps
        for place, link in enumerate(links):
            path = (*one.path, "after", place)
            if link in links[:place]:
                said = message("redundant_link.twice", name=link.id)
                yield Finding(path, said, message("redundant_link.help"))
            elif link.id in around and _plain(link):
                said = message("redundant_link", name=link.id, way=around[link.id])
                yield Finding(path, said, message("redundant_link.help"))


def odd_length(scope: Scope) -> Iterator[Finding]:
    """A duration or a lag that looks like a slip.

    What it finds. A duration or a lag of more than half the plan; a negative lag after an
    end (`FS`, `FF`) that is longer than the milestone it counts back from, in the same days.

    Why it matters. `45d` for `5d` passes every other check. What waits for it moves behind day 100,
    and an office plans two months for a week's work.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 45d  # <- W311
            start: 2025-02-20
            started: 2025-02-20
            progress: 80
          - id: gertas-02
            name: Bibit dibagikan
            duration: 2d
            start: 2025-05-14
          - id: gertas-03
            name: Panen pertama
            after: ["gertas-02 FS-20d"]  # <- W311
    ```

    How to mend it. Correct the number. Where work really lasts that long, divide it at the point
    where something can be shown.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            start: 2025-02-20
            started: 2025-02-20
            progress: 80
          - id: gertas-02
            name: Bibit dibagikan
            duration: 2d
            start: 2025-05-14
          - id: gertas-03
            name: Panen pertama
            after: ["gertas-02 FS-2d"]
    ```
    """
    calendars = scope.calendars
    if calendars is None or not scope.reads(("plan",), "days", "count", "prepare_from"):
        return
    first, last = calendars.first, calendars.last_day.toordinal()
    most = {True: (last - first + 1) // 2, False: calendars.plan.between(first, last) // 2}
    written = {one.value.id: one for one in scope.milestones}
    for one in scope.milestones:
        length = one.value.duration
        if length and length.days > most[length.calendar]:
            yield Finding((*one.path, "duration"), *_too_long(length, most[length.calendar]))
        for place, link in enumerate(one.value.after):
            path = (*one.path, "after", place)
            other = written.get(link.id)
            if abs(link.lag.days) > most[link.lag.calendar]:
                yield Finding(path, *_too_long(link.lag, most[link.lag.calendar]))
            elif other and link.lag.days < 0 and link.link in {LinkType.FS, LinkType.FF}:
                own = duration_of(other.value, calendars.of(other.owner))
                if own.calendar == link.lag.calendar and -link.lag.days > own.days:
                    said = message("odd_length.back", lag=str(link), name=link.id, days=own.days)
                    yield Finding(path, said, message("odd_length.help"))


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


def _waits(one: Milestone) -> bool:
    """Whether it begins when its links say, so that waiting is handed on through it."""
    return not (one.start or one.started or one.finished or one.progress or one.delivered)


def _plain(link: Link) -> bool:
    """Whether a link only says that one begins after the other ends."""
    return link.link is LinkType.FS and not link.lag.days and link.agreed is None


def _ends_waited_for(links: Sequence[Link]) -> list[str]:
    """Milestones whose end a milestone waits for at least, so that waiting is handed on."""
    return [link.id for link in links if link.link is LinkType.FS and link.lag.days >= 0]


def _reached(
    names: Iterable[str], waits: Mapping[str, list[str]], most: int
) -> tuple[Mapping[str, str], int]:
    """What each of the names already waits for, by which of them, and the links followed."""
    around: dict[str, str] = {}
    steps = 0
    for name in sorted(names):
        ahead = list(waits.get(name, ()))
        while ahead and steps < most:
            steps += 1
            other = ahead.pop()
            if other not in around:
                around[other] = name
                ahead.extend(waits.get(other, ()))
    return around, steps


def _too_long(length: Duration, most: int) -> tuple[Message, Message]:
    unit = "odd_length.elapsed" if length.calendar else "odd_length"
    return message(unit, days=abs(length.days), most=most), message("odd_length.help")
