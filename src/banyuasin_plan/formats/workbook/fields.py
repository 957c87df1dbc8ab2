"""Columns of a table on a sheet: their heads, values, widths and looks."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.cells import head_of
from banyuasin_plan.formats.workbook.measuring import PADDING, lines, width
from banyuasin_plan.formats.workbook.styles import (
    BODY,
    LINE,
    NAVY,
    PAINTS,
    SMALL,
    WHITE,
    Style,
    number_format,
)
from banyuasin_plan.formats.workbook.values import CENTRED, NUMBERS, values_of
from banyuasin_plan.report import BEYOND, HIDDEN, Kind, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.formats.workbook.book import Book
    from banyuasin_plan.formats.workbook.values import Value
    from banyuasin_plan.report import Cell, Column, Table

WORDED = {Kind.TEXT: (70.0, 200.0), Kind.SENTENCE: (110.0, 300.0), Kind.ID: (60.0, 165.0)}
"""Kinds that wrap: how narrow and how wide their columns get, in points."""

UNPRINTED = 420.0
"""How wide a column of words gets that no page has to hold."""

RECORDED = frozenset({Kind.TALLY, Kind.RECORD})

HEAD = Style(SMALL, bold=True, colour=WHITE, fill=NAVY, line=WHITE, wrap=True, down="middle")
"""The head of a column."""

ENOUGH, LIKELY = 200, 12
"""Letters of a text that fits no column, and how many of the longest texts may be the widest."""

ENDLESS = 1e6

AIR, INDENT = 2.0, 7.0
"""What a column gets beyond its widest value, and what an indented one keeps free."""


class Field(NamedTuple):
    """A column on a sheet: its head, its values, and how it looks.

    `width` is in points; on a grid it spans `units`.
    """

    column: Column
    head: str
    cells: Sequence[Cell]
    values: list[Value]
    width: float
    look: Style
    units: int = 1


def fields_of(book: Book, table: Table, button: float = 0.0) -> list[Field]:
    """Every column that people see, as wide as it wants to be; heads may hold a `button`."""
    fields: list[Field] = []
    for place, column in enumerate(table.columns):
        if column.rank >= HIDDEN:
            continue
        cells = [row[place] for row in table.rows]
        if column.sparse and all(cell is None for cell in cells):
            continue
        values = values_of(cells, column.kind, book.lang)
        whole = all(isinstance(value, int) for value in values if value is not None)
        number = number_format(column.kind, book.lang, whole=whole)
        head = head_of(column, book.lang)
        fields.append(Field(column, head, cells, values, 0.0, _look(column.kind, number)))
    return [field._replace(width=_natural(field, button)) for field in fields]


def columns_of(fields: Sequence[Field], at: int) -> dict[str, tuple[int, list[Value]]]:
    """Where each column stands and what it holds, by its id; the first one stands at `at`."""
    known: dict[str, tuple[int, list[Value]]] = {}
    for field in fields:
        known[field.column.id] = at, field.values
        at += field.units
    return known


def styles_of(book: Book, field: Field) -> list[int]:
    """The style of every cell of the column, by the number it has in the workbook."""
    plain = book.style(field.look)
    if field.column.kind is Kind.STATUS:
        paints = {tone: book.style(painted(tone)) for tone in Tone}
        return [paints[cell] if isinstance(cell, Tone) else plain for cell in field.cells]
    if field.column.bad:
        bad = book.style(_alarming(field.look))
        return [bad if isinstance(cell, int) and cell > 0 else plain for cell in field.cells]
    return [plain] * len(field.cells)


def depths_of(fields: Sequence[Field], rows: int) -> list[int]:
    """How many lines each row takes."""
    found = [1] * rows
    for field in fields:
        room = field.width - PADDING
        if field.look.wrap:
            for place, value in enumerate(field.values):
                if isinstance(value, str) and (len(value) * BODY > room or "\n" in value):
                    found[place] = max(found[place], lines(value, BODY, field.width))
    return found


def painted(tone: Tone) -> Style:
    """A cell that tells a status."""
    paint = PAINTS[tone]
    return Style(bold=True, colour=paint.letters, fill=paint.ground, bottom=LINE, down="middle")


def fitted(fields: Sequence[Field], room: float) -> list[Field]:
    """The columns that are printed made to fit the room.

    Those that wrap give way: first down to what nine in ten of their values take, then further.
    """
    fields = list(fields)
    for least in (_usual, _least):
        printed = [field for field in fields if field.column.rank < BEYOND]
        over = sum(field.width for field in printed) - room
        if over <= 0:
            break
        spare = {f.column.id: max(f.width - least(f), 0.0) for f in printed}
        share = min(over / (sum(spare.values()) or 1.0), 1.0)
        fields = [
            field._replace(width=field.width - share * spare.get(field.column.id, 0.0))
            for field in fields
        ]
    return fields


def _usual(field: Field) -> float:
    """How wide nine in ten values of a column that wraps are."""
    if field.column.kind not in WORDED:
        return field.width
    texts = sorted((str(value) for value in field.values if value is not None), key=len)
    usual = texts[: max(len(texts) * 9 // 10, 1)][-LIKELY:]
    shown = (_shown_width(text, field.column.kind) for text in usual)
    return max(max(shown, default=0.0) + PADDING + AIR, _least(field))


def _least(field: Field) -> float:
    """How narrow a column may get."""
    if field.column.kind not in WORDED:
        return field.width
    word = max(width(part, SMALL, bold=True) for part in field.head.split(" "))
    return max(WORDED[field.column.kind][0], word + PADDING)


def spread(fields: Sequence[Field], room: float, units: int) -> list[Field]:
    """The columns made to fill so many units exactly; words take what is left."""
    fields = fitted(fields, room)
    unit = room / units
    least = [max(ceil(field.width / unit), 1) for field in fields]
    given = [
        max(int(field.width / unit), 1) if _wraps(field) else need
        for field, need in zip(fields, least, strict=True)
    ]
    while sum(given) > units:  # more than there is: the widest gives way
        given[given.index(max(given))] -= 1
    wanting = [place for place, field in enumerate(fields) if _wraps(field) and _is_full(field)]
    wanting = wanting or list(range(len(fields)))
    whole = sum(fields[place].width for place in wanting)
    left, shared = units - sum(given), 0.0
    for place in wanting:
        before = round(shared)
        shared += left * fields[place].width / whole
        given[place] += round(shared) - before
    return [field._replace(units=n) for field, n in zip(fields, given, strict=True)]


def _is_full(field: Field) -> bool:
    """Whether a column could use more than it wants at most."""
    return _widest(field, field.width) + PADDING > field.width


def _alarming(look: Style) -> Style:
    """A count of which any above 0 is bad news."""
    return look._replace(bold=True, colour=PAINTS[Tone.BAD].letters)


def _wraps(field: Field) -> bool:
    return field.column.kind in {Kind.TEXT, Kind.SENTENCE}


def _look(kind: Kind, number: str) -> Style:
    style = Style(bottom=LINE, number=number, down="middle")
    if kind in NUMBERS:
        return style._replace(across="right")
    if kind in CENTRED:
        return style._replace(across="center")
    return style._replace(wrap=kind in WORDED or kind in RECORDED)


def _natural(field: Field, button: float) -> float:
    """How wide the column wants to be."""
    word = max(width(part, SMALL, bold=True) for part in field.head.split(" "))
    least = word + PADDING + button
    if field.column.kind in WORDED:
        low, high = WORDED[field.column.kind]
        if field.column.rank >= BEYOND:
            high = UNPRINTED
        return max(least, min(max(_widest(field, high) + PADDING + AIR, low), high))
    indent = INDENT if field.column.kind in NUMBERS else 0.0
    return max(least, _widest(field) + PADDING + AIR + indent)


def _widest(field: Field, enough: float = ENDLESS) -> float:
    """How wide the widest values are, of those that take most letters; or just more than enough."""
    kind = field.column.kind
    if kind in {Kind.DATE, Kind.PERCENT}:  # each as wide as another
        return _shown_width(next((v for v in field.values if v is not None), None), kind)
    texts = dict.fromkeys(value for value in field.values if isinstance(value, str))
    longest = sorted(texts, key=len)[-LIKELY:]
    numbers = sorted((v for v in field.values if isinstance(v, int | float)), key=abs)
    widest = 0.0
    for value in [*reversed(longest), *numbers[-1:], *(v for v in numbers[:1] if v < 0)]:
        widest = max(widest, _shown_width(value, kind))
        if widest > enough:
            break
    return widest


def _shown_width(value: Value, kind: Kind) -> float:
    """How wide a value is as its number format shows it."""
    if value is None:
        return 0.0
    if kind is Kind.DATE:
        return width("00 MMM 0000", BODY)
    if isinstance(value, int | float):
        text = f"{value:,.1f}" if kind in {Kind.POINTS, Kind.PERCENT} else f"{value:,}"
        if kind is Kind.PERCENT:
            text = "100.0%"
        return width(f"Rp{text}" if kind is Kind.MONEY else text, BODY)
    text = str(value)
    if len(text) > ENOUGH:
        return ENDLESS
    return max(width(part, BODY, bold=kind is Kind.STATUS) for part in text.split("\n"))
