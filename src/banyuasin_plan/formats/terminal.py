"""The terminal: tables that fit, statuses that read without colour.

Columns give way by rank when there is no room; a screen too narrow for a table gets a list.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from banyuasin_plan.formats.cells import readable, sign
from banyuasin_plan.formats.sheet import STYLES, Page, Sheet
from banyuasin_plan.report import Figures, Kind, Note, Tally, Timeline, Tone
from banyuasin_plan.words import label, say
from banyuasin_plan.words.writing import escape, long_date, short_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Block, Figure, Report, Table
    from banyuasin_plan.words import Lang

LONGEST_BAR = 100
SHORTEST_BAR = 10
LONG_VALUE = 24
"""From this length on, figures stand one below the other."""


def write(report: Report, lang: Lang, screen: Screen) -> str:
    """The report as text for a terminal, or without width for a pipe."""
    page = Page(report, lang, screen)
    out = io.StringIO()
    console = Console(
        file=out,
        width=screen.width or 10_000,
        color_system="256" if screen.colour else None,
        force_terminal=screen.colour,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        safe_box=screen.plain,
    )
    for line in _head(page):
        console.print(line)
    for block in report.blocks:
        console.print()
        for part in _block(block, page):
            console.print(part)
    lines = out.getvalue().split("\n")
    return "\n".join(line.rstrip() if not screen.colour else line for line in lines)


def _head(page: Page) -> list[Text]:
    """Name, notice, and which day it is."""
    heading, lang = page.report.heading, page.lang
    title = label(f"report.{page.report.id}", lang)
    dash = "-" if page.screen.plain else "·"
    lines = [Text(f"{escape(heading.name)} {dash} {title}", style="bold")]
    if heading.notice:
        lines.append(Text(escape(heading.notice), style="bold yellow"))
    where = "before" if heading.day < 1 else "after" if heading.as_of > heading.last_day else "on"
    said = label(
        f"heading.{where}",
        lang,
        date=long_date(heading.as_of, lang),
        day=heading.day,
        days=heading.days,
        office=heading.office_day,
        of=heading.office_days,
        week=heading.week,
        last=heading.last_day,
        until=1 - heading.day,
        since=(heading.as_of - heading.last_day).days,
        dot=dash,
    )
    lines += [Text(line) for line in _flowed(said.split(f" {dash} "), f" {dash} ", page)]
    if heading.held:
        lines.append(Text(label("heading.held", lang), style="bright_black"))
    return lines


def _flowed(parts: Sequence[str], between: str, page: Page) -> list[str]:
    """The parts in as few lines as the screen has room for, none of them broken."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{between}{part}" if lines else part
        if lines and page.screen.width and cell_len(longer) > page.screen.width:
            lines.append(part)
        else:
            lines[-1:] = [longer]
    return lines


def _block(block: Block, page: Page) -> list[RenderableType]:
    if isinstance(block, Timeline):
        return _timeline(block, page)
    if isinstance(block, Figures):
        return _figures(block, page)
    if isinstance(block, Note):
        return [Text(say(block.text, page.lang), style=STYLES[block.tone])]
    return _table(block, page)


def _timeline(block: Timeline, page: Page) -> list[RenderableType]:
    """The days as a bar: behind us, today, to come."""
    lang, plain = page.lang, page.screen.plain
    ends = short_date(block.first, lang), short_date(block.last, lang)
    room = min(page.screen.width or LONGEST_BAR, LONGEST_BAR) - sum(map(len, ends)) - 2
    if room < SHORTEST_BAR:
        return []
    whole = (block.last - block.first).days + 1
    gone = min(max((block.today - block.first).days + 1, 0), whole)
    filled = room * gone // whole
    full, empty = ("#", ".") if plain else ("█", "░")
    line = Text(f"{ends[0]} ")
    line.append(full * filled, style="blue")
    line.append(empty * (room - filled), style="bright_black")
    line.append(f" {ends[1]}")
    return [line]


def _figures(block: Figures, page: Page) -> list[RenderableType]:
    """Figures in as many columns as there is room for, labels before values."""
    tallies = [_tally(one, page) for one in block.items if one.kind is Kind.TALLY]
    shown = [
        one
        for one in block.items
        if one.shown and one.value is not None and one.kind is not Kind.TALLY
    ]
    pairs = [(label(f"figure.{one.id}", page.lang), _figure(one, page)) for one in shown]
    if not pairs:
        return []
    names = max(len(name) for name, _ in pairs)
    values = max(cell_len(value.plain) for _, value in pairs)
    if values > LONG_VALUE:
        return [_list(pairs, page)]
    across = max(1, ((page.screen.width or 120) + 3) // (names + values + 5))
    down = -(-len(pairs) // across)
    grid = Grid.grid(padding=(0, 4, 0, 0), pad_edge=False)
    for _ in range(across):
        grid.add_column(no_wrap=True)
    for row in range(down):
        cells = []
        for name, value in pairs[row::down]:
            cell = Text(f"{name:<{names}}  ", style="bright_black")
            cell.append(Text(" " * (values - cell_len(value.plain))))
            cell.append(value)
            cells.append(cell)
        grid.add_row(*cells)
    return [grid, *(part for tally in tallies for part in (Text(), tally))]


def _tally(one: Figure, page: Page) -> Text:
    """How many there are of each status, worst first, on one line."""
    line = Text()
    for place, (tone, count) in enumerate(one.value.counts if isinstance(one.value, Tally) else ()):
        mark = sign(tone, plain=page.screen.plain)
        between = "   " if place else ""
        line.append(f"{between}{mark} {count} {label(f'status.{tone}', page.lang)}", STYLES[tone])
    return line


def _list(pairs: Sequence[tuple[str, Text]], page: Page) -> Grid:
    """Figures one below the other, where their values are long."""
    narrow = page.screen.width is not None and page.screen.width < 2 * LONG_VALUE
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bright_black", no_wrap=not narrow)
    grid.add_column(overflow="fold")
    for name, value in pairs:
        grid.add_row(name, value)
    return grid


def _figure(one: Figure, page: Page) -> Text:
    text = Text(readable(one.value, one.kind, page.lang, plain=page.screen.plain))
    if one.kind is Kind.STATUS and isinstance(one.value, Tone):
        text.stylize(STYLES[one.value])
    else:
        text.stylize("bold")
    return text


def _table(block: Table, page: Page) -> list[RenderableType]:
    """A title and the rows, or what to say where there are none."""
    if not block.rows:
        return [Text(say(block.empty, page.lang))]
    title = label(f"table.{page.report.id}.{block.id}", page.lang)
    parts = [Text(title, style="bold underline"), *Sheet(block, page).parts()]
    if block.more:
        parts.append(Text(say(block.more, page.lang), style="bright_black"))
    return parts
