"""How a plan is written: the order of its keys, and what one of them looks like elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banyuasin_plan.plan.places import belongs
from banyuasin_plan.source import Mapping, Scalar, Sequence
from banyuasin_plan.source.writing import Bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.source import Node
    from banyuasin_plan.source.splicing import Touch


class PlanManners:
    """The manners of one file of a plan; `names` are the districts in the plan's order."""

    def __init__(self, root: Mapping, names: tuple[str, ...]) -> None:
        """Look nothing up yet."""
        self.root = root
        self.names = names

    def order(self, path: Path) -> tuple[str, ...]:
        """The schema's order; of what stands by name, the order of the plan's districts."""
        found = belongs(path)
        if found is None:
            return ()
        return self.names if found.kind == "names" else tuple(map(Bare, found.keys))

    def arrange(self, touch: Touch, path: Path = ()) -> None:
        """Bring the keys of everything new in order."""
        touch.new = self._arranged(touch.new, path)
        touch.added = [self._arranged(one, (*path, 0)) for one in touch.added]
        for step, below in touch.keys.items():
            self.arrange(below, (*path, step))

    def _arranged(self, value: Any, path: Path) -> Any:
        if isinstance(value, list):
            return [self._arranged(one, (*path, 0)) for one in value]
        if not isinstance(value, dict):
            return value
        known = [key for key in self.order(path) if key in value]
        keys = [*known, *(key for key in value if key not in known)]
        return {key: self._arranged(value[key], (*path, key)) for key in keys}

    def like(self, path: Path) -> Node | None:
        """The same key of another thing in the file: of a sibling, else of one further off."""
        free = {place for place in range(len(path)) if _any_will_do(path, place)}
        for place in sorted(free, reverse=True):
            steps = [None if at in free and at >= place else step for at, step in enumerate(path)]
            if (found := next(_alike(self.root, steps), None)) is not None:
                return found
        return None


def _any_will_do(path: Path, place: int) -> bool:
    """Whether a step names one of several things of a kind."""
    above = belongs(path[:place])
    return isinstance(path[place], int) or (above is not None and above.kind == "names")


def _alike(node: Node, steps: list[str | int | None]) -> Iterator[Node]:
    """What these steps lead to, where None leads to anything; nothing that is not given."""
    if not steps:
        if not (isinstance(node, Scalar) and node.start == node.end):
            yield node
        return
    step, *rest = steps
    below: list[Node] = []
    if isinstance(node, Mapping):
        wanted = node.entries if step is None else {step} & node.entries.keys()
        below = [node.entries[str(name)].value for name in wanted]
    elif isinstance(node, Sequence):
        below = node.items if step is None else node.items[int(step) : int(step) + 1]
    for one in below:
        yield from _alike(one, rest)
