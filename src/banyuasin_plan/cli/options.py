"""Options as commands declare them: what they may say is checked by us, in our words."""

from __future__ import annotations

from typing import Annotated, Any

import typer

Text = str | None


def option(*names: str, metavar: str = "TEXT", complete: Any = None) -> Any:
    """An option that takes a text."""
    return Annotated[Text, typer.Option(*names, metavar=metavar, autocompletion=complete)]


def several(*names: str, metavar: str = "TEXT", complete: Any = None) -> Any:
    """An option that takes a text each time it is given."""
    texts = list[str] | None
    return Annotated[texts, typer.Option(*names, metavar=metavar, autocompletion=complete)]


def flag(*names: str, hidden: bool = False) -> Any:
    """An option that is given or not."""
    return Annotated[bool, typer.Option(*names, hidden=hidden)]


PLAN = {"plan": option("--plan", metavar="PATH")}
COMMON = {"lang": option("--lang", metavar="id|en"), "debug": flag("--debug", hidden=True)}
TODAY = {"today": option("--today", metavar="DATE")}
OUTPUT = {"output": option("--output", "-o", metavar="FILE")}
KEEP_GOING = {"keep_going": flag("--keep-going")}
