"""Text on a terminal: how wide it is, where it breaks, and how it is coloured.

Rich does all of this and more, at half the time that `plan status` may take (decision 14).
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STYLES = {
    "bold": "1",
    "title": "1;4",
    "dim": "90",
    "warning": "1;33",
    "blue": "34",
    "green": "32",
    "yellow": "33",
    "orange": "38;5;208",
    "red": "1;31",
    "grey": "90",
}
"""SGR parameters by style (ECMA-48); the colours of statuses by their names."""


def styled(text: str, style: str, *, colour: bool) -> str:
    """The text in a style, where the screen has colours; nothing stays nothing."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if colour and style and text else text


def width(text: str) -> int:
    """How many columns the text takes: two for wide letters, none for marks on the one before.

    After Unicode's East Asian Width (UAX 11) and general categories.
    """
    if text.isascii():
        return len(text)
    return sum(_columns(letter) for letter in text)


def wrapped(text: str, columns: int | None) -> list[str]:
    """The text in lines of at most so many columns, broken between words where it can be."""
    if columns is None or width(text) <= columns:
        return [text]
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer) <= columns:
            lines[-1] = longer
            continue
        if not lines[-1]:
            lines.pop()
        *whole, rest = _broken(word, columns)
        lines += [*whole, rest]
    return lines


def flowed(parts: Sequence[str], between: str, columns: int | None) -> list[str]:
    """The parts in as few lines as there is room for, broken only where one alone is too long."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{between}{part}" if lines else part
        if lines and columns and width(longer) > columns:
            lines.append(part)
        else:
            lines[-1:] = [longer]
    return [piece for line in lines for piece in wrapped(line, columns)]


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up to so many columns, on its left where it is to stand right."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def cut(text: str, columns: int, *, plain: bool) -> str:
    """The text, or as much of it as so many columns hold, its end marked as missing."""
    if width(text) <= columns:
        return text
    while text and width(text) >= columns:
        text = text[:-1]
    return text.rstrip() + ("~" if plain else "…")


def _broken(word: str, columns: int) -> list[str]:
    """A word in pieces of at most so many columns, an id after one of its hyphens."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter) > columns:
            end = pieces[-1].rfind("-") + 1
            pieces[-1:] = [pieces[-1][:end], pieces[-1][end:]] if end else [pieces[-1], ""]
        pieces[-1] += letter
    return pieces


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
