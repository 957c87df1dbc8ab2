"""Work on many small values without looking for garbage among them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def garbage_left_alone() -> Iterator[None]:
    """No search for garbage meanwhile: half of a big plan's time would go where there is none.

    Trees, networks and passes make no rings, so nothing is kept for longer than it would be.
    Freezing and unfreezing hands what is new to the oldest generation, or the first look
    afterwards would go through all of it once more.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
