"""Who has to sit together this week, about what, by when, and what it saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import HIDDEN, Column, Figure, Figures, Kind, Note, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.reports.meetings.agenda import question_of, stands_of, subject_of, title_of
from banyuasin_plan.reports.meetings.stakes import WITHIN, stakes_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.alignment.matters import Matter
    from banyuasin_plan.report import Cell
    from banyuasin_plan.reports.meetings.stakes import Stake
    from banyuasin_plan.words import Message

MOST = 10
"""Meetings of one week; what comes behind them is for machines."""

MEETINGS = (
    Column("number", Kind.COUNT),
    Column("offices", Kind.TEXT),
    Column("camat", Kind.TEXT, rank=HIDDEN),
    Column("chair", Kind.ID, rank=2),
    Column("meet_by", Kind.DATE),
    Column("subject", Kind.SENTENCE),
    Column("decide_by", Kind.DATE, rank=HIDDEN),
    Column("days_saved", Kind.COUNT),
    Column("if_left", Kind.SENTENCE, rank=4),
    Column("programs", Kind.TEXT, rank=HIDDEN),
    Column("about", Kind.TEXT, rank=HIDDEN),
    Column("finish", Kind.DATE, rank=HIDDEN),
    Column("finish_if_left", Kind.DATE, rank=HIDDEN),
    Column("moved", Kind.TEXT, rank=HIDDEN),
    Column("past_due", Kind.TEXT, rank=HIDDEN),
    Column("past_day_100", Kind.TEXT, rank=HIDDEN),
    Column("supposed", Kind.TEXT, rank=HIDDEN),
)
POINTS = (
    Column("number", Kind.COUNT),
    Column("kind", Kind.STATE, rank=4),
    Column("id", Kind.ID, rank=5),
    Column("subject", Kind.SENTENCE, rank=6),
    Column("owner", Kind.ID, rank=HIDDEN),
    Column("others", Kind.TEXT, rank=HIDDEN),
    Column("about", Kind.TEXT, rank=HIDDEN),
    Column("stands", Kind.SENTENCE),
    Column("question", Kind.SENTENCE),
    Column("decide_by", Kind.DATE),
)
INVITED = (
    Column("owner", Kind.ID),
    Column("name", Kind.TEXT),
    Column("meetings", Kind.TEXT),
    Column("leads_meetings", Kind.TEXT, rank=2),
    Column("first_on", Kind.DATE),
)


def report(material: Material, within: int = WITHIN) -> Report:
    """The agenda of the days to come, the meeting that saves most first.

    `within` says how many calendar days ahead something falls due to be on it. Meetings are those
    of the whole plan, and keep their numbers; filters leave those of an office, a camat or a
    programme.
    """
    wanted = asked_of(material, within)
    shown, others = wanted[:MOST], wanted[MOST:]
    more = message("meetings.more", count=len(others)) if others else None
    points, invited = tuple(_points(shown, material)), _invited(shown, material)
    none = message("none.meetings")
    return Report(
        "meetings",
        heading_of(material),
        (
            _figures(wanted, material),
            Table("meetings", MEETINGS, _rows(shown, material), none, more),
            *_checked(shown),
            Table("points", POINTS, points, none, aside=True, shown=bool(points)),
            Table("invited", INVITED, invited, none, aside=True, shown=bool(invited)),
            Table("others", MEETINGS, _rows(others, material), none, aside=True, shown=False),
        ),
    )


def _checked(shown: Sequence[tuple[int, Stake]]) -> Iterator[Note]:
    """How anybody can see for themselves what waiting costs, by the first that moves anything."""
    first = next(((number, one) for number, one in shown if one.moved), None)
    if first:
        number, one = first
        yield Note(message("meetings.checked", number=number, words=" ".join(one.supposed)))


def asked_of(material: Material, within: int = WITHIN) -> list[tuple[int, Stake]]:
    """The meetings that are asked for, by their numbers in the whole plan."""
    every = enumerate(stakes_of(material, within), start=1)
    return [(number, one) for number, one in every if _is_asked(one, material)]


def _is_asked(one: Stake, material: Material) -> bool:
    """Whether who is asked for sits in it, or it is about what is asked for."""
    meeting = one.meeting
    if material.asked and material.asked.isdisjoint({*meeting.offices, *meeting.camat, one.chair}):
        return False
    return material.chosen is None or not material.chosen.isdisjoint(meeting.programs)


def _figures(wanted: Sequence[tuple[int, Stake]], material: Material) -> Figures:
    stakes = [one for _, one in wanted]
    offices = {who for one in stakes for who in one.meeting.offices}
    matters = [each for one in stakes for each in one.meeting.matters]
    late = sum(bool(one.decide_by and one.decide_by < material.as_of) for one in matters)
    undated = sum(one.decide_by is None for one in matters)
    return Figures(
        (
            Figure("meetings", Kind.COUNT, len(wanted)),
            Figure("offices_invited", Kind.COUNT, len(offices)),
            Figure("points", Kind.COUNT, len(matters)),
            Figure("points_late", Kind.COUNT, late),
            Figure("points_undated", Kind.COUNT, undated),
            Figure("days_at_stake", Kind.COUNT, max((one.saved or 0 for one in stakes), default=0)),
        )
    )


def _rows(stakes: Sequence[tuple[int, Stake]], material: Material) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_row(number, one, material) for number, one in stakes)


def _row(number: int, one: Stake, material: Material) -> tuple[Cell, ...]:
    meeting = one.meeting
    return (
        number,
        meeting.offices,
        meeting.camat,
        one.chair,
        one.meet_by,
        title_of(meeting, material),
        meeting.decide_by,
        one.saved,
        if_left(one),
        meeting.programs,
        meeting.about,
        one.finish,
        one.left,
        one.moved,
        one.past_due,
        one.past_last_day,
        one.supposed,
    )


def if_left(one: Stake) -> Message:
    """What happens if it is not decided in these days."""
    said, beyond = _left(one), len(one.past_last_day)
    return message("left.beyond", said=said, count=beyond) if beyond else said


def _left(one: Stake) -> Message:
    if one.saved is None:
        return message("left.unasked")
    moved, missed = len(one.moved), len(one.past_due)
    if one.saved > 0:
        said = {"day": one.left, "days": one.saved, "moved": moved, "missed": missed}
        key = "left.later.missed" if missed else "left.later"
        return message(key, **said)
    if missed:
        return message("left.missed", moved=moved, missed=missed)
    if moved:
        return message("left.moved", moved=moved)
    if one.meeting.camat:
        return message("left.visits")
    return message("left.open")


def _points(stakes: Sequence[tuple[int, Stake]], material: Material) -> Iterator[tuple[Cell, ...]]:
    """Every matter of every meeting, in the order in which it is taken up."""
    for number, one in stakes:
        for each in one.meeting.matters:
            yield (
                number,
                each.kind,
                _id_of(each),
                subject_of(each),
                None if each.camat else each.offices[0],
                each.camat or each.offices[1:],
                each.about,
                stands_of(each, material),
                question_of(each),
                each.decide_by,
            )


def _id_of(one: Matter) -> str | None:
    """The milestone or the order; visits are of many."""
    if one.kind == "visits":
        return None
    return one.about[0] if one.about else str(getattr(one.source, "id", "")) or None


def _invited(
    stakes: Sequence[tuple[int, Stake]], material: Material
) -> tuple[tuple[Cell, ...], ...]:
    """Who has to come, to which meetings, whoever has most of them first."""
    names: dict[str, str | Message] = {one.id: one.name for one in material.plan.owners}
    names |= {one.id: message("load.camat", name=one.name) for one in material.plan.districts}
    sits: dict[str, list[tuple[int, Stake]]] = {}
    leads: dict[str, list[str]] = {}
    for number, one in stakes:
        for who in dict.fromkeys((*one.meeting.offices, *([one.chair] if one.chair else ()))):
            sits.setdefault(who, []).append((number, one))
        if one.chair:
            leads.setdefault(one.chair, []).append(str(number))
    return tuple(
        (
            who,
            names.get(who, who),
            tuple(str(number) for number, _ in mine),
            tuple(leads.get(who, ())),
            min(one.meet_by for _, one in mine),
        )
        for who, mine in sorted(sits.items(), key=lambda item: (-len(item[1]), item[0]))
    )
