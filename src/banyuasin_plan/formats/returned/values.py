"""What people write into cells, as values: dates, shares and amounts, read without guessing.

What can be read in two ways is not read at all; the answer then is a message that says so.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.form import Kind, Value, canonical
from banyuasin_plan.formats.returned.book import Cell, Held
from banyuasin_plan.words import Message, message
from banyuasin_plan.words.writing import MONTHS, SHORT_MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

CLEARED = "-"
"""The answer that empties a value."""

DASHES = frozenset({"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"})
"""What programs make of a hyphen that stands alone."""

MONTHS_OF_A_YEAR = 12
WHOLE_PERCENT = 100
ZEROS_AND_ALL = 3
"""Digits of a group of thousands."""

UNSEEN = dict.fromkeys((0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF)) | dict.fromkeys(
    (0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n"
)
"""What comes along when people paste: signs without width, which go, and line ends of all kinds."""

NUMBERED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z", re.ASCII)
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
SPELLED = re.compile(r"(\d{1,2})[ .-]+([a-z]{3,9})\.?[ ,-]+(\d{4})\Z", re.ASCII)
DAYS = {name.lower(): place for names in WEEKDAYS.values() for place, name in enumerate(names)}
"""Weekdays by their names in both languages, Monday first."""

WEEKDAY = re.compile(rf"\A({'|'.join(DAYS)}),?\s+", re.ASCII)
PLAIN = re.compile(r"\d{1,15}\Z", re.ASCII)
GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})\Z", re.ASCII)
MIXED = re.compile(
    r"([1-9]\d{0,2}(?:\.\d{3})+),(\d{1,9})\Z|([1-9]\d{0,2}(?:,\d{3})+)\.(\d{1,9})\Z", re.ASCII
)
BROKEN = re.compile(r"(\d{1,12})[.,](\d{1,9})\Z", re.ASCII)
PERCENT = re.compile(r"\s*(?:%|persen|percent)\Z", re.IGNORECASE)
RUPIAH = re.compile(r"rp\.?\s*|,-\Z", re.IGNORECASE)
MONTH = {
    name.lower(): number
    for names in (*MONTHS.values(), *SHORT_MONTHS.values())
    for number, name in enumerate(names, start=1)
} | {"agt": 8, "agst": 8, "nopember": 11, "nop": 11, "pebruari": 2, "peb": 2, "sep": 9}
"""Months by their names in both languages, and as people also write them."""


class Order(StrEnum):
    """Which comes first in `4/3/2025`."""

    DAY = "dmy"
    MONTH = "mdy"


class Clash(NamedTuple):
    """Two dates of a file of which one has the day first and the other the month."""

    day: str
    month: str


Settled = Order | Clash | None
"""What is known of the order in a file; None where nothing is."""


def order_of(texts: Iterable[str]) -> Settled:
    """The order that all dates written in numbers must have, or two that contradict each other."""
    orders: dict[Order, str] = {}
    for text in texts:
        if found := NUMBERED.match(_bare(text)):
            first, second = int(found[1]), int(found[2])
            if first > MONTHS_OF_A_YEAR:
                orders.setdefault(Order.DAY, text)
            elif second > MONTHS_OF_A_YEAR:
                orders.setdefault(Order.MONTH, text)
    if len(orders) > 1:
        return Clash(orders[Order.DAY], orders[Order.MONTH])
    return next(iter(orders), None)


def read_date(text: str, order: Settled) -> date | Message:
    """`4/3/2025`, `4 Maret 2025` or `2025-03-04` as a date, or why it is none.

    A weekday before it has to be that of the date.
    """
    day = _read_date(text, order)
    named = WEEKDAY.match(" ".join(text.lower().split()))
    if isinstance(day, date) and named and DAYS[named[1]] != day.weekday():
        weekday = message(f"weekday.{day.weekday()}")
        return message("answer.date.weekday", given=text, day=day, weekday=weekday)
    return day


def _read_date(text: str, order: Settled) -> date | Message:
    bare = _bare(text)
    if found := NUMBERED.match(bare):
        first, second, year = (int(part) for part in found.groups())
        if isinstance(order, Clash) and first != second:
            said = {"first": order.day, "second": order.month}
            return message("answer.date.clash", given=text, **said)
        if order is None and first != second and max(first, second) <= MONTHS_OF_A_YEAR:
            return message("answer.date.order", given=text)
        by_month = order is Order.MONTH or (order is None and second > MONTHS_OF_A_YEAR)
        day, month = (second, first) if by_month else (first, second)
    elif found := ISO.match(bare):
        year, month, day = (int(part) for part in found.groups())
    elif (found := SPELLED.match(bare)) and found[2] in MONTH:
        day, month, year = int(found[1]), MONTH[found[2]], int(found[3])
    else:
        return message("answer.date", given=text)
    try:
        return date(year, month, day)
    except ValueError:
        return message("answer.date.none", given=text)


def read_number(text: str) -> float | Message:
    """A number as Indonesians or the English write it, or why it is none.

    `1.250` and `1,250` are a thousand to one half of the readers and a little over one to the
    other, so they are neither.
    """
    bare = re.sub(r"\s+", "", text)
    if PLAIN.match(bare):
        return float(bare)
    if GROUPED.match(bare):
        return float(re.sub(r"[.,]", "", bare))
    if found := MIXED.match(bare):
        digits, places = (found[1], found[2]) if found[1] else (found[3], found[4])
        return float(f"{re.sub('[.,]', '', digits)}.{places}")
    if found := BROKEN.match(bare):
        before, after = found.groups()
        if len(after) == ZEROS_AND_ALL and before[0] != "0" and len(before) <= ZEROS_AND_ALL:
            return message("answer.number.ambiguous", given=text)
        return float(f"{before}.{after}")
    return message("answer.number", given=text)


def read_percent(text: str) -> float | Message:
    """`75%`, `75,5 persen` or `75`, from 0 to 100; what may be a share of 1 is refused."""
    bare = text.strip()
    signed = PERCENT.search(bare)
    number = read_number(PERCENT.sub("", bare))
    if isinstance(number, Message):
        ambiguous = number.key.endswith(".ambiguous")
        return message("answer.percent.ambiguous" if ambiguous else "answer.percent", given=text)
    if not signed and 0 < number <= 1:
        return message("answer.percent.ambiguous", given=text)
    return number if number <= WHOLE_PERCENT else message("answer.percent.large", given=text)


def read_cell(cell: Cell | None, kind: Kind, order: Settled) -> Value | Message:
    """What a cell answers to a field of that kind; None where it is empty, or why it is nothing.

    A lone dash comes back as `CLEARED`, whatever the kind.
    """
    if cell is None or (isinstance(cell.value, str) and not cell.value.strip()):
        return None
    if cell.held in {Held.FORMULA, Held.FAULT, Held.TIME, Held.TRUTH}:
        return message(f"answer.{cell.held}", given=cell.shown)
    if isinstance(cell.value, str):
        return CLEARED if cell.value.strip() in DASHES else _read_text(cell.value, kind, order)
    if isinstance(cell.value, date):
        return _read_day(cell.value, kind)
    return _read_amount(cell, cell.value, kind)


def _read_text(text: str, kind: Kind, order: Settled) -> Value | Message:
    bare = text.strip()
    if kind is Kind.DATE:
        return read_date(bare, order)
    if kind is Kind.PERCENT:
        return read_percent(bare)
    if kind is Kind.NUMBER:
        return read_number(bare)
    if kind is Kind.WHOLE:
        number = read_number(RUPIAH.sub("", bare))
        return _whole(number, bare)
    return canonical(text.translate(UNSEEN))


def _read_day(day: date, kind: Kind) -> Value | Message:
    """A date where Excel made one: right in a date, harmless in a text, wrong elsewhere."""
    if kind is Kind.DATE:
        return day
    return day.isoformat() if kind is Kind.TEXT else message("answer.became_date", given=day)


def _read_amount(cell: Cell, number: float, kind: Kind) -> Value | Message:
    """A number, of which only its format says whether it is a share."""
    shown = canonical(number) or ""
    if kind is Kind.DATE:
        return message("answer.date", given=shown)
    if kind is Kind.PERCENT:
        if not cell.percent and 0 < number <= 1:
            return message("answer.percent.ambiguous", given=shown)
        share = round(number * WHOLE_PERCENT, 9) if cell.percent else number
        if 0 <= share <= WHOLE_PERCENT:
            return float(share)
        wrong = "answer.percent.large" if share > 0 else "answer.number.negative"
        return message(wrong, given=f"{canonical(share)}%")
    if kind in {Kind.NUMBER, Kind.WHOLE}:
        if number < 0:
            return message("answer.number.negative", given=shown)
        if cell.percent:
            return message("answer.number.share", given=f"{canonical(number * 100)}%")
        return _whole(number, shown) if kind is Kind.WHOLE else float(number)
    return float(number) if kind is Kind.DURATION else shown


def _whole(number: float | Message, given: str) -> float | Message:
    if isinstance(number, Message) or float(number).is_integer():
        return number
    return message("answer.number.whole", given=given)


def _bare(text: str) -> str:
    """A date's text in small letters, without the weekday before it."""
    return WEEKDAY.sub("", " ".join(text.lower().split()), count=1)
