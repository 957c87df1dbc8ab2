"""What to write back to an office: a text for WhatsApp that says what became of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.intake.showing import shown_value
from banyuasin_plan.words import Lang, catalogue, label, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from banyuasin_plan.intake.outcomes import Conflict, Outcome, Reason, Taken

MOST_LINES = 40
"""Of a kind; nobody reads more on a phone."""

PASSED_OVER = frozenset({
    "intake.older", "intake.kept", "intake.heard", "intake.left_out", "intake.unasked",
    "intake.added", "intake.beside", "intake.pictures", "intake.remarks",
})  # fmt: skip
"""Notes that something in the form does not count."""


def letter(one: Outcome, lang: Lang, name_of: Callable[[str], str]) -> str:
    """The text, ready to be sent: no mark-up, every cell named that has to be looked at again.

    `name_of` gives the name of an owner, a district or a milestone.
    """
    lines: list[str] = []
    if one.form:
        lines += [label("letter.to", lang, name=name_of(one.form.owner)), ""]
    lines.append(label(f"letter.{_kind(one)}", lang, file=one.file))
    lines += _cut(_wrong(one, lang, name_of), lang)
    if not one.accepted:
        lines += ["", label(f"letter.{_next(one)}", lang)]
    lines += _cut((f"- {_taken(each, lang, name_of)}" for each in one.taken), lang)
    if left := _only_reported(one):
        lines.append(label("letter.reported", lang, count=left))
    proposed = [f"- {each.name}" for each in one.proposals]
    if one.accepted and proposed:
        lines += [label("letter.proposals", lang), *_cut(iter(proposed), lang)]
    if one.accepted and one.notes:
        lines += ["", label("letter.notes", lang)]
        lines += _cut((f"- {_about(each, lang, name_of)}" for each in one.notes), lang)
    return "\n".join([*lines, "", label("letter.thanks", lang)]) + "\n"


def _kind(one: Outcome) -> str:
    """Which sentence a letter begins with."""
    if one.form is None:
        return "unread"
    if not one.accepted:
        return "refused"
    if one.heard_of or one.proposals:
        return "taken"
    if any(each.message.key in PASSED_OVER for each in one.notes):
        return "passed_over"
    return "known" if one.said else f"same.{one.form.kind}"


def _next(one: Outcome) -> str:
    """What the office is to do: send the form again, or only answer."""
    if one.form is None:
        return "again.whole"
    return "again" if one.reasons else "answer"


def _wrong(one: Outcome, lang: Lang, name_of: Callable[[str], str]) -> Iterator[str]:
    """What has to be put right, numbered."""
    said = [_about(each, lang, name_of) for each in one.reasons]
    said += [_asked(each, lang, name_of) for each in one.conflicts]
    return (f"{number}. {each}" for number, each in enumerate(said, 1))


def _cut(lines: Iterator[str], lang: Lang) -> list[str]:
    """The lines, as many as anybody reads."""
    every = list(lines)
    left = len(every) - MOST_LINES
    return every if left <= 0 else [*every[:MOST_LINES], label("letter.more", lang, count=left)]


def _taken(one: Taken, lang: Lang, name_of: Callable[[str], str]) -> str:
    field = _field(one.field, one.district, lang)
    before = shown_value(one.before, one.field, lang)
    after = shown_value(one.after, one.field, lang)
    return f"{name_of(one.milestone)}, {field}: {before} → {after}"


def _about(one: Reason, lang: Lang, name_of: Callable[[str], str]) -> str:
    said = say(one.message, lang)
    if one.place.cell is None:
        return said
    key = "letter.cell.of" if one.milestone else "letter.cell"
    what = name_of(one.milestone) if one.milestone else ""
    return label(
        key, lang, sheet=one.place.sheet or "", cell=one.place.cell or "", what=what, said=said
    )


def _asked(one: Conflict, lang: Lang, name_of: Callable[[str], str]) -> str:
    """Which of two values is right."""
    return label(
        "letter.conflict",
        lang,
        sheet=one.place.sheet or "",
        cell=one.place.cell or "",
        what=name_of(one.milestone),
        field=_field(one.field, one.district, lang),
        sent=shown_value(one.sent, one.field, lang),
        ours=shown_value(one.ours, one.field, lang),
        theirs=shown_value(one.theirs, one.field, lang),
    )


def _only_reported(one: Outcome) -> int:
    """Milestones that are reported as they stand."""
    changed = {each.milestone for each in one.taken}
    return len(set(one.reported) - changed)


def _field(field: str, district: str | None, lang: Lang) -> str:
    """A field as its column is headed in the form."""
    own = f"form.head.delivery.{field}"
    name = own if district and own in catalogue(lang) else f"form.head.{field}"
    return label(name, lang)
