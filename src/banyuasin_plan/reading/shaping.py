"""The joined tree as typed pieces, each with its path: what the rules look at."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.plan.fields import is_id
from banyuasin_plan.plan.head import PlanHead
from banyuasin_plan.plan.model import (
    Decision,
    District,
    GoalSet,
    Group,
    Inherited,
    Milestone,
    Owner,
    Program,
)
from banyuasin_plan.plan.naming import corrected_id
from banyuasin_plan.plan.shape import shape
from banyuasin_plan.reading.accepting import acceptances
from banyuasin_plan.reading.joining import Joined, no_list, span_of
from banyuasin_plan.rules.scope import Placed, PlacedMilestone, Scope
from banyuasin_plan.source import Mapping, Scalar, Sequence, is_nothing
from banyuasin_plan.source.nodes import NOTHING

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.source import Node

Model = TypeVar("Model", bound=BaseModel)
Shaped = dict[int, "tuple[Node, BaseModel]"]
"""Pieces without a finding by the identity of their nodes, which are held so that it stays."""

SECTIONS: dict[str, tuple[str, type[BaseModel]]] = {
    "groups": ("group", Group),
    "goals": ("goal", GoalSet),
    "owners": ("owner", Owner),
    "districts": ("owner", District),
    "inherited": ("inherited", Inherited),
    "decisions": ("decision", Decision),
}
"""The simple lists: the kind of id their items have, and their model."""

MOST_FINDINGS = 10_000
"""Findings about a plan; whoever mends these looks again."""

HOURS_AHEAD = {"WIB": 7, "WITA": 8, "WIT": 9}
"""Indonesia's three zones, which know no summer time (Keppres 41/1987)."""


class Shaping:
    """The tree on its way to a scope: pieces, ids and findings gathered as they are met."""

    def __init__(self, joined: Joined, shaped: Shaped | None = None) -> None:
        """Begin with what joining found, and with what was `shaped` before, which is added to."""
        self.joined = joined
        self.shaped = {} if shaped is None else shaped
        self.root = joined.root
        self.findings = joined.findings
        self.unread: set[Path] = set()
        self.ids: dict[str, dict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))

    def head(self) -> PlanHead | None:
        """What holds for the whole plan."""
        entry = self.root.entries.get("plan")
        return self._whole(PlanHead, entry.value, ("plan",)) if entry else None

    def section(self, name: str) -> tuple[Placed[Any], ...]:
        """The items of a simple list that could be read."""
        kind, model = SECTIONS[name]
        placed: list[Placed[Any]] = []
        for path, node in self._items((name,), self.root):
            self._count_id(kind, path, node)
            if name == "goals":
                self._count_goals(path, node)
            value = self._whole(model, node, path)
            if value is not None:
                placed.append(Placed(path, value))
        return tuple(placed)

    def programs(self) -> tuple[tuple[Placed[Program], ...], tuple[PlacedMilestone, ...]]:
        """The programmes without their milestones, and the milestones, one by one."""
        programs: list[Placed[Program]] = []
        milestones: list[PlacedMilestone] = []
        for path, node in self._items(("programs",), self.root):
            self._count_id("program", path, node)
            program = self._whole(Program, node, path, leave="milestones")
            if program is not None:
                programs.append(Placed(path, program))
            elif isinstance(node, Mapping):  # its milestones are looked at all the same
                own = plain(node, leave="milestones")
                program = shape(Program, {**own, "id": "program"}, path).value
            for below, item in self._items((*path, "milestones"), node):
                self._count_id("milestone", below, item)
                one = self._whole(Milestone, item, below)
                if one is not None and program is not None:
                    milestones.append(PlacedMilestone(below, one, program))
        return tuple(programs), tuple(milestones)

    def _whole(
        self, model: type[Model], node: Node, path: Path, *, leave: str = ""
    ) -> Model | None:
        """The node as the model, without the key to `leave`; once for each that has no finding."""
        before = self.shaped.get(id(node))
        if before is not None and before[0] is node and isinstance(before[1], model):
            return before[1]
        findings = len(self.findings)
        value = self._shaped(model, plain(node, leave=leave), path)
        if value is not None and len(self.findings) == findings:
            self.shaped[id(node)] = node, value
        return value

    def _shaped(self, model: type[Model], data: object, path: Path) -> Model | None:
        """The piece as the model; nothing is looked at once there are findings enough."""
        if len(self.findings) > MOST_FINDINGS:
            self.unread.add(path)
            return None
        shaped = shape(model, data, path)
        if shaped.findings:
            self.findings.extend(shaped.findings)
            self.unread |= shaped.unread or {path}
        return shaped.value

    def _items(self, path: Path, holder: Node) -> list[tuple[Path, Node]]:
        """The items of the list at the path, in this mapping; a finding where it is no list."""
        entry = holder.entries.get(str(path[-1])) if isinstance(holder, Mapping) else None
        if entry is None or is_nothing(entry.value):
            return []
        if isinstance(entry.value, Sequence):
            return [((*path, place), item) for place, item in enumerate(entry.value.items)]
        self.findings.append(Finding(path, no_list(entry.value)))
        self.unread.add(path)
        # its items have ids that others may name
        self.joined.broken.append(entry.key.source.name)
        return []

    def _count_id(self, kind: str, path: Path, node: Node) -> None:
        entry = node.entries.get("id") if isinstance(node, Mapping) else None
        if entry and isinstance(entry.value, Scalar) and not is_nothing(entry.value):
            name = entry.value.text
            if not is_id(name):  # whoever names it rightly is not told that it is not there
                name = corrected_id(name) or name
            self.ids[kind][name].append((*path, "id"))

    def _count_goals(self, path: Path, node: Node) -> None:
        """Every goal of a set as `set/item`."""
        if not isinstance(node, Mapping) or "id" not in node.entries:
            return
        name = node.entries["id"].value
        items = node.entries.get("items")
        if not isinstance(name, Scalar) or items is None or is_nothing(items.value):
            return
        if not isinstance(items.value, Sequence):
            self.joined.broken.append(items.key.source.name)
            return
        for place, item in enumerate(items.value.items):
            if isinstance(item, Mapping) and "id" in item.entries:
                number = item.entries["id"].value
                if isinstance(number, Scalar):
                    where = (*path, "items", place, "id")
                    self.ids["goal_item"][f"{name.text}/{number.text}"].append(where)


def scope_of(joined: Joined, now: datetime, shaped: Shaped | None = None) -> Scope:
    """The tree as the rules see it.

    Facts are held against the plan's data date, else against today in the plan's zone. Nodes that
    were `shaped` before are not looked at again; the others are added.
    """
    shaping = Shaping(joined, shaped)
    head = shaping.head()
    sections: dict[str, Any] = {name: shaping.section(name) for name in SECTIONS}
    programs, milestones = shaping.programs()
    shaping.findings.extend(acceptances(joined.comments)[1])
    complaints: dict[str, list[Finding]] = defaultdict(list)
    for finding in shaping.findings:
        complaints[finding.message.key.partition(".")[0]].append(finding)
    return Scope(
        today=(head and head.as_of) or today_in(head.timezone if head else "WIB", now),
        head=head,
        programs=programs,
        milestones=milestones,
        ids=shaping.ids,
        complaints=complaints,
        unread=frozenset(shaping.unread),
        whole=joined.whole,
        spans=lambda path: span_of(joined.root, path),
        **sections,
    )


def today_in(zone: str, now: datetime) -> date:
    """The date it is in one of Indonesia's zones."""
    return now.astimezone(timezone(timedelta(hours=HOURS_AHEAD[zone]))).date()


def plain(node: Node, leave: str = "") -> Any:
    """The node as dicts, lists and texts; None where nothing is given."""
    if isinstance(node, Scalar):
        return None if node.plain and node.text in NOTHING else node.text
    if isinstance(node, Mapping):
        return {key: plain(entry.value) for key, entry in node.entries.items() if key != leave}
    return [plain(item) for item in node.items]
