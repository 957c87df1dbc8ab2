"""How to read it: what signs and colours mean, how every figure comes about, from which plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Cell, Column, Figure, Figures, Kind, Table, Tone
from banyuasin_plan.tracking.colours import limits_of
from banyuasin_plan.tracking.pages import COLOUR_RULES, meaning_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.report import Piece
    from banyuasin_plan.reports import Material

RULES = (
    Column("rule", Kind.ID),
    Column("status", Kind.STATUS),
    Column("applies_to", Kind.TEXT),
    Column("meaning", Kind.SENTENCE),
)
TERMS = (Column("term", Kind.TEXT), Column("meaning", Kind.SENTENCE))
EXPLAINED = (
    "day",
    "office_day",
    "planned",
    "actual",
    "verified",
    "deviation",
    "money",
    "forecast",
    "curve",
    "spi",
    "spi_time",
    "on_time",
    "late",
    "due",
    "load",
    "deliveries",
    "handoff",
    "goal",
    "sync",
    "gantt",
)
"""What the sheets show and nobody need guess, in the order of the sheets."""


def guide(material: Material) -> tuple[Piece, ...]:
    """The figures that are for those who ask, the terms, and the rules of the colours."""
    found = material.tracking.figures()
    as_of = material.as_of
    number = material.tracking.calendars.day_number(as_of)
    figures = Figures(
        (
            Figure("spi", Kind.RATIO, found.spi),
            Figure("spi_time", Kind.RATIO, found.spi_time),
            Figure("earned_days", Kind.RATIO, found.earned_schedule),
            Figure("day_number", Kind.COUNT, number),
            Figure("revision", Kind.ID, material.revision or None),
            Figure("plan_id", Kind.ID, material.plan.plan.id),
        )
    )
    terms: tuple[tuple[Cell, ...], ...] = tuple(
        (message(f"term.{name}"), message(f"term.{name}.means")) for name in EXPLAINED
    )
    limits = limits_of(material.plan.plan.tolerance)
    rules = tuple(
        (
            rule.id,
            Tone(rule.colour),
            message(f"applies.{'program' if rule.id.startswith('P') else 'milestone'}"),
            meaning_of(rule, limits),
        )
        for rule in COLOUR_RULES
    )
    return (
        figures,
        Table("terms", TERMS, terms, message("none.rows"), aside=True),
        Table("rules", RULES, rules, message("none.rows"), aside=True),
    )
