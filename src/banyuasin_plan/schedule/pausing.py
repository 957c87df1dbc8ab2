"""Work on many small values without looking for garbage among them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def garbage_left_alone() -> Iterator[None]:
    """No search for garbage meanwhile: in a big plan that would take longer than its passes.

    The passes make no rings, so nothing is kept for longer than it would be.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
