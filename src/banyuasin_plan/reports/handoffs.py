"""Who waits for whom: links between two owners, chains through several, the one most waited for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.alignment.handoffs import chains_of, links_of
from banyuasin_plan.report import HIDDEN, Column, Figure, Figures, Kind, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from banyuasin_plan.alignment.handoffs import Chain, Handoff
    from banyuasin_plan.report import Cell
    from banyuasin_plan.schedule import Schedule

HANDOFFS = (
    Column("waiting", Kind.ID),
    Column("id", Kind.ID, rank=4),
    Column("name", Kind.TEXT, rank=6),
    Column("program", Kind.ID, rank=HIDDEN),
    Column("waits_for", Kind.ID),
    Column("needs", Kind.ID, rank=3),
    Column("needs_name", Kind.TEXT),
    Column("link", Kind.ID, rank=7),
    Column("promised_on", Kind.DATE, rank=3),
    Column("forecast_finish", Kind.DATE, rank=4),
    Column("met", Kind.DATE, rank=HIDDEN),
    Column("state", Kind.STATE, rank=3),
    Column("since", Kind.DATE, rank=HIDDEN),
    Column("days_late", Kind.COUNT, bad=True),
    Column("slack", Kind.COUNT),
    Column("total_float", Kind.COUNT, rank=6),
    Column("critical", Kind.FLAG, rank=HIDDEN),
    Column("agreed", Kind.DATE, rank=5),
    Column("implied", Kind.FLAG, rank=2),
)
OWNERS = (
    Column("owner", Kind.ID),
    Column("name", Kind.TEXT),
    Column("waited_for", Kind.COUNT),
    Column("waiting_owners", Kind.COUNT, rank=2),
    Column("late", Kind.COUNT, bad=True),
    Column("implied_links", Kind.COUNT, rank=2),
    Column("least_slack", Kind.COUNT, rank=3),
    Column("waits", Kind.COUNT),
)
CHAINS = (
    Column("agencies", Kind.COUNT),
    Column("path", Kind.TEXT),
    Column("owners", Kind.TEXT, rank=HIDDEN),
    Column("ids", Kind.TEXT, rank=7),
    Column("ends_with", Kind.ID),
    Column("name", Kind.TEXT, rank=4),
    Column("forecast_finish", Kind.DATE),
    Column("total_float", Kind.COUNT, rank=2),
)


class Found(NamedTuple):
    """What the report is about: hand-offs between two owners, those of them still waited for."""

    material: Material
    between: list[Handoff]
    waiting: list[Handoff]
    chains: list[Chain]


def handoffs_of(material: Material, for_owner: str | None = None) -> Found:
    """The hand-offs from or to a milestone that is asked for, or into and out of one owner."""
    every = list(links_of(material.plan, material.schedule, material.forecast))
    between = [one for one in every if one.between and _asked(one, material, for_owner)]
    waiting = sorted((one for one in between if one.open), key=_turn)
    chains = [one for one in chains_of(every) if _touches(one, material, for_owner)]
    return Found(material, between, waiting, chains)


def report(material: Material, for_owner: str | None = None) -> Report:
    """Open hand-offs, the longest overdue first; `for_owner` shows both of its sides."""
    found = handoffs_of(material, for_owner)
    settled = [one for one in found.between if not one.open]
    alone = for_owner is None
    return Report(
        "handoffs",
        heading_of(material),
        (
            figures_of(found, alone=alone),
            table_of(found.waiting, material)._replace(aside=False, shown=alone),
            *(_sides(found.waiting, material, for_owner) if for_owner else ()),
            owners_of(found)._replace(shown=alone),
            paths_of(found),
            table_of(settled, material)._replace(id="settled", shown=False),
        ),
    )


def table_of(links: Sequence[Handoff], material: Material) -> Table:
    """Hand-offs, a row each."""
    return Table("handoffs", HANDOFFS, _rows(links, material), message("none.handoffs"), aside=True)


def owners_of(found: Found) -> Table:
    """Everybody at an end of an open hand-off, the most waited for first."""
    rows = tuple(_owners(found.material, found.waiting))
    return Table("owners", OWNERS, rows, message("none.handoffs"), aside=True)


def paths_of(found: Found) -> Table:
    """Chains through several owners, those through most first."""
    rows = tuple(_chain(one, found.material.forecast) for one in found.chains)
    return Table("chains", CHAINS, rows, message("none.chains"), aside=True)


def _asked(one: Handoff, material: Material, owner: str | None) -> bool:
    """Whether a hand-off belongs to the owner, else to a milestone that is asked for."""
    if owner:
        return owner in {one.waiting.owner, one.given.owner}
    return material.whole or not _shown(material).isdisjoint(
        {one.waiting.milestone.id, one.given.milestone.id}
    )


def _touches(chain: Chain, material: Material, owner: str | None) -> bool:
    if owner:
        return owner in chain.owners
    return material.whole or not _shown(material).isdisjoint(
        one.milestone.id for one in chain.spots
    )


def _shown(material: Material) -> frozenset[str]:
    return frozenset(one.milestone.id for one in material.tracking.standings)


def _turn(one: Handoff) -> tuple[bool, date, int, str, str]:
    """A key that sorts the late first, the longest promised, then the one with least slack."""
    names = one.waiting.milestone.id, one.given.milestone.id
    return one.state != "late", one.promised, one.slack or 0, *names


def _sides(waiting: Sequence[Handoff], material: Material, owner: str) -> tuple[Table, ...]:
    """What an owner owes others, and what others owe it."""
    owes = [one for one in waiting if one.given.owner == owner]
    owed = [one for one in waiting if one.waiting.owner == owner]
    none_owed, none = message("none.owed"), message("none.owes")
    return (
        Table("owes", _without("waits_for"), _rows(owes, material), none, aside=True),
        Table("owed", _without("waiting"), _rows(owed, material), none_owed, aside=True),
    )


def _without(own: str) -> tuple[Column, ...]:
    """The columns of one side: its own name is in every row, when it is due comes first."""
    ranks = {own: HIDDEN, "promised_on": 1, "implied": 5}
    return tuple(one._replace(rank=ranks.get(one.id, one.rank)) for one in HANDOFFS)


def figures_of(found: Found, *, alone: bool = True) -> Figures:
    """How many there are and in which state; who is most waited for, unless one is asked for."""
    states = Counter(one.state for one in found.between)
    agreed = sum(one.link.agreed is not None for one in found.waiting)
    given = Counter(str(one.given.owner) for one in found.waiting)
    most = min(given, key=lambda who: (-given[who], who), default=None)
    return Figures(
        (
            Figure("handoffs", Kind.COUNT, len(found.between)),
            Figure("handoffs_met", Kind.COUNT, states["met"]),
            Figure("handoffs_ahead", Kind.COUNT, states["ahead"]),
            Figure("handoffs_open", Kind.COUNT, len(found.waiting)),
            Figure("handoffs_late", Kind.COUNT, states["late"]),
            Figure("handoffs_agreed", Kind.COUNT, agreed),
            Figure("handoffs_implied", Kind.COUNT, len(found.waiting) - agreed),
            Figure("chains", Kind.COUNT, len(found.chains)),
            Figure("most_waited_for", Kind.ID, most, shown=alone),
        )
    )


def _rows(links: Sequence[Handoff], material: Material) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_row(one, material) for one in links)


def _row(one: Handoff, material: Material) -> tuple[Cell, ...]:
    waiting, given = one.waiting.milestone, one.given.milestone
    return (
        one.waiting.owner,
        waiting.id,
        waiting.name,
        one.waiting.program.id,
        one.given.owner,
        given.id,
        given.name,
        str(one.link).removeprefix(given.id).strip(),
        one.promised,
        one.forecast,
        one.met,
        one.state,
        one.promised if one.state == "late" else None,
        (material.as_of - one.promised).days if one.state == "late" else 0,
        one.slack,
        one.total_float,
        one.total_float is not None and one.total_float <= 0,
        one.link.agreed,
        one.link.agreed is None,
    )


def _owners(material: Material, waiting: Sequence[Handoff]) -> list[tuple[Cell, ...]]:
    names = {one.id: one.name for one in material.plan.everybody()}
    given: dict[str, list[Handoff]] = {}
    waits: dict[str, int] = {}
    for one in waiting:
        given.setdefault(str(one.given.owner), []).append(one)
        waits[str(one.waiting.owner)] = waits.get(str(one.waiting.owner), 0) + 1
    ranked = sorted({*given, *waits}, key=lambda who: (-len(given.get(who, ())), who))
    return [
        (
            who,
            names.get(who, who),
            len(mine),
            len({one.waiting.owner for one in mine}),
            sum(one.state == "late" for one in mine),
            sum(one.link.agreed is None for one in mine),
            min((one.slack for one in mine if one.slack is not None), default=None),
            waits.get(who, 0),
        )
        for who in ranked
        for mine in [given.get(who, [])]
    ]


def _chain(chain: Chain, forecast: Schedule) -> tuple[Cell, ...]:
    end = chain.spots[-1].milestone
    slot = forecast.slots[end.id]
    return (
        len(set(chain.owners)),
        " > ".join(chain.owners),
        chain.owners,
        tuple(one.milestone.id for one in chain.spots),
        end.id,
        end.name,
        slot.finish,
        slot.total_float,
    )
