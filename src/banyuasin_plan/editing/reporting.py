"""When something was reported: what an office says of its work carries the day it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.editing.changes import REMOVED, Change
from banyuasin_plan.plan.places import OF_A_DELIVERY, OF_A_MILESTONE
from banyuasin_plan.source import Mapping, Scalar, key_of, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.reading import Loaded

REPORTED = "reported"
FACTS = frozenset({"progress", "achieved", "started", "finished", "evidence", "blockers"})
"""What an office reports of a milestone; verification, claims sent back and judgements are said
by others, and a plan's dates by whoever plans."""

OF_A_CAMAT = ((), ("on",), ("amount",), ("evidence",))
"""What a camat reports of a delivery: all of it, or one of these keys."""


def with_reports(loaded: Loaded, changes: Sequence[Change], day: date) -> list[Change]:
    """The changes, and with each milestone's facts the day on which they were reported.

    A delivery is a report by its own date; one that has none yet gets that day. Taking a fact out
    is no report, a day that is given counts, and no report is ever dated back.
    """
    given = {change.path for change in changes}
    reports = dict.fromkeys(_reports(loaded, changes))
    later = (path for path in reports if path not in given and _is_later(loaded, path, day))
    return [*changes, *(Change(path, day) for path in later)]


def _reports(loaded: Loaded, changes: Sequence[Change]) -> Iterator[Path]:
    """The key `reported` of everything that the changes report on."""
    for path, new in changes:
        if path[0] != "programs" or len(path) <= OF_A_MILESTONE or new is REMOVED:
            continue
        if path[OF_A_MILESTONE] in FACTS:
            yield (*path[:OF_A_MILESTONE], REPORTED)
        elif path[OF_A_MILESTONE] == "delivered" and len(path) >= OF_A_DELIVERY:
            delivery = path[:OF_A_DELIVERY]
            if path[OF_A_DELIVERY:] in OF_A_CAMAT and not _has_day(loaded, delivery, changes):
                yield (*delivery, REPORTED)


def _has_day(loaded: Loaded, delivery: Path, changes: Sequence[Change]) -> bool:
    """Whether a delivery has its date, or gets it."""
    on = (*delivery, "on")
    for path, new in changes:
        if path == on or (path == delivery and (isinstance(new, str) or "on" in _keys(new))):
            return new is not REMOVED
    node = locate(loaded.root, delivery)
    if not isinstance(node, Mapping):
        return isinstance(node, Scalar) and node.end > node.start
    return "on" in node.entries if key_of(loaded.root, delivery) else False


def _keys(new: object) -> Iterable[object]:
    return new if isinstance(new, dict) else ()


def _is_later(loaded: Loaded, path: Path, day: date) -> bool:
    """Whether the day is later than that of the last report."""
    node = locate(loaded.root, path)
    return key_of(loaded.root, path) is None or (
        isinstance(node, Scalar) and node.text < day.isoformat()
    )
