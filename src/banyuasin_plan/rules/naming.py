"""Names in a sentence: as many as a reader takes in, and how many there are besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.words import Message

MOST_NAMED = 12
"""Names in a sentence, or places: whoever mends these looks again."""


def some(names: Sequence[str]) -> tuple[str, ...] | Message:
    """The names, or the first of them and the number of the rest."""
    left = len(names) - MOST_NAMED
    if left <= 0:
        return tuple(names)
    return message("names.more", names=", ".join(names[:MOST_NAMED]), count=left)
