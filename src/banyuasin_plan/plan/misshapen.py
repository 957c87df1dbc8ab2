"""What pydantic finds wrong with a piece of YAML, in our words, at the place people look for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from banyuasin_plan.diagnostic import Finding, KeyOf, Path, Place
from banyuasin_plan.plan import hints
from banyuasin_plan.plan.naming import SHORT_WORD, corrected_id, keys_of, nearest
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from banyuasin_plan.words import Message

SHORT_FORMS = {"Link": "link", "Delivery": "date"}
"""What a mapping of these models is in short, as most people write it."""

LONGEST_QUOTE = 60

WANTED = {
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "string_type": "text",
    "bad_id": "id",
    "bad_id.goal": "goal",
    "bad_date": "date",
    "bad_number": "number",
    "bad_number.whole": "number",
    "bad_choice.truth": "truth",
    "bad_duration": "duration",
    "bad_link": "link",
    "bad_link.lag": "duration",
}
"""What was wanted where a value has the wrong type, by pydantic's or our own error type."""


def finding_of(detail: ErrorDetails, model: type[BaseModel], path: Path, data: object) -> Finding:
    """One complaint of pydantic's in our words, at the place people look for."""
    kind, where = detail["type"], detail["loc"]
    context: dict[str, Any] = detail.get("ctx", {})
    place: Place = (*path, *where)
    if where and where[-1] == "[key]":
        place = KeyOf((*path, *where[:-1]))
    match kind:
        case "extra_forbidden":
            return _unknown_key(str(where[-1]), _model_at(model, where), (*path, *where))
        case "missing" if _is_given(data, where):
            return Finding(place, message("missing_key.empty", key=str(where[-1])))
        case "missing" if isinstance(where[-1], str):
            said = message("missing_key", key=where[-1])
            return Finding((*path, *where[:-1]), said, message(f"missing_key.{_hint(where)}"))
        case "string_too_short":
            kind = "empty" if isinstance(where[-1], str) else "item"
            key = next(str(step) for step in reversed(where) if isinstance(step, str))
            return Finding(place, message(f"missing_key.{kind}", key=key))
        case "enum" | "literal_error":
            return _bad_choice(detail, place)
        case "less_than_equal":
            said = message("bad_number.large", given=str(detail["input"]), most=context["le"])
            return Finding(place, said)
        case _ if kind.startswith("bad_"):
            given = context["given"]
            said = message(kind, **context | {"given": _short(given)})
            return Finding(place, said, _meant(kind, given) or _help(kind))
        case _:
            wanted = WANTED.get(context.get("wanted", kind))
            if wanted is None:  # the one list of a set length: missing, too_long
                return Finding(place, message("wrong_type.pair"))
            short = SHORT_FORMS.get(context.get("class_name", ""))
            pattern = hints.pattern_of(where, detail["input"])
            hint = message("wrong_type.help", pattern=pattern) if pattern else None
            return Finding(place, _wrong_type(short or wanted, detail["input"]), hint)


def _is_given(data: Any, where: tuple[int | str, ...]) -> bool:
    """Whether a key is there that is said to be missing, since nothing stands under it."""
    *above, key = where
    for step in above:
        data = data[step]
    return isinstance(data, dict) and key in data


def _hint(where: tuple[int | str, ...]) -> str:
    return "id" if where[-1] == "id" and "after" not in where else "help"


def _unknown_key(key: str, model: type[BaseModel], path: Path) -> Finding:
    said = message("unknown_key", key=_short(key))
    return Finding(KeyOf(path), said, key_help(key, keys_of(model)))


def key_help(key: str, known: tuple[str, ...]) -> Message:
    """What was meant by a key that is not known, or all that are."""
    if key.lower() in {"status", "warna"} and {"judged", "milestones"} & {*known}:
        return message("unknown_key.status", pattern=hints.PATTERNS["judged"])
    if close := hints.meant_key(key, known) or nearest(key, known):
        return message("did_you_mean", name=close)
    return message("unknown_key.known", keys=known)


def _bad_choice(detail: ErrorDetails, place: Place) -> Finding:
    given = detail["input"]
    choices = tuple(re.findall(r"'([^']*)'", detail["ctx"]["expected"]))
    if not isinstance(given, str):
        return Finding(
            place, _wrong_type("choice", given), message("bad_choice.help", choices=choices)
        )
    close = nearest(given, choices)
    meant = hints.meant_choice(given, choices) or (
        close if close and len(close) > SHORT_WORD else None
    )
    hint = message("did_you_mean", name=meant) if meant else None
    said = message("bad_choice", given=_short(given), choices=choices)
    return Finding(place, said, hint)


def _wrong_type(wanted: str, given: object) -> Message:
    found = "mapping" if isinstance(given, dict) else "list" if isinstance(given, list) else "text"
    if given is None:
        found = "nothing"
    return message("wrong_type", wanted=message(f"kind.{wanted}"), found=message(f"kind.{found}"))


def _meant(kind: str, given: str) -> Message | None:
    """The author's own value as it is written, where only one can be meant."""
    guess: str | None = None
    match kind:
        case "bad_date":
            guess = hints.meant_day(given)
        case "bad_duration" | "bad_link.lag":
            guess = hints.meant_duration(given)
        case "bad_number" | "bad_number.whole":
            guess = hints.meant_number(given, whole=kind.endswith("whole"))
        case "bad_choice.truth":
            guess = hints.meant_choice(given, ("true", "false"))
        case "bad_link" if found := _foreign.match(given):
            return message("bad_link.foreign", owner=found[1], name=found[2])
        case "bad_id":
            guess = corrected_id(given)
    return message("did_you_mean", name=guess) if guess else None


def _help(kind: str) -> Message | None:
    """How such a value is written."""
    rule = kind.partition(".")[0]
    if kind.endswith((".small", ".large", ".long")):
        return None
    if kind in {
        "bad_id.goal",
        "bad_choice.truth",
        "bad_number.whole",
        "bad_number.ambiguous",
        "bad_link.lag",
    }:
        return message(f"{kind}.help")
    return message(f"{rule}.help")


_foreign = re.compile(r"([a-z0-9-]+)/([a-z0-9-]+)\Z", re.ASCII)


def _short(text: str) -> str:
    """At most sixty characters of a value, so that a message stays a line."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 3]}..."


def _model_at(model: type[BaseModel], where: tuple[int | str, ...]) -> type[BaseModel]:
    """The model whose mapping holds the last step of a location."""
    for step in where[:-1]:
        model = _models_in(model).get(str(step), model)
    return model


@cache
def _models_in(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    return {
        field.alias or name: inner
        for name, field in model.model_fields.items()
        if (inner := _model_of(field.annotation))
    }


def _model_of(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_of(part))), None)
