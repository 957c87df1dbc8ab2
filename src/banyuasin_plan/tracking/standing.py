"""A milestone on a day: what was promised, what is done, and how much room is left."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from banyuasin_plan.plan.model import owner_of
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.schedule.network import (
    duration_of,
    finish_of,
    last_report,
    share_done,
    start_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from banyuasin_plan.plan.baseline import Kept
    from banyuasin_plan.plan.model import Blocker, Milestone, Program
    from banyuasin_plan.schedule import Slot
    from banyuasin_plan.schedule.calendar import Calendar, Calendars

DUE_SOON = 10
"""Office days before its due date from which a milestone is due soon."""

SET_BY_ITSELF = frozenset({"due", "start", "calendar"})
"""Drivers by which a milestone sits where its own dates put it, not as early as it could."""


class State(StrEnum):
    """How far a milestone is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, eq=False, repr=False)
class Situation:
    """A milestone, its slots as planned and as forecast, and the data date.

    `kept` is what the plan's baseline holds of it, over whose dates planned value runs.
    Shares run from 0 to 1; days late and room are counted as their names say.
    """

    milestone: Milestone
    program: Program
    planned: Slot
    forecast: Slot
    places: Sequence[str]
    calendars: Calendars
    as_of: date
    kept: Kept | None = None

    @property
    def owner(self) -> str | None:
        """Who does it."""
        return owner_of(self.milestone, self.program)

    @property
    def calendar(self) -> Calendar:
        """Its owner's working days."""
        return self.calendars.of(self.owner)

    @cached_property
    def finished(self) -> date | None:
        """The day it was done."""
        return finish_of(self.milestone, self.places)

    @cached_property
    def began(self) -> date | None:
        """The day work began, as far as anybody reported."""
        return start_of(self.milestone)

    @cached_property
    def actual(self) -> float:
        """The share that is done, as reported."""
        return share_done(self.milestone, self.places)

    @cached_property
    def state(self) -> State:
        """How far it is."""
        if self.milestone.cancelled:
            return State.CANCELLED
        if self.finished:
            return State.DONE
        return State.IN_PROGRESS if self.began or self.actual else State.NOT_STARTED

    @property
    def open(self) -> bool:
        """Whether something is left to do."""
        return self.state in {State.NOT_STARTED, State.IN_PROGRESS}

    @cached_property
    def is_verified(self) -> bool:
        """Done, and somebody else saw it: every delivery, where it is done by district."""
        if self.state is not State.DONE:
            return False
        if not self.places:
            return self.milestone.verified is not None
        delivered = self.milestone.delivered
        return all(place in delivered and delivered[place].verified for place in self.places)

    @property
    def verified(self) -> float:
        """The share that is verified: all or nothing."""
        return 1.0 if self.is_verified else 0.0

    @property
    def due(self) -> date:
        """The promise, else the planned finish."""
        return self.milestone.due or self.planned.finish

    @property
    def promised(self) -> bool:
        """Whether anybody promised its due date; a planned finish is nobody's promise."""
        return self.milestone.due is not None

    @cached_property
    def first_promise(self) -> date | None:
        """The first due date that anybody promised, however often it was moved since."""
        moved = min(self.milestone.moved, key=lambda move: move.on, default=None)
        return moved.was if moved else self.milestone.due

    @cached_property
    def promise(self) -> tuple[int, int]:
        """First and last day of the promise, as ordinals."""
        last = self.due.toordinal()
        if self.milestone.start:
            return self.milestone.start.toordinal(), last
        duration = duration_of(self.milestone, self.calendar)
        if self.milestone.due is None:
            return self.planned.start.toordinal(), last
        if duration.calendar or not duration.days:
            return last - max(duration.days - 1, 0), last
        return self.calendar.day(self.calendar.count(last + 1) - duration.days), last

    @cached_property
    def stretch(self) -> tuple[int, int]:
        """First and last day over which its planned value runs, as ordinals.

        Of the baseline, where the plan names one that knows the milestone, else of the promise.
        An event is planned for its last day.
        """
        if self.kept:
            return self.kept.stretch
        first, last = self.promise
        return (last if self.planned.event else first), last

    def planned_on(self, day: int) -> float:
        """The share planned by the evening of a day: even over its working days, or a step."""
        first, last = self.stretch
        if day >= last:
            return 1.0
        if day < first:
            return 0.0
        whole = self.calendar.between(first, last)
        return self.calendar.between(first, day) / whole if whole else 0.0

    @cached_property
    def overdue(self) -> bool:
        """Whether it should have been done before the data date."""
        return self.open and self.due < self.as_of

    @cached_property
    def past_last_day(self) -> bool:
        """Whether it is due by the plan's last day but forecast past it."""
        return self.open and self.due <= self.calendars.last_day < self.forecast.finish

    @property
    def days_late(self) -> int:
        """Calendar days since its due date; 0 when it is not overdue."""
        return (self.as_of - self.due).days if self.overdue else 0

    @property
    def office_days_late(self) -> int:
        """Office days since its due date; 0 when it is not overdue."""
        return self.calendars.office_days(self.due, self.as_of) if self.overdue else 0

    @cached_property
    def due_soon(self) -> bool:
        """Whether it falls due within ten office days."""
        if not self.open or self.due < self.as_of:
            return False
        return self.calendars.office_days(self.as_of, self.due) <= DUE_SOON

    @cached_property
    def blockers(self) -> tuple[Blocker, ...]:
        """What stands in its way now."""
        if not self.open:
            return ()
        return tuple(one for one in self.milestone.blockers if one.closed is None)

    @property
    def last_report(self) -> date | None:
        """The last day anything was reported; the day it began counts as a report."""
        return last_report(self.milestone)

    @cached_property
    def earliest_finish(self) -> date:
        """When it could be done if it were begun as soon as its links allow.

        A milestone that waits for nothing but its own date could be begun on the data date.
        """
        if self.state is State.DONE or self.forecast.driver.kind not in SET_BY_ITSELF:
            return self.forecast.finish
        duration = duration_of(self.milestone, self.calendar)
        today = self.as_of.toordinal()
        if not duration.days:
            return min(self.as_of, self.forecast.finish)
        if duration.calendar:
            soonest = self.calendar.first_from(today) + duration.days - 1
        else:
            soonest = self.calendar.day(self.calendar.count(today) + duration.days - 1)
        return min(as_date(soonest), self.forecast.finish)

    @property
    def room(self) -> int:
        """Office days between the earliest finish and the due date; 0 when it does not fit."""
        return self.calendars.office_days(self.earliest_finish, self.due)
