"""A deck as PowerPoint has it: 16:9, a sheet of the report a slide, charts that can be edited.

Texts of a plan are text and nothing else: no link, no field, no other part is made of them.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from banyuasin_plan.formats.slides.charts import draw
from banyuasin_plan.formats.slides.deck import BOTTOM, GAP, Box, Deck
from banyuasin_plan.formats.slides.tables import lay_out, needed
from banyuasin_plan.formats.slides.tiles import figures, timeline
from banyuasin_plan.report import Chart, Figures, Note, Sheet, Table, Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.formats.slides.deck import Slide
    from banyuasin_plan.report import Piece, Report
    from banyuasin_plan.words import Lang

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The moment all parts of the file were made at, as far as anybody can tell from it."""

CHART_SHARE = 0.54
"""How much of a slide's width a chart of groups takes beside its table."""


def write_slides(report: Report, lang: Lang) -> bytes:
    """The deck; the same report gives the same bytes."""
    deck = Deck(report, lang)
    for sheet in report.blocks:
        if isinstance(sheet, Sheet):
            _write_slide(deck, sheet)
    out = BytesIO()
    deck.file.save(out)
    return _timeless(out.getvalue())


def _write_slide(deck: Deck, sheet: Sheet) -> None:
    """A slide: its title, what it says in one sentence, and what shows that."""
    slide, box = deck.slide(sheet)
    rest: list[Piece] = []
    for piece in sheet.pieces:
        if isinstance(piece, Note):
            box = slide.say(box, piece)
        elif isinstance(piece, Timeline):
            box = timeline(slide, box, piece)
        elif isinstance(piece, Figures):
            box = figures(slide, box, piece)
        else:
            rest.append(piece)
    charts = [piece for piece in rest if isinstance(piece, Chart)]
    tables = [piece for piece in rest if isinstance(piece, Table)]
    if charts:
        _with_chart(slide, box, charts[0], tables)
    else:
        _with_tables(slide, box, tables)


def _with_chart(slide: Slide, box: Box, chart: Chart, tables: Sequence[Table]) -> None:
    """A chart, and beside one of bars the table it is drawn from."""
    table = next(one for one in tables if one.id == chart.table)
    wide = box.width if chart.kind == "line" else box.width * CHART_SHARE
    draw(slide, box._replace(width=wide), chart, table)
    if chart.kind != "line":
        left = box.left + wide + GAP
        lay_out(slide, Box(left, box.top, box.width - wide - GAP, box.height), table)


def _with_tables(slide: Slide, box: Box, tables: Sequence[Table]) -> None:
    """Tables below one another, each with as much of the room as it needs, at most its share."""
    for place, table in enumerate(tables):
        left = len(tables) - place
        room = BOTTOM - box.top
        share = (
            room if left == 1 else max(room / left, room - needed(slide, box, tables[place + 1]))
        )
        used = lay_out(slide, box._replace(height=share), table, titled=len(tables) > 1)
        box = box._replace(top=box.top + used + GAP, height=room - used - GAP)


def _timeless(data: bytes) -> bytes:
    """The same file without the moment at which it was made."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for one in given.infolist():
            part = ZipInfo(one.filename, EARLIEST)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0
            made.writestr(part, given.read(one))
    return out.getvalue()
