"""How a cell reads to people, whatever the format."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from banyuasin_plan.report import Kind, Tally, Tone
from banyuasin_plan.words import Message, label, say
from banyuasin_plan.words.writing import (
    decimal,
    escape,
    long_date,
    percent,
    rupiah,
    short_date,
    whole,
)

if TYPE_CHECKING:
    from banyuasin_plan.report import Cell, Column, Heading
    from banyuasin_plan.words import Lang

SIGNS = {
    Tone.DONE: ("✔", "v"),
    Tone.GOOD: ("●", "o"),
    Tone.WATCH: ("▲", "^"),
    Tone.RISK: ("◆", "*"),
    Tone.BAD: ("■", "X"),
    Tone.NONE: ("○", "-"),
}
"""A sign for each status, on any screen and on one with ASCII only."""


PLACES = {Kind.PERCENT: 4, Kind.POINTS: 4, Kind.RATIO: 6}
"""Decimals that machines get; more would only show how floats are stored."""


def rounded(number: float, kind: Kind) -> float:
    """A number as machines get it, a whole one without a decimal point."""
    places = PLACES.get(kind)
    kept = round(number, places) if places is not None else number
    return int(kept) if kept == int(kept) else kept


def sign(tone: Tone, *, plain: bool) -> str:
    """The status's sign, so that no status is shown by colour alone."""
    return SIGNS[tone][plain]


def plain_signs(text: str) -> str:
    """A head that holds a status's sign, with the one that ASCII has."""
    return text.translate({ord(full): plain for full, plain in SIGNS.values()})


def readable(cell: Cell, kind: Kind, lang: Lang, *, plain: bool = False) -> str:
    """A cell as text in a language; nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, Message):
        return say(cell, lang)
    if isinstance(cell, date):
        return short_date(cell, lang)
    if isinstance(cell, bool):
        return label(f"flag.{str(cell).lower()}", lang)
    if isinstance(cell, int | float):
        return _number(cell, kind, lang)
    if isinstance(cell, tuple | dict | Tally):
        return _several(cell, lang, plain=plain)
    if isinstance(cell, Tone):
        return f"{sign(cell, plain=plain)} {label(f'status.{cell}', lang)}"
    if kind is Kind.STATE:
        return label(f"state.{cell}", lang)
    return escape(cell)


def head_of(column: Column, lang: Lang) -> str:
    """What stands above a column."""
    return escape(column.head) if column.head else label(f"column.{column.id}", lang)


def heading_words(heading: Heading, lang: Lang, dot: str = "·") -> str:
    """Which day it is: the date, day N, office day and week, or how far outside the plan's days."""
    where = "before" if heading.day < 1 else "after" if heading.as_of > heading.last_day else "on"
    return label(
        f"heading.{where}",
        lang,
        date=long_date(heading.as_of, lang),
        day=heading.day,
        days=heading.days,
        office=heading.office_day,
        of=heading.office_days,
        week=heading.week,
        last=heading.last_day,
        until=1 - heading.day,
        since=(heading.as_of - heading.last_day).days,
        dot=dot,
    )


def _several(
    cell: tuple[str, ...] | dict[str, str | None] | Tally, lang: Lang, *, plain: bool
) -> str:
    """A cell that holds more than one thing."""
    if isinstance(cell, tuple):
        return ", ".join(escape(item) for item in cell)
    if isinstance(cell, dict):
        if cell["kind"] == "data_date" and cell.get("detail"):  # a report put it where it is
            return label(f"driver.{cell['detail']}", lang)
        rest = [value for key, value in cell.items() if key != "kind" and value]
        return " ".join([label(f"driver.{cell['kind']}", lang), *rest])
    return "   ".join(
        f"{sign(tone, plain=plain)} {count} {label(f'status.{tone}', lang)}"
        for tone, count in cell.counts
    )


def _number(number: float, kind: Kind, lang: Lang) -> str:
    match kind:
        case Kind.PERCENT:
            return percent(number, lang)
        case Kind.POINTS:
            written = decimal(number, lang)
            return f"+{written}" if round(number, 1) > 0 else written
        case Kind.DIFFERENCE:
            return f"+{whole(int(number), lang)}" if number > 0 else whole(int(number), lang)
        case Kind.RATIO:
            return decimal(number, lang, 2)
        case Kind.MONEY:
            return rupiah(int(number), lang)
        case _:
            return whole(number, lang) if isinstance(number, int) else decimal(number, lang)
