"""Rules about links: none leads round, none says what others say, none is contradicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.plan.fields import LinkType
from banyuasin_plan.rules.naming import some
from banyuasin_plan.schedule import too_early
from banyuasin_plan.schedule.cycles import cycles, knots
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from banyuasin_plan.plan.model import Link, Milestone
    from banyuasin_plan.rules.scope import Scope


STEPS = 200_000
"""Links that are followed in the search for redundant ones, in all: well under a second."""


def cycle(scope: Scope) -> Iterator[Finding]:
    """Milestones that wait for one another in a ring.

    What it finds. A chain of links that comes back to where it began. It is reported once, at the
    milestone whose id comes first, with its whole path; each milestone named waits for the next,
    and the help says where each of the links stands.

    Why it matters. None of them can ever begin: each office waits for the other, each can rightly
    say so, and the plan has no dates for any of them nor for what follows.

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
            after: [gertas-03]  # <- E208
          - id: gertas-02
            name: Bibit dibagikan
            duration: 3d
            after: [gertas-01]
          - id: gertas-03
            name: Panen pertama
            duration: 2d
            after: [gertas-02]
    ```

    How to mend it. Take out the link that does not have to be. Often only a first part is waited
    for: make it a milestone of its own, or let both begin together with `SS`.

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
            after: [gertas-01]
          - id: gertas-03
            name: Panen pertama
            duration: 2d
            after: [gertas-02]
    ```
    """
    early = scope.early
    if early and not early.network.cyclic and len(early.spots) == len(scope.milestones):
        return  # scheduling has looked already, and no id is given twice
    where = {one.value.id: one for one in scope.milestones}
    waits = {name: [link.id for link in one.value.after] for name, one in where.items()}
    for ring in cycles(waits):
        links = [
            (*where[name].path, "after", waits[name].index(other))
            for name, other in zip(ring, (*ring[1:], ring[0]), strict=True)
        ]
        hint = message("cycle.help", places=some([scope.where(path) for path in links]))
        path = " → ".join([*ring, ring[0]])
        yield Finding(links[0], message("cycle", path=path), hint)


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


def start_against_link(scope: Scope) -> Iterator[Finding]:
    """A fixed start before what its links allow.

    What it finds. A `start` that lies before the first day on which everything the milestone waits
    for is there.

    Why it matters. The schedule keeps the fixed day, so on paper all is well. In the office the
    work begins without the list, the decree or the money it needs, or it does not begin and nobody
    has planned for that.

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
            start: 2025-03-03
          - id: gertas-02
            name: Bibit dibagikan
            duration: 3d
            after: [gertas-01]
            start: 2025-03-05  # <- W305
    ```

    How to mend it. Move the start, loosen the link if the work can begin earlier after all, or
    write `not_before` instead of `start`: then the links have the last word.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            duration: 5d
            start: 2025-03-03
          - id: gertas-02
            name: Bibit dibagikan
            duration: 3d
            after: [gertas-01]
            not_before: 2025-03-05
    ```
    """
    if scope.early is None:
        return
    allowed = too_early(scope.early)
    for one in scope.milestones:
        earliest = allowed.get(one.value.id)
        if earliest:
            said = message("start_against_link", day=one.value.start, earliest=earliest)
            yield Finding((*one.path, "start"), said, message("start_against_link.help"))


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
