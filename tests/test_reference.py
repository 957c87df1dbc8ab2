"""The schedule against a second, independent reading of its rules: the slow one of `reference`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.plans import scheduled
from tests.reference.early import early_places, read
from tests.reference.late import late_of
from tests.reference.plans import as_yaml, random_plan

from banyuasin_plan.plan.known import known_on
from banyuasin_plan.plan.model import Plan

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.schedule import Schedule, Slot
    from tests.reference.days import Written
    from tests.reference.late import Late

PLANS = 1000
PARTS = 20


class Early(NamedTuple):
    """What people read of a milestone's place."""

    start: date
    finish: date


def _ours(written: Written, as_of: date | None) -> Schedule:
    plan = Plan.model_validate(written)
    return scheduled(known_on(plan, as_of) if as_of else plan, as_of)


def _early(written: Written, as_of: date | None) -> tuple[dict[str, Early], dict[str, Early]]:
    """Early dates of every milestone, here and in the reference."""
    places = early_places(read(written, as_of))
    ours = _ours(written, as_of).slots
    return (
        {name: Early(slot.start, slot.finish) for name, slot in ours.items()},
        {name: Early(place.start, place.finish) for name, place in places.items()},
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_early_dates(part: int) -> None:
    """Starts and finishes of 1,000 random plans are the reference's, as written and forecast."""
    for seed in range(part, PLANS, PARTS):
        written, as_of = random_plan(seed)
        for day in (None, as_of):
            ours, reference = _early(written, day)
            assert ours == reference, f"plan {seed} on {day}\n{as_yaml(written)}"
