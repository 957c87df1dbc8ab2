"""Plans on a data date for the tests of the standing layer, written in text as YAML gives it.

Day 1 is Thursday 20 February 2025, day 100 Friday 30 May; offices are closed from 28 March to
7 April, on 18 April, 1, 12, 13, 29 and 30 May, and at weekends.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.plan.known import known_on
from banyuasin_plan.plan.model import Plan
from banyuasin_plan.reports import Material
from banyuasin_plan.schedule import calendars_of, schedule_of
from banyuasin_plan.tracking import track
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.plans import Written

    from banyuasin_plan.report import Report
    from banyuasin_plan.tracking import ProgramStanding, Standing, Tracking

PLAIN: Written = {"start": "2025-03-03", "calendar": {"holidays": "none"}}
"""A plan that starts on a Monday and knows weekends only; day 100 is Tuesday 10 June."""

OWNERS: tuple[Written, ...] = (
    {"id": "dinkes", "name": "Dinas Kesehatan"},
    {"id": "setda", "name": "Sekretariat Daerah"},
    {"id": "inspektorat", "name": "Inspektorat"},
)
DISTRICTS: tuple[Written, ...] = (
    {"id": "betung", "name": "Betung"},
    {"id": "sembawa", "name": "Sembawa"},
    {"id": "rambutan", "name": "Rambutan"},
    {"id": "air-salek", "name": "Air Salek"},
)


def program(name: str, *milestones: Written, **rest: object) -> Written:
    """One programme, led by dinkes; `rest` are its other keys."""
    return {
        "id": name,
        "name": name.upper(),
        "lead": "dinkes",
        "milestones": list(milestones),
        **rest,
    }


def plan_of(*programs: Written, owners: Sequence[Written] = OWNERS, **head: Any) -> Plan:
    """A plan with these programmes; `head` are keys of its head."""
    return Plan.model_validate(
        {
            "plan": {"id": "uji", "name": "Uji", "start": "2025-02-20", **head},
            "owners": list(owners),
            "districts": list(DISTRICTS),
            "programs": list(programs),
        }
    )


def material(plan: Plan, day: str, *, held: bool = False) -> Material:
    """What the reports of that plan on that data date are made of."""
    as_of = date.fromisoformat(day)
    known, calendars = known_on(plan, as_of), calendars_of(plan)
    schedule, forecast = schedule_of(known, calendars), schedule_of(known, calendars, as_of)
    tracking = track(known, schedule, forecast, as_of)
    return Material(known, schedule, forecast, tracking, as_of, held)


def tracked(plan: Plan, day: str) -> Tracking:
    """Where that plan stands on that data date."""
    return material(plan, day).tracking


def standing(milestone: Written, day: str, *others: Written, **head: Any) -> Standing:
    """Where one milestone stands; `others` are the rest of its programme, before it."""
    return tracked(plan_of(program("p", *others, milestone), **head), day).standings[-1]


def rule(milestone: Written, day: str, *others: Written, **head: Any) -> str | None:
    """The rule that gave a milestone its colour; None where it has none."""
    verdict = standing(milestone, day, *others, **head).verdict
    return verdict.rule if verdict else None


def only_program(day: str, *milestones: Written, **head: Any) -> ProgramStanding:
    """Where a plan's one programme stands; the keyword `tolerance` is the programme's."""
    rest = {"tolerance": head.pop("tolerance")} if "tolerance" in head else {}
    return tracked(plan_of(program("p", *milestones, **rest), **head), day).programs()[0]


def as_json(report: Report, lang: Lang = Lang.EN) -> dict[str, Any]:
    """The report as a machine reads it."""
    found: dict[str, Any] = json.loads(written(report, "json", lang, Screen()))
    return found
