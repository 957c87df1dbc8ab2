"""A plan's files in a tree of git's, found as they are on a disk, or by the plan's id."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.fields import parse_day
from banyuasin_plan.source import Mapping as Node
from banyuasin_plan.source import Scalar, parse
from banyuasin_plan.source.limits import PLAN_BYTES, PLAN_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from banyuasin_plan.revisions.objects import Entry, Objects

HEAD = re.compile(rb"""^(?:\xef\xbb\xbf)?["']?plan["']?[ ]*:""", re.MULTILINE)
ENDINGS = (".yaml", ".yml")
BASELINES = "baselines"
DEEPEST = 64
MOST_LOOKED_AT = 20_000
"""Names in a tree among which a plan is looked for."""


class Place(NamedTuple):
    """Where a plan lies in its repository: folders one in the other, perhaps a file."""

    parts: tuple[str, ...]
    is_file: bool


class Snapshot(NamedTuple):
    """A plan at a revision: where it lay, what names its state, and its files.

    `texts` are by their paths within the plan's folder, `baselines` by their names.
    """

    place: Place
    state: str
    texts: dict[str, bytes]
    baselines: dict[str, bytes]

    def shelf(self, name: str) -> tuple[str, bytes] | None:
        """The file of a baseline that was saved in it, and its bytes."""
        file = f"{name}{ENDINGS[0]}"
        data = self.baselines.get(file)
        return (f"{BASELINES}/{file}", data) if data is not None else None


def plan_at(objects: Objects, tree: str, place: Place) -> Snapshot | None:
    """The plan at its place in a tree; None where there is none."""
    entry = _entry(objects, tree, place.parts)
    if entry is None and place.parts:
        return None
    state = entry.hash if entry else tree
    if place.is_file:
        if entry is None or not entry.is_file:
            return None
        shelf = _entry(objects, tree, (*place.parts[:-1], BASELINES))
        baselines = _baselines(objects, shelf)
        state = f"{state}.{shelf.hash}" if shelf else state
        return Snapshot(place, state, {place.parts[-1]: objects.file(entry.hash)}, baselines)
    if entry is not None and not entry.is_folder:
        return None
    found = dict(_files(objects, state, ""))
    texts = {path: objects.file(one.hash) for path, one in found.items()}
    if not any(map(_has_head, texts.values())):
        return None
    shelf = next((one for one in objects.tree(state) if one.name == BASELINES), None)
    return Snapshot(place, state, texts, _baselines(objects, shelf))


def plan_elsewhere(objects: Objects, tree: str, place: Place, plan: str) -> Snapshot | None:
    """The plan with that id wherever in the tree it lies; None where it is not in it."""
    size = 0
    for path, entry in _files(objects, tree, "", whole=True):
        text = objects.file(entry.hash)
        size += len(text)
        if size > PLAN_BYTES:
            return None
        if _plan_id(path, text) == plan:
            parts = tuple(path.split("/"))
            where = parts if place.is_file else parts[:-1]
            return plan_at(objects, tree, Place(where, place.is_file))
    return None


def held_day(texts: Mapping[str, bytes]) -> date | None:
    """The data date that a plan's files hold, without reading all of the plan."""
    days = (_head_day(text) for text in texts.values() if _has_head(text))
    return next((day for day in days if day), None)


@lru_cache(maxsize=256)
def _head_day(text: bytes) -> date | None:
    head = _head("", text)
    one = head.entries.get("as_of") if head else None
    try:
        return parse_day(one.value.text) if one and isinstance(one.value, Scalar) else None
    except ValueError:
        return None


def _entry(objects: Objects, tree: str, parts: tuple[str, ...]) -> Entry | None:
    """What lies at the end of a path."""
    found = None
    for part in parts:
        if found is not None and not found.is_folder:
            return None
        inside = objects.tree(found.hash if found else tree)
        found = next((one for one in inside if one.name == part), None)
        if found is None:
            return None
    return found


def _files(
    objects: Objects, tree: str, path: str, *, whole: bool = False
) -> Iterator[tuple[str, Entry]]:
    """The YAML files in and below a folder: no hidden ones, no baselines, no links.

    One more than a plan may have, where it has more; in a `whole` repository as many as are
    looked at.
    """
    most = MOST_LOOKED_AT if whole else PLAN_FILES + 1
    looked = 0
    stack = [(tree, path, 0)]
    while stack:
        here, name, deep = stack.pop()
        for one in objects.tree(here):
            looked += 1
            if looked > MOST_LOOKED_AT or one.name.startswith("."):
                continue
            below = f"{name}/{one.name}" if name else one.name
            if one.is_folder and one.name != BASELINES and deep < DEEPEST:
                stack.append((one.hash, below, deep + 1))
            elif one.is_file and one.name.endswith(ENDINGS) and most:
                most -= 1
                yield below, one


def _baselines(objects: Objects, shelf: Entry | None) -> dict[str, bytes]:
    """The files of saved baselines by their names."""
    if shelf is None or not shelf.is_folder:
        return {}
    found = (one for one in objects.tree(shelf.hash) if one.is_file)
    return {one.name: objects.file(one.hash) for one in found if one.name.endswith(ENDINGS[0])}


@lru_cache(maxsize=1_024)
def _has_head(text: bytes) -> bool:
    """Whether a file says of itself that it holds what is said of the whole plan."""
    return HEAD.search(text) is not None


def _plan_id(name: str, text: bytes) -> str | None:
    """The id of the plan whose head a file holds; empty where it has none that can be read."""
    if not _has_head(text):
        return None
    head = _head(name, text)
    one = head.entries.get("id") if head else None
    return one.value.text if one and isinstance(one.value, Scalar) else ""


def _head(name: str, text: bytes) -> Node | None:
    """What a file says of the whole plan."""
    root = parse(name, text).root
    entry = root.entries.get("plan") if isinstance(root, Node) else None
    return entry.value if entry and isinstance(entry.value, Node) else None
