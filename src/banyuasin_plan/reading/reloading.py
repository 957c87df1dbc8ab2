"""A plan read once more after some of its files changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from banyuasin_plan.reading import Loaded
from banyuasin_plan.reading.joining import join
from banyuasin_plan.reading.shaping import scope_of
from banyuasin_plan.source.composing import no_garbage_collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.source import Parsed


def reloaded(loaded: Loaded, texts: Mapping[str, bytes], parsed: Mapping[str, Parsed]) -> Loaded:
    """The plan with other texts for some of its files, each with its tree; no file is parsed."""
    with no_garbage_collection():
        joined = join({**loaded.texts, **texts}, {**loaded.joined.parsed, **parsed})
        scope = scope_of(joined, loaded.now)
    scope = replace(scope, baseline=loaded.scope.baseline, no_baseline=loaded.scope.no_baseline)
    follows = loaded.as_of == loaded.scope.today  # the plan's own day, which may have changed
    as_of = scope.today if follows else loaded.as_of
    return Loaded({**loaded.texts, **texts}, joined, scope, as_of, loaded.held, loaded.now)
