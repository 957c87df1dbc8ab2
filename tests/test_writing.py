"""Dates, numbers and lists against Babel, which knows both locales from CLDR."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date, get_date_format
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from banyuasin_plan.words.writing import (
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    Count,
    Decimals,
    decimal,
    escape,
    list_of,
    long_date,
    percent,
    rupiah,
    short_date,
    whole,
)

LOCALES = {"id": "id", "en": "en_GB"}

langs = st.sampled_from(list(LOCALES))
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
integers = st.integers(-(10**15), 10**15)
numbers = st.one_of(
    st.floats(-1e12, 1e12),
    st.decimals(-(10**6), 10**6, places=2).map(float),  # as people type them, ties included
    st.integers(-(10**6), 10**6),
)
places = st.integers(0, 4)


def _babel_decimal(number: float, lang: str, digits: int) -> str:
    """What Babel writes, without the minus sign it leaves before a zero."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    written = format_decimal(number, pattern, locale=LOCALES[lang])
    return written if written.strip("-0.,") else written.lstrip("-")


@given(days, langs)
def test_long_date(day: date, lang: str) -> None:
    """The full form of Babel, but that the day is never padded (Babel does so in Indonesian)."""
    pattern = get_date_format("full", LOCALES[lang]).pattern.replace("dd", "d")
    assert long_date(day, lang) == format_date(day, pattern, LOCALES[lang])


@pytest.mark.parametrize("lang", LOCALES)
def test_long_date_without_weekday(lang: str) -> None:
    """What follows the weekday is Babel's own long form, on every day of a year."""
    for ordinal in range(date(2025, 1, 1).toordinal(), date(2026, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        assert long_date(day, lang).split(" ", 1)[1] == format_date(day, "long", LOCALES[lang])


@given(days, langs)
def test_short_date(day: date, lang: str) -> None:
    """Three short words, as in Babel's medium form."""
    assert short_date(day, lang) == format_date(day, "medium", LOCALES[lang])


@pytest.mark.parametrize(
    ("lang", "long", "short"),
    [
        ("id", "Kamis, 20 Februari 2025", "20 Feb 2025"),
        ("en", "Thursday, 20 February 2025", "20 Feb 2025"),
    ],
)
def test_day_1(lang: str, long: str, short: str) -> None:
    """The inauguration as officials and readers of English write it."""
    assert (long_date(date(2025, 2, 20), lang), short_date(date(2025, 2, 20), lang)) == (
        long,
        short,
    )


def test_names_are_complete() -> None:
    """Twelve months, twelve short ones, seven weekdays, in both languages."""
    for table, size in ((MONTHS, 12), (SHORT_MONTHS, 12), (WEEKDAYS, 7)):
        assert {lang: len(set(names)) for lang, names in table.items()} == {"id": size, "en": size}


@given(integers, langs)
def test_whole(number: int, lang: str) -> None:
    """Thousands are grouped as Babel groups them."""
    assert whole(number, lang) == format_decimal(number, locale=LOCALES[lang])


@given(numbers, langs, places)
def test_decimal(number: float, lang: str, digits: int) -> None:
    """Grouping, decimal mark and rounding are Babel's."""
    assert decimal(number, lang, digits) == _babel_decimal(number, lang, digits)


@pytest.mark.parametrize("number", [-0.0, -0.04, -1e-300])
def test_decimal_near_zero(number: float) -> None:
    """Nothing is ever minus zero."""
    assert (decimal(number, "id"), decimal(number, "en")) == ("0,0", "0.0")


@given(st.decimals(-1000, 1000, places=3).map(float), langs)
def test_percent(number: float, lang: str) -> None:
    """A percentage stands as Babel writes the share."""
    share = Decimal(str(number)).scaleb(-2)
    written = format_percent(share, "#,##0.0%", locale=LOCALES[lang])
    expected = written if written.strip("-0.,%") else written.lstrip("-")
    assert percent(number, lang) == expected


@given(integers, langs)
def test_rupiah(amount: int, lang: str) -> None:
    """Whole rupiah under the sign that Indonesians write, in English too."""
    written = format_currency(amount, "IDR", "¤#,##0", locale=LOCALES[lang], currency_digits=False)
    assert rupiah(amount, lang) == written.replace("IDR", "Rp")


@given(st.lists(st.text("abc", min_size=1), max_size=6), langs)
def test_list_of(words: list[str], lang: str) -> None:
    """Words are joined as Babel joins them."""
    assert list_of(words, lang) == format_list(words, locale=LOCALES[lang])


def test_numbers_in_a_template() -> None:
    """A number picks its own digits and the word that agrees with it."""
    template = "{n} {n:day|days}, {share}, {share:2}"
    assert template.format(n=Count(1, "en"), share=Decimals(45.678, "en")) == "1 day, 45.7, 45.68"
    assert template.format(n=Count(-1, "en"), share=Decimals(0, "en")) == "-1 day, 0.0, 0.00"
    assert template.format(n=Count(1200, "id"), share=Decimals(1234.5, "id")) == (
        "1.200 days, 1.234,5, 1.234,50"
    )


@given(st.text())
def test_escape(text: str) -> None:
    """Whatever the text, what is left can be printed; what could be printed is left."""
    shown = escape(text)
    assert all(letter.isprintable() or unicodedata.category(letter) == "Zs" for letter in shown)
    if text.isprintable():
        assert shown == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Pulau Rimau", "Pulau Rimau"),
        ("a\u00a0b\n", "a\u00a0b\\u{a}"),
        ("\x1b[31m", "\\u{1b}[31m"),
        ("\u202eabc\u200b", "\\u{202e}abc\\u{200b}"),
        ("\ud800", "\\u{d800}"),
    ],
)
def test_escape_of_steering_characters(text: str, shown: str) -> None:
    """Escapes, bidirectional marks and zero-width characters are spelled out."""
    assert escape(text) == shown
