"""A proposal that came before: what it says otherwise than the milestone that it became."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banyuasin_plan.editing import Change
from banyuasin_plan.editing.promising import with_promises
from banyuasin_plan.form import PROPOSAL, Row, canonical
from banyuasin_plan.intake.drafts import Line, place_of
from banyuasin_plan.intake.outcomes import Reason
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from banyuasin_plan.form import Answer, Field
    from banyuasin_plan.intake.drafts import Work
    from banyuasin_plan.plan.model import Milestone
    from banyuasin_plan.rules.scope import PlacedMilestone

Keys = dict[str, Any]
"""What a proposal says of a milestone, by the milestone's keys."""


def repeat(work: Work, name: str, answers: Mapping[str, Answer], keys: Keys) -> None:
    """Hold a proposal against the milestone `name` that it became, in the plan or in this run.

    What the office left empty says nothing. A value that differs from the plan's is a conflict.
    """
    placed = work.facts.of(name)
    there = work.facts.proposed[name] if placed is None else _keys_of(placed.value)
    ours, theirs = _texts(there), _texts(keys)
    differ = [
        one
        for one in PROPOSAL
        if one.id in answers and one.id in theirs and theirs[one.id] != ours[one.id]
    ]
    place = place_of(answers[differ[0].id] if differ else next(iter(answers.values())))
    if not differ:
        work.draft.notes.append(Reason(message("intake.proposed_before", id=name), place, name))
    elif placed is None:
        work.refuse(message("intake.proposed_otherwise"), place)
    else:
        _settle(work, placed, keys, [(one, answers[one.id], ours[one.id]) for one in differ])


def _settle(
    work: Work,
    placed: PlacedMilestone,
    keys: Keys,
    differ: Iterable[tuple[Field, Answer, str | None]],
) -> None:
    """Each value that differs as a conflict; where the forms count, what comes of it."""
    sent = dict.fromkeys(one.id for one in PROPOSAL)
    line = Line(Row("", placed.value.id, None, None, sent), placed.value, placed.path, {})
    for field, answer, ours in differ:
        said = _texts(keys)[field.id]
        key = "target" if field.id == "unit" else field.id
        path = (*placed.path, key)
        if work.yields(line, field, answer._replace(value=said), ours, path):
            continue
        changes = [Change(path, keys[key])]
        for change in with_promises(work.facts.loaded, changes, work.terms.day):
            work.change(line, change.path, change.new, place_of(answer))
        work.take(line, field, (ours, said), place_of(answer))


def _keys_of(one: Milestone) -> Keys:
    """A milestone as a proposal would say it."""
    return {
        "measure": one.measure,
        "duration": None if one.duration is None else str(one.duration),
        "start": one.start,
        "due": one.due,
        "after": [link.id for link in one.after],
        "districts": one.districts,
        "target": one.target and {"amount": one.target.amount, "unit": one.target.unit},
        "budget": [{"amount": each.amount} for each in one.budget],
    }


def _texts(keys: Mapping[str, Any]) -> dict[str, str | None]:
    """What a proposal says as one text a field, so that two can be held side by side."""
    target, places = keys.get("target") or {}, keys.get("districts") or ()
    budget = (canonical(each["amount"]) or "" for each in keys.get("budget") or ())
    return {
        **{key: canonical(keys.get(key)) for key in ("measure", "duration", "start", "due")},
        "after": _joined(keys.get("after") or ()),
        "districts": _joined([places] if isinstance(places, str) else places),
        "target": canonical(target.get("amount")),
        "unit": canonical(target.get("unit")),
        "budget": _joined(budget),
    }


def _joined(texts: Iterable[str]) -> str | None:
    return ", ".join(sorted(texts)) or None
