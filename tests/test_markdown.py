"""Markdown: tables that GitHub shows, and text of a plan that stays text."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.headings import HEADING
from tests.test_formats import EMPTY, report_of

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.formats.markdown import MANY, literal
from banyuasin_plan.report import Column, Figure, Figures, Kind, Report, Table, Tone
from banyuasin_plan.words import Lang

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(text: str) -> str:
    """Markdown as it is read: the text that is left of it, comments gone."""
    [inline] = [one for one in PARSER.parse(f"x {text} x") if one.type == "inline"]
    pieces = inline.children or []
    kinds = {one.type for one in pieces}
    assert kinds <= {"text", "text_special", "html_inline"}
    assert all(one.content == "<!-- -->" for one in pieces if one.type == "html_inline")
    return "".join(one.content for one in pieces if one.type != "html_inline")[2:-2]


HOSTILE = [
    "**tebal** _miring_ `kode` ~~coret~~",
    "[tautan](http://x.example) ![gambar](x)",
    "<script>alert(1)</script> &lt; &amp;",
    "a | b \\| c \\",
    "@bupati #12 GH-7",
    "https://x.example www.x.example mailto:a@x.example",
    "$x^2$ ^catatan",
    "<!-- rahasia -->",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    """Markup, HTML, links, mentions and comments of a plan are letters like any other."""
    assert shown(literal(text)) == text


@given(st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    """Whatever is printable comes back from a reader of Markdown unchanged."""
    text = re.sub(" +", " ", text)
    assert shown(literal(f"a{text}a")) == f"a{text}a"


@pytest.mark.parametrize("text", ["https://x", "HTTP://x", "www.x", "@a", "#1", "gh-1"])
def test_nothing_is_left_that_turns_into_a_link(text: str) -> None:
    """GitHub makes links of what is written so; none is."""
    assert text.casefold() not in literal(text).casefold()


def test_a_table() -> None:
    """A head, a line of dashes, a row; a bar in a cell ends no cell."""
    made = report_of((Kind.ID, "a-01"), (Kind.TEXT, "satu | dua"), (Kind.COUNT, 3))
    lines = written(made, "md", Lang.EN, Screen()).splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert table[1:] == ["| --- | --- | ---: |", "| a-01 | satu \\| dua | 3 |"]
    tokens = PARSER.parse("\n".join(table))
    cells = [one.content for one in tokens if one.type == "inline"][3:]
    assert cells == ["a-01", "satu | dua", "3"]


def test_what_it_holds() -> None:
    """Heading with its notice, figures, statuses with their sign; long tables folded up."""
    columns = (Column("id", Kind.ID), Column("status", Kind.STATUS), Column("due", Kind.DATE))
    rows = tuple((f"a-{place}", Tone.BAD, date(2025, 5, 1)) for place in range(MANY + 1))
    figures = Figures((Figure("done", Kind.COUNT, 2),))
    heading = HEADING._replace(notice="USULAN")
    blocks = (figures, Table("milestones", columns, rows, EMPTY))
    said = written(Report("overdue", heading, blocks), "md", Lang.ID, Screen())
    assert said.startswith("## Rencana uji · Lewat tenggat\n\n> **USULAN**\n\nKamis, 10 April 2025")
    assert "\n- Selesai: **2**\n" in said
    assert f" ({MANY + 1})</summary>\n\n|" in said
    assert "| a-0 | ■ merah | 1 Mei 2025 |" in said
    assert said.endswith("|\n\n</details>\n")
