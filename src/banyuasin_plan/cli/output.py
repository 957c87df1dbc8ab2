"""Where results go: the terminal as it is, a pipe, or a file."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from banyuasin_plan.formats import Screen
from banyuasin_plan.words import label, say
from banyuasin_plan.words.writing import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.diagnostic import Diagnostic
    from banyuasin_plan.words import Lang, Message

SAMPLE = "█░●▲◆■○✔─·→"


def prepare_streams() -> None:
    """Never fail on a letter that a stream's encoding does not have, nor on a closed stream."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as the program
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace", newline="")


def screen_of(stream: TextIO) -> Screen:
    """What a stream can show: width and colour on a terminal only, ASCII where it must be."""
    terminal = stream.isatty()
    environment = os.environ
    colour = terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    width = shutil.get_terminal_size().columns if terminal else None
    return Screen(width, colour, plain=not _shows(stream, SAMPLE))


def _shows(stream: TextIO, text: str) -> bool:
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeError, LookupError):
        return False
    return True


def deliver(result: str | bytes, file: str | None) -> None:
    """Write a result to a file, whole or not at all, else to stdout."""
    if file is None or file == "-":
        if isinstance(result, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(result)
        else:
            sys.stdout.write(result)
        sys.stdout.flush()
        return
    from banyuasin_plan.workspace import write

    write(Path(file), result if isinstance(result, bytes) else result.encode())


def complain(
    what: Message, lang: Lang, hint: Message | None = None, where: str | None = None
) -> None:
    """One line on stderr, with the place that it is about, and what would help on a second."""
    place = f"{escape(where)}: " if where else ""
    lines = [f"plan: {place}{say(what, lang)}"]
    if hint:
        lines.append(f"{label('findings.help', lang)}: {say(hint, lang)}")
    sys.stderr.write("\n".join(lines) + "\n")


def list_findings(found: tuple[Diagnostic, ...], texts: Mapping[str, bytes], lang: Lang) -> None:
    """Findings on stderr, each with its line, an empty line below each."""
    from banyuasin_plan.formats.findings import Findings  # which most that is written has none of
    from banyuasin_plan.formats.findings.text import listed

    sys.stderr.write(listed(Findings(None, found, texts), lang, screen_of(sys.stderr)))
