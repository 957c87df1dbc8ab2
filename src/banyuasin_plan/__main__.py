"""Where the program starts; what it does not need for an answer it does not import."""

from __future__ import annotations

import gc
import os
import sys

from banyuasin_plan import __version__

TYPE_CHECKING = False  # what `typing` has under this name, without importing it for `--version`
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"plan {__version__}\n")
        return
    # A command lives for a blink: looking for garbage in what imports leave costs a tenth of it.
    gc.disable()
    from banyuasin_plan.cli import run

    sys.exit(run(sys.argv[1:]))


def command() -> NoReturn:
    """Run the command line as a program of its own, and leave without clearing up after it.

    Taking a plan's objects apart one by one before the process ends is a twentieth of its time;
    results are flushed and files closed by then, and nothing else is held.
    """
    try:
        main()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):  # a closed pipe, a closed stream, none
            continue
    os._exit(code)


if __name__ == "__main__":
    command()
