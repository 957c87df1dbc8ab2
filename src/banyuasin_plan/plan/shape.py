"""Does a piece of YAML have the shape of the model? pydantic answers; the words are ours.

A piece that fails is tried again without the keys that were wrong, so that one broken date
hides nothing else about its milestone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Finding, Path

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
