"""The pages of the rules of colour, made from the one table that gives the colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.tracking.colours import DONE_RULES, OPEN_RULES, PROGRAM_RULES, SHARES, Limits
from banyuasin_plan.words import label, message, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.tracking.colours import Rule
    from banyuasin_plan.words import Lang, Message

COLOUR_RULES = (*DONE_RULES, *OPEN_RULES, *PROGRAM_RULES)
"""Every rule in the order it is tried, those of a milestone before those of a programme."""


def colour_rule_of(code: str) -> Rule | None:
    """The rule of that id, whatever its case."""
    return next((rule for rule in COLOUR_RULES if rule.id == code.upper()), None)


def colour_title(rule: Rule, lang: Lang) -> str:
    """What the rule makes of what: `R1: a red milestone`."""
    kind = "program" if rule in PROGRAM_RULES else "milestone"
    return label(
        "page.title",
        lang,
        id=rule.id,
        kind=label(f"page.kind.{kind}", lang),
        colour=label(f"status.{rule.colour}", lang),
    )


def colour_sentence(rule: Rule, lang: Lang) -> str:
    """When the rule holds."""
    return say(meaning_of(rule), lang)


def meaning_of(rule: Rule, limits: Limits | None = None) -> Message:
    """When the rule holds within these limits, or those that nobody changed."""
    value = getattr(limits or Limits(), rule.key or "", None)
    if isinstance(value, tuple):
        early, late = (-band * SHARES[rule.id] for band in value)
        return message(f"rule.{rule.id}", early=early, late=late)
    return message(f"rule.{rule.id}", n=value) if value else message(f"rule.{rule.id}")


def colour_page(rule: Rule, lang: Lang) -> str:
    """The whole page: title, when it holds, what is tried before it, its threshold."""
    return "\n\n".join(_paragraphs(rule, lang))


def _paragraphs(rule: Rule, lang: Lang) -> Iterator[str]:
    yield colour_title(rule, lang)
    yield colour_sentence(rule, lang)
    ids = [one.id for one in _tried_with(rule)]
    before = tuple(ids[: ids.index(rule.id)])
    yield label("page.order", lang, before=before) if before else label("page.first", lang)
    if rule.key:
        value = getattr(Limits(), rule.key)
        shown = tuple(f"{number:g}" for number in value) if isinstance(value, tuple) else value
        written = f"[{', '.join(shown)}]" if isinstance(shown, tuple) else str(shown)
        written = f"tolerance: {{{rule.key}: {written}}}"
        yield label("page.threshold", lang, name=rule.key, value=shown, written=written)


def _tried_with(rule: Rule) -> tuple[Rule, ...]:
    """The rules that are tried together with this one, in their order."""
    tables = (DONE_RULES, OPEN_RULES, PROGRAM_RULES)
    return next(table for table in tables if rule in table)
