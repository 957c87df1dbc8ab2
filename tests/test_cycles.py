"""Rings of milestones that wait for one another."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.plans import days, milestone, plan_of, scheduled

from banyuasin_plan.schedule.cycles import cycles, knots


def test_no_cycle() -> None:
    """A graph in which everybody can begin has no rings, however often ways meet."""
    assert cycles({"a": [], "b": ["a"], "c": ["a", "b"], "d": ["b", "c", "a"]}) == []


def test_nothing_waits() -> None:
    """An empty plan has no rings."""
    assert cycles({}) == []


def test_self_link() -> None:
    """A milestone that waits for itself is a ring of one, reported there and back."""
    assert [[*ring, ring[0]] for ring in cycles({"a": ["a"], "b": ["a"]})] == [["a", "a"]]


def test_two_rings() -> None:
    """Two rings that do not touch are two reports, each in waiting order from its first id."""
    waits = {"d": ["e"], "e": ["d"], "a": ["b"], "b": ["c"], "c": ["a"], "x": ["a", "d"]}
    assert cycles(waits) == [["d", "e"], ["a", "b", "c"]]


def test_shortest_ring() -> None:
    """A knot is reported once, by its shortest ring through its first id."""
    waits = {"a": ["b", "d"], "b": ["c"], "c": ["a"], "d": ["a", "c"]}
    assert cycles(waits) == [["a", "d"]]
    assert [sorted(knot) for knot in knots(waits)] == [["a", "b", "c", "d"]]


def test_ring_does_not_depend_on_order() -> None:
    """The same knot gives the same ring, wherever its milestones stand."""
    waits = {"c": ["a"], "b": ["c"], "a": ["b"]}
    assert cycles(waits) == cycles(dict(reversed(waits.items()))) == [["a", "b", "c"]]


def test_ids_outside() -> None:
    """Waiting for ids that are not there makes no ring and raises nothing."""
    assert cycles({"a": ["gone"], "b": ["a", "gone"]}) == []
    assert cycles({"a": ["gone", "b"], "b": ["gone", "a"]}) == [["a", "b"]]


def test_long_chain() -> None:
    """20,000 milestones in a row are walked without recursion, from either end."""
    names = [f"m{number}" for number in range(20_000)]
    chain = {name: [before] for before, name in itertools.pairwise(names)}
    assert cycles({names[0]: [], **chain}) == []
    assert cycles(dict(reversed(chain.items()))) == []


def test_long_ring() -> None:
    """20,000 milestones in a ring are one ring."""
    names = [f"m{number:05}" for number in range(20_000)]
    waits = {name: [other] for name, other in zip(names, [*names[1:], names[0]], strict=True)}
    assert [names] == cycles(waits)


NODES = "abcdefg"


@given(st.dictionaries(st.sampled_from(NODES), st.lists(st.sampled_from(NODES + "z"))))
def test_knots_are_who_can_never_begin(waits: dict[str, list[str]]) -> None:
    """In a knot are exactly the ids that reach themselves by who waits for whom."""
    reach = {name: set(others) for name, others in waits.items()}
    for _ in NODES:
        for others in reach.values():
            others.update(*(reach.get(other, ()) for other in tuple(others)))
    assert {name for name in waits if name in reach[name]} == {
        name for knot in knots(waits) for name in knot
    }


@given(st.dictionaries(st.sampled_from(NODES), st.lists(st.sampled_from(NODES + "z"))))
def test_rings_are_rings(waits: dict[str, list[str]]) -> None:
    """Each of a ring waits for the next, the last for the first; there is one a knot."""
    rings = cycles(waits)
    assert all(
        other in waits[name]
        for ring in rings
        for name, other in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    assert [min(knot) for knot in knots(waits)] == [ring[0] for ring in rings]


def test_plan_leaves_just_the_cycle_out() -> None:
    """Milestones in a ring have no slot; those that wait for them are scheduled without them."""
    schedule = scheduled(
        plan_of(
            milestone("a", "1d", "c"),
            milestone("b", "1d", "a"),
            milestone("c", "1d", "b"),
            milestone("d", "2d", "c", "e"),
            milestone("e", "1d"),
        )
    )
    assert days(schedule) == {"d": "2025-03-04..2025-03-05", "e": "2025-03-03"}
    assert {"a", "b", "c"} == schedule.left_out


def test_plan_leaves_a_whole_knot_out() -> None:
    """Two rings that share a way are left out both, not only the one that is reported."""
    schedule = scheduled(
        plan_of(
            milestone("a", "1d", "b", "d"),
            milestone("b", "1d", "a"),
            milestone("c", "1d", "d", "a"),
            milestone("d", "1d", "c"),
            milestone("e", "1d", "c"),
        )
    )
    assert days(schedule) == {"e": "2025-03-03"}
    assert {"a", "b", "c", "d"} == schedule.left_out


def test_plan_of_cycles_only() -> None:
    """A plan in which nobody can begin has no dates at all."""
    schedule = scheduled(plan_of(milestone("a", "1d", "b"), milestone("b", "1d", "a")))
    assert (schedule.start, schedule.finish) == (None, None)


def test_unknown_predecessor() -> None:
    """A link to a milestone that is not there holds nothing up."""
    assert days(scheduled(plan_of(milestone("a", "1d", "gone")))) == {"a": "2025-03-03"}


def test_long_plan() -> None:
    """A chain of 20,000 milestones that stands last first is scheduled without recursion."""
    chain = [
        milestone(f"m{number}", "1cd", *([f"m{number - 1}"] if number else []))
        for number in range(20_000)
    ]
    week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    calendar = {"week": week, "holidays": "none"}
    schedule = scheduled(plan_of(*reversed(chain), calendar=calendar))
    assert (schedule.start, schedule.finish) == (date(2025, 3, 3), date(2079, 12, 4))
    assert all(slot.critical for slot in schedule.slots.values())
