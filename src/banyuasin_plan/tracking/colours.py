"""The colours, rule by rule, each with its reason in numbers. First match wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import Colour, Tolerance
from banyuasin_plan.tracking.standing import State
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.tracking.figures import Figures
    from banyuasin_plan.tracking.standing import Situation
    from banyuasin_plan.words import Message

ALMOST_DONE = 0.8
"""From this share on, little room does not turn a milestone yellow."""

MATURE = 70.0
"""Planned percent from which a programme's deviation is held to the narrower band."""


class Limits(NamedTuple):
    """The thresholds in force, in office days and percentage points (see `standing.md`)."""

    red_overdue: int = 5
    red_blocker: int = 10
    stale: int = 5
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
        Verdict(colour, rule, reason)
        for rule, colour, test in rules
        if (reason := test(case, limits))
    )


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
    return message("colour.R1", days=late, due=case.due)


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
    return message("colour.O1", days=late, due=case.due) if late else None


def _does_not_fit(case: Situation, _: Limits) -> Message | None:
    finish = case.forecast.finish
    if finish <= case.due:
        return None
    over = case.calendars.office_days(case.due, finish)
    return message("colour.O2", day=finish, due=case.due, days=over)


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
    return message("colour.A1", due=case.due)


def _on_track(case: Situation, _: Limits) -> Message | None:
    return message("colour.G2", due=case.due, days=case.room)


DONE_RULES = (
    ("B1", Colour.BLUE, _verified),
    ("G1", Colour.GREEN, _reported_done),
)
OPEN_RULES = (
    ("R1", Colour.RED, _long_overdue),
    ("R2", Colour.RED, _past_last_day),
    ("R3", Colour.RED, _long_blocked),
    ("O1", Colour.ORANGE, _overdue),
    ("O2", Colour.ORANGE, _does_not_fit),
    ("O3", Colour.ORANGE, _undecided),
    ("Y1", Colour.YELLOW, _blocked),
    ("Y2", Colour.YELLOW, _stale),
    ("Y3", Colour.YELLOW, _tight),
    ("A1", Colour.GREY, _not_promised_yet),
    ("G2", Colour.GREEN, _on_track),
)


def programme_verdict(
    figures: Figures, judged: Sequence[tuple[Situation, Verdict]], limits: Limits
) -> Verdict:
    """The colour of a programme from its deviation and its worst milestones, never an average.

    `judged` are its milestones that are not cancelled, with their colours.
    """
    if judged and figures.verified == figures.milestones:
        return Verdict(Colour.BLUE, "PB1", message("colour.PB1", count=figures.milestones))
    late = [case for case, _ in judged if case.past_last_day]
    band = limits.deviation[0 if figures.planned_percent < MATURE else 1]
    behind = -round(figures.deviation, 9)
    numbers = {"deviation": figures.deviation}
    if behind > band:
        return Verdict(Colour.RED, "PR1", message("colour.PR1", band=band, **numbers))
    if late:
        said = message("colour.PR2", name=late[0].milestone.name, count=len(late))
        return Verdict(Colour.RED, "PR2", said)
    if behind > band / 2:
        return Verdict(Colour.ORANGE, "PO1", message("colour.PO1", band=band / 2, **numbers))
    for case, verdict in judged:
        if verdict.colour is Colour.RED and case.forecast.critical:
            said = message("colour.PO2", name=case.milestone.name)
            return Verdict(Colour.ORANGE, "PO2", said)
    if behind > band / 4:
        return Verdict(Colour.YELLOW, "PY1", message("colour.PY1", band=band / 4, **numbers))
    if not figures.planned_percent and not figures.begun:
        return Verdict(Colour.GREY, "PA1", message("colour.PA1"))
    return Verdict(Colour.GREEN, "PG1", message("colour.PG1", **numbers))
