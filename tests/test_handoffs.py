"""Hand-offs: every link between two owners counted once more in the YAML, chains walked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

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
from tests.standing_plans import material, plan_of, program

from banyuasin_plan.reports import handoffs, schedule

if TYPE_CHECKING:
    from tests.alignment_plans import Raw

    from banyuasin_plan.reports import Material

Pair = tuple[str, str]


def link_of(written: str | Raw) -> tuple[str, str]:
    """What a link waits for, and its type."""
    if isinstance(written, dict):
        return written["id"], written.get("link", "FS")
    name, _, rest = written.partition(" ")
    return name.partition("+")[0], rest[:2] or "FS"


def finished(raw: Raw, one: Raw) -> date | None:
    """The day a milestone was done."""
    where = places(raw, one.get("districts"))
    days = [delivered(one, place) for place in where]
    last = max((on for on in days if on), default=None) if days and all(days) else None
    return day(one.get("finished")) or last


def began(raw: Raw, one: Raw) -> date | None:
    """The day a milestone began, as far as the generated and the shipped plan say it."""
    signs = [delivered(one, place) for place in places(raw, one.get("districts"))]
    signs += [day(one.get("finished"))]
    reported = day(one.get("reported")) if one.get("progress") or one.get("achieved") else None
    first = min((on for on in [*signs, reported] if on), default=None)
    return day(one.get("started")) or first


def expected(raw: Raw, found: Material) -> dict[Pair, tuple[str, int]]:
    """State and days late of every link between two owners, by both ends."""
    planned = {row["id"]: row for row in rows(schedule.report(found), "milestones")}
    every = {one["id"]: (of, one) for of, one in milestones(raw)}
    told = {}
    for of, one in every.values():
        for name, kind in map(link_of, one.get("after", [])):
            if name not in every:
                continue
            other_of, other = every[name]
            owners = one.get("owner", of["lead"]), other.get("owner", other_of["lead"])
            if owners[0] == owners[1]:
                continue
            if kind in {"SS", "SF"}:
                promise, met = day(planned[name]["start"]), began(raw, other)
            else:
                promise = day(other.get("due")) or day(planned[name]["finish"])
                met = finished(raw, other)
            gone = began(raw, one) if kind in {"FS", "SS"} else finished(raw, one)
            assert promise
            late = max((DAY - promise).days, 0)
            state = "met" if met else "ahead" if gone else "late" if late else "to_come"
            told[one["id"], name] = state, late if state == "late" else 0
    return told


def check(raw: Raw, found: Material) -> None:
    """Every row, the figures and who is most waited for, counted from the plan as written."""
    report = handoffs.report(found)
    told = [*rows(report, "handoffs"), *rows(report, "settled")]
    wanted = expected(raw, found)
    assert {(row["id"], row["needs"]): (row["state"], row["days_late"]) for row in told} == wanted
    states = [state for state, _ in wanted.values()]
    open_rows = rows(report, "handoffs")
    counted = figures(report)
    assert counted["handoffs"] == len(wanted)
    assert counted["handoffs_met"] == states.count("met")
    assert counted["handoffs_ahead"] == states.count("ahead")
    assert counted["handoffs_late"] == states.count("late")
    assert counted["handoffs_open"] == len(open_rows)
    assert counted["handoffs_agreed"] == sum(row["agreed"] is not None for row in open_rows)
    assert counted["handoffs_agreed"] + counted["handoffs_implied"] == len(open_rows)
    by_owner = {row["owner"]: row for row in rows(report, "owners")}
    for name, row in by_owner.items():
        mine = [one for one in open_rows if one["waits_for"] == name]
        assert row["waited_for"] == len(mine)
        assert row["waiting_owners"] == len({one["waiting"] for one in mine})
        assert row["waits"] == sum(one["waiting"] == name for one in open_rows)
    most = max((row["waited_for"] for row in by_owner.values()), default=0)
    if counted["most_waited_for"]:
        assert by_owner[counted["most_waited_for"]]["waited_for"] == most
    else:
        assert most == 0


def check_chains(raw: Raw, found: Material) -> None:
    """Every chain steps along links of the plan that are open, and goes through three owners."""
    owners = {one["id"]: one.get("owner", of["lead"]) for of, one in milestones(raw)}
    waits = {
        one["id"]: {name for name, _ in map(link_of, one.get("after", []))}
        for _, one in milestones(raw)
    }
    for row in rows(handoffs.report(found), "chains"):
        assert row["ids"][-1] == row["ends_with"]
        for before, after in zip(row["ids"], row["ids"][1:], strict=False):
            assert before in waits[after]
        assert row["agencies"] == len({owners[name] for name in row["ids"]}) >= 3
        walked = [owners[name] for name in row["ids"]]
        assert row["owners"] == [
            one for nth, one in enumerate(walked) if not nth or walked[nth - 1] != one
        ]


def test_shipped_plan() -> None:
    """The shipped plan's hand-offs are the links in its files."""
    check(shipped(), shipped_material())
    check_chains(shipped(), shipped_material())
    assert figures(handoffs.report(shipped_material()))["handoffs"] > 200


@tried(max_examples=60)
@given(raw_plans())
def test_generated_plans(raw: Raw) -> None:
    """So are those of any plan, whatever the types and lags of its links."""
    found = made(raw)
    check(raw, found)
    check_chains(raw, found)


@tried(max_examples=60)
@given(raw_plans())
def test_slack(raw: Raw) -> None:
    """Slack is the days that the plan's offices work between the hand-over and who waits for it."""
    found = made(raw)
    slots = {row["id"]: row for row in rows(schedule.report(found, "forecast"), "milestones")}
    events = {one["id"] for _, one in milestones(raw) if one["duration"] == "0"}
    lags = {
        (one["id"], link["id"]): link.get("lag", "0d")
        for _, one in milestones(raw)
        for link in one.get("after", [])
    }
    for row in rows(handoffs.report(found), "handoffs"):
        kind = row["link"][:2]
        ready = day(slots[row["needs"]]["start" if kind[0] == "S" else "finish"])
        needed = day(slots[row["id"]]["start" if kind[1] == "S" else "finish"])
        assert ready
        assert needed
        lag = lags[row["id"], row["needs"]]
        number = int(lag.removesuffix("cd").removesuffix("d"))
        if lag.endswith("cd"):
            ready, number = ready + timedelta(number), 0
        between = [ready + timedelta(nth + 1) for nth in range((needed - ready).days)]
        open_days = sum(
            found.schedule.calendars.plan.between(*[one.toordinal()] * 2) for one in between
        )
        begins = kind == "FS" and row["id"] not in events
        assert row["slack"] == max(open_days - number - begins, 0)


def chain() -> Material:
    """Three offices one behind the other, all of it still to come; a fourth waits for two."""
    plan = plan_of(
        program(
            "p", milestone("a", "5d", owner="dinkes"), milestone("b", "5d", "a", owner="setda")
        ),
        program(
            "q",
            milestone("c", "2d", after=[{"id": "b", "agreed": "2025-04-01"}], owner="inspektorat"),
            milestone("d", "1d", "c", "a", owner="inspektorat"),
        ),
    )
    return material(plan, "2025-04-10")


def test_a_chain_is_followed_by_what_comes_last() -> None:
    """Of two that are waited for, the chain goes through the one that is handed over last."""
    found = rows(handoffs.report(chain()), "chains")
    assert [(row["agencies"], row["ids"], row["path"]) for row in found] == [
        (3, ["a", "b", "c", "d"], "dinkes > setda > inspektorat")
    ]


def test_both_sides_of_one_owner() -> None:
    """What an owner owes and what it is owed, and nothing between others."""
    report = handoffs.report(chain(), "setda")
    assert [(row["waiting"], row["needs"]) for row in rows(report, "owes")] == [
        ("inspektorat", "b")
    ]
    assert [(row["waits_for"], row["id"]) for row in rows(report, "owed")] == [("dinkes", "b")]
    assert figures(report)["handoffs"] == 2
    assert [row["implied"] for row in rows(report, "owes")] == [False]


def test_filters() -> None:
    """Asked for a programme, what goes in and out of it is shown."""
    whole = chain()
    shown = whole.tracking.only(lambda one: one.program.id == "p")
    report = handoffs.report(whole.narrowed(shown, chosen=frozenset({"p"})))
    assert {(row["id"], row["needs"]) for row in rows(report, "handoffs")} == {
        ("b", "a"),
        ("c", "b"),
        ("d", "a"),
    }
