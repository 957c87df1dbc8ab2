"""Tables on a slide: native ones, every cell measured, rows left out where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from banyuasin_plan.formats.cells import readable
from banyuasin_plan.formats.slides.deck import BODY, Box, Look, colour_of, set_font
from banyuasin_plan.formats.slides.fitting import count_lines, fitted, high
from banyuasin_plan.formats.workbook.styles import FAINT, INK, NAVY, PAINTS, PALE, WHITE
from banyuasin_plan.report import Kind, Tone
from banyuasin_plan.words import label, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.formats.slides.deck import Slide
    from banyuasin_plan.report import Cell, Column, Table

SHARES = {
    "status": 9.0,
    "name": 25.0,
    "owner": 20.0,
    "due": 11.0,
    "reason": 35.0,
    "handoff": 23.0,
    "giver": 18.0,
    "forecast_finish": 11.0,
    "receivers": 18.0,
    "why_late": 26.0,
    "meet_by": 12.0,
    "offices": 27.0,
    "subject": 38.0,
    "chair": 12.0,
    "days_saved": 11.0,
    "decide_by": 14.0,
    "decision": 55.0,
    "from_whom": 26.0,
    "order": 48.0,
    "progress": 16.0,
    "group": 30.0,
    "milestones": 20.0,
    "planned_percent": 17.0,
    "actual_percent": 17.0,
    "deviation": 15.0,
}
"""How wide a column is beside the others."""

RIGHT = frozenset({Kind.COUNT, Kind.PERCENT, Kind.POINTS, Kind.RATIO, Kind.MONEY})
ACROSS, DOWN = 6.0, 4.0
"""What a cell keeps free on each side, and above and below."""

MOST_LINES = 2
SIZES = (16.0, 14.5, BODY)
"""Of letters: the largest at which all rows fit."""

NOTHING = "-"
HEAD, TITLE, MORE = 12.0, 15.0, 12.0


class Laid(NamedTuple):
    """A table as it fits: the columns' widths, each row's texts and height, the letters' size."""

    widths: tuple[float, ...]
    rows: tuple[tuple[tuple[str, ...], float], ...]
    size: float

    @property
    def height(self) -> float:
        """All of it, its head included."""
        return sum((tall for _, tall in self.rows), _head())


def needed(slide: Slide, box: Box, table: Table) -> float:
    """How high a table with a title is, where there is room for all of it."""
    body = _measured(slide, box.width, table, BODY).height if table.rows else high(1, BODY)
    return high(1, TITLE) + 6 + body + high(1, MORE) + 4


def lay_out(slide: Slide, box: Box, table: Table, *, titled: bool = False) -> float:
    """The table in its box, with as many of its rows as there is room for; how high it is."""
    top = box.top
    if titled:
        name = Look(TITLE, bold=True, colour=NAVY)
        words = label(f"table.slides.{table.id}", slide.lang)
        slide.text(Box(box.left, top, box.width, high(1, TITLE) + 2), words, name, most=1)
        top += high(1, TITLE) + 6
    if not table.rows:
        empty = Box(box.left, top, box.width, high(1, BODY) + 2)
        if titled:
            slide.text(empty, say(table.empty, slide.lang), Look(colour=FAINT), most=1)
        return top + high(1, BODY) - box.top
    room = box.top + box.height - top - high(1, MORE) - 4
    laid = _largest(slide, box.width, table, room, SIZES[1:] if titled else SIZES)
    count = _count(laid, room)
    kept = laid._replace(rows=laid.rows[:count])
    _draw(slide, Box(box.left, top, box.width, kept.height), table, kept)
    top += kept.height
    if more := _more(table, len(laid.rows) - count, slide):
        under = Box(box.left, top + 4, box.width, high(1, MORE))
        slide.text(under, more, Look(MORE, colour=FAINT), most=1)
        top += 4 + high(1, MORE)
    return top - box.top


def _more(table: Table, left: int, slide: Slide) -> str:
    """How many rows there are besides those shown."""
    beyond = int(str(dict(table.more.params).get("count", 0))) if table.more else 0
    return label("weekly.more", slide.lang, count=left + beyond) if left + beyond else ""


def _largest(slide: Slide, width: float, table: Table, room: float, sizes: Sequence[float]) -> Laid:
    """The table in the largest letters at which it fits, else in the smallest."""
    for size in sizes:
        laid = _measured(slide, width, table, size)
        if laid.height <= room:
            break
    return laid


def _measured(slide: Slide, width: float, table: Table, size: float) -> Laid:
    shares = [SHARES.get(column.id, 15.0) for column in table.columns]
    widths = tuple(width * share / sum(shares) for share in shares)
    rows = []
    for row in table.rows:
        texts, tallest = [], 1
        for column, cell, wide in zip(table.columns, row, widths, strict=True):
            text = readable(cell, column.kind, slide.lang) or NOTHING
            room = wide - 2 * ACROSS
            bold = column.kind is Kind.STATUS
            kept = fitted(text, size, room, _most(column), bold=bold)
            tallest = max(tallest, count_lines(kept, size, room, bold=bold))
            texts.append(kept)
        rows.append((tuple(texts), high(tallest, size) + 2 * DOWN))
    return Laid(widths, tuple(rows), size)


def _most(column: Column) -> int:
    return MOST_LINES + 1 if column.kind is Kind.SENTENCE else MOST_LINES


def _count(laid: Laid, room: float) -> int:
    """How many rows there is room for, one at least."""
    used = _head()
    for count, (_, tall) in enumerate(laid.rows):
        used += tall
        if used > room and count:
            return count
    return len(laid.rows)


def _head() -> float:
    return high(1, HEAD) + 2 * DOWN


def _draw(slide: Slide, box: Box, table: Table, laid: Laid) -> None:
    count = len(laid.rows) + 1
    shape = slide.shapes.add_table(count, len(laid.widths), *(Pt(value) for value in box))
    grid: Any = shape.table
    grid.horz_banding = False
    for column, wide in zip(grid.columns, laid.widths, strict=True):
        column.width = Pt(wide)
    grid.rows[0].height = Pt(_head())
    heads = [label(f"column.{column.id}", slide.lang) for column in table.columns]
    look = Look(HEAD, bold=True, colour=WHITE)
    for place, (column, text) in enumerate(zip(table.columns, heads, strict=True)):
        room = laid.widths[place] - 2 * ACROSS
        fit = fitted(text, HEAD, room, 1, bold=True)
        _write(slide, grid.cell(0, place), fit, look._replace(across=_side(column)), NAVY)
    for number, (texts, tall) in enumerate(laid.rows, start=1):
        grid.rows[number].height = Pt(tall)
        row = Row(table.columns, texts, table.rows[number - 1], laid.size)
        _write_row(slide, grid, number, row)


class Row(NamedTuple):
    """A row as it is written: under which columns, which texts of which cells, in which size."""

    columns: tuple[Column, ...]
    texts: tuple[str, ...]
    cells: tuple[Cell, ...]
    size: float


def _write_row(slide: Slide, grid: Any, number: int, row: Row) -> None:
    ground = PALE if number % 2 == 0 else WHITE
    parts = zip(row.columns, row.texts, row.cells, strict=True)
    for place, (column, text, cell) in enumerate(parts):
        paint = PAINTS[cell] if isinstance(cell, Tone) else None
        colour = paint.letters if paint else INK
        look = Look(row.size, bold=paint is not None, colour=colour, across=_side(column))
        _write(slide, grid.cell(number, place), text, look, paint.ground if paint else ground)


def _side(column: Column) -> Any:
    return PP_ALIGN.RIGHT if column.kind in RIGHT else PP_ALIGN.LEFT


def _write(slide: Slide, cell: Any, text: str, look: Look, fill: str) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour_of(fill)
    cell.margin_left = cell.margin_right = Pt(ACROSS)
    cell.margin_top = cell.margin_bottom = Pt(DOWN)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = look.across
    run = paragraph.add_run()
    run.text = text
    set_font(run.font, look, slide.lang)
