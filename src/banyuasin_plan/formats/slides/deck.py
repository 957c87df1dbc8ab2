"""The deck itself: its slides, and what stands on every one of them. All measures in points."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from banyuasin_plan.formats.cells import heading_words
from banyuasin_plan.formats.slides.fitting import fitted, high
from banyuasin_plan.formats.workbook.styles import FAINT, INK, NAVY, PAINTS, PALE
from banyuasin_plan.report import Tone
from banyuasin_plan.words import Lang, label, say

if TYPE_CHECKING:
    from banyuasin_plan.report import Note, Report, Sheet

WIDE, HIGH = 960.0, 540.0
SIDE, TOP, BOTTOM, GAP = 36.0, 28.0, 496.0, 12.0
FONT = "Calibri"
TITLE, SAID, BODY, SMALL = 30.0, 18.0, 13.0, 10.5
TITLE_ONLY = 5
"""The layout of python-pptx's own template that has a title and nothing else."""

TEMPLATE_WIDE = 720.0
"""How wide that template is; its layouts are stretched to 16:9."""

SPOKEN = {Lang.ID: MSO_LANGUAGE_ID.INDONESIAN, Lang.EN: MSO_LANGUAGE_ID.ENGLISH_UK}
"""So that no spelling is called wrong by the program that shows it."""


class Box(NamedTuple):
    """A place on a slide."""

    left: float
    top: float
    width: float
    height: float


class Look(NamedTuple):
    """How a piece of text is set."""

    size: float = BODY
    bold: bool = False
    colour: str = INK
    across: Any = PP_ALIGN.LEFT
    down: Any = MSO_ANCHOR.TOP


class Slide:
    """One slide, and how text and shapes come onto it."""

    def __init__(self, deck: Deck, shown: Any) -> None:
        """An empty slide."""
        self.lang, self.shapes, self.report = deck.lang, shown.shapes, deck.report

    def say(self, box: Box, note: Note) -> Box:
        """What the slide says in one sentence; the room that is left."""
        colour = PAINTS[note.tone].letters if note.tone is not Tone.NONE else INK
        self.text(box._replace(height=30.0), say(note.text, self.lang), Look(SAID, colour=colour))
        used = 30.0 + GAP
        return Box(box.left, box.top + used, box.width, box.height - used)

    def text(self, box: Box, text: str, look: Look, most: int | None = None) -> None:
        """A text in a box of its own, cut to what fits."""
        shape = self.shapes.add_textbox(*(Pt(value) for value in box))
        self.write(shape.text_frame, box, text, look, most)

    def block(self, box: Box, fill: str, text: str = "", look: Look | None = None) -> None:
        """A filled rectangle, with a text in it or without."""
        shape = self.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Pt(value) for value in box))
        shape._element.remove(shape._element.find(qn("p:style")))  # noqa: SLF001 - shadows and all
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour_of(fill)
        shape.line.fill.background()
        if text and look:
            self.write(shape.text_frame, box, text, look)

    def write(self, frame: Any, box: Box, text: str, look: Look, most: int | None = None) -> None:
        """Fill a frame with as much of the text as its box holds."""
        lines = most or max(int(box.height / high(1, look.size)), 1)
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = look.down
        paragraph = frame.paragraphs[0]
        paragraph.alignment = look.across
        run = paragraph.add_run()
        run.text = fitted(text, look.size, box.width, lines, bold=look.bold)
        set_font(run.font, look, self.lang)


class Deck:
    """All slides, 16:9, in one language; made on the data date, whenever that was."""

    def __init__(self, report: Report, lang: Lang) -> None:
        """No slide yet."""
        self.report, self.lang = report, lang
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = Pt(WIDE), Pt(HIGH)
        _stretch(self.file.slide_master)
        core, heading = self.file.core_properties, report.heading
        made = datetime.combine(heading.as_of, time())
        core.created = core.modified = core.last_printed = made
        core.author = core.last_modified_by = heading.plan
        core.title, core.language = f"{heading.plan} {heading.as_of}", str(lang)
        core.revision = 1
        self.count = 0

    def slide(self, sheet: Sheet) -> tuple[Slide, Box]:
        """A new slide with its title, notice, foot and number; and the room that is left."""
        self.count += 1
        shown = self.file.slides.add_slide(self.file.slide_layouts[TITLE_ONLY])
        slide, heading = Slide(self, shown), self.report.heading
        slide.block(Box(0, 0, WIDE, 8), NAVY)
        title = Box(SIDE, TOP, WIDE - 2 * SIDE, high(1, TITLE))
        shape = shown.shapes.title
        shape.left, shape.top, shape.width, shape.height = (Pt(value) for value in title)
        slide.write(
            shape.text_frame, title, self._title(sheet), Look(TITLE, bold=True, colour=NAVY)
        )
        top = title.top + title.height + 4
        if heading.notice:
            strip = Box(SIDE, top, WIDE - 2 * SIDE, 18)
            warned = PAINTS[Tone.RISK]
            slide.block(strip, warned.ground)
            inner = Box(SIDE + 8, top + 2, strip.width - 16, 15)
            slide.text(inner, heading.notice, Look(11, bold=True, colour=warned.letters), most=1)
            top += 18 + GAP
        self._foot(slide)
        return slide, Box(SIDE, top, WIDE - 2 * SIDE, BOTTOM - top)

    def _title(self, sheet: Sheet) -> str:
        heading = self.report.heading
        if sheet.id != "today":
            return label(f"sheet.slides.{sheet.id}", self.lang)
        if heading.day < 1:
            return label("slide.before", self.lang, until=1 - heading.day)
        return label("sheet.slides.today", self.lang, day=heading.day, days=heading.days)

    def _foot(self, slide: Slide) -> None:
        """The plan and its day, and the slide's number."""
        heading = self.report.heading
        said = f"{heading.name} · {heading_words(heading, self.lang)}"
        slide.block(Box(0, 506, WIDE, 34), PALE)
        look = Look(SMALL, colour=FAINT, down=MSO_ANCHOR.MIDDLE)
        slide.text(Box(SIDE, 506, WIDE - 2 * SIDE - 40, 34), said, look, most=1)
        right = look._replace(across=PP_ALIGN.RIGHT)
        slide.text(Box(WIDE - SIDE - 30, 506, 30, 34), str(self.count), right, most=1)


def colour_of(text: str) -> RGBColor:
    """A colour by its `#RRGGBB`."""
    found: RGBColor = RGBColor.from_string(text.removeprefix("#"))
    return found


def set_font(font: Any, look: Look, lang: Lang) -> None:
    """Set a font as the look has it."""
    font.name, font.size, font.bold = FONT, Pt(look.size), look.bold
    font.color.rgb = colour_of(look.colour)
    font.language_id = SPOKEN[lang]


def _stretch(master: Any) -> None:
    """Bring the template's layouts to 16:9, for slides that somebody adds."""
    for place in (master, *master.slide_layouts):
        for shape in place.placeholders:
            left, width = shape.left, shape.width
            shape.left, shape.width = (
                int(left * WIDE / TEMPLATE_WIDE),
                int(width * WIDE / TEMPLATE_WIDE),
            )
