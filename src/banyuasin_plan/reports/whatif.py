"""What moves, what breaks and what becomes critical when something is supposed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import (
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Kind,
    Note,
    Report,
    Table,
    Tone,
)
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.schedule.reasons import root_of
from banyuasin_plan.schedule.supposed import supposed
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from banyuasin_plan.plan.supposing import Supposition
    from banyuasin_plan.schedule import Driver, Schedule, Slot
    from banyuasin_plan.tracking import Standing

MOVED = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT, rank=3),
    Column("program", Kind.ID, rank=5),
    Column("owner", Kind.ID, rank=2),
    Column("start", Kind.DATE, rank=5),
    Column("new_start", Kind.DATE, rank=4),
    Column("finish", Kind.DATE),
    Column("new_finish", Kind.DATE),
    Column("days_moved", Kind.DIFFERENCE),
    Column("due", Kind.DATE, rank=2),
    Column("past_due", Kind.FLAG),
    Column("past_day_100", Kind.FLAG, rank=2),
    Column("critical", Kind.FLAG, rank=2),
)
MOST_NAMED = 5

HOLDING = ("not_before", "start", "due", "running", "data_date", "done", "plan_start")
"""What can hold a milestone that waits for nothing else, in the order in which it is told."""


class Shift(NamedTuple):
    """A milestone whose dates or standing change.

    `days` are office days from the old finish to the new one, negative when it comes earlier.
    The flags say what it is now and was not before.
    """

    one: Standing
    old: Slot
    new: Slot
    days: int
    past_due: bool
    past_last_day: bool
    critical: bool

    @property
    def moved(self) -> bool:
        """Whether its dates change."""
        return (self.old.start, self.old.finish) != (self.new.start, self.new.finish)

    @property
    def differs(self) -> bool:
        """Whether anything about it is other than before."""
        return self.moved or self.past_due or self.past_last_day or self.critical


def report(material: Material, suppositions: Sequence[Supposition], basis: str) -> Report:
    """The schedule with the suppositions beside the schedule without them.

    `basis` is `forecast` or `plan`; milestones that are filtered out are counted in the plan's
    finish only.
    """
    before = material.schedule if basis == "plan" else material.forecast
    after = supposed(material.plan, suppositions, before)
    shifts = [
        shift
        for one in material.tracking.standings
        if not one.milestone.cancelled and one.milestone.id in after.slots
        for shift in (_shift(one, before, after),)
        if shift.differs
    ]
    shifts.sort(key=lambda one: (-abs(one.days), one.new.finish, one.one.milestone.id))
    table = Table("moved", MOVED, tuple(map(_row, shifts)), message("whatif.nothing"))
    figures = _figures(shifts, before, after)
    held = () if any(one.moved for one in shifts) else _held(material, after)
    blocks: tuple[Block, ...] = (figures, *_notes(shifts), *held, table)
    return Report("whatif", heading_of(material), blocks)


def _shift(one: Standing, before: Schedule, after: Schedule) -> Shift:
    name, due = one.milestone.id, one.milestone.due
    old, new = before.slots[name], after.slots[name]
    last = before.calendars.last_day, after.calendars.last_day
    return Shift(
        one,
        old,
        new,
        difference(before, old.finish, new.finish),
        past_due=bool(due and old.finish <= due < new.finish),
        past_last_day=old.finish <= last[0] and new.finish > last[1],
        critical=new.critical and not old.critical,
    )


def difference(schedule: Schedule, old: date, new: date) -> int:
    """Office days from one day to another; negative when the second is the earlier one."""
    if new < old:
        return -schedule.calendars.office_days(new, old)
    return schedule.calendars.office_days(old, new)


def _figures(shifts: Sequence[Shift], before: Schedule, after: Schedule) -> Figures:
    old, new = before.finish, after.finish
    days = difference(before, old, new) if old and new else 0
    return Figures(
        (
            Figure("finish", Kind.DATE, old),
            Figure("new_finish", Kind.DATE, new),
            Figure("days_moved", Kind.DIFFERENCE, days),
            Figure("last_day", Kind.DATE, before.calendars.last_day),
            Figure("new_last_day", Kind.DATE, after.calendars.last_day),
            Figure("past_day_100", Kind.COUNT, sum(one.past_last_day for one in shifts)),
            Figure("moved", Kind.COUNT, sum(one.moved for one in shifts)),
            Figure("past_due", Kind.COUNT, sum(one.past_due for one in shifts)),
            Figure("critical_new", Kind.COUNT, sum(one.critical for one in shifts)),
        )
    )


def _notes(shifts: Sequence[Shift]) -> Iterator[Note]:
    """What it comes to, in a sentence each."""
    if not shifts:
        return
    told: Mapping[str, list[str]] = {
        "past_due": [one.one.milestone.id for one in shifts if one.past_due],
        "past_day_100": [one.one.milestone.id for one in shifts if one.past_last_day],
        "critical": [one.one.milestone.id for one in shifts if one.critical],
    }
    for key, names in told.items():
        if names:
            more = len(names) - MOST_NAMED
            ids = (*names[:MOST_NAMED], *((message("and_more", count=more),) if more > 0 else ()))
            tone = Tone.WATCH if key == "critical" else Tone.BAD
            yield Note(message(f"whatif.{key}", count=len(names), ids=ids), tone)
    if not any(told.values()):
        yield Note(message("whatif.harmless", count=len(shifts)), Tone.GOOD)


def _held(material: Material, schedule: Schedule) -> Iterator[Note]:
    """What holds milestones where they are, each by itself or by what it waits for."""
    open_ones = (
        one.milestone.id
        for one in material.tracking.standings
        if not one.milestone.cancelled and one.milestone.id in schedule.slots
        if schedule.slots[one.milestone.id].driver.detail != "done"
    )
    roots = Counter(_holding(root_of(schedule, name)) for name in open_ones)
    parts = [message(f"whatif.held.{one}", count=roots[one]) for one in HOLDING if roots[one]]
    if parts:
        yield Note(message("whatif.held", parts=tuple(parts)))


def _holding(root: Driver) -> str:
    """The word for what holds; a day that was reported is told apart from the data date."""
    if root.kind == "data_date":
        return root.detail or root.kind
    return "start" if root.kind == "calendar" else root.kind


def _row(one: Shift) -> tuple[Cell, ...]:
    milestone = one.one.milestone
    return (
        milestone.id,
        milestone.name,
        one.one.program.id,
        one.one.case.owner,
        one.old.start,
        one.new.start,
        one.old.finish,
        one.new.finish,
        one.days,
        milestone.due,
        one.past_due,
        one.past_last_day,
        one.critical,
    )
