"""What stands beside the load by week, counted once more from the YAML and the dates in JSON."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

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

from banyuasin_plan.reports import load, schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.alignment_plans import Raw

    from banyuasin_plan.reports import Material

MONDAY = date(2025, 2, 17)
"""Of week 1 in all of these plans."""


def finished(raw: Raw, one: Raw) -> date | None:
    """The day a milestone was done: all of it, or in the last of its districts."""
    days = [delivered(one, place) for place in places(raw, one.get("districts"))]
    last = max((on for on in days if on), default=None) if days and all(days) else None
    return day(one.get("finished")) or last


def works(found: Material, who: str, on: date) -> bool:
    """Whether an owner works on a day; the calendars have their own tests."""
    return found.schedule.calendars.of(who).works(on.toordinal())


def carried(raw: Raw, found: Material) -> dict[str, dict[date, list[tuple[str, str, int]]]]:
    """Programme, milestone and load by owner and day, from the data date on."""
    slots = {row["id"]: row for row in rows(schedule.report(found, "forecast"), "milestones")}
    told: dict[str, dict[date, list[tuple[str, str, int]]]] = {}
    for of, one in milestones(raw):
        slot = slots[one["id"]]
        # An event takes no time; the schedule's own days tell a left out duration.
        if finished(raw, one) or not slot["duration"]:
            continue
        for who, load_of in demands(raw, of, one):
            for on in days_of(slot):
                if works(found, who, on):
                    told.setdefault(who, {}).setdefault(on, []).append(
                        (of["id"], one["id"], load_of)
                    )
    return told


def demands(raw: Raw, of: Raw, one: Raw) -> Iterator[tuple[str, int]]:
    """Who carries how much: the owner the load, each district without a delivery one unit."""
    asked = {place: 1 for place in places(raw, one.get("districts")) if not delivered(one, place)}
    owner, own = one.get("owner", of.get("lead")), int(one.get("load", 1))
    if owner:
        asked[owner] = max(own, asked.get(owner, 0))
    yield from ((who, load_of) for who, load_of in asked.items() if load_of)


def days_of(slot: Raw) -> Iterator[date]:
    """The days of the forecast that are still to come."""
    first, last = day(slot["start"]), day(slot["finish"])
    assert first
    assert last
    first = max(first, DAY)
    return (first + timedelta(nth) for nth in range((last - first).days + 1))


def week_of(on: date) -> int:
    """The week a day lies in, the first being that of day 1."""
    return (on - MONDAY).days // 7 + 1


def check_visits(raw: Raw, found: Material) -> None:
    """One row for every camat whom several programmes ask in any week, and no other."""
    told = carried(raw, found)
    report = load.report(found)
    by_week = {(row["district"], row["week"]): row for row in rows(report, "camat_weeks")}
    wanted: dict[tuple[str, int], dict[date, list[tuple[str, str, int]]]] = {}
    for place in raw["districts"]:
        for on, asked in told.get(place["id"], {}).items():
            wanted.setdefault((place["id"], week_of(on)), {})[on] = asked
    several = {
        key: days
        for key, days in wanted.items()
        if len({program for asked in days.values() for program, _, _ in asked}) > 1
    }
    assert set(by_week) == set(several)
    best: dict[tuple[str, int], list[date]] = {}
    sizes: dict[tuple[str, date], int] = {}
    for key, days in several.items():
        row = by_week[key]
        every = [one for asked in days.values() for one in asked]
        assert set(row["programs"]) == {program for program, _, _ in every}
        assert set(row["milestones"]) == {name for _, name, _ in every}
        assert row["peak"] == max(sum(one[2] for one in asked) for asked in days.values())
        at_once = {on: {program for program, _, _ in asked} for on, asked in days.items()}
        most = max(len(programs) for programs in at_once.values())
        best[key] = [on for on, programs in at_once.items() if 4 * len(programs) >= 3 * most]
        visit = day(row["visit_on"])
        assert visit in best[key]
        assert set(row["together"]) == at_once[visit]
        sizes |= {(key[0], on): len(programs) for on, programs in at_once.items()}
    check_spread(raw, best, sizes, by_week)
    check_proposals(report, several)


def check_spread(
    raw: Raw,
    best: dict[tuple[str, int], list[date]],
    sizes: dict[tuple[str, date], int],
    told: dict[tuple[str, int], Raw],
) -> None:
    """In the plan's order each camat has the good day that fewest had before it.

    Of those the one with most programmes, then the first.
    """
    taken: Counter[date] = Counter()
    order = [one["id"] for one in raw["districts"]]
    for place, week in sorted(best, key=lambda key: (order.index(key[0]), key[1])):
        _, _, least = min((taken[on], -sizes[place, on], on) for on in best[place, week])
        assert day(told[place, week]["visit_on"]) == least
        taken[least] += 1


def check_proposals(report: Any, several: dict[tuple[str, int], Any]) -> None:
    """A camat's one finding is its week with most programmes, then most at once, then the first."""
    weeks: dict[str, list[Raw]] = {}
    for row in rows(report, "camat_weeks"):
        weeks.setdefault(row["district"], []).append(row)
    found = {row["district"]: row for row in rows(report, "visits")}
    assert figures(report)["camat_asked_by_several"] == len(found) == len(weeks)
    assert set(found) == {place for place, _ in several}
    for place, mine in weeks.items():
        best = min(
            mine, key=lambda row: (-len(row["programs"]), -len(row["together"]), row["week"])
        )
        row = found[place]
        assert (row["week"], row["programs"]) == (best["week"], len(best["programs"]))
        assert (row["visit_on"], row["together"]) == (best["visit_on"], best["together"])
        assert row["weeks"] == len(mine)


def check_capacity(raw: Raw, found: Material) -> None:
    """Load and capacity of every office over all weeks shown, in days that it works."""
    report = load.report(found)
    told = carried(raw, found)
    capacities = {one["id"]: one.get("capacity") for one in raw["owners"]}
    weeks = rows(report, "load")
    if not weeks:
        return
    last = max(day(row["to"]) or DAY for row in weeks)
    first = max(DAY, min(day(row["from"]) or DAY for row in weeks))
    every = [first + timedelta(nth) for nth in range((last - first).days + 1)]
    found_rows = {row["owner"]: row for row in rows(report, "capacity")}
    assert set(found_rows) == {who for who in told if who in capacities}
    for who, row in found_rows.items():
        days = [on for on in every if works(found, who, on)]
        loads = {on: sum(one[2] for one in told[who].get(on, ())) for on in days}
        capacity = capacities[who]
        room = None if capacity is None else int(capacity) * len(days)
        assert row["days"] == len(days)
        assert row["load_days"] == sum(loads.values())
        assert row["capacity_days"] == room
        assert row["used_percent"] == (
            pytest.approx(100 * sum(loads.values()) / room, abs=1e-4) if room else None
        )
        assert row["peak"] == max(loads.values())
        over = [on for on in days if capacity is not None and loads[on] > int(capacity)]
        assert row["overload_days"] == len(over)
        busy = {week_of(on) for on, load_of in loads.items() if load_of}
        assert row["idle_weeks"] == len({row["week"] for row in weeks}) - len(busy)


def check_idle(raw: Raw, found: Material) -> None:
    """Agencies and camat with nothing of their own that is not done."""
    agencies = [one["id"] for one in raw["owners"] if one.get("kind", "agency") == "agency"]
    counted = {who: [0, 0] for who in (*agencies, *(one["id"] for one in raw["districts"]))}
    helped: Counter[str] = Counter()
    for of, one in milestones(raw):
        where, owner = places(raw, one.get("districts")), one.get("owner", of.get("lead"))
        done = finished(raw, one)
        for who in {*where, owner} & set(counted):
            counted[who][0] += 1
            counted[who][1] += bool(done or (who in where and delivered(one, who)))
        if not done:
            helped.update({*one.get("support", ()), *of.get("support", ())})
            helped.update([of["verifier"]] if of.get("verifier") else [])
    report = load.report(found)
    idle = {row["owner"]: row for row in rows(report, "idle")}
    assert {who for who, (all_of, done) in counted.items() if all_of == done} == set(idle)
    assert figures(report)["idle"] == len(idle)
    for who, row in idle.items():
        assert [row["milestones"], row["done"]] == counted[who]
        assert row["supports"] + row["verifies"] == helped[who]


def test_shipped_plan() -> None:
    """Every figure of the shipped plan is counted from its files."""
    raw, found = shipped(), shipped_material()
    check_visits(raw, found)
    check_capacity(raw, found)
    check_idle(raw, found)
    assert len(rows(load.report(found), "visits")) == 21


@tried(max_examples=40)
@given(raw_plans())
def test_generated_plans(raw: Raw) -> None:
    """So are those of any plan."""
    for number, owner in enumerate(raw["owners"]):
        if number % 2:
            owner["capacity"] = number
    found = made(raw)
    check_visits(raw, found)
    check_capacity(raw, found)
    check_idle(raw, found)


def test_a_camat_has_the_same_day_by_itself() -> None:
    """Asked for one camat alone, its day is the one it has among all."""
    found = shipped_material()
    every = {row["district"]: row for row in rows(load.report(found), "visits")}
    for name in ("sembawa", "betung"):
        asked = found.narrowed(found.tracking, frozenset({name}))
        assert rows(load.report(asked), "visits") == [every[name]]
