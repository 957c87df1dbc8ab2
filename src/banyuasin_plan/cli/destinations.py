"""Where `-o` leads: to a file whose name says what is in it, or to a folder."""

from __future__ import annotations

import os
from pathlib import Path

from banyuasin_plan.cli.usage import Usage
from banyuasin_plan.words import message

TEXTS = {"table": ".txt", "json": ".json", "csv": ".csv", "md": ".md"}
"""How the name of a text ends, by its format."""

OF_TEXTS = frozenset({*TEXTS.values(), ".html", ".htm", ".yaml", ".yml"})
"""Endings of texts; a file with one of them may hold any text."""

FILES = OF_TEXTS | {
    ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".pptx", ".ppt", ".odp", ".docx", ".doc", ".odt",
    ".pdf", ".zip", ".png", ".jpg", ".jpeg",
}  # fmt: skip
"""Endings that nobody gives to a folder."""


def is_file_name(given: str) -> bool:
    """Whether a path that is asked for names a file and not a folder."""
    named = Path(given).suffix.lower() in FILES and not given.endswith(("/", os.sep))
    return named and not Path(given).is_dir()


def folder_at(given: str) -> Path:
    """The folder that several files go to; refused where it is the name of one file.

    What is there already and no folder is told by whoever makes it.
    """
    if is_file_name(given) and not Path(given).exists():
        raise Usage(
            message("usage.folder", path=given),
            message("usage.folder.help", path=Path(given).with_suffix("").as_posix()),
        )
    return Path(given)


def check_name(given: str | None, form: str) -> None:
    """Refuse a file that is named as something else than its format: programs go by the name."""
    file = Path(given or "")
    ending, own = file.suffix.lower(), TEXTS.get(form, f".{form}")
    if ending not in FILES or ending == own or {ending, own} <= OF_TEXTS:
        return
    kind = message("usage.kind.text" if form in TEXTS else f"usage.kind.{form}")
    hint = message("usage.ending.help", path=file.with_suffix(own).as_posix())
    if form in TEXTS and ending == ".xlsx":
        hint = message("usage.ending.workbook")
    raise Usage(message("usage.ending", path=given, kind=kind), hint)
