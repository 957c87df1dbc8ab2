"""A rule's page in the reader's language: English is the docstring, Indonesian lies beside it."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from banyuasin_plan.rules import Rule


def page_of(rule: Rule, lang: Lang) -> str:
    """The whole page, its title first."""
    if lang is Lang.EN:
        return inspect.cleandoc(rule.page)
    from importlib.resources import files  # 8 ms that only `plan explain` needs

    page = files("banyuasin_plan.words.id") / "rules" / f"{rule.code}.md"
    return page.read_text(encoding="utf-8").strip()


def title_of(rule: Rule, lang: Lang) -> str:
    """The page's first line."""
    return page_of(rule, lang).partition("\n")[0]
