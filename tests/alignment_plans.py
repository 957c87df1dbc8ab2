"""Plans for the tests of alignment, raw as YAML gives them, so that figures are counted apart.

`shipped` reads the plan of the repository with a YAML reader of its own; `raw_plans` draws small
plans with districts, links across owners, goals that serve goals, orders and running programmes.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.reference.days import Office
from tests.standing_plans import as_json, material

from banyuasin_plan.plan.model import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.report import Report
    from banyuasin_plan.reports import Material

Raw = dict[str, Any]

SHIPPED = Path(__file__).resolve().parent.parent / "plans" / "banyuasin"
DAY = date(2025, 4, 10)
"""The data date of all of them: Thursday, day 50 of 100."""

OFFICE = Office({})
"""The offices' open days: weekends, public holidays and joint leave apart, as in the plans."""

OWNERS = ("o0", "o1", "o2", "o3")
PLACES = ("d0", "d1", "d2")


@cache
def shipped() -> Raw:
    """The shipped plan as its files say it; dates are dates, everything else as written."""
    whole: Raw = {}
    for file in sorted(SHIPPED.rglob("*.yaml")):
        for key, value in (
            YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")).items()
        ):
            whole[key] = value if key == "plan" else [*whole.get(key, []), *value]
    return whole


@cache
def shipped_material() -> Material:
    """What the reports on the shipped plan are made of."""
    return made(shipped())


def made(raw: Raw) -> Material:
    """What the reports on a raw plan are made of."""
    return material(Plan.model_validate(texts(raw)), str(DAY))


def texts(value: Any) -> Any:
    """As our own reader hands it over: nothing but texts in lists and mappings."""
    if isinstance(value, dict):
        return {str(key): texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [texts(one) for one in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else str(value)


def rows(report: Report, table: str) -> list[Raw]:
    """A table of a report as machines get it."""
    found: list[Raw] = as_json(report)["tables"][table]
    return found


def figures(report: Report) -> Raw:
    """The figures of a report as machines get them."""
    found: Raw = as_json(report)["figures"]
    return found


def milestones(raw: Raw) -> Iterator[tuple[Raw, Raw]]:
    """Every milestone that is not cancelled, with its programme."""
    for program in raw.get("programs", []):
        for one in program.get("milestones", []):
            if not one.get("cancelled"):
                yield program, one


def places(raw: Raw, written: Any) -> set[str]:
    """District ids, `all` spelled out."""
    return {one["id"] for one in raw["districts"]} if written == "all" else set(written or ())


def day(value: Any) -> date | None:
    """A date as written or as machines get it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def delivered(one: Raw, place: str) -> date | None:
    """The day a district had its delivery."""
    fact = one.get("delivered", {}).get(place)
    return day(fact["on"] if isinstance(fact, dict) else fact) if fact else None


def finished(raw: Raw, one: Raw) -> date | None:
    """The day a milestone was done: its own, else the last of its deliveries once all are there."""
    where = places(raw, one.get("districts"))
    days = [delivered(one, place) for place in where]
    last = max((on for on in days if on), default=None) if days and all(days) else None
    return day(one.get("finished")) or last


def office_days(first: date, last: date) -> int:
    """Days on which offices work after one day, up to another; none where that is not later."""
    return OFFICE.days_between(first + timedelta(1), last + timedelta(1)) if last > first else 0


@st.composite
def raw_plans(draw: st.DrawFn) -> dict[str, Any]:
    """A small plan: up to 5 programmes of up to 4 milestones."""
    count = draw(st.integers(1, 5))
    known: list[str] = []
    programs = [_program(draw, number, known) for number in range(count)]
    running = [_running(draw, number) for number in range(draw(st.integers(0, 4)))]
    for one in programs:
        if draw(st.booleans()) and running:
            one["inherits"] = _inherits(draw, [each["id"] for each in running], one)
    return {
        "plan": {"id": "uji", "name": "Uji", "start": date(2025, 2, 20)},
        "groups": [{"id": "g", "name": "G"}],
        "goals": _goals(draw),
        "owners": [{"id": name, "name": name.upper()} for name in OWNERS],
        "districts": [{"id": name, "name": name.upper()} for name in PLACES],
        "inherited": running,
        "decisions": [_order(draw, number) for number in range(draw(st.integers(0, 4)))],
        "programs": programs,
    }


def _past(draw: st.DrawFn) -> date:
    return DAY - timedelta(draw(st.integers(0, 48)))


def _near(draw: st.DrawFn) -> date:
    return DAY + timedelta(draw(st.integers(-30, 50)))


def _some(draw: st.DrawFn, names: tuple[str, ...]) -> list[str]:
    return sorted(draw(st.sets(st.sampled_from(names))))


def _where(draw: st.DrawFn) -> str | list[str]:
    everywhere = draw(st.booleans())
    return "all" if everywhere else _some(draw, PLACES)


def _program(draw: st.DrawFn, number: int, known: list[str]) -> Raw:
    name = f"p{number}"
    found: Raw = {
        "id": name,
        "name": draw(st.sampled_from(NAMES)),
        "aliases": draw(st.lists(st.sampled_from(NAMES), max_size=2)),
        "lead": draw(st.sampled_from(OWNERS)),
        "support": _some(draw, OWNERS),
        "goals": _some(draw, ("a/1", "a/2", "b/1", "c/1")),
        "districts": _where(draw),
        "milestones": [],
    }
    if draw(st.booleans()):
        found["verifier"] = draw(st.sampled_from(OWNERS))
    if draw(st.booleans()):
        found["group"] = "g"
    for nth in range(draw(st.integers(0, 4))):
        found["milestones"].append(_milestone(draw, f"{name}-{nth}", known))
        known.append(f"{name}-{nth}")
    return found


def _milestone(draw: st.DrawFn, name: str, known: list[str]) -> Raw:
    found: Raw = {
        "id": name,
        "name": name,
        "duration": draw(st.sampled_from(("0", "2d", "5d", "6cd"))),
        "weight": draw(st.integers(1, 3)),
        "support": _some(draw, OWNERS),
    }
    if draw(st.booleans()):
        found["owner"] = draw(st.sampled_from((*OWNERS, *PLACES)))
    if draw(st.booleans()):
        found["due"] = _near(draw)
    if draw(st.booleans()):
        amount = draw(st.integers(0, 900))
        found["budget"] = [{"amount": amount, "spent": draw(st.integers(0, amount))}]
    if known:
        links = sorted(draw(st.sets(st.sampled_from(known), max_size=3)))
        found["after"] = [_link(draw, one) for one in links]
    if draw(st.booleans()):
        found["districts"] = _where(draw)
        found["delivered"] = {
            place: _past(draw)
            for place in (PLACES if found["districts"] == "all" else found["districts"])
            if draw(st.booleans())
        }
    state = draw(st.sampled_from(("", "", "started", "finished", "cancelled")))
    if state == "cancelled":
        found["cancelled"] = {"on": _past(draw)}
    elif state:
        found["started"] = date(2025, 2, 20)
        if state == "finished":
            found["finished"] = _past(draw)
    return found


def _link(draw: st.DrawFn, name: str) -> Raw:
    found: Raw = {"id": name, "link": draw(st.sampled_from(("FS", "FS", "SS", "FF", "SF")))}
    if draw(st.booleans()):
        found["lag"] = draw(st.sampled_from(("2d", "-1d", "3cd")))
    if draw(st.booleans()):
        found["agreed"] = _past(draw)
    return found


def _goals(draw: st.DrawFn) -> list[Raw]:
    return [
        {
            "id": name,
            "name": name.upper(),
            "items": [
                {"id": item, "text": f"{name}{item}", "serves": _some(draw, serves)}
                for item in ("1", "2")
            ],
        }
        for name, serves in (("a", ("b/1", "b/2", "c/2")), ("b", ("c/1",)), ("c", ("a/1", "b/2")))
    ]


NAMES = (
    "Sayur",
    "Gerakan Tanam Sayur",
    "Program Sayur 2020",
    "Bedah Rumah",
    "Rumah",
    "Sungai Bersih",
)


def _running(draw: st.DrawFn, number: int) -> Raw:
    found: Raw = {
        "id": f"r{number}",
        "name": draw(st.sampled_from(NAMES)),
        "aliases": draw(st.lists(st.sampled_from(NAMES), max_size=2)),
        "districts": _where(draw),
    }
    if draw(st.booleans()):
        found["owner"] = draw(st.sampled_from(OWNERS))
    if draw(st.booleans()):
        found["until"] = _near(draw)
    if draw(st.integers(0, 3)) == 0:
        found["stopped"] = {"on": _past(draw), "by": draw(st.sampled_from(OWNERS))}
    return found


def _inherits(draw: st.DrawFn, running: list[str], program: Raw) -> Raw:
    found: Raw = {}
    left = list(running)
    for way in ("continues", "merges", "replaces"):
        taken = sorted(draw(st.sets(st.sampled_from(left), max_size=1))) if left else []
        left = [one for one in left if one not in taken]
        found[way] = taken
    names = [one["id"] for one in program["milestones"]]
    found["by"] = sorted(draw(st.sets(st.sampled_from(names), max_size=2))) if names else []
    return found


def _order(draw: st.DrawFn, number: int) -> Raw:
    on = _past(draw)
    found: Raw = {
        "id": f"k{number}",
        "on": on,
        "by": draw(st.sampled_from(OWNERS)),
        "text": f"perintah {number}",
        "owner": draw(st.sampled_from(OWNERS)),
    }
    if draw(st.booleans()):
        found["due"] = on + timedelta(draw(st.integers(0, 60)))
    if draw(st.booleans()):
        found["done"] = on + timedelta(draw(st.integers(0, (DAY - on).days)))
    return found
