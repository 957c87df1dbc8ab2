"""The report of loads: rows for machines, and the matrix on a terminal."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from tests.plans import milestone
from tests.standing_plans import PLAIN, as_json, material, plan_of, program

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.report import Report, Table
from banyuasin_plan.reports import heading_of
from banyuasin_plan.reports.load import HEAT, LOAD, report
from banyuasin_plan.words import Lang, message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.report import Cell

DAY = "2025-03-12"
"""Wednesday of week 2 in the plan here, which starts on Monday 3 March and knows weekends only."""

OWNERS = (
    {"id": "dinkes", "name": "Dinas Kesehatan", "capacity": 1},
    {"id": "setda", "name": "Sekretariat Daerah"},
    {"id": "idle", "name": "Idle", "capacity": 1},
)


def _plan() -> Plan:
    """Dinkes has two fixed starts on the same days, and a camat what they are done with."""
    return plan_of(
        program(
            "p",
            milestone("p-1", "5d", start="2025-03-13", districts=["betung"]),
            milestone("p-2", "2d", start="2025-03-17"),
            milestone("p-3", "1d", start="2025-03-24", owner="setda", load=5),
        ),
        program("q", milestone("q-1", "1d", start="2025-03-14", owner="setda")),
        owners=OWNERS,
        **PLAIN,
    )


def _made(basis: str = "forecast", *, plan: Plan | None = None, day: str = DAY) -> Report:
    return report(material(plan or _plan(), day), basis)


def _load(report: Report) -> dict[tuple[str, int], dict[str, Any]]:
    return {(row["owner"], row["week"]): row for row in as_json(report)["tables"]["load"]}


# For machines


def test_rows() -> None:
    """A row for everybody who carries anything and each week from the first load to the last."""
    found = _load(_made())
    weeks = [2, 3, 4]
    assert [*found] == [(who, week) for who in ("dinkes", "setda", "betung") for week in weeks]
    assert found["dinkes", 3] == {
        "owner": "dinkes",
        "name": "Dinas Kesehatan",
        "week": 3,
        "from": "2025-03-17",
        "to": "2025-03-23",
        "capacity": 1,
        "peak": 2,
        "mean": 1,
        "overload_days": 2,
        "unlevelled_peak": 2,
        "unlevelled_overload_days": 2,
        "days": 5,
        "load_days": 5,
        "capacity_days": 5,
        "used_percent": 100,
    }


def test_the_mean_is_over_working_days_from_the_data_date() -> None:
    """The first week counts from Wednesday on, so that two days of three carry one."""
    assert _load(_made())["dinkes", 2]["mean"] == pytest.approx(2 / 3, abs=1e-6)
    # As written the whole week counts: two days of five.
    assert _load(_made("plan"))["dinkes", 2]["mean"] == pytest.approx(2 / 5)


def test_no_capacity_is_no_overload() -> None:
    """Without a capacity it is null, and nothing is too much."""
    row = _load(_made())["setda", 4]
    assert (row["capacity"], row["peak"], row["overload_days"]) == (None, 5, 0)


def test_nobody_has_a_capacity() -> None:
    """Then there is nothing to level: both figures are the same, and nothing is too much."""
    plan = plan_of(program("p", milestone("p-1", "2d"), milestone("p-2", "2d")), **PLAIN)
    row = _load(_made(plan=plan))["dinkes", 2]
    assert (row["peak"], row["unlevelled_peak"], row["overload_days"]) == (2, 2, 0)


def test_a_camat_is_called_one() -> None:
    """A district carries as its camat, in the reader's language."""
    names = {row["owner"]: row["name"] for row in as_json(_made())["tables"]["load"]}
    assert names["betung"] == "Camat of Betung"
    rows = as_json(_made(), Lang.ID)["tables"]["load"]
    assert {row["name"] for row in rows if row["owner"] == "betung"} == {"Camat Betung"}


def test_overloads() -> None:
    """Who, from when to when, how much of what, and because of which milestones."""
    assert as_json(_made())["tables"]["overloads"] == [
        {
            "owner": "dinkes",
            "name": "Dinas Kesehatan",
            "from": "2025-03-17",
            "to": "2025-03-18",
            "days": 2,
            "load": 2,
            "capacity": 1,
            "milestones": ["p-1", "p-2"],
        }
    ]


def test_figures() -> None:
    """Owners with load, and overloads with and without levelling."""
    assert as_json(_made())["figures"] == {
        "owners": 3,
        "overloaded_owners": 1,
        "overload_days": 2,
        "unlevelled_overloaded_owners": 1,
        "unlevelled_overload_days": 2,
        "camat_asked_by_several": 0,
        "idle": 4,
    }


def test_the_forecast_forgets_what_is_over() -> None:
    """After the last day of all work nobody carries anything in either."""
    plan = plan_of(
        program("p", milestone("p-1", "1d", start="2025-03-03", finished="2025-03-03")),
        owners=OWNERS,
        **PLAIN,
    )
    made = _made(plan=plan)
    tables = as_json(made)["tables"]
    assert {name for name, rows in tables.items() if rows} == {"idle"}
    text = written(made, "table", Lang.EN, Screen(80))
    assert "\nNobody carries anything.\n" in text
    assert [row["week"] for row in as_json(_made("plan", plan=plan))["tables"]["load"]] == [1]


def test_filters_choose_whose_load_is_shown() -> None:
    """Of a programme: who carries any of it, with all they carry; of a name: that one alone."""
    whole = material(_plan(), DAY)
    chosen = whole.tracking.only(lambda one: one.program.id == "q")
    rows = as_json(report(whole.narrowed(chosen)))["tables"]["load"]
    assert {(row["owner"], row["peak"]) for row in rows} == {
        ("setda", 1),
        ("setda", 0),
        ("setda", 5),
    }
    owned = whole.tracking.only(lambda one: one.case.owner == "dinkes")
    rows = as_json(report(whole.narrowed(owned, frozenset({"dinkes"}))))["tables"]["load"]
    assert {row["owner"] for row in rows} == {"dinkes"}
    rows = as_json(report(whole.narrowed(owned)))["tables"]["load"]
    assert {row["owner"] for row in rows} == {"dinkes", "betung"}


def test_a_filter_leaves_what_it_shows_as_it_is() -> None:
    """The weeks are the whole plan's, so that somebody's share is the same with a filter."""
    whole = material(_plan(), DAY)
    one = whole.narrowed(
        whole.tracking.only(lambda one: one.case.owner == "dinkes"), frozenset({"dinkes"})
    )
    everybody, alone = (as_json(report(each))["tables"] for each in (whole, one))
    for name in ("load", "capacity"):
        mine = [row for row in everybody[name] if row["owner"] == "dinkes"]
        assert mine == alone[name]
    # p-3 is setda's in week 4; dinkes has its last work in week 3
    assert [row["week"] for row in alone["load"]] == [2, 3, 4]


def test_work_of_which_nothing_is_left_carries_nothing() -> None:
    """Reported as done in full, it is not finished yet but leaves its owner free."""
    done = milestone("p-1", "5d", started="2025-03-05", reported="2025-03-11", progress=100)
    plan = plan_of(program("p", done, milestone("p-2", "1d")), owners=OWNERS, **PLAIN)
    made = as_json(_made(plan=plan))
    [day] = [row for row in made["tables"]["load"] if row["owner"] == "dinkes"]
    assert (day["peak"], day["load_days"], day["overload_days"]) == (1, 1, 0)
    slots = material(plan, DAY).forecast.slots
    assert slots["p-2"].start == date(2025, 3, 12)


# On a terminal


def _matrix(*rows: Sequence[int | str | None], weeks: int = 3) -> Report:
    """Owners with their capacity, peaks by week, and peaks without levelling by week."""
    cells: list[tuple[Cell, ...]] = []
    for who, capacity, *peaks in rows:
        for week in range(1, weeks + 1):
            monday = date(2025, 3, 3) + timedelta(weeks=week - 1)
            peak, before = peaks[week - 1], peaks[weeks + week - 1]
            sunday = monday + timedelta(days=6)
            cells.append(
                (str(who), str(who), week, monday, sunday, capacity, peak, 0.0, 0, before, *[0] * 5)
            )
    table = Table("load", LOAD, tuple(cells), message("none.load"), heat=HEAT)
    return Report("load", heading_of(material(_plan(), DAY)), (table,))


def _lines(report: Report, width: int | None = 80, *, plain: bool = False) -> list[str]:
    lines = written(report, "table", Lang.EN, Screen(width, plain=plain)).splitlines()
    title = next(place for place, line in enumerate(lines) if line.startswith("Highest load"))
    return lines[title + 1 :]


def test_matrix() -> None:
    """Weeks across with month and Monday above, too much marked, nothing dotted."""
    made = _matrix(("dinkes", 2, 3, 2, 0, 3, 2, 0), ("setda", None, 9, 0, 1, 9, 0, 1))
    assert _lines(made) == [
        "Month         Mar 2025",
        "Monday        3  10 17",
        "Week    Cap.  1  2  3",
        "───────────────────────",
        "dinkes     2  3! 2  ·",
        "setda      -  9  ·  1",
        "",
        "! over capacity   · nothing   Cap. -: no limit",
    ]
    assert _lines(made, plain=True)[4:] == [
        "dinkes     2  3! 2  .",
        "setda      -  9  .  1",
        "",
        "! over capacity   . nothing   Cap. -: no limit",
    ]


def test_what_is_asked_for_is_all_that_is_told() -> None:
    """That nothing was found is told only of those who were looked at."""
    whole = material(_plan(), DAY)

    def told(who: str) -> str:
        chosen = whole.narrowed(whole.tracking, frozenset({who}))
        return written(report(chosen), "table", Lang.EN, Screen(100))

    none = {
        key: say(message(key), Lang.EN) for key in ("none.overloads", "none.visits", "none.idle")
    }
    all_of = written(report(whole), "table", Lang.EN, Screen(100))
    assert none["none.visits"] in all_of
    assert "Idle" in all_of
    camat, office = told("betung"), told("setda")
    assert [text in camat for text in none.values()] == [False, True, False]
    assert [text in office for text in none.values()] == [True, False, False]


def test_legend_names_what_was_drawn() -> None:
    """Signs that do not occur are not explained."""
    assert _lines(_matrix(("dinkes", 2, 2, 1, 2, 2, 1, 2)))[-1] == "dinkes     2  2  1  2"
    assert _lines(_matrix(("dinkes", 2, 2, 0, 2, 2, 0, 2)))[-1] == "· nothing"
    assert _lines(_matrix(("dinkes", 2, 2, 1, 2, 3, 1, 2)))[-1] == "! over capacity"


def test_what_levelling_relieved() -> None:
    """Only where it was too much before, and is not as much now, a second line says how much."""
    made = _matrix(
        ("dinkes", 2, 2, 3, 3, 12, 3, 2),
        ("setda", 2, 1, 1, 1, 2, 2, 2),
        ("camat", None, 1, 1, 1, 9, 9, 9),
    )
    assert _lines(made)[4:8] == [
        "dinkes                  2  2   3!  3!",
        "  without levelling        12!",
        "setda                   2  1   1   1",
        "camat                   -  1   1   1",
    ]


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, None])
def test_weeks_that_do_not_fit_follow_below(width: int | None) -> None:
    """Every week is shown once, in blocks that fit; in each only those who carry anything in it."""
    weeks = 30
    peaks = [week % 9 + 1 for week in range(weeks)]
    long = "Dinas Komunikasi, Informatika, Statistik dan Persandian"
    made = _matrix((long, 3, *peaks, *peaks), ("setda", 1, 2, *[0] * (2 * weeks - 1)), weeks=weeks)
    lines = _lines(made, width)
    assert max(map(cell_len, lines)) <= (width or 120)
    shown = [line for line in lines if line.startswith("Dinas")]
    heads = [line for line in lines if line.startswith("Week")]
    assert len(shown) == len(heads) == sum(line.startswith("───") for line in lines)
    assert [int(week) for line in heads for week in line.split()[2:]] == list(range(1, weeks + 1))
    cells = [cell for line in shown for cell in line.split("  3  ", 1)[1].split()]
    assert cells == [f"{peak}!" if peak > 3 else str(peak) for peak in peaks]
    assert sum(line.startswith("setda") for line in lines) == 1


def test_colours_come_on_top() -> None:
    """Too much is red, exactly enough yellow; without colour the text is the same."""
    made = _matrix(("dinkes", 2, 3, 2, 1, 3, 2, 1))
    coloured = written(made, "table", Lang.EN, Screen(80, colour=True))
    assert "\x1b[1;31m3! \x1b[0m\x1b[33m2  \x1b[0m1" in coloured
    plain = written(made, "table", Lang.EN, Screen(80))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_levelling() -> None:
    """What levelling took away is beside what is left: in rows, figures, and the matrix."""
    plan = plan_of(
        program("p", *(milestone(f"p-{number}", "2d") for number in (1, 2, 3))),
        owners=OWNERS,
        **PLAIN,
    )
    made = _made("plan", plan=plan)
    row = _load(made)["dinkes", 1]
    assert (row["peak"], row["overload_days"]) == (1, 0)
    assert (row["unlevelled_peak"], row["unlevelled_overload_days"]) == (3, 2)
    found = as_json(made)
    assert found["figures"] == {
        "owners": 1,
        "overloaded_owners": 0,
        "overload_days": 0,
        "unlevelled_overloaded_owners": 1,
        "unlevelled_overload_days": 2,
        "camat_asked_by_several": 0,
        "idle": 6,
    }
    assert found["tables"]["overloads"] == []
    (before,) = found["tables"]["unlevelled_overloads"]
    assert (before["days"], before["load"], before["milestones"]) == (2, 3, ["p-1", "p-2", "p-3"])
    assert _lines(made)[4:6] == [
        "Dinas Kesehatan         1  1  1",
        "  without levelling        3!",
    ]
    assert "Nobody carries more than capacity allows." in _lines(made)
