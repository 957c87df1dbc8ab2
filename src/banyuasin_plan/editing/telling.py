"""What came of changes, for people: each value before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.editing.changes import Appended
from banyuasin_plan.plan.places import OF_A_MILESTONE, OF_A_THING
from banyuasin_plan.source import Scalar, Sequence, is_nothing, key_of, locate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from banyuasin_plan.diagnostic import Path, Span
    from banyuasin_plan.editing.changes import Change
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.source import Node


class Alteration(NamedTuple):
    """A value that changed: whose it is, under which key, what it was and is, and where.

    None stands for nothing; of a list that was added to, `old` is None and `added` True.
    """

    id: str
    key: str
    old: str | None
    new: str | None
    span: Span
    added: bool = False


def alterations(before: Loaded, after: Loaded, changes: Iterable[Change]) -> list[Alteration]:
    """What the changes altered, in the order of the files; what was so already is left out."""
    found = []
    for path, new in changes:
        thing, span = path[: _depth(path)], after.span(path)
        name = _spelled(_at(after.root, (*thing, "id"))) or ""
        key = ".".join(
            str(step + 1 if isinstance(step, int) else step) for step in path[len(thing) :]
        )
        now = _at(after.root, path)
        if isinstance(new, Appended) and isinstance(now, Sequence):
            fresh = now.items[-len(new.values) :]
            added = ", ".join(_spelled(one) or "" for one in fresh)
            found.append(Alteration(name, key, None, added, fresh[0].span, added=True))
        elif (old := _spelled(_at(before.root, path))) != (spelled := _spelled(now)):
            found.append(Alteration(name, key, old, spelled, span))
    return sorted(found, key=lambda one: one.span)


def _depth(path: Path) -> int:
    """How many steps lead to the thing with an id that a path lies in."""
    if path[0] == "plan":
        return 1
    milestone = path[0] == "programs" and path[2:3] == ("milestones",)
    return OF_A_MILESTONE if milestone and len(path) > OF_A_MILESTONE else OF_A_THING


def _at(root: Node, path: Path) -> Node | None:
    """What stands at a path; None where nothing does."""
    above, last = locate(root, path[:-1]), path[-1]
    if isinstance(last, str):
        return locate(root, path) if key_of(root, path) else None
    known = isinstance(above, Sequence) and last < len(above.items)
    return locate(root, path) if known else None


def _spelled(node: Node | None) -> str | None:
    """A value on one line, without its quotes; None where nothing is given."""
    if node is None or (isinstance(node, Scalar) and is_nothing(node)):
        return None
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Sequence):
        return f"[{', '.join(_spelled(item) or '' for item in node.items)}]"
    inside = (f"{key}: {_spelled(entry.value) or ''}" for key, entry in node.entries.items())
    return f"{{{', '.join(inside)}}}"
