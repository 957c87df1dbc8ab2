"""The zip archive that a workbook is: its members, counted while they are inflated.

Nothing is taken from what the archive says about itself but where its members lie: sizes are
those that come out, and an archive whose two lists of members differ is refused.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, LargeZipFile, ZipFile

from banyuasin_plan.formats.returned import limits
from banyuasin_plan.formats.returned.refusing import Refused, refuse
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zipfile import ZipInfo

LOCAL = struct.Struct("<4s5H3I2H")
"""A member's own header: PKWARE's APPNOTE 4.3.7."""

LOCAL_MAGIC = b"PK\x03\x04"
END_MAGIC = b"PK\x05\x06"
END_BYTES = 22
COUNT_AT = 10
STORED, DEFLATED = 0, 8
ENCRYPTED = 0x1
STEP = 65_536

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECRET = "EncryptedPackage".encode("utf-16-le")
KNOWN_AS = (
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
"""What else people send, by how it begins."""


def unpacked(data: bytes, most: Callable[[str], int]) -> dict[str, bytes]:
    """Every member of the archive by its name; raises Refused.

    `most` says how many bytes a member of that name may have.
    """
    if len(data) > limits.FILE_BYTES:
        refuse("large", size=len(data) / 1e6, most=limits.FILE_BYTES // 1_000_000)
    if not data.startswith(LOCAL_MAGIC):
        _not_an_archive(data)
    members = _members(data)
    _check_names(members)
    parts: dict[str, bytes] = {}
    left = limits.UNPACKED_BYTES
    end = 0
    for info in sorted(members, key=lambda one: one.header_offset):
        if info.header_offset < end:  # members that share their bytes
            refuse("damaged")
        content, end = _inflated(data, info, min(left, most(info.filename)))
        left -= len(content)
        parts[info.filename] = content
    return parts


def _not_an_archive(data: bytes) -> None:
    """Say what it is instead of a workbook."""
    if not data:
        refuse("empty_file")
    if data.startswith(OLE_MAGIC):
        refuse("password" if SECRET in data else "xls")
    for magic, kind in KNOWN_AS:
        if data.startswith(magic):
            refuse("not_a_workbook", kind=message(f"returned.kind.{kind}"))
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        refuse("not_a_workbook", kind=message("returned.kind.page"))
    if b"\0" not in data[:1024]:
        refuse("not_a_workbook", kind=message("returned.kind.text"))
    refuse("not_a_workbook", kind=message("returned.kind.other"))


def _members(data: bytes) -> list[ZipInfo]:
    """The members, as the list at the end of the archive names them."""
    end = data.rfind(END_MAGIC)
    if end < 0 or len(data) < end + END_BYTES:
        refuse("damaged")
    if int.from_bytes(data[end + COUNT_AT : end + COUNT_AT + 2], "little") > limits.MEMBERS:
        refuse("members", most=limits.MEMBERS)
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (BadZipFile, LargeZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise Refused(message("returned.damaged")) from error
    if len(members) > limits.MEMBERS:
        refuse("members", most=limits.MEMBERS)
    return [one for one in members if not one.is_dir()]


def _check_names(members: list[ZipInfo]) -> None:
    """Refuse names that are given twice, or that would lead out of a folder."""
    seen: set[str] = set()
    for one in members:
        name = one.filename
        steps = name.split("/")
        if name != one.orig_filename or "\\" in name or ":" in name or not name.isprintable():
            refuse("names", name=one.orig_filename)
        if name.startswith("/") or {".", "..", ""} & set(steps):
            refuse("names", name=name)
        if name.casefold() in seen:
            refuse("doubled", name=name)
        seen.add(name.casefold())


def _inflated(data: bytes, info: ZipInfo, most: int) -> tuple[bytes, int]:
    """A member's content, and where its bytes end."""
    start = info.header_offset
    header = data[start : start + LOCAL.size]
    if len(header) < LOCAL.size or not header.startswith(LOCAL_MAGIC):
        refuse("damaged")
    _, _, flags, method, *_, name_length, extra_length = LOCAL.unpack(header)
    name = data[start + LOCAL.size : start + LOCAL.size + name_length]
    if flags & ENCRYPTED or info.flag_bits & ENCRYPTED:
        refuse("password")
    encoding = "utf-8" if info.flag_bits & 0x800 else "cp437"
    if method != info.compress_type or name != info.filename.encode(encoding, "replace"):
        refuse("damaged")
    begin = start + LOCAL.size + name_length + extra_length
    end = begin + info.compress_size
    if end > len(data):
        refuse("damaged")
    content = b"".join(_pieces(data[begin:end], method, most))
    if zlib.crc32(content) != info.CRC or len(content) != info.file_size:
        refuse("damaged")
    return content, end


def _pieces(packed: bytes, method: int, most: int) -> Iterator[bytes]:
    """The content bit by bit, so that no more is inflated than is allowed."""
    if method == STORED:
        if len(packed) > most:
            refuse("unpacked", most=limits.UNPACKED_BYTES // 1_000_000)
        yield packed
        return
    if method != DEFLATED:
        refuse("damaged")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    count = 0
    while not inflater.eof:
        try:
            piece = inflater.decompress(packed, STEP)
        except zlib.error as error:
            raise Refused(message("returned.damaged")) from error
        packed = inflater.unconsumed_tail
        count += len(piece)
        if count > most:
            refuse("unpacked", most=limits.UNPACKED_BYTES // 1_000_000)
        if not piece and not inflater.eof:
            refuse("damaged")
        yield piece
