"""Answers that are one thing more: evidence, blockers, and the end of a blocker."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from banyuasin_plan.editing import Appended
from banyuasin_plan.form import Field, Kind, canonical
from banyuasin_plan.intake.drafts import place_of
from banyuasin_plan.intake.facts import Known
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.form import Answer, Row
    from banyuasin_plan.intake.drafts import Line, Work

EVIDENCE = Field("evidence", Kind.TEXT)
BLOCKER = Field("blocker", Kind.TEXT)
NEED = Field("need", Kind.TEXT)
CLOSED = Field("blocker_closed", Kind.DATE)
PICTURE = re.compile(r"\.(?:jpe?g|png|heic|webp)\Z", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
MINUTES = re.compile(r"(?:notulen|risalah|berita acara|minutes)\b", re.IGNORECASE)


def add_evidence(work: Work, line: Line, answer: Answer) -> None:
    """One piece of evidence more, unless it is there."""
    ref = canonical(answer.value)
    refs = work.facts.refs(line.milestone)
    if ref is None or ref in refs:
        return
    refs.add(ref)
    entry = {"kind": kind_of(ref), "ref": ref, "on": work.day}
    work.change(line, (*line.path, "evidence"), Appended((entry,)), place_of(answer))
    work.take(line, EVIDENCE, (None, ref), place_of(answer))


def kind_of(ref: str) -> str:
    """What kind of evidence a text names: a link, a photo or minutes where it looks so."""
    if ADDRESS.match(ref):
        return "link"
    if PICTURE.search(ref):
        return "photo"
    return "minutes" if MINUTES.match(ref) else "document"


def close_blocker(work: Work, line: Line, answer: Answer) -> None:
    """The blocker that the row names is over."""
    known, theirs = work.facts.blockers(line.milestone), answer.value
    named = [each for each in known if _is_named(each, line.row)]
    found = named[0] if len(named) == 1 else None
    if found is None or found.place is None or not isinstance(theirs, date):
        key = "intake.blockers_alike" if len(named) > 1 else "intake.blocker_gone"
        work.refuse(message(key, id=line.milestone.id), place_of(answer), line.row)
        return
    ours = canonical(found.closed)
    path = (*line.path, "blockers", found.place, "closed")
    if found.closed == theirs or (ours and work.yields(line, CLOSED, answer, ours, path)):
        return
    known[known.index(found)] = found._replace(closed=theirs)
    work.change(line, path, theirs, place_of(answer))
    work.take(line, CLOSED, (ours, theirs.isoformat()), place_of(answer))


def add_blocker(work: Work, line: Line, blocker: Answer | None, need: Answer | None) -> None:
    """One thing more that stands in the way, unless it is known."""
    row, known = line.row, work.facts.blockers(line.milestone)
    wanted = canonical(need.value) if need else None
    what = canonical(blocker.value) if blocker else None
    if blocker is None or what is None:
        if need:
            work.refuse(message("intake.need_alone"), place_of(need), line.row)
        return
    same = next((each for each in known if _is_same(each, what, row, work.form.as_of)), None)
    if same is None:
        entry = {"since": work.day, "what": what, "need": wanted, "district": row.district}
        known.append(Known(None, work.day, what, wanted, row.district, None))
        work.change(line, (*line.path, "blockers"), Appended((entry,)), place_of(blocker))
        work.take(line, BLOCKER, (None, what), place_of(blocker))
        if need and wanted:
            work.take(line, NEED, (None, wanted), place_of(need))
    elif need and wanted and wanted != canonical(same.need):
        _add_need(work, line, need, same, wanted)


def _add_need(work: Work, line: Line, need: Answer, blocker: Known, wanted: str) -> None:
    """What a known blocker needs, where nobody had said so."""
    known, ours = work.facts.blockers(line.milestone), canonical(blocker.need)
    if blocker.place is None:
        said = message("intake.need_differs", id=line.milestone.id)
        work.refuse(said, place_of(need), line.row)
        return
    path = (*line.path, "blockers", blocker.place, "need")
    if ours and work.yields(line, NEED, need, ours, path):
        return
    known[known.index(blocker)] = blocker._replace(need=wanted)
    work.change(line, path, wanted, place_of(need))
    work.take(line, NEED, (ours, wanted), place_of(need))


def _is_named(known: Known, row: Row) -> bool:
    """Whether a blocker is the one that the row closes; one that is only being added is not.

    A form that does not say whose blockers it names may mean any, a camat's those of the district.
    """
    if row.blocker is None or known.place is None or row.district not in {None, known.district}:
        return False
    since, what, *district = row.blocker
    named = (since, canonical(what), *district)
    return named == (known.since, known.what, known.district)[: len(named)]


def _is_same(known: Known, what: str, row: Row, sent: date) -> bool:
    """Whether a blocker is the one reported: there, of that text, open when the form was sent."""
    still = known.closed is None or known.closed >= sent
    return known.what == what and still and known.district == row.district
