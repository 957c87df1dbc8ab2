"""Bars over weeks: what they promise to machines, and how they are drawn."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from tests.plans import milestone
from tests.standing_plans import PLAIN, as_json, material, plan_of, program

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.formats.timescale import Timescale, placed
from banyuasin_plan.plan.model import Group
from banyuasin_plan.reports.gantt import report
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.report import Report

DAY = "2025-03-12"
"""Wednesday of week 2 in the plan here, which starts on Monday 3 March and knows weekends only."""


GROUPS = (Group(id="lain", name="Lain"), Group(id="gerakan", name="Gerakan"))


def _plan() -> Plan:
    """Two programmes in groups and one in none; work done, late, to come, critical; an event."""
    plan = plan_of(
        program(
            "sehat",
            milestone(
                "sehat-1",
                "5d",
                start="2025-03-03",
                due="2025-03-07",
                started="2025-03-03",
                finished="2025-03-07",
            ),
            milestone(
                "sehat-2",
                "5d",
                start="2025-03-05",
                due="2025-03-11",
                started="2025-03-05",
                progress=60,
            ),
            milestone("sehat-3", "0", "sehat-2", due="2025-03-28"),
            milestone("sehat-4", "5d", due="2025-03-28", cancelled={"on": "2025-03-04"}),
            group="gerakan",
        ),
        program("cerdas", milestone("cerdas-1", "10d", "sehat-2", due="2025-04-11"), group="lain"),
        program("makmur", milestone("makmur-1", "2d", due="2025-03-21")),
        **PLAIN,
    )
    return plan.model_copy(update={"groups": GROUPS})


def _made(level: str = "program", basis: str = "forecast", day: str = DAY) -> Report:
    return report(material(_plan(), day), basis, level)


def _bars(report: Report) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in as_json(report)["tables"]["bars"]}


NARROW = 68
"""So wide that a week gets three columns, and the finish its place."""


def _lines(report: Report, width: int | None = NARROW, *, plain: bool = False) -> list[str]:
    return written(report, "table", Lang.EN, Screen(width, plain=plain)).splitlines()


def _drawn(report: Report, name: str, *, plain: bool = False) -> str:
    """What stands behind the name of a bar, from week 1 to week 5."""
    lines = _lines(report, plain=plain)
    line = next(line for line in lines if name in line)
    head = next(line for line in lines if line.startswith("  Week"))
    return line[head.index(" 1 ") + 1 : head.index(" 6 ") + 1].rstrip()


# For machines


def test_milestones() -> None:
    """Ids, dates and shares of each milestone in the plan's order; the cancelled is left out."""
    found = _bars(_made("milestone"))
    assert list(found) == ["sehat-1", "sehat-2", "sehat-3", "cerdas-1", "makmur-1"]
    assert found["sehat-2"] == {
        "id": "sehat-2",
        "name": "sehat-2",
        "level": "milestone",
        "under": "sehat",
        "owner": "dinkes",
        "start": "2025-03-05",
        "finish": "2025-03-13",
        "due": "2025-03-11",
        "missed": True,
        "progress": 60,
        "critical": True,
        "event": False,
        "state": "in_progress",
        "status": "orange",
    }
    assert [name for name, row in found.items() if row["event"]] == ["sehat-3"]
    assert [name for name, row in found.items() if row["critical"]] == ["sehat-2", "cerdas-1"]


def test_programmes() -> None:
    """From the first start to the last finish, in the order of groups, those of none last."""
    found = _bars(_made())
    assert list(found) == ["cerdas", "sehat", "makmur"]
    assert found["sehat"] == {
        "id": "sehat",
        "name": "SEHAT",
        "level": "program",
        "under": "gerakan",
        "owner": "dinkes",
        "start": "2025-03-03",
        "finish": "2025-03-13",
        "due": "2025-03-28",
        "missed": True,
        "progress": 53.3333,
        "critical": True,
        "event": False,
        "state": None,
        "status": "red",
    }


def test_groups() -> None:
    """One bar a group, with the share done of all its milestones, and one for those of none."""
    made = _made("group")
    rows = as_json(made)["tables"]["bars"]
    assert [(row["id"], row["name"], row["progress"]) for row in rows] == [
        ("lain", "Lain", 0),
        ("gerakan", "Gerakan", 53.3333),
        (None, "Without a group", 0),
    ]
    assert {row["level"] for row in rows} == {"group"}


def test_what_lies_on_bars() -> None:
    """Events, missed promises, critical stretches from the data date on, and closed days."""
    tables = as_json(_made())["tables"]
    assert list(tables) == ["bars", "marks", "critical", "closed"]
    mark = {"bar": "sehat", "critical": False, "done": False}
    assert tables["marks"] == [
        {**mark, "kind": "missed", "day": "2025-03-11", "milestone": "sehat-2", "critical": True},
        {**mark, "kind": "event", "day": "2025-03-13", "milestone": "sehat-3"},
    ]
    assert tables["critical"] == [
        {"bar": "cerdas", "from": "2025-03-14", "to": "2025-03-27"},
        {"bar": "sehat", "from": "2025-03-12", "to": "2025-03-13"},
    ]
    assert tables["closed"][0] == {"from": "2025-03-08", "to": "2025-03-09"}
    assert tables["closed"][-1] == {"from": "2025-06-14", "to": "2025-06-15"}


def test_figures() -> None:
    """They count milestones, whatever a bar stands for."""
    figures = {
        "start": "2025-03-03",
        "finish": "2025-03-27",
        "critical_left": 2,
        "promises_missed": 1,
    }
    for level in ("group", "program", "milestone"):
        assert as_json(_made(level))["figures"] == figures


def test_the_plan_as_written() -> None:
    """With the basis plan bars lie where the plan puts them, and nothing misses its promise."""
    found = _bars(_made("milestone", "plan"))
    assert (found["sehat-2"]["finish"], found["sehat-2"]["missed"]) == ("2025-03-11", False)
    assert (found["cerdas-1"]["start"], found["cerdas-1"]["finish"]) == ("2025-03-12", "2025-03-25")


def test_critical_stretches_are_joined() -> None:
    """Those that overlap or follow each other on the next day are one, others stay apart."""
    plan = plan_of(
        program(
            "p",
            milestone("a", "2d"),
            milestone("b", "2d", "a"),
            milestone("c", "0", "b"),
            milestone("d", "1d", "c+2d"),
        ),
        **PLAIN,
    )
    rows = as_json(report(material(plan, "2025-03-03")))["tables"]["critical"]
    assert [(row["from"], row["to"]) for row in rows] == [
        ("2025-03-03", "2025-03-06"),
        ("2025-03-11", "2025-03-11"),
    ]


def test_csv() -> None:
    """The bars, under the same heads as in JSON."""
    made = _made("milestone")
    rows = list(csv.DictReader(io.StringIO(written(made, "csv", Lang.EN, Screen()))))
    assert [row["id"] for row in rows] == list(_bars(made))
    assert list(rows[0]) == list(_bars(made)["sehat-1"])


@pytest.mark.parametrize("level", ["group", "program", "milestone"])
def test_no_bars(level: str) -> None:
    """Without milestones people are told so, and machines get empty lists."""
    made = report(material(plan_of(program("p"), **PLAIN), DAY), level=level)
    assert as_json(made)["tables"]["bars"] == []
    assert _lines(made)[-1] == "No milestone matches."


# On a terminal: three columns a week, Monday and Tuesday, Wednesday and Thursday, the rest


def test_drawn() -> None:
    """Done, left, critical, events, missed promises and the data date each have their sign."""
    made = _made("milestone")
    assert _drawn(made, "1 sehat-1") == "███ │"
    assert _drawn(made, "2 sehat-2") == " ██!═"
    assert _drawn(made, "3 sehat-3") == "    ◇"
    assert _drawn(made, "1 cerdas-1").startswith("    │═════")
    assert _drawn(made, "1 makmur-1") == "    │  ░░"


def test_drawn_in_ascii() -> None:
    """A screen with ASCII only tells the same things apart."""
    made = _made("milestone")
    assert _drawn(made, "1 sehat-1", plain=True) == "### |"
    assert _drawn(made, "2 sehat-2", plain=True) == " ##!="
    assert _drawn(made, "3 sehat-3", plain=True) == "    o"
    assert "".join(_lines(made, plain=True)).isascii()


def test_a_programmes_progress_hides_nothing_critical() -> None:
    """What is left and critical shows even where the share done reaches further."""
    made = _made()
    assert _drawn(made, "SEHAT") == "██░!◇"

    plan = plan_of(
        program(
            "p",
            milestone("p-1", "7d", started="2025-03-03", finished="2025-03-11", weight=9),
            milestone("p-2", "10d"),
        ),
        **PLAIN,
    )
    # Nine of ten columns would be done; critical work is left from the data date on.
    assert _drawn(report(material(plan, DAY)), " P ") == "████│═════"


def test_the_worst_mark_stays() -> None:
    """Of a missed promise and an event in one column the promise is seen, whatever comes first."""
    plan = plan_of(
        program(
            "p",
            milestone("p-1", "9d", start="2025-03-05", due="2025-03-11", started="2025-03-05"),
            milestone("p-2", "0", start="2025-03-10", finished="2025-03-10"),
        ),
        **PLAIN,
    )
    assert _drawn(report(material(plan, DAY)), " P ")[3] == "!"


def test_what_is_done_misses_nothing_more() -> None:
    """A promise kept too late is no longer one that will be missed."""
    plan = plan_of(
        program("p", milestone("p-1", "5d", due="2025-03-05", finished="2025-03-07")), **PLAIN
    )
    found = as_json(report(material(plan, DAY)))
    assert found["tables"]["marks"] == []
    assert found["figures"]["promises_missed"] == 0


def test_the_data_date_shows_through() -> None:
    """In a bar that goes on to both sides of it the data date is seen."""
    long = plan_of(
        program("p", milestone("p-1", "20d", start="2025-03-03", started="2025-03-03")), **PLAIN
    )
    found = report(material(long, DAY), level="milestone")
    assert _drawn(found, "1 p-1").startswith("════│═")


@pytest.mark.parametrize(
    ("progress", "expected"), [(0, "░░░░░░"), (50, "███░░░"), (99, "█████░"), (100, "██████")]
)
def test_progress(progress: float, expected: str) -> None:
    """The share done is a share of the bar, and full only when all is done."""
    plan = plan_of(
        program(
            "p",
            milestone("p-1", "10d", started="2025-03-03", progress=progress),
            milestone("p-2", "40d"),
        ),
        **PLAIN,
    )
    made = report(material(plan, "2025-06-02"), "plan", "milestone")
    assert _drawn(made, "1 p-1") == expected


def test_legend_names_what_was_drawn() -> None:
    """Signs that do not occur are not explained."""
    legend = " ".join(_lines(_made("milestone"))[-3:])
    for sign in ("█ done", "═ left and critical", "◇ event to come", "! promise missed"):
        assert sign in legend
    assert "│ data date" in legend
    assert "║ last day (10 Jun 2025)" in legend
    assert "◆" not in legend
    assert "◈" not in legend


def test_closed_stretches_are_marked() -> None:
    """A column in which every day is closed is dotted, on the ruler too; weekends hide in three."""
    holiday = {"closed": [{"from": "2025-03-17", "to": "2025-03-21"}], "holidays": "none"}
    plan = plan_of(program("p", milestone("p-1", "1d")), start="2025-03-03", calendar=holiday)
    made = report(material(plan, DAY))
    lines = _lines(made)
    ruler = next(line for line in lines if "▼" in line)
    assert re.fullmatch(r"─+▼─+·+─+║─+", ruler)
    assert _drawn(made, " P ").endswith("═ ···")


def test_every_bar_stands_under_what_it_is_part_of() -> None:
    """Programmes under their group's name, milestones under their programme's, once each."""

    def names(level: str) -> list[str]:
        lines = _lines(_made(level))
        ruler = next(place for place, line in enumerate(lines) if "▼" in line)
        return [re.split("  |│", line)[0] for line in lines[ruler + 1 : -3]]

    assert names("program") == [
        "Lain",
        "○ CERDAS",
        "Gerakan",
        "■ SEHAT",
        "Without…",
        "○ MAKMUR",
    ]
    assert names("milestone") == [
        "SEHAT",
        "● 1 sehat-1",
        "◆ 2 sehat-2",
        "○ 3 sehat-3",
        "CERDAS",
        "○ 1 cerdas-1",
        "MAKMUR",
        "○ 1 makmur-1",
    ]


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 100, 120, 140, 200])
@pytest.mark.parametrize("level", ["group", "program", "milestone"])
@pytest.mark.parametrize("lang", list(Lang))
def test_it_fits(width: int, level: str, lang: Lang) -> None:
    """No line is longer than the screen, however narrow, and no status is missing."""
    text = written(_made(level), "table", lang, Screen(width))
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    assert "║" in text


def test_wide_screens_show_more() -> None:
    """At 140 columns the finish has its share done beside it; a pipe gets a fixed width."""
    row = next(line for line in _lines(_made(), 140) if "SEHAT" in line)
    assert row.endswith("  53%  13 Mar")
    assert _lines(_made(), None)[5:] == _lines(_made(), 120)[5:]


@pytest.mark.parametrize("weeks", [30, 120, 2000])
def test_long_plans(weeks: int) -> None:
    """A plan of years still fits: a week gets one column, or several weeks share one."""
    plan = plan_of(program("p", milestone("p-1", f"{weeks}w")), **PLAIN)
    made = report(material(plan, DAY), level="milestone")
    lines = _lines(made, 80)
    assert max(map(cell_len, lines)) <= 80
    assert any("═══" in line for line in lines)


def test_a_data_date_far_away() -> None:
    """It stretches nothing and is not marked; the bars are where they are."""
    made = report(material(_plan(), "2020-01-01"), "plan")
    assert not any("▼" in line or "data date" in line for line in _lines(made))


# The scale


@pytest.mark.parametrize("a_week", [1, 2, 3, 4, 5, 7])
def test_columns_of_a_week(a_week: int) -> None:
    """Days in order, Monday in the first column, Sunday in the last, weekdays spread evenly."""
    scale = Timescale(date(2025, 3, 3).toordinal(), 2, a_week)
    week = [scale.column(date(2025, 3, 3) + timedelta(days=day)) for day in range(7)]
    assert week == sorted(week)
    assert (week[0], week[6]) == (0, a_week - 1)
    assert scale.column(date(2025, 3, 10)) == a_week
    if a_week <= 5:
        assert set(week) == set(range(a_week))


def test_several_weeks_a_column() -> None:
    """The columns of a long plan hold whole weeks."""
    scale = Timescale(date(2025, 3, 3).toordinal(), 10, 1, 4)
    assert scale.columns == 3
    assert scale.column(date(2025, 3, 30)) == 0
    assert scale.column(date(2025, 3, 31)) == 1
    assert [day.isoformat() for day in scale.mondays()] == [
        "2025-03-03",
        "2025-03-31",
        "2025-04-28",
    ]


def test_months() -> None:
    """Months stand at their first day's column, whole where there is room, with the year once."""
    scale = Timescale(date(2024, 12, 9).toordinal(), 12, 3)
    assert scale.months(Lang.ID) == "Des 2024  Januari 2025 Februari"
    assert scale.months(Lang.EN) == "Dec 2024  January 2025 February"


def test_words_that_would_touch_are_left_out() -> None:
    """Of two words without a space between them the first stays; none goes past the end."""
    assert placed([(0, "ab"), (2, "c"), (3, "de"), (6, "fgh")], 8) == "ab de"
