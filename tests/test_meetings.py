"""The agenda: every matter found once more in the YAML, every saving by `plan whatif`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from tests.alignment_plans import (
    DAY,
    OWNERS,
    PLACES,
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

from banyuasin_plan.alignment.meetings import MOST_OFFICES
from banyuasin_plan.plan.fields import Duration
from banyuasin_plan.plan.supposing import Supposition, read_supposition
from banyuasin_plan.reports import handoffs, load, meetings, schedule, whatif
from banyuasin_plan.schedule.delaying import Delays
from banyuasin_plan.schedule.supposed import supposed

if TYPE_CHECKING:
    from tests.alignment_plans import Raw

    from banyuasin_plan.report import Report
    from banyuasin_plan.reports import Material

LAST = DAY + timedelta(7)
"""The last day looked at, where nothing else is asked for."""


@st.composite
def blocked_plans(draw: st.DrawFn) -> Raw:
    """A generated plan with blockers, somebody above everybody, and some who carry little."""
    raw = draw(raw_plans())
    for owner in raw["owners"]:
        if draw(st.booleans()):
            owner["reports_to"] = draw(st.sampled_from(OWNERS))
        if draw(st.integers(0, 4)) == 0:
            owner["capacity"] = draw(st.integers(1, 2))
    for place in raw["districts"]:
        if draw(st.booleans()):
            place["capacity"] = 1
    for of in raw["programs"]:
        for one in of["milestones"]:
            if draw(st.integers(0, 2)) == 0:
                one["blockers"] = [_blocker(draw)]
    return raw


def _blocker(draw: st.DrawFn) -> Raw:
    found: Raw = {"since": DAY - timedelta(draw(st.integers(0, 20))), "what": "terhambat"}
    for key, value in (
        ("need", st.just("keputusan")),
        ("decide_by", st.integers(-9, 15).map(lambda days: DAY + timedelta(days))),
        ("owner", st.sampled_from(OWNERS)),
        ("district", st.sampled_from(PLACES)),
        ("closed", st.just(DAY)),
    ):
        if draw(st.integers(0, 2 if key == "closed" else 1)) == 0:
            found[key] = draw(value)
    return found


def finished(raw: Raw, one: Raw) -> date | None:
    """The day a milestone was done."""
    days = [delivered(one, place) for place in places(raw, one.get("districts"))]
    last = max((on for on in days if on), default=None) if days and all(days) else None
    return day(one.get("finished")) or last


def handed_over(raw: Raw, found: Material) -> dict[str, set[str]]:
    """Work that is waited for and can't wait: who waits for it, by the rules of the docs."""
    dues = {one["id"]: day(one.get("due")) for _, one in milestones(raw)}
    slots = {row["id"]: row for row in rows(schedule.report(found, "forecast"), "milestones")}
    told: dict[str, set[str]] = {}
    for row in rows(handoffs.report(found), "handoffs"):
        promised, forecast = day(row["promised_on"]), day(row["forecast_finish"])
        assert promised
        assert forecast
        finish, driver = day(slots[row["id"]]["finish"]), slots[row["id"]]["driver"]
        due = dues[row["id"]]
        late = promised < DAY
        will_be = (
            dues[row["needs"]] is not None
            and row["link"][0] == "F"
            and forecast > promised
            and row["slack"] == 0
        )
        open_question = promised <= LAST and row["critical"] and row["agreed"] is None
        slips = due and finish and finish > due and driver["id"] == row["needs"]
        slips = slips and driver["kind"] == "link"
        if late or will_be or open_question or slips:
            told.setdefault(row["needs"], set()).add(row["id"])
    return told


def blocked(raw: Raw) -> list[tuple[str, date | None, tuple[str, ...]]]:
    """Open blockers of open milestones that their office can't clear alone, due in these days."""
    told = []
    for of, one in milestones(raw):
        for each in one.get("blockers", ()) if not finished(raw, one) else ():
            by = day(each.get("decide_by"))
            names = (one.get("owner", of.get("lead")), each.get("owner"), each.get("district"))
            who = tuple(dict.fromkeys(name for name in names if name))
            closed = day(each.get("closed"))
            known = closed is None or closed > DAY
            alone = len(who) == 1 and each.get("owner")
            if known and not alone and (by is None or by <= LAST):
                told.append((one["id"], by, who))
    return sorted(told, key=str)


def check_points(raw: Raw, found: Material) -> None:
    """The points of all meetings are the matters of the plan, each once."""
    report = whole(found)
    points = rows(report, "points")
    mine = [row for row in points if row["kind"] == "handoff"]
    assert len({row["id"] for row in mine}) == len(mine)
    assert {row["id"]: set(row["about"][1:]) for row in mine} == handed_over(raw, found)
    told = [
        (row["id"], day(row["decide_by"]), (row["owner"], *row["others"]))
        for row in points
        if row["kind"] == "blocker"
    ]
    # An owner may be nobody; then who is asked stands first.
    assert sorted(told, key=str) == blocked(raw)
    orders = {row["id"] for row in points if row["kind"] == "order"}
    open_orders = {
        one["id"]: one
        for one in raw["decisions"]
        if not one.get("done") and one.get("due") and one["due"] <= LAST
    }
    late = {name for name, one in open_orders.items() if one["due"] < DAY}
    assert late <= orders <= set(open_orders)
    seats = {
        who
        for row in rows(report, "meetings")
        for who in row["offices"]
        if not visits(row) and row["about"]
    }
    assert {name for name, one in open_orders.items() if one["owner"] in seats} <= orders
    assert sum(row["kind"] == "visits" for row in points) == bool(crowded(raw, found))


def crowded(raw: Raw, found: Material) -> set[str]:
    """Camat who are asked for more than they can do by several programmes, from tomorrow on."""
    capacities = {one["id"]: one.get("capacity") for one in raw["districts"]}
    return {
        row["district"]
        for row in rows(load.report(found), "camat_weeks")
        for on in [day(row["visit_on"])]
        if on and DAY < on <= LAST
        if capacities[row["district"]] is not None
        if row["peak"] > int(capacities[row["district"]])
    }


def visits(row: Raw) -> bool:
    """Whether a meeting is about visits."""
    return bool(row["camat"])


def whole(found: Material, **options: Any) -> Report:
    """The report with every meeting on it, however many there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meetings, "MOST", 10_000)
        return meetings.report(found, **options)


def check_savings(found: Material) -> None:
    """What each meeting saves, moves and misses is what `plan whatif` says of the same."""
    report = whole(found)
    told = rows(report, "meetings")
    for row in told:
        wanted = [read for text in row["supposed"] if (read := read_supposition(text))]
        assert len(wanted) == len(row["supposed"])
        if any(point["kind"] == "capacity" for point in points_of(report, row)):
            continue
        asked = figures(whatif.report(found, wanted, "forecast"))
        moved = rows(whatif.report(found, wanted, "forecast"), "moved")
        assert row["days_saved"] == asked["days_moved"]
        assert (row["finish"], row["finish_if_left"]) == (asked["finish"], asked["new_finish"])
        assert set(row["moved"]) == {one["id"] for one in moved if moves(one)}
        assert set(row["past_due"]) == {one["id"] for one in moved if one["past_due"]}
        assert set(row["past_day_100"]) == {one["id"] for one in moved if one["past_day_100"]}
    keys = [
        (-row["days_saved"], -len(row["past_day_100"]), -len(row["past_due"]), -len(row["moved"]))
        for row in told
    ]
    assert keys == sorted(keys)
    assert [row["number"] for row in told] == [*range(1, len(told) + 1)]


def moves(row: Raw) -> bool:
    """Whether a row of `plan whatif` has other dates."""
    return (row["start"], row["finish"]) != (row["new_start"], row["new_finish"])


def points_of(report: Report, row: Raw) -> list[Raw]:
    """The points of one meeting."""
    return [one for one in rows(report, "points") if one["number"] == row["number"]]


def check_seats(raw: Raw, found: Material) -> None:
    """Who sits where: all that a point needs, few, under somebody who stands above them."""
    report = whole(found)
    above = {one["id"]: one.get("reports_to") for one in raw["owners"]}
    sits: dict[str, set[str]] = {}
    for row in rows(report, "meetings"):
        mine = points_of(report, row)
        needed = [
            {one["owner"], *one["others"]} - {None}
            for one in mine
            if one["kind"] not in {"order", "visits"}
        ]
        if needed:
            assert set(row["offices"]) == set().union(*needed)
            assert len(row["offices"]) <= max(MOST_OFFICES, *map(len, needed))
        if row["chair"]:
            for who in row["offices"]:
                if above.get(who):
                    assert row["chair"] in ladder(who, above)
        for who in {*row["offices"], row["chair"]} - {None}:
            sits.setdefault(who, set()).add(str(row["number"]))
    invited = rows(report, "invited")
    assert {row["owner"]: set(row["meetings"]) for row in invited} == sits


def ladder(who: str, above: dict[str, str | None]) -> list[str]:
    """Somebody and whoever stands above."""
    found = [who]
    while (boss := above.get(found[-1])) and boss not in found:
        found.append(boss)
    return found


def test_shipped_plan() -> None:
    """Matters, savings and seats of the shipped plan, counted from its files."""
    raw, found = shipped(), shipped_material()
    check_points(raw, found)
    check_savings(found)
    check_seats(raw, found)
    assert 5 <= figures(meetings.report(found))["meetings"] <= meetings.MOST


@tried(max_examples=40)
@given(blocked_plans())
def test_generated_plans(raw: Raw) -> None:
    """So are those of any plan."""
    found = made(raw)
    check_points(raw, found)
    check_savings(found)
    check_seats(raw, found)


@tried(max_examples=40)
@given(blocked_plans(), st.data())
def test_asking_again_is_scheduling_again(raw: Raw, data: st.DataObject) -> None:
    """What comes later moves the same milestones whether all is scheduled or what follows only."""
    found = made(raw)
    open_ones = [
        one["id"]
        for _, one in milestones(raw)
        if not finished(raw, one) and one["id"] in found.forecast.slots
    ]
    if not open_ones:
        return
    names = sorted(data.draw(st.sets(st.sampled_from(open_ones), min_size=1)))
    days = data.draw(st.integers(0, 9))
    told = Delays(found.plan, found.forecast).later(names, days)
    wanted = [Supposition("later", name, Duration(days)) for name in names]
    after = supposed(found.plan, wanted, found.forecast)
    before = found.forecast.slots
    assert dict(told.slots) == {
        name: (slot.start, slot.finish)
        for name, slot in after.slots.items()
        if (slot.start, slot.finish) != (before[name].start, before[name].finish)
    }
    assert told.finish == after.finish


@tried(max_examples=40)
@given(blocked_plans(), st.data())
def test_what_is_delayed_is_later_by_that(raw: Raw, data: st.DataObject) -> None:
    """Begins (under way or an event: ends) so many days later at least, in any order asked."""
    found = made(raw)
    before = found.forecast.slots
    owners = {
        one["id"]: one.get("owner", of.get("lead"))
        for of, one in milestones(raw)
        if not finished(raw, one) and one["id"] in before
    }
    delays = st.builds(Duration, st.integers(0, 9), st.booleans())
    wanted = [
        Supposition("later", name, data.draw(delays))
        for name in sorted(data.draw(st.sets(st.sampled_from(sorted(owners) or [""]))) - {""})
    ]
    after = supposed(found.plan, wanted, found.forecast).slots
    assert after == supposed(found.plan, wanted[::-1], found.forecast).slots
    for _, name, by in wanted:
        assert isinstance(by, Duration)
        old, new = before[name], after[name]
        ends = old.event or old.driver.detail == "running"
        first, last = (one.finish if ends else one.start for one in (old, new))
        office = found.forecast.calendars.of(owners[name])
        worked = office.between(first.toordinal() + ends, last.toordinal() - (not ends))
        assert ((last - first).days if by.calendar else worked) >= by.days
