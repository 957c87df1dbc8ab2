"""Figures as tiles, and the hundred days as a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from banyuasin_plan.formats.cells import readable, sign
from banyuasin_plan.formats.slides.deck import GAP, Box, Look
from banyuasin_plan.formats.workbook.styles import FAINT, INK, NAVY, PAINTS, PALE
from banyuasin_plan.report import Tally, Tone
from banyuasin_plan.words import label
from banyuasin_plan.words.writing import short_date

if TYPE_CHECKING:
    from banyuasin_plan.formats.slides.deck import Slide
    from banyuasin_plan.report import Figure, Figures, Timeline

BAR, UNDER, TILE, STATUS = 16.0, 20.0, 96.0, 74.0
DATED = 130.0
"""How much room a date takes."""

A_ROW = 3
BIG, LABEL = 34.0, 14.0


def timeline(slide: Slide, box: Box, line: Timeline) -> Box:
    """The days of the plan as a bar, with those that are over filled; the room that is left."""
    total = (line.last - line.first).days + 1
    over = min(max((line.today - line.first).days + 1, 0), total)
    slide.block(Box(box.left, box.top, box.width, BAR), PALE)
    if over:
        slide.block(Box(box.left, box.top, box.width * over / total, BAR), NAVY)
    end = box.left + box.width * over / total
    left, right = box.left, box.left + box.width - DATED
    for day, at, side in (
        (line.first, left, PP_ALIGN.LEFT),
        (line.today, min(max(end - DATED / 2, left + DATED), right - DATED), PP_ALIGN.CENTER),
        (line.last, right, PP_ALIGN.RIGHT),
    ):
        now = day == line.today
        look = Look(13, bold=now, colour=INK if now else FAINT, across=side)
        place = Box(at, box.top + BAR + 3, DATED, UNDER)
        slide.text(place, short_date(day, slide.lang), look, most=1)
    used = BAR + UNDER + GAP
    return Box(box.left, box.top + used, box.width, box.height - used)


def figures(slide: Slide, box: Box, shown: Figures) -> Box:
    """A tile for each figure, and a row of tiles for how many have which status."""
    single = [one for one in shown.items if not isinstance(one.value, Tally)]
    top = box.top
    for start in range(0, len(single), A_ROW):
        _row(slide, box._replace(top=top), single[start : start + A_ROW])
        top += TILE + GAP
    for one in shown.items:
        if isinstance(one.value, Tally):
            _tally(slide, box._replace(top=top), one.value)
            top += STATUS + GAP
    return Box(box.left, top, box.width, box.height - (top - box.top))


def _row(slide: Slide, box: Box, shown: list[Figure]) -> None:
    wide = (box.width - GAP * (A_ROW - 1)) / A_ROW
    for place, one in enumerate(shown):
        left = box.left + place * (wide + GAP)
        slide.block(Box(left, box.top, wide, TILE), PALE)
        name = Box(left + 14, box.top + 12, wide - 28, 20)
        slide.text(name, label(f"figure.{one.id}", slide.lang), Look(LABEL, colour=FAINT), most=1)
        value = readable(one.value, one.kind, slide.lang) or "-"
        bad = one.id == "deviation" and isinstance(one.value, int | float) and one.value < 0
        colour = PAINTS[Tone.BAD].strong if bad else INK
        under = Box(left + 14, box.top + 38, wide - 28, 46)
        slide.text(under, value, Look(BIG, bold=True, colour=colour), most=1)


def _tally(slide: Slide, box: Box, tally: Tally) -> None:
    """How many milestones have each status, as colour, sign, word and number."""
    wide = (box.width - GAP * (len(tally.counts) - 1)) / len(tally.counts)
    for place, (tone, count) in enumerate(tally.counts):
        paint, left = PAINTS[tone], box.left + place * (wide + GAP)
        slide.block(Box(left, box.top, wide, STATUS), paint.ground)
        slide.block(Box(left, box.top, 6, STATUS), paint.strong)
        number = Box(left + 18, box.top + 8, wide - 26, 34)
        slide.text(number, str(count), Look(26, bold=True, colour=paint.letters), most=1)
        name = f"{sign(tone, plain=False)} {label(f'status.{tone}', slide.lang)}"
        words = Look(13, colour=paint.letters, down=MSO_ANCHOR.MIDDLE)
        slide.text(Box(left + 18, box.top + 44, wide - 26, 22), name, words, most=1)
