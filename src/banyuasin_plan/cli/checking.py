"""`plan validate`: every finding in one run."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from banyuasin_plan.cli.output import deliver, screen_of
from banyuasin_plan.cli.reporting import choose, reader
from banyuasin_plan.cli.usage import Usage
from banyuasin_plan.diagnostic import Unchecked
from banyuasin_plan.formats import Screen
from banyuasin_plan.formats.findings import FINDING_FORMATS, Findings, written
from banyuasin_plan.reading import Loaded, load
from banyuasin_plan.words import message
from banyuasin_plan.workspace import find

AUTO = "auto"
"""The format that goes by where the command runs."""


def validate(**given: Any) -> int:
    """Check plans; 1 when there are errors, or with `--strict` warnings."""
    form = _form(given["format"])
    now = datetime.now(UTC)
    if given["paths"] and given["plan"]:
        raise Usage(message("usage.two_plans"), message("usage.two_plans.help"))
    named = given["paths"] or [given["plan"] or os.environ.get("PLAN_PATH")]
    plans = list(dict.fromkeys(find(path, Path.cwd()) for path in named))
    loaded = [load(plan.texts(), now, shelf=plan.shelf) for plan in plans]
    findings = _together(loaded)
    lang = reader(given, loaded[0] if len(loaded) == 1 else None)
    file = given["output"]
    screen = screen_of(sys.stdout) if file is None else Screen()
    deliver(written(findings, form, lang, screen), file)
    if form == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        from banyuasin_plan.formats.findings.github import step_summary

        with Path(summary).open("a", encoding="utf-8") as out:
            out.write(step_summary(findings, lang))
    return int(findings.errors > 0 or (given["strict"] and findings.warnings > 0))


def _together(loaded: list[Loaded]) -> Findings:
    """The findings of several plans as one."""
    texts = {name: data for one in loaded for name, data in one.texts.items()}
    found = [each for one in loaded for each in one.diagnostics]
    diagnostics = tuple(sorted(found, key=lambda one: one.order))
    head = loaded[0].scope.head if len(loaded) == 1 else None
    accepted = sum(len(one.accepted) for one in loaded)
    unchecked = [one.unchecked for one in loaded if one.unchecked]
    files = tuple(file for one in unchecked for file in one.files)
    left = Unchecked(any(one.references for one in unchecked), files) if files else None
    return Findings(head.id if head else None, diagnostics, texts, accepted, left)


def _form(given: str | None) -> str:
    """The format asked for; `auto` is GitHub's annotations inside GitHub Actions, else text."""
    form = choose(given or "text", (*FINDING_FORMATS, AUTO), "--format")
    if form != AUTO:
        return form
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
