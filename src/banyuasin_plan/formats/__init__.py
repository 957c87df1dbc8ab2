"""One file a format; each turns a report into text.

To add one, write its function and name it in `FORMATS`: every report has it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from banyuasin_plan.report import Report
    from banyuasin_plan.words import Lang


class Screen(NamedTuple):
    """What the text is for: how wide (None: as wide as it gets), coloured or not.

    `plain` screens show ASCII signs only.
    """

    width: int | None = None
    colour: bool = False
    plain: bool = False


FORMATS = ("table", "json", "csv")
"""Every format of reports, by name; the name is the module's, `table` is the terminal's."""

MODULES = {"table": "terminal"}


def written(report: Report, name: str, lang: Lang, screen: Screen) -> str:
    """The report in a format, in a language."""
    module = import_module(f"banyuasin_plan.formats.{MODULES.get(name, name)}")
    text: str = module.write(report, lang, screen)
    return text
