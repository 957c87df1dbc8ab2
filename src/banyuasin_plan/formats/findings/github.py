"""Findings as GitHub's workflow commands, which become annotations on a pull request.

GitHub shows ten of a kind, so the most severe come first. The escapes are those of the official
library (`@actions/core`, `command.ts`), with which a test compares them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Severity
from banyuasin_plan.formats.findings.text import summary
from banyuasin_plan.words import label, say

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Diagnostic
    from banyuasin_plan.formats import Screen
    from banyuasin_plan.formats.findings import Findings
    from banyuasin_plan.words import Lang

MOST_IN_SUMMARY = 100


def write(findings: Findings, lang: Lang, screen: Screen) -> str:  # noqa: ARG001 - as every format
    """One command a finding, errors before warnings."""
    ranked = sorted(findings.diagnostics, key=lambda one: one.severity is not Severity.ERROR)
    return "".join(f"{command(one, lang)}\n" for one in ranked) + summary(findings, lang) + "\n"


def command(one: Diagnostic, lang: Lang) -> str:
    """The workflow command of one finding."""
    span = one.span
    properties: dict[str, str | int] = {
        "title": one.code,
        "file": span.file,
        "line": span.line,
        "endLine": span.end_line,
        "col": span.column,
        "endColumn": span.end_column,
    }
    if span.end_line != span.line:
        del properties["col"], properties["endColumn"]
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    said = say(one.message, lang)
    if one.help:
        said = f"{said} ({say(one.help, lang)})"
    return f"::{one.severity} {written}::{_data(said)}"


def step_summary(findings: Findings, lang: Lang) -> str:
    """The findings as a Markdown table for the run's summary page."""
    lines = [f"### {label('report.validate', lang)}", "", summary(findings, lang), ""]
    if findings.diagnostics:
        heads = [label(f"column.{name}", lang) for name in ("place", "code", "message")]
        lines += [f"| {' | '.join(heads)} |", "| --- | --- | --- |"]
    for one in findings.diagnostics[:MOST_IN_SUMMARY]:
        place = f"{one.span.file}:{one.span.line}:{one.span.column}"
        lines.append(f"| {_cell(place)} | {one.code} | {_cell(say(one.message, lang))} |")
    left = len(findings.diagnostics) - MOST_IN_SUMMARY
    if left > 0:
        lines += ["", label("findings.more", lang, count=left)]
    return "\n".join(lines) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    """Text from a plan inside a Markdown table: no markup, no second column."""
    for mark in "\\`*_{}[]<>()#+!|~":
        text = text.replace(mark, f"&#{ord(mark)};")
    return " ".join(text.split())
