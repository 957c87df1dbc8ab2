"""One form against the plan as it stands: what would change, and what stands in the way.

A value is looked at three times: as it was sent, as it came back, as the plan has it now. What
came back as it was sent says nothing; what only the office changed is taken; what both changed
is a conflict, unless the plan's value is the same office's earlier answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.editing import REMOVED
from banyuasin_plan.form import value_of
from banyuasin_plan.intake.additions import add_blocker, add_evidence, close_blocker
from banyuasin_plan.intake.days import far_off
from banyuasin_plan.intake.drafts import Line, Work, answered, answers_by_row, is_said, place_of
from banyuasin_plan.intake.facts import path_of
from banyuasin_plan.intake.outcomes import Place
from banyuasin_plan.intake.proposals import Proposing
from banyuasin_plan.intake.receipts import Receipt, Slot, Stamp, is_later
from banyuasin_plan.intake.showing import LONGEST_SHOWN
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from banyuasin_plan.form import Answer, Field, Row, Value
    from banyuasin_plan.plan.model import Milestone
    from banyuasin_plan.rules.scope import PlacedMilestone
    from banyuasin_plan.words import Message

MOST_CELLS = 10
"""Cells of a kind that are named where nobody asked; of the others only how many."""


def draft_form(work: Work) -> None:
    """All that a form of reports says; nothing of it where the form as a whole can't be meant."""
    if not check_form(work):
        return
    by_row = answers_by_row(work)
    left_out: list[str] = []
    for row in work.form.rows:
        if row.milestone is None or row.key not in by_row:
            continue
        said = {name: one for name, one in by_row[row.key].items() if is_said(row, one)}
        if not is_wanted(work, row):
            left_out += [row.key] if said else []
        elif placed := _placed(work, row, next(iter(said.values()), None)):
            _take_row(work, Line(row, placed.value, placed.path, by_row[row.key]), said)
    note_rest(work, left_out)
    if work.form.kind == "planning":
        Proposing(work).propose()


def check_form(work: Work) -> bool:
    """Whether the form as a whole can be meant; refuse what its reader could not take."""
    if (why := _misplaced(work)) is not None:
        work.refuse(why, Place())
        return False
    if (why := _misdated(work)) is not None:
        work.refuse(why, Place(*work.returned.reported_at or ()))
        return False
    if work.returned.no_change and _contradicts(work):
        return False
    _refuse_faults(work)
    return True


def _misplaced(work: Work) -> Message | None:
    """Why the form can't be meant for this plan on this day."""
    form, day = work.form, work.terms.day
    scope = work.facts.loaded.scope
    plan = scope.head.id if scope.head else ""
    if form.plan != plan:
        return message("intake.other_plan", given=form.plan, plan=plan)
    if form.owner not in scope.known("owner"):
        return message("intake.unknown_owner", name=form.owner)
    if form.as_of > day:
        return message("intake.from_later", sent=form.as_of, day=day)
    return None


def _misdated(work: Work) -> Message | None:
    """Why the report date can't be meant."""
    reported, day, head = work.returned.reported, work.terms.day, work.facts.loaded.scope.head
    first = head and head.first
    if reported and reported > day:
        return message("intake.report_ahead", given=reported, day=day)
    if reported and first and reported < first:
        return message("intake.report_before", given=reported, day=first)
    return None


def _contradicts(work: Work) -> bool:
    """Refuse a form that says nothing has changed, and yet says something else."""
    rows = {row.key: row for row in work.form.rows}
    said = [one for one in work.returned.answers if is_said(rows[one.key], one)]
    for one in said[:1]:
        work.refuse(message("intake.no_change"), place_of(one), rows[one.key])
    return bool(said)


def _refuse_faults(work: Work) -> None:
    """What the reader could not take, unless it is in a row that nobody asked for."""
    rows = {row.key: row for row in work.form.rows}
    for fault in work.returned.faults:
        row = rows.get(fault.key) if fault.key else None
        if row is None or is_wanted(work, row):
            place = Place(fault.sheet, fault.cell)
            work.refuse(fault.message, place, row)


def note_rest(work: Work, left_out: list[str]) -> None:
    """What was passed over: rows, those that did not come back or were not sent, and pictures."""
    if left_out:
        work.note("intake.left_out", Place(), rows=tuple(left_out))
    if work.returned.missing:
        work.note("intake.missing", Place(), rows=work.returned.missing)
    if work.returned.lost:
        work.note("intake.lost", Place(), fields=work.returned.lost)
    _note_cells(work, "intake.unasked", work.returned.unasked)
    _note_cells(work, "intake.beside", work.returned.beside)
    if work.returned.pictures:
        work.note("intake.pictures", Place(), count=work.returned.pictures)
    if work.returned.remarks:
        work.note("intake.remarks", Place())
    if work.form.kind != "planning":
        for answers in work.returned.added:
            said = " | ".join(str(one.value) for one in answers)
            work.note("intake.added", place_of(answers[0]), given=said)


def _note_cells(work: Work, key: str, cells: Sequence[Answer]) -> None:
    """What stands in cells that were not asked, as much of it as anybody looks up."""
    for one in cells[:MOST_CELLS]:
        work.note(key, place_of(one), given=_cut(str(one.value)))
    if (left := len(cells) - MOST_CELLS) > 0:
        work.note("intake.cells_more", Place(), count=left)


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_SHOWN else f"{flat[: LONGEST_SHOWN - 1]}…"


def is_wanted(work: Work, row: Row) -> bool:
    """Whether `--only` names the row: by its milestone, programme, district or owner."""
    if not work.terms.only:
        return True
    placed = work.facts.of(row.milestone or "")
    program = placed.program.id if placed else None
    return bool({row.milestone, row.district, work.form.owner, program} & work.terms.only)


def _placed(work: Work, row: Row, said: Answer | None) -> PlacedMilestone | None:
    """The row's milestone, where the office may speak of it; refused where it may not and does."""
    placed = work.facts.of(row.milestone or "")
    if placed is None:
        why = message("intake.gone", id=row.milestone)
    elif placed.value.cancelled:
        why = message("intake.cancelled", id=row.milestone, day=placed.value.cancelled.on)
    elif row.district is None and placed.owner != work.form.owner:
        why = message("intake.other_owner", id=row.milestone, owner=placed.owner or "-")
    elif row.district and not _serves(work, placed.value, row.district):
        why = message("intake.other_district", id=row.milestone, district=row.district)
    else:
        return placed
    if said:
        work.refuse(why, place_of(said), row)
    return None


def _serves(work: Work, milestone: Milestone, district: str) -> bool:
    plan = work.facts.loaded.scope.plan
    places = plan.everywhere(milestone.districts) if plan else ()
    return district == work.form.owner and district in places


def _take_row(work: Work, line: Line, said: Mapping[str, Answer]) -> None:
    """All that a row says, and the day on which it was said."""
    if _has_far_day(work, line, said):
        return
    before = len(work.draft.made)
    for one in line.row.fields:
        if one.id in line.answers and not one.adds and one.id != "blocker_closed":
            take_value(work, line, one, line.answers[one.id])
    if "evidence" in said and line.row.district is None:
        add_evidence(work, line, said["evidence"])
    if "blocker_closed" in said:
        close_blocker(work, line, said["blocker_closed"])
    if "blocker" in said or "need" in said:
        add_blocker(work, line, said.get("blocker"), said.get("need"))
    changed = len(work.draft.made) > before
    if changed and (why := _verified(line)):
        work.refuse(why, work.draft.made[before][1].place, line.row)
    _report(work, line, said, changed=changed)


def _has_far_day(work: Work, line: Line, said: Mapping[str, Answer]) -> bool:
    """Refuse days that can't be meant; whether there were any."""
    before = len(work.draft.reasons)
    for one in said.values():
        if why := far_off(work, one.value):
            work.refuse(why, place_of(one), line.row)
    return len(work.draft.reasons) > before


def _verified(line: Line) -> Message | None:
    """Why a row is not changed any more: somebody vouches for it since the form was sent.

    What is verified when a form is sent is not in it.
    """
    one, district = line.milestone, line.row.district
    if one.verified:
        by, day = one.verified.by, one.verified.on
        return message("intake.verified_since", id=one.id, by=by, day=day)
    fact = one.delivered.get(district) if district else None
    if fact and fact.verified:
        return message("intake.verified_since.there", id=one.id, day=fact.verified)
    return None


def _report(work: Work, line: Line, said: Mapping[str, Answer], *, changed: bool) -> None:
    """Set the day of the last report, forward only.

    A row that says what the plan has already is a report too, and so is one of a form in which
    nothing has changed, unless there was one since the form was sent: else importing the same
    form on another day would change the plan.
    """
    row, one = line.row, line.milestone
    last = work.facts.reported(one, row.district)
    heard = bool(said) and (changed or last is None or last < work.form.as_of)
    if work.returned.no_change:
        heard = _hear_no_change(work, line, last)
    if not (heard or work.returned.reported) or (last and last >= work.day):
        return
    place = next(map(place_of, said.values()), Place())
    work.change(line, path_of(line.path, row.district, "reported"), work.day, place)
    work.facts.reports[one.id, row.district] = work.day
    work.draft.reported.append(one.id)


def _hear_no_change(work: Work, line: Line, last: date | None) -> bool:
    """Whether "no change" says anything new of a row: where its last report is older than the form.

    One of the day on which the form was sent came before it, unless a receipt says it was its own.
    """
    slot, sent = _slot(work, line, "no_change"), work.form.as_of
    known = work.receipts.get(slot)
    if last and last == sent:
        fresh = known is None or bool(is_later(work.stamp, known.stamp))
    else:
        fresh = last is None or last < sent
    if fresh:
        work.receipts[slot] = Receipt(None, work.stamp)
    elif not work.returned.reported:
        work.note("intake.heard", Place())
    return fresh


def _slot(work: Work, line: Line, field: str) -> Slot:
    return work.form.plan, work.form.owner, line.milestone.id, line.row.district or "", field


def take_value(work: Work, line: Line, asked: Field, answer: Answer) -> None:
    """The three-way merge of one value."""
    row, one = line.row, line.milestone
    sent, theirs = row.sent[asked.id], answered(row, answer)
    ours = work.facts.value(one, row.district, asked.id)
    slot = _slot(work, line, asked.id)
    receipt = work.receipts.get(slot)
    known = receipt if receipt and receipt.value == ours else None
    later = is_later(work.stamp, known.stamp) if known else None
    if theirs == sent:
        if sent is not None and ours != sent and later:
            work.note("intake.back", place_of(answer), row, field=asked.id)
        return
    path = path_of(line.path, row.district, asked.id)
    if ours not in {theirs, sent}:
        if later is False:
            work.note("intake.older", place_of(answer), row, field=asked.id)
            return
        if not later and work.yields(line, asked, answer, ours, path):
            return
    work.receipts[slot] = Receipt(theirs, _stamp(work, slot, theirs))
    if theirs != ours:
        after = value_of(theirs, asked.kind)
        new = REMOVED if after is None else _planned(work, row, asked, after)
        work.change(line, path, new, place_of(answer))
        work.facts.values[one.id, row.district, asked.id] = theirs
        work.take(line, asked, (ours, theirs), place_of(answer))


def _stamp(work: Work, slot: Slot, value: str | None) -> Stamp:
    """When the value was brought: a form no newer that says the same makes it no older."""
    known = work.receipts.get(slot)
    if known and known.value == value and not is_later(work.stamp, known.stamp):
        return known.stamp
    return work.stamp


def _planned(work: Work, row: Row, asked: Field, value: Value) -> object:
    """A value as the plan is written: whole numbers without a point, a verification with whose."""
    if asked.id == "verified" and row.district is None:
        return {"by": work.form.owner, "on": value}
    return int(value) if isinstance(value, float) and value.is_integer() else value
