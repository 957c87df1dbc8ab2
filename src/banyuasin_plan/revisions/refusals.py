"""Why there is nothing to be had from a plan's past, as a value for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from banyuasin_plan.words import Message


class NoPast(Exception):  # noqa: N818 - it is no error of the program
    """A past that can't be read: no git, no repository, no such revision, no plan in it."""

    def __init__(self, what: Message, hint: Message | None = None) -> None:
        """Say what stands in the way, and what would help."""
        super().__init__(what.key)
        self.message = what
        self.help = hint
