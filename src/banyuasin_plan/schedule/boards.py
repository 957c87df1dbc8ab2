"""The limits of a part while its tasks are being placed: rows of bytes, a day each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from banyuasin_plan.schedule.compiling import Part, Room

_SPARE = 256
_BYTE = 255


def exclusive_rows(part: Part) -> tuple[list[bytes], list[int]] | None:
    """What is taken on each limit, and each task's limit or -1; None unless limits are machines.

    A limit is a machine when no two of its tasks have room together, and facts and fixed starts
    leave room for all of them or for none; and then only tasks of one limit each, in their own
    working days and planned forward over plain links, can be placed the quick way.
    """
    simple = (
        not any(part.odd)
        and all(aim is None for aim in part.wanted)
        and all(len(needs) <= 1 and all(one.counted for one in needs) for needs in part.needs)
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
    return rows, [needs[0].limit if needs else -1 for needs in part.needs]


def _alone(room: Room) -> bool:
    least, most = room.loads[0], room.loads[-1]
    return 2 * least > room.room and all(
        load + least > room.room or load + most <= room.room for load in room.filled
    )


class Layout:
    """The rows of a part's limits as facts and fixed starts leave them, made once for all passes.

    Each limit has a row of what is carried, and for each load it meets a row that says on which
    days that load has no room: `keys` are the rows each task looks at. Where rooms are small
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
        self.keys = [[number[need.limit, need.load] for need in needs] for needs in part.needs]
        self.simple = [
            aim is None and all(need.counted for need in needs)
            for aim, needs in zip(part.wanted, part.needs, strict=True)
        ]
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

    def soonest(self, task: int, state: int) -> int:
        """As `first`, of work whose limits all count its own working days."""
        none, rows = self._layout.none[task], self._rows
        keys = self._layout.keys[task]
        while True:
            begun = state
            for key in keys:
                found = rows[key].find(none, state)
                if found < 0:
                    found = self._first_counted(rows[key], task, state, 0)
                state = found
            if state == begun or len(keys) == 1:
                return state

    def first(self, task: int, state: int) -> int:
        """The earliest state from this one on in which every limit has room for the task."""
        needs = self._part.needs[task]
        while True:
            begun = state
            for number, need in enumerate(needs):
                row = self._rows[self._layout.keys[task][number]]
                look = self._first_counted if need.counted else self._first_by_day
                state = look(row, task, state, need.limit)
            if state == begun or len(needs) == 1:
                return state

    def last(self, task: int, state: int) -> int:
        """The latest state up to this one in which every limit has room; -1 where none has."""
        needs = self._part.needs[task]
        while state >= 0:
            begun = state
            for number, need in enumerate(needs):
                row = self._rows[self._layout.keys[task][number]]
                look = self._last_counted if need.counted else self._last_by_day
                state = look(row, task, state, need.limit)
            if state == begun or len(needs) == 1:
                return state
        return -1

    def take(self, task: int, state: int) -> None:
        """Put the task there."""
        part = self._part
        for need in part.needs[task]:
            if need.counted:
                first, until = state, state + part.days[task]
            else:
                first, until = self._indexes(task, state, need.limit)
            self._fill(need.limit, need.load, first, until)

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

    def _first_counted(self, row: bytearray, task: int, state: int, _limit: int) -> int:
        days = self._part.days[task]
        if len(row) < state + days:
            row.extend(bytes(state + days - len(row) + _SPARE))
        found = row.find(bytes(days), state)
        if found < 0:
            row.extend(bytes(days))
            found = row.find(bytes(days), state)
        return found

    def _last_counted(self, row: bytearray, task: int, state: int, _limit: int) -> int:
        if state < 0:
            return -1
        days = self._part.days[task]
        if len(row) < state + days:
            row.extend(bytes(state + days - len(row) + _SPARE))
        return row.rfind(bytes(days), 0, state + days)

    def _first_by_day(self, row: bytearray, task: int, state: int, limit: int) -> int:
        calendar, origin = self._part.calendars[task], self._part.origins[task]
        while True:
            first, until = self._indexes(task, state, limit)
            hit = row.rfind(1, first, until)
            if hit < 0:
                return state
            state = calendar.count(self._day(hit, limit) + 1) - origin

    def _last_by_day(self, row: bytearray, task: int, state: int, limit: int) -> int:
        part = self._part
        calendar, origin, days = part.calendars[task], part.origins[task], part.days[task]
        while state >= 0:
            first, until = self._indexes(task, state, limit)
            hit = row.find(1, max(first, 0), until)
            if hit < 0:
                return state
            day = self._day(hit, limit)
            if part.elapsed[task]:
                state = calendar.count(day - days + 1) - 1 - origin
            else:
                state = calendar.count(day) - days - origin
        return -1

    def _indexes(self, task: int, state: int, limit: int) -> tuple[int, int]:
        """The days of a limit that a task takes up, where they are not its own working days."""
        part, room = self._part, self._part.rooms[limit]
        calendar, days = part.calendars[task], part.days[task]
        number = state + part.origins[task]
        first = calendar.day(number)
        until = first + days if part.elapsed[task] else calendar.day(number + days - 1) + 1
        if room.calendar:
            return room.calendar.count(first) - room.origin, room.calendar.count(
                until
            ) - room.origin
        return first - room.origin, until - room.origin

    def _day(self, index: int, limit: int) -> int:
        room = self._part.rooms[limit]
        return (room.calendar.day(index + room.origin)) if room.calendar else index + room.origin
