"""Rules about goals: each is served, each programme serves one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.rules.naming import some
from banyuasin_plan.rules.places import GOALS
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from banyuasin_plan.plan.model import GoalSet
    from banyuasin_plan.rules.scope import Placed, Scope


def no_goal(scope: Scope) -> Iterator[Finding]:
    """A programme that serves no goal.

    What it finds. A programme without `goals`, in a plan that has goals.

    Why it matters. Programmes are held against the missions, the RPJMD and Asta Cita. One that
    serves none of them has to explain why it is paid for, and is missing from the table that
    answers.

    Example.

    ```yaml
    programs:
      - id: gertas  # <- W507
        name: Gertas
        lead: dkp
    ```

    How to mend it. Name the goals it serves as `set/item`.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        goals: [misi/4]
    ```
    """
    if not scope.goals:
        return
    for program in scope.programs:
        if not program.value.goals and scope.reads(program.path, "goals"):
            yield Finding((*program.path, "id"), message("no_goal"), message("no_goal.help"))


def goal_unserved(scope: Scope) -> Iterator[Finding]:
    """A goal that nobody serves.

    What it finds. A goal that no programme names, nor any goal that serves it, in as many steps as
    it takes. Of goals that serve one another only the one to begin with is reported, with those
    above it that hang on it. Where nobody serves any goal of a set, that is said once, at the set.
    While no programme names any goal nothing is said here: W507 does.

    Why it matters. The goal was promised in public, and on day 100 somebody asks what was done for
    it. `plan align` shows who serves what.

    Example.

    ```yaml
    goals:
      - id: sapta-cita
        name: Sapta Cita
        items:
          - {id: 1, text: Pendidikan dan kesehatan bermutu}
          - {id: 2, text: Keamanan dan kenyamanan}  # <- W701
    programs:
      - id: sehat
        name: Sehat
        lead: dinkes
        goals: [misi/4, sapta-cita/1]
    ```

    How to mend it. Name it under `goals` of the programme that serves it, or let a goal that is
    served serve it. If it is to wait until after day 100, accept the warning with that reason.

    ```yaml
    goals:
      - id: sapta-cita
        name: Sapta Cita
        items:
          - {id: 1, text: Pendidikan dan kesehatan bermutu}
          - {id: 2, text: Keamanan dan kenyamanan}
    programs:
      - id: sehat
        name: Sehat
        lead: dinkes
        goals: [misi/4, sapta-cita/1]
      - id: siskamling
        name: Siskamling
        lead: setda
        goals: [sapta-cita/2]
    ```
    """
    if not any(one.value.goals for one in scope.programs) or not scope.sure or scope.plan is None:
        return
    from banyuasin_plan.alignment.goals import above, services_of  # most plans set no goals

    upward = above(scope.plan)
    if any(goal not in upward for _, goal in scope.at(GOALS)):
        return  # a misspelt goal may be meant for one that seems unserved
    served = {one.goal for one in services_of(scope.plan, scope.plan.programs)}
    left = {goal: upward[goal] - served for goal in upward if goal not in served}
    for placed in scope.goals:
        yield from _unserved(placed, left)


def _unserved(placed: Placed[GoalSet], left: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """What to say of one set; `left` are the goals nobody serves, with those they serve."""
    items = [f"{placed.value.id}/{item.id}" for item in placed.value.items]
    first = [goal for goal in items if goal in left and _is_first(goal, left)]
    if len(first) == len(items) > 1:
        said = message("goal_unserved.set", count=len(items), name=placed.value.name)
        yield Finding((*placed.path, "id"), said, message("goal_unserved.help"))
        return
    for goal in first:
        over = [one for one in left if one in left[goal] and one != goal]
        key = "goal_unserved.above" if over else "goal_unserved"
        said = message(key, name=goal, **({"names": some(over)} if over else {}))
        where = (*placed.path, "items", items.index(goal), "id")
        yield Finding(where, said, message("goal_unserved.help"))


def _is_first(goal: str, left: Mapping[str, frozenset[str]]) -> bool:
    """Whether no other one serves it; of a ring of them, whether it stands first."""
    below = [one for one in left if goal in left[one] and one != goal]
    names = list(left)
    return all(one in left[goal] and names.index(goal) < names.index(one) for one in below)
