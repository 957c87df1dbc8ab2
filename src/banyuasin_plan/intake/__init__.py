"""Filled-in forms against the plan as it is now: what they change, and what is not taken.

A form is taken whole or not at all; all forms that are taken make one change of the plan's
texts. Here a form is a table with ids: how it lies in a workbook is not known, nor the disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.editing import Appended, Change, Edited, edit
from banyuasin_plan.form import Returned
from banyuasin_plan.intake.drafting import draft_form
from banyuasin_plan.intake.drafts import Draft, Terms, Work, is_answered
from banyuasin_plan.intake.facts import Facts
from banyuasin_plan.intake.outcomes import Conflict, Intake, Outcome, Place, Proposal, Reason, Side
from banyuasin_plan.intake.verifying import draft_checks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.editing import Refusal
    from banyuasin_plan.intake.receipts import Receipts
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.words import Message

__all__ = [
    "Conflict", "Intake", "Outcome", "Place", "Proposal", "Reason", "Side", "Terms", "take_in",
]  # fmt: skip


class Round(NamedTuple):
    """All forms drafted one after the other, and what each would change."""

    drafts: dict[str, Draft]
    receipts: Receipts


def take_in(
    loaded: Loaded, files: Mapping[str, Returned | Message], receipts: Receipts, terms: Terms
) -> Intake:
    """What the files change in the plan, in one go.

    `files` holds by name a form, or why a file is none. A form is left out for what it says
    itself, or because the plan would no longer be right with it; the others do not suffer.
    """
    refused: dict[str, list[Reason]] = {}
    while True:
        done = _drafted(loaded, files, receipts, terms, refused)
        made = {
            name: one.made for name, one in done.drafts.items() if _is_whole(one, name, refused)
        }
        edited, blamed = _edited(loaded, made)
        offers = {name: done.drafts[name].offered for name in made if done.drafts[name].offered}
        if offers and not blamed:
            _, blamed = _edited(loaded, made | offers)
        if not blamed:
            break
        for name, reasons in blamed.items():
            refused.setdefault(name, []).extend(reasons)
    for name, draft in done.drafts.items():
        if draft.reasons or draft.conflicts:
            refused.setdefault(name, []).extend(_besides(loaded, made, name, draft))
    outcomes = tuple(_outcome(name, files[name], done.drafts, refused) for name in files)
    return Intake(outcomes, edited, done.receipts)


def _drafted(
    loaded: Loaded,
    files: Mapping[str, Returned | Message],
    receipts: Receipts,
    terms: Terms,
    refused: Mapping[str, Sequence[Reason]],
) -> Round:
    """Every form against the plan and the forms before it, an office's earlier answers first."""
    facts, known = Facts(loaded), receipts.copy()
    drafts: dict[str, Draft] = {}
    forms = {name: form for name, form in files.items() if isinstance(form, Returned)}
    for name in sorted(forms, key=lambda name: (_moment(forms[name]), name)):
        trial, noted = facts.copy(), known.copy()
        work = Work(forms[name], trial, noted, terms)
        draft = work.draft
        if work.form.kind == "verify":
            draft_checks(work)
        else:
            draft_form(work)
        drafts[name] = draft
        if _is_whole(draft, name, refused):
            facts, known = trial, noted
    return Round(drafts, known)


def _moment(form: Returned) -> tuple[str, str]:
    day = form.reported or form.sent.as_of
    return day.isoformat(), form.saved


def _is_whole(draft: Draft, name: str, refused: Mapping[str, Sequence[Reason]]) -> bool:
    return not (draft.reasons or draft.conflicts or refused.get(name))


def _edited(
    loaded: Loaded, made: Mapping[str, list[tuple[Change, Reason]]]
) -> tuple[Edited, dict[str, list[Reason]]]:
    """The plan's texts with all changes; or, of whom is to blame that it can't be, why."""
    changes = [change for one in made.values() for change, _ in one]
    edited = edit(loaded, _joined(changes))
    if not edited.refusals:
        return edited, {}
    wrong: dict[Path, list[Refusal]] = {}
    for refusal in edited.refusals:
        if refusal.change:
            wrong.setdefault(refusal.change.path, []).append(refusal)
    blamed: dict[str, list[Reason]] = {}
    for path, said in wrong.items():
        for name, reason in _guilty(loaded, made, path, said):
            blamed.setdefault(name, []).append(reason)
    return edited, blamed or _first_to_blame(loaded, made)


def _guilty(
    loaded: Loaded,
    made: Mapping[str, list[tuple[Change, Reason]]],
    path: Path,
    said: Sequence[Refusal],
) -> list[tuple[str, Reason]]:
    """Whose change at a path can't be.

    Where several append to the same list, those that could not alone either; all, if only
    together they are too much.
    """
    there = [
        (name, change, blame)
        for name, one in made.items()
        for change, blame in one
        if change.path == path
    ]
    if len(there) > 1:
        alone = [
            (name, _blamed(blame, refusal))
            for name, change, blame in there
            for refusal in edit(loaded, [change]).refusals
        ]
        if alone:
            return alone
    return [(name, _blamed(blame, refusal)) for refusal in said for name, _, blame in there]


def _blamed(blame: Reason, refusal: Refusal) -> Reason:
    """Why a change can't be, in the cell from which the key comes where only one is wrong."""
    place = dict(blame.cells).get(refusal.key or "", blame.place)
    return blame._replace(message=refusal.message, place=place, cells=())


def _first_to_blame(
    loaded: Loaded, made: Mapping[str, list[tuple[Change, Reason]]]
) -> dict[str, list[Reason]]:
    """The first form with which it can't be, where no single change is to blame."""
    changes: list[Change] = []
    for name, one in made.items():
        changes += [change for change, _ in one]
        if one and (refusals := edit(loaded, _joined(changes)).refusals):
            return {name: [Reason(each.message, Place()) for each in refusals]}
    raise AssertionError


def _besides(
    loaded: Loaded, made: Mapping[str, list[tuple[Change, Reason]]], name: str, draft: Draft
) -> list[Reason]:
    """Why else a form that is left out already could not be taken: all is told in one run.

    Of a milestone of which something is said already no more is: its values belong together.
    """
    told = {_about(one) for one in draft.reasons} | {_about(one) for one in draft.conflicts}
    every = (*draft.made, *draft.offered)
    rest = [(change, blame) for change, blame in every if _about(blame) not in told]
    _, blamed = _edited(loaded, {**made, name: rest}) if rest else (None, {})
    return blamed.get(name, [])


def _about(one: Reason | Conflict) -> object:
    """The milestone that it is about; where there is none yet, the row."""
    return one.milestone or one.place.row


def _joined(changes: Sequence[Change]) -> list[Change]:
    """Changes with one for each path: what is appended to the same list comes together."""
    joined: dict[Path, Change] = {}
    for one in changes:
        before = joined.get(one.path)
        if before and isinstance(before.new, Appended) and isinstance(one.new, Appended):
            joined[one.path] = Change(one.path, Appended((*before.new.values, *one.new.values)))
        else:
            joined[one.path] = one
    return list(joined.values())


def _outcome(
    name: str,
    file: Returned | Message,
    drafts: Mapping[str, Draft],
    refused: Mapping[str, Sequence[Reason]],
) -> Outcome:
    """What became of a file."""
    if not isinstance(file, Returned):
        return Outcome(name, None, reasons=(Reason(file, Place()),))
    draft = drafts[name]
    reasons = (*draft.reasons, *refused.get(name, ()))
    whole = not reasons and not draft.conflicts
    return Outcome(
        name,
        file.sent,
        tuple(draft.taken) if whole else (),
        tuple(dict.fromkeys(reasons)),
        tuple(draft.conflicts),
        tuple(draft.proposals) if whole else (),
        tuple(dict.fromkeys(draft.reported)) if whole else (),
        tuple(dict.fromkeys(draft.notes)),
        is_answered(file),
    )
