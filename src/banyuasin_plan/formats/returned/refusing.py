"""A workbook that is not read, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.words import Message


class Refused(Exception):  # noqa: N818 - the file's mistake, not the program's
    """A workbook that is not read: `message` says why, in one line."""

    def __init__(self, what: Message) -> None:
        """Say why."""
        super().__init__(what.key)
        self.message = what


def refuse(why: str, /, **params: object) -> NoReturn:
    """Stop reading a workbook."""
    raise Refused(message(f"returned.{why}", **params))
