"""Does a piece of YAML have the shape of the model? pydantic answers; the words are ours.

A piece that fails is tried again without the keys that were wrong, so that one broken date
hides nothing else about its milestone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from banyuasin_plan.diagnostic import Finding, Path

SHORT_WORD = 3
"""Letters of a word that says too little to be guessed from another."""

MOST_FINDINGS = 1_000
"""Complaints about one piece; more of them only show that it is something else."""

Model = TypeVar("Model", bound=BaseModel)


class Shaped(NamedTuple, Generic[Model]):
    """A value of the model, or what of it could be read, and what was wrong.

    `unread` are the paths of the keys that were left out of the value, which is None where not
    even its required keys could be read.
    """

    value: Model | None
    findings: tuple[Finding, ...] = ()
    unread: frozenset[Path] = frozenset()


def shape(model: type[Model], data: object, path: Path) -> Shaped[Model]:
    """The data, found at that path, as the model; wrong parts as findings."""
    try:
        return Shaped(model.model_validate(data))
    except ValidationError as error:
        details = error.errors(include_url=False)
    from banyuasin_plan.plan.misshapen import finding_of  # most plans have no use for it

    shown = details[:MOST_FINDINGS]
    findings = tuple(finding_of(detail, model, path, data) for detail in shown)
    wrong = {detail["loc"][0] for detail in details if detail["loc"]}
    return Shaped(_salvaged(model, data, wrong), findings, frozenset((*path, key) for key in wrong))


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


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys a mapping of that model may have, in the schema's order."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _salvaged(model: type[Model], data: object, wrong: set[int | str]) -> Model | None:
    """The data without its wrong keys; a lost name is stood in for by the id."""
    if not isinstance(data, dict):
        return None
    kept = {key: value for key, value in data.items() if key not in wrong}
    if "name" in model.model_fields and isinstance(kept.get("id"), str):
        kept.setdefault("name", kept["id"])
    try:
        return model.model_validate(kept)
    except ValidationError:
        return None


def corrected_id(given: str) -> str:
    """What an id was most likely meant to be; empty where nothing is left of it."""
    return re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-")[:64]
