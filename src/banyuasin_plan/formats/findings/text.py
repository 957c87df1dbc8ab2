"""Findings for people: the place, the code, the line with a caret under it, and what would help."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from banyuasin_plan.formats.lines import width
from banyuasin_plan.words import label, say
from banyuasin_plan.words.writing import escape

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Diagnostic
    from banyuasin_plan.formats import Screen
    from banyuasin_plan.formats.findings import Findings
    from banyuasin_plan.words import Lang

MOST_SHOWN = 100
MOST_FILES = 12
"""Files that are named as to be mended first."""

LONGEST_LINE = 120
"""Columns of a source line that are shown around the finding, where there is room for them."""

SHORTEST_LINE = 20

ANSI = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "place": "\x1b[1m", "dim": "\x1b[2m"}
RESET = "\x1b[0m"


def write(findings: Findings, lang: Lang, screen: Screen) -> str:
    """The first hundred findings, how many more there are, and a line that sums up."""
    return f"{listed(findings, lang, screen)}{summary(findings, lang)}\n"


def listed(findings: Findings, lang: Lang, screen: Screen) -> str:
    """The first hundred findings, and how many more there are, each with an empty line below."""
    lines = [
        text
        for one in findings.diagnostics[:MOST_SHOWN]
        for text in _one(one, findings, lang, screen)
    ]
    left = len(findings.diagnostics) - MOST_SHOWN
    if left > 0:
        lines += [label("findings.more", lang, count=left), ""]
    return "".join(f"{line}\n" for line in lines)


def summary(findings: Findings, lang: Lang) -> str:
    """How many errors and warnings in how many files, and what was not checked."""
    key = "findings.some" if findings.diagnostics else "findings.none"
    if not findings.complete and not findings.warnings:
        key = "findings.errors"
    counts = {
        "errors": findings.errors,
        "warnings": findings.warnings,
        "files": len(findings.texts),
    }
    said = label(key, lang, **counts)
    if findings.accepted:
        said = f"{said} {label('findings.accepted', lang, count=findings.accepted)}"
    left = _left_unchecked(findings, lang)
    return f"{said}\n{left}" if left else said


def _left_unchecked(findings: Findings, lang: Lang) -> str:
    """What was not checked and which files to mend first; nothing where all was checked."""
    if findings.unchecked:
        part = "references" if findings.unchecked.references else "schedule"
        files = findings.unchecked.files
        named = files if len(files) <= MOST_FILES else (*files[:MOST_FILES], "...")
        return label(f"findings.unchecked.{part}", lang, files=named)
    return label("findings.unchecked.warnings", lang) if findings.only_errors else ""


def _one(one: Diagnostic, findings: Findings, lang: Lang, screen: Screen) -> list[str]:
    span = one.span

    def styled(text: str, style: str) -> str:
        return f"{ANSI[style]}{text}{RESET}" if screen.colour else text

    word = label(f"severity.{one.severity}", lang)
    place = styled(f"{escape(span.file)}:{span.line}:{span.column}", "place")
    lines = [
        f"{place}: {styled(f'{word} {one.code}', one.severity.value)}: {say(one.message, lang)}"
    ]
    source = _lines(findings.texts.get(span.file, b""))
    if 0 < span.line <= len(source):
        gutter = str(span.line)
        room = (screen.width or LONGEST_LINE * 2) - len(gutter) - len("   | ")
        limit = min(LONGEST_LINE, max(SHORTEST_LINE, room))
        shown, caret = _pointed(source[span.line - 1], one, limit, "..." if screen.plain else "…")
        bar = styled(f"{gutter} |", "dim")
        below = styled(f"{' ' * len(gutter)} |", "dim")
        lines += [f"  {bar} {shown}", f"  {below} {styled(caret, one.severity.value)}"]
    if one.help:
        lines.append(f"  {label('findings.help', lang)}: {say(one.help, lang)}")
    return [*lines, ""]


def _pointed(line: str, one: Diagnostic, limit: int, mark: str) -> tuple[str, str]:
    """The line around the finding, and carets under what is meant, at least one.

    At most `limit` columns are shown; the mark stands where the line goes on.
    """
    first = min(one.span.column - 1, len(line))
    last = one.span.end_column - 1 if one.span.end_line == one.span.line else len(line)
    begin, end = _window(line, first, limit, len(mark))
    left, right = mark if begin else "", mark if end < len(line) else ""
    before = len(left) + _width(line[begin:first])
    carets = "^" * max(1, _width(line[first : min(last, end)]))
    return f"{left}{escape(line[begin:end])}{right}", " " * before + carets


def _window(line: str, first: int, limit: int, mark: int) -> tuple[int, int]:
    """The part of a line that is shown: half the room at most before the finding."""
    if len(line) <= limit and _width(line) <= limit:
        return 0, len(line)
    begin, used = first, 0
    while begin and used + (wide := _width(line[begin - 1])) <= limit // 2 - mark:
        begin, used = begin - 1, used + wide
    end, used = first, used + (mark if begin else 0)
    while end < len(line) and used + (wide := _width(line[end])) <= limit - mark:
        end, used = end + 1, used + wide
    return begin, end


def _width(text: str) -> int:
    return width(escape(text))


@lru_cache(maxsize=8)
def _lines(data: bytes) -> list[str]:
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    return [line.removesuffix("\r") for line in text.split("\n")]
