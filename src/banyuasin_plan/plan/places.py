"""What belongs at a path of a plan: which keys a mapping has, and how a value is written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from banyuasin_plan.plan import fields
from banyuasin_plan.plan.model import Plan
from banyuasin_plan.plan.naming import keys_of

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Path

GRAMMARS: tuple[Any, ...] = (
    fields.Day, fields.Truth, fields.Span, fields.Lag,
    fields.Whole, fields.Positive, fields.Number, fields.Percent,
)  # fmt: skip
OF_A_THING, OF_A_MILESTONE, OF_A_DELIVERY = 2, 4, 6
"""Steps of the paths `programs, 3`, `programs, 3, milestones, 0` and `…, delivered, betung`."""

TEXT: Any = fields.Text
WORDS = tuple(kind.__metadata__[0] for kind in GRAMMARS)
"""The grammars whose values are no texts: YAML readers may type them as they like."""


class Belongs(NamedTuple):
    """What a value at a path is.

    `text`, `name` and `word` are scalars: a name is an id or a choice, a word a date, a number, a
    duration or a truth. `keys` is a mapping with the schema's `keys`, `names` one by the names of
    other things.
    """

    kind: Literal["text", "name", "word", "keys", "names", "list"]
    keys: tuple[str, ...] = ()
    name: str = ""


def belongs(path: Path) -> Belongs | None:
    """What belongs at a path; None where the model has no such place."""
    return _belongs(tuple(0 if isinstance(step, int) else step for step in path))


@cache
def _belongs(path: Path) -> Belongs | None:
    annotation: Any = Plan
    for step in path:
        annotation = _below(annotation, step)
        if annotation is None:
            return None
    return _described(annotation)


def _below(annotation: Any, step: str | int) -> Any:
    """The type of what a step leads to."""
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        names = {field.alias or name: name for name, field in bare.model_fields.items()}
        return _annotations(bare)[names[step]] if isinstance(step, str) and step in names else None
    kinds = get_args(bare)
    if get_origin(bare) is tuple and isinstance(step, int):
        return kinds[0]
    return kinds[1] if get_origin(bare) is dict and isinstance(step, str) else None


def _described(annotation: Any) -> Belongs:
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return Belongs("keys", keys_of(bare), bare.__name__)
    if get_origin(bare) is tuple:
        return Belongs("list")
    if get_origin(bare) is dict:
        return Belongs("names")
    rules = _rules(annotation)
    if any(rule in WORDS for rule in rules):
        return Belongs("word")
    return Belongs("text" if TEXT.__metadata__[0] in rules else "name")


def _bare(annotation: Any) -> Any:
    """A type without what is said about it, and without None beside it."""
    while get_origin(annotation) is Annotated or type(None) in get_args(annotation):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        annotation = kinds[0]
    return annotation


def _rules(annotation: Any) -> tuple[Any, ...]:
    """What is said about a type, with None beside it or without."""
    found = getattr(annotation, "__metadata__", ())
    if not found and type(None) in get_args(annotation):
        return next((rules for kind in get_args(annotation) if (rules := _rules(kind))), ())
    return tuple(found)


def _annotations(model: type[BaseModel]) -> dict[str, Any]:
    """The fields' types as the model writes them, its parents' included."""
    found: dict[str, Any] = {}
    for one in reversed(model.__mro__):
        found |= getattr(one, "__annotations__", {})
    return found
