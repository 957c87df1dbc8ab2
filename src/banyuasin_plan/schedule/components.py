"""Parts of a network that can be levelled one after the other, each against what stands before it.

Two activities belong together when each can move the other: through links, which push one way, or
through a limit they share, which pushes both ways. So what lies aside of a part, or behind it, is
never asked when it is levelled, and a change there leaves it where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from banyuasin_plan.schedule.network import Network


def components_of(network: Network, limits: Collection[int]) -> list[list[int]]:
    """Strongly connected parts, what is waited for first; limits tie who uses them together.

    Tarjan (SIAM J. Comput. 1, 1972), without recursion. A node above the activities stands for
    each limit. Facts and fixed starts wait for nothing and are moved by nothing.
    """
    count = len(network.activities)
    waits: list[list[int]] = []
    shared: dict[int, list[int]] = {limit: [] for limit in limits}
    for place, activity in enumerate(network.activities):
        if activity.still:
            waits.append([])
            continue
        found = [edge.other for edge in activity.before]
        use = activity.use
        if use and use.limit in shared:
            shared[use.limit].append(place)
            found.append(count + use.limit)
        waits.append(found)
    waits += [shared.get(limit, []) for limit in range(len(network.limits))]
    return [
        [node for node in part if node < count]
        for part in _strong_parts(waits)
        if any(node < count for node in part)
    ]


def _strong_parts(waits: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    number = [-1] * len(waits)
    low = [0] * len(waits)
    open_ = [False] * len(waits)
    stack: list[int] = []
    met = 0
    for root in range(len(waits)):
        if number[root] >= 0:
            continue
        work = [(root, iter(waits[root]))]
        while work:
            node, rest = work[-1]
            if number[node] < 0:
                number[node] = low[node] = met
                met += 1
                stack.append(node)
                open_[node] = True
            for other in rest:
                if number[other] < 0:
                    work.append((other, iter(waits[other])))
                    break
                if open_[other] and number[other] < low[node]:
                    low[node] = number[other]
            else:
                work.pop()
                if work and low[node] < low[work[-1][0]]:
                    low[work[-1][0]] = low[node]
                if low[node] == number[node]:
                    yield _closed(stack, open_, node)


def _closed(stack: list[int], open_: list[bool], first: int) -> list[int]:
    """A part all of whose nodes are met: taken from the stack."""
    part: list[int] = []
    while not part or part[-1] != first:
        part.append(stack.pop())
        open_[part[-1]] = False
    return part[::-1]
