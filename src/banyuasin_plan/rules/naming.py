"""Names: those of a programme, and those in a sentence, as many as a reader takes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.words import Message

MOST_NAMED = 12
"""Names in a sentence, or places: whoever mends these looks again."""


def some(names: Sequence[str]) -> tuple[str, ...] | Message:
    """The names, or the first of them and the number of the rest."""
    left = len(names) - MOST_NAMED
    if left <= 0:
        return tuple(names)
    return message("names.more", names=", ".join(names[:MOST_NAMED]), count=left)


def names_of(thing: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Everything a programme is called, each with its path."""
    for key in ("name", "full_name"):
        if name := getattr(thing, key, None):
            yield (*path, key), name
    for place, alias in enumerate(getattr(thing, "aliases", ())):
        yield (*path, "aliases", place), alias
