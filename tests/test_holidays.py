"""The built-in holiday table against an independent one."""

from __future__ import annotations

import subprocess
import sys

import holidays
import pytest

from banyuasin_plan.schedule.holidays import HOLIDAYS, SOURCES, national

YEARS = tuple(SOURCES)
# Days on which the library and the decrees differ, with the reason; none so far.
EXCEPTIONS: dict[str, str] = {}


def _library(category: str) -> dict[str, str]:
    """The library's days and Indonesian names, by ISO date."""
    days = holidays.country_holidays("ID", years=YEARS, categories=category, language="id")
    return {day.isoformat(): name for day, name in sorted(days.items())}


@pytest.mark.parametrize(
    ("joint_leave", "category"), [(False, holidays.PUBLIC), (True, holidays.GOVERNMENT)]
)
def test_table_equals_the_library(joint_leave: bool, category: str) -> None:  # noqa: FBT001 - parametrised
    """Days, kinds, names and estimates are those of the holidays library."""
    ours = {
        holiday.day.isoformat(): holiday.name_id + " (perkiraan)" * holiday.estimated
        for holiday in HOLIDAYS
        if holiday.joint_leave == joint_leave
    }
    theirs = _library(category)
    days = (ours.keys() | theirs.keys()) - EXCEPTIONS.keys()
    assert {day: ours.get(day) for day in days} == {day: theirs.get(day) for day in days}


def test_table_is_in_order() -> None:
    """Days ascend and none stands twice."""
    days = [holiday.day for holiday in HOLIDAYS]
    assert days == sorted(set(days))


def test_names_stand_in_lists() -> None:
    """No name holds a comma, which would read as two holidays."""
    assert not [one for one in HOLIDAYS if "," in one.name_id + one.name_en]


def test_every_holiday_has_an_english_name() -> None:
    """No day is left in Indonesian for English readers, and both names say what is estimated."""
    assert all(
        holiday.name_en and holiday.name_en != holiday.name_id and "(" not in holiday.name_en
        for holiday in HOLIDAYS
    )


def test_national_holidays_of_a_year() -> None:
    """The years together are the table, and each has its source."""
    assert sum((national(year) for year in YEARS), ()) == HOLIDAYS
    assert all(national(year) and SOURCES[year] for year in YEARS)


def test_year_without_a_decree() -> None:
    """A year nobody has decreed has no holidays, and asking is no error."""
    assert national(2024) == national(2028) == ()


def test_hundred_days_of_2025() -> None:
    """Of the window's days off, 6 weekdays are holidays and 7 more are joint leave."""
    window = [
        holiday
        for holiday in HOLIDAYS
        if "2025-02-20" <= holiday.day.isoformat() <= "2025-05-30" and holiday.day.weekday() < 5
    ]
    assert [sum(holiday.joint_leave is joint for holiday in window) for joint in (False, True)] == [
        6,
        7,
    ]


def test_import_is_cheap() -> None:
    """The table brings no library in: 157 ms of import is not worth it at run time."""
    code = (
        "import sys; import banyuasin_plan.schedule.holidays;"
        "print('holidays' in sys.modules, 'dateutil' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.split() == ["False", "False"]
