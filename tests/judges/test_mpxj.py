"""The critical path against an outside scheduler: MPXJ's, with the rules of Primavera P6."""

from __future__ import annotations

import json
import random
import subprocess
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.plans import Written, milestone, plan_of, scheduled

if TYPE_CHECKING:
    from pathlib import Path

PLANS = 200


def _random_plan(seed: int) -> dict[str, Any]:
    """A plan in the judge's format: 5 to 25 tasks, all link types, lags of both signs.

    What both define: lags in working days of one calendar, and a start on a working day. The
    judge knows neither calendar days nor owners' calendars nor fixed starts.
    """
    source = random.Random(seed)  # noqa: S311 - the same plans in every run
    start = date(2025, 3, 3) + timedelta(days=source.randrange(5))
    holidays = sorted(
        {str(start + timedelta(days=source.randint(1, 60))) for _ in range(source.randint(0, 12))}
    )
    count = source.randint(5, 25)
    tasks = [
        {"id": f"t{number}", "days": 0 if source.random() < 0.2 else source.randint(1, 8)}
        for number in range(count)
    ]
    pairs = {
        (source.randrange(later), later)
        for later in range(1, count)
        for _ in range(source.choice((0, 1, 1, 2, 3)))
    }
    links = [
        {
            "from": f"t{first}",
            "to": f"t{later}",
            "type": source.choice(("FS", "FS", "SS", "FF", "SF")),
            "lag": source.choice((0, 0, 0, 1, 2, 4, -1, -2, -4)),
        }
        for first, later in sorted(pairs)
    ]
    return {
        "start": str(start),
        "calendar": {"workdays": ["MO", "TU", "WE", "TH", "FR"], "holidays": holidays},
        "tasks": tasks,
        "deps": links,
    }
