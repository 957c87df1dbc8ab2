"""Rings in a graph of who waits for whom: a schedule can't begin anywhere in one."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Graph = Mapping[str, Sequence[str]]


def cycles(waits: Graph) -> list[list[str]]:
    """One ring for each knot of ids that wait for one another, in waiting order."""
    return [_ring(waits, knot) for knot in knots(waits)]


def knots(waits: Graph) -> list[list[str]]:
    """The ids that wait for themselves, directly or round about, gathered by knot.

    Tarjan's strongly connected components (SIAM J. Comput. 1, 1972), without recursion.
    """
    search = _Search(_looking_ahead(waits))
    for root in search.waits:
        if root not in search.number:
            search.run(root)
    return search.found


def _looking_ahead(waits: Graph) -> Graph:
    """Without the ids that wait only for such as stand before them and are left out themselves.

    These are in no ring; where all links look back, as in most plans, nothing is left to search.
    """
    settled: set[str] = set()
    for name, others in waits.items():
        if settled.issuperset(others):
            settled.add(name)
    return {name: others for name, others in waits.items() if name not in settled}


class _Search:
    """Tarjan's numbers: the order ids were met in, and the earliest still open one each reaches."""

    def __init__(self, waits: Graph) -> None:
        """Begin with nothing met."""
        self.waits = waits
        self.number: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.open: dict[str, None] = {}
        self.found: list[list[str]] = []

    def run(self, root: str) -> None:
        """Walk everything the root waits for."""
        work = [self._enter(root)]
        while work:
            name, rest = work[-1]
            for other in rest:
                if other in self.waits and other not in self.number:
                    work.append(self._enter(other))
                    break
                if other in self.open:
                    self.low[name] = min(self.low[name], self.number[other])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    self.low[above] = min(self.low[above], self.low[name])
                self._leave(name)

    def _enter(self, name: str) -> tuple[str, Iterator[str]]:
        self.number[name] = self.low[name] = len(self.number)
        self.open[name] = None
        return name, iter(self.waits[name])

    def _leave(self, name: str) -> None:
        """Close the knot whose first id this is."""
        if self.low[name] != self.number[name]:
            return
        knot: list[str] = []
        while not knot or knot[-1] != name:
            knot.append(self.open.popitem()[0])
        if len(knot) > 1 or name in self.waits[name]:
            self.found.append(knot[::-1])


def _ring(waits: Graph, knot: list[str]) -> list[str]:
    """The shortest way from the knot's first id in id order back to itself, breadth first."""
    inside, first = set(knot), min(knot)
    came_from: dict[str, str] = {}
    queue = deque([first])
    while first not in came_from:
        name = queue.popleft()
        for other in waits[name]:
            if other in inside and other not in came_from:
                came_from[other] = name
                queue.append(other)
    path = [came_from[first]]
    while path[-1] != first:
        path.append(came_from[path[-1]])
    return path[::-1]
