"""The form an office fills in: its milestones as they stand, and what it may say of them.

Who is asked what: an owner for the progress of its own milestones, a camat for the deliveries
asked of its district. What is done and verified, or cancelled, is not asked for again; what is
done but not yet verified comes last, because evidence may still be missing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.form import DELIVERY, LONGEST_TEXT, PROGRESS, SCHEMA, Form, Row, canonical
from banyuasin_plan.form.shown import Line, Look, Page, Part, Shown, Status
from banyuasin_plan.plan.model import Colour, Delivery
from banyuasin_plan.reports import heading_of
from banyuasin_plan.tracking import State
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from banyuasin_plan.form import Field, Named, Value
    from banyuasin_plan.plan.model import Blocker, Returned
    from banyuasin_plan.report import Heading
    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking import Standing
    from banyuasin_plan.words import Message

CONTEXT = ("milestone", "due", "status", "remarks")
LONGEST_REMARK = 300
MOST_OF_A_KIND = 3
"""Pieces of evidence and claims sent back that are shown, the latest ones."""

UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What would not come back from a cell as it was."""


def report_form(material: Material, owner: str, revision: str, lang: str) -> Page:
    """What to ask an owner or a camat on the data date; without parts where there is nothing."""
    by_due = sorted(material.tracking.standings, key=lambda one: (one.case.due, one.milestone.id))
    mine = [one for one in by_due if one.case.owner == owner]
    asked = [one for one in mine if not _is_settled(one)]
    there = [one for one in by_due if owner in one.case.places]
    places = [one for one in there if not _is_settled_in(one, owner)]
    own = [row for one in asked for row in _own(Asking(one, None, material))]
    given = [row for one in places for row in _delivery(Asking(one, owner, material))]
    parts = (_part("progress", PROGRESS, own), _part("delivery", DELIVERY, given))
    rows = tuple(shown.row for part in parts for shown in part.rows if shown.row)
    heading = heading_of(material)
    return Page(
        form=Form(SCHEMA, "report", heading.plan, revision, owner, material.as_of, str(lang), rows),
        title=message("form.title.report", name=name_of(material, owner)),
        day=day_of(heading),
        notice=heading.notice,
        parts=tuple(part for part in parts if part.rows),
        first=material.plan.plan.facts_from,
        last=material.as_of,
        past=True,
        begins=material.plan.plan.first,
        left_out=len(mine) + len(there) - len(asked) - len(places),
    )


def name_of(material: Material, owner: str) -> str | Message:
    """What an owner is called; a camat by the district."""
    for place in material.plan.districts:
        if place.id == owner:
            return message("load.camat", name=short(place.name))
    return next((short(one.name) for one in material.plan.owners if one.id == owner), owner)


def _place_name(material: Material, district: str) -> str:
    return next((short(p.name) for p in material.plan.districts if p.id == district), district)


def day_of(heading: Heading) -> Message:
    """Which plan a form is of, and on which day."""
    days = {"on": heading.as_of, "day": heading.day, "days": heading.days}
    return message("form.day", plan=heading.name, **days)


def titled(one: Standing) -> tuple[Line, Line]:
    """A milestone's name, and under it its id and its programme."""
    under = message("form.under", id=one.milestone.id, program=short(one.program.name))
    return Line(short(one.milestone.name), Look.STRONG), Line(under, Look.FAINT)


def status_of(one: Standing) -> Status | str:
    """A milestone's colour and the reason for it; nothing when cancelled."""
    return Status(one.verdict.colour, one.verdict.reason) if one.verdict else ""


def _is_settled(one: Standing) -> bool:
    return one.case.state is State.CANCELLED or one.case.is_verified


def _is_settled_in(one: Standing, place: str) -> bool:
    """Whether a district has nothing more to say, or the whole is done without it."""
    fact = one.milestone.delivered.get(place)
    if _is_settled(one) or (fact and fact.on and fact.verified):
        return True
    return one.case.finished is not None and not (fact and fact.on)


def _part(name: str, fields: tuple[Field, ...], shown: list[Shown]) -> Part:
    """What is open by its due date, then what is done, under the fields any is asked."""
    shown.sort(key=lambda one: one.done)
    used = {field for one in shown if one.row for field in one.row.sent}
    return Part(name, CONTEXT, tuple(one for one in fields if one.id in used), tuple(shown))


class Asking(NamedTuple):
    """A milestone that its owner, or the camat of a place, is asked about."""

    one: Standing
    place: str | None
    material: Material

    @property
    def fact(self) -> Delivery | None:
        """What is known of the delivery in the place."""
        return self.one.milestone.delivered.get(self.place) if self.place else None

    @property
    def delivered(self) -> date | None:
        """The day it was delivered in the place."""
        return self.fact.on if self.fact else None

    @property
    def done(self) -> bool:
        """Whether nothing is left to do: it is done, and was not sent back since."""
        day = self.delivered if self.place else self.one.case.finished
        return day is not None and all(claim.on < day for claim in self.returned)

    @property
    def returned(self) -> list[Returned]:
        """Claims sent back: the whole, and in the place where there is one."""
        every = self.one.milestone.returned
        return [each for each in every if not self.place or each.district in {None, self.place}]

    @property
    def blockers(self) -> list[Blocker]:
        """What stands in the way, in the place where there is one."""
        here = self.one.milestone.blockers
        return [b for b in here if b.closed is None and self.place in {None, b.district}]


def _own(ask: Asking) -> Iterator[Shown]:
    """A milestone as its owner is asked about it; by district, camat say how far it is."""
    milestone, places = ask.one.milestone, ask.one.case.places
    sent: dict[str, Value] = {"started": milestone.started}
    if not places:
        sent |= {"progress": milestone.progress, "finished": milestone.finished}
        if milestone.target:
            sent["achieved"] = milestone.achieved
    sent |= {"evidence": None, "blocker": None, "need": None, "note": milestone.note}
    remarks = [*_promised(ask), *_reported(ask)]
    return _rows(ask, sent, remarks)


def _delivery(ask: Asking) -> Iterator[Shown]:
    """A milestone as the camat of a district is asked about it."""
    fact = ask.fact or Delivery.model_construct()
    sent: dict[str, Value] = {"delivered": fact.on, "evidence": fact.evidence, "blocker": None}
    if ask.one.milestone.target:
        sent["amount"] = fact.amount
    remarks = [*_promised(ask), _last_report(fact.reported or fact.on), *_returned(ask)]
    return _rows(ask, sent, remarks)


def _rows(ask: Asking, values: dict[str, Value], remarks: Sequence[Line]) -> Iterator[Shown]:
    """The row, in which its first open blocker can be closed, and one for each other."""
    name, place, context = ask.one.milestone.id, ask.place, _context(ask)
    key = f"{name}@{place}" if place else name
    sent = {field: canonical(value) for field, value in values.items() if _fits(value)}
    first, others = next(iter(ask.blockers), None), ask.blockers[1:]
    if first:
        sent["blocker_closed"] = None
    remarks = (*remarks, *_blocked(first, ask.material))
    yield Shown(Row(key, name, place, _named(first), sent), (*context, remarks), ask.done)
    for number, other in enumerate(others, start=2):
        row = Row(f"{key}#{number}", name, place, _named(other), {"blocker_closed": None})
        yield Shown(row, (*context, tuple(_blocked(other, ask.material))), ask.done)


def _named(blocker: Blocker | None) -> Named | None:
    return (blocker.since, blocker.what, blocker.district) if blocker else None


def _context(ask: Asking) -> tuple[tuple[Line, ...], date, Status | str]:
    """What the milestone is, when it is due, and how it stands: where it is delivered, there."""
    status = status_of(ask.one)
    if day := ask.delivered:
        status = Status(Colour.GREEN, message("form.delivered", day=day))
    return titled(ask.one), ask.one.case.due, status


def _promised(ask: Asking) -> Iterator[Line]:
    """How it is measured, and how much is to be reached, in all districts together."""
    milestone = ask.one.milestone
    if milestone.measure:
        yield Line(message("form.measure", measure=short(milestone.measure)))
    if target := milestone.target:
        key = "form.target.all" if ask.one.case.places else "form.target"
        yield Line(message(key, amount=target.amount, unit=short(target.unit)))


def _reported(ask: Asking) -> Iterator[Line]:
    """What is known so far: deliveries, the last report, evidence, claims sent back."""
    one = ask.one
    if places := one.case.places:
        facts = one.milestone.delivered
        done = sum(1 for place in places if place in facts and facts[place].on)
        yield Line(message("form.places", done=done, count=len(places)))
    yield _last_report(one.case.last_report)
    for each in one.milestone.evidence[-MOST_OF_A_KIND:]:
        yield Line(message("form.evidence", ref=short(each.ref)), Look.FAINT)
    yield from _returned(ask)
    if not _fits(one.milestone.note):
        yield Line(message("form.long_note"), Look.FAINT)


def _last_report(day: date | None) -> Line:
    if day is None:
        return Line(message("form.unreported"), Look.FAINT)
    return Line(message("form.reported", day=day), Look.FAINT)


def _returned(ask: Asking) -> Iterator[Line]:
    for each in ask.returned[-MOST_OF_A_KIND:]:
        by, why = name_of(ask.material, each.by), each.why
        said = message("form.returned", day=each.on, by=by)
        if why:
            said = message("form.returned.why", day=each.on, by=by, why=short(why))
        yield Line(said, Look.BAD)


def _blocked(blocker: Blocker | None, material: Material) -> Iterator[Line]:
    if blocker is None:
        return
    day, what = blocker.since, short(blocker.what)
    said = message("form.blocked", day=day, what=what)
    if blocker.district:
        where = _place_name(material, blocker.district)
        said = message("form.blocked.in", day=day, where=where, what=what)
    yield Line(said, Look.BAD)
    if blocker.need:
        yield Line(message("form.blocked.need", need=short(blocker.need)), Look.BAD)
    if blocker.owner:
        yield Line(message("form.blocked.owner", name=name_of(material, blocker.owner)))


def _fits(value: Value) -> bool:
    """Whether a value comes back from a cell as it was sent."""
    return not isinstance(value, str) or (len(value) <= LONGEST_TEXT and not UNFIT.search(value))


def short(text: str) -> str:
    """A text on one line, cut where a row could no longer show it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_REMARK else f"{flat[: LONGEST_REMARK - 1]}…"
