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
    finished,
    made,
    milestones,
    office_days,
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
        assert row["late"] == sum(one["state"] == "late" for one in mine)
        assert row["implied_links"] == sum(one["agreed"] is None for one in mine)
        assert row["least_slack"] == min((one["slack"] for one in mine), default=None)
    most = max((row["waited_for"] for row in by_owner.values()), default=0)
    if counted["most_waited_for"]:
        assert by_owner[counted["most_waited_for"]]["waited_for"] == most
    else:
        assert most == 0


def chains(raw: Raw, found: Material) -> set[tuple[str, ...]]:
    """Each milestone that nobody follows, walked back to what is handed over to it last."""
    slots = {row["id"]: row for row in rows(schedule.report(found, "forecast"), "milestones")}
    every = {one["id"]: (of, one) for of, one in milestones(raw)}
    last: dict[str, str] = {}
    for name, (_, one) in every.items():
        left = []
        for other, kind in map(link_of, one.get("after", [])):
            if other not in every:
                continue
            start_waited, start_waits = kind in {"SS", "SF"}, kind in {"FS", "SS"}
            given = every[other][1]
            met = began(raw, given) if start_waited else finished(raw, given)
            gone = began(raw, one) if start_waits else finished(raw, one)
            if not met and not gone:
                left.append((slots[other]["start" if start_waited else "finish"], other))
        if left:
            last[name] = max(left)[1]
    walked = set()
    for name in set(last) - set(last.values()):
        path = [name]
        while path[-1] in last:
            path.append(last[path[-1]])
        owners = {every[one][1].get("owner", every[one][0]["lead"]) for one in path}
        if len(owners) >= 3:
            walked.add(tuple(reversed(path)))
    return walked


def check_chains(raw: Raw, found: Material) -> None:
    """The chains are those walked by hand, with who does what in turn, most owners first."""
    owners = {one["id"]: one.get("owner", of["lead"]) for of, one in milestones(raw)}
    told = rows(handoffs.report(found), "chains")
    assert {tuple(row["ids"]) for row in told} == chains(raw, found)
    assert figures(handoffs.report(found))["chains"] == len(told)
    assert [row["agencies"] for row in told] == sorted(
        (row["agencies"] for row in told), reverse=True
    )
    for row in told:
        assert row["ids"][-1] == row["ends_with"]
        walked = [owners[name] for name in row["ids"]]
        assert row["agencies"] == len(set(walked))
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
        begins = kind == "FS" and row["id"] not in events
        assert row["slack"] == max(office_days(ready, needed) - number - begins, 0)


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
