"""Programmes against goals: what is served, directly or through others, counted in the YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as tried
from tests.alignment_plans import (
    DAY,
    day,
    delivered,
    figures,
    finished,
    made,
    milestones,
    places,
    raw_plans,
    rows,
    shipped,
    shipped_material,
)

from banyuasin_plan.reports import align, schedule, status

if TYPE_CHECKING:
    from datetime import date

    from tests.alignment_plans import Raw

    from banyuasin_plan.report import Report
    from banyuasin_plan.reports import Material

RANK = ("red", "orange", "yellow", "green", "blue", "grey")


def reached(raw: Raw, goal: str) -> set[str]:
    """Goals that a goal serves, step by step until nothing is added."""
    serves = {
        f"{one['id']}/{item['id']}": item.get("serves", [])
        for one in raw["goals"]
        for item in one["items"]
    }
    found: set[str] = set(serves[goal])
    while True:
        more = found | {other for one in found for other in serves[one]}
        if more == found:
            return found
        found = more


def share_done(raw: Raw, one: Raw) -> float:
    """How much of a milestone is done: all, its districts' part, or what is reported of it."""
    where = places(raw, one.get("districts"))
    if finished(raw, one):
        return 1
    if where:
        return sum(delivered(one, place) is not None for place in where) / len(where)
    if one.get("progress") is not None:
        return float(one["progress"]) / 100
    target = one.get("target") or {}
    return min(float(one["achieved"]) / float(target["amount"]), 1) if one.get("achieved") else 0


def check_progress(raw: Raw, row: Raw, held: list[Raw], planned: dict[str, date | None]) -> None:
    """What is done, overdue and reached of a goal's milestones, by their weights."""
    done = [one for one in held if finished(raw, one)]
    late = [one for one in held if one not in done and (planned[one["id"]] or DAY) < DAY]
    assert (row["done"], row["overdue"]) == (len(done), len(late))
    weight = sum(float(one.get("weight", 1)) for one in held)
    if weight:
        earned = sum(float(one.get("weight", 1)) * share_done(raw, one) for one in held)
        assert row["actual_percent"] == pytest.approx(100 * earned / weight, abs=1e-3)
        assert row["deviation"] == pytest.approx(
            row["actual_percent"] - row["planned_percent"], abs=1e-3
        )
    else:
        assert row["actual_percent"] is None


def check(raw: Raw, found: Material) -> None:
    """Every goal's programmes, milestones, weight and money; every programme's goals."""
    report = align.report(found)
    goals = {row["goal"]: row for row in rows(report, "goals")}
    direct = {one["id"]: set(one.get("goals", [])) for one in raw["programs"]}
    through = {
        name: {other for goal in named for other in reached(raw, goal) if other != goal}
        | {goal for goal in named for other in named - {goal} if goal in reached(raw, other)}
        for name, named in direct.items()
    }
    colours = {row["id"]: row["status"] for row in rows(status.report(found), "programs")}
    every = list(milestones(raw))
    whole = sum(float(one.get("weight", 1)) for _, one in every)
    planned = {row["id"]: day(row["finish"]) for row in rows(schedule.report(found), "milestones")}
    planned |= {one["id"]: day(one["due"]) for _, one in every if one.get("due")}
    for goal, row in goals.items():
        mine = {name for name in direct if goal in direct[name] | through[name]}
        held = [one for of, one in every if of["id"] in mine]
        lines = [line for one in held for line in one.get("budget", [])]
        weight = sum(float(one.get("weight", 1)) for one in held)
        assert set(row["ids"]) == mine
        assert (row["programs"], row["milestones"]) == (len(mine), len(held))
        assert row["direct"] == sum(goal in named for named in direct.values())
        assert row["weight"] == weight
        check_progress(raw, row, held, planned)
        assert row["budget"] == sum(int(line["amount"]) for line in lines)
        assert row["spent"] == sum(int(line.get("spent", 0)) for line in lines)
        assert row["worst"] == min((colours[name] for name in mine), key=RANK.index, default=None)
        if whole:
            assert row["weight_percent"] == pytest.approx(100 * weight / whole, abs=1e-3)
    assert set(goals) == {
        f"{one['id']}/{item['id']}" for one in raw["goals"] for item in one["items"]
    }
    check_programs(raw, report, direct, through)


def check_programs(
    raw: Raw, report: Report, direct: dict[str, set[str]], through: dict[str, set[str]]
) -> None:
    """The matrix: goals named plainly, in brackets those reached through others alone."""
    for row in rows(report, "programs"):
        name = row["id"]
        for group in raw["goals"]:
            items = [(f"{group['id']}/{item['id']}", str(item["id"])) for item in group["items"]]
            plain = [item for goal, item in items if goal in direct[name]]
            other = [item for goal, item in items if goal in through[name] - direct[name]]
            said = ([", ".join(plain)] if plain else []) + (
                [f"({', '.join(other)})"] if other else []
            )
            assert (row[f"goals_{group['id']}"] or "") == " ".join(said)
    served = {goal for named in (*direct.values(), *through.values()) for goal in named}
    unserved = {row["goal"] for row in rows(report, "unserved")}
    told = figures(report)
    assert not unserved & served
    assert told["goals_unserved"] == len(unserved)
    assert told["goals_served"] + told["goals_unserved"] == told["goals_in_plan"]
    assert told["goals_in_plan"] == sum(len(one["items"]) for one in raw["goals"])
    assert told["programs"] == len(raw["programs"])
    services = {
        (row["program"], row["goal"]): (row["direct"], set(row["through"]))
        for row in rows(report, "services")
    }
    assert services == {
        (name, goal): (
            goal in named,
            {other for other in named if other != goal and goal in reached(raw, other)},
        )
        for name, named in direct.items()
        for goal in named | through[name]
    }
    aimless = {row["id"] for row in rows(report, "aimless")}
    assert told["programs_aimless"] == len(aimless)
    assert aimless == {name for name, named in direct.items() if not named}


def test_shipped_plan() -> None:
    """The shipped plan's programmes serve what its files say, and three goals nobody does."""
    check(shipped(), shipped_material())
    unserved = [row["goal"] for row in rows(align.report(shipped_material()), "unserved")]
    assert unserved == ["asta-cita/1", "misi/2", "pn/1"]


@tried(max_examples=50)
@given(raw_plans())
def test_generated_plans(raw: Raw) -> None:
    """So do those of any plan, also where goals serve each other in a circle."""
    check(raw, made(raw))


def test_percentages_are_those_of_the_status() -> None:
    """What all programmes of a goal have reached is what `plan status` says of their milestones."""
    whole = shipped_material()
    for row in rows(align.report(whole), "goals"):
        mine = set(row["ids"])
        if mine:
            shown = whole.tracking.only(lambda one, mine=mine: one.program.id in mine)  # type: ignore[misc]
            found = shown.figures()
            assert row["planned_percent"] == pytest.approx(found.planned_percent, abs=1e-3)
            assert row["actual_percent"] == pytest.approx(found.actual_percent, abs=1e-3)


def test_part_of_the_plan() -> None:
    """Asked for a programme: the goals it serves; nobody's are still those of the whole plan."""
    whole = shipped_material()
    shown = whole.tracking.only(lambda one: one.program.id == "gertas")
    report = align.report(whole.narrowed(shown, chosen=frozenset({"gertas"})))
    assert [row["id"] for row in rows(report, "programs")] == ["gertas"]
    assert {row["goal"] for row in rows(report, "goals")} >= {"misi/4", "misi/7", "asta-cita/2"}
    assert all(row["programs"] == 1 for row in rows(report, "goals"))
    assert len(rows(report, "unserved")) == 3
