"""The terminal: tables that fit, statuses that read without colour.

Columns give way by rank when there is no room; a screen too narrow for a table gets a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.formats.cells import heading_words, readable, sign
from banyuasin_plan.formats.grid import Grid, Page
from banyuasin_plan.formats.lines import flowed, padded, width, wrapped
from banyuasin_plan.report import (
    Chart,
    Contents,
    Figures,
    Gantt,
    Kind,
    Note,
    Sheet,
    Table,
    Tally,
    Timeline,
    Tone,
    parts_of,
)
from banyuasin_plan.words import label, message, say
from banyuasin_plan.words.writing import escape, short_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Figure, Part, Report
    from banyuasin_plan.words import Lang

LONGEST_BAR = 100
SHORTEST_BAR = 10
LONG_VALUE = 24
"""From this length on, figures stand one below the other."""

WORDED = {Kind.ID, Kind.TEXT, Kind.SENTENCE}
"""Kinds of figures that read as words; among them all stand one below the other."""

WIDE = 120
"""How wide figures stand where nobody says how wide the screen is."""


def write(report: Report, lang: Lang, screen: Screen) -> str:
    """The report as text for a terminal, or without width for a pipe."""
    page = Page(report, lang, screen)
    lines = list(_head(page))
    drawn = {part.table for part in report.parts if isinstance(part, Chart) and _is_drawn(part)}
    for block in report.blocks:
        if isinstance(block, Sheet):
            title = block.title or label(f"sheet.{report.id}.{block.id}", lang)
            lines += ["", *_prose(escape(title), "title", page)]
        for part in parts_of(block):
            if isinstance(part, Contents) or _for_machines(part, drawn):
                continue
            if not isinstance(part, Chart) or _is_drawn(part):
                lines += ["", *_part(part, page)]
    return "\n".join(lines) + "\n"


def _head(page: Page) -> Iterator[str]:
    """Name, notice, and which day it is."""
    heading, lang = page.report.heading, page.lang
    title = label(f"report.{page.report.id}", lang)
    dash = "-" if page.screen.plain else "·"
    yield from _prose(f"{escape(heading.name)} {dash} {title}", "bold", page)
    if heading.notice:
        yield from _prose(escape(heading.notice), "warning", page)
    said = heading_words(heading, lang, dash)
    yield from flowed(said.split(f" {dash} "), f" {dash} ", page.screen.width)
    if heading.held:
        yield from _prose(label("heading.held", lang), "dim", page)


def _prose(text: str, style: str, page: Page) -> Iterator[str]:
    """A sentence in as many lines as it takes."""
    return (page.styled(line, style) for line in wrapped(text, page.screen.width))


def _for_machines(part: Part, drawn: Collection[str]) -> bool:
    """Whether people see a table elsewhere: in another format, or drawn as a chart."""
    return isinstance(part, Table) and (not part.shown or part.id in drawn)


def _is_drawn(chart: Chart) -> bool:
    """Lines are drawn on a terminal; for bars the table that they are drawn from does."""
    return chart.kind == "line"


def _part(block: Figures | Table | Timeline | Gantt | Note | Chart, page: Page) -> Iterator[str]:
    if isinstance(block, Timeline):
        return _timeline(block, page)
    if isinstance(block, Figures):
        return _figures(block, page)
    if isinstance(block, Gantt):
        return _gantt(block, page)
    if isinstance(block, Chart):
        return _plot(block, page)
    if isinstance(block, Note):
        return _prose(say(block.text, page.lang), block.tone.value, page)
    return _table(block, page)


def _timeline(block: Timeline, page: Page) -> Iterator[str]:
    """The days as a bar: behind us, today, to come."""
    ends = short_date(block.first, page.lang), short_date(block.last, page.lang)
    room = min(page.screen.width or LONGEST_BAR, LONGEST_BAR) - sum(map(len, ends)) - 2
    if room < SHORTEST_BAR:
        return
    whole = (block.last - block.first).days + 1
    gone = min(max((block.today - block.first).days + 1, 0), whole)
    filled = room * gone // whole
    full, empty = ("#", ".") if page.screen.plain else ("█", "░")
    behind, ahead = page.styled(full * filled, "blue"), page.styled(empty * (room - filled), "dim")
    yield f"{ends[0]} {behind}{ahead} {ends[1]}"


def _figures(block: Figures, page: Page) -> Iterator[str]:
    """Figures in as many columns as there is room for, then how many there are of each status."""
    shown = [one for one in block.items if one.shown and one.value is not None]
    pairs = [_pair(one, page) for one in shown if one.kind is not Kind.TALLY]
    names = max((width(name) for name, _, _ in pairs), default=0)
    values = max((width(value) for _, value, _ in pairs), default=0)
    room = page.screen.width or WIDE
    worded = any(one.kind in WORDED for one in shown)
    if worded or values > LONG_VALUE or names + 2 + values > room:
        yield from _list(pairs, names, page)
    else:
        yield from _columns(pairs, names, values, room, page)
    for one in shown:
        if isinstance(one.value, Tally):
            yield ""
            yield from _tally(one.value, page)


def _pair(one: Figure, page: Page) -> tuple[str, str, str]:
    """A figure's name, its value, and the value's style."""
    value = readable(one.value, one.kind, page.lang, plain=page.screen.plain)
    style = one.value.value if isinstance(one.value, Tone) else "bold"
    return label(f"figure.{one.id}", page.lang), value, style


def _columns(
    pairs: Sequence[tuple[str, str, str]], names: int, values: int, room: int, page: Page
) -> Iterator[str]:
    """Short figures side by side, names before values."""
    across = (room + 4) // (names + 2 + values + 4)
    down = -(-len(pairs) // across)
    for row in range(down):
        cells = [
            page.styled(padded(name, names), "dim")
            + page.styled(padded(value, values + 2, right=True), style)
            for name, value, style in pairs[row::down]
        ]
        yield "    ".join(cells)


def _list(pairs: Sequence[tuple[str, str, str]], names: int, page: Page) -> Iterator[str]:
    """Figures one below the other, where their values are long."""
    room = page.screen.width - names - 2 if page.screen.width else None
    if room is not None and room < LONG_VALUE:
        names, room = 0, page.screen.width
    for name, value, style in pairs:
        if not names:
            yield from _prose(name, "dim", page)
        for place, line in enumerate(wrapped(value, room)):
            head = padded("" if place else name, names) + "  " if names else ""
            yield page.styled(head, "dim") + page.styled(line, style)


def _tally(tally: Tally, page: Page) -> Iterator[str]:
    """How many there are of each status, worst first, on one line where it fits."""
    plain, lang = page.screen.plain, page.lang
    words = {
        f"{sign(tone, plain=plain)} {count} {label(f'status.{tone}', lang)}": tone
        for tone, count in tally.counts
    }
    for line in flowed(list(words), "   ", page.screen.width):
        yield "   ".join(page.styled(part, words[part].value) for part in line.split("   "))


def _gantt(block: Gantt, page: Page) -> Iterator[str]:
    """Bars and their legend, or what to say where there are none."""
    if not block.bars:
        yield from _prose(say(block.empty, page.lang), "", page)
        return
    from banyuasin_plan.formats.gantt import Chart

    chart = Chart(block, page)
    yield from chart.lines()
    yield from _legend(chart.legend(), page)


def _plot(block: Chart, page: Page) -> Iterator[str]:
    """Lines over days and their legend; where there is no room, the legend with its values."""
    from banyuasin_plan.formats.plot import Plot

    table = next(
        part for part in page.report.parts if isinstance(part, Table) and part.id == block.table
    )
    yield from _prose(label(f"chart.{block.id}", page.lang), "title", page)
    plot = Plot(block, table, page)
    if plot.fits:
        yield from plot.lines()
    yield from _legend(plot.legend(), page)


def _legend(words: Sequence[str], page: Page) -> Iterator[str]:
    """What the signs above mean, if there are any, set apart."""
    if words:
        yield ""
        yield from flowed(words, "   ", page.screen.width)


def _table(block: Table, page: Page) -> Iterator[str]:
    """A title and the rows, or what to say where there are none."""
    if not block.rows:
        yield from _prose(say(block.empty, page.lang), "", page)
        return
    title = label(f"table.{page.report.id}.{block.title}", page.lang)
    yield from _prose(title, "title", page)
    if block.heat:
        from banyuasin_plan.formats.heat import Matrix

        matrix = Matrix(block, block.heat, page)
        yield from matrix.lines()
        yield from _legend(matrix.legend(), page)
    else:
        grid = Grid(block, page)
        yield from grid.lines()
        if grid.hidden:
            form = "csv" if block is page.report.main else "json"
            said = message("columns.hidden", columns=grid.hidden, form=form)
            yield from _prose(say(said, page.lang), "dim", page)
        for paragraph in grid.letters():
            yield ""
            for line in paragraph.split("\n"):
                yield from _prose(line, "", page)
    if block.more:
        yield from _prose(say(block.more, page.lang), "dim", page)
