"""Rules about what is most likely a slip: odd lengths, entries that nothing names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.plan.fields import LinkType
from banyuasin_plan.rules.places import OWNERS
from banyuasin_plan.schedule.network import duration_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.plan.fields import Duration
    from banyuasin_plan.rules.scope import Scope
    from banyuasin_plan.words import Message


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


def _too_long(length: Duration, most: int) -> tuple[Message, Message]:
    unit = "odd_length.elapsed" if length.calendar else "odd_length"
    return message(unit, days=abs(length.days), most=most), message("odd_length.help")
