"""What may be written where: a page for each part of a plan, made from the model itself."""

from __future__ import annotations

import inspect
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from banyuasin_plan.plan import fields, head, model
from banyuasin_plan.plan.naming import keys_of
from banyuasin_plan.words import Lang, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

THINGS: Mapping[str, type[BaseModel]] = {
    "plan": head.PlanHead,
    "calendar": head.WorkCalendar,
    "closed": head.Period,
    "tolerance": head.Tolerance,
    "escalation": head.Escalation,
    "group": model.Group,
    "goal": model.GoalSet,
    "item": model.GoalItem,
    "owner": model.Owner,
    "owner-calendar": head.OwnerCalendar,
    "district": model.District,
    "inherited": model.Inherited,
    "stopped": model.Stopped,
    "decision": model.Decision,
    "program": model.Program,
    "inherits": model.Inherits,
    "milestone": model.Milestone,
    "after": model.Link,
    "moved": model.Moved,
    "target": model.Target,
    "budget": model.Budget,
    "delivered": model.Delivery,
    "evidence": model.Evidence,
    "verified": model.Verified,
    "returned": model.Returned,
    "blocker": model.Blocker,
    "judged": model.Judged,
    "cancelled": model.Cancelled,
    "top": model.Plan,
}
"""Every part of a plan that has keys, by the word to ask for it; `top` is a whole file."""

GRAMMARS = (
    (fields.Id, "id"),
    (fields.GoalRef, "goal"),
    (fields.Day, "day"),
    (fields.Truth, "truth"),
    (fields.Span, "duration"),
    (fields.Lag, "lag"),
    (fields.Positive, "positive"),
    (fields.Percent, "percent"),
    (fields.Whole, "whole"),
    (fields.Number, "number"),
    (fields.Text, "text"),
    (fields.Districts, "districts"),
)
"""The small grammars of values, each known by what checks it."""


class Key(NamedTuple):
    """A key of a part: its name, how it is written, and what it means."""

    name: str
    written: str
    meaning: str


def thing_of(word: str) -> str | None:
    """The part that a word asks for, in the singular or as the key under which it stands."""
    name = word.lower().replace("programme", "program")
    for candidate in (name, name.removesuffix("s")):
        if candidate in THINGS:
            return candidate
    return None


def thing_line(name: str, lang: Lang) -> str:
    """A part and what it is, in a line."""
    return f"{name}: {_about(name, lang)}"


def thing_page(name: str, lang: Lang) -> str:
    """A part's page: what it is, where it stands, every key with how it is written."""
    lines = [thing_line(name, lang)]
    if places := places_of(name):
        lines.append(label("field.under", lang, places=", ".join(places)))
    for key in keys_in(name, lang):
        lines += ["", f"{key.name}: {key.written}", f"  {key.meaning}"]
    return "\n".join(lines)


def keys_page(word: str, lang: Lang) -> str | None:
    """Every key of that name, wherever it may stand; None where none has it."""
    found = [
        f"{thing}.{key.name}: {key.written}\n  {key.meaning}"
        for thing in THINGS
        for key in keys_in(thing, lang)
        if word.lower() in (key.name, f"{thing}.{key.name}")
    ]
    return "\n\n".join(found) or None


def keys_in(name: str, lang: Lang) -> Iterator[Key]:
    """The keys of a part in the model's order."""
    kind = THINGS[name]
    raw = _annotations(kind)
    described = _described(lang)
    for key, (python_name, field) in zip(keys_of(kind), kind.model_fields.items(), strict=True):
        meaning = field.description if lang is Lang.EN else described[f"{kind.__name__}.{key}"]
        yield Key(key, _written(raw[python_name], field, lang), meaning or "")


def places_of(name: str) -> tuple[str, ...]:
    """The keys under which a part stands, as `milestone.budget`."""
    return tuple(
        f"{'' if other == 'top' else f'{other}.'}{key}"
        for other, kind in THINGS.items()
        for key, annotation in zip(keys_of(kind), _in_order(kind), strict=True)
        if THINGS[name] in _parts(annotation)
    )


def _about(name: str, lang: Lang) -> str:
    kind = THINGS[name]
    if lang is Lang.EN:
        return (inspect.getdoc(kind) or "").partition("\n")[0]
    about: str = import_module("banyuasin_plan.words.id.schema").PARTS[kind.__name__]
    return about


def _described(lang: Lang) -> Mapping[str, str]:
    if lang is Lang.EN:
        return {}
    found: Mapping[str, str] = import_module("banyuasin_plan.words.id.schema").DESCRIPTIONS
    return found


def _annotations(kind: type[BaseModel]) -> dict[str, Any]:
    """The fields' types as the model writes them, its parents' included."""
    found: dict[str, Any] = {}
    for one in reversed(kind.__mro__):
        found |= getattr(one, "__annotations__", {})
    return found


def _in_order(kind: type[BaseModel]) -> list[Any]:
    raw = _annotations(kind)
    return [raw[name] for name in kind.model_fields]


def _parts(annotation: Any) -> set[Any]:
    """A type and all that it is made of."""
    inner = {each for arg in get_args(annotation) for each in _parts(arg)}
    return {annotation, *inner} if isinstance(annotation, type) else inner


def _written(annotation: Any, field: FieldInfo, lang: Lang) -> str:
    """How a key is written, whether it must be, and what holds without it."""
    said = _grammar(annotation, lang)
    if field.is_required():
        return f"{said} ({label('field.required', lang)})"
    default = field.default
    if isinstance(default, bool):
        default = str(default).lower()
    if default is None or not isinstance(default, str | int | float) or default == "":
        return said
    shown = f"{default:g}" if isinstance(default, float) else str(default)
    return f"{said} ({label('field.default', lang, value=shown)})"


def _grammar(annotation: Any, lang: Lang) -> str:
    """The grammar of a value in words."""
    kinds = [arg for arg in get_args(annotation) if arg is not type(None)]
    for known, name in GRAMMARS:
        if _is(annotation, known):
            return label(f"written.{name}", lang)
    if get_origin(annotation) is Literal:
        return " | ".join(kinds)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return " | ".join(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _thing(annotation, lang)
    if get_origin(annotation) is tuple:
        several = "list" if kinds[-1] is Ellipsis else "pair"
        return label(f"written.{several}", lang, item=_grammar(kinds[0], lang))
    if model.Delivery in _parts(annotation):
        return label("written.delivery", lang)
    return _grammar(kinds[0], lang)


def _is(annotation: Any, known: Any) -> bool:
    """Whether a type is one of the small grammars, with further bounds or without."""
    rules = getattr(annotation, "__metadata__", ())
    return bool(rules) and known.__metadata__[0] in rules


def _thing(kind: type[BaseModel], lang: Lang) -> str:
    if kind is model.Link:
        return label("written.link", lang)
    name = next(name for name, one in THINGS.items() if one is kind)
    return label("written.keys", lang, thing=name)
