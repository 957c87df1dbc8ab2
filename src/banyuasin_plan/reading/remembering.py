"""What was read before, for plans that are read again and again with little changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.source import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.reading.shaping import Shaped
    from banyuasin_plan.source import Parsed


MOST = 1_000
"""Files that are remembered, so that a long past does not fill the memory."""


class Memory:
    """Trees of files by name and bytes, and the pieces shaped from their nodes.

    Revisions of a plan mostly share their files: each is then read once, not once a revision.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.shaped: Shaped = {}
        self._parsed: dict[tuple[str, bytes], Parsed] = {}

    def trees(self, texts: Mapping[str, bytes]) -> dict[str, Parsed]:
        """The tree of every file, of those not met before newly made."""
        if len(self._parsed) > MOST:
            self._parsed.clear()
            self.shaped.clear()
        for pair in texts.items():
            if pair not in self._parsed:
                self._parsed[pair] = parse(*pair)
        return {name: self._parsed[name, data] for name, data in texts.items()}
