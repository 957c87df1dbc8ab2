"""Programmes against goals: who serves which, how far that is, and what nobody serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.alignment.goals import services_of
from banyuasin_plan.report import (
    HIDDEN,
    Chart,
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
from banyuasin_plan.tracking import WORST_FIRST
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from banyuasin_plan.alignment.goals import Service
    from banyuasin_plan.plan.model import GoalItem, GoalSet
    from banyuasin_plan.report import Cell
    from banyuasin_plan.tracking import ProgramStanding

GOALS = (
    Column("goal", Kind.ID),
    Column("set", Kind.ID, rank=HIDDEN),
    Column("wording", Kind.SENTENCE, rank=6),
    Column("programs", Kind.COUNT),
    Column("direct", Kind.COUNT, rank=3),
    Column("milestones", Kind.COUNT, rank=2),
    Column("done", Kind.COUNT, rank=4),
    Column("overdue", Kind.COUNT, rank=2, bad=True),
    Column("planned_percent", Kind.PERCENT, rank=3),
    Column("actual_percent", Kind.PERCENT),
    Column("deviation", Kind.POINTS),
    Column("worst", Kind.STATUS, rank=2),
    Column("weight", Kind.RATIO, rank=HIDDEN),
    Column("weight_percent", Kind.PERCENT, rank=5),
    Column("budget", Kind.MONEY, rank=5),
    Column("spent", Kind.MONEY, rank=7),
    Column("ids", Kind.TEXT, rank=HIDDEN),
)
PROGRAMS = (
    Column("id", Kind.ID, rank=4),
    Column("name", Kind.TEXT),
    Column("status", Kind.STATUS, rank=3),
    Column("milestones", Kind.COUNT, rank=5),
    Column("weight_percent", Kind.PERCENT, rank=5),
)
UNSERVED = (
    Column("goal", Kind.ID),
    Column("set_name", Kind.TEXT),
    Column("wording", Kind.SENTENCE),
)
AIMLESS = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("lead", Kind.ID),
    Column("milestones", Kind.COUNT),
)
SERVICES = (
    Column("program", Kind.ID),
    Column("goal", Kind.ID),
    Column("direct", Kind.FLAG),
    Column("through", Kind.TEXT),
)
BY_GOAL = Chart("goals", "bar", "goals", "goal", ("planned_percent", "actual_percent"))
PLACES = 9
"""Decimals of a percentage that is put together from others."""


class Share(NamedTuple):
    """A programme's standing, its weight, and its money, by which goals are summed up."""

    standing: ProgramStanding
    weight: float
    budget: int
    spent: int


def report(material: Material) -> Report:
    """Every goal with what serves it, every programme with what it serves.

    A goal is nobody's only if no programme of the whole plan serves it, whatever is asked for.
    """
    plan = material.plan
    shares = _shares(material)
    services = list(services_of(plan, [one.standing.program for one in shares.values()]))
    every = services if material.whole else services_of(plan, plan.programs)
    served = {one.goal for one in every}
    unserved = tuple(
        (_name(one, item), one.name, item.text)
        for one in plan.goals
        for item in one.items
        if _name(one, item) not in served
    )
    aimless = tuple(_aimless(shares, {one.program for one in services}))
    goals = tuple(_goals(material, shares, services))
    columns = tuple(
        Column(f"goals_{one.id}", Kind.TEXT, rank=1, head=one.name) for one in plan.goals
    )
    links = tuple((one.program, one.goal, one.direct, one.through) for one in services)
    none = message("none.goals")
    return Report(
        "align",
        heading_of(material),
        (
            _figures(material, shares, len(served), len(unserved), len(aimless)),
            *([BY_GOAL._replace(many=len(goals))] if goals else ()),
            Table("goals", GOALS, goals, none, bar=("actual_percent", "planned_percent")),
            Note(message("align.through")),
            Table(
                "programs",
                (*PROGRAMS, *columns),
                tuple(_programs(material, shares, services)),
                message("none.programs"),
                aside=True,
            ),
            Table("unserved", UNSERVED, unserved, message("none.unserved"), aside=True),
            Table("aimless", AIMLESS, aimless, message("none.aimless"), aside=True),
            Table("services", SERVICES, links, none, aside=True, shown=False),
        ),
    )


def _name(one: GoalSet, item: GoalItem) -> str:
    return f"{one.id}/{item.id}"


def _shares(material: Material) -> Mapping[str, Share]:
    """The programmes asked for, by id, with the weight and the money of what is shown of them."""
    weight: dict[str, float] = {}
    budget: dict[str, int] = {}
    spent: dict[str, int] = {}
    for one in material.tracking.standings:
        if one.milestone.cancelled:
            continue
        key, lines = one.program.id, one.milestone.budget
        weight[key] = weight.get(key, 0) + one.milestone.weight
        budget[key] = budget.get(key, 0) + sum(line.amount for line in lines)
        spent[key] = spent.get(key, 0) + sum(line.spent for line in lines)
    return {
        key: Share(one, weight.get(key, 0), budget.get(key, 0), spent.get(key, 0))
        for one in material.tracking.programs()
        for key in [one.program.id]
    }


def _figures(
    material: Material, shares: Mapping[str, Share], served: int, unserved: int, aimless: int
) -> Figures:
    return Figures(
        (
            Figure("goals_in_plan", Kind.COUNT, sum(len(one.items) for one in material.plan.goals)),
            Figure("goals_served", Kind.COUNT, served),
            Figure("goals_unserved", Kind.COUNT, unserved),
            Figure("programs", Kind.COUNT, len(shares)),
            Figure("programs_aimless", Kind.COUNT, aimless),
        )
    )


def _goals(
    material: Material, shares: Mapping[str, Share], services: Sequence[Service]
) -> Iterator[tuple[Cell, ...]]:
    """A row for each goal; in a part of the plan, for those that it serves."""
    serving: dict[str, list[Service]] = {}
    for one in services:
        serving.setdefault(one.goal, []).append(one)
    whole = sum(one.weight for one in shares.values())
    for each in material.plan.goals:
        for item in each.items:
            mine = serving.get(_name(each, item), [])
            if not mine and not material.whole:
                continue
            held = [shares[one.program] for one in mine]
            weight = sum(one.weight for one in held)
            found = [one.standing.figures for one in held]
            planned = _mean(held, [one.planned_percent for one in found])
            actual = _mean(held, [one.actual_percent for one in found])
            yield (
                _name(each, item),
                each.id,
                item.text,
                len(mine),
                sum(one.direct for one in mine),
                sum(one.milestones for one in found),
                sum(one.done for one in found),
                sum(one.overdue for one in found),
                planned,
                actual,
                None if planned is None or actual is None else actual - planned,
                _worst(held),
                weight,
                100 * weight / whole if whole else None,
                sum(one.budget for one in held),
                sum(one.spent for one in held),
                tuple(one.program for one in mine),
            )


def _mean(shares: Sequence[Share], percents: Sequence[float]) -> float | None:
    """The percentages of programmes put together by their weights; None without any weight."""
    weights = [one.weight for one in shares]
    whole = sum(weights)
    if not whole:
        return None
    earned = sum(weight * part for weight, part in zip(weights, percents, strict=True))
    return round(earned / whole, PLACES)


def _worst(shares: Sequence[Share]) -> Tone | None:
    """The worst colour of any of the programmes."""
    colours = [one.standing.verdict.colour for one in shares]
    return Tone(min(colours, key=WORST_FIRST.index)) if colours else None


def _programs(
    material: Material, shares: Mapping[str, Share], services: Sequence[Service]
) -> Iterator[tuple[Cell, ...]]:
    """A row for each programme: under each set the goals it serves, in brackets those through."""
    direct: dict[tuple[str, str], list[str]] = {}
    through: dict[tuple[str, str], list[str]] = {}
    for one in services:
        kind, _, item = one.goal.partition("/")
        found = direct if one.direct else through
        found.setdefault((one.program, kind), []).append(item)
    whole = sum(one.weight for one in shares.values())
    for key, share in shares.items():
        cells = []
        for group in material.plan.goals:
            plain, other = direct.get((key, group.id), ()), through.get((key, group.id), ())
            said = [", ".join(plain)] if plain else []
            cells.append(" ".join([*said, f"({', '.join(other)})"] if other else said) or None)
        yield (
            key,
            share.standing.program.name,
            Tone(share.standing.verdict.colour),
            share.standing.figures.milestones,
            100 * share.weight / whole if whole else None,
            *cells,
        )


def _aimless(shares: Mapping[str, Share], serving: set[str]) -> Iterator[tuple[Cell, ...]]:
    for key, share in shares.items():
        if key not in serving:
            program = share.standing.program
            yield key, program.name, program.lead, share.standing.figures.milestones
