"""Who does what in a programme: leads it, does its milestones, supports, verifies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import owner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from banyuasin_plan.plan.model import Milestone, Program

ROLES = ("lead", "does", "support", "verifier")
"""What an owner can be to a programme, the nearest first."""


class Role(NamedTuple):
    """What one owner is to one programme; `milestones` are the ids where it is that."""

    program: str
    owner: str
    role: str
    milestones: tuple[str, ...]


def roles_of(programs: Iterable[Program]) -> Iterator[Role]:
    """Everybody's roles, programme by programme; cancelled milestones give none.

    A lead has all milestones that it does itself; who supports or verifies a whole programme has
    all of them.
    """
    for program in programs:
        alive = _alive(program)
        every = tuple(one.id for one in alive)
        done: dict[str, list[str]] = {}
        helped: dict[str, list[str]] = {}
        for one in alive:
            if owner := owner_of(one, program):
                done.setdefault(owner, []).append(one.id)
            for who in dict.fromkeys(one.support):
                helped.setdefault(who, []).append(one.id)
        if program.lead:
            yield Role(program.id, program.lead, "lead", tuple(done.get(program.lead, ())))
        for who, own in done.items():
            if who != program.lead:
                yield Role(program.id, who, "does", tuple(own))
        for who in dict.fromkeys((*program.support, *helped)):
            ids = every if who in program.support else tuple(helped[who])
            yield Role(program.id, who, "support", ids)
        if program.verifier:
            yield Role(program.id, program.verifier, "verifier", every)


def leads_idly(program: Program) -> bool:
    """Whether a programme has milestones and its lead does none of them."""
    alive = False
    for one in program.milestones:
        if not one.cancelled:
            if owner_of(one, program) == program.lead:
                return False
            alive = True
    return alive


def idle_support(programs: Sequence[Program]) -> Iterator[tuple[Program, str]]:
    """Who is named as support of a whole programme and has nothing to do in it.

    Neither leads it, nor does or supports any of its milestones, nor is tied to it by a link: no
    milestone of the programme waits for one of theirs, and none of theirs for one of it.
    """
    left = [(one, idle) for one in programs if (idle := _without_work(one))]
    tied = _tied(programs) if left else {}
    for program, idle in left:
        for who in idle:
            if who not in tied.get(program.id, ()):
                yield program, who


def _without_work(program: Program) -> list[str]:
    """Who supports the whole programme, but leads, does and supports no milestone of it."""
    left = [who for who in dict.fromkeys(program.support) if who != program.lead]
    alive = False
    for one in program.milestones:
        if not left:
            break
        if not one.cancelled:
            alive = True
            left = [who for who in left if who != one.owner and who not in one.support]
    return left if alive else []


def _tied(programs: Sequence[Program]) -> dict[str, set[str]]:
    """For each programme, the owners at the other end of a link into it or out of it."""
    at = {one.id: (program, one) for program in programs for one in _alive(program)}
    found: dict[str, set[str]] = {}
    for program, one in at.values():
        for link in one.after:
            if link.id in at:
                other, given = at[link.id]
                found.setdefault(program.id, set()).add(str(owner_of(given, other)))
                found.setdefault(other.id, set()).add(str(owner_of(one, program)))
    return found


def _alive(program: Program) -> list[Milestone]:
    return [one for one in program.milestones if not one.cancelled]
