"""The terminal: tables that fit, statuses that read without colour.

Columns give way by rank when there is no room; a screen too narrow for a table gets a list.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from banyuasin_plan.formats.cells import readable
from banyuasin_plan.report import Figures, Kind, Note, Table, Timeline, Tone
from banyuasin_plan.words import label, say
from banyuasin_plan.words.writing import escape, long_date, short_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from banyuasin_plan.formats import Screen
    from banyuasin_plan.report import Block, Cell, Column, Figure, Report
    from banyuasin_plan.words import Lang

STYLES = {
    Tone.DONE: "blue",
    Tone.GOOD: "green",
    Tone.WATCH: "yellow",
    Tone.RISK: "dark_orange",
    Tone.BAD: "bold red",
    Tone.NONE: "bright_black",
}
WRAPPED = {Kind.TEXT: 22, Kind.SENTENCE: 26}
"""Kinds that may wrap, and how narrow they may get."""

NUMBERS = {Kind.COUNT, Kind.PERCENT, Kind.POINTS, Kind.RATIO, Kind.MONEY}
GAP = 2
BAR = 12
ROOM_FOR_BARS = 120
"""From this width on, a table that has bars shows them."""

PLAIN_HEAD = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
"""A rule under the heads and nothing else, for screens with ASCII only."""

LONGEST_BAR = 100


class Page(NamedTuple):
    """Who reads, and on what."""

    report: Report
    lang: Lang
    screen: Screen


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
    if room < 10:
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
    if values > 24:
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
    for tone, count in one.value if isinstance(one.value, tuple) else ():
        written = readable(tone, Kind.STATUS, page.lang, plain=page.screen.plain)
        mark, _, word = written.partition(" ")
        line.append(f"{mark} {count} {word}", style=STYLES[Tone(tone)])
        line.append("   ")
    line.rstrip()
    return line


def _list(pairs: Sequence[tuple[str, Text]], page: Page) -> Grid:
    """Figures one below the other, where their values are long."""
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bright_black", no_wrap=(page.screen.width or 100) >= 60)
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
    lang = page.lang
    title = Text(label(f"table.{page.report.id}.{block.id}", lang), style="bold underline")
    if not block.rows:
        return [Text(say(block.empty, lang))]
    columns = [column for column in block.columns if column.rank < 9]
    while page.screen.width and _needed(columns, block, page) > page.screen.width:
        last = max(column.rank for column in columns)
        if last <= 1:
            parts = [title, *_stacked(block, columns, page)]
            break
        columns = [column for column in columns if column.rank < last]
    else:
        parts = [title, _grid(block, columns, page)]
    if block.more:
        parts.append(Text(say(block.more, lang), style="bright_black"))
    return parts


def _needed(columns: Sequence[Column], block: Table, page: Page) -> int:
    """How wide the table is at its narrowest."""
    least = sum(_span(column, block, page)[0] for column in columns)
    return least + GAP * (len(columns) - 1) + (BAR + GAP if _has_bars(block, page) else 0)


def _has_bars(block: Table, page: Page) -> bool:
    return bool(block.bar) and (page.screen.width or 0) >= ROOM_FOR_BARS


def _span(column: Column, block: Table, page: Page) -> tuple[int, int]:
    """How narrow and how wide a column may get."""
    place = block.columns.index(column)
    head = len(label(f"column.{column.id}", page.lang))
    cells = (_text(row[place], column, page).plain for row in block.rows)
    widest = max(head, *(cell_len(cell) for cell in cells))
    least = WRAPPED.get(column.kind, widest)
    return max(head, min(widest, least)), widest


def _widths(columns: Sequence[Column], block: Table, page: Page) -> list[int]:
    """The columns' widths: what is left over goes where most is wrapped, cell by cell."""
    spans = [_span(column, block, page) for column in columns]
    if page.screen.width is None:
        return [widest for _, widest in spans]
    left = page.screen.width - _needed(columns, block, page)
    wanted = sum(widest - least for least, widest in spans)
    share = min(1.0, left / wanted) if wanted else 0.0
    return [least + int((widest - least) * share) for least, widest in spans]


def _grid(block: Table, columns: Sequence[Column], page: Page) -> Grid:
    rule = PLAIN_HEAD if page.screen.plain else box.SIMPLE_HEAD
    grid = Grid(box=rule, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    bar = _has_bars(block, page)
    for column, width in zip(columns, _widths(columns, block, page), strict=True):
        right = "right" if column.kind in NUMBERS else "left"
        head = label(f"column.{column.id}", page.lang)
        grid.add_column(head, justify=right, width=width, overflow="fold")  # type: ignore[arg-type]
    if bar:
        grid.add_column("", width=BAR)
    places = [block.columns.index(column) for column in columns]
    for row in block.rows:
        cells = [
            _text(row[place], column, page) for place, column in zip(places, columns, strict=True)
        ]
        grid.add_row(*cells, *([_bar(block, row, page)] if bar else []))
    return grid


def _bar(block: Table, row: Sequence[Cell], page: Page) -> Text:
    """What is done as a bar, with a mark where it should be."""
    ids = [column.id for column in block.columns]
    actual, planned = (row[ids.index(name)] for name in block.bar or ())
    if not isinstance(actual, int | float) or not isinstance(planned, int | float):
        return Text()
    full, empty, mark = ("#", ".", "|") if page.screen.plain else ("█", "░", "│")
    done, goal = round(actual * BAR / 100), min(round(planned * BAR / 100), BAR - 1)
    letters = [full] * done + [empty] * (BAR - done)
    line = Text("".join(letters), style="bright_black")
    line.stylize("green" if actual >= planned else "yellow", 0, done)
    if planned > 0:
        line = Text.assemble(line[:goal], (mark, "bold"), line[goal + 1 :])
    return line


def _stacked(block: Table, columns: Sequence[Column], page: Page) -> list[RenderableType]:
    """Each row as a few lines, where a table has no room."""
    parts: list[RenderableType] = []
    places = {column.id: block.columns.index(column) for column in columns}
    for row in block.rows:
        first, *rest = columns
        line = _text(row[places[first.id]], first, page)
        line.stylize("bold")
        parts.append(line)
        for column in rest:
            cell = _text(row[places[column.id]], column, page)
            if cell.plain:
                name = Text(f"{label(f'column.{column.id}', page.lang)}: ", style="bright_black")
                parts.append(Padding(name + cell, (0, 0, 0, 2)))
    return parts


def _text(cell: Cell, column: Column, page: Page) -> Text:
    """A cell as it reads, in the style of what it means."""
    text = Text(readable(cell, column.kind, page.lang, plain=page.screen.plain))
    if column.kind is Kind.STATUS and isinstance(cell, Tone):
        text.stylize(STYLES[cell])
    elif column.bad and isinstance(cell, int) and cell > 0:
        text.stylize("bold red")
    return text
