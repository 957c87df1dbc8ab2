"""The limits of a part while its tasks are being placed: rows of bytes, a day each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from banyuasin_plan.schedule.compiling import Part, Room

_SPARE = 256


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


class Board:
    """Free and taken days of every limit, in one pass over a part.

    For each limit and each load it meets there is a row that says on which days that load has no
    room. `first` and `last` look for a place, `take` takes it.
    """

    __slots__ = ("_blocked", "_carried", "_part")

    def __init__(self, part: Part) -> None:
        """Everything free but for what facts and fixed starts take."""
        self._part = part
        self._carried = [list(room.filled) for room in part.rooms]
        self._blocked = [
            {
                load: bytearray(carried + load > room.room for carried in room.filled)
                for load in room.loads
            }
            for room in part.rooms
        ]

    def first(self, task: int, state: int) -> int:
        """The earliest state from this one on in which every limit has room for the task."""
        needs = self._part.needs[task]
        while True:
            begun = state
            for need in needs:
                row = self._blocked[need.limit][need.load]
                look = self._first_counted if need.counted else self._first_by_day
                state = look(row, task, state, need.limit)
            if state == begun or len(needs) == 1:
                return state

    def last(self, task: int, state: int) -> int:
        """The latest state up to this one in which every limit has room; -1 where none has."""
        needs = self._part.needs[task]
        while state >= 0:
            begun = state
            for need in needs:
                row = self._blocked[need.limit][need.load]
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
        carried, room = self._carried[limit], self._part.rooms[limit].room
        if len(carried) < until:
            carried.extend([0] * (until - len(carried) + _SPARE))
        for day in range(first, until):
            carried[day] += load
        now = carried[first:until]
        for other, row in self._blocked[limit].items():
            if len(row) < until:
                row.extend(bytes(until - len(row) + _SPARE))
            row[first:until] = bytes([total + other > room for total in now])

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
