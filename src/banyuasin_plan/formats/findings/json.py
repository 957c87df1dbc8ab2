"""Findings for machines, all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.formats.json import laid_out
from banyuasin_plan.words import say

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Diagnostic
    from banyuasin_plan.formats import Screen
    from banyuasin_plan.formats.findings import Findings
    from banyuasin_plan.words import Lang


def write(findings: Findings, lang: Lang, screen: Screen) -> str:  # noqa: ARG001 - as every format
    """The findings as one JSON object."""
    whole = {
        "schema_version": 1,
        "plan": findings.plan,
        "summary": {
            "files": len(findings.texts),
            "errors": findings.errors,
            "warnings": findings.warnings,
            "accepted": findings.accepted,
            "complete": findings.complete,
        },
        "diagnostics": [_one(one, lang) for one in findings.diagnostics],
    }
    return laid_out(whole) + "\n"


def _one(one: Diagnostic, lang: Lang) -> dict[str, object]:
    span = one.span
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": say(one.message, lang),
        "help": say(one.help, lang) if one.help else None,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
