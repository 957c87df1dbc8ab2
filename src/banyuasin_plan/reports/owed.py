"""What one office owes now: late, near, sent back, without evidence, and its last report.

An office is an agency with its own milestones, or a camat with the deliveries of the district.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import (
    HIDDEN,
    Cell,
    Column,
    Figure,
    Figures,
    Kind,
    Letter,
    Report,
    Section,
    Table,
)
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.brief import day_of, heads
from banyuasin_plan.reports.obstacles import returned_claims
from banyuasin_plan.schedule.calendar import as_date
from banyuasin_plan.tracking import State
from banyuasin_plan.tracking.claims import claims_of
from banyuasin_plan.words import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from banyuasin_plan.plan.model import Returned
    from banyuasin_plan.tracking import Standing

DAYS = 7
"""How many calendar days ahead is this week."""

COLUMNS = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("program", Kind.ID, rank=HIDDEN),
    Column("due", Kind.DATE),
    Column("office_days_late", Kind.COUNT, rank=2, bad=True),
    Column("actual_percent", Kind.PERCENT),
    Column("measure", Kind.TEXT, rank=3),
)
RETURNED = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("program", Kind.ID, rank=HIDDEN),
    Column("returned_on", Kind.DATE),
    Column("by", Kind.ID),
    Column("why", Kind.TEXT),
)
EVIDENCE = (
    Column("id", Kind.ID),
    Column("name", Kind.TEXT),
    Column("program", Kind.ID, rank=HIDDEN),
    Column("finished_on", Kind.DATE),
    Column("measure", Kind.TEXT),
)
NEVER_LATE = {"office_days_late"}


class Owed(NamedTuple):
    """What an office owes on the data date, each the most urgent first."""

    overdue: list[Standing]
    due: list[Standing]
    returned: list[Standing]
    evidence: list[Standing]
    open: int
    last_report: date | None

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell it."""
        return bool(self.open or self.returned or self.evidence)


def owed_by(material: Material, office: str) -> Owed:
    """What is open of an office's own milestones, and of what is asked of its district."""
    mine = list(_parts(material, office))
    today, last = material.as_of, as_date(material.as_of.toordinal() + DAYS)
    late = sorted(
        (one for one in mine if one.case.overdue), key=lambda one: (one.case.due, one.urgency)
    )
    near = sorted(
        (one for one in mine if one.case.open and today <= one.case.due <= last),
        key=lambda one: (one.case.due, one.urgency),
    )
    return Owed(
        late,
        near,
        [one for one in mine if not one.case.is_verified and any(_sent_back(one, office))],
        [one for one in mine if _lacks_evidence(one)],
        sum(one.case.open for one in mine),
        max((day for one in mine if (day := _reported(one, office))), default=None),
    )


def report(material: Material, office: str) -> Report:
    """The same as tables."""
    owed = owed_by(material, office)
    near = tuple(
        column._replace(rank=HIDDEN) if column.id in NEVER_LATE else column for column in COLUMNS
    )
    late, soon = _rows(owed.overdue), _rows(owed.due)
    returned = tuple(row for one in owed.returned for row in _claims(one, office))
    missing = tuple(_finished(one) for one in owed.evidence)
    return Report(
        "owed",
        heading_of(material),
        (
            Figures(
                (
                    Figure("office", Kind.TEXT, name_of(material, office)),
                    Figure("open", Kind.COUNT, owed.open),
                    Figure("last_report", Kind.DATE, owed.last_report),
                )
            ),
            Table("overdue", COLUMNS, late, message("none.overdue")),
            Table("due", near, soon, message("none.due", days=DAYS), aside=True),
            Table("returned", RETURNED, returned, message("none.returned"), aside=True),
            Table("evidence", EVIDENCE, missing, message("none.evidence"), aside=True),
        ),
    )


def letter(material: Material, office: str) -> Letter:
    """The same as a friendly letter for WhatsApp."""
    owed = owed_by(material, office)
    sections = (
        Section(message("letter.overdue"), tuple(map(_late_line, owed.overdue))),
        Section(message("letter.due", days=DAYS), tuple(map(_due_line, owed.due))),
        Section(message("letter.returned"), tuple(_claim_lines(owed, office))),
        Section(message("letter.evidence"), tuple(map(_evidence_line, owed.evidence))),
    )
    closing = "letter.please" if any(section.lines for section in sections) else "letter.thanks"
    return Letter(
        message("letter.dear", name=name_of(material, office)),
        tuple(heads(material)),
        (day_of(material), _summary(owed), _last_word(owed, material)),
        tuple(section for section in sections if section.lines),
        (message(closing),),
    )


def name_of(material: Material, office: str) -> str | Message:
    """What an office is called; a district's is its camat."""
    for place in material.plan.districts:
        if place.id == office:
            return message("load.camat", name=place.name)
    return next((one.name for one in material.plan.owners if one.id == office), office)


def _parts(material: Material, office: str) -> Iterator[Standing]:
    """The milestones of an office; what is asked of its district only as far as it is asked."""
    for one in material.tracking.standings:
        if one.case.state is State.CANCELLED:
            continue
        if one.case.owner == office:
            yield one
        elif office in one.case.places:
            yield one.in_district(office)


def _lacks_evidence(one: Standing) -> bool:
    """Done, waiting to be verified, and nothing to verify it, or one of its deliveries, by."""
    done = one.case.state is State.DONE
    return done and any(not claim.shown for claim in claims_of([one]))


def _reported(one: Standing, office: str) -> date | None:
    """The last day this office said anything about it."""
    if one.case.owner == office:
        return one.milestone.reported
    fact = one.milestone.delivered.get(office)
    return (fact.reported or fact.on) if fact else None


def _rows(found: list[Standing]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            one.milestone.id,
            one.milestone.name,
            one.program.id,
            one.case.due,
            one.case.office_days_late,
            100 * one.case.actual,
            one.milestone.measure,
        )
        for one in found
    )


def _sent_back(one: Standing, office: str) -> Iterator[Returned]:
    """Claims that the office itself has to make good; those of a delivery are the camat's."""
    return (claim for claim in returned_claims(one) if claim.district in {None, office})


def _claims(one: Standing, office: str) -> Iterator[tuple[Cell, ...]]:
    for claim in _sent_back(one, office):
        yield one.milestone.id, one.milestone.name, one.program.id, claim.on, claim.by, claim.why


def _finished(one: Standing) -> tuple[Cell, ...]:
    mine = one.milestone
    return mine.id, mine.name, one.program.id, one.case.finished, one.milestone.measure


def _summary(owed: Owed) -> Message:
    """How many of what, in a sentence; nothing late is said first."""
    if not owed.open:
        return message("letter.owed.nothing_open")
    if owed.overdue:
        return message(
            "letter.owed.late", late=len(owed.overdue), due=len(owed.due), open=owed.open
        )
    if owed.due:
        return message("letter.owed.none_late", due=len(owed.due), open=owed.open)
    return message("letter.owed.quiet", open=owed.open)


def _last_word(owed: Owed, material: Material) -> Message:
    if owed.last_report is None:
        return message("letter.owed.silent")
    days = material.tracking.calendars.office_days(owed.last_report, material.as_of)
    key = "letter.owed.reported" if days else "letter.owed.reported.now"
    return message(key, day=owed.last_report, days=days)


def _late_line(one: Standing) -> Message:
    key = "letter.line.late" if one.case.office_days_late else "letter.line.late.now"
    return message(
        key,
        id=one.milestone.id,
        name=one.milestone.name,
        due=one.case.due,
        days=one.case.office_days_late,
    )


def _due_line(one: Standing) -> Message:
    return message(
        "letter.line.due", id=one.milestone.id, name=one.milestone.name, due=one.case.due
    )


def _claim_lines(owed: Owed, office: str) -> Iterator[Message]:
    for one in owed.returned:
        for claim in _sent_back(one, office):
            key = "letter.line.returned" if claim.why else "letter.line.returned.plain"
            yield message(
                key, id=one.milestone.id, name=one.milestone.name, day=claim.on, why=claim.why or ""
            )


def _evidence_line(one: Standing) -> Message:
    key = "letter.line.evidence" if one.milestone.measure else "letter.line.evidence.plain"
    return message(
        key,
        id=one.milestone.id,
        name=one.milestone.name,
        measure=one.milestone.measure or "",
    )
