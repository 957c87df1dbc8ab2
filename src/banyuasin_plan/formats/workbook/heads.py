"""Lines of text over a whole sheet: its title, the plan, the notice, which day it is, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.cells import heading_words
from banyuasin_plan.formats.workbook.measuring import height, lines
from banyuasin_plan.formats.workbook.styles import BODY, FAINT, NAVY, PAINTS, TITLE, Style
from banyuasin_plan.report import Tone
from banyuasin_plan.words import label

if TYPE_CHECKING:
    from banyuasin_plan.formats.workbook.book import Book
    from banyuasin_plan.formats.workbook.rows import RowSheet


class Canvas(NamedTuple):
    """A sheet on which lines run over so many columns, `room` points wide together."""

    book: Book
    sheet: RowSheet
    columns: int
    room: float


def put_title(canvas: Canvas, title: str) -> None:
    """The sheet's title, the plan, the day and the notice; on the first one, that it is held."""
    heading = canvas.book.heading
    put_line(canvas, title, Style(TITLE, bold=True, colour=NAVY, wrap=True))
    said = f"{heading.name} · {heading_words(heading, canvas.book.lang)}"
    put_line(canvas, said, Style(BODY, colour=FAINT, wrap=True))
    if heading.held and canvas.book.begun == 1:
        held = label("book.held", canvas.book.lang)
        put_line(canvas, held, Style(BODY, colour=FAINT, wrap=True))
    if heading.notice:
        put_note(canvas, heading.notice, Tone.WATCH)


def put_note(canvas: Canvas, text: str, tone: Tone = Tone.NONE) -> None:
    """A sentence, painted unless it says nothing good or bad."""
    style = Style(wrap=True, down="middle")
    if tone is not Tone.NONE:
        style = style._replace(fill=PAINTS[tone].ground, colour=PAINTS[tone].letters)
    put_line(canvas, text, style)


def put_line(canvas: Canvas, text: str, style: Style) -> None:
    """A text in one cell over all columns, as high as it takes."""
    deep = lines(text, style.size, canvas.room, bold=style.bold)
    whole = 0, canvas.columns, canvas.book.style(style), text
    canvas.sheet.lay([whole], height(deep, style.size))
