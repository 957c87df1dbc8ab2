"""What each meeting is worth: the schedule if it is held, beside the schedule if it waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.alignment.matters import Crowd, Window, matters_of
from banyuasin_plan.alignment.meetings import chair_of, meetings_of
from banyuasin_plan.reports.whatif import difference
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.schedule.delaying import Delays, Moved

if TYPE_CHECKING:
    from banyuasin_plan.alignment.meetings import Meeting
    from banyuasin_plan.reports import Material

WITHIN = 7
"""Calendar days ahead in which something falls due for a meeting of this week."""


NEVER = 10**9
"""The float of a meeting that nothing waits for."""

MOST_WORK = 60_000
"""Milestones that are levelled again in all, where capacities are kept; what has least float is
asked about first. Without capacities every meeting is asked about."""


class Stake(NamedTuple):
    """A meeting and what hangs on it.

    `saved` counts the office days between `finish`, the plan's last day if it is held, and
    `left`, the last day if all that is stuck comes `delay` working days later; `past_due` and
    `past_last_day` are the milestones that then miss their due date or the last day and would not
    otherwise, `moved` all whose dates change. `meet_by` is the last office day to meet on.
    Where a large plan would have to be levelled too often, `saved` is None and nothing is known.
    """

    meeting: Meeting
    chair: str | None
    meet_by: date
    delay: int
    saved: int | None
    finish: date | None
    left: date | None
    moved: tuple[str, ...]
    past_due: tuple[str, ...]
    past_last_day: tuple[str, ...]

    @property
    def supposed(self) -> tuple[str, ...]:
        """The same question as `plan whatif` takes it."""
        return tuple(f"{name}+{self.delay}d" for name in self.meeting.stuck)


def stakes_of(material: Material, within: int = WITHIN) -> list[Stake]:
    """Every meeting of the days to come, those that save most on the critical path first.

    Then come those without which most milestones pass the last day, most due dates are missed,
    most milestones move; then what is to be decided first.
    """
    plan, forecast = material.plan, material.forecast
    window = Window(material.as_of, material.as_of + timedelta(within))
    matters = matters_of(plan, material.schedule, forecast, window)
    asking = _Asking(material, window)
    meetings = sorted(meetings_of(matters, material.as_of), key=asking.least_float)
    most = MOST_WORK // max(len(forecast.slots), 1) if forecast.levelled else len(meetings)
    asked = [asking.stake_of(one) for one in meetings[:most]]
    return sorted([*asked, *map(asking.unasked, meetings[most:])], key=_turn)


def _turn(one: Stake) -> tuple[bool, int, int, int, int, date, tuple[str, ...]]:
    return (
        one.saved is None,
        -(one.saved or 0),
        -len(one.past_last_day),
        -len(one.past_due),
        -len(one.moved),
        one.meeting.decide_by or date.max,
        one.meeting.offices,
    )


class _Asking:
    """The forecast, the days looked at, and when everything is due."""

    def __init__(self, material: Material, window: Window) -> None:
        self.material, self.window = material, window
        self.delays = Delays(material.plan, material.forecast)
        office = material.forecast.calendars.plan
        self.first = office.first_from(window.first.toordinal())
        self.last = max(self.first, office.last_before(window.last.toordinal() + 1))
        self.delay = material.forecast.calendars.office_days(window.first, window.last)
        self.dues = {
            one.id: one.due
            for program in material.plan.programs
            for one in program.milestones
            if one.due and not one.cancelled
        }

    def stake_of(self, meeting: Meeting) -> Stake:
        """What hangs on a meeting."""
        forecast = self.material.forecast
        held, left = self._held(meeting), self._left(meeting)
        slots, last = forecast.slots, forecast.calendars.last_day
        moved = [name for name in left.slots if name not in forecast.cancelled]
        days = 0
        if held.finish and left.finish:
            days = difference(forecast, held.finish, left.finish)
        return Stake(
            meeting,
            chair_of(self.material.plan, meeting.offices),
            self._meet_by(meeting),
            self.delay,
            days,
            held.finish,
            left.finish,
            tuple(moved),
            tuple(
                name
                for name in moved
                if name in self.dues and slots[name].finish <= self.dues[name] < left.slots[name][1]
            ),
            tuple(name for name in moved if slots[name].finish <= last < left.slots[name][1]),
        )

    def unasked(self, meeting: Meeting) -> Stake:
        """A meeting of which nothing is known but who and when."""
        chair = chair_of(self.material.plan, meeting.offices)
        finish = self.material.forecast.finish
        day = self._meet_by(meeting)
        return Stake(meeting, chair, day, self.delay, None, finish, None, (), (), ())

    def least_float(self, meeting: Meeting) -> tuple[int, date]:
        """A key that sorts by how little the plan's end can spare of what is stuck."""
        slots = self.material.forecast.slots
        spare = [slots[name].total_float or 0 for name in (*meeting.stuck, *meeting.held_up)]
        return min(spare, default=NEVER), meeting.decide_by or date.max

    def _held(self, meeting: Meeting) -> Moved:
        """If it is held: the forecast, and of who is full what more room would do."""
        rooms = {
            one.source.owner: one.source.most
            for one in meeting.matters
            if isinstance(one.source, Crowd)
        }
        return self.delays.roomier(rooms) if rooms else Moved({}, self.material.forecast.finish)

    def _left(self, meeting: Meeting) -> Moved:
        """If it waits until these days are over."""
        if not meeting.stuck or not self.delay:
            return Moved({}, self.material.forecast.finish)
        return self.delays.later(meeting.stuck, self.delay)

    def _meet_by(self, meeting: Meeting) -> date:
        """The first day that anything is to be decided by, within these days; at once if late."""
        wanted = meeting.decide_by
        day = self.first if wanted is None else wanted.toordinal()
        office = self.material.forecast.calendars.plan
        return as_date(min(max(self.first, office.last_before(day + 1)), self.last))
