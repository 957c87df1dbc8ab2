"""The schedule against a second, independent reading of its rules: the slow one of `reference`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.plans import milestone, scheduled
from tests.reference.early import early_places, read
from tests.reference.facts import State
from tests.reference.late import late_of
from tests.reference.plans import as_yaml, random_plan

from banyuasin_plan.plan.known import known_on
from banyuasin_plan.plan.model import Plan

if TYPE_CHECKING:
    from tests.reference.days import Written

    from banyuasin_plan.schedule import Schedule

PLANS = 1000
PARTS = 10

Dates = dict[str, tuple[object, ...]]


def _scheduled(written: Written, as_of: date | None) -> Schedule:
    plan = Plan.model_validate(written)
    return scheduled(known_on(plan, as_of) if as_of else plan, as_of)


def _early(written: Written, as_of: date | None) -> tuple[Dates, Dates]:
    """First and last day of every milestone, here and in the reference."""
    places = early_places(read(written, as_of))
    slots = _scheduled(written, as_of).slots
    return (
        {name: (slot.start, slot.finish) for name, slot in slots.items()},
        {name: (place.start, place.finish) for name, place in places.items()},
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_early_dates(part: int) -> None:
    """Starts and finishes of 1,000 random plans are the reference's, as written and forecast."""
    for seed in range(part, PLANS, PARTS):
        written, as_of = random_plan(seed)
        for day in (None, as_of):
            ours, reference = _early(written, day)
            assert ours == reference, f"plan {seed} on {day}\n{as_yaml(written)}"


def _late(written: Written, as_of: date | None) -> tuple[Dates, Dates]:
    """Floats of all work, and late dates of what has not begun, here and in the reference.

    How an event is late in days, morning or evening, the rules leave open.
    """
    reading = read(written, as_of)
    slots, places = _scheduled(written, as_of).slots, early_places(reading)
    ours: Dates = {}
    reference: Dates = {}
    for name, task in reading.tasks.items():
        late, slot = late_of(task, reading, places), slots[name]
        if task.event and task.facts.state is not State.FINISHED:
            continue
        ours[name] = (slot.total_float, slot.free_float)
        reference[name] = (late.total, late.free) if late else (None, None)
        if late and task.facts.state is State.NOT_BEGUN:
            ours[name] += (slot.late_start, slot.late_finish)
            reference[name] += (late.place.start, late.place.finish)
    return ours, reference


@pytest.mark.parametrize("part", range(PARTS))
def test_late_dates_and_floats(part: int) -> None:
    """Floats and late dates of work in 1,000 random plans are what pushing it day by day finds."""
    for seed in range(part, PLANS, PARTS):
        written, as_of = random_plan(seed)
        for day in (None, as_of):
            ours, reference = _late(written, day)
            assert ours == reference, f"plan {seed} on {day}\n{as_yaml(written)}"


def _plan(*milestones: Written) -> Written:
    """A plan without holidays from Monday 3 March 2025 on."""
    head = {"id": "uji", "name": "Uji", "start": "2025-03-03", "calendar": {"holidays": "none"}}
    return {"plan": head, "programs": [{"id": "p", "name": "P", "milestones": list(milestones)}]}


def test_finished_event_is_one_instant() -> None:
    """An event that happened is that evening for what waits for its beginning too."""
    written = _plan(milestone("e", "0", finished="2025-03-10"), milestone("b", "1d", "e SS+5d"))
    ours, reference = _early(written, date(2025, 3, 12))
    assert ours == reference


def test_cancelled_does_not_end_the_plan() -> None:
    """Work has no float up to a day on which only something cancelled lies."""
    written = _plan(
        milestone("a", "1d"),
        milestone("c", "1d", "a+9d", cancelled={"on": "2025-03-04"}),
        milestone("z", "1d"),
    )
    ours, reference = _late(written, date(2025, 3, 5))
    assert ours == reference


def test_float_before_an_event_some_days_after_a_start() -> None:
    """Work pushed by all of its total float leaves the plan's finish where it is."""
    written = _plan(
        milestone("a", "1d"),
        milestone("e", "0", "a SS+1d"),
        milestone("c", "1d", "e FS+1cd"),
        milestone("z", "6d"),
    )
    ours, reference = _late(written, None)
    assert ours == reference
