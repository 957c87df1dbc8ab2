"""`plan why` and `plan whatif`: what drives the schedule, and what would change it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from banyuasin_plan.cli.reporting import (
    BASES,
    choose,
    deliver_report,
    material_of,
    narrow,
    open_plan,
)
from banyuasin_plan.cli.usage import Usage, unknown, unknown_id
from banyuasin_plan.formats import FORMATS
from banyuasin_plan.plan.supposing import Supposition, read_supposition
from banyuasin_plan.tracking import State
from banyuasin_plan.words import message

EARLIER = re.compile(r"(.+)-(\d+(?:d|w|cd)?)\Z", re.ASCII)
"""How people ask for something earlier, which a date cannot be by itself."""

if TYPE_CHECKING:
    from banyuasin_plan.reports import Material


def why(**given: Any) -> int:
    """Say why a milestone is when it is, and why it has its colour."""
    from banyuasin_plan.reports.why import report

    form = choose(given["format"] or "table", FORMATS, "--format")
    basis = choose(given["basis"] or "forecast", BASES, "--basis")
    opened = open_plan(given)
    if opened is None:
        return 1
    material = material_of(opened.loaded)
    made = report(material, given["id"], basis)
    if made is None:
        programs = [program.id for program in material.plan.programs]
        raise unknown_id(given["id"], [*programs, *material.schedule.slots], material.plan)
    deliver_report(made, form, opened.lang, given["output"])
    return 0


def whatif(**given: Any) -> int:
    """Show what moves when something is supposed."""
    from banyuasin_plan.reports.whatif import report

    form = choose(given["format"] or "table", FORMATS, "--format")
    basis = choose(given["basis"] or "forecast", BASES, "--basis")
    texts = given["changes"] or []
    if not texts:
        raise Usage(message("usage.no_change"), message("usage.change.help"))
    suppositions = [_read(text) for text in texts]
    opened = open_plan(given)
    if opened is None:
        return 1
    material = material_of(opened.loaded)
    for text, one in zip(texts, suppositions, strict=True):
        _check(text, one, material)
    made = report(narrow(material, given), suppositions, basis)
    deliver_report(made, form, opened.lang, given["output"])
    return 0


def _read(text: str) -> Supposition:
    found = read_supposition(text)
    if found:
        return found
    hint = message("usage.change.help")
    if earlier := EARLIER.match(text):
        hint = message("usage.change.earlier", id=earlier[1], days=earlier[2])
    raise Usage(message("usage.change", given=text), hint)


def _check(text: str, one: Supposition, material: Material) -> None:
    """Refuse what names nothing, and what lies behind us."""
    if one.kind == "capacity":
        owners = [each.id for each in material.plan.everybody()]
        if one.id not in owners:
            raise unknown("usage.owner", one.id, owners)
    elif one.id and one.id not in material.schedule.slots:
        raise unknown_id(one.id, material.schedule.slots, material.plan)
    for standing in material.tracking.standings:
        if standing.milestone.id == one.id and one.kind in {"later", "length"}:
            if standing.milestone.cancelled:
                raise Usage(message("usage.change.cancelled", given=text, id=one.id))
            if standing.case.state is State.DONE:
                said = message("usage.change.done", given=text, id=one.id)
                raise Usage(said, message("usage.change.done.help"))
