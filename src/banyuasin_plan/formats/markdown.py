"""Markdown as GitHub and GitLab show it: tables for the comment of a pull request.

Text of a plan stays text: it makes no markup, no HTML, no link, and calls nobody by an @.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from banyuasin_plan.formats.cells import head_of, heading_words, readable
from banyuasin_plan.formats.grid import NUMBERS
from banyuasin_plan.report import HIDDEN, Figures, Gantt, Note, Sheet, Table, parts_of
from banyuasin_plan.words import label, say
from banyuasin_plan.words.writing import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Cell, Column, Part, Report
    from banyuasin_plan.words import Lang

MARKUP = re.compile(r"([\\`*_{}\[\]|~$^])")
ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
CALLS = re.compile(r"([@#])(?=\w)|(?<=\bGH)(-)(?=\d)", re.IGNORECASE)
"""What turns into a mention or a reference to an issue, after everything else was read."""

LINKS = re.compile(r"(:)(?=//)|(?<=\bwww)(\.)|(?<=\bmailto)(:)|(?<=\bxmpp)(:)", re.IGNORECASE)
"""What turns into a link without being written as one."""

MANY = 15
"""Rows from which on a table is folded up."""


def write(report: Report, lang: Lang, screen: Screen) -> str:  # noqa: ARG001 - as every format
    """The report as Markdown (GitHub's, version 0.29): a heading, then its blocks in order."""
    lines = list(_head(report, lang))
    for block in report.blocks:
        if isinstance(block, Sheet):
            title = block.title or label(f"sheet.{report.id}.{block.id}", lang)
            lines += ["", f"## {literal(escape(title))}"]
        for part in parts_of(block):
            lines += _part(part, report, lang)
    return "\n".join(lines) + "\n"


def literal(text: str) -> str:
    """Text that Markdown shows as it is."""
    marked = MARKUP.sub(r"\\\1", text.translate(ENTITIES))
    linked = LINKS.sub(lambda found: f"\\{found[0]}", marked)
    return CALLS.sub(lambda found: f"{found[0]}<!-- -->", linked)


def _head(report: Report, lang: Lang) -> Iterator[str]:
    heading = report.heading
    title = label(f"report.{report.id}", lang)
    yield f"## {literal(escape(heading.name))} · {title}"
    if heading.notice:
        yield from ("", f"> **{literal(escape(heading.notice))}**")
    yield from ("", literal(heading_words(heading, lang)))


def _part(part: Part, report: Report, lang: Lang) -> Iterator[str]:
    if isinstance(part, Note):
        yield from ("", literal(say(part.text, lang)))
    elif isinstance(part, Figures):
        yield from ("", *_figures(part, lang))
    elif isinstance(part, Table) and part.shown:
        yield from _titled(part, report, lang)
    elif isinstance(part, Gantt):
        from banyuasin_plan.formats.bars import tables_of

        for table in tables_of(part):
            yield from _titled(table, report, lang)


def _figures(block: Figures, lang: Lang) -> Iterator[str]:
    """Figures as a list, each with its value in bold."""
    for one in block.items:
        if one.shown and one.value is not None:
            value = literal(readable(one.value, one.kind, lang))
            name = f"{label(f'figure.{one.id}', lang)}: " if one.id != "by_status" else ""
            yield f"- {name}**{value}**"


def _titled(table: Table, report: Report, lang: Lang) -> Iterator[str]:
    """A table under its title; a long one folded up, what is empty as a sentence."""
    yield ""
    if not table.rows:
        yield literal(say(table.empty, lang))
        return
    title = label(f"table.{report.id}.{table.id}", lang)
    long = len(table.rows) > MANY
    summary = f"<details><summary>{title} ({len(table.rows)})</summary>"
    yield from (summary, "") if long else (f"### {title}", "")
    yield from _grid(table, lang)
    yield from ("", "</details>") if long else ()
    for place, column in enumerate(table.columns):
        if column.id == table.letter:
            for row in table.rows:
                yield from ("", literal(readable(row[place], column.kind, lang)))
    if table.more:
        yield from ("", literal(say(table.more, lang)))


def _grid(table: Table, lang: Lang) -> Iterator[str]:
    """The columns in which any cell says anything."""
    told = [
        (place, column)
        for place, column in enumerate(table.columns)
        if column.rank < HIDDEN
        and column.id != table.letter
        and any(row[place] is not None for row in table.rows)
    ]
    yield _row([head_of(column, lang) for _, column in told])
    yield _row(["---:" if column.kind in NUMBERS else "---" for _, column in told])
    for row in table.rows:
        yield _row([_cell(row[place], column, lang) for place, column in told])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, column: Column, lang: Lang) -> str:
    return literal(readable(cell, column.kind, lang))
