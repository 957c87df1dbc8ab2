"""The limits of a part while its tasks are being placed: rows of bytes, a day each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from banyuasin_plan.schedule.compiling import Need, Part, Room

_SPARE = 256
_BYTE = 255


def exclusive_rows(part: Part) -> tuple[list[bytes], list[int]] | None:
    """What is taken on each limit, and each task's limit or -1; None unless limits are machines.

    A limit is a machine when no two of its tasks have room together, and facts and fixed starts
    leave room for all of them or for none; and then only tasks that count working days and are
    planned forward over plain links can be placed the quick way.
    """
    simple = (
        not any(part.odd)
        and not any(part.elapsed)
        and all(aim is None for aim in part.wanted)
        and all(_alone(room) for room in part.rooms)
    )
    if not simple:
        return None
    total = sum(part.days)
    longest = min(max(part.low, default=0) + total, 1 << 16)
    rows = []
    for room in part.rooms:
        taken = bytes(load + room.loads[0] > room.room for load in room.filled)
        rows.append(taken + bytes(max(longest - len(taken), 0)))
    return rows, [need.limit if need else -1 for need in part.needs]


def _alone(room: Room) -> bool:
    least, most = room.loads[0], room.loads[-1]
    return 2 * least > room.room and all(
        load + least > room.room or load + most <= room.room for load in room.filled
    )


class Layout:
    """The rows of a part's limits as facts and fixed starts leave them, made once for all passes.

    Each limit has a row of what is carried, and for each load it meets a row that says on which
    days that load has no room: `keys` is the row each task looks at. Where rooms are small
    enough, a carried load is a byte, and adding and comparing are look-ups in tables.
    """

    def __init__(self, part: Part) -> None:
        """Rows for every limit and load."""
        self.carried: list[bytes | list[int]] = []
        self.rows: list[bytes] = []
        self.watched: list[tuple[tuple[int, int, bytes], ...]] = []
        self.adding: dict[int, bytes] = {}
        number: dict[tuple[int, int], int] = {}
        for limit, room in enumerate(part.rooms):
            small = room.room < _BYTE
            clipped = [min(carried, _BYTE) for carried in room.filled]
            self.carried.append(bytes(clipped) if small else list(room.filled))
            watched = []
            for load in room.loads:
                number[limit, load] = len(self.rows)
                blocked = bytes(carried + load > room.room for carried in room.filled)
                table = bytes(carried + load > room.room for carried in range(_BYTE + 1))
                watched.append((load, len(self.rows), table))
                self.rows.append(blocked)
                self.adding[load] = bytes(min(was + load, _BYTE) for was in range(_BYTE + 1))
            self.watched.append(tuple(watched))
        self.keys = [number[need.limit, need.load] if need else -1 for need in part.needs]
        self.none = [bytes(days) for days in part.days]


class Board:
    """Free and taken days of every limit, in one pass over a part.

    `first` and `last` look for a place, `take` takes it.
    """

    __slots__ = ("_carried", "_layout", "_part", "_rows")

    def __init__(self, part: Part, layout: Layout) -> None:
        """Everything free but for what facts and fixed starts take."""
        self._part, self._layout = part, layout
        self._rows = [bytearray(row) for row in layout.rows]
        self._carried: list[bytearray | list[int]] = [
            bytearray(one) if isinstance(one, bytes) else one[:] for one in layout.carried
        ]

    def first(self, task: int, state: int) -> int:
        """The earliest state from this one on in which the task's owner has room for it."""
        row = self._rows[self._layout.keys[task]]
        if self._part.elapsed[task]:
            return self._first_elapsed(row, task, state)
        none = self._layout.none[task]
        found = row.find(none, state)
        if found < 0:
            row.extend(bytes(max(state - len(row), 0) + len(none) + _SPARE))
            found = row.find(none, state)
        return found

    def last(self, task: int, state: int) -> int:
        """The latest state up to this one in which the task's owner has room; -1 where none has."""
        row = self._rows[self._layout.keys[task]]
        if self._part.elapsed[task]:
            return self._last_elapsed(row, task, state)
        none = self._layout.none[task]
        until = max(state + len(none), 0)
        if len(row) < until:
            row.extend(bytes(until - len(row) + _SPARE))
        return row.rfind(none, 0, until)

    def take(self, task: int, state: int, need: Need) -> None:
        """Put the task there, where it takes up what it needs."""
        until = state + self._part.days[task]
        if self._part.elapsed[task]:
            until = self._until(task, state)
        self._fill(need.limit, need.load, state, until)

    def _fill(self, limit: int, load: int, first: int, until: int) -> None:
        carried, layout = self._carried[limit], self._layout
        if len(carried) < until:
            carried.extend([0] * (until - len(carried) + _SPARE))
        if isinstance(carried, bytearray):
            now = carried[first:until].translate(layout.adding[load])
            carried[first:until] = now
            for _, key, table in layout.watched[limit]:
                row = self._rows[key]
                if len(row) < until:
                    row.extend(bytes(until - len(row) + _SPARE))
                row[first:until] = now.translate(table)
            return
        for day in range(first, until):
            carried[day] += load
        room = self._part.rooms[limit].room
        for other, key, _ in layout.watched[limit]:
            row = self._rows[key]
            if len(row) < until:
                row.extend(bytes(until - len(row) + _SPARE))
            row[first:until] = bytes(total + other > room for total in carried[first:until])

    def _first_elapsed(self, row: bytearray, task: int, state: int) -> int:
        while (hit := row.rfind(1, state, self._until(task, state))) >= 0:
            state = hit + 1
        return state

    def _last_elapsed(self, row: bytearray, task: int, state: int) -> int:
        while state >= 0 and row.find(1, state, self._until(task, state)) >= 0:
            state -= 1
        return state

    def _until(self, task: int, state: int) -> int:
        """The working day behind the last one that work counted in calendar days takes up."""
        part = self._part
        calendar, origin = part.calendars[task], part.origins[task]
        return calendar.count(calendar.day(state + origin) + part.days[task]) - origin
