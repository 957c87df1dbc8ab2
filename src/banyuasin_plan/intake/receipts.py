"""What offices' forms have brought into the plan: by it a later answer is known as theirs.

A form is held against the plan as it was when the form was sent. What the same office has
answered since is a change in the plan too, but no conflict: receipts tell the two apart. They
are no part of the plan. Where they are lost, an office's second answer is a conflict, which is
the safe side, and importing the same forms again brings them back.
"""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

VERSION = 1

Slot = tuple[str, str, str, str, str]
"""Plan, owner, milestone, district (or nothing), field."""


class Stamp(NamedTuple):
    """When an answer was given: the day it reports on, and when its workbook was saved (or not)."""

    day: date
    saved: str


class Receipt(NamedTuple):
    """The value that an answer brought, as one text (None: it cleared what was there)."""

    value: str | None
    stamp: Stamp


Receipts = dict[Slot, Receipt]


def is_later(one: Stamp, other: Stamp) -> bool | None:
    """Whether one answer was given after the other; None where nobody can tell."""
    if one.day != other.day:
        return one.day > other.day
    if one.saved and other.saved and one.saved != other.saved:
        return one.saved > other.saved
    return None


def read_receipts(data: bytes) -> Receipts:
    """Receipts as they were written; none where they are illegible."""
    try:
        found = json.loads(data)
        return {
            (str(plan), str(owner), str(milestone), str(district), str(field)): Receipt(
                None if value is None else str(value), Stamp(date.fromisoformat(day), str(saved))
            )
            for plan, owner, milestone, district, field, value, day, saved in found["received"]
            if found["version"] == VERSION
        }
    except (ValueError, TypeError, LookupError, RecursionError):
        return {}


def written(receipts: Receipts) -> bytes:
    """Receipts as bytes, one a line, so that two people's can be merged like any text."""
    lines = ",\n".join(
        json.dumps(
            [*slot, one.value, one.stamp.day.isoformat(), one.stamp.saved], ensure_ascii=False
        )
        for slot, one in sorted(receipts.items())
    )
    return f'{{"version": {VERSION}, "received": [\n{lines}\n]}}\n'.encode()
