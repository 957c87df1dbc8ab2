"""`plan set`: keys of a plan changed where they stand."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.cli import CLEAN, FINDINGS, USAGE
from banyuasin_plan.cli.output import complain, deliver, list_findings, screen_of
from banyuasin_plan.cli.reporting import day_of, day_to_write_on, reader
from banyuasin_plan.cli.usage import Usage
from banyuasin_plan.diagnostic import Diagnostic, Severity
from banyuasin_plan.editing import edit
from banyuasin_plan.editing.assigning import changes_of, read_assignments, words_of
from banyuasin_plan.editing.promising import with_promises
from banyuasin_plan.editing.reporting import with_reports
from banyuasin_plan.editing.targets import Mistake
from banyuasin_plan.editing.telling import alterations
from banyuasin_plan.formats.difference import unified
from banyuasin_plan.reading import load
from banyuasin_plan.source.complaints import shortened
from banyuasin_plan.words import label, message
from banyuasin_plan.words.writing import escape
from banyuasin_plan.workspace import find
from banyuasin_plan.workspace.reading import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from banyuasin_plan.editing import Change, Edited
    from banyuasin_plan.editing.assigning import Assignment
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.words import Lang


class Made(NamedTuple):
    """What came of the assignments: the plan as it was, the changes, and their outcome if any."""

    loaded: Loaded
    lang: Lang
    changes: list[Change]
    mistakes: list[Mistake]
    edited: Edited | None = None


def change(**given: Any) -> int:
    """Change what is asked for, or nothing; 1 when what would come of it has errors."""
    assignments, mistakes = _asked(given["words"] or [], given["file"])
    if not assignments and not mistakes:
        nothing = message("set.empty", path=given["file"]) if given["file"] else None
        raise Usage(nothing or message("set.nothing"), message("set.help"))
    found = find(given["plan"] or os.environ.get("PLAN_PATH"), Path.cwd())
    if given["dry_run"]:
        made = _made(given, found.texts(), assignments, mistakes)
        return _tell(made, dry_run=True)
    with found.alone() as held:
        made = _made(given, held.texts, assignments, mistakes)
        if made.edited:
            held.store(made.edited.texts)
    return _tell(made, dry_run=False)


def _asked(words: Sequence[str], file: str | None) -> tuple[list[Assignment], list[Mistake]]:
    """What the command line and the file assign, and what in them is no assignment."""
    lines = [("", words)] if words else []
    mistakes: list[Mistake] = []
    for number, line in enumerate(_lines(file), 1):
        where = f"{file}:{number}"
        try:
            lines.append((where, words_of(line, where)))
        except Mistake as mistake:
            mistakes.append(mistake)
    assignments: list[Assignment] = []
    for where, split in lines:
        try:
            assignments += read_assignments(split, where) if split else []
        except Mistake as mistake:
            mistakes.append(mistake)
    return assignments, mistakes


def _lines(file: str | None) -> list[str]:
    """The lines of the file, or of what comes in where it is `-`."""
    if file is None:
        return []
    data = sys.stdin.buffer.read() if file == "-" else read_file(Path(file))
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Usage(message("set.not_utf8", path=file)) from error


def _made(
    given: dict[str, Any],
    texts: Mapping[str, bytes],
    assignments: list[Assignment],
    mistakes: list[Mistake],
) -> Made:
    """What the assignments make of the plan."""
    asked = day_of(given["today"] or os.environ.get("PLAN_TODAY"))
    loaded = load(texts, datetime.now(UTC), asked)
    day = day_to_write_on(loaded)
    changes, wrong = changes_of(loaded, assignments, day)
    lang, wrong = reader(given, loaded), [*mistakes, *wrong]
    if wrong:
        return Made(loaded, lang, changes, wrong)
    recorded = with_promises(loaded, changes, day, given["why"])
    if given["why"] and len(recorded) == len(changes):
        raise Usage(message("set.why"), message("set.why.help"))
    changes = with_reports(loaded, recorded, day)
    return Made(loaded, lang, changes, [], edit(loaded, changes))


def _tell(made: Made, *, dry_run: bool) -> int:
    """Say what changed, or what stands in the way; the exit code."""
    edited = made.edited
    if edited is None:
        for one in made.mistakes:
            complain(one.message, made.lang, one.help, one.where)
        return USAGE
    if edited.refusals:
        _tell_refused(made, edited)
        return FINDINGS
    if edited.warnings and edited.loaded:
        list_findings(edited.warnings, edited.loaded.texts, made.lang)
    if dry_run:
        deliver(unified(made.loaded.texts, edited.texts), None)
    else:
        deliver("".join(f"{line}\n" for line in _altered(made, edited)), None)
    if dry_run or not edited.texts:
        key = "set.dry_run" if edited.texts else "set.same"
        sys.stderr.write(f"{label(key, made.lang)}\n")
    return CLEAN


def _altered(made: Made, edited: Edited) -> Iterator[str]:
    """A line for each value that changed."""
    arrow = "->" if screen_of(sys.stdout).plain else "\N{RIGHTWARDS ARROW}"
    after = edited.loaded
    for one in alterations(made.loaded, after, made.changes) if after else ():
        place = f"{escape(one.span.file)}:{one.span.line}"
        value = (
            f"+ {_short(one.new)}" if one.added else f"{_short(one.old)} {arrow} {_short(one.new)}"
        )
        yield f"{place}: {one.id} {one.key}: {value}"


def _short(value: str | None) -> str:
    return "-" if value is None else escape(str(shortened(value.replace("\n", " "))))


def _tell_refused(made: Made, edited: Edited) -> None:
    """Why nothing was written, on stderr."""
    texts = edited.loaded.texts if edited.loaded else made.loaded.texts
    errors = tuple(
        Diagnostic(one.span, one.code, Severity.ERROR, one.message, one.help)
        for one in edited.refusals
        if one.code
    )
    if errors:
        list_findings(errors, texts, made.lang)
    for one in edited.refusals:
        if not one.code:
            complain(one.message, made.lang, one.help, f"{one.span.file}:{one.span.line}")
    sys.stderr.write(f"{label('set.refused', made.lang)}\n")
