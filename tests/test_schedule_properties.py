"""What holds of every unlevelled schedule that is planned forward, whatever the plan."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.plans import scheduled
from tests.reference.days import DAY, Moment
from tests.reference.early import Place, early_places, event_at, holds, read, work_at
from tests.reference.plans import as_yaml, plan_from, random_link

from banyuasin_plan.plan.model import Plan
from banyuasin_plan.reading import load

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from tests.reference.days import Written
    from tests.reference.early import Reading, Task

    from banyuasin_plan.schedule import Schedule, Slot

NOW = datetime(2025, 4, 10, tzinfo=UTC)
"""Any time: the data date is given."""


def _milestones(plan: Written) -> list[Written]:
    return [one for program in plan["programs"] for one in program["milestones"]]


def _forward(source: random.Random) -> Written:
    """A random plan without fixed starts, and in which no due date is all that places anything."""
    plan, _ = plan_from(source)
    for one in _milestones(plan):
        one.pop("start", None)
        if "after" not in one and "not_before" not in one:
            one.pop("due", None)
    return plan


# A plan is short enough to read as it is; making it shorter takes minutes.
unshrunk = settings(phases=(Phase.explicit, Phase.generate))

RANDOMS = st.randoms(use_true_random=False)
FORWARD = RANDOMS.map(_forward)


def _ours(plan: Written) -> Schedule:
    return scheduled(Plan.model_validate(plan))


def _places(task: Task, slot: Slot) -> list[Place]:
    """Where the days of a slot put a milestone: an event is their morning or their evening."""
    if task.event:
        return [event_at(Moment(slot.start, evening)) for evening in (False, True)]
    begin, end = Moment(slot.start, evening=False), Moment(slot.finish, evening=True)
    return [Place(begin, end, slot.start, slot.finish, event=False)]


@unshrunk
@given(FORWARD)
def test_every_link_holds(plan: Written) -> None:
    """Of every link, the end that waits is at the end it waits for and its lag, or later."""
    reading, slots = read(plan), _ours(plan).slots
    for task in reading.tasks.values():
        for link in task.links:
            before = _places(reading.tasks[link.before], slots[link.before])
            tried = product(_places(task, slots[task.name]), before)
            assert any(
                # What would fall before the plan's first day is held there.
                holds(link, task, here, there, reading.office) or here.start == reading.first
                for here, there in tried
            ), f"{link} of {task.name}\n{as_yaml(plan)}"


@unshrunk
@given(FORWARD)
def test_no_work_on_closed_days(plan: Written) -> None:
    """Work begins on an open day of its owner and takes exactly its duration."""
    slots = _ours(plan).slots
    for task in read(plan).tasks.values():
        slot = slots[task.name]
        if task.event:
            assert slot.start == slot.finish
            continue
        assert task.office.opens(slot.start)
        if task.duration.calendar:
            assert (slot.finish - slot.start).days + 1 == task.duration.days
        else:
            assert task.office.opens(slot.finish)
            found = task.office.days_between(slot.start, slot.finish + DAY)
            assert found == task.duration.days


@unshrunk
@given(FORWARD)
def test_finish_is_the_least_possible(plan: Written) -> None:
    """No milestone could be a working day earlier without breaking a link or a first day."""
    reading, slots = read(plan), _ours(plan).slots
    places = early_places(reading)
    for task in reading.tasks.values():
        slot = slots[task.name]
        if task.event:
            assert slot.start == places[task.name].start
            continue
        day = slot.start - DAY
        while not task.office.opens(day):
            day -= DAY
        assert _breaks(task, work_at(task, day), reading, places), as_yaml(plan)


def _breaks(task: Task, place: Place, reading: Reading, places: Mapping[str, Place]) -> bool:
    """Whether a milestone can't lie there: before a day that holds it, or against a link."""
    if place.start < max(reading.first, task.not_before or reading.first):
        return True
    return any(
        not holds(link, task, place, places[link.before], reading.office) for link in task.links
    )


@unshrunk
@given(FORWARD, RANDOMS)
def test_another_link_makes_nothing_earlier(plan: Written, source: random.Random) -> None:
    """A link more moves dates later or not at all, those of everything that follows too."""
    before = _ours(plan).slots
    milestones = _milestones(plan)
    place = source.randrange(1, len(milestones))
    link = random_link(milestones[source.randrange(place)], source)
    milestones[place]["after"] = [*milestones[place].get("after", ()), link]
    for name, slot in _ours(plan).slots.items():
        assert before[name].start <= slot.start, f"{link}\n{as_yaml(plan)}"
        assert before[name].finish <= slot.finish, f"{link}\n{as_yaml(plan)}"


@unshrunk
@given(RANDOMS, RANDOMS)
def test_order_changes_nothing(source: random.Random, other: random.Random) -> None:
    """In whatever order files, milestones and keys stand, both schedules are the same."""
    plan, as_of = plan_from(source)
    first = load({"plan.yaml": as_yaml(plan).encode()}, NOW, as_of)
    second = load(_shuffled_files(plan, other), NOW, as_of)
    assert first.schedule
    assert second.schedule
    assert dict(first.schedule.slots) == dict(second.schedule.slots), as_yaml(plan)
    assert first.forecast
    assert second.forecast
    assert dict(first.forecast.slots) == dict(second.forecast.slots), as_yaml(plan)


def _shuffled_files(plan: Written, source: random.Random) -> dict[str, bytes]:
    """The plan in files of one top-level key or one programme each, all in a random order."""
    parts = [{"plan": plan["plan"]}]
    parts += [{key: [one]} for key in ("owners", "districts", "programs") for one in plan[key]]
    source.shuffle(parts)
    return {
        f"{number}.yaml": json.dumps(_shuffled(part, source)).encode()
        for number, part in enumerate(parts)
    }


KEEP = ("moved", "after")
"""Lists whose order says something: promises given up one after the other; which link is named
first of two that drive alike."""


def _shuffled(value: object, source: random.Random) -> object:
    if isinstance(value, dict):
        keys = list(value)
        source.shuffle(keys)
        return {k: value[k] if k in KEEP else _shuffled(value[k], source) for k in keys}
    if isinstance(value, list):
        items = [_shuffled(item, source) for item in value]
        source.shuffle(items)
        return items
    return value
