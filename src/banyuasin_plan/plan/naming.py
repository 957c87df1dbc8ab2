"""Names in a plan: the keys a mapping may have, and what a word or an id was most likely to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

SHORT_WORD = 3
"""Letters of a word that says too little to be guessed from another."""


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys a mapping of that model may have, in the schema's order."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like this one, when one does.

    Short words look alike by chance; they must begin alike as well.
    """
    import difflib

    names = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    if not found or (len(found[0]) <= SHORT_WORD and found[0][0] != word[0].lower()):
        return None
    return names[found[0]]


def corrected_id(given: str) -> str:
    """What an id was most likely meant to be; empty where nothing is left of it."""
    return re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-")[:64]
