"""Orders given: by whom, to whom, due when, done or late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.alignment.orders import days_late, state_of
from banyuasin_plan.report import HIDDEN, Column, Figure, Figures, Kind, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from banyuasin_plan.plan.model import Decision
    from banyuasin_plan.report import Cell

DECISIONS = (
    Column("id", Kind.ID, rank=2),
    Column("order", Kind.SENTENCE),
    Column("given_on", Kind.DATE, rank=4),
    Column("by", Kind.ID, rank=3),
    Column("owner", Kind.ID),
    Column("due", Kind.DATE),
    Column("done_on", Kind.DATE, rank=3),
    Column("state", Kind.STATE),
    Column("days_late", Kind.COUNT, rank=2, bad=True),
    Column("office_days_late", Kind.COUNT, rank=HIDDEN),
)
OWNERS = (
    Column("owner", Kind.ID),
    Column("name", Kind.TEXT),
    Column("orders", Kind.COUNT),
    Column("orders_done", Kind.COUNT, rank=2),
    Column("done_late", Kind.COUNT, rank=3),
    Column("open", Kind.COUNT),
    Column("late", Kind.COUNT, bad=True),
)
TURN = ("late", "open", "done_late", "done")


def report(material: Material) -> Report:
    """Every order, what is late first.

    Asked for by owner, those it gave or was given; a programme is asked for by who works in it.
    """
    day = material.as_of
    asked = _asked(material)
    orders = sorted(
        (
            one
            for one in material.plan.decisions
            if asked is None or one.owner in asked or (material.asked and one.by in asked)
        ),
        key=lambda one: _turn(one, day),
    )
    none = message("none.decisions")
    return Report(
        "decisions",
        heading_of(material),
        (
            _figures(orders, day),
            Table("decisions", DECISIONS, tuple(_row(one, material) for one in orders), none),
            Table("owners", OWNERS, tuple(_owners(orders, material)), none, aside=True),
        ),
    )


def _asked(material: Material) -> frozenset[str] | None:
    """Who was asked for by name, else who does or supports any milestone asked for."""
    if material.asked or material.whole:
        return material.asked or None
    shown = material.tracking.standings
    owners = {one.case.owner for one in shown if one.case.owner}
    support = {who for one in shown for who in one.milestone.support}
    return frozenset(owners | support)


def _turn(one: Decision, day: date) -> tuple[int, bool, date, str]:
    """A key that sorts what is late first, then open by date, what is done last."""
    return TURN.index(state_of(one, day)), one.due is None, one.due or one.on, one.id


def _figures(orders: Sequence[Decision], day: date) -> Figures:
    states = [state_of(one, day) for one in orders]
    return Figures(
        (
            Figure("orders", Kind.COUNT, len(orders)),
            Figure("orders_done", Kind.COUNT, states.count("done") + states.count("done_late")),
            Figure("orders_done_late", Kind.COUNT, states.count("done_late")),
            Figure("orders_open", Kind.COUNT, states.count("open") + states.count("late")),
            Figure("orders_late", Kind.COUNT, states.count("late")),
            Figure("orders_undated", Kind.COUNT, sum(one.due is None for one in orders)),
        )
    )


def _row(one: Decision, material: Material) -> tuple[Cell, ...]:
    until = one.done or material.as_of
    office = material.schedule.calendars.office_days(one.due, until) if one.due else 0
    return (
        one.id,
        one.text,
        one.on,
        one.by,
        one.owner,
        one.due,
        one.done,
        state_of(one, material.as_of),
        days_late(one, material.as_of),
        office,
    )


def _owners(orders: Sequence[Decision], material: Material) -> Iterator[tuple[Cell, ...]]:
    """A row for everybody who was given an order, most late first."""
    names = {one.id: one.name for one in material.plan.everybody()}
    mine: dict[str, list[str]] = {}
    for one in orders:
        mine.setdefault(one.owner, []).append(state_of(one, material.as_of))
    ranked = sorted(
        mine.items(), key=lambda item: (-item[1].count("late"), -item[1].count("open"), item[0])
    )
    for owner, states in ranked:
        late, open_ = states.count("late"), states.count("open")
        done_late = states.count("done_late")
        done = states.count("done") + done_late
        yield owner, names.get(owner, owner), len(states), done, done_late, open_ + late, late
