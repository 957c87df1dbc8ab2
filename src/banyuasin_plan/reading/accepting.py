"""Warnings that are accepted where they stand: `# plan: accept W309 because …`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.diagnostic import Diagnostic, Finding, Severity
from banyuasin_plan.plan.naming import nearest
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from banyuasin_plan.source import Comment
    from banyuasin_plan.words import Message

CODES = r"[A-Za-z]\d{3}"
ACCEPT = re.compile(
    rf"(?:accept|terima)[ \t]+(?P<codes>{CODES}(?:[ \t]*,[ \t]*{CODES})*)"
    r"[ \t]+(?:because|karena)[ \t]+(?P<why>\S.*)"
)


class Acceptance(NamedTuple):
    """A comment that accepts the warnings of some codes on a line."""

    comment: Comment
    codes: tuple[str, ...]


class Sorted(NamedTuple):
    """Diagnostics that stand, those that were accepted, and acceptances that met nothing."""

    standing: tuple[Diagnostic, ...]
    accepted: tuple[Diagnostic, ...]
    idle: tuple[tuple[Acceptance, str], ...]


def acceptances(comments: Sequence[Comment]) -> tuple[list[Acceptance], list[Finding]]:
    """What the comments accept, and a finding for each that accepts nothing as it is written."""
    accepted: list[Acceptance] = []
    findings: list[Finding] = []
    for comment in comments:
        if read := ACCEPT.fullmatch(comment.text):
            codes = tuple(code.strip().upper() for code in read["codes"].split(","))
            accepted.append(Acceptance(comment, codes))
        else:
            said = message("unreasoned_acceptance")
            findings.append(Finding(comment.span, said, message("unreasoned_acceptance.help")))
    return accepted, findings


def sort_out(diagnostics: Sequence[Diagnostic], given: Sequence[Acceptance]) -> Sorted:
    """Warnings parted by whether they were accepted on their line; errors always stand."""
    wanted = {
        (one.comment.span.file, one.comment.line, code): (one, code)
        for one in given
        for code in one.codes
    }
    standing: list[Diagnostic] = []
    accepted: list[Diagnostic] = []
    met: set[tuple[str, int | None, str]] = set()
    for one in diagnostics:
        place = (one.span.file, one.span.line, one.code)
        if one.severity is Severity.WARNING and place in wanted:
            accepted.append(one)
            met.add(place)
        else:
            standing.append(one)
    idle = tuple(pair for place, pair in wanted.items() if place not in met)
    return Sorted(tuple(standing), tuple(accepted), idle)


def idle_findings(
    idle: Sequence[tuple[Acceptance, str]], codes: Mapping[str, Severity], *, certain: bool
) -> Iterator[Finding]:
    """A finding for every code that a comment accepts in vain; `codes` are all there are.

    Unless it is `certain` that no warning is hidden, only of codes that no comment ever accepts.
    """
    for one, code in idle:
        if certain or codes.get(code) is not Severity.WARNING:
            said, hint = _in_vain(code, codes, alone=len(one.codes) == 1)
            yield Finding(one.comment.span, said, hint)


def _in_vain(code: str, codes: Mapping[str, Severity], *, alone: bool) -> tuple[Message, Message]:
    if code not in codes:
        close = nearest(code, codes)
        hint = message("did_you_mean", name=close) if close else message("idle_acceptance.help")
        return message("idle_acceptance.unknown", code=code), hint
    if codes[code] is Severity.ERROR:
        return message("idle_acceptance.error", code=code), message("idle_acceptance.error.help")
    if alone:
        return message("idle_acceptance", code=code), message("idle_acceptance.help")
    return message("idle_acceptance", code=code), message("idle_acceptance.one", code=code)
