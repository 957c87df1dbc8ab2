"""The agenda as a text for WhatsApp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Letter, Section
from banyuasin_plan.reports.brief import day_of, heads
from banyuasin_plan.reports.meetings import asked_of
from banyuasin_plan.reports.meetings.agenda import title_of
from banyuasin_plan.reports.meetings.stakes import WITHIN
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.reports import Material
    from banyuasin_plan.reports.meetings.stakes import Stake
    from banyuasin_plan.words import Message

MOST_OFFICES = 5
"""Offices that a line names; it counts the rest."""


def letter(material: Material, within: int = WITHIN) -> Letter:
    """Every meeting in a line: who, by when, what it saves, about what; the leader first."""
    stakes = asked_of(material, within)
    lines = tuple(_line(number, one, material) for number, one in stakes)
    opening = message("letter.meetings.none") if not lines else _opening(stakes, within)
    sections = (Section(message("letter.meetings"), lines, whole=True),) if lines else ()
    return Letter(day_of(material), tuple(heads(material)), (opening,), sections)


def _opening(stakes: Sequence[tuple[int, Stake]], within: int) -> Message:
    """How many meetings, and the most that waiting would cost."""
    worst = max(one.saved or 0 for _, one in stakes)
    key = "letter.meetings.opening" if worst > 0 else "letter.meetings.opening.free"
    return message(key, within=within, count=len(stakes), days=worst)


def _line(number: int, one: Stake, material: Material) -> Message:
    key = "letter.line.meeting.saves" if (one.saved or 0) > 0 else "letter.line.meeting"
    return message(
        key,
        number=number,
        who=_who(one),
        day=one.meet_by,
        days=one.saved,
        name=title_of(one.meeting, material),
    )


def _who(one: Stake) -> tuple[str | Message, ...]:
    """Who leads, then the others; who is left out is counted."""
    lead = (one.chair,) if one.chair else ()
    who = tuple(dict.fromkeys((*lead, *one.meeting.offices)))
    more = len(who) - MOST_OFFICES
    return (*who[:MOST_OFFICES], *((message("and_more", count=more),) if more > 0 else ()))
