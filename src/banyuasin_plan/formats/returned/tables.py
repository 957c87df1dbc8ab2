"""The parts of a workbook that its cells point into: texts, and how numbers are shown."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from banyuasin_plan.formats.returned import limits
from banyuasin_plan.formats.returned.refusing import refuse
from banyuasin_plan.formats.returned.xml import MAIN, walk

WHOLE = re.compile(r"\d{1,9}\Z", re.ASCII)
STRING = f"{MAIN} si"
FORMAT, STYLES, STYLE = (f"{MAIN} {name}" for name in ("numFmt", "cellXfs", "xf"))
STYLESHEET = (
    '<styleSheet xmlns="{main}"><numFmts>{formats}</numFmts><fonts><font/></fonts>'
    "<fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    "<cellXfs>{styles}</cellXfs></styleSheet>"
)


def count_strings(xml: bytes | None) -> int:
    """How many shared texts there are, none of them longer than a cell."""
    if xml is None:
        return 0
    count = length = 0

    def start(name: str, _: dict[str, str], __: int) -> None:
        nonlocal count, length
        if name == STRING:
            count += 1
            length = 0
            if count > limits.STRINGS:
                refuse("cells", most=limits.CELLS)

    def write(text: str) -> None:
        nonlocal length
        length += len(text)
        if length > limits.CELL_CHARACTERS + 1:
            refuse("long_text", most=limits.CELL_CHARACTERS)

    walk(xml, start, text=write)
    return count


def number_formats(xml: bytes | None) -> str:
    """A stylesheet that says how numbers are shown and nothing else.

    Programs write colours and fonts in many ways; none of them is about a value.
    """
    formats: list[str] = []
    styles: list[str] = []
    among_styles = False

    def start(name: str, attributes: dict[str, str], _: int) -> None:
        nonlocal among_styles
        number = attributes.get("numFmtId", "0")
        if len(formats) + len(styles) > limits.FORMATS or not WHOLE.match(number):
            refuse("damaged")
        if name == FORMAT:
            code = quoteattr(attributes.get("formatCode", ""))
            formats.append(f'<numFmt numFmtId="{number}" formatCode={code}/>')
        elif name == STYLES:
            among_styles = True
        elif name == STYLE and among_styles:
            styles.append(f'<xf numFmtId="{number}"/>')

    def end(name: str, _: int) -> None:
        nonlocal among_styles
        among_styles = among_styles and name != STYLES

    if xml is not None:
        walk(xml, start, end)
    return STYLESHEET.format(main=MAIN, formats="".join(formats), styles="".join(styles) or "<xf/>")
