"""What the shell completes: choices, and ids straight from the tree without model or schedule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator


OFTEN_SET = (
    "progress=",
    "achieved=",
    "started=",
    "finished=",
    "evidence+=",
    "verified.by=",
    "verified.on=",
    "blockers+=",
    "due=",
    "note=",
)
"""What is set most of a milestone, in the schema's order."""


def complete_owner(incomplete: str) -> list[str]:
    """Owners and districts whose id begins so."""
    return [name for name in (*_ids("owners"), *_ids("districts")) if name.startswith(incomplete)]


def complete_program(incomplete: str) -> list[str]:
    """Programmes whose id begins so."""
    return [name for name in _ids("programs") if name.startswith(incomplete)]


def complete_milestone(incomplete: str) -> list[str]:
    """Programmes and milestones whose id begins so."""
    return [name for name in _ids("programs", "milestones") if name.startswith(incomplete)]


def complete_assignment(ctx: typer.Context, incomplete: str) -> list[str]:
    """Programmes and milestones; behind one of them the keys that are set most."""
    if ctx.params.get("words"):
        return [key for key in OFTEN_SET if key.startswith(incomplete)]
    return complete_milestone(incomplete)


def complete_basis(incomplete: str) -> list[str]:
    """What a schedule can be: the plan as written, or its forecast."""
    return [name for name in ("plan", "forecast") if name.startswith(incomplete)]


def complete_level(incomplete: str) -> list[str]:
    """What a bar can stand for."""
    return [name for name in ("group", "program", "milestone") if name.startswith(incomplete)]


def complete_by(incomplete: str) -> list[str]:
    """What the status can be broken down by."""
    return [
        name for name in ("owner", "program", "group", "district") if name.startswith(incomplete)
    ]


def _ids(section: str, below: str = "") -> Iterator[str]:
    from banyuasin_plan.source import Mapping, Scalar, Sequence, parse
    from banyuasin_plan.workspace import Unavailable, find

    try:
        texts = find(None, Path.cwd()).texts()
    except Unavailable:
        return
    for name, data in texts.items():
        root = parse(name, data).root
        if not isinstance(root, Mapping) or section not in root.entries:
            continue
        items = root.entries[section].value
        stack = list(reversed(items.items)) if isinstance(items, Sequence) else []
        while stack:
            item = stack.pop()
            if not isinstance(item, Mapping):
                continue
            one = item.entries.get("id")
            if one and isinstance(one.value, Scalar):
                yield one.value.text
            inner = item.entries.get(below)
            if inner and isinstance(inner.value, Sequence):
                stack.extend(reversed(inner.value.items))
