"""A Gantt as a sheet: a column a working day, bars as static fills, the promise a line below.

Conditional formats would draw it with less, but LibreOffice applies only the first that matches.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.cells import readable
from banyuasin_plan.formats.timescale import Timescale
from banyuasin_plan.formats.workbook.fields import HEAD, painted
from banyuasin_plan.formats.workbook.heads import Canvas, put_note, put_title
from banyuasin_plan.formats.workbook.measuring import PADDING, height, lines, width
from banyuasin_plan.formats.workbook.papers import width_of
from banyuasin_plan.formats.workbook.printing import prepare_print
from banyuasin_plan.formats.workbook.styles import (
    BODY,
    FAINT,
    LINE,
    NAVY,
    PALE,
    SMALL,
    Style,
    number_format,
)
from banyuasin_plan.report import Kind, Tone
from banyuasin_plan.words import label, say
from banyuasin_plan.words.writing import SHORT_MONTHS

if TYPE_CHECKING:
    from banyuasin_plan.formats.workbook.book import Book
    from banyuasin_plan.formats.workbook.rows import RowSheet
    from banyuasin_plan.formats.workbook.values import Value
    from banyuasin_plan.report import Bar, Gantt
    from banyuasin_plan.words import Lang

SCALE = 0.72
PIXEL = 0.75
WEEK, OFFICE_WEEK = 7, 5
DAYS_WHILE, MOST_COLUMNS = 26, 120
"""Weeks up to which every working day has a column, and columns there are at most."""

LABELS = {"id": 92.0, "name": 178.0, "owner": 76.0, "due": 62.0, "status": 58.0}
"""The columns before the bars, by their ids, and how wide they are in points."""

DONE, LEFT, CRITICAL, CLOSED, TODAY = NAVY, "#8FB4DC", "#E08283", "#E4E7EB", "#D35400"
PROMISE = "#3C4650"
WHOLE = 100
SWATCH = 2
"""Columns of a sign of the legend."""


class Look(NamedTuple):
    """How a cell of the chart looks before it is a style."""

    fill: str = ""
    promise: bool = False
    today: bool = False
    sign: str = ""
    colour: str = ""

    def style(self) -> Style:
        """The same as a style."""
        return Style(
            BODY,
            bold=True,
            colour=self.colour or PROMISE,
            fill=self.fill,
            across="center" if self.sign else "",
            down="middle",
            thick=PROMISE if self.promise else "",
            right=TODAY if self.today else "",
        )


NOTHING, PROMISED = Look(), Look(promise=True)


def _shown(look: Look, behind: Look) -> Look:
    """What is seen of a cell and of what lies behind it."""
    return look._replace(fill=look.fill or behind.fill, today=behind.today)


class GanttSheet:
    """The sheet, its days as columns, and what lies behind the bars."""

    def __init__(self, book: Book, tab: str, title: str, block: Gantt) -> None:
        """Set the columns; every working day has one, or every week where there are too many."""
        self.book, self.block, self.lang = book, block, book.lang
        self.sheet: RowSheet = book.sheet(tab)
        monday = block.first.toordinal() - block.first.weekday()
        weeks = (block.last.toordinal() - monday) // WEEK + 1
        step = 1 if weeks <= MOST_COLUMNS else -(-weeks // MOST_COLUMNS)
        self.scale = Timescale(monday, weeks, OFFICE_WEEK if weeks <= DAYS_WHILE else 1, step)
        low = date.fromordinal(monday)
        self.ends = low, low + timedelta(weeks=weeks, days=-1)
        self.first = len(LABELS)
        self.columns = self.first + self.scale.columns
        room = width_of(book.paper) / SCALE - sum(LABELS.values())
        self.pixels = max(int(room / self.scale.columns / PIXEL), 9)
        for place, wide in enumerate(LABELS.values()):
            self.sheet.set_column_pixels(place, place, round(wide / PIXEL))
        self.sheet.set_column_pixels(self.first, self.columns - 1, self.pixels)
        whole = sum(LABELS.values()) + self.pixels * PIXEL * self.scale.columns
        self.canvas = Canvas(book, self.sheet, self.columns, whole)
        self.behind = self._behind()
        self.styles: dict[tuple[Look, Look], int] = {}
        self.words = {tone: book.style(_status(tone)) for tone in (None, *Tone)}
        self.day = book.style(_day(self.lang))
        put_title(self.canvas, title)

    def write(self) -> None:
        """The legend, the head, every bar under what it is part of."""
        if not self.block.bars:
            put_note(self.canvas, say(self.block.empty, self.lang))
        else:
            self._legend()
            first = self.sheet.next_row
            self._head()
            head = self.sheet.next_row
            above: str | None = None
            for bar in self.block.bars:
                if bar.heading and bar.heading != above:
                    self._heading(bar.heading)
                above = bar.heading
                self._bar(bar)
            self.sheet.freeze_panes(head, 2)
            self.sheet.repeat_rows(first, head - 1)
        self.sheet.print_area(0, 0, self.sheet.next_row - 1, self.columns - 1)
        prepare_print(self.sheet, self.book)

    def _behind(self) -> dict[int, Look]:
        """Columns in which every day is closed, and the one of the data date."""
        scale, block = self.scale, self.block
        closed = set[int]()
        for start, end in block.closed:
            closed.update(range(start.toordinal(), end.toordinal() + 1))
        worked = {
            scale.column(date.fromordinal(day))
            for day in range(scale.monday, scale.monday + scale.weeks * WEEK)
            if day not in closed
        }
        looks = {place: Look(fill=CLOSED) for place in range(scale.columns) if place not in worked}
        if scale.holds(block.today):
            today = scale.column(block.today)
            looks[today] = looks.get(today, Look())._replace(today=True)
        return looks

    def _legend(self) -> None:
        """What fills and signs mean, beside each other above the chart."""
        looks = {
            "done": Look(fill=DONE),
            "left": Look(fill=LEFT),
            "critical": Look(fill=CRITICAL),
            "promise": Look(promise=True),
            "missed": Look(sign="!", colour=TODAY),
            "event_done": Look(sign="◆", colour=NAVY),
            "event_left": Look(sign="◇", colour=NAVY),
            "closed": Look(fill=CLOSED),
            "today": Look(today=True),
        }
        self.sheet.skip(4)
        word = self.book.style(Style(SMALL, colour=FAINT, down="middle"))
        cells: list[tuple[int, int, Value]] = []
        at = self.first
        for name, look in looks.items():
            told = label(f"gantt.{name}", self.lang, day=self.block.last_day)
            wide = ceil((width(told, SMALL) + PADDING) / (self.pixels * PIXEL))
            need = min(SWATCH + wide, self.scale.columns)
            if at + need > self.columns:
                self.sheet.put(cells, 15)
                cells, at = [], self.first
            style = self.book.style(look.style())
            cells += [(at, style, look.sign or None), (at + 1, style, None)]
            cells += [(at + SWATCH, word, told)]
            self.sheet.span(self.sheet.next_row, at + SWATCH, at + need - 1)
            at += need + 1
        self.sheet.put(cells, 15)
        self.sheet.skip(4)

    def _head(self) -> None:
        """Weeks by their number above the days they begin on."""
        head, centred = self.book.style(HEAD), self.book.style(HEAD._replace(across="center"))
        mondays = self.scale.mondays()
        months = SHORT_MONTHS[self.lang]
        whole = self.block.monday.toordinal()
        numbers = [(day.toordinal() - whole) // WEEK + 1 for day in mondays]
        dates = [f"{day.day} {months[day.month - 1]}" for day in mondays]
        row = self.sheet.next_row
        labels = [label(f"column.{name}", self.lang) for name in LABELS]
        for texts, above in (
            ([label("gantt.w", self.lang, n=n) for n in numbers], labels),
            (dates, None),
        ):
            cells: list[tuple[int, int, Value]] = [
                (place, head, above[place] if above else None) for place in range(self.first)
            ]
            line = self.sheet.next_row
            for place, text in enumerate(texts):
                at = self.first + place * self.scale.a_week
                cells.append((at, centred, text if self._fits(text) else text.split(" ")[-1]))
                cells += [(at + n, centred, None) for n in range(1, self.scale.a_week)]
                self.sheet.span(line, at, at + self.scale.a_week - 1)
            self.sheet.put(cells, 15)
        for place in range(self.first):
            self.sheet.span(row, place, place, rows=2)

    def _fits(self, text: str) -> bool:
        return lines(text, SMALL, self.scale.a_week * self.pixels * PIXEL, bold=True) == 1

    def _heading(self, name: str) -> None:
        style = self.book.style(Style(bold=True, colour=NAVY, fill=PALE, down="middle"))
        cells: list[tuple[int, int, Value]] = [(0, style, name)]
        cells += [(place, style, None) for place in range(1, self.first)]
        row = self.sheet.put([*cells, *self._row({})], 15)
        self.sheet.span(row, 0, self.first - 1)

    def _bar(self, bar: Bar) -> None:
        """A milestone or a bundle of them: who, until when, how it stands, and its bar."""
        name = readable(bar.name, Kind.TEXT, self.lang)
        word = self.words[None]
        told = readable(bar.tone, Kind.STATUS, self.lang)
        texts = (bar.id, name, bar.owner)
        cells: list[tuple[int, int, Value]] = [
            (place, word, text) for place, text in enumerate(texts)
        ]
        cells += [(3, self.day, bar.due), (4, self.words[bar.tone], told or None)]
        deep = max(
            lines(text or "", SMALL, wide)
            for text, wide in zip(texts, LABELS.values(), strict=False)
        )
        self.sheet.put([*cells, *self._row(self._looks(bar))], height(deep, SMALL))

    def _row(self, looks: dict[int, Look]) -> list[tuple[int, int, Value]]:
        """The cells of the chart that are not empty, what lies behind included."""
        first, behind, styles = self.first, self.behind, self.styles
        found: list[tuple[int, int, Value]] = []
        for place in sorted(behind.keys() | looks.keys()):
            look = looks.get(place, NOTHING)
            key = look, behind.get(place, NOTHING)
            style = styles.get(key)
            if style is None:
                style = styles[key] = self.book.style(_shown(*key).style())
            found.append((first + place, style, look.sign or None))
        return found

    def _looks(self, bar: Bar) -> dict[int, Look]:
        """What a bar paints: done and left, the promise below, signs upon it."""
        scale = self.scale
        promised = set(self._between(*bar.promise)) if bar.promise else set[int]()
        found = dict.fromkeys(promised, PROMISED)
        if not bar.event:
            columns = self._between(bar.start, bar.finish)
            done = round(len(columns) * bar.progress / WHOLE)
            critical = {p for first, last in bar.critical for p in self._between(first, last)}
            for nth, place in enumerate(columns):
                fill = DONE if nth < done else CRITICAL if place in critical else LEFT
                found[place] = Look(fill, place in promised)
        for mark in bar.marks:
            if scale.holds(mark.day):
                place = scale.column(mark.day)
                sign = "!" if mark.kind == "missed" else "◆" if mark.done else "◇"
                colour = TODAY if mark.kind == "missed" or mark.critical else NAVY
                found[place] = found.get(place, NOTHING)._replace(sign=sign, colour=colour)
        return found

    def _between(self, first: date, last: date) -> range:
        """The columns from one day to another, as far as they lie on the scale."""
        low, high = self.ends
        begin, end = max(first, low), min(last, high)
        if begin > end:
            return range(0)
        return range(self.scale.column(begin), self.scale.column(end) + 1)


def _status(tone: Tone | None) -> Style:
    """A cell before the chart that tells a status, or anything else."""
    if tone is None:
        return Style(SMALL, bottom=LINE, wrap=True, down="middle")
    return painted(tone)._replace(size=SMALL)


def _day(lang: Lang) -> Style:
    """A cell before the chart that holds a date."""
    number = number_format(Kind.DATE, lang)
    return Style(SMALL, bottom=LINE, across="center", down="middle", number=number)
