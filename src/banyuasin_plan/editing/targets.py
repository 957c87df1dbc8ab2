"""What an id or a key that somebody wrote leads to in a plan, or what was likely meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.plan.misshapen import key_help
from banyuasin_plan.plan.naming import nearest
from banyuasin_plan.plan.places import belongs
from banyuasin_plan.source import Sequence, locate
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.words import Message

KINDS = ("milestone", "program", "owner", "group", "goal", "inherited", "decision")
"""The kinds of things that have ids; where two share one, the first kind is meant."""


class Mistake(Exception):  # noqa: N818 - a user's mistake, not the program's
    """Something written that leads nowhere: what is wrong, what would help, in which line."""

    def __init__(self, what: Message, hint: Message | None = None, where: str = "") -> None:
        """Say so."""
        super().__init__(what.key)
        self.message = what
        self.help = hint
        self.where = where


def target_of(loaded: Loaded, written: str) -> Path:
    """The path of the thing with that id; `owner:dkp` names its kind as well.

    The plan's own id stands for its head. Raises Mistake where nothing, or more than one thing of
    a kind, has it.
    """
    kind, colon, name = written.rpartition(":")
    if colon and kind not in KINDS:
        raise Mistake(message("set.kind", given=kind, kinds=KINDS))
    if not colon and loaded.scope.head and loaded.scope.head.id == name:
        return ("plan",)
    for one in (kind,) if colon else KINDS:
        paths = loaded.scope.known(one).get(name, ())
        if len(paths) > 1:
            where = tuple(loaded.scope.where(path) for path in paths)
            raise Mistake(message("set.several", name=name, places=where))
        if paths:
            return paths[0][:-1]
    raise Mistake(message("set.unknown", name=name), _meant(loaded, name))


def _meant(loaded: Loaded, name: str) -> Message:
    """The nearest id; else, where files can't be read whole, that it may stand there."""
    close = nearest(name, (one for kind in KINDS for one in loaded.scope.known(kind)))
    if close:
        return message("did_you_mean", name=close)
    if loaded.joined.broken:
        return message("set.broken", files=tuple(sorted(set(loaded.joined.broken))))
    return message("usage.ids")


def place_of(loaded: Loaded, above: Path, key: str) -> Path:
    """The path of a key with dots, below a thing's own: `delivered.betung.amount`.

    Items of a list are counted from 1: `blockers.1.closed`; the only one needs no number. Raises
    Mistake where the model has no such key or the list no such item.
    """
    path, steps = above, key.split(".")
    for step, *after in (steps[at:] for at in range(len(steps))):
        found = belongs(path)
        if found and found.kind == "list":
            path = (*path, _place(loaded, path, step))
            if step.isdecimal():
                continue
            found = belongs(path)
            if after and belongs((*path, step)) is None:  # it stands where a number does
                raise _which(loaded, path[:-1])
        if belongs((*path, step)) is None:
            hint = key_help(step, found.keys) if found and found.keys else None
            raise Mistake(message("unknown_key", key=step), hint)
        path = (*path, step)
    return path


def _place(loaded: Loaded, path: Path, step: str) -> int:
    """Which item of the list at the path a step means."""
    many = _many(loaded, path)
    number = int(step) if step.isdecimal() else 1 if many == 1 else None
    if number is None:
        raise _which(loaded, path)
    if not 1 <= number <= many:
        raise Mistake(message("set.item", key=str(path[-1]), count=many, given=step))
    return number - 1


def _which(loaded: Loaded, path: Path) -> Mistake:
    """That it has to be said which item of the list is meant."""
    return Mistake(message("set.which", key=str(path[-1]), count=_many(loaded, path)))


def _many(loaded: Loaded, path: Path) -> int:
    """How many items the list at the path has."""
    node = locate(loaded.root, path)
    return len(node.items) if isinstance(node, Sequence) else 0
