"""How a spot check is drawn, as `--sample` and `--seed` say it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from banyuasin_plan.cli.usage import Usage
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Mapping

PORTION = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?", re.ASCII)
SEED = re.compile(r"\d{1,18}", re.ASCII)
WHOLE = 100
MOST_DRAWN = 999_999


def drawing(own: Mapping[str, str | None]) -> dict[str, object]:
    """How a spot check is drawn: `sample` and `seed`, as far as they are given."""
    from banyuasin_plan.tracking.sampling import Portion

    found: dict[str, object] = {}
    if sample := own.get("sample"):
        percent = sample.endswith("%")
        number = PORTION.fullmatch(sample.removesuffix("%"))
        amount = Fraction(sample.removesuffix("%").replace(",", ".")) if number else Fraction(0)
        if not 0 < amount <= (WHOLE if percent else MOST_DRAWN) or (
            amount.denominator > 1 and not percent
        ):
            raise Usage(message("usage.sample", given=sample), message("usage.sample.help"))
        found["sample"] = Portion(amount, percent)
    if seed := own.get("seed"):
        if not sample:
            raise Usage(message("usage.seed_alone"), message("usage.sample.help"))
        if not SEED.fullmatch(seed):
            raise Usage(message("usage.seed", given=seed))
        found["seed"] = int(seed)
    return found
