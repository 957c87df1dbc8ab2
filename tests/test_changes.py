"""What changed between two states of a plan: every kind, and what moved a date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans import Written, milestone, plan_of, scheduled

from banyuasin_plan.plan.known import known_on
from banyuasin_plan.tracking import track
from banyuasin_plan.tracking.changes import Changes, changes_between
from banyuasin_plan.tracking.moves import Side

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan

MONDAY = date(2025, 3, 3)


def side(plan: Plan, day: date = MONDAY) -> Side:
    """A plan on a day."""
    known = known_on(plan, day)
    forecast = scheduled(known, day)
    return Side(known, forecast, track(known, scheduled(known), forecast, day))


def changed(old: list[Written], new: list[Written], day: date = MONDAY, **head: Any) -> Changes:
    """What changed between two lists of milestones on one day; `head` is the new plan's."""
    return changes_between(side(plan_of(*old), day), side(plan_of(*new, **head), day))


def causes(changes: Changes) -> dict[str, str]:
    """What moved each milestone, as `link a from b`."""
    found = {}
    for one in changes.moves:
        name = one.pair.new.milestone.id
        via = f" {one.cause.id}" if one.cause.id else ""
        root = f" from {one.root}" if one.root not in {name, one.cause.id} else ""
        found[name] = f"{one.cause.kind}{via}{root}"
    return found


CHAIN = [
    milestone("a", "5d"),
    milestone("b", "5d", "a"),
    milestone("c", "5d", "b"),
    milestone("d", "5d"),
]


def but(name: str, **keys: Any) -> list[Written]:
    """The chain with one milestone written otherwise; None takes a key out."""
    return [
        {key: value for key, value in {**one, **keys}.items() if value is not None}
        if one["id"] == name
        else one
        for one in CHAIN
    ]


def test_nothing() -> None:
    """A plan against itself: no change of any kind."""
    assert not changed(CHAIN, CHAIN)


CAUSES = {
    "a longer duration": (
        but("a", duration="8d"),
        {"a": "own", "b": "link a", "c": "link b from a"},
    ),
    "an earliest date": (
        but("b", not_before="2025-03-20"),
        {"b": "own", "c": "link b"},
    ),
    "a fixed start": (but("d", start="2025-03-10"), {"d": "own"}),
    "a link that came": (but("d", after=["a"]), {"d": "link a"}),
    "a link that went": (but("b", after=None), {"b": "link a", "c": "link b"}),
    "another lag": (but("c", after=["b+2d"]), {"c": "link b"}),
    "what was reported": (
        but("a", started="2025-03-03", progress="60", reported="2025-03-03"),
        {"a": "report", "b": "link a", "c": "link b from a"},
    ),
}


@pytest.mark.parametrize("case", CAUSES)
def test_what_moved_a_date(case: str) -> None:
    """Each change of one milestone moves it for its own reason, and the others by their links."""
    new, expected = CAUSES[case]
    assert causes(changed(CHAIN, new)) == expected
    back = causes(changed(new, CHAIN))
    assert {name: cause.split()[0] for name, cause in back.items()} == {
        name: cause.split()[0] for name, cause in expected.items()
    }


def test_a_calendar() -> None:
    """Closed days move what lies over them; what follows is moved by its link."""
    closed = {"holidays": "none", "closed": [{"from": "2025-03-05", "to": "2025-03-06"}]}
    found = causes(changed(CHAIN, CHAIN, calendar=closed))
    assert found == {"a": "calendar", "b": "link a", "c": "link b from a", "d": "calendar"}


def test_a_date_of_its_own_counts_before_the_calendar() -> None:
    """Where both were changed, the milestone's own date is what moved it."""
    closed = {"holidays": "none", "closed": [{"from": "2025-05-05", "to": "2025-05-06"}]}
    found = causes(changed(CHAIN, but("d", start="2025-03-10"), calendar=closed))
    assert found == {"d": "own"}


def test_capacity() -> None:
    """An owner who can carry less at once does one thing after the other."""
    both = [milestone("a", "5d", owner="o"), milestone("b", "5d", owner="o")]

    def of(capacity: int) -> Side:
        return side(plan_of(*both, owners=[{"id": "o", "capacity": capacity}]))

    later = causes(changes_between(of(2), of(1)))
    assert later == {"b": "capacity a"}
    assert causes(changes_between(of(1), of(2))) == {"b": "capacity a"}


def test_capacity_that_keeps_work_from_its_due_date() -> None:
    """Work that capacity pulls forward from its due date, and lets back, is moved by capacity."""
    both = [
        milestone("a", "3d", owner="o", start="2025-03-18"),
        milestone("b", "2d", owner="o", due="2025-03-20"),
    ]

    def of(capacity: int) -> Side:
        return side(plan_of(*both, owners=[{"id": "o", "capacity": capacity}]))

    assert causes(changes_between(of(2), of(1))) == {"b": "capacity"}
    assert causes(changes_between(of(1), of(2))) == {"b": "capacity"}


def test_the_data_date() -> None:
    """What nobody began moves on with the data date, and what waits for it by its link."""
    plan = plan_of(*CHAIN)
    found = changes_between(side(plan), side(plan, MONDAY + timedelta(days=7)))
    assert causes(found) == {
        "a": "data_date",
        "b": "link a",
        "c": "link b from a",
        "d": "data_date",
    }
    assert {one.days for one in found.moves} == {7}


def test_the_plans_start() -> None:
    """A plan that starts a week later takes everything along."""
    found = causes(changed(CHAIN, CHAIN, start="2025-03-10"))
    assert found == {"a": "plan_start", "b": "link a", "c": "link b from a", "d": "plan_start"}


def test_a_promise_moved_with_and_without_a_reason() -> None:
    """A moved due date is explained by a record under `moved` that names the old one."""
    old = [milestone("a", "2d", due="2025-03-14"), milestone("b", "2d", due="2025-03-14")]
    moved = [{"from": "2025-03-14", "on": "2025-03-03", "why": "banjir", "by": "setda"}]
    new = [
        milestone("a", "2d", due="2025-03-21", moved=moved),
        milestone("b", "2d", due="2025-03-18"),
    ]
    found = changed(old, new)
    said = [(one.pair.new.milestone.id, one.days, one.explained) for one in found.promises]
    assert said == [("a", 7, True), ("b", 4, False)]
    assert not found.edits


def test_renamed_by_its_name_or_by_the_rest() -> None:
    """A new id is recognised by the name, else by everything but id, name and links."""
    old = [
        milestone("a", "5d"),
        milestone("b", "5d", "a", due="2025-03-14"),
        milestone("c", "5d", "b"),
    ]
    old[0]["name"] = "Daftar"
    new = [
        {**old[0], "id": "a-baru"},
        {**old[1], "id": "b-baru", "name": "Lain sekali", "after": ["a-baru"]},
        milestone("c", "5d", "b-baru"),
    ]
    found = changed(old, new)
    ids = [(one.old.milestone.id, one.new.milestone.id) for one in found.renamed]
    assert ids == [("a", "a-baru"), ("b", "b-baru")]
    assert (found.added, found.removed, found.edits, found.moves) == ((), (), (), ())


def test_two_with_one_name_are_not_guessed() -> None:
    """Where a name fits more than one, what is gone is gone and what is new is new."""
    old = [milestone("a"), milestone("b")]
    new = [milestone("x"), milestone("y")]
    for one in (*old, *new):
        one["name"] = "Laporan"
    found = changed(old, new)
    assert (len(found.added), len(found.removed), found.renamed) == (2, 2, ())


def test_the_rest_of_the_plan() -> None:
    """Owners, programmes and the head are compared key by key."""
    old = plan_of(*CHAIN, owners=[{"id": "o"}, {"id": "p"}])
    new = plan_of(*CHAIN, owners=[{"id": "o", "capacity": 2}, {"id": "q"}], notice="USULAN")
    found = changes_between(side(old), side(new))
    assert [tuple(one) for one in found.edits] == [
        ("plan", "uji", "edited", ("notice",)),
        ("owners", "o", "edited", ("capacity",)),
        ("owners", "q", "added", ()),
        ("owners", "p", "removed", ()),
    ]


EDITS = {
    "due": st.dates(date(2025, 3, 3), date(2025, 6, 1)).map(str),
    "owner": st.sampled_from(["o", "p"]),
    "progress": st.integers(1, 99).map(str),
    "measure": st.sampled_from(["foto", "daftar"]),
    "duration": st.integers(1, 9).map(lambda days: f"{days}d"),
    "weight": st.integers(2, 5).map(str),
}


@st.composite
def edited_plans(draw: st.DrawFn) -> tuple[list[Written], list[Written], dict[str, set[str]]]:
    """Milestones, the same edited, and what was done to which: the count to be found again."""
    count = draw(st.integers(2, 6))
    old = [milestone(f"m-{place}", "3d", owner="o") for place in range(count)]
    for place in range(1, count):
        if draw(st.booleans()):
            old[place]["after"] = [f"m-{draw(st.integers(0, place - 1))}"]
    new: list[Written] = []
    done: dict[str, set[str]] = {}
    for one in old:
        kept = dict(one)
        for key in draw(st.sets(st.sampled_from(sorted(EDITS)), max_size=3)):
            value = draw(EDITS[key])
            if kept.get(key) != value:
                kept[key] = value
                done.setdefault(key, set()).add(one["id"])
        new.append(kept)
    for place in range(draw(st.integers(0, 2))):
        new.append(milestone(f"baru-{place}", "1d", owner="o"))
        done.setdefault("added", set()).add(f"baru-{place}")
    return old, new, done


@settings(max_examples=60)
@given(edited_plans())
def test_every_edit_is_found_and_no_other(
    case: tuple[list[Written], list[Written], dict[str, set[str]]],
) -> None:
    """Random edits, counted while they are made, are exactly what is told."""
    old, new, done = case
    owners = [{"id": "o"}, {"id": "p"}]
    before = side(plan_of(*old, owners=owners))
    after = side(plan_of(*new, owners=owners))
    found = changes_between(before, after)
    assert {one.milestone.id for one in found.added} == done.get("added", set())
    assert not found.removed
    assert not found.renamed
    ids = {one.pair.new.milestone.id for one in found.promises}
    assert ids == done.get("due", set())
    assert {one.new.milestone.id for one in found.handed_over} == done.get("owner", set())
    assert {one.new.milestone.id for one in found.progressed} == done.get("progress", set())
    edits = {(one.id, key) for one in found.edits for key in one.keys}
    assert edits == {
        (name, key) for key in ("measure", "duration", "weight") for name in done.get(key, ())
    }
    slots = before.forecast.slots, after.forecast.slots
    begun = done.get("progress", set())
    moved = {
        name
        for name in slots[0]
        if slots[0][name].finish != slots[1][name].finish
        or (slots[0][name].start != slots[1][name].start and name not in begun)
    }
    assert {one.pair.new.milestone.id for one in found.moves} == moved
    edited = set().union(*done.values()) if done else set()
    assert {one.root for one in found.moves} <= edited
    backwards = changes_between(after, before)
    assert {one.milestone.id for one in backwards.removed} == done.get("added", set())
    assert {one.pair.new.milestone.id for one in backwards.moves} >= moved
