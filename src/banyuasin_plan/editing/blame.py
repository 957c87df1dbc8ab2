"""Which change an error comes of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.editing.changes import Appended
from banyuasin_plan.source import Mapping, Sequence, key_of, locate

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Diagnostic
    from banyuasin_plan.editing.changes import Change
    from banyuasin_plan.editing.intent import Intent
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.source import Node


def to_blame(
    one: Diagnostic, after: Loaded, intents: dict[str, Intent]
) -> tuple[Change | None, str | None]:
    """The change in whose value an error stands, and under which key of an item that it adds."""
    intent, read = intents.get(one.span.file), after.joined.parsed.get(one.span.file)
    if intent is None or read is None or read.root is None:
        return None, None
    for path, change in intent.changes:
        node, key = locate(read.root, path), key_of(read.root, path)
        if (key or node).start <= one.span.start <= node.end:
            added = isinstance(change.new, Appended)
            return change, _key_in(node, one.span.start) if added else None
    return None, None


def _key_in(node: Node, offset: int) -> str | None:
    """Under which key of a list's items an offset of the text lies."""
    for item in node.items if isinstance(node, Sequence) else ():
        for name, entry in item.entries.items() if isinstance(item, Mapping) else ():
            if entry.start <= offset <= entry.value.end:
                return name
    return None
