"""What would change in texts, line by line, as `diff -u` and git show it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from banyuasin_plan.words.writing import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NO_END = "\\ No newline at end of file"


def unified(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    """The files of `after` against what they were, in order of their names; nothing if all same.

    Line ends are not shown, since they stay as they are; letters that steer a terminal are
    spelled out.
    """
    return "".join(f"{line}\n" for name in sorted(after) for line in _file(name, before, after))


def _file(name: str, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    old, new = (_lines(texts.get(name, b"")) for texts in (before, after))
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm=""):
        shown, _, rest = line.partition("\n")
        yield escape(shown)
        if rest:
            yield rest


def _lines(data: bytes) -> list[str]:
    """Lines without their ends; the last one says where it has none."""
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    if lines[-1]:
        lines[-1] += f"\n{NO_END}"
        return lines
    return lines[:-1]
