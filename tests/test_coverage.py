"""Coverage: every figure counted once more in the YAML, district by district."""

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
    made,
    milestones,
    places,
    raw_plans,
    rows,
    shipped,
    shipped_material,
)
from tests.plans import milestone
from tests.standing_plans import material, plan_of
from tests.standing_plans import program as programme

from banyuasin_plan.reports import coverage, schedule

if TYPE_CHECKING:
    from datetime import date

    from tests.alignment_plans import Raw

    from banyuasin_plan.reports import Material


def applies(raw: Raw, program: Raw, place: str) -> bool:
    """Whether a programme or any milestone of it names the district, or its camat."""
    held = [one for _, one in mine(raw, program)]
    named = [program.get("districts"), *(one.get("districts") for one in held)]
    return any(place in places(raw, written) for written in named) or place in {
        one.get("owner", program.get("lead")) for one in held
    }


def mine(raw: Raw, program: Raw) -> list[tuple[Raw, Raw]]:
    """The milestones of one programme."""
    return [pair for pair in milestones(raw) if pair[0]["id"] == program["id"]]


def asked(raw: Raw, place: str) -> list[tuple[Raw, Raw, date | None]]:
    """What is asked of a district: programme, milestone, and the day it was done there."""
    found = []
    for program, one in milestones(raw):
        where = places(raw, one.get("districts"))
        owner = one.get("owner") or program.get("lead")
        if place in where:
            found.append((program, one, delivered(one, place) or day(one.get("finished"))))
        elif owner == place:
            days = [delivered(one, each) for each in where]
            last = max((on for on in days if on), default=None) if days and all(days) else None
            found.append((program, one, day(one.get("finished")) or last))
    return found


def check(raw: Raw, found: Material) -> None:
    """Every row of both tables, and the figures, counted from the plan as written."""
    report = coverage.report(found)
    planned = {row["id"]: day(row["finish"]) for row in rows(schedule.report(found), "milestones")}
    coming = {
        row["id"]: day(row["finish"])
        for row in rows(schedule.report(found, "forecast"), "milestones")
    }
    by_district = {row["district"]: row for row in rows(report, "districts")}
    total = {"asked": 0, "delivered": 0, "late": 0}
    for place, row in by_district.items():
        held = asked(raw, place)
        left = [(one, day(one.get("due")) or planned[one["id"]]) for _, one, on in held if not on]
        late = [due for _, due in left if due and due < DAY]
        assert row["programs"] == sum(applies(raw, one, place) for one in raw["programs"])
        assert row["asked"] == len(held)
        assert row["delivered"] == len(held) - len(left)
        assert row["late"] == len(late)
        assert row["to_come"] == len(left) - len(late)
        assert row["planned"] == len({program["id"] for program, _, _ in held})
        assert row["reached"] == len({program["id"] for program, _, on in held if on})
        assert row["days_late"] == max(((DAY - due).days for due in late), default=0)
        assert day(row["waiting_since"]) == min(late, default=None)
        assert day(row["next_due"]) == min((due for _, due in left if due), default=None)
        total = {key: total[key] + row[key] for key in total}
        days = [on for _, _, on in held if on]
        assert day(row["first_delivery"]) == min(days, default=None)
        assert day(row["last_delivery"]) == max(days, default=None)
        assert row["days_since"] == ((DAY - max(days)).days if days else None)
        assert day(row["last_due"]) == max((due for _, due in left if due), default=None)
        ends = [end for one, _ in left if (end := coming[one["id"]])]
        assert day(row["forecast_finish"]) == max(ends, default=None)
    assert set(by_district) == {one["id"] for one in raw["districts"]}
    told = figures(report)
    assert [told[key] for key in ("deliveries", "delivered", "deliveries_late")] == [
        *total.values()
    ]
    assert told["to_come"] == total["asked"] - total["delivered"] - total["late"]
    assert told["districts"] == len(by_district)
    assert told["districts_reached"] == sum(row["delivered"] > 0 for row in by_district.values())
    assert told["districts_late"] == sum(row["late"] > 0 for row in by_district.values())
    for figure, column in (
        ("deliveries_last_due", "last_due"),
        ("forecast_finish", "forecast_finish"),
    ):
        ends = [row[column] for row in by_district.values() if row[column]]
        assert told[figure] == max(ends, default=None)
    check_programs(raw, rows(report, "programs"))


def check_programs(raw: Raw, found: list[Raw]) -> None:
    """A row for every programme that applies anywhere, reached and never reached counted."""
    every = [one["id"] for one in raw["districts"]]
    wanted = {
        one["id"]: [place for place in every if applies(raw, one, place)] for one in raw["programs"]
    }
    assert {row["id"] for row in found} == {name for name, where in wanted.items() if where}
    for row in found:
        where = wanted[row["id"]]
        held = {
            place: [on for program, _, on in asked(raw, place) if program["id"] == row["id"]]
            for place in where
        }
        assert row["applies"] == len(where)
        assert row["reached"] == sum(any(days) for days in held.values())
        assert row["complete"] == sum(bool(days) and all(days) for days in held.values())
        assert row["unplanned_ids"] == sorted(place for place, days in held.items() if not days)
        assert row["unplanned"] == len(row["unplanned_ids"])
        assert row["planned"] == len(where) - row["unplanned"]
        every_day = [on for days in held.values() for on in days]
        assert row["asked"] == len(every_day)
        assert row["delivered"] == sum(on is not None for on in every_day)
        assert row["late"] + row["to_come"] == row["asked"] - row["delivered"]


def test_shipped_plan() -> None:
    """The shipped plan's districts and programmes are what its files say."""
    check(shipped(), shipped_material())


@tried(max_examples=40)
@given(raw_plans())
def test_generated_plans(raw: Raw) -> None:
    """So are those of any plan; a camat who answers for a milestone is asked for it."""
    check(raw, made(raw))


def test_order_of_districts() -> None:
    """The longest overdue come first, then those that have waited longest for a delivery."""
    found = rows(coverage.report(shipped_material()), "districts")
    late = [row["days_late"] for row in found]
    assert late == sorted(late, reverse=True)
    rest = [row["days_since"] for row in found if not row["days_late"]]
    assert rest == sorted(rest, reverse=True)
    assert len(rest) > 5


@pytest.mark.parametrize("place", ["betung", "air-salek"])
def test_the_list_of_one_camat(place: str) -> None:
    """Asked for a district, the report holds every delivery there, and the district alone."""
    whole = shipped_material()
    shown = whole.tracking.only(lambda one: place in one.case.places or one.case.owner == place)
    report = coverage.report(whole.narrowed(shown, frozenset({place})))
    held = asked(shipped(), place)
    listed = rows(report, "deliveries")
    assert [row["district"] for row in rows(report, "districts")] == [place]
    assert {row["id"] for row in listed} == {one["id"] for _, one, _ in held}
    assert {row["id"]: day(row["on"]) for row in listed} == {one["id"]: on for _, one, on in held}
    assert [row["state"] for row in listed].count("late") == figures(report)["deliveries_late"]
    # a programme that applies here and asks for nothing is named all the same
    assert {row["id"] for row in rows(report, "programs")} == {
        one["id"] for one in shipped()["programs"] if applies(shipped(), one, place)
    }


def test_programmes_asked_for() -> None:
    """Asked for a programme, only its deliveries count, in every district where it applies."""
    whole = shipped_material()
    shown = whole.tracking.only(lambda one: one.program.id == "gertas")
    report = coverage.report(whole.narrowed(shown, chosen=frozenset({"gertas"})))
    assert [row["id"] for row in rows(report, "programs")] == ["gertas"]
    assert figures(report)["deliveries"] == 21 + 10 + 11
    assert rows(report, "deliveries") == []
    assert len(rows(report, "districts")) == 21


def test_due_today_is_not_late() -> None:
    """What is due on the data date is still to come; the day after it is late by one."""
    one = milestone("a", "1d", due="2025-04-10", districts=["betung"])
    plan = plan_of(programme("p", one, districts=["betung"]))
    found = {
        on: rows(coverage.report(material(plan, on)), "districts")[0]
        for on in ("2025-04-10", "2025-04-11")
    }
    assert [row["late"] for row in found.values()] == [0, 1]
    assert [row["to_come"] for row in found.values()] == [1, 0]
    assert {row["days_late"] for row in found.values()} == {0, 1}


@pytest.mark.parametrize("place", ["betung", "air-salek"])
def test_what_is_left_and_what_is_done_stand_apart(place: str) -> None:
    """Of one camat both tables together hold every delivery once, the late ones first."""
    whole = shipped_material()
    shown = whole.tracking.only(lambda one: place in one.case.places or one.case.owner == place)
    report = coverage.report(whole.narrowed(shown, frozenset({place})))
    every, left, done = (rows(report, name) for name in ("deliveries", "left", "done"))
    assert [one["id"] for one in left] == [one["id"] for one in every if one["on"] is None]
    assert [one["id"] for one in done] == [one["id"] for one in every if one["on"] is not None]
    assert left
    assert done
    assert "district" not in left[0]
