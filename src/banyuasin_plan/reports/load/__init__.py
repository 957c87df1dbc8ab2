"""Owners and camat by week: load against capacity, with and without levelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.alignment.visits import visits_of
from banyuasin_plan.report import HIDDEN, Column, Figure, Figures, Heat, Kind, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.load.capacity import (
    asked_table,
    capacity_table,
    idle_table,
    visits_table,
)
from banyuasin_plan.schedule import schedule_of
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.schedule.loading import Week, burdens_of, demands_of, weeks_of
from banyuasin_plan.tracking import State
from banyuasin_plan.words import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from banyuasin_plan.report import Cell
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.schedule.calendar import Calendar
    from banyuasin_plan.schedule.loading import Burden

LOAD = (
    Column("owner", Kind.ID),
    Column("name", Kind.TEXT),
    Column("week", Kind.COUNT),
    Column("from", Kind.DATE),
    Column("to", Kind.DATE),
    Column("capacity", Kind.COUNT),
    Column("peak", Kind.COUNT),
    Column("mean", Kind.RATIO),
    Column("overload_days", Kind.COUNT),
    Column("unlevelled_peak", Kind.COUNT),
    Column("unlevelled_overload_days", Kind.COUNT),
    Column("days", Kind.COUNT),
    Column("load_days", Kind.COUNT),
    Column("capacity_days", Kind.COUNT),
    Column("used_percent", Kind.PERCENT),
)
HEAT = Heat(
    down="owner",
    name="name",
    across="week",
    monday="from",
    value="peak",
    limit="capacity",
    before="unlevelled_peak",
)
OVERLOADS = (
    Column("owner", Kind.ID, rank=HIDDEN),
    Column("name", Kind.TEXT),
    Column("from", Kind.DATE),
    Column("to", Kind.DATE, rank=2),
    Column("days", Kind.COUNT),
    Column("load", Kind.COUNT),
    Column("capacity", Kind.COUNT, rank=3),
    Column("milestones", Kind.SENTENCE),
)

WEEK = 7
IDLE = Week()


class Pair(NamedTuple):
    """What one owner carries in the schedule that is shown, and without levelling."""

    owner: str
    name: str | Message
    capacity: int | None
    calendar: Calendar
    levelled: Burden | None
    unlevelled: Burden | None

    @property
    def is_camat(self) -> bool:
        """Whether it is a district, which is asked for its help and not levelled."""
        return isinstance(self.name, Message)

    @property
    def rank(self) -> tuple[bool, int, int, float, str]:
        """A key that sorts offices first, the worst first: days overloaded, how full, then id."""
        loads = [one.load for one in self.levelled.stretches] if self.levelled else [0]
        full = max(loads) / self.capacity if self.capacity else 0.0
        days = -_days(self.levelled), -_days(self.unlevelled)
        return (self.is_camat, *days, -full, self.owner)


def report(material: Material, basis: str = "forecast") -> Report:
    """Everybody's load by week; `basis` is `plan` or `forecast`, from the data date on.

    Load is of the whole plan, for no part of it overloads anybody alone: filters choose whose.
    """
    schedule = material.forecast if basis == "forecast" else material.schedule
    burdens = burdens_of(material.plan, schedule)
    everybody = _pairs(material, schedule, burdens)
    pairs = _asked(everybody, material)
    left = tuple(_overloads(pairs, [pair.levelled for pair in pairs]))
    before = tuple(_overloads(pairs, [pair.unlevelled for pair in pairs]))
    weeks = tuple(_rows(pairs, schedule, _span(everybody, schedule)))
    offices = [pair for pair in pairs if not pair.is_camat]
    shown = {pair.owner for pair in pairs}
    visits = visits_of(material.plan, burdens, _monday(schedule), shown)
    idle = idle_table(material.plan, _wanted(material))
    none, none_over = message("none.load"), message("none.overloads")
    return Report(
        "load",
        heading_of(material),
        (
            _figures(pairs, len(visits), len(idle.rows)),
            Table("load", LOAD, weeks, none, heat=HEAT),
            # People see what is asked of camat in a table of its own, a line for each of them.
            Table("overloaded", OVERLOADS, _of(offices, left), none_over, shown=bool(offices)),
            visits_table(visits, asked=any(pair.is_camat for pair in pairs)),
            capacity_table(weeks, {pair.owner for pair in offices}),
            idle,
            asked_table(visits),
            # Machines get camat's stretches too; people see in the matrix what was relieved.
            Table("overloads", OVERLOADS, left, none_over, shown=False),
            Table("unlevelled_overloads", OVERLOADS, before, none_over, shown=False),
        ),
    )


def heat_of(material: Material) -> Table:
    """What everybody carries by week in the forecast, beside nothing else."""
    schedule = material.forecast
    pairs = _pairs(material, schedule, burdens_of(material.plan, schedule), compared=False)
    rows = tuple(_rows(_asked(pairs, material), schedule, _span(pairs, schedule)))
    return Table("load", LOAD, rows, message("none.load"), heat=HEAT, aside=True)


def unlevelled(material: Material, schedule: Schedule) -> Schedule:
    """The same schedule as if nobody had a capacity; the same where nothing was levelled."""
    if not schedule.levelled:
        return schedule
    return schedule_of(material.plan, schedule.calendars, schedule.as_of, level=False)


def _of(offices: Sequence[Pair], rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows that are about any of these."""
    known = {pair.owner for pair in offices}
    return tuple(row for row in rows if row[0] in known)


def _pairs(
    material: Material,
    schedule: Schedule,
    levelled: Mapping[str, Burden],
    *,
    compared: bool = True,
) -> list[Pair]:
    """Who carries anything, the most overloaded first.

    Unless it is `compared`, nothing is scheduled without levelling, which takes its time.
    """
    plan = material.plan
    names: dict[str, str | Message] = {one.id: one.name for one in plan.owners}
    names |= {one.id: message("load.camat", name=one.name) for one in plan.districts}
    without = burdens_of(plan, unlevelled(material, schedule)) if compared else levelled
    pairs = [
        Pair(
            who,
            names.get(who, who),
            one.capacity,
            one.calendar,
            levelled.get(who),
            without.get(who),
        )
        for who, one in {**levelled, **without}.items()
    ]
    return sorted(pairs, key=lambda pair: pair.rank)


def _asked(pairs: Sequence[Pair], material: Material) -> list[Pair]:
    """Those who are asked for."""
    wanted = _wanted(material)
    return [pair for pair in pairs if wanted is None or pair.owner in wanted]


def _span(pairs: Iterable[Pair], schedule: Schedule) -> range:
    """The weeks from the first in which anybody carries anything to the last."""
    burdens = {id(one): one for pair in pairs for one in (pair.levelled, pair.unlevelled) if one}
    days = [
        one.calendar.day(number)
        for one in burdens.values()
        for number in (one.stretches[0].begin, one.stretches[-1].end - 1)
    ]
    monday = _monday(schedule)
    weeks = [(day - monday) // WEEK + 1 for day in days]
    return range(min(weeks), max(weeks) + 1) if weeks else range(0)


def _wanted(material: Material) -> frozenset[str] | None:
    """Who was asked for by name, else who carries any of the milestones asked for."""
    if material.asked or material.whole:
        return material.asked or None
    return frozenset(
        who
        for one in material.tracking.standings
        if one.case.state is not State.CANCELLED
        for who in demands_of(one.milestone, one.case.owner, one.case.places)
    )


def _days(burden: Burden | None) -> int:
    return burden.overload_days if burden else 0


def _figures(pairs: Sequence[Pair], camat: int, idle: int) -> Figures:
    levelled = [_days(pair.levelled) for pair in pairs]
    before = [_days(pair.unlevelled) for pair in pairs]
    return Figures(
        (
            Figure("owners", Kind.COUNT, len(pairs)),
            Figure("overloaded_owners", Kind.COUNT, sum(days > 0 for days in levelled)),
            Figure("overload_days", Kind.COUNT, sum(levelled)),
            Figure("unlevelled_overloaded_owners", Kind.COUNT, sum(days > 0 for days in before)),
            Figure("unlevelled_overload_days", Kind.COUNT, sum(before)),
            Figure("camat_asked_by_several", Kind.COUNT, camat),
            Figure("idle", Kind.COUNT, idle),
        )
    )


def _rows(pairs: Sequence[Pair], schedule: Schedule, weeks: range) -> Iterator[tuple[Cell, ...]]:
    """A row for every owner and every week of the span, which is the whole plan's."""
    monday = _monday(schedule)
    since = _since(schedule)
    for pair in pairs:
        levelled = _weeks(pair.levelled, monday)
        same = pair.unlevelled is pair.levelled
        before = levelled if same else _weeks(pair.unlevelled, monday)
        for week in weeks:
            first = monday + (week - 1) * WEEK
            last = first + WEEK - 1
            now, was = levelled.get(week, IDLE), before.get(week, IDLE)
            days = pair.calendar.between(max(first, since), last)
            room = None if pair.capacity is None else pair.capacity * days
            yield (
                pair.owner,
                pair.name,
                week,
                as_date(first),
                as_date(last),
                pair.capacity,
                now.peak,
                now.total / days if days else 0.0,
                now.overload_days,
                was.peak,
                was.overload_days,
                days,
                now.total,
                room,
                100 * now.total / room if room else None,
            )


def _monday(schedule: Schedule) -> int:
    """The Monday of week 1."""
    start = schedule.calendars.head.start
    return start.toordinal() - start.weekday()


def _since(schedule: Schedule) -> int:
    """The first day that counts: the data date, or when work may begin or does."""
    if schedule.as_of:
        return schedule.as_of.toordinal()
    first = schedule.calendars.first
    return min(first, schedule.start.toordinal()) if schedule.start else first


def _weeks(burden: Burden | None, monday: int) -> Mapping[int, Week]:
    return weeks_of(burden, monday) if burden else {}


def _overloads(
    pairs: Sequence[Pair], burdens: Sequence[Burden | None]
) -> Iterator[tuple[Cell, ...]]:
    """A row for all days in a row with too much; load and milestones are the worst day's."""
    for pair, burden in zip(pairs, burdens, strict=True):
        for one in burden.overloads if burden else ():
            yield (
                pair.owner,
                pair.name,
                as_date(pair.calendar.day(one.begin)),
                as_date(pair.calendar.day(one.end - 1)),
                one.days,
                one.load,
                pair.capacity,
                one.milestones,
            )
