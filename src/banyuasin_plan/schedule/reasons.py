"""Why a milestone is when it is: the chain of drivers from it back to its root."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.calendar import as_date

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.schedule import Schedule, Slot
    from banyuasin_plan.schedule.calendar import Calendar

LONGER_THAN_A_WEEKEND = 3
"""Closed days in a row from which they are worth a word."""

PASSED_ON = frozenset({"link", "capacity"})
"""Drivers behind which another milestone stands."""


class Stretch(NamedTuple):
    """Days in a row on which an owner does not work, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1


class Step(NamedTuple):
    """A milestone on the way back: where it lies, and the closed days it had to wait or work over.

    `waited` lie between what let it begin and its start, `crossed` between its start and finish.
    """

    id: str
    slot: Slot
    waited: tuple[Stretch, ...]
    crossed: tuple[Stretch, ...]


def chain_of(schedule: Schedule, name: str, owners: dict[str, str | None]) -> tuple[Step, ...]:
    """The milestone and what drives it, one driven by the next, as far as anything does.

    `owners` gives each milestone's owner, on whose days closed stretches are told.
    """
    steps: list[Step] = []
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        slot = schedule.slots[name]
        driver = slot.driver
        other = (driver.id or "") if driver.kind in PASSED_ON else ""
        calendar = schedule.calendars.of(owners.get(name))
        since = schedule.slots[other].finish if other else None
        waited = closed_stretches(calendar, since, slot.start) if since else ()
        begin = max(slot.start, schedule.as_of or slot.start)  # what is behind us holds nothing
        crossed = () if slot.event else closed_stretches(calendar, begin, slot.finish)
        steps.append(Step(name, slot, waited, crossed))
        name = other
    return tuple(steps)


def closed_stretches(calendar: Calendar, after: date, before: date) -> tuple[Stretch, ...]:
    """Closed days in a row between two days, longer than a weekend."""
    found: list[Stretch] = []
    day, end = after.toordinal() + 1, before.toordinal()
    while day < end:
        opens = min(calendar.first_from(day), end)
        if opens - day >= LONGER_THAN_A_WEEKEND:
            found.append(Stretch(as_date(day), as_date(opens - 1)))
        day = opens + 1
    return tuple(found)
