"""How much room text takes in a cell: widths of letters, lines, heights. All in points.

The widths are those of Calibri and of Carlito, which is made to its measure and which LibreOffice
takes where Calibri is not installed.
"""

from __future__ import annotations

HIGHEST = 409.0
"""The most points Excel makes a row high; a file that asks for more it offers to repair."""

EM = 2048
"""Units of the font's own design that make its size."""

FIRST = 32
ADVANCES = (
    463, 667, 821, 1020, 1038, 1464, 1397, 452, 621, 621, 1020, 1020, 511, 627, 517, 791,
    1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 548, 548, 1020, 1020, 1020, 949,
    1831, 1185, 1114, 1092, 1260, 1000, 941, 1292, 1276, 516, 653, 1064, 861, 1751, 1322, 1356,
    1058, 1378, 1112, 941, 998, 1314, 1162, 1822, 1063, 998, 959, 628, 791, 628, 1020, 1020,
    596, 981, 1076, 866, 1076, 1019, 625, 964, 1076, 470, 490, 931, 470, 1636, 1076, 1080,
    1076, 1076, 714, 801, 686, 1076, 925, 1464, 887, 927, 809, 644, 943, 644, 1020,
)  # fmt: skip
"""The advance width of every printable ASCII letter, from the space on (`hmtx` of Carlito)."""

SPACE = ADVANCES[0]
WIDEST = 1200
"""What a letter that is not in the table is taken to be; signs come from wider fonts."""

BOLDER = 1.04
"""How much wider bold letters are at most, as long as they stand in words."""

GENEROUS = 1.05
"""Printers and other programs lay letters out a little wider than the font says."""

LINE = 1.27
"""The height of a line to the font's size: 1.22 by the font, and a little air."""

PADDING = 7.0
"""What a cell keeps free to the left and right of its text, both together."""

MARGIN = 3.5
"""What a row keeps free above and below its text, both together."""


class _Widths(dict[str, int]):
    """The widths of letters; one that is not among them is wide."""

    def __missing__(self, letter: str) -> int:
        return WIDEST


_WIDTHS = _Widths({chr(FIRST + place): advance for place, advance in enumerate(ADVANCES)})
_WORDS: dict[str, int] = {}
"""Words that were measured, in the font's units; a plan has the same ones again and again."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is on one line."""
    return _units(text) * size / EM * (BOLDER if bold else 1.0) * GENEROUS


def lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """How many lines the text takes in a cell so wide, broken between words where it can be."""
    if len(text) * size <= room - PADDING and "\n" not in text:  # no letter is wider than the size
        return 1
    most = (room - PADDING) * EM / (size * GENEROUS * (BOLDER if bold else 1.0))
    if most <= 0:
        return 1
    return sum(_lines(part, most) for part in text.split("\n"))


def _lines(text: str, most: float) -> int:
    """How many lines of so many units the text takes."""
    count, used = 1, 0.0
    for word in text.split(" "):
        wide: float = _WORDS.get(word) or _measured(word)
        if used + wide <= most:
            used += wide + SPACE
            continue
        if used:
            count += 1
        while wide > most:  # a word longer than its cell breaks anywhere
            count += 1
            wide -= most
        used = wide + SPACE
    return count


def _measured(word: str) -> int:
    found = _WORDS[word] = _units(word)
    return found


def _units(text: str) -> int:
    return sum(map(_WIDTHS.__getitem__, text))


def height(count: int, size: float) -> float:
    """How high a row is that holds so many lines."""
    return round(count * size * LINE + MARGIN, 2)
