"""The plan's values as forms speak of them: as it stands, and as forms have changed it."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.form import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.plan.model import Delivery, Milestone
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.rules.scope import PlacedMilestone

OF_A_DELIVERY = {
    "delivered": "on",
    "amount": "amount",
    "evidence": "evidence",
    "verified": "verified",
}
"""The key of a delivery under which an answer about it stands."""


class Known(NamedTuple):
    """A blocker: its place in the milestone's list, None while it is only being added."""

    place: int | None
    since: date
    what: str
    need: str | None
    district: str | None
    closed: date | None


class Facts:
    """What the plan says of its milestones, with what accepted forms have said since."""

    def __init__(self, loaded: Loaded) -> None:
        """Begin with the plan as it was read."""
        self.loaded = loaded
        self.placed = {one.value.id: one for one in loaded.scope.milestones}
        self.values: dict[tuple[str, str | None, str], str | None] = {}
        self.evidence: dict[str, set[str]] = {}
        self.reports: dict[tuple[str, str | None], date] = {}
        self.known: dict[str, list[Known]] = {}
        self.ids = set(loaded.scope.known("milestone"))
        self.proposed: dict[str, Mapping[str, Any]] = {}
        self.names = {
            (one.program.id, " ".join(one.value.name.casefold().split())): one.value.id
            for one in loaded.scope.milestones
        }

    def copy(self) -> Facts:
        """The same, to be changed without changing this."""
        other = copy(self)
        other.names, other.ids = self.names.copy(), self.ids.copy()
        other.proposed = self.proposed.copy()
        other.values, other.reports = self.values.copy(), self.reports.copy()
        other.evidence = {name: refs.copy() for name, refs in self.evidence.items()}
        other.known = {name: known.copy() for name, known in self.known.items()}
        return other

    def of(self, milestone: str) -> PlacedMilestone | None:
        """The milestone and its place; None where the plan has none of that id."""
        return self.placed.get(milestone)

    def value(self, one: Milestone, district: str | None, field: str) -> str | None:
        """The value that stands under a field now, as one text."""
        slot = (one.id, district, field)
        if slot in self.values:
            return self.values[slot]
        return canonical(_value(one, district, field))

    def reported(self, one: Milestone, district: str | None) -> date | None:
        """The day of the last report on it."""
        if (one.id, district) in self.reports:
            return self.reports[one.id, district]
        delivery = one.delivered.get(district) if district else None
        if district:
            return delivery.reported if delivery else None
        return one.reported

    def refs(self, one: Milestone) -> set[str]:
        """The pieces of evidence it has, each as one text."""
        if one.id not in self.evidence:
            self.evidence[one.id] = {text for each in one.evidence if (text := canonical(each.ref))}
        return self.evidence[one.id]

    def blockers(self, one: Milestone) -> list[Known]:
        """What stands and stood in its way."""
        if one.id not in self.known:
            self.known[one.id] = [
                Known(
                    at,
                    each.since,
                    canonical(each.what) or "",
                    each.need,
                    each.district,
                    each.closed,
                )
                for at, each in enumerate(one.blockers)
            ]
        return self.known[one.id]


def path_of(path: Path, district: str | None, field: str) -> Path:
    """Where a field's value stands in the plan, from the milestone's own path."""
    if district:
        return (*path, "delivered", district, OF_A_DELIVERY.get(field, field))
    return (*path, field)


def _value(one: Milestone, district: str | None, field: str) -> Any:
    if district is None and field == "verified":
        return one.verified.on if one.verified else None
    if district is None:
        return getattr(one, field)
    delivery: Delivery | None = one.delivered.get(district)
    return getattr(delivery, OF_A_DELIVERY[field]) if delivery else None
