"""Which programme serves which goal: named by itself, or through goals that serve others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from banyuasin_plan.plan.model import Plan, Program


class Service(NamedTuple):
    """A programme serves a goal (`set/item`): `direct`, and `through` the goals it names that do.

    Each of the two may be missing, never both.
    """

    program: str
    goal: str
    direct: bool
    through: tuple[str, ...]


def services_of(plan: Plan, programs: Iterable[Program]) -> Iterator[Service]:
    """Every goal that each programme serves, in the plan's order of goals."""
    upward = above(plan)
    for program in programs:
        named = tuple(dict.fromkeys(goal for goal in program.goals if goal in upward))
        through: dict[str, list[str]] = {}
        for one in named:
            for goal in upward[one]:
                if goal != one:
                    through.setdefault(goal, []).append(one)
        for goal in upward if named else ():
            if goal in named or goal in through:
                yield Service(program.id, goal, goal in named, tuple(through.get(goal, ())))


def above(plan: Plan) -> Mapping[str, frozenset[str]]:
    """The goals that each goal serves, by itself or through others; by `set/item`."""
    serves = {
        f"{one.id}/{item.id}": [str(goal) for goal in item.serves]
        for one in plan.goals
        for item in one.items
    }
    return {goal: _reached(goal, serves) for goal in serves}


def _reached(goal: str, serves: Mapping[str, list[str]]) -> frozenset[str]:
    """What is reached by following `serves`, each goal once, so that circles end."""
    found: set[str] = set()
    left = list(serves[goal])
    while left:
        one = left.pop()
        if one not in found and one in serves:
            found.add(one)
            left += serves[one]
    return frozenset(found)
