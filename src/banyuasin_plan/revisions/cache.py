"""What was worked out of revisions before, kept where it can be thrown away.

A revision never changes, so neither do its figures, as long as the program works them out alike.
"""

from __future__ import annotations

import math
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.revisions.keeping import maker, read_kept, write_kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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
        self._maker = maker()
        self._points = _points(read_kept(self._file), self._maker) if self._file else {}
        self._new = False

    def get(self, revision: str) -> Point | None:
        """What is known of a revision."""
        return self._points.get(revision)

    def put(self, revision: str, point: Point) -> None:
        """Keep what was worked out."""
        self._points[revision] = point
        self._new = True

    def close(self) -> None:
        """Write what is new."""
        if self._new and self._file is not None:
            write_kept(self._file, {"maker": self._maker, "revisions": _rows(self._points)})


def _rows(points: Mapping[str, Point]) -> dict[str, object]:
    return {
        name: None
        if one.day is None
        else [one.day.isoformat(), *(one.shares or ()), *(one.counts or ())]
        for name, one in points.items()
    }


def _points(data: object, made_by: str) -> dict[str, Point]:
    """What the file held, as far as it is what this program would have written."""
    if not isinstance(data, dict) or data.get("maker") != made_by:
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
