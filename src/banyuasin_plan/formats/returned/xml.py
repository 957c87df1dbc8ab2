"""XML that is walked through without being built: depth, size and tricks are seen in passing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from banyuasin_plan.formats.returned import limits
from banyuasin_plan.formats.returned.refusing import Refused, refuse
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Callable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/"
UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
BETWEEN = " "
"""What expat puts between a namespace and a name; no namespace holds a blank."""


def walk(
    xml: bytes,
    start: Callable[[str, dict[str, str], int], object],
    end: Callable[[str, int], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Call back for every tag and text; raises Refused.

    Names are `namespace name`; with a tag goes the place of its first byte. Declarations of a
    document type are refused, and with them every entity that XML does not know by itself.
    """
    if xml.startswith(UTF16):
        refuse("damaged")
    parser: Any = expat.ParserCreate(namespace_separator=BETWEEN)
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.DEPTH or sum(map(len, attributes.values())) > limits.PIECE_CHARACTERS:
            refuse("too_much")
        if name.startswith(STRICT):
            refuse("strict")
        start(name, attributes, parser.CurrentByteIndex)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name, parser.CurrentByteIndex)

    def refuse_long(said: str) -> None:
        if len(said) > limits.PIECE_CHARACTERS:
            refuse("too_much")

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text
    parser.CommentHandler = refuse_long
    parser.ProcessingInstructionHandler = lambda _, said: refuse_long(said)
    parser.StartDoctypeDeclHandler = lambda *_: refuse("entities")
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes no names
    except (expat.ExpatError, ValueError, LookupError) as error:  # an unknown encoding is the last
        raise Refused(message("returned.damaged")) from error
