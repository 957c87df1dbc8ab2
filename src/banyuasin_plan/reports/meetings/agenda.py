"""Each matter of a meeting in words: what it is about, where it stands, what the question is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.alignment.matters import Blocked, Crowd, Owed
from banyuasin_plan.plan.model import Decision
from banyuasin_plan.schedule.network import share_done
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.alignment.matters import Matter
    from banyuasin_plan.alignment.meetings import Meeting
    from banyuasin_plan.alignment.visits import Visit
    from banyuasin_plan.reports import Material
    from banyuasin_plan.words import Message

MOST_NAMED = 5
"""Programmes that a sentence names; it counts the rest."""

ASKED = {
    (True, True): "question.blocker",
    (True, False): "question.blocker.when",
    (False, True): "question.blocker.who",
    (False, False): "question.blocker.who.when",
}
"""What a blocker asks: whether somebody is to clear it, and whether by a date."""


def title_of(one: Meeting, material: Material) -> str | Message:
    """What a meeting is about: its first programme and its first matter."""
    first = one.matters[0]
    subject = subject_of(first)
    names = {each.id: each.name for each in material.plan.programs}
    if isinstance(subject, str) and first.programs:
        return f"{names[first.programs[0]]}: {subject}"
    return subject


def subject_of(one: Matter) -> str | Message:
    """What it is about, as the plan calls it."""
    source = one.source
    if isinstance(source, Owed):
        return source.given.milestone.name
    if isinstance(source, Blocked):
        return source.blocker.need or source.blocker.what
    if isinstance(source, Crowd):
        return source.handoff.given.milestone.name
    if isinstance(source, Decision):
        return source.text
    return message("meetings.visits", count=len(source))


def stands_of(one: Matter, material: Material) -> Message:
    """Where it stands on the data date."""
    source = one.source
    if isinstance(source, Owed):
        return _handed(source, material)
    if isinstance(source, Blocked):
        blocker = source.blocker
        days = material.schedule.calendars.office_days(blocker.since, material.as_of)
        name = source.milestone.name
        return message("stands.blocker", name=name, days=days, what=blocker.what)
    if isinstance(source, Crowd):
        return message(
            "stands.capacity",
            owner=source.owner,
            capacity=source.capacity,
            name=source.handoff.given.milestone.name,
            other=source.handoff.waiting.owner,
        )
    if isinstance(source, Decision):
        late = source.due is not None and source.due < material.as_of
        days = material.schedule.calendars.office_days(source.due, material.as_of) if late else 0  # type: ignore[arg-type]
        key = "stands.order.late" if late else "stands.order"
        return message(key, by=source.by, on=source.on, due=source.due, days=days)
    return _crowded(source)


def _handed(source: Owed, material: Material) -> Message:
    first, given = source.links[0], source.given.milestone
    said = {
        "name": given.name,
        "owner": source.given.owner,
        "others": source.waiting,
        "day": first.promised,
        "forecast": first.forecast,
        "done": round(100 * share_done(given, material.plan.everywhere(given.districts))),
    }
    if any(one.state == "late" for one in source.links):
        days = (material.as_of - first.promised).days
        return message("stands.handoff.late", days=days, **said)
    return message("stands.handoff", **said)


def _crowded(found: Sequence[Visit]) -> Message:
    most = max(found, key=lambda one: (one.proposed.peak, one.district)).proposed
    worst = next(one for one in found if one.proposed is most)
    return message(
        "stands.visits",
        count=len(found),
        programs=max(len(one.proposed.programs) for one in found),
        load=most.peak,
        capacity=worst.capacity,
    )


def question_of(one: Matter) -> Message:
    """What has to be decided."""
    source = one.source
    if isinstance(source, Owed):
        late = any(each.state == "late" for each in source.links)
        key = "question.handoff" if late else "question.handoff.agree"
        names = dict.fromkeys(each.waiting.milestone.name for each in source.links)
        said = {"owner": source.given.owner, "others": source.waiting, "day": one.decide_by}
        return message(key, names=_several([*names]), **said)
    if isinstance(source, Blocked):
        blocker = source.blocker
        key = ASKED[blocker.owner is not None, blocker.decide_by is not None]
        return message(key, need=blocker.need or blocker.what, owner=blocker.owner)
    if isinstance(source, Crowd):
        return message("question.capacity", owner=source.owner, most=source.most)
    if isinstance(source, Decision):
        return message("question.order", owner=source.owner, text=source.text)
    return _proposal(source)


def _proposal(found: Sequence[Visit]) -> Message:
    """One calendar of visits: from when to when, to how many camat, by which programmes."""
    days = [one.proposed.day for one in found]
    names = dict.fromkeys(name for one in found for name in one.proposed.together)
    said = {"first": min(days), "last": max(days), "count": len(found)}
    return message("question.visits", programs=_several([*names]), **said)


def _several(names: Sequence[str]) -> tuple[str | Message, ...]:
    """The first names; the rest counted."""
    more = len(names) - MOST_NAMED
    return (*names[:MOST_NAMED], *((message("and_more", count=more),) if more > 0 else ()))
