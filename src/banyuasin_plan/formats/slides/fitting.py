"""Text that stays in its box: measured, and cut between words where there is no room for all."""

from __future__ import annotations

from banyuasin_plan.formats.workbook.measuring import PADDING, lines
from banyuasin_plan.words.writing import escape

CUT = "…"
LEADING = 1.22
"""The height of a line to the size of its letters, as the font has it."""

NO_BREAK = "\N{NO-BREAK SPACE}"


def plain(text: str) -> str:
    """A text on one line, without what could steer whatever shows it."""
    return " ".join(escape(text).split())


def count_lines(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """How many lines a text takes in so many points of width, nothing kept free around it."""
    return lines(text, size, width + PADDING, bold=bold)


def fitted(text: str, size: float, width: float, most: int, *, bold: bool = False) -> str:
    """The text, or as many of its words as fit in so many lines, with a mark that it goes on."""
    whole = plain(text)
    if count_lines(whole, size, width, bold=bold) <= most:
        return whole
    words = whole.split(" ")
    low, high = 0, len(words) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if count_lines(_cut(words[:middle]), size, width, bold=bold) <= most:
            low = middle
        else:
            high = middle - 1
    return _cut(words[:low]) if low else _broken(words[0], size, width, most, bold=bold)


def _cut(words: list[str]) -> str:
    return " ".join(words).rstrip(",;:.- ") + CUT


def _broken(word: str, size: float, width: float, most: int, *, bold: bool) -> str:
    """As much of one word, which alone is too long, as fits."""
    length = len(word)
    while length > 1 and count_lines(word[:length] + CUT, size, width, bold=bold) > most:
        length -= 1
    return word[:length] + CUT


def high(count: int, size: float) -> float:
    """How high so many lines are, in points."""
    return count * size * LEADING
