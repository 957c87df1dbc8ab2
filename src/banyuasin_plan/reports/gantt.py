"""The plan as bars over weeks: what is done, what is left, what is critical, what is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import Bar, Figure, Figures, Gantt, Kind, Mark, Report, Tone
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.tracking import State
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from banyuasin_plan.schedule import Schedule, Slot
    from banyuasin_plan.schedule.calendar import Calendar
    from banyuasin_plan.tracking import Standing, Tracking
    from banyuasin_plan.words import Message

    Days = tuple[date, date]

LEVELS = ("group", "program", "milestone")
"""What a bar can stand for."""

WEEK = 7


class Placed(NamedTuple):
    """A milestone and where it lies in the schedule that is drawn."""

    one: Standing
    slot: Slot

    @property
    def missed(self) -> date | None:
        """The promise that it will not keep, while it is open."""
        due = self.one.milestone.due
        return due if due and self.one.case.open and self.slot.finish > due else None

    @property
    def critical(self) -> bool:
        """Whether what is left of it delays the plan's end."""
        return self.one.case.open and self.slot.critical


def report(material: Material, basis: str = "forecast", level: str = "program") -> Report:
    """Bars of groups, programmes or milestones; `basis` is `plan` or `forecast`.

    The forecast is the default, as wherever progress and promises are held against dates.
    Cancelled milestones are not drawn.
    """
    schedule = material.forecast if basis == "forecast" else material.schedule
    drawn = [
        Placed(one, schedule.slots[one.milestone.id])
        for one in material.tracking.standings
        if one.case.state is not State.CANCELLED
    ]
    bars = tuple(_BARS[level](material, drawn, schedule))
    head = material.plan.plan
    last_day = schedule.calendars.last_day
    first = min([head.start, *(bar.start for bar in bars)]).toordinal()
    last = max([last_day, *(bar.finish for bar in bars)]).toordinal()
    first, last = first - (first - 1) % WEEK, last + (-last) % WEEK
    block = Gantt(
        "bars",
        bars,
        as_date(first),
        as_date(last),
        material.as_of,
        last_day,
        as_date(head.start.toordinal() - head.start.weekday()),
        tuple(_closed(schedule.calendars.plan, first, last)),
        message("none.milestones"),
    )
    return Report("gantt", heading_of(material), (_figures(drawn), block))


def _figures(drawn: Sequence[Placed]) -> Figures:
    """Of all milestones that are drawn, whatever the level."""
    return Figures(
        (
            Figure("start", Kind.DATE, min((one.slot.start for one in drawn), default=None)),
            Figure("finish", Kind.DATE, max((one.slot.finish for one in drawn), default=None)),
            Figure("critical_left", Kind.COUNT, sum(one.critical for one in drawn)),
            Figure("promises_missed", Kind.COUNT, sum(one.missed is not None for one in drawn)),
        )
    )


def _milestones(material: Material, drawn: Sequence[Placed], schedule: Schedule) -> Iterator[Bar]:
    """One bar a milestone, in the plan's order."""
    del material, schedule
    for one in drawn:
        slot, case = one.slot, one.one.case
        yield Bar(
            id=case.milestone.id,
            name=case.milestone.name,
            level="milestone",
            under=case.program.id,
            heading=case.program.name,
            owner=case.owner,
            start=slot.start,
            finish=slot.finish,
            due=case.milestone.due,
            progress=case.actual * 100,
            critical=((slot.start, slot.finish),) if one.critical else (),
            marks=tuple(_marks([one])),
            event=slot.event,
            state=case.state,
            tone=Tone(one.one.verdict.colour) if one.one.verdict else None,
            promise=(as_date(case.promise[0]), case.due),
        )


def _programs(material: Material, drawn: Sequence[Placed], schedule: Schedule) -> Iterator[Bar]:
    """One bar a programme that has milestones, group by group, those without one last."""
    names = {group.id: group.name for group in material.plan.groups}
    ranks = {group: place for place, group in enumerate(names)}
    mine = _by(drawn, lambda one: one.program.id)
    ranked = sorted(
        material.tracking.programs(),
        key=lambda one: ranks.get(one.program.group or "", len(ranks)),
    )
    for standing in ranked:
        program = standing.program
        if program.id in mine:
            yield _rolled(mine[program.id], schedule)._replace(
                id=program.id,
                name=program.name,
                level="program",
                under=program.group,
                heading=names.get(program.group or ""),
                owner=program.lead,
                progress=standing.figures.actual_percent,
                tone=Tone(standing.verdict.colour),
            )


def _groups(material: Material, drawn: Sequence[Placed], schedule: Schedule) -> Iterator[Bar]:
    """One bar a group, and one for what belongs to none."""
    names: dict[str | None, str | Message] = {one.id: one.name for one in material.plan.groups}
    names[None] = message("gantt.no_group")
    mine = _by(drawn, lambda one: one.program.group if one.program.group in names else None)
    for group, name in names.items():
        if group in mine:
            yield _rolled(mine[group], schedule)._replace(
                id=group, name=name, progress=_progress(mine[group], material.tracking)
            )


_BARS = {"group": _groups, "program": _programs, "milestone": _milestones}


def _by(
    drawn: Sequence[Placed], key: Callable[[Standing], str | None]
) -> dict[str | None, list[Placed]]:
    found: dict[str | None, list[Placed]] = {}
    for one in drawn:
        found.setdefault(key(one.one), []).append(one)
    return found


def _rolled(mine: Sequence[Placed], schedule: Schedule) -> Bar:
    """The milestones as one bar, not yet named: the first day to the last, their marks on it."""
    return Bar(
        id=None,
        name="",
        level="group",
        under=None,
        heading=None,
        owner=None,
        start=min(one.slot.start for one in mine),
        finish=max(one.slot.finish for one in mine),
        due=max((due for one in mine if (due := one.one.milestone.due)), default=None),
        progress=0.0,
        critical=tuple(_critical(mine, schedule.as_of)),
        marks=tuple(_marks(mine)),
        event=False,
        state=None,
        tone=None,
    )


def _progress(mine: Sequence[Placed], tracking: Tracking) -> float:
    kept = {one.one.milestone.id for one in mine}
    return tracking.only(lambda one: one.milestone.id in kept).figures().actual_percent


def _marks(mine: Sequence[Placed]) -> Iterator[Mark]:
    for one in mine:
        name, done = one.one.milestone.id, one.one.case.state is State.DONE
        if one.slot.event:
            yield Mark("event", one.slot.start, name, one.critical, done)
        if missed := one.missed:
            yield Mark("missed", missed, name, one.critical, done)


def _critical(mine: Sequence[Placed], as_of: date | None) -> Iterator[Days]:
    """Stretches in which critical work is left, joined where they overlap or touch."""
    left = sorted(
        (max(one.slot.start, as_of) if as_of else one.slot.start, one.slot.finish)
        for one in mine
        if one.critical and not one.slot.event
    )
    return _joined((first.toordinal(), last.toordinal()) for first, last in left)


def _closed(calendar: Calendar, first: int, last: int) -> Iterator[Days]:
    """The days on which the plan's calendar is closed, weekends too."""
    days = range(first, last + 1)
    return _joined((day, day) for day in days if not calendar.works(day))


def _joined(stretches: Iterable[tuple[int, int]]) -> Iterator[Days]:
    """Stretches in order, those that overlap or touch made one."""
    current: tuple[int, int] | None = None
    for first, last in stretches:
        if current and first <= current[1] + 1:
            current = current[0], max(current[1], last)
            continue
        if current:
            yield as_date(current[0]), as_date(current[1])
        current = first, last
    if current:
        yield as_date(current[0]), as_date(current[1])
