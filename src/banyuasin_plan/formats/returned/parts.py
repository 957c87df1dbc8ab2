"""The parts of a workbook that are read, found by what the workbook says about them.

Every name of a part comes from outside, so each is looked up among the members of the archive
and nowhere else.
"""

from __future__ import annotations

import re
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.returned import limits
from banyuasin_plan.formats.returned.refusing import Refused, refuse
from banyuasin_plan.formats.returned.xml import MAIN, STRICT, walk
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TYPES = "[Content_Types].xml"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
WORKBOOKS = frozenset({f"{SPREADSHEET}sheet.main+xml", f"{SPREADSHEET}template.main+xml"})
USUAL = "xl/workbook.xml"
PROPERTIES = "docProps/core.xml"
MODIFIED = "http://purl.org/dc/terms/ modified"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z", re.ASCII)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
SHEETS = f"{OPEN_DOCUMENT.decode()}spreadsheet".encode()

FORBIDDEN = (
    ("macros", ("vbaproject", "xl/macrosheets/", "xl/dialogsheets/", "xl/vbadata")),
    ("links", ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")),
    ("objects", ("xl/embeddings/", "xl/activex/", "oleobject")),
)
"""Parts, by a piece of their name, that make a workbook more than a table."""

FOREIGN = (
    ("sheet.binary", "xlsb"),
    ("macroenabled", "macros"),
    ("vbaproject", "macros"),
    ("wordprocessingml", "word"),
    ("presentationml", "slides"),
)
"""The same by a piece of a part's type, and documents of other programs."""

MOST = (
    ("xl/sharedstrings", limits.STRING_BYTES),
    ("xl/styles", limits.STYLE_BYTES),
    ("xl/worksheets/", limits.SHEET_BYTES),
    ("xl/workbook", limits.STRUCTURE_BYTES),
    ("[content_types]", limits.STRUCTURE_BYTES),
)


class Parts(NamedTuple):
    """The pieces of a workbook that matter, each as its XML.

    `sheets` are name, whether it is shown, and content; `from_1904` says from when days count.
    """

    sheets: tuple[tuple[str, bool, bytes], ...]
    strings: bytes | None
    styles: bytes | None
    from_1904: bool
    pictures: int
    remarks: int
    saved: str


def most_bytes(name: str) -> int:
    """How large a part of that name may be."""
    low = name.lower()
    found = (most for start, most in MOST if low.startswith(start))
    return next(found, limits.UNPACKED_BYTES)


def parts_of(members: Mapping[str, bytes]) -> Parts:
    """The parts that are read; raises Refused where a workbook holds what it must not."""
    _check_members(members)
    types = _types(members)
    found = next((name for name, kind in types.items() if kind in WORKBOOKS), USUAL)
    workbook = _part(members, found, limits.STRUCTURE_BYTES)
    if workbook is None:
        refuse("not_a_workbook", kind=message("returned.kind.other"))
    related = dict(_relations(members, found))
    listed, from_1904 = _listed(workbook)
    sheets = []
    for name, shown, key in listed:
        kind, target = related.get(key, ("", ""))
        if kind == "worksheet":
            content = _part(members, target, limits.SHEET_BYTES)
            if content is None:
                refuse("damaged")
            sheets.append((name, shown, content))
    where = {
        kind: target for kind, target in related.values() if kind in {"sharedStrings", "styles"}
    }
    names = [name.lower() for name in members]
    return Parts(
        tuple(sheets),
        _part(members, where.get("sharedStrings", ""), limits.STRING_BYTES),
        _part(members, where.get("styles", ""), limits.STYLE_BYTES),
        from_1904,
        sum(name.startswith("xl/media/") for name in names),
        sum(name.startswith(("xl/comments", "xl/threadedcomments")) for name in names),
        _saved(_part(members, PROPERTIES, limits.STRUCTURE_BYTES)),
    )


def _check_members(members: Mapping[str, bytes]) -> None:
    """Refuse what other programs make, and what can do more than hold values."""
    if (kind := members.get("mimetype", b"")).startswith(OPEN_DOCUMENT):
        refuse("ods" if kind.startswith(SHEETS) else "not_a_workbook", **_other())
    if TYPES not in members:
        refuse("not_a_workbook", kind=message("returned.kind.archive"))
    for name, content in members.items():
        low = name.lower()
        for why, pieces in FORBIDDEN:
            if any(piece in low for piece in pieces):
                refuse(why)
        if low.endswith((".xml", ".rels", ".vml")) and b"<!DOCTYPE" in content:
            refuse("entities")


def _other() -> dict[str, object]:
    return {"kind": message("returned.kind.other")}


def _types(members: Mapping[str, bytes]) -> dict[str, str]:
    """The type of every part that has one of its own."""
    types: dict[str, str] = {}
    kinds: set[str] = set()

    def start(_: str, attributes: dict[str, str], __: int) -> None:
        kind = attributes.get("ContentType", "")
        kinds.add(kind)
        if part := attributes.get("PartName"):
            types[part.removeprefix("/")] = kind

    walk(members[TYPES], start)
    for piece, why in FOREIGN:
        for kind in kinds:
            if piece in kind.lower():
                if why in {"word", "slides"}:
                    refuse("not_a_workbook", kind=message(f"returned.kind.{why}"))
                refuse(why)
    return types


def _relations(members: Mapping[str, bytes], name: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """What the part points to: by key, the last word of the relation's kind, and the name."""
    folder = dirname(name)
    rels = f"{folder}/_rels/{name.removeprefix(f'{folder}/')}.rels"
    content = _part(members, rels, limits.STRUCTURE_BYTES)
    if content is None:
        refuse("damaged")
    found: list[tuple[str, tuple[str, str]]] = []

    def start(_: str, attributes: dict[str, str], __: int) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if kind.startswith(STRICT):
            refuse("strict")
        last = kind.rpartition("/")[2]
        if last == "externalLink":
            refuse("links")
        if attributes.get("TargetMode") != "External":
            path = target[1:] if target.startswith("/") else f"{folder}/{target}"
            found.append((attributes.get("Id", ""), (last, normpath(path))))

    walk(content, start)
    return iter(found)


def _listed(workbook: bytes) -> tuple[list[tuple[str, bool, str]], bool]:
    """The sheets as the workbook lists them, and whether its days count from 1904."""
    sheets: list[tuple[str, bool, str]] = []
    from_1904 = False

    def start(name: str, attributes: dict[str, str], _: int) -> None:
        nonlocal from_1904
        if name == f"{MAIN} sheet":
            key = attributes.get(f"{RELATION} id", "")
            shown = attributes.get("state", "visible") == "visible"
            sheets.append((attributes.get("name", ""), shown, key))
        elif name == f"{MAIN} workbookPr":
            from_1904 = attributes.get("date1904", "0") in {"1", "true"}

    walk(workbook, start)
    return sheets, from_1904


def _saved(properties: bytes | None) -> str:
    """When the workbook was saved last; nothing where it does not say so, or not legibly."""
    found: list[str] = []
    here = False

    def start(name: str, _: dict[str, str], __: int) -> None:
        nonlocal here
        here = name == MODIFIED

    def write(text: str) -> None:
        if here:
            found.append(text[:40])

    try:
        walk(properties or b"", start, text=write)
    except Refused:
        return ""
    moment = "".join(found).strip()
    return moment if MOMENT.match(moment) else ""


def _part(members: Mapping[str, bytes], name: str, most: int) -> bytes | None:
    """A part by its name, whose case does not matter, unless it is larger than its kind may be."""
    wanted = name.lower()
    found = next((content for key, content in members.items() if key.lower() == wanted), None)
    if found is not None and len(found) > most:
        refuse("unpacked", most=most // 1_000_000)
    return found
