"""Reading workbooks in a process of its own, which may use little and can harm nothing.

Asked on stdin and answered on stdout, one workbook after another: eight bytes that say how many
follow, then the workbook; back comes a line of JSON. A line before all others says that it is
ready. What kills the process is one file's fault and only that file's: whoever asks starts
another for the next.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from banyuasin_plan.formats.returned.book import as_plain
from banyuasin_plan.formats.returned.refusing import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyuasin_plan.words import Message

READY = b"ready\n"
LENGTH_BYTES = 8
MEMORY_BYTES = 256_000_000
"""Of its own; the interpreter and openpyxl alone take a tenth."""

SPACE_BYTES = 1_000_000_000
"""Addresses, for systems that do not count a process's own memory: files that are mapped, such as
a system's languages, can be hundreds of megabytes of it."""

SECONDS = 5
"""Of processor time, for one workbook."""

FILES = 8
NEVER_NEEDED = ("numpy", "PIL", "lxml")
"""What openpyxl imports where it is installed: none of it reads a cell."""


def main() -> None:
    """Serve whoever started this process, with as few rights as the system can take from it."""
    for name in NEVER_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment]

    import banyuasin_plan.formats.returned.workbook  # noqa: F401 - the same

    _renounce()
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    serve(sys.stdin.buffer, sys.stdout.buffer, _allow_seconds)


def serve(asked: BinaryIO, answers: BinaryIO, before: Callable[[], None]) -> None:
    """Answer until nothing more is asked; `before` is called for each workbook."""
    while header := asked.read(LENGTH_BYTES):
        before()
        data = asked.read(int.from_bytes(header, "big"))
        answers.write(json.dumps(answer(data), separators=(",", ":")).encode() + b"\n")
        answers.flush()


def answer(data: bytes) -> dict[str, Any]:
    """The cells of a workbook, or why it is not read."""
    from banyuasin_plan.formats.returned.workbook import read_workbook  # never where this is asked

    try:
        return {"book": as_plain(read_workbook(data))}
    except Refused as refused:
        return {"refused": _plain(refused.message)}


def _plain(said: Message) -> dict[str, Any]:
    """A message as JSON can carry it."""
    params = {
        name: value if isinstance(value, int | float | str) else _plain(value)  # type: ignore[arg-type]
        for name, value in said.params
    }
    return {"key": said.key, "params": params}


def _renounce() -> None:
    """Give up memory, files and children, where the system lets a process do so."""
    try:
        import resource
    except ImportError:  # Windows: the one who asks watches the clock
        return
    most = {
        "RLIMIT_DATA": MEMORY_BYTES,
        "RLIMIT_AS": SPACE_BYTES,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": FILES,
        "RLIMIT_NPROC": 0,
        "RLIMIT_CORE": 0,
    }
    for name, value in most.items():
        if (limit := getattr(resource, name, None)) is not None:
            with suppress(ValueError, OSError):  # a system that has the name, but no such limit
                resource.setrlimit(limit, (value, value))


def _allow_seconds() -> None:
    """Let the next workbook have its time."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS, hard))
