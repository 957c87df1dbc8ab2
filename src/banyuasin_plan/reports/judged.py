"""A person's colour beside the computed one: as long as it holds, and where there is any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Column, Kind, Tone

if TYPE_CHECKING:
    from banyuasin_plan.tracking import Standing

JUDGED = Column("judged", Kind.STATUS, rank=5, sparse=True)


def judged_tone(one: Standing) -> Tone | None:
    """The cell of the column."""
    return Tone(one.judged.status) if one.judged else None
