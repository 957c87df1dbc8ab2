"""How far long work is, on stderr and on a terminal only."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from banyuasin_plan.cli.output import screen_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CELLS = 24
FULL, EMPTY = "█", "░"
FULL_PLAIN, EMPTY_PLAIN = "#", "."
CLEAR = "\r\x1b[K"


@contextmanager
def told() -> Iterator[Callable[[str], None]]:
    """Says on one line what is being worked on, of which nobody knows how much there is."""
    screen, shown = screen_of(sys.stderr), False

    def tell(what: str) -> None:
        nonlocal shown
        if screen.width is not None:
            shown = True
            sys.stderr.write(CLEAR + what[: screen.width - 1])
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()


def followed(names: Sequence[str]) -> Iterator[str]:
    """The names one after the other, each shown with a bar while it is worked on."""
    screen = screen_of(sys.stderr)
    if screen.width is None:
        yield from names
        return
    full, empty = (FULL_PLAIN, EMPTY_PLAIN) if screen.plain else (FULL, EMPTY)
    try:
        for number, name in enumerate(names):
            done = CELLS * number // len(names)
            line = f"{full * done}{empty * (CELLS - done)} {number + 1}/{len(names)} {name}"
            sys.stderr.write(CLEAR + line[: screen.width - 1])
            sys.stderr.flush()
            yield name
    finally:
        sys.stderr.write(CLEAR)
        sys.stderr.flush()
