"""One `plan set` beside checking the same plan, in process and on the texts alone.

Prints CPU seconds of both, the least of several runs in turns; run by the bench with the plan's
folder and the words that `plan set` would take.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from banyuasin_plan.editing import edit
from banyuasin_plan.editing.assigning import changes_of, read_assignments
from banyuasin_plan.editing.reporting import with_reports
from banyuasin_plan.reading import load
from banyuasin_plan.workspace import find

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 9
NOW = datetime(2025, 6, 10, tzinfo=UTC)


def main() -> None:
    """Measure both, and print them."""
    folder, *words = sys.argv[1:]
    texts = find(folder, Path.cwd()).texts()

    def check() -> None:
        if any(one.severity == "error" for one in load(texts, NOW).diagnostics):
            raise SystemExit("the plan has errors")

    def change() -> None:
        loaded = load(texts, NOW)
        changes, mistakes = changes_of(loaded, read_assignments(words), loaded.as_of)
        if mistakes or not edit(loaded, with_reports(loaded, changes, loaded.as_of)).texts:
            raise SystemExit("nothing was changed")

    took = [(_seconds(check), _seconds(change)) for _ in range(RUNS)][1:]
    for seconds in zip(*took, strict=True):
        sys.stdout.write(f"{min(seconds)}\n")


def _seconds(run: Callable[[], None]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
