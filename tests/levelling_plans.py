"""Random plans with owners and districts of some capacity, and a count of what they carry."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from tests.plans import milestone, plan_of

from banyuasin_plan.plan.model import owner_of
from banyuasin_plan.schedule import calendars_of

if TYPE_CHECKING:
    from tests.plans import Written

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule import Schedule

START = date(2025, 3, 3)
DURATIONS = ("0", "1d", "2d", "3d", "5d", "8d", "4cd", "10cd")
PLAIN = ("1d", "2d", "3d", "5d", "8d")
TYPES = ("FS", "FS", "FS", "SS", "FF", "SF")


def _day(number: int) -> str:
    return str(START + timedelta(number))


@st.composite
def written_plans(draw: st.DrawFn, *, exotic: bool = True) -> dict[str, Any]:
    """The parts of `plan_of`: up to 14 milestones, four owners, two districts.

    Not `exotic`: one calendar, links without surprises, no fixed starts.
    """
    count = draw(st.integers(2, 14))
    milestones = [_milestone(draw, number, exotic=exotic) for number in range(count)]
    owners: list[Written] = [
        {"id": f"o{number}", "capacity": draw(st.integers(0 if exotic else 1, 3))}
        for number in range(3)
    ]
    owners.append({"id": "free"})
    if exotic and draw(st.booleans()):
        owners[0]["calendar"] = {
            "closed": [{"from": _day(9), "to": _day(draw(st.integers(9, 12)))}],
            "open": [{"from": _day(5), "to": _day(6)}],
        }
    districts: list[Written] = [
        {"id": f"d{number}", "capacity": draw(st.integers(1, 3))} for number in range(2)
    ]
    return {"milestones": milestones, "owners": owners, "districts": districts}


def built(written: dict[str, Any]) -> Plan:
    """The plan that these parts make."""
    return plan_of(*written["milestones"], owners=written["owners"], districts=written["districts"])


def _milestone(draw: st.DrawFn, number: int, *, exotic: bool) -> Written:
    rest: Written = {}
    owner = draw(st.sampled_from(("o0", "o0", "o1", "o2", "free", "d0")))
    rest["owner"] = owner
    rest["load"] = draw(st.sampled_from((1, 1, 1, 2, 3, 0)))
    after: list[str] = []
    for other in range(number):
        if draw(st.integers(0, 5)) == 0:
            kind = draw(st.sampled_from(TYPES)) if exotic else "FS"
            lag = draw(st.sampled_from(("", "", "+2d", "-1d", "+3cd"))) if exotic else ""
            after.append(f"m{other} {kind}{lag}")
    chance = draw(st.integers(0, 9))
    if chance == 0 and exotic:
        rest["start"] = _day(draw(st.integers(0, 20)))
    elif chance == 1:
        rest["not_before"] = _day(draw(st.integers(0, 20)))
    elif chance in {2, 3}:
        rest["due"] = _day(draw(st.integers(0, 30)))
    if draw(st.integers(0, 3)) == 0:
        rest["districts"] = draw(st.sampled_from(("all", ["d0"], ["d1"])))
    duration = draw(st.sampled_from(DURATIONS if exotic else PLAIN))
    return milestone(f"m{number}", duration, *after, **rest)


def carried(plan: Plan, schedule: Schedule) -> dict[tuple[str, date], dict[str, int]]:
    """What each owner with a capacity, districts among them, carries on each day, by milestone."""
    capacity = {one.id for one in plan.everybody() if one.capacity is not None}
    found: dict[tuple[str, date], dict[str, int]] = {}
    calendars = calendars_of(plan)
    for program in plan.programs:
        for one in program.milestones:
            slot = schedule.slots[one.id]
            if slot.event or not one.load:
                continue
            owner = owner_of(one, program) or ""
            for number in range(slot.start.toordinal(), slot.finish.toordinal() + 1):
                if owner in capacity and calendars.of(owner).works(number):
                    day = date.fromordinal(number)
                    found.setdefault((owner, day), {})[one.id] = one.load
    return found


def psplib_plan(case: dict[str, Any]) -> Plan:
    """A plan of the bench data: owners by task, links without lags, every day worked."""
    after: dict[str, list[str]] = {}
    for first, then in case["links"]:
        after.setdefault(then, []).append(first.lower())
    milestones = []
    for task in case["tasks"]:
        owner = {"owner": task["owner"].lower()} if task["owner"] else {}
        links = after.get(task["id"], [])
        milestones.append(milestone(task["id"].lower(), f"{task['days']}d", *links, **owner))
    return plan_of(
        *milestones,
        owners=[{"id": name.lower(), "capacity": room} for name, room in case["owners"].items()],
        calendar={"holidays": "none", "week": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
    )
