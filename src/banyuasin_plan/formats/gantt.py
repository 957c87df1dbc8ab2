"""Bars on a terminal: as many columns a week as there is room for.

Every sign is told apart by its shape; colour only comes on top.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.cells import readable, sign
from banyuasin_plan.formats.lines import cut, padded, width
from banyuasin_plan.formats.timescale import fitted
from banyuasin_plan.report import Kind
from banyuasin_plan.words import label
from banyuasin_plan.words.writing import escape, percent, short_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.formats.grid import Page
    from banyuasin_plan.report import Bar, Gantt, Mark

WIDE = 120
"""How wide it is drawn where nobody says how wide the screen is."""

STATUS = 2
"""Columns of a status's sign and the space after it."""

FINISH, PROGRESS = 8, 5
"""Columns to the right of the bars, where there is room."""

WHOLE = 100


class Stroke(NamedTuple):
    """A sign for any screen, one for a screen with ASCII only, and a style."""

    sign: str
    plain: str
    style: str


STROKES = {
    "done": Stroke("█", "#", "blue"),
    "left": Stroke("░", "-", ""),
    "critical": Stroke("═", "=", "red"),
    "event_done": Stroke("◆", "*", "blue"),
    "event_left": Stroke("◇", "o", "bold"),
    "event_critical": Stroke("◈", "@", "red"),
    "missed": Stroke("!", "!", "red"),
    "closed": Stroke("·", ".", "dim"),
    "today": Stroke("│", "|", "bold"),
    "last_day": Stroke("║", "]", "bold"),
}
"""What is drawn, as the legend has it; of several marks in one column the last one here stays."""

RANKS = {name: rank for rank, name in enumerate(STROKES)}

Line = list[str | None]
"""A line of the chart: in each column the name of a stroke, or nothing."""


class Chart:
    """A Gantt on a page, fitted to it."""

    def __init__(self, block: Gantt, page: Page) -> None:
        """Fit the scale beside the longest label, and lay out what lies behind the bars."""
        self.block, self.page = block, page
        self.names = [_name(bar, page) for bar in block.bars]
        self.status = STATUS if any(bar.tone for bar in block.bars) else 0
        heads = [label(f"gantt.{name}", page.lang) for name in ("month", "monday", "week")]
        above = {width(bar.heading) - self.status for bar in block.bars if bar.heading}
        longest = max(above.union(map(width, [*self.names, *heads])))
        room = (page.screen.width or WIDE) - self.status - 1
        tails = (PROGRESS + FINISH, FINISH, 0)
        self.scale, self.label, self.tail = fitted(block, room, longest, tails)
        self.heads = heads
        self.behind = self._behind()
        self.used = {name for name in self.behind if name}

    def lines(self) -> Iterator[str]:
        """Months, Mondays and weeks, then the bars, each under what it is part of."""
        yield from self._head()
        above: str | None = None
        for bar, name in zip(self.block.bars, self.names, strict=True):
            if bar.heading != above:
                columns = self.label + self.status
                heading = self._cut(self._heading(bar), columns)
                yield self._line(self.page.styled(heading, "bold"), self.behind).rstrip()
            above = bar.heading
            yield self._bar(bar, name)

    def legend(self) -> list[str]:
        """What the signs that were drawn mean."""
        return [f"{self._sign(name)} {self._word(name)}" for name in STROKES if name in self.used]

    def _heading(self, bar: Bar) -> str:
        return escape(bar.heading) if bar.heading else label("gantt.no_group", self.page.lang)

    def _word(self, name: str) -> str:
        return label(f"gantt.{name}", self.page.lang, day=self.block.last_day)

    def _sign(self, name: str) -> str:
        return STROKES[name].plain if self.page.screen.plain else STROKES[name].sign

    def _behind(self) -> Line:
        """Columns in which every day is closed, the data date and the last day."""
        scale, block = self.scale, self.block
        first = scale.monday
        open_days = set(range(first, first + scale.weeks * 7))
        for start, end in block.closed:
            open_days.difference_update(range(start.toordinal(), end.toordinal() + 1))
        worked = {scale.column(date.fromordinal(day)) for day in open_days}
        line: Line = [None if place in worked else "closed" for place in range(scale.columns)]
        for name, day in (("last_day", block.last_day), ("today", block.today)):
            if scale.holds(day):
                line[scale.column(day)] = name
        return line

    def _head(self) -> Iterator[str]:
        """Three lines of dates and one of dashes, on which the data date is marked."""
        scale, page = self.scale, self.page
        mondays = scale.mondays()
        weeks = [(day - self.block.monday).days // 7 + 1 for day in mondays]
        above = (
            scale.months(page.lang),
            scale.numbers([day.day for day in mondays]),
            scale.numbers(weeks),
        )
        for head, text in zip(self.heads, above, strict=True):
            lead = " " * self.status + self._cut(head, self.label)
            yield f"{page.styled(lead, 'dim')} {page.styled(text, 'bold')}".rstrip()
        dash = "-" if page.screen.plain else "─"
        ruler = {None: dash, "today": "v" if page.screen.plain else "▼"}
        days = "".join(ruler.get(name) or self._sign(name or "") for name in self.behind)
        yield dash * (self.status + self.label + 1) + days + dash * self.tail

    def _bar(self, bar: Bar, name: str) -> str:
        """A bar with its name before it, its progress and its finish behind."""
        page, lead, tail = self.page, " " * self.status, ""
        if bar.tone:
            shown = sign(bar.tone, plain=page.screen.plain)
            lead = page.styled(padded(shown, STATUS), bar.tone.value)
        line = self._strokes(bar)
        self.used |= {one for one in line if one}
        if self.tail > FINISH:
            done = "" if bar.event else percent(bar.progress, page.lang, 0)
            tail += padded(done, PROGRESS, right=True)
        if self.tail:
            tail += padded(_short(bar.finish, page), FINISH, right=True)
        return f"{self._line(lead + self._cut(name, self.label), line)}{tail}".rstrip()

    def _strokes(self, bar: Bar) -> Line:
        """What is drawn in each column: the bar before what lies behind, its marks before it."""
        line, column = list(self.behind), self.scale.column
        start, end = column(bar.start), column(bar.finish)
        done = int((end - start + 1) * bar.progress / WHOLE)
        critical = {
            place
            for first, last in bar.critical
            for place in range(column(first), column(last) + 1)
        }
        for place in () if bar.event else range(start, end + 1):
            is_done = place < start + done
            # On a bar of many milestones progress is a share, which hides nothing critical.
            if place in critical and not (is_done and bar.level == "milestone"):
                line[place] = "critical"
            else:
                line[place] = "done" if is_done else "left"
        if "today" in self.behind:
            today = self.behind.index("today")
            # The data date shows through a bar that goes on alike to one side of it.
            if start < today < end and line[today] in {line[today - 1], line[today + 1]}:
                line[today] = "today"
        for mark in sorted(bar.marks, key=lambda one: RANKS[_stroke(one)]):
            if self.scale.holds(mark.day):
                line[column(mark.day)] = _stroke(mark)
        return line

    def _cut(self, text: str, columns: int) -> str:
        """The text in exactly so many columns."""
        return padded(cut(text, columns, plain=self.page.screen.plain), columns)

    def _line(self, lead: str, line: Line) -> str:
        """A line of the chart as text, each run of one style coloured once."""
        runs = groupby(line, key=lambda name: STROKES[name].style if name else "")
        drawn = "".join(
            self.page.styled("".join(self._sign(name) if name else " " for name in run), style)
            for style, run in runs
        )
        return f"{lead} {drawn}"


def _stroke(mark: Mark) -> str:
    if mark.kind == "missed":
        return "missed"
    if mark.done:
        return "event_done"
    return "event_critical" if mark.critical else "event_left"


def _name(bar: Bar, page: Page) -> str:
    """What stands before a bar; a milestone has its id, less what its programme's says already."""
    name = readable(bar.name, Kind.TEXT, page.lang)
    if bar.level != "milestone" or bar.id is None:
        return name
    return f"{bar.id.removeprefix(f'{bar.under}-')} {name}"


def _short(day: date, page: Page) -> str:
    """A day and its month; the months above say of which year."""
    return short_date(day, page.lang).rpartition(" ")[0]
