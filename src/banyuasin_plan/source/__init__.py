"""YAML text to nodes that know their place, and what is wrong with the text.

One parser for reading and editing: libyaml's events, our own tree. A scalar is always text,
since the schema and not YAML says what it means; what a plan may not use (anchors, tags, hidden
characters, a second document) is refused where it stands, all of it in one go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.source import limits
from banyuasin_plan.source.comments import Comment, comments_of
from banyuasin_plan.source.complaints import Complaints
from banyuasin_plan.source.composing import Composer, ParserMissing
from banyuasin_plan.source.nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    is_nothing,
    key_of,
    locate,
)
from banyuasin_plan.source.scanning import BOM, UTF16, decoded, scan

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Finding

__all__ = [
    "Comment",
    "Entry",
    "Mapping",
    "Node",
    "Parsed",
    "ParserMissing",
    "Scalar",
    "Sequence",
    "Source",
    "is_nothing",
    "key_of",
    "limits",
    "locate",
    "parse",
]


class Parsed(NamedTuple):
    """What came out of a file: its tree, and every complaint about its text.

    `root` is None where there is nothing to read. `whole` is False when the tree lacks
    something that the author wrote, or may: then nothing can be said about what it has not.
    What is in it was read to its end, but for the root and lists. `comments` are those that
    speak to the program.
    """

    source: Source
    root: Node | None
    findings: tuple[Finding, ...]
    whole: bool
    nodes: int
    comments: tuple[Comment, ...] = ()


def parse(name: str, data: bytes) -> Parsed:
    """The tree of a YAML file and all that is wrong with its text.

    Raises ParserMissing where ruamel.yaml's C part is not installed; nothing that a file may
    hold raises anything.
    """
    if len(data) > limits.FILE_BYTES:
        return _refused(name, "too_large.file", n=len(data), limit=limits.FILE_BYTES)
    if data.startswith(UTF16):
        return _refused(name, "not_utf8.utf16")
    bom = data.startswith(BOM)
    text, garbled = decoded(data[len(BOM) :] if bom else data)
    complaints = Complaints(Source(name, text, bom=bom))
    if garbled:
        at = garbled.offset
        complaints.add("not_utf8", at, at + 1, byte=garbled.byte, n=garbled.many)
    composer = Composer(complaints, scan(complaints))
    root = None if complaints.full else _useful(composer.compose(), complaints)
    whole = complaints.whole and not complaints.full
    comments = comments_of(complaints.source, root) if whole else ()
    return Parsed(complaints.source, root, complaints.sorted(), whole, composer.nodes, comments)


def _useful(root: Node | None, complaints: Complaints) -> Node | None:
    """The root, unless the file is empty; complains when it is not a mapping.

    Only in a file that is otherwise whole: half a file may look like anything.
    """
    if root is None or (isinstance(root, Scalar) and root.plain and not root.text):
        if complaints.whole:
            complaints.add("empty_file", 0, 0)
        return None
    if isinstance(root, Sequence) or (isinstance(root, Scalar) and complaints.whole):
        complaints.add("not_a_mapping", root.start, root.start + 1)
    return root


def _refused(name: str, key: str, **params: object) -> Parsed:
    """A file that is not even looked into."""
    complaints = Complaints(Source(name, ""))
    complaints.add(key, 0, 0, **params)
    return Parsed(complaints.source, None, complaints.sorted(), whole=False, nodes=0)
