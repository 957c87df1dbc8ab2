"""What became of the forms, for machines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from banyuasin_plan.intake.showing import totals
from banyuasin_plan.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from banyuasin_plan.intake.outcomes import Conflict, Outcome, Place, Reason
    from banyuasin_plan.words import Lang

SCHEMA_VERSION = 1


def record_of(
    plan: str, outcomes: Sequence[Outcome], changed: Iterable[str], lang: Lang, *, written: bool
) -> dict[str, Any]:
    """The whole import: totals, the plan's files that change, and every file that came."""
    return {
        "schema_version": SCHEMA_VERSION,
        "report": "import",
        "plan": plan,
        "written": written,
        "summary": dict(totals(outcomes)),
        "changed": sorted(changed),
        "files": [_file(one, lang) for one in outcomes],
    }


def _file(one: Outcome, lang: Lang) -> dict[str, Any]:
    return {
        "file": one.file,
        "owner": one.form.owner if one.form else None,
        "kind": one.form.kind if one.form else None,
        "accepted": one.accepted,
        "taken": [
            {
                "milestone": each.milestone,
                "district": each.district,
                "field": each.field,
                "before": _plain(each.before),
                "after": _plain(each.after),
                **_place(each.place),
            }
            for each in one.taken
        ],
        "reported": list(one.reported),
        "refused": [_reason(each, lang) for each in one.reasons],
        "conflicts": [_conflict(each) for each in one.conflicts],
        "proposals": [
            {"program": each.program, "name": each.name, "id": each.id, **_place(each.place)}
            for each in one.proposals
        ],
        "notes": [_reason(each, lang) for each in one.notes],
    }


def _reason(one: Reason, lang: Lang) -> dict[str, Any]:
    return {
        "milestone": one.milestone,
        "district": one.district,
        "message": say(one.message, lang),
        **_place(one.place),
    }


def _conflict(one: Conflict) -> dict[str, Any]:
    return {
        "milestone": one.milestone,
        "district": one.district,
        "field": one.field,
        "sent": _plain(one.sent),
        "plan": _plain(one.ours),
        "form": _plain(one.theirs),
        **_place(one.place),
        "where": f"{one.span.file}:{one.span.line}",
    }


def _place(place: Place) -> dict[str, str | None]:
    return {"sheet": place.sheet, "cell": place.cell}


def _plain(value: object) -> object:
    """A date as ISO, a whole number without a point."""
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value
