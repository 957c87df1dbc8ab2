"""Who does what: programme by owner, who leads, does milestones, supports, verifies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.alignment.roles import ROLES, roles_of
from banyuasin_plan.report import HIDDEN, Column, Figure, Figures, Kind, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.alignment.roles import Role
    from banyuasin_plan.plan.model import Program
    from banyuasin_plan.report import Cell

PROGRAMS = (
    Column("id", Kind.ID, rank=4),
    Column("name", Kind.TEXT),
    Column("group", Kind.ID, rank=HIDDEN),
    Column("leads", Kind.ID),
    Column("does", Kind.SENTENCE),
    Column("supports", Kind.TEXT, rank=2),
    Column("verifies", Kind.ID, rank=3),
)
OWNERS = (
    Column("owner", Kind.ID),
    Column("name", Kind.TEXT, rank=3),
    Column("leads", Kind.TEXT, rank=2),
    Column("does", Kind.SENTENCE),
    Column("supports", Kind.SENTENCE, rank=3),
    Column("verifies", Kind.TEXT, rank=4),
    Column("programs", Kind.COUNT),
    Column("milestones", Kind.COUNT, rank=5),
)
ROLE = (
    Column("program", Kind.ID),
    Column("owner", Kind.ID),
    Column("role", Kind.ID),
    Column("milestones", Kind.COUNT),
    Column("ids", Kind.TEXT),
)


def report(material: Material) -> Report:
    """Every programme with who has which part in it, then every owner with its programmes.

    Asked for an owner, the programmes in which it has any part.
    """
    programs, roles = _asked(material)
    none = message("none.programs")
    every = tuple(
        (one.program, one.owner, one.role, len(one.milestones), one.milestones) for one in roles
    )
    return Report(
        "matrix",
        heading_of(material),
        (
            _figures(programs, roles),
            Table("programs", PROGRAMS, tuple(_programs(programs, roles)), none),
            Table("owners", OWNERS, tuple(_owners(roles, material)), none, aside=True),
            Table("roles", ROLE, every, none, aside=True, shown=False),
        ),
    )


def _asked(material: Material) -> tuple[list[Program], list[Role]]:
    """The programmes asked for and the roles in them; of owners asked for theirs alone."""
    chosen = [
        one
        for one in material.plan.programs
        if material.chosen is None or one.id in material.chosen
    ]
    roles = list(roles_of(chosen))
    if material.asked:
        roles = [one for one in roles if one.owner in material.asked]
        having = {one.program for one in roles}
        chosen = [one for one in chosen if one.id in having]
    return chosen, roles


def _figures(programs: Sequence[Program], roles: Sequence[Role]) -> Figures:
    counts = {role: len({one.owner for one in roles if one.role == role}) for role in ROLES}
    return Figures(
        (
            Figure("programs", Kind.COUNT, len(programs)),
            Figure("offices", Kind.COUNT, len({one.owner for one in roles})),
            Figure("leading", Kind.COUNT, counts["lead"]),
            Figure("doing", Kind.COUNT, counts["does"]),
            Figure("supporting", Kind.COUNT, counts["support"]),
            Figure("verifying", Kind.COUNT, counts["verifier"]),
        )
    )


def _programs(programs: Sequence[Program], roles: Sequence[Role]) -> Iterator[tuple[Cell, ...]]:
    mine: dict[tuple[str, str], list[str]] = {}
    for one in roles:
        mine.setdefault((one.program, one.role), []).append(one.owner)
    for program in programs:
        lead, does, support, verifier = (mine.get((program.id, role), []) for role in ROLES)
        yield (
            program.id,
            program.name,
            program.group,
            lead[0] if lead else None,
            tuple(does),
            tuple(support),
            verifier[0] if verifier else None,
        )


def _owners(roles: Sequence[Role], material: Material) -> Iterator[tuple[Cell, ...]]:
    """A row for everybody with a role, who has most programmes first."""
    names = {one.id: one.name for one in material.plan.everybody()}
    mine: dict[str, list[Role]] = {}
    for one in roles:
        mine.setdefault(one.owner, []).append(one)
    having = {owner: len({one.program for one in held}) for owner, held in mine.items()}
    for owner in sorted(mine, key=lambda who: (-having[who], who)):
        held = mine[owner]
        own = [one for one in held if one.role in {"lead", "does"}]
        yield (
            owner,
            names.get(owner, owner),
            *(tuple(one.program for one in held if one.role == role) for role in ROLES),
            having[owner],
            sum(len(one.milestones) for one in own),
        )
