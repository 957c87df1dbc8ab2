"""A verifier's form against the plan: what was seen, and what goes back to who claimed it.

Nobody vouches for work of its own. A day of verification is a value and is merged as any other;
a claim sent back is one thing more.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from banyuasin_plan.editing import Appended
from banyuasin_plan.form import Field, Kind, canonical, value_of
from banyuasin_plan.intake.drafting import check_form, is_wanted, note_rest, take_value
from banyuasin_plan.intake.drafts import Line, Work, answers_by_row, is_said, place_of
from banyuasin_plan.schedule.network import finish_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.form import Answer, Row, Value
    from banyuasin_plan.plan.model import Milestone
    from banyuasin_plan.rules.scope import PlacedMilestone
    from banyuasin_plan.words import Message

VERIFIED = Field("verified", Kind.DATE)
RETURNED = Field("returned", Kind.TEXT, adds=True)


def draft_checks(work: Work) -> None:
    """All that a verifier's form says; nothing of it where the form as a whole can't be meant."""
    if not check_form(work):
        return
    by_row = answers_by_row(work)
    left_out: list[str] = []
    for row in work.form.rows:
        said = {name: one for name, one in by_row[row.key].items() if is_said(row, one)}
        if said and not is_wanted(work, row):
            left_out.append(row.key)
        elif said:
            _take_row(work, row, by_row[row.key], said)
    note_rest(work, left_out)


def _take_row(
    work: Work, row: Row, answers: Mapping[str, Answer], said: Mapping[str, Answer]
) -> None:
    """A claim that was seen, or goes back; refused where it can't be either."""
    first = next(iter(said.values()))
    placed = work.facts.of(row.milestone or "")
    why = _refusal(work, row, placed, said)
    if why or placed is None:
        work.refuse(why or message("intake.gone", id=row.milestone), place_of(first), row)
        return
    line = Line(row, placed.value, placed.path, answers)
    if "returned" in said:
        _send_back(work, line, said["returned"])
    else:
        take_value(work, line, VERIFIED, said["verified"])


def _refusal(
    work: Work, row: Row, placed: PlacedMilestone | None, said: Mapping[str, Answer]
) -> Message | None:
    """Why nothing can be said of the row's claim."""
    if len(said) > 1:
        return message("intake.both")
    if placed is None:
        return message("intake.gone", id=row.milestone)
    if placed.value.cancelled:
        return message("intake.cancelled", id=row.milestone, day=placed.value.cancelled.on)
    if work.form.owner in {placed.owner, row.district}:
        return message("intake.own_work", id=row.milestone)
    done = _done(work, placed.value, row.district)
    if done is None:
        return message("intake.not_done", id=row.milestone)
    if "returned" in said:
        known = work.facts.value(placed.value, row.district, "verified")
        if on := value_of(known, Kind.DATE):
            return message("intake.verified_before", id=row.milestone, day=on)
        early = work.day < done
        return message("intake.returned_early", given=work.day, day=done) if early else None
    return _wrong_day(said["verified"].value, done, work.terms.day)


def _wrong_day(day: Value, done: date, last: date) -> Message | None:
    """Why something can't have been seen on that day."""
    if isinstance(day, date) and day < done:
        return message("intake.verified_early", given=day, day=done)
    if isinstance(day, date) and day > last:
        return message("intake.verified_ahead", given=day, day=last)
    return None


def _done(work: Work, one: Milestone, district: str | None) -> date | None:
    """The day that the claim says it was done; None where it says so no more."""
    if district:
        fact = one.delivered.get(district)
        return fact.on if fact else None
    plan = work.facts.loaded.scope.plan
    return finish_of(one, plan.everywhere(one.districts) if plan else ())


def _send_back(work: Work, line: Line, answer: Answer) -> None:
    """One return more, unless this office has given the same reason since the form was sent."""
    why, office = canonical(answer.value), work.form.owner
    since = min(work.day, work.form.as_of)
    for each in line.milestone.returned:
        same = canonical(each.why) == why and each.district == line.row.district
        if same and each.by == office and each.on >= since:
            return
    entry = {"by": office, "on": work.day, "why": why, "district": line.row.district}
    work.change(line, (*line.path, "returned"), Appended((entry,)), place_of(answer))
    work.take(line, RETURNED, (None, why), place_of(answer))
