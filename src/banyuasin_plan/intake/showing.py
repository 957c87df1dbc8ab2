"""What became of the forms, as whoever imports them reads it: a line a value, exact to the cell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from banyuasin_plan.form import DELIVERY, PROGRESS, Kind, Value
from banyuasin_plan.words import Lang, label, say
from banyuasin_plan.words.writing import decimal, escape, short_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from banyuasin_plan.intake.outcomes import Conflict, Outcome, Place, Proposal, Reason, Taken

KINDS = {one.id: one.kind for one in (*PROGRESS, *DELIVERY)}
INDENT = "  "
LONGEST_SHOWN = 80
"""Characters of a text that are shown of a value."""


def shown_value(value: Value, field: str, lang: Lang) -> str:
    """A value as people read it, a text in one line."""
    if value is None:
        return label("import.nothing", lang)
    if isinstance(value, date):
        return short_date(value, lang)
    if isinstance(value, str):
        text = " ".join(escape(value.replace("\n", " ")).split())
        return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
    places = next((n for n in range(10) if round(value, n) == value), 10)
    sign = "%" if KINDS.get(field) is Kind.PERCENT else ""
    return f"{decimal(value, lang, places)}{sign}"


def shown_place(place: Place) -> str:
    """Sheet and cell as people look for them; nothing where the whole workbook is meant."""
    return f"{escape(place.sheet or '')}!{place.cell}" if place.cell else ""


def lines_of(
    outcomes: Sequence[Outcome], lang: Lang, name_of: Callable[[str], str], arrow: str
) -> Iterator[str]:
    """All that became of the files, file by file; `arrow` leads from a value to the next."""
    for one in outcomes:
        yield from _file(one, lang, name_of, arrow)


def _file(one: Outcome, lang: Lang, name_of: Callable[[str], str], arrow: str) -> Iterator[str]:
    owner = name_of(one.form.owner) if one.form else ""
    kind = _verdict(one)
    yield label(
        f"import.file.{kind}" if owner else "import.file.unknown",
        lang,
        file=one.file,
        owner=owner,
        taken=len(one.taken),
        reported=len(one.heard_of),
        proposed=len(one.proposals),
    )
    for taken in one.taken:
        yield INDENT + _taken(taken, lang, arrow)
    for reason in one.reasons:
        yield INDENT + _reason(reason, lang)
    for conflict in one.conflicts:
        yield INDENT + _conflict(conflict, lang)
    for proposal in one.proposals:
        yield INDENT + _proposal(proposal, lang)
    for note in one.notes:
        yield f"{INDENT}{label('import.note', lang)}: {_reason(note, lang)}"


def _verdict(one: Outcome) -> str:
    """Which word heads a file."""
    if one.reasons:
        return "refused"
    if one.conflicts:
        return "conflict"
    if one.proposals:
        return "proposed"
    if one.form and one.form.kind == "verify" and one.taken:
        return "checked"
    return "taken" if one.heard_of else "same"


def _taken(one: Taken, lang: Lang, arrow: str) -> str:
    before = shown_value(one.before, one.field, lang)
    after = shown_value(one.after, one.field, lang)
    what = f"{subject(one.milestone, one.district)} {one.field}"
    return f"{what}: {before} {arrow} {after}  ({shown_place(one.place)})"


def _reason(one: Reason, lang: Lang) -> str:
    """A reason behind the cell and the milestone it is about."""
    what = subject(one.milestone, one.district) if one.milestone else ""
    about = f"{shown_place(one.place)} {what}".strip()
    return f"{about}: {say(one.message, lang)}" if about else say(one.message, lang)


def _conflict(one: Conflict, lang: Lang) -> str:
    return label(
        "import.conflict",
        lang,
        place=shown_place(one.place),
        what=f"{subject(one.milestone, one.district)} {one.field}",
        sent=shown_value(one.sent, one.field, lang),
        ours=shown_value(one.ours, one.field, lang),
        theirs=shown_value(one.theirs, one.field, lang),
        where=f"{one.span.file}:{one.span.line}",
    )


def _proposal(one: Proposal, lang: Lang) -> str:
    key = "import.proposal.taken" if one.id else "import.proposal"
    return label(
        key, lang, place=shown_place(one.place), program=one.program, name=one.name, id=one.id or ""
    )


def subject(milestone: str, district: str | None) -> str:
    """A milestone, in a district where it is done district by district."""
    return f"{milestone}@{district}" if district else milestone


def totals(outcomes: Sequence[Outcome]) -> Mapping[str, int]:
    """How much came of it in all."""
    return {
        "files": len(outcomes),
        "taken": sum(one.accepted for one in outcomes),
        "refused": sum(not one.accepted for one in outcomes),
        "values": sum(len(one.taken) for one in outcomes),
        "conflicts": sum(len(one.conflicts) for one in outcomes),
        "proposals": sum(len(one.proposals) for one in outcomes),
        "proposals_taken": sum(bool(each.id) for one in outcomes for each in one.proposals),
    }
