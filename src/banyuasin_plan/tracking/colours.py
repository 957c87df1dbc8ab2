"""The colours, rule by rule, each with its reason in numbers. First match wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import Colour
from banyuasin_plan.schedule.network import STALE
from banyuasin_plan.tracking.standing import State
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from banyuasin_plan.plan.head import Tolerance
    from banyuasin_plan.tracking.figures import Figures
    from banyuasin_plan.tracking.standing import Situation
    from banyuasin_plan.words import Message

ALMOST_DONE = 0.8
"""From this share on, little room does not turn a milestone yellow."""

MATURE = 70.0
"""Planned percent from which a programme's deviation is held to the narrower band."""


SHARES = {"PR1": 1.0, "PO1": 0.5, "PY1": 0.25}
"""The share of the red deviation past which each rule holds."""


class Limits(NamedTuple):
    """The thresholds in force, in office days and percentage points (see `standing.md`)."""

    red_overdue: int = 5
    red_blocker: int = 10
    stale: int = STALE
    tight: int = 2
    deviation: tuple[float, float] = (10.0, 5.0)


def limits_of(*tolerances: Tolerance | None) -> Limits:
    """The thresholds of the first tolerance that gives each, else the default."""
    found: dict[str, object] = {}
    for tolerance in reversed(tolerances):
        if tolerance:
            found |= {name: value for name, value in tolerance if value is not None}
    return Limits(**found)  # type: ignore[arg-type]


class Verdict(NamedTuple):
    """A colour, the rule that gave it, and why."""

    colour: Colour
    rule: str
    reason: Message


def milestone_verdict(case: Situation, limits: Limits) -> Verdict | None:
    """The colour of a milestone; None for a cancelled one, which has none."""
    if case.state is State.CANCELLED:
        return None
    rules = DONE_RULES if case.state is State.DONE else OPEN_RULES
    return next(
        Verdict(rule.colour, rule.id, reason)
        for rule in rules
        if (reason := rule.test(case, limits))
    )


def _about_due(rule: str, case: Situation, **numbers: object) -> Message:
    """A reason that names the due date, or the planned finish where nobody promised one."""
    key = f"colour.{rule}" if case.promised else f"colour.{rule}.planned"
    return message(key, due=case.due, **numbers)


def _verified(case: Situation, _: Limits) -> Message | None:
    if not case.is_verified:
        return None
    return message("colour.B1", day=case.finished)


def _reported_done(case: Situation, _: Limits) -> Message | None:
    return message("colour.G1", day=case.finished)


def _long_overdue(case: Situation, limits: Limits) -> Message | None:
    late = case.office_days_late
    if late <= limits.red_overdue:
        return None
    return _about_due("R1", case, days=late)


def _past_last_day(case: Situation, _: Limits) -> Message | None:
    if not case.past_last_day:
        return None
    head, last = case.calendars.head, case.calendars.last_day
    return message("colour.R2", day=case.forecast.finish, last=last, days=head.days)


def _long_blocked(case: Situation, limits: Limits) -> Message | None:
    for blocker in case.blockers:
        open_for = case.calendars.office_days(blocker.since, case.as_of)
        if open_for > limits.red_blocker:
            return message("colour.R3", days=open_for, what=blocker.what)
    return None


def _overdue(case: Situation, _: Limits) -> Message | None:
    late = case.office_days_late
    return _about_due("O1", case, days=late) if late else None


def _does_not_fit(case: Situation, _: Limits) -> Message | None:
    finish = case.forecast.finish
    if finish <= case.due:
        return None
    over = case.calendars.office_days(case.due, finish)
    return _about_due("O2", case, day=finish, days=over)


def _undecided(case: Situation, _: Limits) -> Message | None:
    for blocker in case.blockers:
        if blocker.decide_by is None:
            return message("colour.O3.none", what=blocker.what)
        if blocker.decide_by < case.as_of:
            return message("colour.O3", what=blocker.what, day=blocker.decide_by)
    return None


def _blocked(case: Situation, _: Limits) -> Message | None:
    for blocker in case.blockers:
        return message("colour.Y1", what=blocker.what, day=blocker.decide_by)
    return None


def _stale(case: Situation, limits: Limits) -> Message | None:
    last = case.last_report
    if case.state is not State.IN_PROGRESS or last is None:
        return None
    silent = case.calendars.office_days(last, case.as_of)
    return message("colour.Y2", days=silent, day=last) if silent > limits.stale else None


def _tight(case: Situation, limits: Limits) -> Message | None:
    """Little room before a promise somebody gave; a plan's own date is nobody's promise."""
    if case.milestone.due is None or case.actual >= ALMOST_DONE or case.room > limits.tight:
        return None
    return message("colour.Y3", days=case.room, due=case.due)


def _not_promised_yet(case: Situation, _: Limits) -> Message | None:
    if case.state is not State.NOT_STARTED or case.promise[0] <= case.as_of.toordinal():
        return None
    return _about_due("A1", case)


def _on_track(case: Situation, _: Limits) -> Message | None:
    return message("colour.G2", due=case.due, days=case.room)


class Rule(NamedTuple):
    """A rule of colour: its id, the colour it gives, its test, and its threshold's key if any.

    A test gives the reason where the rule holds, else None.
    """

    id: str
    colour: Colour
    test: Callable[..., Message | None]
    key: str | None = None


DONE_RULES = (
    Rule("B1", Colour.BLUE, _verified),
    Rule("G1", Colour.GREEN, _reported_done),
)
OPEN_RULES = (
    Rule("R1", Colour.RED, _long_overdue, "red_overdue"),
    Rule("R2", Colour.RED, _past_last_day),
    Rule("R3", Colour.RED, _long_blocked, "red_blocker"),
    Rule("O1", Colour.ORANGE, _overdue, "red_overdue"),
    Rule("O2", Colour.ORANGE, _does_not_fit),
    Rule("O3", Colour.ORANGE, _undecided),
    Rule("Y1", Colour.YELLOW, _blocked),
    Rule("Y2", Colour.YELLOW, _stale, "stale"),
    Rule("Y3", Colour.YELLOW, _tight, "tight"),
    Rule("A1", Colour.GREY, _not_promised_yet),
    Rule("G2", Colour.GREEN, _on_track),
)


class Weighed(NamedTuple):
    """A programme as its rules see it.

    `judged` are its milestones that are not cancelled, with their colours; `band` is the deviation
    in percentage points that is red, `behind` how far it is behind.
    """

    figures: Figures
    judged: Sequence[tuple[Situation, Verdict]]
    band: float
    behind: float

    def past(self, rule: str) -> Message | None:
        """The reason when it is behind by more than the rule's share; exactly it is not."""
        limit = self.band * SHARES[rule]
        if self.behind <= limit:
            return None
        return message(f"colour.{rule}", band=limit, deviation=self.figures.deviation)


def _all_verified(one: Weighed) -> Message | None:
    if not one.judged or one.figures.verified != one.figures.milestones:
        return None
    return message("colour.PB1", count=one.figures.milestones)


def _far_behind(one: Weighed) -> Message | None:
    return one.past("PR1")


def _ends_too_late(one: Weighed) -> Message | None:
    late = [case for case, _ in one.judged if case.past_last_day]
    return message("colour.PR2", name=late[0].milestone.name, count=len(late)) if late else None


def _behind(one: Weighed) -> Message | None:
    return one.past("PO1")


def _critical_is_red(one: Weighed) -> Message | None:
    for case, verdict in one.judged:
        if verdict.colour is Colour.RED and case.forecast.critical:
            return message("colour.PO2", name=case.milestone.name)
    return None


def _somewhat_behind(one: Weighed) -> Message | None:
    return one.past("PY1")


def _not_begun(one: Weighed) -> Message | None:
    if one.figures.planned_percent or one.figures.begun:
        return None
    return message("colour.PA1")


def _on_course(one: Weighed) -> Message | None:
    return message("colour.PG1", deviation=one.figures.deviation)


PROGRAM_RULES = (
    Rule("PB1", Colour.BLUE, _all_verified),
    Rule("PR1", Colour.RED, _far_behind, "deviation"),
    Rule("PR2", Colour.RED, _ends_too_late),
    Rule("PO1", Colour.ORANGE, _behind, "deviation"),
    Rule("PO2", Colour.ORANGE, _critical_is_red),
    Rule("PY1", Colour.YELLOW, _somewhat_behind, "deviation"),
    Rule("PA1", Colour.GREY, _not_begun),
    Rule("PG1", Colour.GREEN, _on_course),
)


def programme_verdict(
    figures: Figures, judged: Sequence[tuple[Situation, Verdict]], limits: Limits
) -> Verdict:
    """The colour of a programme from its deviation and its worst milestones, never an average.

    `judged` are its milestones that are not cancelled, with their colours.
    """
    band = limits.deviation[0 if figures.planned_percent < MATURE else 1]
    one = Weighed(figures, judged, band, behind=-round(figures.deviation, 9))
    return next(
        Verdict(rule.colour, rule.id, reason)
        for rule in PROGRAM_RULES
        if (reason := rule.test(one))
    )
