"""`plan export weekly`: the workbook of a week."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from banyuasin_plan.cli.output import complain
from banyuasin_plan.cli.reporting import choose, deliver_report, material_of, open_plan
from banyuasin_plan.cli.usage import Usage
from banyuasin_plan.reports.weekly import report
from banyuasin_plan.words import label, message

if TYPE_CHECKING:
    from banyuasin_plan.reading import Loaded

PAPERS = ("a4", "f4")


def export(**given: Any) -> int:
    """Write the workbook to a file, or into a pipe."""
    paper = choose(given["paper"] or PAPERS[0], PAPERS, "--paper")
    if given["week"] and given["today"]:
        raise Usage(message("usage.week_and_day"))
    opened = open_plan(given)
    if opened is None:
        return 1
    loaded, lang = opened
    if given["week"]:
        loaded = in_week(loaded, given["week"])
    material = material_of(loaded)._replace(revision=loaded.revision)
    made = report(material, per_owner=given["per_owner"])
    file = given["output"]
    if file is None and sys.stdout.isatty():
        week = made.heading.week
        file = label("export.weekly.file", lang, plan=made.heading.plan, week=f"{week:02}")
        complain(message("export.written", path=file), lang)
    deliver_report(made, "xlsx", lang, file, paper)
    return 0


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
