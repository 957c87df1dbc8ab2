"""From changes to what is to be touched in each file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from banyuasin_plan.editing.changes import REMOVED, Appended, Refusal
from banyuasin_plan.plan.fields import parse_link
from banyuasin_plan.plan.places import belongs
from banyuasin_plan.source import Mapping, Scalar, Sequence, is_nothing
from banyuasin_plan.source.proving import is_written
from banyuasin_plan.source.splicing import Touch
from banyuasin_plan.source.writing import Bare
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.editing.changes import Change
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.source import Node
    from banyuasin_plan.source.writing import Value
    from banyuasin_plan.words import Message


class Impossible(Exception):  # noqa: N818 - a user's mistake, not the program's
    """A change that leads nowhere, and why."""

    def __init__(self, what: Message) -> None:
        """Say why."""
        super().__init__(what.key)
        self.message = what


class Paths:
    """Paths of which it is asked whether another one leads through them, or they through it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._ends: set[Path] = set()
        self._ways: set[Path] = set()

    def add(self, path: Path, *, whole: bool) -> None:
        """Take in a path; unless it is `whole`, what lies below it has nothing to do with it."""
        if whole:
            self._ends.add(path)
        self._ways.update(_way(path))

    def meets(self, path: Path, *, whole: bool) -> bool:
        """Whether one of them lies at or above a path or, where that is `whole`, below it."""
        return (whole and path in self._ways) or not self._ends.isdisjoint(_way(path))


def _way(path: Path) -> list[Path]:
    return [path[:end] for end in range(1, len(path) + 1)]


@dataclass(slots=True)
class Intent:
    """What is to be done in one file: first what is written, then what is taken out.

    `changes` are those that lie in it, each with its path in the file's own tree; `gone` is what
    is taken out, `set` what is written, and `undated` are deliveries in short that lose their date.
    """

    root: Mapping
    written: Touch = field(default_factory=Touch)
    removed: Touch = field(default_factory=Touch)
    changes: list[tuple[Path, Change]] = field(default_factory=list)
    gone: Paths = field(default_factory=Paths)
    set: Paths = field(default_factory=Paths)
    undated: list[Path] = field(default_factory=list)


def intents_of(
    loaded: Loaded, changes: Iterable[Change]
) -> tuple[dict[str, Intent], list[Refusal]]:
    """What the changes are to do, by file, and those that can't be meant."""
    intents: dict[str, Intent] = {}
    refusals: list[Refusal] = []
    for change in changes:
        try:
            name, root, path = _home(loaded, change.path)
            intent = intents.setdefault(name, Intent(root))
            _want(intent, path, change.new)
            intent.changes.append((path, change))
        except Impossible as error:
            span = loaded.span(change.path)
            refusals.append(Refusal(span, error.message, change=change))
    for intent in intents.values():
        _take_dates_out(intent)
    return intents, refusals


def _home(loaded: Loaded, path: Path) -> tuple[str, Mapping, Path]:
    """The file in which a path of the joined tree lies, its own tree, and the path in that."""
    section = loaded.root.entries.get(str(path[0])) if path else None
    if section is None:
        raise Impossible(message("edit.nowhere"))
    held = section.value
    if not isinstance(held, Sequence) or held.source.name:
        name = section.source.name
    elif len(path) < 2 or not isinstance(path[1], int) or path[1] >= len(held.items):  # noqa: PLR2004
        raise Impossible(message("edit.nowhere"))
    else:
        name = held.items[path[1]].source.name
        first = next(at for at, one in enumerate(held.items) if one.source.name == name)
        path = (path[0], path[1] - first, *path[2:])
    parsed = loaded.joined.parsed[name]
    if not parsed.whole or not isinstance(parsed.root, Mapping):
        raise Impossible(message("edit.broken", file=name))
    return name, parsed.root, path


def _want(intent: Intent, path: Path, new: object) -> None:
    ours, others = intent.gone, intent.set
    if new is not REMOVED:
        ours, others = others, ours
    whole = not isinstance(new, Appended)
    if others.meets(path, whole=whole):
        raise Impossible(message("edit.removed"))
    ours.add(path, whole=whole)
    if new is REMOVED:
        _take_out(intent, path)
    elif isinstance(new, Appended):
        values = [written(one, (*path, 0)) for one in new.values]
        _put(intent, path, values, appended=True)
    else:
        _put(intent, path, written(new, path), appended=False)


def _take_out(intent: Intent, path: Path) -> None:
    """Mark what stands at the path; what is not there need not be taken out."""
    node: Node = intent.root
    for place, step in enumerate(path):
        below = _child(node, step)
        if below is None:
            if isinstance(node, Scalar) and step == "on" and _is_delivery(path[:place]):
                intent.undated.append(path[:place])
            return
        node = below
    _marked(intent.removed, path).removed = True


def _take_dates_out(intent: Intent) -> None:
    """Take the date out of deliveries in short: all of one, unless more is written of it now."""
    for path in intent.undated:
        new = _marked(intent.written, path).new
        if isinstance(new, dict):
            new.pop("on", None)
        else:
            _marked(intent.removed, path).removed = True


def _marked(touch: Touch, path: Path) -> Touch:
    """The touch of what lies at a path below."""
    for step in path:
        touch = touch.keys.setdefault(step, Touch())
    return touch


def _put(intent: Intent, path: Path, value: Any, *, appended: bool) -> None:
    """Mark what is to stand at the path, with what is missing on the way there."""
    node: Node | None = intent.root
    touch, place = intent.written, 0
    while place < len(path) and touch.new is None and isinstance(node, Mapping | Sequence):
        below = _child(node, path[place])
        if below is None and not (isinstance(node, Mapping) and isinstance(path[place], str)):
            raise Impossible(message("edit.nowhere"))
        touch = touch.keys.setdefault(path[place], Touch())
        node, place = below, place + 1
    here, rest = path[:place], path[place:]
    given = node is not None and not is_nothing(node)
    if touch.new is None and node is not None and given and not rest:
        _settle(node, touch, path, value, appended=appended)
        return
    if touch.new is None and rest:
        touch.new = _in_full(here, node.text) if given and isinstance(node, Scalar) else {}
    _fill(touch, here, rest, value, appended=appended)


def _settle(node: Node, touch: Touch, path: Path, value: Value, *, appended: bool) -> None:
    """Mark a value that takes an old one's place, or items for a list that is there."""
    if appended and isinstance(node, Sequence):
        touch.added.extend(value)
    elif appended:
        raise Impossible(message("edit.no_list"))
    elif isinstance(value, str) and isinstance(node, Mapping) and _is_delivery(path):
        on = touch.keys.setdefault("on", Touch())
        same = "on" in node.entries and is_written(value, node.entries["on"].value)
        on.new = None if same else value
    else:
        touch.keys.clear()
        touch.added.clear()
        touch.new = None if is_written(value, node) else value


def _fill(touch: Touch, above: Path, steps: Path, value: Any, *, appended: bool) -> None:
    """Put a value into one that is being made."""
    if not steps:
        old = touch.new if isinstance(touch.new, list) else []
        touch.new = [*old, *value] if appended else value
        return
    inner: Any = touch.new
    if isinstance(inner, str):
        inner = touch.new = _in_full(above, inner)
    for place, step in enumerate(steps[:-1]):
        if not isinstance(inner, dict) or not isinstance(step, str):
            raise Impossible(message("edit.nowhere"))
        below = inner.setdefault(step, {})
        if isinstance(below, str):
            below = inner[step] = _in_full((*above, *steps[: place + 1]), below)
        inner = below
    last = steps[-1]
    if not isinstance(inner, dict) or not isinstance(last, str):
        raise Impossible(message("edit.nowhere"))
    inner[last] = [*inner.get(last, []), *value] if appended else value


def _in_full(path: Path, text: str) -> dict[str, Value]:
    """A link or a delivery that is written in short, with its keys."""
    found = belongs(path)
    if found is not None and found.name == "Delivery":
        return {"on": Bare(text)}
    if found is None or found.name != "Link":
        raise Impossible(message("edit.no_keys"))
    try:
        link = parse_link(text)
    except ValueError as error:
        raise Impossible(message("edit.no_keys")) from error
    full: dict[str, Value] = {"id": str(link["id"]), "link": str(link["link"])}
    lag: Any = link["lag"]
    return {**full, "lag": Bare(lag)} if lag.days else full


def _is_delivery(path: Path) -> bool:
    found = belongs(path)
    return found is not None and found.name == "Delivery"


def written(value: object, path: Path) -> Any:
    """A value as it is written at a path: numbers and dates as bare words."""
    if isinstance(value, dict):
        given = {str(key): one for key, one in value.items() if one is not None}
        return {key: written(one, (*path, key)) for key, one in given.items()}
    if isinstance(value, list | tuple):
        return [written(one, (*path, place)) for place, one in enumerate(value)]
    if isinstance(value, bool):
        return Bare(str(value).lower())
    if isinstance(value, float):
        return Bare(f"{value:.9f}".rstrip("0").rstrip("."))
    if isinstance(value, int | date):
        return Bare(value)
    found = belongs(path)
    is_word = found is not None and (found.kind == "word" or found.name == "Delivery")
    return Bare(value) if is_word else str(value)


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        entry = node.entries.get(step)
        return entry.value if entry else None
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
