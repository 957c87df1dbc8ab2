"""What people write into cells: read where it can be meant in one way only, else refused."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banyuasin_plan.form import Kind
from banyuasin_plan.formats.returned.book import Cell, Held
from banyuasin_plan.formats.returned.values import (
    CLEARED,
    Clash,
    Order,
    order_of,
    read_cell,
    read_date,
    read_number,
    read_percent,
)
from banyuasin_plan.words import Lang, Message, catalogue, say
from banyuasin_plan.words.writing import MONTHS, SHORT_MONTHS, decimal, long_date, short_date

DAY = date(2025, 3, 4)
EXAMPLE = re.compile(r"\b(?:\d+[-/. ]\w+[-/. ]\d{4}|\d{4}-\d+-\d+)\b", re.ASCII)
"""A date in a sentence, however it is written."""


def key(found: object) -> str:
    """The key of what was said instead of a value."""
    assert isinstance(found, Message), found
    assert all("\n" not in say(found, lang) for lang in Lang)
    return found.key


# Dates


@pytest.mark.parametrize(
    "text",
    [
        "4 Maret 2025", "04 maret 2025", "4 Mar 2025", "4 March 2025", "Selasa, 4 Maret 2025",
        "Tuesday 4 March 2025", "4-Mar-2025", "4  Maret  2025", "2025-03-04", "2025-3-4",
        "selasa 2025-03-04",
    ],
)  # fmt: skip
def test_dates_that_need_no_order(text: str) -> None:
    """A month as a word, or the year first, can be read in one way."""
    assert read_date(text, None) == DAY


@pytest.mark.parametrize("lang", list(Lang))
def test_dates_that_people_are_told_to_write(lang: Lang) -> None:
    """Whatever a form or its refusals give as an example is understood, wherever it is written."""
    asked = {
        name: EXAMPLE.findall(text)
        for name, text in catalogue(lang).items()
        if name.startswith(("form.", "answer.date"))
    }
    told = {name: found for name, found in asked.items() if found}
    assert len(told) > 7, told
    for name, found in told.items():
        assert all(isinstance(read_date(text, None), date) for text in found), (name, found)


@pytest.mark.parametrize("text", ["4/3/2025", "04/03/2025", "4.3.2025", "4-3-2025"])
def test_dates_that_need_an_order(text: str) -> None:
    """The same digits are two days, and without an order neither of them."""
    assert read_date(text, Order.DAY) == DAY
    assert read_date(text, Order.MONTH) == date(2025, 4, 3)
    assert key(read_date(text, None)) == "answer.date.order"


@pytest.mark.parametrize(("text", "day"), [("14/3/2025", 14), ("3/14/2025", 14), ("3/3/2025", 3)])
def test_dates_that_settle_themselves(text: str, day: int) -> None:
    """A day over twelve, or one that equals its month, is read without an order."""
    assert read_date(text, None) == date(2025, 3, day)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("30/2/2025", "answer.date.none"), ("14/14/2025", "answer.date.none"),
        ("31 Juni 2025", "answer.date.none"), ("4/3/25", "answer.date"), ("besok", "answer.date"),
        ("4 Martober 2025", "answer.date"), ("4/3", "answer.date"), ("", "answer.date"),
        ("٤/٣/٢٠٢٥", "answer.date"), ("2025-03-04T00:00", "answer.date"),
    ],
)  # fmt: skip
def test_what_is_no_date(text: str, why: str) -> None:
    """A day that does not exist, or half a date, is refused."""
    assert key(read_date(text, Order.DAY)) == why


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["4/3/2025", "14/3/2025"], Order.DAY),
        (["4/3/2025", "3/14/2025"], Order.MONTH),
        (["14/3/2025", "3/14/2025", "15/3/2025"], Clash("14/3/2025", "3/14/2025")),
        (["4/3/2025", "3/3/2025", "4 Maret 2025"], None),
        ([], None),
    ],
)
def test_order(texts: list[str], order: Order | Clash | None) -> None:
    """One date over twelve settles a whole file; two that contradict each other are told."""
    assert order_of(texts) == order


@pytest.mark.parametrize("text", ["4/3/2025", "14/3/2025", "3/14/2025"])
def test_dates_that_clash(text: str) -> None:
    """Where dates contradict each other, none in digits is read, but one that reads both ways."""
    clash = Clash("14/3/2025", "3/14/2025")
    assert key(read_date(text, clash)) == "answer.date.clash"
    assert read_date("3/3/2025", clash) == date(2025, 3, 3)
    assert read_date("4 Maret 2025", clash) == DAY


@pytest.mark.parametrize("text", ["Senin, 4 Maret 2025", "Friday 4/3/2025", "senin 2025-03-04"])
def test_weekday_of_another_date(text: str) -> None:
    """A weekday that contradicts its date is refused, in both languages."""
    said = read_date(text, Order.DAY)
    assert key(said) == "answer.date.weekday"
    assert isinstance(said, Message)
    assert "4 Mar 2025 is a Tuesday" in say(said, Lang.EN)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(list(Lang)))
def test_dates_as_we_write_them(day: date, lang: Lang) -> None:
    """Every date that the program shows can be typed back."""
    assert read_date(short_date(day, lang), None) == day
    assert read_date(long_date(day, lang), None) == day
    for names in (MONTHS, SHORT_MONTHS):
        assert read_date(f"{day.day} {names[lang][day.month - 1]} {day.year}", None) == day


@pytest.mark.parametrize(
    ("text", "month"), [("14 Peb 2025", 2), ("14 Pebruari 2025", 2), ("14 Nop. 2025", 11)]
)
def test_months_as_people_write_them(text: str, month: int) -> None:
    """Older spellings of a month are read, shortened too."""
    assert read_date(text, None) == date(2025, month, 14)


# Numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("640", 640), ("1250", 1250), ("1.250.000", 1_250_000), ("1,250,000", 1_250_000),
        ("1.250,5", 1250.5), ("1,250.5", 1250.5), ("62,5", 62.5), ("62.5", 62.5), ("0,755", 0.755),
        ("1 250", 1250), ("12,3456", 12.3456), ("0", 0), ("1250,125", 1250.125),
    ],
)  # fmt: skip
def test_numbers(text: str, number: float) -> None:
    """Numbers as they are written in both languages, where both read the same."""
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["1.250", "1,250", "12.345", "999,999"])
def test_ambiguous_numbers(text: str) -> None:
    """Three digits behind one mark are thousands to some and a fraction to others."""
    assert key(read_number(text)) == "answer.number.ambiguous"


@pytest.mark.parametrize(
    "text", ["640 pekarangan", "-5", "1e3", "1.25.000", "1.250.00", "", "٤٠", "1,250,00", "0x10"]
)
def test_what_is_no_number(text: str) -> None:
    """Units, signs and broken groups are no numbers."""
    assert key(read_number(text)) == "answer.number"


@given(st.decimals(0, 10**9, places=2), st.sampled_from(list(Lang)))
def test_numbers_as_we_write_them(number: object, lang: Lang) -> None:
    """Every number with two decimals that the program shows can be typed back."""
    value = float(str(number))
    assert read_number(decimal(value, lang, 2)) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("75%", 75),
        ("75,5%", 75.5),
        ("75.5 %", 75.5),
        ("75", 75),
        ("0", 0),
        ("1%", 1),
        ("100", 100),
        ("60 persen", 60),
        ("62,5 Persen", 62.5),
        ("1 percent", 1),
    ],
)
def test_percent(text: str, number: float) -> None:
    """Percentages with or without their sign."""
    assert read_percent(text) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0,755", "answer.percent.ambiguous"), ("1.000", "answer.percent.ambiguous"),
        ("1", "answer.percent.ambiguous"), ("0.5", "answer.percent.ambiguous"),
        ("101%", "answer.percent.large"), ("7500", "answer.percent.large"),
        ("hampir selesai", "answer.percent"), ("%", "answer.percent"),
        ("60 persent", "answer.percent"),
    ],
)  # fmt: skip
def test_what_is_no_percent(text: str, why: str) -> None:
    """A share of one, or thousands, may be meant: nobody guesses."""
    assert key(read_percent(text)) == why


# Cells


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        (None, Kind.DATE, None),
        (Cell(Held.TEXT, "  "), Kind.NUMBER, None),
        (Cell(Held.TEXT, " \u2013 "), Kind.DATE, CLEARED),
        (Cell(Held.TEXT, "-"), Kind.TEXT, CLEARED),
        (Cell(Held.DATE, DAY), Kind.DATE, DAY),
        (Cell(Held.DATE, DAY), Kind.TEXT, "2025-03-04"),
        (Cell(Held.NUMBER, 0.755, percent=True), Kind.PERCENT, 75.5),
        (Cell(Held.NUMBER, 0.07, percent=True), Kind.PERCENT, 7),
        (Cell(Held.NUMBER, 75), Kind.PERCENT, 75),
        (Cell(Held.NUMBER, 0), Kind.PERCENT, 0),
        (Cell(Held.NUMBER, 640), Kind.NUMBER, 640),
        (Cell(Held.NUMBER, 12), Kind.TEXT, "12"),
        (Cell(Held.NUMBER, 5), Kind.DURATION, 5),
        (Cell(Held.TEXT, "Rp 250.000.000,-"), Kind.WHOLE, 250_000_000),
        (Cell(Held.TEXT, " a\r\nb "), Kind.TEXT, "a\nb"),
        (Cell(Held.TEXT, "\ufeffa\u200b\u2028b\u200e"), Kind.TEXT, "a\nb"),
        (Cell(Held.TEXT, "\u200b"), Kind.TEXT, None),
    ],
)
def test_cells(cell: Cell | None, kind: Kind, value: object) -> None:
    """What a cell answers to each kind of field."""
    assert read_cell(cell, kind, None) == value


@pytest.mark.parametrize(
    ("cell", "kind", "why"),
    [
        (Cell(Held.FORMULA, "=A1"), Kind.TEXT, "answer.formula"),
        (Cell(Held.FAULT, "#REF!"), Kind.TEXT, "answer.fault"),
        (Cell(Held.TIME, "10:00:00"), Kind.DATE, "answer.time"),
        (Cell(Held.TRUTH, True), Kind.TEXT, "answer.truth"),  # noqa: FBT003 - a cell's value
        (Cell(Held.NUMBER, 45720), Kind.DATE, "answer.date"),
        (Cell(Held.DATE, DAY), Kind.NUMBER, "answer.became_date"),
        (Cell(Held.NUMBER, 0.755), Kind.PERCENT, "answer.percent.ambiguous"),
        (Cell(Held.NUMBER, 1), Kind.PERCENT, "answer.percent.ambiguous"),
        (Cell(Held.NUMBER, 75, percent=True), Kind.PERCENT, "answer.percent.large"),
        (Cell(Held.NUMBER, -0.1, percent=True), Kind.PERCENT, "answer.number.negative"),
        (Cell(Held.NUMBER, -1), Kind.NUMBER, "answer.number.negative"),
        (Cell(Held.NUMBER, 0.5, percent=True), Kind.NUMBER, "answer.number.share"),
        (Cell(Held.NUMBER, 0.5), Kind.WHOLE, "answer.number.whole"),
        (Cell(Held.TEXT, "1,5"), Kind.WHOLE, "answer.number.whole"),
        (Cell(Held.TEXT, "4/3/2025"), Kind.DATE, "answer.date.order"),
    ],
)
def test_cells_that_answer_nothing(cell: Cell, kind: Kind, why: str) -> None:
    """Formulas, errors, times, and what a spreadsheet made of something else."""
    assert key(read_cell(cell, kind, None)) == why


def test_truth_as_the_spreadsheet_shows_it() -> None:
    """A cell that holds TRUE is told as such."""
    said = read_cell(Cell(Held.TRUTH, True), Kind.PERCENT, None)  # noqa: FBT003 - a cell's value
    assert isinstance(said, Message)
    assert say(said, Lang.EN).startswith("TRUE is no value")


def test_percent_below_zero() -> None:
    """A negative percentage is told to be one."""
    said = read_cell(Cell(Held.NUMBER, -0.05, percent=True), Kind.PERCENT, None)
    assert isinstance(said, Message)
    assert say(said, Lang.EN) == "-5% is below zero"
