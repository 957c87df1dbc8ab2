"""How cells look: one place for every colour, size and number format of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import Kind, Tone

if TYPE_CHECKING:
    from banyuasin_plan.words import Lang

INK = "#1F2933"
FAINT = "#5F6B7A"
NAVY = "#17375E"
PALE = "#EEF2F7"
LINE = "#C9D1DB"
WHITE = "#FFFFFF"
BAR = "#9DC3E6"
"""What a data bar is filled with."""

BODY, SMALL, TITLE = 10.0, 9.0, 16.0
"""Sizes of letters in points."""


THIN, MEDIUM, THICK = 1, 2, 5
"""Lines as XlsxWriter numbers them."""


class Paint(NamedTuple):
    """What a status is painted with: the ground, the letters on it, and the strong colour."""

    ground: str
    letters: str
    strong: str


PAINTS = {
    Tone.BAD: Paint("#F8D7DA", "#8B1A1A", "#C0392B"),
    Tone.RISK: Paint("#FCE4CF", "#8A4B08", "#E67E22"),
    Tone.WATCH: Paint("#FFF5CC", "#6B5900", "#F1C40F"),
    Tone.GOOD: Paint("#DCF2E0", "#1E5B2F", "#27AE60"),
    Tone.DONE: Paint("#D9E8F6", "#174A7C", "#2E75B6"),
    Tone.NONE: Paint("#ECEFF1", "#4A5560", "#95A5A6"),
}
"""Ground and letters of each status keep a contrast of at least 7 to 1 (WCAG AAA)."""


class Style(NamedTuple):
    """How a cell looks; `number` is a number format.

    `line` is the colour of thin lines around it; sides by their names are thin above and below,
    stronger left and right; `thick` is the colour of a thick line below.
    """

    size: float = BODY
    bold: bool = False
    italic: bool = False
    colour: str = INK
    fill: str = ""
    line: str = ""
    across: str = ""
    down: str = "top"
    wrap: bool = False
    number: str = ""
    indent: int = 0
    top: str = ""
    bottom: str = ""
    left: str = ""
    right: str = ""
    underline: bool = False
    thick: str = ""

    def properties(self) -> dict[str, object]:
        """The same as XlsxWriter names it."""
        found: dict[str, object] = {"font_size": self.size, "font_color": self.colour}
        if self.fill:
            found["bg_color"] = self.fill
        for side in ("top", "bottom", "left", "right"):
            if colour := getattr(self, side) or self.line:
                found[side] = THIN if side in {"top", "bottom"} or self.line else MEDIUM
                found[f"{side}_color"] = colour
        if self.thick:
            found |= {"bottom": THICK, "bottom_color": self.thick}
        names = {
            "bold": self.bold,
            "italic": self.italic,
            "text_wrap": self.wrap,
            "underline": int(self.underline),
            "indent": self.indent,
            "align": self.across,
            "num_format": self.number,
        }
        found |= {name: value for name, value in names.items() if value}
        found["valign"] = {"top": "top", "middle": "vcenter", "bottom": "bottom"}[self.down]
        return found


LOCALES = {"id": "[$-421]", "en": "[$-809]"}
"""Whose months, and in LibreOffice whose separators, a number format shows: `id-ID`, `en-GB`."""

NUMBERS = {
    Kind.DATE: "d mmm yyyy",
    Kind.COUNT: "#,##0.##",
    Kind.DIFFERENCE: "+#,##0;-#,##0;0",
    Kind.PERCENT: "0.0%",
    Kind.POINTS: "+0.0;-0.0;0.0",
    Kind.RATIO: "0.00",
    Kind.MONEY: '"Rp"#,##0',
}

WHOLE = "#,##0"

EDGE = "_)"
"""Numbers keep as much from the right edge as a bracket is wide."""


def number_format(kind: Kind, lang: Lang, *, whole: bool = True) -> str:
    """The number format of a kind; nothing for text. Counts with a fraction are not `whole`."""
    found = WHOLE if kind is Kind.COUNT and whole else NUMBERS.get(kind, "")
    locale = LOCALES[lang]
    if kind is Kind.DATE:
        return locale + found
    return ";".join(f"{locale}{part}{EDGE}" for part in found.split(";")) if found else ""
