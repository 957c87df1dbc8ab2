"""`plan why` and `plan whatif`: what drives the schedule, and what would change it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

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
from banyuasin_plan.plan.fields import ID
from banyuasin_plan.plan.supposing import Supposition, read_supposition
from banyuasin_plan.tracking import State
from banyuasin_plan.words import message

MISREAD = (
    (rf"(?P<id>{ID})[=+]-(?P<days>[1-9][0-9]*(d|w|cd)?)", "usage.change.earlier"),
    (rf"(?!start-[0-9])(?P<id>{ID})-(?P<days>[1-9][0-9]*(d|w|cd))", "usage.change.earlier"),
    (r"start=(?P<given>.*[-/.].*)", "usage.day"),
    (rf"owner:{ID}=(?P<given>.+)", "usage.change.capacity"),
    (rf"{ID}[=+](?P<given>.+)", "usage.change.days"),
)
"""What is nearly a supposition, and what it lacks; the first that fits."""

YEAR = 365
"""How far from the plan's day 1 another is supposed; calendars reach no further back."""

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from banyuasin_plan.reports import Material
    from banyuasin_plan.words import Message


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
    _check_once(texts, suppositions)
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
    if found is None:
        raise Usage(message("usage.change", given=text), _meant(text))
    return found


def _meant(text: str) -> Message:
    """What would have been a supposition."""
    for form, hint in MISREAD:
        if found := re.fullmatch(form, text):
            return message(hint, **found.groupdict())
    return message("usage.change.help")


def _check_once(texts: Sequence[str], suppositions: Sequence[Supposition]) -> None:
    """Refuse two suppositions of the same thing, which could add up or take turns."""
    said: dict[tuple[str, str], str] = {}
    for text, one in zip(texts, suppositions, strict=True):
        if other := said.get((one.kind, one.id)):
            again = message("usage.change.twice", given=text, other=other)
            raise Usage(again, message("usage.change.twice.help"))
        said[one.kind, one.id] = text


def _check(text: str, one: Supposition, material: Material) -> None:
    """Refuse what names nothing, and what lies behind us or out of sight."""
    if one.kind == "start":
        _check_start(text, cast("date", one.value), material.plan.plan.start)
    elif one.kind == "capacity":
        owners = [each.id for each in material.plan.everybody()]
        if one.id not in owners:
            raise unknown("usage.owner", one.id, owners)
    else:
        _check_milestone(text, one.id, material)


def _check_start(text: str, day: date, first: date) -> None:
    if abs((day - first).days) > YEAR:
        raise Usage(message("usage.change", given=text), message("usage.change.far", day=first))


def _check_milestone(text: str, name: str, material: Material) -> None:
    if any(name == program.id for program in material.plan.programs):
        said = message("usage.change.program", given=text, id=name)
        raise Usage(said, message("usage.change.program.help", id=name))
    if name not in material.schedule.slots:
        if name == "start":  # meant for day 1
            raise Usage(message("usage.change", given=text), message("usage.change.help"))
        raise unknown_id(name, material.schedule.slots, material.plan)
    for standing in material.tracking.standings:
        if standing.milestone.id != name:
            continue
        if standing.milestone.cancelled:
            raise Usage(message("usage.change.cancelled", given=text, id=name))
        if standing.case.state is State.DONE:
            said = message("usage.change.done", given=text, id=name)
            raise Usage(said, message("usage.change.done.help"))
