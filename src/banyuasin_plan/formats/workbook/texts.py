"""Text as a cell can hold it: what XML forbids replaced, what is too long cut, both told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyuasin_plan.words import Message

MOST = 32_767
"""Characters (UTF-16 units) that Excel holds in a cell."""

CUT = "…"
INSTEAD = "\N{REPLACEMENT CHARACTER}"
ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 does not allow, and carriage returns, which it would turn into something else."""

BEYOND = 0xFFFF


class Texts:
    """Makes text fit for cells, and remembers what it had to change."""

    def __init__(self) -> None:
        """Nothing changed yet."""
        self.replaced = 0
        self.cut = 0

    def fitting(self, text: str) -> str:
        """The text as a cell can hold it."""
        if not text.isprintable() and ILLEGAL.search(text):
            text, count = ILLEGAL.subn(INSTEAD, text)
            self.replaced += count
        if len(text) > MOST // 2 and _units(text) > MOST:
            self.cut += 1
            text = _cut(text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for markup of its own: give it what it means.
            return f"<r><t>{_escaped(text)}</t></r>"
        return text

    def tell(self, tell: Callable[[Message], None]) -> None:
        """Say what was changed, if anything."""
        if self.replaced:
            tell(message("book.replaced", count=self.replaced))
        if self.cut:
            tell(message("book.cut", count=self.cut, most=MOST))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _units(text: str) -> int:
    return len(text) + sum(ord(letter) > BEYOND for letter in text)


def _cut(text: str) -> str:
    """As much of the text as fits before the mark that says it was cut."""
    whole = text.encode("utf-16-le")[: 2 * (MOST - 1)]
    return whole.decode("utf-16-le", "ignore") + CUT
