"""Dates, numbers and lists as Indonesian and English readers write them.

Forms: `Kamis, 20 Februari 2025`, `20 Feb 2025`, `1.234.567,89`, `45,7%`, `Rp1.234.567`.
They equal Babel's for the locales `id` and `en_GB`, which tests compare them with, but that the
day stands without a leading zero in every form and nothing is ever `-0`.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Self

MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
        "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
}  # fmt: skip
SHORT_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
}
WEEKDAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
NAMED = {"\t": "\\t"}
"""Control characters that people know by a shorter name."""
AND = {"id": "dan", "en": "and"}


class Count(int):
    """A whole number that writes itself; `{n:day|days}` picks the word that agrees with it."""

    lang: str

    def __new__(cls, value: int, lang: str) -> Self:
        """Take the value and remember whose digits to write."""
        number = super().__new__(cls, value)
        number.lang = lang
        return number

    def __format__(self, spec: str) -> str:
        """Grouped digits, or one of two words where the spec offers a choice."""
        if "|" in spec:
            one, many = spec.split("|")
            return one if abs(self) == 1 else many
        return whole(self, self.lang)


class Decimals(float):
    """A number with decimals that writes itself, one decimal unless the spec says how many."""

    lang: str

    def __new__(cls, value: float, lang: str) -> Self:
        """Take the value and remember whose comma to write."""
        number = super().__new__(cls, value)
        number.lang = lang
        return number

    def __format__(self, spec: str) -> str:
        """Grouped digits with the language's decimal mark; `g` writes no more than it takes."""
        if spec == "g":
            places = next((n for n in (0, 1) if round(self, n) == self), 2)
            return decimal(self, self.lang, places)
        return decimal(self, self.lang, int(spec) if spec else 1)


def whole(number: int, lang: str) -> str:
    """A whole number with its thousands grouped: `1.234.567` or `1,234,567`."""
    return _localised(f"{int(number):,}", lang)


def decimal(number: float, lang: str, places: int = 1) -> str:
    """A number with that many decimals: `1.234,5` or `1,234.5`; never `-0,0`.

    Rounded as it is written, half to even: 0.15 is `0,2`, though the float is a little less.
    """
    return _localised(f"{Decimal(str(number)):z,.{places}f}", lang)


def percent(number: float, lang: str, places: int = 1) -> str:
    """A percentage, 0 to 100 in, `45,7%` out."""
    return f"{decimal(number, lang, places)}%"


def rupiah(amount: int, lang: str) -> str:
    """An amount of money: `Rp1.234.567`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{whole(abs(amount), lang)}"


def long_date(day: date, lang: str) -> str:
    """A date with its weekday: `Kamis, 20 Februari 2025` or `Thursday, 20 February 2025`."""
    weekday = WEEKDAYS[lang][day.weekday()]
    return f"{weekday}, {day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def short_date(day: date, lang: str) -> str:
    """A date in three short words: `20 Feb 2025`."""
    return f"{day.day} {SHORT_MONTHS[lang][day.month - 1]} {day.year}"


def list_of(words: Sequence[str], lang: str) -> str:
    """Words in a row: `a, b, dan c`."""
    if not words:
        return ""
    *first, last = words
    if not first:
        return last
    comma = "," if lang == "id" and len(first) > 1 else ""
    return f"{', '.join(first)}{comma} {AND[lang]} {last}"


def escape(text: str) -> str:
    r"""Text with every character that could steer a terminal or hide itself spelled out.

    Controls, bidirectional marks, zero-width and unassigned characters become `\u{hex}`
    (Unicode categories Cc, Cf, Cs, Co, Cn, Zl, Zp), a tab `\t`; everything else stays.
    """
    if text.isprintable():
        return text
    return "".join(
        letter
        if letter.isprintable() or unicodedata.category(letter) == "Zs"
        else NAMED.get(letter, f"\\u{{{ord(letter):x}}}")
        for letter in text
    )


def _localised(written: str, lang: str) -> str:
    if lang == "en":
        return written
    return written.translate(str.maketrans(",.", ".,"))
