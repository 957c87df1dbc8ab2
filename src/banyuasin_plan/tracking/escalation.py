"""Who is told of a delay, and on which day: the ladder above each owner, step by step.

A milestone that is overdue, or blocked past the day a decision was due, climbs by office days: its
owner, the head of the office, whom the office reports to, the regional secretary with a proof
meeting, the head of the region. `plan.escalation` says after how many days each is told.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from banyuasin_plan.plan.head import Escalation
    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.schedule.calendar import Calendars
    from banyuasin_plan.tracking import Standing
    from banyuasin_plan.tracking.standing import Situation
    from banyuasin_plan.words import Message


class Step(StrEnum):
    """The steps of the ladder, lowest first, by their keys in `plan.escalation`."""

    OWNER = "owner"
    HEAD = "head"
    REPORTS_TO = "reports_to"
    SECRETARY = "secretary"
    LEADER = "leader"


class Ladder(NamedTuple):
    """Who stands above whom: `above` by owner, and who is secretary and leader of them all."""

    above: Mapping[str, str]
    secretary: str | None
    leader: str | None

    def told(self, step: Step, owner: str | None) -> str | None:
        """Who is told at a step; where nobody is there, who stands at the next one above.

        Nobody is told of their own delay as somebody above: that goes on to the next step as well.
        None where the plan names nobody that high.
        """
        if step in {Step.OWNER, Step.HEAD}:
            return owner
        people = {
            Step.REPORTS_TO: self.above.get(owner or ""),
            Step.SECRETARY: self.secretary,
            Step.LEADER: self.leader,
        }
        steps = list(people)
        higher = (people[each] for each in steps[steps.index(step) :])
        return next((one for one in higher if one and one != owner), None)


class Delay(NamedTuple):
    """What a milestone is late with: `kind` is `overdue` or `decision`, `after` the day missed."""

    kind: str
    after: date
    days: int
    reason: Message


class Escalated(NamedTuple):
    """A milestone on the ladder: the step it has reached, since when, and who is told there.

    `following` is the step above and the day it would be reached; None on the highest.
    """

    standing: Standing
    delay: Delay
    step: Step
    to: str | None
    on: date
    following: tuple[Step, date] | None


def ladder_of(plan: Plan) -> Ladder:
    """The ladder that `reports_to` builds.

    The leader is who most ladders end with, the secretary who most of them pass just below. A
    ladder that runs in a ring ends with nobody.
    """
    known = {one.id for one in plan.owners}
    above = {one.id: one.reports_to for one in plan.owners if one.reports_to in known}
    climbed = {one: path for one in known if (path := _climb(one, above))}
    ranked = [climbed[one.id] for one in plan.owners if one.id in climbed]
    ends = Counter(path[-1] for path in ranked if len(path) > 1)
    leader = ends.most_common(1)[0][0] if ends else None
    passed = Counter(path[-2] for path in ranked if len(path) > 2 and path[-1] == leader)  # noqa: PLR2004 - somebody, the secretary, the leader
    secretary = passed.most_common(1)[0][0] if passed else None
    return Ladder({one: up for one, up in above.items() if up}, secretary, leader)


def _climb(owner: str, above: Mapping[str, str | None]) -> list[str]:
    """An owner and everybody above; nothing where that comes round to somebody again."""
    path = [owner]
    while up := above.get(path[-1]):
        if up in path:
            return []
        path.append(up)
    return path


def escalations(standings: Iterable[Standing], plan: Plan) -> Iterator[Escalated]:
    """Every open milestone that is late enough for somebody to be told, in the plan's order."""
    ladder, limits = ladder_of(plan), plan.plan.escalation
    for one in standings:
        delay = delay_of(one.case)
        step = _reached(limits, delay.days) if delay else None
        if delay is None or step is None:
            continue
        on = _day_reached(one.case.calendars, delay.after, getattr(limits, step))
        following = _following(one.case.calendars, delay, limits, step)
        yield Escalated(one, delay, step, ladder.told(step, one.case.owner), on, following)


def delay_of(case: Situation) -> Delay | None:
    """What is longest late, the due date or a decision; None where neither is."""
    found = []
    if case.overdue:
        days = case.office_days_late
        key = "escalate.overdue" if case.promised else "escalate.overdue.planned"
        found.append(Delay("overdue", case.due, days, message(key, days=days, due=case.due)))
    for blocker in case.blockers:
        if blocker.decide_by and blocker.decide_by < case.as_of:
            days = case.calendars.office_days(blocker.decide_by, case.as_of)
            said = message("escalate.decision", days=days, day=blocker.decide_by, what=blocker.what)
            found.append(Delay("decision", blocker.decide_by, days, said))
    return max(found, key=lambda delay: delay.days, default=None)


def _reached(limits: Escalation, days: int) -> Step | None:
    """The highest step whose days have gone by."""
    return next((step for step in reversed(Step) if getattr(limits, step) <= days), None)


def _day_reached(calendars: Calendars, after: date, days: int) -> date:
    """The first day that is so many office days after another; the next day for none."""
    first = after.toordinal() + 1
    if days < 1:
        return as_date(first)
    return as_date(calendars.plan.day(calendars.plan.count(first) + days - 1))


def _following(
    calendars: Calendars, delay: Delay, limits: Escalation, step: Step
) -> tuple[Step, date] | None:
    """The step above that is reached next, and when."""
    steps = list(Step)
    higher = [each for each in steps[steps.index(step) + 1 :] if getattr(limits, each) > delay.days]
    if not higher:
        return None
    near = min(higher, key=lambda each: getattr(limits, each))
    return near, _day_reached(calendars, delay.after, getattr(limits, near))
