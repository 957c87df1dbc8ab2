"""`plan export slides`: the deck of a day or a week."""

from __future__ import annotations

import sys
from typing import Any

from banyuasin_plan.cli.destinations import check_name
from banyuasin_plan.cli.output import complain, deliver
from banyuasin_plan.cli.weekly import open_week
from banyuasin_plan.formats.slides import write_slides
from banyuasin_plan.reports.slides import report
from banyuasin_plan.words import label, message


def export(**given: Any) -> int:
    """Write the deck to a file, or into a pipe."""
    check_name(given["output"], "pptx")
    week = open_week(given)
    if week is None:
        return 1
    material, lang = week
    made = report(material)
    file = given["output"]
    if file is None and sys.stdout.isatty():
        head = made.heading
        file = label("export.slides.file", lang, plan=head.plan, week=f"{head.week:02}")
        complain(message("export.written", path=file), lang)
    deliver(write_slides(made, lang), file)
    return 0
