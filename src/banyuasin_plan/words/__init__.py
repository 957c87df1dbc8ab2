"""What people read, in Indonesian and English.

The rest of the program passes `Message` values about: a key and its numbers, dates and names.
Only here, and only when somebody is about to read it, does a message become a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from banyuasin_plan.words.writing import Count, Decimals, escape, list_of, short_date

if TYPE_CHECKING:
    from collections.abc import Mapping


PARTS = (
    "text",
    "findings",
    "labels",
    "cli",
    "scenarios",
    "past",
    "pages",
    "intake",
    "editing",
    "workbook",
    "form",
    "standing",
    "verify",
    "slides",
    "alignment",
)
"""The modules that hold the words, alike in both languages."""


class Lang(StrEnum):
    """The two languages everything comes in."""

    ID = "id"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence before it has a language: the key of its template and what fills it."""

    key: str
    params: tuple[tuple[str, object], ...] = ()

    def __getitem__(self, name: str) -> object:
        return dict(self.params)[name]


class Lines(tuple[Message, ...]):
    """Sentences that stand one below the other in the sentence they fill."""

    __slots__ = ()


def message(key: str, /, **params: object) -> Message:
    """A message by its template's key; parameters are numbers, dates, names or messages."""
    return Message(key, tuple(params.items()))


def say(what: Message, lang: Lang) -> str:
    """The message as a sentence in that language.

    Dates, numbers and messages inside it follow the language; text from a plan is stripped of
    characters that could steer a terminal. A missing template is a bug and raises KeyError.
    """
    template = catalogue(lang)[what.key]
    if not what.params:
        return template.format() if "{" in template else template
    return template.format(**{name: _readable(value, lang) for name, value in what.params})


def label(key: str, lang: Lang, **params: object) -> str:
    """The template under a key, for words that stand by themselves."""
    return say(message(key, **params), lang)


@cache
def catalogue(lang: Lang) -> Mapping[str, str]:
    """Every template of one language by its key."""
    templates: dict[str, str] = {}
    for part in PARTS:
        module = import_module(f"banyuasin_plan.words.{lang}.{part}")
        templates |= module.TEMPLATES
    return templates


def _readable(value: object, lang: Lang) -> object:
    if isinstance(value, Message):
        return say(value, lang)
    if isinstance(value, date):
        return short_date(value, lang)
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return Count(value, lang)
    if isinstance(value, float):
        return Decimals(value, lang)
    if isinstance(value, Lines):
        return "\n".join(say(line, lang) for line in value)
    if isinstance(value, tuple):
        return list_of([str(_readable(item, lang)) for item in value], lang)
    return escape(str(value))
