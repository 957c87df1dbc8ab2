"""Findings as a GitLab Code Quality report, which marks the lines of a merge request.

The fields are those of GitLab's documentation ("Code Quality report format"): a finding that is
still there after an edit further up keeps its fingerprint, so that it is not shown as new.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from banyuasin_plan.words import Lang, say

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Diagnostic
    from banyuasin_plan.formats import Screen
    from banyuasin_plan.formats.findings import Findings

SEVERITIES = {"error": "critical", "warning": "minor"}


def write(findings: Findings, lang: Lang, screen: Screen) -> str:  # noqa: ARG001 - as every format
    """A list with one object a finding; fingerprints do not depend on line or language."""
    seen: Counter[str] = Counter()
    rows = [_one(one, lang, seen) for one in findings.diagnostics]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _one(one: Diagnostic, lang: Lang, seen: Counter[str]) -> dict[str, object]:
    said = say(one.message, lang)
    same = f"{one.span.file}\0{one.code}\0{say(one.message, Lang.EN)}"
    seen[same] += 1
    print_of = hashlib.sha256(f"{same}\0{seen[same]}".encode()).hexdigest()
    return {
        "description": f"{said} ({say(one.help, lang)})" if one.help else said,
        "check_name": one.code,
        "fingerprint": print_of,
        "severity": SEVERITIES[one.severity.value],
        "location": {
            "path": one.span.file,
            "lines": {"begin": one.span.line, "end": one.span.end_line},
        },
    }
