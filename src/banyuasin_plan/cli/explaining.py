"""`plan explain`: codes of findings, rules of colours, and the keys of the plan."""

from __future__ import annotations

from typing import Any

from banyuasin_plan.cli.output import deliver
from banyuasin_plan.cli.reporting import reader
from banyuasin_plan.cli.usage import unknown
from banyuasin_plan.plan.pages import THINGS, keys_page, thing_line, thing_of, thing_page
from banyuasin_plan.rules import RULES, rule_of
from banyuasin_plan.rules.pages import page_of, title_of
from banyuasin_plan.tracking.pages import (
    COLOUR_RULES,
    colour_page,
    colour_rule_of,
    colour_sentence,
    colour_title,
)
from banyuasin_plan.words import Lang, label, message


def explain(**given: Any) -> int:
    """Show what a code, a colour's rule, a thing or a key means, or all of them in a line each."""
    lang = reader(given, None)
    word = given["code"]
    text = _all(lang) if word is None else _page(word, lang)
    if text is None:
        known = [*(rule.code for rule in RULES), *(rule.id for rule in COLOUR_RULES), *THINGS]
        raise unknown("usage.code", word, known, message("usage.codes"))
    deliver(f"{text}\n", None)
    return 0


def _page(word: str, lang: Lang) -> str | None:
    """The page of what is called so; None where nothing is."""
    if rule := rule_of(word):
        return f"{rule.code}: {page_of(rule, lang)}"
    if colour := colour_rule_of(word):
        return colour_page(colour, lang)
    if thing := thing_of(word):
        return thing_page(thing, lang)
    return keys_page(word, lang)


def _all(lang: Lang) -> str:
    """Every finding, colour and thing in a line each."""
    lines = [f"{rule.code}  {title_of(rule, lang)}" for rule in RULES]
    lines += ["", label("explain.colours", lang)]
    lines += [f"{colour_title(one, lang)}. {colour_sentence(one, lang)}" for one in COLOUR_RULES]
    lines += ["", label("explain.keys", lang)]
    lines += [thing_line(name, lang) for name in THINGS]
    return "\n".join(lines)
