"""Text on a terminal: its width, its breaks, its fillings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from banyuasin_plan.formats.lines import padded, styled, width, wrapped

WORDS = st.text(st.sampled_from("ab é漢 ")).map(" ".join)


@given(st.text(st.sampled_from("abcéÉñ漢字한글ひらがな─█●▲◆■○✔·→ -.,0123456789")))
def test_width_is_richs(text: str) -> None:
    """Letters, wide letters and our own signs take as many columns as rich says."""
    assert width(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), ("漢字", 4), ("a\u200bb", 2)],
)
def test_width(text: str, columns: int) -> None:
    """A mark on the letter before takes no column, a wide letter two."""
    assert width(text) == columns


@given(WORDS, st.integers(2, 20))
def test_wrapped_fits(text: str, columns: int) -> None:
    """No line is wider than the room, and no letter is lost."""
    lines = wrapped(text, columns)
    assert max(map(width, lines)) <= columns
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("satu dua", None, ["satu dua"]),
        ("satu dua", 8, ["satu dua"]),
        ("satu dua", 7, ["satu", "dua"]),
        ("satu duabelas tiga", 4, ["satu", "duab", "elas", "tiga"]),
        ("satuduatiga", 4, ["satu", "duat", "iga"]),
        ("", 4, [""]),
    ],
)
def test_wrapped(text: str, columns: int | None, lines: list[str]) -> None:
    """Lines break between words; a word longer than a line breaks inside."""
    assert wrapped(text, columns) == lines


def test_padded() -> None:
    """Cells are filled up on the right, numbers on the left."""
    assert [padded("漢", 4), padded("12", 4, right=True), padded("abcde", 4)] == [
        "漢  ",
        "  12",
        "abcde",
    ]


def test_styled() -> None:
    """Colour only where there is some, and something to colour."""
    assert styled("x", "red", colour=True) == "\x1b[1;31mx\x1b[0m"
    assert [styled("x", "red", colour=False), styled("x", "", colour=True)] == ["x", "x"]
    assert styled("", "red", colour=True) == ""
