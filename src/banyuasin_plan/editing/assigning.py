"""What people write to change a plan, `gertas-01 progress=60`, as changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.editing.changes import REMOVED, Appended, Change
from banyuasin_plan.editing.targets import Mistake, place_of, target_of
from banyuasin_plan.plan.places import belongs
from banyuasin_plan.reading.shaping import plain
from banyuasin_plan.source import Mapping, parse
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.reading import Loaded

ASSIGNMENT = re.compile(r"(?P<key>[^=+\s]+)(?P<sign>\+?=)(?P<value>.*)", re.DOTALL)
WORD = re.compile(
    r"""(?P<blank>\s+) | (?P<comment>(?<!\S)\#.*)
      | "(?P<double>(?:\\"|[^"])*)" | '(?P<single>[^']*)' | (?P<plain>[^\s"']+)""",
    re.VERBOSE,
)
"""What a line is made of; what is none of it is a quote that is not closed."""

CLEARED = ("", "-")
"""Values that take a key out: nothing, and what stands for nothing in a form."""

ADDRESS = re.compile(r"https?://")


class Assignment(NamedTuple):
    """A key of one thing and its value, as they were written.

    `added` says that the value comes to the end of a list, `where` in which line of a file it
    was written.
    """

    id: str
    key: str
    value: str
    added: bool = False
    where: str = ""


def words_of(line: str, where: str = "") -> list[str]:
    r"""The words of a line: blanks part them, quotes hold them together, `#` ends them.

    A backslash is one, as in `D:\foto`; only before a double quote within double quotes it says
    that this one does not end them. Raises Mistake where a quote is not closed.
    """
    words, at, parted = list[str](), 0, True
    while at < len(line):
        found = WORD.match(line, at)
        if found is None:
            raise Mistake(message("set.quote"), message("set.quote.help"), where)
        at = found.end()
        kind = found.lastgroup or ""
        if kind in {"blank", "comment"}:
            parted = True
            continue
        text = found[kind].replace('\\"', '"') if kind == "double" else found[kind]
        if parted:
            words.append("")
        words[-1] += text
        parted = False
    return words


def read_assignments(words: Sequence[str], where: str = "") -> list[Assignment]:
    """An id and what is assigned to its keys: `progress=60`, `blockers+=…`, `note=-`.

    Raises Mistake where it is something else.
    """
    name, *rest = words
    if not rest or ASSIGNMENT.fullmatch(name):
        raise Mistake(message("set.nothing"), message("set.help"), where)
    found = []
    for word in rest:
        read = ASSIGNMENT.fullmatch(word)
        if read is None:
            raise Mistake(message("set.assignment", given=word), message("set.help"), where)
        found.append(Assignment(name, read["key"], read["value"], read["sign"] == "+=", where))
    return found


def changes_of(
    loaded: Loaded, assignments: Iterable[Assignment], day: date
) -> tuple[list[Change], list[Mistake]]:
    """What is assigned as changes of the plan, and what can't be meant.

    `day` is when an obstacle began of which that is not said.
    """
    changes: list[Change] = []
    mistakes: list[Mistake] = []
    given: set[Path] = set()
    for one in assignments:
        try:
            change = _change(loaded, one, given, day)
        except Mistake as mistake:
            mistakes.append(Mistake(mistake.message, mistake.help, one.where))
        else:
            given.add(change.path)
            changes.append(change)
    return changes, mistakes


def _change(loaded: Loaded, one: Assignment, given: set[Path], day: date) -> Change:
    path = place_of(loaded, target_of(loaded, one.id), one.key)
    if path[-1] == "id":
        raise Mistake(message("set.id"))
    if path in given and not one.added:
        raise Mistake(message("set.twice", id=one.id, key=one.key))
    return Change(path, _value(one, path, day))


def _value(one: Assignment, path: Path, day: date) -> object:
    """What is to stand at the path, as far as the text says it."""
    found = belongs(path)
    kind = found.kind if found else "text"
    if one.added:
        if kind != "list":
            raise Mistake(message("set.no_list", key=one.key))
        if not one.value:
            raise Mistake(message("set.nothing_added", key=one.key))
        items = _items(one, path, day)
        return Appended(tuple(items if isinstance(items, list) else [items]))
    if one.value in CLEARED:
        return REMOVED
    if kind == "list":
        return _items(one, path, day)
    return _structure(one) if kind in {"keys", "names"} else one.value


def _items(one: Assignment, path: Path, day: date) -> Any:
    """A list in brackets; names with commas between them; or the one thing that is given."""
    item = belongs((*path, 0))
    blocker = item is not None and item.name == "Blocker"
    if one.value.startswith(("[", "{")):
        value = _structure(one)
        items = value if isinstance(value, list) else [value]
        dated = blocker and all(isinstance(each, dict) for each in items)
        return [{"since": day, **each} for each in items] if dated else items
    if blocker:
        return [{"since": day, "what": one.value}]
    if item is not None and item.name == "Evidence":
        kind = "link" if ADDRESS.match(one.value) else None
        return [{"kind": kind, "ref": one.value}]
    if path[-1] == "districts" and one.value == "all" and not one.added:
        return one.value
    if item is not None and (item.kind in {"name", "word"} or item.name == "Link"):
        return [part.strip() for part in one.value.split(",") if part.strip()]
    return [one.value]


def _structure(one: Assignment) -> Any:
    """A value in brackets or braces, read as the YAML it is; any other as the text it is."""
    if not one.value.startswith(("[", "{")):
        return one.value
    parsed = parse("", f"x: {one.value}".encode())
    if parsed.findings or not isinstance(parsed.root, Mapping):
        said = parsed.findings[0].message if parsed.findings else message("syntax")
        raise Mistake(message("set.unread", key=one.key, why=said))
    return plain(parsed.root.entries["x"].value)
