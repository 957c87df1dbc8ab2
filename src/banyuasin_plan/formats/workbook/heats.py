"""A matrix of loads on a grid: who down, weeks across, too much marked with a sign."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from banyuasin_plan.formats.cells import readable
from banyuasin_plan.formats.workbook.fields import HEAD
from banyuasin_plan.formats.workbook.lines import Line, Span
from banyuasin_plan.formats.workbook.measuring import height, lines
from banyuasin_plan.formats.workbook.styles import BODY, LINE, PAINTS, SMALL, Style
from banyuasin_plan.report import Kind, Tone
from banyuasin_plan.words import label
from banyuasin_plan.words.writing import SHORT_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.formats.workbook.book import Book
    from banyuasin_plan.report import Cell, Heat, Table

NAME, LIMIT, LEAST = 18, 3, 2
"""Units of a name and a limit, and what a week gets at least."""

SHADES = ("#E3EEF9", "#C9DEF2", "#A9CBEA")
"""How full somebody is who is not too full: up to half, up to all but the last, all."""

COUNTED = '0;-0;"·"'
OVER = '0"!"'


def heat_lines(book: Book, table: Table, heat: Heat, units: int, unit: float) -> Iterator[Line]:
    """The matrix as lines; weeks that do not fit follow below, in blocks."""
    places = {column.id: place for place, column in enumerate(table.columns)}
    at = {field: places[column] for field, column in heat._asdict().items()}
    mondays: dict[int, date] = {}
    lanes: dict[Cell, dict[int, tuple[Cell, ...]]] = {}
    for row in table.rows:
        week, monday = row[at["across"]], row[at["monday"]]
        if isinstance(week, int) and isinstance(monday, date):
            mondays[week] = monday
            lanes.setdefault(row[at["down"]], {})[week] = row
    weeks = sorted(mondays)
    fit = (units - NAME - LIMIT) // LEAST
    for place in range(0, len(weeks), fit):
        some = weeks[place : place + fit]
        each = (units - NAME - LIMIT) // len(some)
        name = units - LIMIT - each * len(some)
        yield _head(book, [mondays[week] for week in some], some, name, each)
        for lane in lanes.values():
            yield _lane(book, lane, some, at, (name, each, unit))


def _head(book: Book, mondays: list[date], weeks: list[int], name: int, each: int) -> Line:
    """The week's number above the day it begins on."""
    months = SHORT_MONTHS[book.lang]
    centred = HEAD._replace(across="center")
    spans = (
        Span(name, HEAD, label("gantt.week", book.lang)),
        Span(LIMIT, centred, label("column.capacity", book.lang)),
        *(
            Span(each, centred, f"{week}\n{day.day} {months[day.month - 1]}")
            for week, day in zip(weeks, mondays, strict=True)
        ),
    )
    return Line(spans, height(2, SMALL) + 2)


def _lane(
    book: Book,
    lane: dict[int, tuple[Cell, ...]],
    weeks: list[int],
    at: dict[str, int],
    widths: tuple[int, int, float],
) -> Line:
    """What one carries in each week, beside who it is and how much that may be."""
    name, each, unit = widths
    first = next(iter(lane.values()))
    told = readable(first[at["name"]], Kind.TEXT, book.lang)
    limit = first[at["limit"]]
    most = limit if isinstance(limit, int) else None
    edge = Style(bottom=LINE, across="center", down="middle")
    spans = [
        Span(name, Style(bottom=LINE, wrap=True, down="middle"), told),
        Span(LIMIT, edge, "-" if most is None else most),
    ]
    for week in weeks:
        value = lane[week][at["value"]] if week in lane else 0
        load = value if isinstance(value, int) else 0
        spans.append(Span(each, _shade(load, most), load))
    return Line(tuple(spans), height(lines(told, BODY, name * unit), BODY))


def _shade(load: int, most: int | None) -> Style:
    """How a load looks: the fuller the darker, too much in the colour of bad news and marked."""
    style = Style(bottom=LINE, across="center", down="middle", number=COUNTED)
    if not load or most is None:
        return style
    if load > most:
        paint = PAINTS[Tone.BAD]
        return style._replace(fill=paint.ground, colour=paint.letters, bold=True, number=OVER)
    full = 2 if load == most else 1 if 2 * load > most else 0
    return style._replace(fill=SHADES[full])
