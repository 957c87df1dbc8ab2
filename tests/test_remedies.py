"""What `plan why` says would help, done: by `plan whatif` where that can ask it, else in YAML."""

from __future__ import annotations

import os
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from tests.alignment_plans import made, shipped, shipped_material
from tests.levelling_plans import written_plans
from tests.standing_plans import as_json

from banyuasin_plan.plan.supposing import read_supposition
from banyuasin_plan.reports import whatif
from banyuasin_plan.reports.remedies import remedies_of
from banyuasin_plan.schedule.network import duration_of
from banyuasin_plan.schedule.reasons import chain_of, crowd_of

if TYPE_CHECKING:
    from tests.alignment_plans import Raw

    from banyuasin_plan.reports import Material
    from banyuasin_plan.reports.remedies import Remedy
    from banyuasin_plan.words import Message

EVERY, EXAMPLES = (1, 30) if os.environ.get("PLAN_ALL_TESTS") == "1" else (30, 10)
"""Of the shipped plan's milestones one in so many is asked about; so many plans are made up."""

TYPED = {
    "try.capacity": "owner:{owner}={most}",
    "try.half.d": "{id}={days}d",
    "try.half.cd": "{id}={days}cd",
}
"""Changes that `plan whatif` can suppose, as they are typed there."""


class Tried:
    """Changes to a raw plan, each made once."""

    def __init__(self, raw: Raw, found: Material) -> None:
        """Remember the plan, as written and as read."""
        self.raw, self.found = raw, found
        self.edits: dict[Message, Material] = {}
        self.asked: dict[tuple[Message, str], dict[str, Any]] = {}

    def finish(self, change: Message, name: str, basis: str) -> tuple[date, int]:
        """The day a milestone ends on after a change, and office days it comes earlier by."""
        before = self.found.schedule if basis == "plan" else self.found.forecast
        old = before.slots[name].finish
        if change.key in TYPED:
            row = self._supposed(change, basis).get(name)
            return (date.fromisoformat(row["new_finish"]), -row["days_moved"]) if row else (old, 0)
        if change not in self.edits:
            self.edits[change] = made(edited(self.raw, change, self.found))
        then = self.edits[change]
        new = (then.schedule if basis == "plan" else then.forecast).slots[name].finish
        return new, -whatif.difference(before, old, new)

    def _supposed(self, change: Message, basis: str) -> dict[str, Any]:
        if (change, basis) not in self.asked:
            text = TYPED[change.key].format(**dict(change.params))
            supposition = read_supposition(text)
            assert supposition
            report = as_json(whatif.report(self.found, [supposition], basis))
            rows = {row["id"]: row for row in report["tables"]["moved"]}
            self.asked[change, basis] = rows
        return self.asked[change, basis]


def edited(raw: Raw, change: Message, found: Material) -> Raw:
    """The raw plan with the change made in it by hand."""
    changed, said = deepcopy(raw), dict(change.params)
    if change.key == "try.open":
        offices = [*changed["owners"], *changed["districts"]]
        [office] = [one for one in offices if one["id"] == said["owner"]]
        days = office.setdefault("calendar", {}).setdefault("open", [])
        days.append({"from": said["first"], "to": said["last"], "why": "dikebut"})
        return changed
    [one] = [
        one for each in changed["programs"] for one in each["milestones"] if one["id"] == said["id"]
    ]
    if change.key == "try.link":
        one["after"] = [link for link in one["after"] if other_end(link) != said["other"]]
    elif change.key == "try.start":
        [case] = [each.case for each in found.tracking.standings if each.milestone.id == said["id"]]
        one.setdefault("duration", str(duration_of(case.milestone, case.calendar)))
        del one["start"]
    else:
        del one[change.key.removeprefix("try.")]
    return changed


def other_end(link: Any) -> str:
    """The milestone that a link leads to, however it is written."""
    return str(link["id"] if isinstance(link, dict) else link.partition(" ")[0].partition("+")[0])


def remedies(found: Material, name: str, basis: str) -> tuple[Remedy, ...]:
    """Everything that `plan why` tries."""
    schedule = found.schedule if basis == "plan" else found.forecast
    steps = (*chain_of(schedule, found.plan, name), *crowd_of(schedule, found.plan, name))
    standings = {one.milestone.id: one for one in found.tracking.standings}
    return remedies_of(steps, standings, found.plan, schedule)


def different(raw: Raw, found: Material, names: list[str], basis: str) -> list[Any]:
    """Remedies of milestones that do something else when they are done."""
    tried = Tried(raw, found)
    return [
        (name, one.change, (one.finish, one.gain), then)
        for name in names
        for one in remedies(found, name, basis)
        if (then := tried.finish(one.change, name, basis)) != (one.finish, one.gain)
    ]


@pytest.mark.parametrize("basis", ["plan", "forecast"])
def test_remedies_of_the_shipped_plan_are_true(basis: str) -> None:
    """Each change gives the finish that is promised, when it is made in the plan."""
    found = shipped_material()
    names = [one.milestone.id for one in found.tracking.standings if one.case.open][::EVERY]
    assert different(shipped(), found, names, basis) == []


@settings(max_examples=EXAMPLES)
@given(written_plans())
def test_remedies_of_levelled_plans_are_true(written: dict[str, Any]) -> None:
    """So it is where owners are full, work is planned back, and links are of every kind."""
    raw = {
        "plan": {"id": "uji", "name": "Uji", "start": "2025-03-03", "calendar": {}},
        "owners": [{"name": one["id"], **one} for one in written["owners"]],
        "districts": [{"name": one["id"], **one} for one in written["districts"]],
        "programs": [{"id": "p", "name": "P", "milestones": written["milestones"]}],
    }
    found = made(raw)
    names = [one.milestone.id for one in found.tracking.standings]
    assert [different(raw, found, names, basis) for basis in ("plan", "forecast")] == [[], []]
