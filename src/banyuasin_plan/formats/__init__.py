"""One file or folder a format; each turns a report into text, or a workbook into bytes.

To add one, write its function and name it in `FORMATS`: every report has it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple, overload

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyuasin_plan.report import Report
    from banyuasin_plan.words import Lang, Message


def ignore(_: Message) -> None:
    """Hear of something and do nothing about it."""


class Screen(NamedTuple):
    """What the text is for: how wide (None: as wide as it gets), coloured or not.

    `plain` screens show ASCII signs only; `paper` is what is printed on, `a4` or `f4`; `tell` hears
    of what a format could not take as it is.
    """

    width: int | None = None
    colour: bool = False
    plain: bool = False
    paper: str = "a4"
    tell: Callable[[Message], None] = ignore


FORMATS = ("table", "json", "csv", "md", "xlsx")
"""Every format of reports, by name; `table` is the terminal's."""

BINARY = frozenset({"xlsx"})
"""Formats that are bytes: for files and pipes, not for a terminal."""

MODULES = {"table": "terminal", "md": "markdown", "xlsx": "workbook"}
"""The modules of formats that are called otherwise."""


@overload
def written(
    report: Report, name: Literal["table", "json", "csv", "md"], lang: Lang, screen: Screen
) -> str: ...
@overload
def written(report: Report, name: Literal["xlsx"], lang: Lang, screen: Screen) -> bytes: ...
@overload
def written(report: Report, name: str, lang: Lang, screen: Screen) -> str | bytes: ...
def written(report: Report, name: str, lang: Lang, screen: Screen) -> str | bytes:
    """The report in a format, in a language."""
    module = import_module(f"banyuasin_plan.formats.{MODULES.get(name, name)}")
    result: str | bytes = module.write(report, lang, screen)
    return result
