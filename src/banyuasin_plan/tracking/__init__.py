"""The plan on a day: states, figures and colours, one definition for every report.

Office days are working days of the plan's calendar. The bands of a programme's deviation are
those of Indonesian contract practice for a "kontrak kritis".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import Colour
from banyuasin_plan.tracking.colours import (
    Limits,
    Verdict,
    limits_of,
    milestone_verdict,
    programme_verdict,
)
from banyuasin_plan.tracking.figures import Figures, Shares, figures_of, shares_of
from banyuasin_plan.tracking.standing import Situation, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from banyuasin_plan.plan.baseline import Baseline
    from banyuasin_plan.plan.model import Judged, Milestone, Plan, Program
    from banyuasin_plan.schedule import Schedule
    from banyuasin_plan.schedule.calendar import Calendars

__all__ = ["Figures", "ProgramStanding", "Standing", "State", "Tracking", "track"]

WORST_FIRST = (
    Colour.RED,
    Colour.ORANGE,
    Colour.YELLOW,
    Colour.GREEN,
    Colour.BLUE,
    Colour.GREY,
)


@dataclass(frozen=True, eq=False)
class Standing:
    """A milestone on the data date: its situation, and how it is judged within its limits."""

    case: Situation
    limits: Limits

    @cached_property
    def verdict(self) -> Verdict | None:
        """Its colour, rule and reason, told when asked for; none when cancelled."""
        return milestone_verdict(self.case, self.limits)

    @property
    def milestone(self) -> Milestone:
        """The milestone as it was known."""
        return self.case.milestone

    @property
    def program(self) -> Program:
        """The programme it belongs to."""
        return self.case.program

    @property
    def judged(self) -> Judged | None:
        """A person's colour beside the computed one, up to and including its last day."""
        judged = self.milestone.judged
        if judged and judged.until and judged.until < self.case.as_of:
            return None
        return judged

    def in_district(self, place: str) -> Standing:
        """The same as far as it is to be done in one district: its delivery, blockers, claims."""
        mine = self.milestone
        there = {
            "blockers": tuple(one for one in mine.blockers if one.district in {None, place}),
            "returned": tuple(one for one in mine.returned if one.district == place),
        }
        if there != {"blockers": mine.blockers, "returned": mine.returned}:
            mine = mine.model_copy(update=there)
        return Standing(replace(self.case, milestone=mine, places=(place,)), self.limits)

    def supported_by(self, owner: str) -> bool:
        """Whether an owner helps with it, by itself or with all of its programme."""
        return owner in self.milestone.support or owner in self.program.support

    @property
    def urgency(self) -> tuple[int, int, float, str]:
        """A key that sorts the worst first: colour, office days late, weight, id."""
        rank = WORST_FIRST.index(self.verdict.colour) if self.verdict else len(WORST_FIRST)
        late = self.case.office_days_late
        return rank, -late, -self.milestone.weight, self.milestone.id


class ProgramStanding(NamedTuple):
    """A programme on the data date: its figures and its verdict."""

    program: Program
    figures: Figures
    verdict: Verdict


@dataclass(frozen=True, eq=False, repr=False)
class Tracking:
    """The plan's milestones on a data date, or those of them that are asked for."""

    plan: Plan
    calendars: Calendars
    as_of: date
    standings: tuple[Standing, ...]
    whole: bool = True

    def only(self, wanted: Callable[[Standing], bool]) -> Tracking:
        """The same day, for the milestones that are wanted."""
        shown = tuple(one for one in self.standings if wanted(one))
        return Tracking(self.plan, self.calendars, self.as_of, shown, whole=False)

    def figures(self) -> Figures:
        """The figures of all milestones here."""
        return self._whole

    def shares(self) -> Shares:
        """Those of them that a past is drawn of, which take a fraction of the time."""
        return shares_of([one.case for one in self.standings], self.as_of)

    @cached_property
    def _whole(self) -> Figures:
        return self._figures(self.standings)

    def programs(self) -> tuple[ProgramStanding, ...]:
        """Every programme with milestones here; all programmes where nothing is filtered out."""
        mine: dict[str, list[Standing]] = {}
        for one in self.standings:
            mine.setdefault(one.program.id, []).append(one)
        return tuple(
            self._program(program, mine.get(program.id, []))
            for program in self.plan.programs
            if self.whole or program.id in mine
        )

    def _program(self, program: Program, standings: list[Standing]) -> ProgramStanding:
        figures = self._figures(standings, timed=False)
        judged = [(one.case, one.verdict) for one in standings if one.verdict]
        limits = limits_of(program.tolerance, self.plan.plan.tolerance)
        return ProgramStanding(program, figures, programme_verdict(figures, judged, limits))

    def _figures(self, standings: Iterable[Standing], *, timed: bool = True) -> Figures:
        cases = [one.case for one in standings]
        return figures_of(cases, self.calendars, self.as_of, timed=timed)


def track(
    plan: Plan,
    schedule: Schedule,
    forecast: Schedule,
    as_of: date,
    baseline: Baseline | None = None,
) -> Tracking:
    """Where every milestone stands on the data date.

    Planned value runs over the dates of the `baseline`, as far as it knows a milestone.
    `plan` is the plan as it was known then, `schedule` as written, `forecast` made on that day;
    milestones without a slot (they wait for themselves) are left out.
    """
    kept = {one.id: one for one in baseline.milestones} if baseline else {}
    standings: list[Standing] = []
    for program in plan.programs:
        limits = limits_of(program.tolerance, plan.plan.tolerance)
        for milestone in program.milestones:
            name = milestone.id
            if name not in schedule.slots:
                continue
            case = Situation(
                milestone,
                program,
                schedule.slots[name],
                forecast.slots[name],
                plan.everywhere(milestone.districts),
                schedule.calendars,
                as_of,
                kept.get(name),
            )
            standings.append(Standing(case, limits))
    return Tracking(plan, schedule.calendars, as_of, tuple(standings))
