"""`plan export weekly`: the workbook of a week."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.cli.destinations import check_name
from banyuasin_plan.cli.output import complain
from banyuasin_plan.cli.past import Past, past_of, side_of
from banyuasin_plan.cli.remembering import known_past, remembered
from banyuasin_plan.cli.reporting import choose, deliver_report, material_of, open_texts
from banyuasin_plan.cli.usage import Usage
from banyuasin_plan.reading.remembering import Memory
from banyuasin_plan.reports.weekly import report
from banyuasin_plan.reports.weekly.changes import Since
from banyuasin_plan.revisions.refusals import NoPast
from banyuasin_plan.tracking.baselines import side_of_baseline
from banyuasin_plan.tracking.changes import changes_between, changes_since
from banyuasin_plan.words import label, message
from banyuasin_plan.workspace import find

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.cli.past import State
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.reports import Material
    from banyuasin_plan.revisions.repository import Repository
    from banyuasin_plan.words import Lang
    from banyuasin_plan.workspace import Found

PAPERS = ("a4", "f4")


def export(**given: Any) -> int:
    """Write the workbook to a file, or into a pipe."""
    paper = choose(given["paper"] or PAPERS[0], PAPERS, "--paper")
    check_name(given["output"], "xlsx")
    week = open_week(given)
    if week is None:
        return 1
    material, lang = week
    made = report(material, per_owner=given["per_owner"])
    file = given["output"]
    if file is None and sys.stdout.isatty():
        number = f"{made.heading.week:02}"
        file = label("export.weekly.file", lang, plan=made.heading.plan, week=number)
        complain(message("export.written", path=file), lang)
    deliver_report(made, "xlsx", lang, file, paper)
    return 0


class Opened(NamedTuple):
    """What the files of a week are made from, and in which language."""

    material: Material
    lang: Lang


def open_week(given: dict[str, Any]) -> Opened | None:
    """The plan in the week or on the day asked for; None, with its findings, where it is broken."""
    if given["week"] and given["today"]:
        raise Usage(message("usage.week_and_day"))
    found = find(given["plan"] or os.environ.get("PLAN_PATH"), Path.cwd())
    memory = Memory()
    opened = open_texts(given, found.texts(), memory, found.shelf)
    if opened is None:
        return None
    loaded, lang = opened
    with past_of(found) as repository:
        week = Week(found, loaded, memory, repository, lang)
        if given["week"]:
            loaded = week.loaded(in_week(loaded, given["week"]), lang)
        material = material_of(loaded)
        since, past = week.since(material, loaded), known_past(week.seen, loaded.as_of)
    return Opened(material._replace(revision=loaded.revision, since=since, past=past), lang)


class Week:
    """A week and the one before it, as the plan was then, as far as that is known."""

    def __init__(
        self,
        found: Found,
        current: Loaded,
        memory: Memory,
        repository: Repository | NoPast,
        lang: Lang,
    ) -> None:
        """Of the plan that was found there and is `current`."""
        self._found, self._current, self._memory = found, current, memory
        self._repository = repository
        self.seen = remembered(found, current, repository, lang)

    def loaded(self, asked: Loaded, lang: Lang) -> Loaded:
        """The plan as it was committed by the data date asked for, else as it is known now.

        Only for dates behind the current one; a revision that has errors does not count.
        """
        state = self._before(asked.as_of) if asked.as_of < self._current.as_of else None
        if state is None or state.loaded.as_of != asked.as_of or state.origin.flaws:
            return asked
        calendars = state.loaded.calendars
        number = calendars.week_number(asked.as_of) if calendars else 0
        name, on = state.origin.name, state.origin.on
        complain(message("weekly.revision", week=str(number), name=name, on=on), lang)
        return state.loaded

    def since(self, material: Material, loaded: Loaded) -> Since | None:
        """What changed since the week before: out of git, else since the plan's baseline."""
        state = self._before(loaded.as_of - timedelta(days=7))
        if state is not None:
            old = side_of(material_of(state.loaded))
            return Since(changes_between(old, side_of(material)), state.origin.name)
        kept, plan = loaded.scope.baseline, loaded.scope.plan
        if kept is None or plan is None or kept.saved > loaded.as_of:
            return None
        old = side_of_baseline(kept, plan, side_of(material))
        name = message("diff.baseline", name=kept.baseline)
        return Since(changes_since(old, side_of(material)), name)

    def _before(self, day: date) -> State | None:
        """The last revision of that day or before; None where there is no such past."""
        if self.seen is None or isinstance(self._repository, NoPast):
            return None
        past = Past(self._found, self._repository, self._current, self._memory)
        for commit, point in self.seen.points:
            if point.day and point.day <= day:
                with suppress(NoPast):
                    return past.on(day, commit)
        return None


def in_week(loaded: Loaded, given: str) -> Loaded:
    """The plan as known at the end of a week: on the data date where it lies in it, else Sunday.

    Weeks run from Monday to Sunday; week 1 holds day 1, the last one the plan's last day.
    """
    calendars = loaded.calendars
    if calendars is None:
        raise AssertionError
    last = calendars.week_number(calendars.last_day)
    number = int(given[:6]) if given.isascii() and given.isdigit() else 0
    if not 1 <= number <= last:
        raise Usage(message("usage.week", given=given, last=last))
    if calendars.week_number(loaded.as_of) == number:
        return loaded
    start = calendars.head.start
    monday = start - timedelta(days=start.weekday())
    return replace(loaded, as_of=monday + timedelta(days=7 * number - 1), held=False)
