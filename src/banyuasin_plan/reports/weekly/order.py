"""The order that people look for things in: group by group, as the plan lists them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from banyuasin_plan.reports import Material


def grouped(material: Material) -> Material:
    """The same with its milestones by group, those without one last, else in the plan's order."""
    ranks = {group.id: place for place, group in enumerate(material.plan.groups)}
    ordered = sorted(
        material.tracking.standings,
        key=lambda one: ranks.get(one.program.group or "", len(ranks)),
    )
    return material._replace(tracking=replace(material.tracking, standings=tuple(ordered)))
