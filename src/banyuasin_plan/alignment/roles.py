"""Who does what in a programme: leads it, does its milestones, supports, verifies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import owner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from banyuasin_plan.plan.model import Program

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
        alive = [one for one in program.milestones if not one.cancelled]
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
