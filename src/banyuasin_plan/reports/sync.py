"""What already runs against what is new: taken on by whom, how, when; stopped, dropped, doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.alignment.running import doubles_of, end_of, gaps_of, pairs_of
from banyuasin_plan.report import HIDDEN, Column, Figure, Figures, Kind, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.alignment.running import Double, Gap, Pair
    from banyuasin_plan.plan.model import Inherited, Program
    from banyuasin_plan.report import Cell
    from banyuasin_plan.schedule import Slot

PAIRS = (
    Column("running", Kind.ID, rank=3),
    Column("running_name", Kind.TEXT),
    Column("how", Kind.STATE),
    Column("owner_then", Kind.ID, rank=5),
    Column("program", Kind.ID),
    Column("name", Kind.TEXT, rank=7),
    Column("owner_now", Kind.ID, rank=5),
    Column("owner_changed", Kind.FLAG, rank=4),
    Column("by_milestones", Kind.TEXT, rank=6),
    Column("takes_over", Kind.DATE),
    Column("handed_over", Kind.FLAG, rank=2),
    Column("ends", Kind.DATE, rank=6),
)
RUNNING = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("owner", Kind.ID),
    Column("ends", Kind.DATE),
)
STOPPED = (
    *RUNNING,
    Column("decided_on", Kind.DATE, rank=2),
    Column("by", Kind.ID, rank=2),
    Column("why", Kind.SENTENCE, rank=3),
)
NEW = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("lead", Kind.ID, rank=2),
    Column("begins", Kind.DATE),
)
DOUBLES = (
    Column("running", Kind.ID),
    Column("program", Kind.ID),
    Column("likeness", Kind.COUNT, rank=2),
    Column("match", Kind.STATE, rank=HIDDEN),
    Column("running_name", Kind.TEXT, rank=HIDDEN),
    Column("name", Kind.TEXT, rank=HIDDEN),
    Column("same_owner", Kind.FLAG, rank=3),
    Column("same_districts", Kind.COUNT, rank=3),
    Column("explained", Kind.SENTENCE),
)
ENDING = (
    Column("id", Kind.ID, rank=2),
    Column("name", Kind.TEXT),
    Column("owner", Kind.ID, rank=3),
    Column("ends", Kind.DATE),
    Column("days_left", Kind.DIFFERENCE, rank=4),
    Column("successors", Kind.TEXT),
    Column("takes_over", Kind.DATE),
)
GAPS = (
    Column("running", Kind.ID),
    Column("running_name", Kind.TEXT, rank=3),
    Column("ends", Kind.DATE, rank=4),
    Column("program", Kind.ID),
    Column("takes_over", Kind.DATE, rank=4),
    Column("from", Kind.DATE),
    Column("to", Kind.DATE),
    Column("days", Kind.COUNT, bad=True),
)


class Found(NamedTuple):
    """What the report is about: what runs and what is new, as far as it is asked for."""

    running: list[Inherited]
    programs: list[Program]
    pairs: list[Pair]
    gaps: list[Gap]
    doubles: list[Double]

    @property
    def paired(self) -> set[str]:
        """Running programmes that any new one takes on."""
        return {one.running.id for one in self.pairs}

    @property
    def stopped(self) -> list[Inherited]:
        """Those that a decision ended and no new one takes on."""
        return [one for one in self.running if one.stopped and one.id not in self.paired]

    @property
    def nobody(self) -> list[Inherited]:
        """Those that neither a new programme nor a decision names."""
        return [one for one in self.running if not one.stopped and one.id not in self.paired]

    @property
    def new(self) -> list[Program]:
        """New programmes that take nothing on."""
        taking = {one.program.id for one in self.pairs}
        return [one for one in self.programs if one.id not in taking]

    def how(self, way: str) -> int:
        """How many running programmes are taken on in that way."""
        return len({one.running.id for one in self.pairs if one.how == way})


def report(material: Material) -> Report:
    """Every running programme with what becomes of it, every new one with what it takes on."""
    found = _found(material)
    ending = tuple(_ending(found, material))
    none = message("none.running")
    return Report(
        "sync",
        heading_of(material),
        (
            _figures(found, len(ending)),
            Table("pairs", PAIRS, tuple(map(_pair, found.pairs)), message("none.pairs")),
            Table(
                "nobody",
                RUNNING,
                tuple(map(_running, found.nobody)),
                message("none.nobody"),
                aside=True,
            ),
            Table(
                "stopped",
                STOPPED,
                tuple(map(_stopped, found.stopped)),
                message("none.stopped"),
                aside=True,
            ),
            Table(
                "doubles",
                DOUBLES,
                tuple(map(_double, found.doubles)),
                message("none.doubles"),
                aside=True,
            ),
            Table("ending", ENDING, ending, none, aside=True),
            Table("gaps", GAPS, tuple(map(_gap, found.gaps)), message("none.gaps"), aside=True),
            Table("new", NEW, tuple(_new(found, material)), message("none.new"), aside=True),
        ),
    )


def _found(material: Material) -> Found:
    """What is asked for: of a part of the plan its programmes and what they take on.

    Of an owner also what it runs now, of a district what runs there.
    """
    plan = material.plan
    every = list(pairs_of(plan, material.forecast))
    programs = list(material.programs())
    doubles = doubles_of(plan, programs, material.as_of)
    shown = {one.id for one in programs}
    pairs = [one for one in every if one.program.id in shown]
    running = list(plan.inherited)
    if not material.whole:
        named = {one.running.id for one in pairs}
        running = [one for one in running if one.id in named or _is_asked(one, material)]
        wanted = {one.id for one in running}
        pairs = [one for one in every if one.program.id in shown or one.running.id in wanted]
    names = {one.id for one in running}
    gaps = [one for one in gaps_of(every) if one.pair.running.id in names]
    return Found(running, programs, pairs, gaps, doubles)


def _is_asked(one: Inherited, material: Material) -> bool:
    where = material.plan.everywhere(one.districts)
    return one.owner in material.asked or not material.asked.isdisjoint(where)


def _figures(found: Found, ending: int) -> Figures:
    changed = sum(one.new_owner is True for one in found.pairs)
    return Figures(
        (
            Figure("running", Kind.COUNT, len(found.running)),
            Figure("continued", Kind.COUNT, found.how("continued")),
            Figure("merged", Kind.COUNT, found.how("merged")),
            Figure("replaced", Kind.COUNT, found.how("replaced")),
            Figure("stopped", Kind.COUNT, len(found.stopped)),
            Figure("with_nobody", Kind.COUNT, len(found.nobody)),
            Figure("new_programs", Kind.COUNT, len(found.new)),
            Figure("new_owners", Kind.COUNT, changed),
            Figure("doubles", Kind.COUNT, len(found.doubles)),
            Figure("ending", Kind.COUNT, ending),
            Figure("gaps", Kind.COUNT, len(found.gaps)),
        )
    )


def _pair(one: Pair) -> tuple[Cell, ...]:
    return (
        one.running.id,
        one.running.name,
        one.how,
        one.running.owner,
        one.program.id,
        one.program.name,
        one.program.lead,
        one.new_owner,
        one.by,
        one.takes_over,
        one.handed,
        end_of(one.running),
    )


def _running(one: Inherited) -> tuple[Cell, ...]:
    return one.id, one.name, one.owner, end_of(one)


def _stopped(one: Inherited) -> tuple[Cell, ...]:
    decision = one.stopped
    told = (decision.on, decision.by, decision.why) if decision else (None, None, None)
    return (*_running(one), *told)


def _double(one: Double) -> tuple[Cell, ...]:
    alike = one.likeness
    return (
        one.running.id,
        one.program.id,
        round(alike.score),
        alike.how,
        alike.other,
        alike.one,
        one.same_owner,
        len(one.places),
        one.explained,
    )


def _ending(found: Found, material: Material) -> Iterator[tuple[Cell, ...]]:
    """Running programmes whose last day lies in the plan's days, the first first."""
    first, last = material.plan.plan.start, material.schedule.calendars.last_day
    ends = [(end, one) for one in found.running if (end := end_of(one)) and first <= end <= last]
    for end, one in sorted(ends, key=lambda item: (item[0], item[1].id)):
        mine = [pair for pair in found.pairs if pair.running.id == one.id]
        days = [pair.takes_over for pair in mine if pair.takes_over]
        left = (end - material.as_of).days
        names = tuple(pair.program.id for pair in mine)
        yield one.id, one.name, one.owner, end, left, names, min(days, default=None)


def _gap(one: Gap) -> tuple[Cell, ...]:
    pair = one.pair
    return (
        pair.running.id,
        pair.running.name,
        end_of(pair.running),
        pair.program.id,
        pair.takes_over,
        one.first,
        one.last,
        one.days,
    )


def _new(found: Found, material: Material) -> Iterator[tuple[Cell, ...]]:
    for one in found.new:
        slots = _slots(one, material)
        yield one.id, one.name, one.lead, min((slot.start for slot in slots), default=None)


def _slots(one: Program, material: Material) -> Sequence[Slot]:
    slots = material.forecast.slots
    return [slots[each.id] for each in one.milestones if not each.cancelled and each.id in slots]
