"""What a text may not hold, found by looking at its characters alone."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.source.complaints import Complaints
    from banyuasin_plan.source.nodes import Scalar

CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff"
BREAKS: Final = "\x85\u2028\u2029"
BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
HIDDEN: Final = (
    "\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
MARK: Final = "\ufeff"

KINDS: Final = {
    "character.control": f"[{CONTROL}]+",
    "character.break": f"(?:\r(?!\n)|[{BREAKS}])+",
    "character.bidi": f"[{BIDI}]+",
    "character.hidden": f"[{HIDDEN}]+",
    "character.bom": f"{MARK}+",
}
ANY: Final = f"[{CONTROL}{BREAKS}{BIDI}{HIDDEN}{MARK}]|\r(?!\n)"
UNREADABLE: Final = f"(?:[{CONTROL}{BREAKS}{MARK}]|\r(?!\n))+"
"""What the parser would stop at, or take for the end of a line where no editor shows one.

These are compiled when a file asks for them; most hold nothing odd.
"""

INDENTING_TAB: Final = re.compile(r"^ *(\t[\t ]*)", re.MULTILINE)
BLOCK_HEADER: Final = re.compile(r"(?:.*?(?:: +|- +))?[|>][-+1-9]{0,2}[ \t]*(?:#.*)?$")
DASHES: Final = re.compile(r" *(?:- +)*")
BEFORE_CONTENT: Final = re.compile(r"\s*+(?:#[^\n]*+\s*+)*+")
DIRECTIVE: Final = re.compile(r"^%[^\r\n]*", re.MULTILINE)
ESCAPE: Final = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL
)
NAMED: Final = {
    "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "v": "\v", "f": "\f", "r": "\r",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
INNOCENT: Final = bytes(
    {*range(0x20, 0x7F), *b"\t\n\r", *range(0x80, 0x100)}
    - {0xC2, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF3}
)
"""Bytes of UTF-8 that are no part of a forbidden character, or not its first."""

BOM: Final = codecs.BOM_UTF8
UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Garbled(NamedTuple):
    """Bytes that are not UTF-8: the first of them, its offset in the text, and how many."""

    offset: int
    byte: str
    many: int


def decoded(data: bytes) -> tuple[str, Garbled | None]:
    """The bytes as text, with a replacement character for each that is not UTF-8."""
    try:
        return data.decode(), None
    except UnicodeDecodeError as error:
        text = data.decode(errors="replace")
        before = len(data[: error.start].decode())
        count = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
        return text, Garbled(before, f"0x{data[error.start]:02X}", count)


def scan(complaints: Complaints) -> str:
    """Complain about every character that may not stand in a plan.

    Returns the text for the parser: the same length, without what it would stumble over.
    """
    text = readable = complaints.source.text
    if scan_is_needed(text):
        _characters(text, complaints)
        readable = text if complaints.full else re.sub(UNREADABLE, _blank, text)
    if "\t" in text:
        for start, end in _indenting_tabs(text):
            complaints.add("tab", start, end)
            if complaints.full:
                break
    return _without_directives(readable, complaints)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def scan_is_needed(text: str) -> bool:
    """Whether a text may hold a character that has no place in it; quick, and never wrong by No.

    Bytes are sifted many times faster than characters: what is left over are controls and the
    first bytes of the blocks that hold the rest. A file with Windows line ends is innocent.
    """
    odd = text.encode().translate(None, INNOCENT)
    return bool(odd) or text.count("\r") != text.count("\r\n")


def check_escapes(scalars: list[Scalar], complaints: Complaints) -> None:
    """Complain about characters that are spelled out in quotes to get past the eye."""
    text = complaints.source.text
    for scalar in scalars if "\\" in text else ():
        for escape in ESCAPE.finditer(text, scalar.start, scalar.end):
            if complaints.full:
                return
            letter = _unescaped(escape)
            if re.match(ANY, letter):
                shown, code = escape[0], code_point(letter)
                complaints.add(
                    "character.escape", escape.start(), escape.end(), escape=shown, code=code
                )


def content_at(text: str, start: int, end: int) -> int:
    """Where the next thing stands that is neither blank nor a comment; `end` where none does."""
    return next(BEFORE_CONTENT.finditer(text, start, end)).end()


def code_point(letter: str) -> str:
    """A character's name for people who can't see it: `U+200B`."""
    return f"U+{ord(letter):04X}"


def _characters(text: str, complaints: Complaints) -> None:
    for key, pattern in KINDS.items():
        kind = re.compile(pattern)
        found = kind.search(text)
        while found and not complaints.full:
            stop = text.find("\n", found.start())
            stop = len(text) if stop < 0 else stop
            line = text[found.start() : stop + 1]
            count = len(line) - len(kind.sub("", line))
            complaints.add(key, *found.span(), code=code_point(found[0][0]), n=count)
            found = kind.search(text, stop)


def _indenting_tabs(text: str) -> Iterator[tuple[int, int]]:
    """Tabs before the first letter of a line, unless they belong to a block of text."""
    parent: int | None = None
    offset = 0
    for line in text.split("\n"):
        if parent is None or not _continues(line, parent):
            parent = _block_parent(line.rstrip())
            tab = INDENTING_TAB.match(line)
            if tab:
                yield offset + tab.start(1), offset + tab.end(1)
        offset += len(line) + 1


def _continues(line: str, parent: int) -> bool:
    indent = len(line) - len(line.lstrip(" "))
    return indent > parent or not line.strip(" \r\n")


def _block_parent(line: str) -> int | None:
    """The column that a block of text must be deeper than, where this line begins one."""
    if not line or line[-1].isalpha() or not BLOCK_HEADER.match(line):
        return None
    width = next(DASHES.finditer(line)).end()
    return width if line[width] not in "|>" else line.rfind("-", 0, width)


def _unescaped(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2] or escape[3]
    if digits:
        return chr(int(digits, 16))
    return NAMED.get(escape[4], "")


def _without_directives(text: str, complaints: Complaints) -> str:
    """The text with directives turned into comments, so that what follows is still read."""
    pieces, done = [], 0
    start = content_at(text, 0, len(text))
    while not complaints.full and (found := DIRECTIVE.match(text, start)):
        complaints.add("directive", *found.span(), name=found[0])
        pieces += [text[done:start], "#"]
        done = start + 1
        start = content_at(text, found.end(), len(text))
    return "".join([*pieces, text[done:]])
