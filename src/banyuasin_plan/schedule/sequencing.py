"""Serial schedule generation: tasks placed one by one where links and limits have room for them.

Kelley (*Industrial Scheduling*, 1963), Kolisch (EJOR 90, 1996): in the order of a list, each task
takes the earliest place that is left. `pull` does the same from the other end (Li and Willis,
EJOR 56, 1992). A limit is a row of bytes, one for each day, in which 1 says that a task of that
load has no room; looking for room is then a search for a run of zeros, which Python does in C.
"""

from __future__ import annotations

from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from banyuasin_plan.schedule.boards import Board, Layout, exclusive_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.schedule.compiling import Part

_LONGER = 4096


class Sequencer:
    """A part made ready for many passes over it; counts them in `passes`."""

    def __init__(self, part: Part) -> None:
        """Choose the quick way where every link is an addition and every limit a machine."""
        self.part = part
        self.passes = 0
        count = len(part.places)
        self._leaders = [[other for other, _ in links] for links in part.before]
        for leaders, odd in zip(self._leaders, part.odd, strict=True):
            leaders += [bound.other for bound in odd]
        self._monotone = not any(part.odd) and all(
            shift >= part.days[other] for links in part.before for other, shift in links
        )
        rows = exclusive_rows(part)
        self._rows: list[bytes] = []
        self._row_of = [-1] * count
        self.quick = rows is not None
        if rows is not None:
            self._rows, self._row_of = rows
        self._none = [bytes(days) for days in part.days]
        self._full = [bytearray(b"\1") * days for days in part.days]  # bytes would be copied first

    @cached_property
    def _followers(self) -> list[list[int]]:
        """What waits for each task."""
        followers: list[list[int]] = [[] for _ in self._leaders]
        for task, leaders in enumerate(self._leaders):
            for other in leaders:
                followers[other].append(task)
        return followers

    @cached_property
    def _layout(self) -> Layout:
        """What the passes that are not quick look at."""
        return Layout(self.part)

    def order(self, keys: Sequence[float]) -> list[int]:
        """Tasks by key, each after what it waits for.

        Tasks are numbered so that each follows what it waits for: where no key is smaller than a
        predecessor's, as with most rules, sorting gives that order, at a quarter of the time.
        """
        for task, leaders in enumerate(self._leaders):
            for other in leaders:
                if keys[other] > keys[task]:
                    return _by_key(keys, self._leaders, self._followers)
        return sorted(range(len(keys)), key=keys.__getitem__)

    def order_by_start(self, begins: Sequence[float]) -> list[int]:
        """Tasks by where they begin; where no task can begin before one it waits for, sorted."""
        if self._monotone:
            return sorted(range(len(begins)), key=begins.__getitem__)
        return self.order(begins)

    def order_by_end(self, ends: Sequence[int]) -> list[int]:
        """Tasks from the one that ends last, each after what waits for it."""
        if self._monotone:
            return sorted(range(len(ends) - 1, -1, -1), key=ends.__getitem__, reverse=True)
        return _by_key([-end for end in ends], self._followers, self._leaders)

    def push(self, order: Sequence[int]) -> list[int]:
        """Every task as early as the list's order leaves it room."""
        self.passes += 1
        return self._push_quick(order) if self.quick else self._push(order)

    def pull(self, order: Sequence[int], latest: Sequence[int], now: Sequence[int]) -> list[int]:
        """Every task as late as its latest state and the list's order leave it room.

        It serves as an order for the next push: where no room is left a task stands in another's,
        and links that are no additions are taken as they act in the states `now`.
        """
        self.passes += 1
        if self.quick:
            return self._pull_quick(order, latest)
        return self._pull(order, latest, now)

    def _push_quick(self, order: Sequence[int]) -> list[int]:
        part = self.part
        days, before, row_of = part.days, part.before, self._row_of
        none, full = self._none, self._full
        rows = [bytearray(row) for row in self._rows]
        states = part.low[:]
        for task in order:
            state = states[task]
            for other, shift in before[task]:
                bound = states[other] + shift
                if bound > state:  # noqa: PLR1730 - a call costs more than the rest
                    state = bound
            number = row_of[task]
            if number >= 0:
                row = rows[number]
                found = row.find(none[task], state)
                if found < 0:
                    row.extend(bytes(max(state - len(row), 0) + days[task] + _LONGER))
                    found = row.find(none[task], state)
                state = found
                row[state : state + days[task]] = full[task]
            states[task] = state
        return states

    def _pull_quick(self, order: Sequence[int], latest: Sequence[int]) -> list[int]:
        days, behind, row_of = self.part.days, self.part.behind, self._row_of
        none, full = self._none, self._full
        rows = [bytearray(row) for row in self._rows]
        states = list(latest)
        for task in order:
            state = states[task]
            for other, shift in behind[task]:
                bound = states[other] - shift
                if bound < state:  # noqa: PLR1730 - a call costs more than the rest
                    state = bound
            number = row_of[task]
            if number >= 0:
                row = rows[number]
                found = row.rfind(none[task], 0, max(state + days[task], 0))
                if found >= 0:
                    state = found
                    row[state : state + days[task]] = full[task]
            states[task] = state
        return states

    def _push(self, order: Sequence[int]) -> list[int]:
        part, board = self.part, Board(self.part, self._layout)
        before, odd, needs, wanted = part.before, part.odd, part.needs, part.wanted
        states = part.low[:]
        for task in order:
            state = states[task]
            for other, shift in before[task]:
                bound = states[other] + shift
                state = max(state, bound)
            for other, known, ask in odd[task]:
                came = states[other]
                answer = known.get(came)
                if answer is None:
                    answer = known[came] = ask(came)
                state = max(state, answer)
            if need := needs[task]:
                aim = wanted[task]
                state = (
                    board.first(task, state) if aim is None else _nearest(board, task, state, aim)
                )
                board.take(task, state, need)
            states[task] = state
        return states

    def _pull(self, order: Sequence[int], latest: Sequence[int], now: Sequence[int]) -> list[int]:
        part, board = self.part, Board(self.part, self._layout)
        behind, needs = part.behind, part.needs
        odd: list[list[tuple[int, int]]] = [[] for _ in order]
        for task, bounds in enumerate(part.odd):
            for other, _, ask in bounds:
                odd[other].append((task, ask(now[other]) - now[other]))
        states = list(latest)
        for task in order:
            state = states[task]
            for links in (behind[task], odd[task]):
                for other, shift in links:
                    bound = states[other] - shift
                    state = min(state, bound)
            if need := needs[task]:
                found = board.last(task, state)
                state = found if found >= 0 else max(state, 0)
                board.take(task, state, need)
            states[task] = state
        return states


def _nearest(board: Board, task: int, state: int, aim: int) -> int:
    """The place that work wants; where that is taken the latest before it, else the next behind."""
    aim = max(aim, state)
    found = board.last(task, aim)
    return found if found >= state else board.first(task, aim)


def _by_key(
    keys: Sequence[float], leaders: Sequence[Sequence[int]], followers: Sequence[Sequence[int]]
) -> list[int]:
    """A topological order by smallest key, ties by task."""
    left = list(map(len, leaders))
    ready = [(keys[task], task) for task, count in enumerate(left) if not count]
    heapify(ready)
    order: list[int] = []
    while ready:
        task = heappop(ready)[1]
        order.append(task)
        for other in followers[task]:
            left[other] -= 1
            if not left[other]:
                heappush(ready, (keys[other], other))
    return order
