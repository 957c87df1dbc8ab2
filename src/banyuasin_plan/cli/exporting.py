"""`plan export KIND`: what can be exported, with its options; each runs in a module of its own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.cli.completing import complete_owner
from banyuasin_plan.cli.options import (
    COMMON,
    KEEP_GOING,
    OUTPUT,
    PLAN,
    TODAY,
    flag,
    option,
    several,
)

if TYPE_CHECKING:
    from collections.abc import Callable


class Export(NamedTuple):
    """A kind of export: the module of `cli` whose `export` makes it, and its options."""

    module: str
    options: dict[str, Any]


EXPORTS = {
    "weekly": Export(
        "weekly",
        {
            **PLAN,
            "week": option("--week", metavar="N"),
            **TODAY,
            **OUTPUT,
            "paper": option("--paper", metavar="a4|f4"),
            "per_owner": flag("--per-owner"),
            **KEEP_GOING,
            **COMMON,
        },
    ),
    "slides": Export(
        "slides",
        {
            **PLAN,
            "week": option("--week", metavar="N"),
            **TODAY,
            **OUTPUT,
            **KEEP_GOING,
            **COMMON,
        },
    ),
    "form": Export(
        "forms",
        {
            **PLAN,
            "owner": several("--owner", metavar="ID", complete=complete_owner),
            "all": flag("--all"),
            "planning": flag("--planning"),
            "verify": flag("--verify"),
            "sample": option("--sample", metavar="10%|N"),
            "seed": option("--seed", metavar="N"),
            **TODAY,
            "folder": option("--output", "-o", metavar="DIR"),
            "force": flag("--force"),
            **KEEP_GOING,
            **COMMON,
        },
    ),
    "pack": Export(
        "packing",
        {
            **PLAN,
            "week": option("--week", metavar="N"),
            **TODAY,
            "pack": option("--output", "-o", metavar="DIR"),
            "paper": option("--paper", metavar="a4|f4"),
            "replace": flag("--force"),
            **KEEP_GOING,
            **COMMON,
        },
    ),
}
"""Every kind by its name, in the order of the help."""


def exporter(kind: str) -> Callable[..., int]:
    """What runs a kind, imported when it is called."""

    def run(**given: Any) -> int:
        module = import_module(f"banyuasin_plan.cli.{EXPORTS[kind].module}")
        code: int = module.export(**given)
        return code

    return run
