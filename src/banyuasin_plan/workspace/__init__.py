"""The folder on disk and the texts in it: find a plan, read it, write it whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from banyuasin_plan.workspace.finding import Found, Held, find
from banyuasin_plan.workspace.refusals import Outdated, Unavailable, shown
from banyuasin_plan.workspace.writing import is_other, make_folder, write

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.reading import Loaded

__all__ = [
    "Found",
    "Held",
    "Outdated",
    "Unavailable",
    "find",
    "is_other",
    "load_plan",
    "make_folder",
    "shown",
    "write",
]


def load_plan(path: str | Path, day: date | None = None) -> Loaded:
    """The plan in a folder or file on a data date, with every complaint about it.

    Raises `Unavailable` where there is no plan or the disk does not give it out.
    """
    from banyuasin_plan.reading import load  # the model, which a shell's completion can't wait for

    found = find(str(path), Path.cwd())
    return load(found.texts(), datetime.now(UTC), day, shelf=found.shelf)
