"""A letter for WhatsApp: bold by asterisks, no tables, never longer than people scroll.

Where it is too long, lines are shortened between words, then left out and counted: last those of
the first section, which matters most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.words import label, message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.report import Letter
    from banyuasin_plan.words import Lang, Message

MOST = 1_000
"""Characters of a letter; WhatsApp folds longer ones behind "read more"."""

WIDTHS = (240, 120, 80, 50, 30)
"""How long a line may be, tried from the first; the last ones only where nothing else helps."""

SHORT = 80
"""How long a line is at least before one of a whole section is left out."""

FINE = (*WIDTHS[:1], *range(140, SHORT, -3), *WIDTHS[2:])
"""Widths in small steps, where no line should be left out."""

FEWEST = {240: 3, 120: 2, 80: 1}
"""How many lines a section keeps before all lines get shorter; none in the end."""

SHORTEST = 16
"""What a name keeps at least before the end of its line goes."""


def write_letter(letter: Letter, lang: Lang, most: int = MOST) -> str:
    """The letter in at most so many characters, a line feed at its end not counted."""
    text = ""
    for columns in FINE if any(section.whole for section in letter.sections) else WIDTHS:
        counts = [len(section.lines) for section in letter.sections]
        text = _written(letter, counts, columns, lang)
        kept = _fewest(letter, columns)
        while len(text) > most and (place := _longest(counts, kept)) is not None:
            counts[place] -= 1
            text = _written(letter, counts, columns, lang)
        if len(text) <= most:
            break
    return f"{text}\n"


def _fewest(letter: Letter, columns: int) -> list[int]:
    """How many lines each section keeps while lines are so long; a whole one all it can."""
    few = FEWEST.get(columns, 0)
    return [
        len(section.lines) if section.whole and columns > SHORT else few
        for section in letter.sections
    ]


def _longest(counts: Sequence[int], kept: Sequence[int]) -> int | None:
    """The section to take a line from: the longest after the first, which matters most."""
    places = [place for place, count in enumerate(counts) if place and count > kept[place]]
    if places:
        return max(places, key=lambda place: (counts[place], place))
    return 0 if counts and counts[0] > kept[0] else None


def shortened(text: str, columns: int) -> str:
    """The text on one line, cut between words where it is longer, its end marked as missing."""
    words = text.split()
    text = " ".join(words)
    if len(text) <= columns:
        return text
    while words and len(" ".join(words)) > columns - 2:
        words.pop()
    return " ".join([*words, "…"])


def fitted(line: Message, columns: int, lang: Lang) -> str:
    """A line on so many columns: what it calls the thing gives way first, then its end."""
    said = " ".join(say(line, lang).split())
    named = dict(line.params)
    if len(said) <= columns or not isinstance(named.get("name"), str):
        return shortened(said, columns)
    name = " ".join(str(named["name"]).split())
    room = max(columns - len(said) + len(name), SHORTEST)
    params = {**named, "name": shortened(name, room)}
    return shortened(say(message(line.key, **params), lang), columns)


def _written(letter: Letter, counts: Sequence[int], columns: int, lang: Lang) -> str:
    """The letter with so many lines of each section, and what the plan says so long at most."""
    title = shortened(say(letter.title, lang).replace("*", ""), columns)
    named = [shortened(say(line, lang), columns) for line in letter.named]
    parts = [[f"*{title}*", *filter(None, named)], [say(line, lang) for line in letter.opening]]
    for section, count in zip(letter.sections, counts, strict=True):
        lines = [fitted(line, columns, lang) for line in section.lines[:count]]
        if left := len(section.lines) - count:
            lines.append(label("letter.more" if count else "letter.count", lang, count=left))
        parts.append([f"*{say(section.title, lang)}*", *lines])
    parts.append([say(line, lang) for line in letter.closing])
    return "\n\n".join("\n".join(lines) for lines in parts if lines)
