"""Workbooks for tests, made as they are needed: whole ones, and ones that mean harm."""

from __future__ import annotations

import struct
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING
from warnings import catch_warnings
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
MERGE = '<mergeCell ref="A1:B2"/>'
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def small() -> bytes:
    """A workbook of a few cells of every kind, as XlsxWriter writes it."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Isian")
        share = workbook.add_format({"num_format": "0%"})
        day = workbook.add_format({"num_format": "d mmmm yyyy"})
        sheet.write_row(0, 0, ["Nama", "Realisasi", "Selesai", "Catatan"])
        sheet.write_string(1, 0, "Daftar & <penerima>")
        sheet.write_number(1, 1, 0.75, share)
        sheet.write_number(1, 2, 45720, day)
        sheet.write_formula(1, 3, "=1+1", value=2)
        sheet.write_boolean(2, 0, True)  # noqa: FBT003 - XlsxWriter's name is one letter
        sheet.write_number(2, 1, 640)
        workbook.add_worksheet("Lain").hide()
    return file.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """Every part of a workbook."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Iterable[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    """Parts as an archive, two of a name too."""
    file = BytesIO()
    with catch_warnings(action="ignore"), ZipFile(file, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def altered(changes: Mapping[str, bytes | None], data: bytes | None = None) -> bytes:
    """The small workbook, or another, with parts put in, exchanged, or (None) left out."""
    parts = {**members(data or small()), **changes}
    return zipped((name, content) for name, content in parts.items() if content is not None)


def edited(part: str, old: str, new: str) -> bytes:
    """The small workbook with a piece of one part exchanged."""
    content = members(small())[part]
    assert old.encode() in content, f"{old} is not in {part}"
    return altered({part: content.replace(old.encode(), new.encode(), 1)})


def sheet_of(rows: str, after: str = "") -> bytes:
    """The small workbook with other rows in its first sheet."""
    return altered(
        {SHEET: f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>".encode()}
    )


def with_entities(part: str) -> bytes:
    """The small workbook with a part in which ten entities stand for a thousand million."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'
    content = members(small())[part]
    body = content[content.index(b"?>") + 2 :]
    return altered({part: head.encode() + body.replace(b"</", b"&l9;</", 1)})


def with_size(data: bytes, name: str, size: int) -> bytes:
    """A workbook that says of a member that it is as large as that, in both lists."""
    changed = bytearray(data)
    for magic, name_at, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = changed.find(magic)
        while at >= 0:
            if changed[at + name_at : at + name_at + len(name)] == name.encode():
                struct.pack_into("<I", changed, at + size_at, size)
            at = changed.find(magic, at + 4)
    return bytes(changed)


def overlapping(count: int) -> bytes:
    """An archive whose members all lie on the bytes of the first."""
    data = zipped([("xl/a.xml", b" " * 900_000)])
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[central:end]
    entries = b"".join(entry.replace(b"xl/a", b"xl/%c" % (97 + n)) for n in range(count))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entries), central, 0)
    return data[local:central] + entries + tail


def encrypted_bit() -> bytes:
    """The small workbook with the mark of a member locked by the archive itself."""
    changed = bytearray(small())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[changed.index(magic) + at] |= 1
    return bytes(changed)


def flipped(data: bytes, at: int) -> bytes:
    """The data with one byte turned around."""
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def strict() -> bytes:
    """The small workbook in the namespace of Strict Open XML."""
    old = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    new = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    return zipped((name, part.replace(old, new)) for name, part in members(small()).items())


def nested(depth: int) -> bytes:
    """The small workbook with a text wrapped that many times."""
    return sheet_of(
        f'<row r="1"><c r="A1" t="inlineStr"><is>{"<r>" * depth}{"</r>" * depth}</is></c></row>'
    )


def typed(kind: str) -> bytes:
    """The small workbook whose main part says that it is of another type."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return edited(TYPES, main, kind)


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("empty_file", lambda: b""),
    "too large": ("large", lambda: b"PK\x03\x04" + bytes(5_000_000)),
    "pdf": ("not_a_workbook", lambda: b"%PDF-1.7 ..."),
    "photo": ("not_a_workbook", lambda: b"\xff\xd8\xff\xe0 JFIF"),
    "web page": ("not_a_workbook", lambda: b"\xef\xbb\xbf<html><table></table></html>"),
    "csv": ("not_a_workbook", lambda: b"id;progress\ngertas-01;40\n"),
    "noise": ("not_a_workbook", lambda: bytes(range(256)) * 4),
    "zip of something": ("not_a_workbook", lambda: zipped([("a.txt", b"a")])),
    "word": (
        "not_a_workbook",
        lambda: typed(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        ),
    ),
    "ods": (
        "ods",
        lambda: zipped([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
    ),
    "odt": (
        "not_a_workbook",
        lambda: zipped([("mimetype", b"application/vnd.oasis.opendocument.text")]),
    ),
    "xls": ("xls", lambda: OLE + "Workbook".encode("utf-16-le")),
    "password": ("password", lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    "locked archive": ("password", encrypted_bit),
    "xlsb": ("xlsb", lambda: typed("application/vnd.ms-excel.sheet.binary.macroEnabled.main")),
    "macros": ("macros", lambda: altered({"xl/vbaProject.bin": OLE})),
    "macros elsewhere": ("macros", lambda: altered({"XL/VBAPROJECT.BIN": OLE})),
    "macro type": ("macros", lambda: typed("application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
    "macro sheet": ("macros", lambda: altered({"xl/macrosheets/sheet1.xml": b"<a/>"})),
    "linked file": ("links", lambda: altered({"xl/externalLinks/externalLink1.xml": b"<a/>"})),
    "linked data": ("links", lambda: altered({"xl/connections.xml": b"<a/>"})),
    "link by relation": (
        "links",
        lambda: edited(
            RELATIONS,
            "</Relationships>",
            '<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/externalLink" Target="file:///etc/passwd" TargetMode="External"/>'
            "</Relationships>",
        ),
    ),
    "embedded object": ("objects", lambda: altered({"xl/embeddings/oleObject1.bin": OLE})),
    "active x": ("objects", lambda: altered({"xl/activeX/activeX1.xml": b"<a/>"})),
    "strict": ("strict", strict),
    **{
        f"entities in {part}": ("entities", partial(with_entities, part))
        for part in (SHEET, STRINGS, STYLES, WORKBOOK, TYPES, RELATIONS, "docProps/core.xml")
    },
    "entities in utf-16": (
        "damaged",
        lambda: altered({SHEET: members(with_entities(SHEET))[SHEET].decode().encode("utf-16")}),
    ),
    "entity unknown": ("damaged", lambda: sheet_of('<row r="1"><c r="A1"><v>&x;</v></c></row>')),
    "unpacked in all": (
        "unpacked",
        lambda: altered({f"xl/media/{n}.png": bytes(9_000_000) for n in range(3)}),
    ),
    "sheet": ("unpacked", lambda: altered({SHEET: b" " * 10_000_001})),
    "sheet by another name": (
        "unpacked",
        lambda: altered(
            {
                "xl/s.xml": b" " * 10_000_001,
                RELATIONS: members(small())[RELATIONS].replace(
                    b"worksheets/sheet1.xml", b"s.xml", 1
                ),
            }
        ),
    ),
    "strings": ("unpacked", lambda: altered({STRINGS: b" " * 4_000_001})),
    "styles": ("unpacked", lambda: altered({STYLES: b" " * 1_000_001})),
    "said to be small": (
        "damaged",
        lambda: with_size(altered({"xl/media/a.png": bytes(9_000_000)}), "xl/media/a.png", 10),
    ),
    "said to be huge": ("damaged", lambda: with_size(small(), SHEET, 0xFFFFFFF0)),
    "zip64 size": ("damaged", lambda: with_size(small(), SHEET, 0xFFFFFFFF)),
    "shared bytes": ("damaged", lambda: overlapping(24)),
    "many members": ("members", lambda: altered({f"xl/a{n}.xml": b"" for n in range(300)})),
    "doubled member": ("doubled", lambda: zipped([*members(small()).items(), (SHEET, b"<a/>")])),
    "doubled but for case": ("doubled", lambda: altered({SHEET.upper(): b"<a/>"})),
    "name upwards": ("names", lambda: altered({"xl/../../a.xml": b"<a/>"})),
    "name from the root": ("names", lambda: altered({"/etc/passwd": b"<a/>"})),
    "name of windows": ("names", lambda: altered({"C:\\a.xml": b"<a/>"})),
    "name with a control": ("names", lambda: altered({"xl/a\x1b[31m.xml": b"<a/>"})),
    "truncated": ("damaged", lambda: small()[:-200]),
    "a byte flipped": ("damaged", lambda: flipped(small(), 70)),
    "tail lost": ("damaged", lambda: small()[: len(small()) // 2]),
    "only the magic": ("damaged", lambda: b"PK\x03\x04"),
    "no workbook": ("not_a_workbook", lambda: altered({WORKBOOK: None})),
    "no relations": ("damaged", lambda: altered({RELATIONS: None})),
    "no sheet": ("damaged", lambda: altered({SHEET: None})),
    "no sheets": ("no_sheet", lambda: altered({WORKBOOK: f"<workbook {MAIN}/>".encode()})),
    "broken xml": ("damaged", lambda: altered({SHEET: b"<worksheet><row></worksheet>"})),
    "row far away": (
        "rows",
        lambda: sheet_of('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    ),
    "many rows": ("rows", lambda: sheet_of('<row><c t="b"><v>1</v></c></row>' * 10_001)),
    "column far away": ("columns", lambda: sheet_of('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
    "many cells": ("cells", lambda: sheet_of(f"<row>{'<c/>' * 50}</row>" * 2_100)),
    "row twice": ("damaged", lambda: sheet_of('<row r="2"/><row r="2"/>')),
    "cell twice": ("damaged", lambda: sheet_of('<row r="1"><c r="A1"/><c r="A1"/></row>')),
    "cell of another row": ("damaged", lambda: sheet_of('<row r="1"><c r="A2"/></row>')),
    "cell of no row": ("damaged", lambda: sheet_of('<row r="1"><c r="A0"/></row>')),
    "string out of range": (
        "damaged",
        lambda: sheet_of('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
    ),
    "string below zero": (
        "damaged",
        lambda: sheet_of('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'),
    ),
    "number without end": (
        "damaged",
        lambda: sheet_of('<row r="1"><c r="A1"><v>1e999</v></c></row>'),
    ),
    "not a number": ("damaged", lambda: sheet_of('<row r="1"><c r="A1"><v>x</v></c></row>')),
    "long text": (
        "long_text",
        lambda: sheet_of(
            f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 33_000}</t></is></c></row>'
        ),
    ),
    "one text everywhere": (
        "too_much",
        lambda: altered(
            {
                STRINGS: f"<sst {MAIN}><si><t>{'x' * 32_000}</t></si></sst>".encode(),
                SHEET: f"<worksheet {MAIN}><sheetData>".encode()
                + (b"<row>" + b'<c t="s"><v>0</v></c>' * 50 + b"</row>") * 1_100
                + b"</sheetData></worksheet>",
            }
        ),
    ),
    "many strings": (
        "cells",
        lambda: altered({STRINGS: f"<sst {MAIN}>{'<si/>' * 100_001}</sst>".encode()}),
    ),
    "many formats": (
        "damaged",
        lambda: altered(
            {
                STYLES: f"<styleSheet {MAIN}><cellXfs>{'<xf/>' * 20_000}</cellXfs>"
                "</styleSheet>".encode()
            }
        ),
    ),
    "nested": ("too_much", lambda: nested(50_000)),
    "long tag": ("too_much", lambda: sheet_of(f'<row r="1" x="{"y" * 9_000_000}"/>')),
    "long comment": ("too_much", lambda: sheet_of(f"<!--{'y' * 9_000_000}-->")),
    "many merges": (
        "cells",
        lambda: sheet_of("", MERGE * 90_000),
    ),
    "merge of nothing": ("damaged", lambda: sheet_of("", '<mergeCell ref="A:B"/>')),
    "two tables": ("damaged", lambda: sheet_of("</sheetData><sheetData>")),
    "all zeros": ("unpacked", lambda: zipped([(TYPES, bytes(24_000_000))], ZIP_DEFLATED)),
    "stored": ("unpacked", lambda: zipped([(STYLES, bytes(1_000_001))], ZIP_STORED)),
}
"""What must be refused: by name, the reason, and how the file is made."""
