"""What is wrong with one text, gathered while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.source.limits import FINDINGS
from banyuasin_plan.words import Message, message

if TYPE_CHECKING:
    from banyuasin_plan.source.nodes import Source

SHOWN: Final = 60
"""Characters of a text that are quoted in a sentence about it."""

HARMLESS: Final = frozenset(
    {
        "anchor", "tag", "directive", "tab", "empty_file", "duplicate_key.alike",
        "character.bidi", "character.hidden", "character.bom", "character.escape",
    }
)  # fmt: skip
"""Complaints after which the tree still holds all that the author wrote, as it is written."""


class Complaints:
    """Findings about one text, at most `FINDINGS` of them; then one more that says so.

    `whole` turns False with the first one that leaves the tree without part of the text.
    """

    def __init__(self, source: Source) -> None:
        """Begin with none."""
        self.source = source
        self.whole = True
        self._found: dict[tuple[int, str], Finding] = {}
        self._more = False

    @property
    def full(self) -> bool:
        """Whether looking for more is a waste of time."""
        return len(self._found) >= FINDINGS

    def add(self, key: str, start: int, end: int, **params: object) -> None:
        """Complain about the text between two offsets, once per place and kind."""
        self.whole = self.whole and key in HARMLESS
        if self.full:
            self._more = True
            return
        filled = tuple((name, shortened(value)) for name, value in params.items())
        self._found.setdefault(
            (start, key),
            Finding(
                self.source.span(start, end), Message(key, filled), Message(f"{key}.help", filled)
            ),
        )

    def any_between(self, keys: frozenset[str], start: int, end: int) -> bool:
        """Whether one of these was complained about between two offsets."""
        return any(start <= at < end and key in keys for at, key in self._found)

    def sorted(self) -> tuple[Finding, ...]:
        """All findings in the order of the text, closed by one about what was left out."""
        found = [self._found[place] for place in sorted(self._found)]
        if self._more:
            much = message("too_large.findings", limit=FINDINGS)
            found.append(Finding(found[-1].place, much, message("too_large.findings.help")))
        return tuple(found)


def shortened(value: object) -> object:
    """A text cut to what fits into a sentence; anything else as it is."""
    if isinstance(value, str) and len(value) > SHOWN:
        return f"{value[: SHOWN - 1]}…"
    return value
