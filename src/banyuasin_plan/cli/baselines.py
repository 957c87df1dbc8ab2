"""`plan baseline`: the plan's dates kept under a name, and those that were."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banyuasin_plan.cli.output import complain, deliver
from banyuasin_plan.cli.reporting import choose, deliver_report, material_of, open_texts
from banyuasin_plan.cli.usage import Usage
from banyuasin_plan.formats import FORMATS
from banyuasin_plan.plan.baseline import Baseline
from banyuasin_plan.plan.fields import is_id
from banyuasin_plan.reading.baselines import baseline_text, read_baseline
from banyuasin_plan.reports.baseline import Saved, report
from banyuasin_plan.tracking import track
from banyuasin_plan.tracking.baselines import baseline_of
from banyuasin_plan.words import message, say
from banyuasin_plan.workspace import find, is_other, make_folder, shown, write

if TYPE_CHECKING:
    from banyuasin_plan.cli.reporting import Opened
    from banyuasin_plan.words import Lang
    from banyuasin_plan.workspace import Found

ACTIONS = ("save", "list")
ENDING = ".yaml"


def baseline(**given: Any) -> int:
    """Save a baseline, or list those there are; 1 where another one has the name already."""
    action = choose(given["action"] or "", ACTIONS, "plan baseline")
    name = given["name"]
    form = choose(given["format"] or "table", FORMATS, "--format")
    if (action == "save") != bool(name):
        key = "usage.baseline.name" if action == "save" else "usage.baseline.list"
        raise Usage(message(key), message("usage.baseline.help"))
    if name and not is_id(name):
        raise Usage(message("usage.baseline.id", name=name), message("usage.baseline.help"))
    found = find(given["plan"] or os.environ.get("PLAN_PATH"), Path.cwd())
    opened = open_texts(given, found.texts(), shelf=found.shelf)
    if opened is None:
        return 1
    if action == "save":
        return _save(found, opened, name, force=given["force"])
    plan = opened.loaded.plan
    if plan is None:
        raise AssertionError
    saved = [
        Saved(name, file, read_baseline(file, data, name, plan.plan.id))
        for name, (file, data) in found.saved().items()
    ]
    made = report(material_of(opened.loaded), saved)
    deliver_report(made, form, opened.lang, given["output"])
    return 0


def _save(found: Found, opened: Opened, name: str, *, force: bool) -> int:
    plan, schedule, as_of = opened.loaded.plan, opened.loaded.schedule, opened.loaded.as_of
    if plan is None or schedule is None:
        raise AssertionError
    kept = baseline_of(track(plan, schedule, schedule, as_of), name)
    data = baseline_text(kept).encode()
    file = found.baselines() / f"{name}{ENDING}"
    if not force and is_other(file, data):
        complain(message("baseline.there", path=shown(file)), opened.lang)
        return 1
    make_folder(file.parent)
    write(file, data)
    _tell(kept, shown(file), opened, opened.lang)
    return 0


def _tell(kept: Baseline, path: str, opened: Opened, lang: Lang) -> None:
    """What was saved, and how the plan comes to use it."""
    said = message("baseline.saved", path=path, count=len(kept.milestones), day=kept.saved)
    lines = [say(said, lang)]
    head = opened.loaded.scope.head
    if head and head.baseline != kept.baseline:
        lines.append(say(message("baseline.use", name=kept.baseline), lang))
    deliver("\n".join(lines) + "\n", None)
