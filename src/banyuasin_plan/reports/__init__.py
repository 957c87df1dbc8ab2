"""One file a report: the plan on a day becomes blocks of typed cells.

To add one, write its function and name it in `REPORTS`: it is a command, in every format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import Heading

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.plan.head import PlanHead
    from banyuasin_plan.plan.model import Plan, Program
    from banyuasin_plan.reports.weekly.changes import Since
    from banyuasin_plan.schedule import Calendars, Schedule
    from banyuasin_plan.tracking import Tracking
    from banyuasin_plan.tracking.changes import Changes
    from banyuasin_plan.tracking.curves import Known


class Material(NamedTuple):
    """What reports are made of: the plan as known on the data date, dated and tracked.

    `tracking` holds the milestones that are asked for; `whole` says that it is all of them, and
    `asked` holds the owners and districts that are asked for by name, `supporting` says that what
    they support is asked for as well; `chosen` holds the programmes that are asked for by name or
    group, None where no programme is. `revision` names the state of the plan's texts, for reports
    that show it. `since` is what changed since the week before, where that is known; `past` is what
    was actual and verified in all of the plan on earlier days, out of git.
    """

    plan: Plan
    schedule: Schedule
    forecast: Schedule
    tracking: Tracking
    as_of: date
    held: bool
    whole: bool = True
    asked: frozenset[str] = frozenset()
    supporting: bool = False
    revision: str = ""
    chosen: frozenset[str] | None = None
    since: Since | None = None
    past: tuple[Known, ...] = ()

    @property
    def changes(self) -> Changes | None:
        """What changed since the week before; what moved since a baseline is not all of it."""
        return self.since.changes if self.since and not self.since.changes.dates_only else None

    def narrowed(
        self,
        tracking: Tracking,
        asked: frozenset[str] = frozenset(),
        *,
        supporting: bool = False,
        chosen: frozenset[str] | None = None,
    ) -> Material:
        """The same day with just some of its milestones."""
        return self._replace(
            tracking=tracking,
            whole=False,
            asked=asked,
            supporting=supporting,
            chosen=chosen,
            past=(),  # how much of it was theirs nobody kept
        )

    def programs(self) -> tuple[Program, ...]:
        """The programmes asked for, in the plan's order.

        Of an office those with any of its milestones shown; of a district also those that apply
        there and do nothing.
        """
        shown = {one.program.id for one in self.tracking.standings}
        offices = {one.id for one in self.plan.owners} & self.asked
        return tuple(
            one
            for one in self.plan.programs
            if (self.chosen is None or one.id in self.chosen) and (not offices or one.id in shown)
        )


def heading_of(material: Material) -> Heading:
    """What heads every output."""
    head, calendars = material.plan.plan, material.schedule.calendars
    return heading_on(head, calendars, material.as_of, held=material.held)


def heading_on(head: PlanHead, calendars: Calendars, day: date, *, held: bool) -> Heading:
    """The heading of a plan on a data date, for what needs no schedule."""
    return Heading(
        plan=head.id,
        name=head.name,
        notice=head.notice,
        as_of=day,
        held=held,
        day=calendars.day_number(day),
        days=head.days,
        last_day=calendars.last_day,
        office_day=calendars.working_day_number(day),
        office_days=calendars.working_day_number(calendars.last_day),
        week=calendars.week_number(day),
    )


REPORTS = (
    "status",
    "overdue",
    "due",
    "unreported",
    "escalate",
    "verify",
    "schedule",
    "gantt",
    "load",
    "curve",
    "sync",
    "align",
    "coverage",
    "handoffs",
    "meetings",
    "decisions",
    "matrix",
)
"""Every report that needs no argument, by its module's and its command's name."""
