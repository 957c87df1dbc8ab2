"""What a form is written with: styles, fitting texts, rows that grow with what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from banyuasin_plan.form.sealing import seal
from banyuasin_plan.form.shown import Look
from banyuasin_plan.formats.workbook.measuring import HIGHEST, height, lines
from banyuasin_plan.formats.workbook.styles import FAINT, INK, PAINTS
from banyuasin_plan.formats.workbook.texts import Texts
from banyuasin_plan.report import Tone
from banyuasin_plan.words import Lang, Message, label, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format

    from banyuasin_plan.form.shown import Line, Page

FONT = "Calibri"
SIZE = 10.0
"""Of letters, in points."""

SEALS_A_CELL = 3_000

LOOKS: dict[Look, dict[str, Any]] = {
    Look.PLAIN: {"font_color": INK},
    Look.STRONG: {"font_color": INK, "bold": True},
    Look.FAINT: {"font_color": FAINT},
    Look.BAD: {"font_color": PAINTS[Tone.BAD].strong, "bold": True},
}
"""How each piece of text is set."""


class FormSheet(Worksheet):
    """A sheet whose rows are as high as they are measured, and grow with what is typed in them.

    XlsxWriter calls every height custom, which keeps Excel from fitting the row again. What is
    shown is kept sealed in `seals`.
    """

    def __init__(self) -> None:
        """Nothing is shown yet."""
        super().__init__()
        self.seals: set[str] = set()

    def _write_string(self, row: int, col: int, string: str, *look: Any) -> Any:
        self.seals.add(seal(string))
        return super()._write_string(row, col, string, *look)

    def _write_rich_string(self, row: int, col: int, *pieces: Any) -> Any:
        self.seals.add(seal("".join(piece for piece in pieces if isinstance(piece, str))))
        return super()._write_rich_string(row, col, *pieces)

    def _write_datetime(self, row: int, col: int, date: Any, *look: Any) -> Any:
        self.seals.add(seal(date.date().isoformat()))
        return super()._write_datetime(row, col, date, *look)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if tag == "row":
            attributes = [one for one in attributes if one[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class FormWorkbook(Workbook):
    """A workbook of such sheets."""

    worksheet_class = FormSheet

    def seals(self) -> list[str]:
        """Those of all that is shown so far, in order, as many together as a cell holds."""
        sheets = (one for one in self.worksheets() if isinstance(one, FormSheet))
        found = sorted({each for sheet in sheets for each in sheet.seals})
        cells = range(0, len(found), SEALS_A_CELL)
        return [" ".join(found[start : start + SEALS_A_CELL]) for start in cells]


class Pens:
    """What all sheets of a form are written with: its page, its language, styles made once."""

    def __init__(self, book: Workbook, page: Page) -> None:
        """No style yet."""
        self.book, self.page, self.lang = book, page, Lang(page.form.lang)
        self.texts = Texts()
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> Format:
        """A style with these properties, as XlsxWriter names them."""
        whole = {"font_name": FONT, "font_size": SIZE, **properties}
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(whole)
        return self._formats[key]

    def word(self, key: str, **params: object) -> str:
        """A word of ours by its key."""
        return label(f"form.{key}", self.lang, **params)

    def said(self, text: str | Message) -> str:
        """A text as a cell can hold it."""
        return self.texts.fitting(say(text, self.lang) if isinstance(text, Message) else text)

    def line(self, text: str | Message) -> str:
        """A text as one of the lines of a cell, its end included."""
        return self.said(f"{say(text, self.lang) if isinstance(text, Message) else text}\n")


def write_lines(
    sheet: Worksheet, place: tuple[int, int], parts: Sequence[Line], pens: Pens, **cell: Any
) -> None:
    """Lines of different looks in one cell that wraps; text stays text, whatever it holds."""
    row, column = place
    style = pens.style(text_wrap=True, **cell)
    pieces: list[str | Format] = []
    for number, part in enumerate(parts):
        text = pens.line(part.text)
        last = number == len(parts) - 1
        pieces += [pens.style(**LOOKS[part.look]), text.rstrip("\n") if last else text]
    if not parts:
        sheet.write_blank(row, column, None, style)
    elif len(parts) == 1:
        one = pens.style(text_wrap=True, **{**LOOKS[parts[0].look], **cell})
        sheet.write_string(row, column, pens.said(parts[0].text), one)
    else:
        sheet.write_rich_string(row, column, *pieces, style)


def lines_of(parts: Sequence[Line], room: float, pens: Pens) -> int:
    """How many lines the parts take in a cell `room` points wide."""
    bold = (Look.STRONG, Look.BAD)
    return sum(lines(pens.said(p.text), SIZE, room, bold=p.look in bold) for p in parts)


def high(count: int) -> float:
    """How high a row is with so many lines, as far as Excel lets it be."""
    return min(height(count, SIZE), HIGHEST)


def room_of(digits: float) -> float:
    """How wide a column of so many digits is in points: 7 pixels each, and 5 around them."""
    return (digits * 7 + 5) * 0.75
