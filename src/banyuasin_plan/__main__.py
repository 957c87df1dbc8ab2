"""Where the program starts; what it does not need for an answer it does not import."""

from __future__ import annotations

import gc
import sys

from banyuasin_plan import __version__


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"plan {__version__}\n")
        return
    # A command lives for a blink: looking for garbage in what imports leave costs a tenth of it.
    gc.disable()
    from banyuasin_plan.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
