"""What was worked out of revisions before, kept where it can be thrown away.

A revision never changes, so neither do its figures, as long as the program works them out alike.
The file is read as if anybody had written it: whatever is not as it should be counts as not there.
"""

from __future__ import annotations

import json
import math
import os
import sys
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 10_000_000
MAKE = 1
"""How figures come about; counted up when the same revision would give others."""

FIELDS = 7


class Point(NamedTuple):
    """A revision's figures on its data date, as far as they were worked out.

    Percentages run from 0 to 100; `counts` are milestones, those done and those overdue. Without
    figures only the day is known, without a day that the revision could not be read.
    """

    day: date | None
    shares: tuple[float, float, float] | None = None
    counts: tuple[int, int, int] | None = None


class Cache:
    """Points by the hashes of revisions, in one file for each plan."""

    def __init__(self, folder: Path | None, plan: str, place: str) -> None:
        """The plan with that id at that place; without a folder nothing is kept."""
        name = sha256(f"{plan}\0{place}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
        self._file = folder / f"history-{name}.json" if folder else None
        self._points = _read(self._file) if self._file else {}
        self._new = False

    def get(self, revision: str) -> Point | None:
        """What is known of a revision."""
        return self._points.get(revision)

    def put(self, revision: str, point: Point) -> None:
        """Keep what was worked out."""
        self._points[revision] = point
        self._new = True

    def close(self) -> None:
        """Write what is new, whole or not at all; where that can't be, nothing is kept."""
        if not self._new or self._file is None:
            return
        part = self._file.with_name(f".{self._file.name}.{os.getpid()}.tmp")
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                part.write_text(_text(self._points), encoding="ascii")
                part.replace(self._file)
            finally:
                part.unlink(missing_ok=True)


def cache_folder() -> Path | None:
    """Where programs keep what they can make again, for this user; None where nowhere is."""
    environment = os.environ
    if sys.platform == "win32":
        given = environment.get("LOCALAPPDATA")
        return Path(given) / "banyuasin-plan" / "cache" if given else None
    given = environment.get("XDG_CACHE_HOME")
    if given and Path(given).is_absolute():
        return Path(given) / "banyuasin-plan"
    home = environment.get("HOME")
    if not home or not Path(home).is_absolute():
        return None
    below = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path(home) / below / "banyuasin-plan"


def _text(points: Mapping[str, Point]) -> str:
    rows = {
        name: None
        if one.day is None
        else [one.day.isoformat(), *(one.shares or ()), *(one.counts or ())]
        for name, one in points.items()
    }
    return json.dumps({"version": __version__, "make": MAKE, "revisions": rows})


def _read(file: Path) -> dict[str, Point]:
    """What the file holds, as far as it is what this program would have written."""
    try:
        with file.open("rb") as text:
            data = json.loads(text.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or (data.get("version"), data.get("make")) != (__version__, MAKE):
        return {}
    rows = data.get("revisions")
    found = {name: _point(row) for name, row in rows.items()} if isinstance(rows, dict) else {}
    return {name: point for name, point in found.items() if point is not None}


def _point(row: object) -> Point | None:
    if row is None:
        return Point(None)
    if not isinstance(row, list) or not row or not isinstance(row[0], str):
        return None
    try:
        day = date.fromisoformat(row[0])
    except ValueError:
        return None
    if len(row) == 1:
        return Point(day)
    shares, counts = row[1:4], row[4:]
    if len(row) != FIELDS or not all(map(_is_share, shares)) or not all(map(_is_count, counts)):
        return None
    planned, actual, verified = shares
    milestones, done, overdue = counts
    return Point(day, (planned, actual, verified), (milestones, done, overdue))


def _is_share(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and 0 <= value <= 100  # type: ignore[arg-type, operator]  # noqa: PLR2004 - percent


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
