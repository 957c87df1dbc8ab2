"""A matrix of loads on a terminal: who down, weeks across, too much marked with a sign.

Where not all weeks fit, they follow below each other in blocks.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.formats.cells import readable
from banyuasin_plan.formats.lines import cut, padded, width
from banyuasin_plan.formats.timescale import Timescale
from banyuasin_plan.report import Kind
from banyuasin_plan.words import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.formats.grid import Page
    from banyuasin_plan.report import Cell, Heat, Table

WIDE = 120
"""How wide it is drawn where nobody says how wide the screen is."""

LEAST, LEAST_AT_ALL = 20, 8
"""What names keep where they need as much, and where that is more than half of the screen."""

GAP = 2
OVER = "!"


class Load(NamedTuple):
    """One cell: what is carried, the most that should be, and what it was before."""

    value: int
    limit: int | None
    before: int

    @property
    def over(self) -> bool:
        """Whether it is too much."""
        return self.limit is not None and self.value > self.limit

    @property
    def relieved(self) -> bool:
        """Whether there was too much before, and not as much now."""
        return self.limit is not None and self.before > self.limit and self.before != self.value


class Lane(NamedTuple):
    """One row: its name, the limit, and its cells by week."""

    name: str
    limit: int | None
    cells: dict[int, Load]


class Matrix:
    """A table's rows as lanes, fitted to a page."""

    def __init__(self, block: Table, heat: Heat, page: Page) -> None:
        """Sort the cells into lanes, and find how many weeks fit beside their names."""
        self.page = page
        self.lanes, self.mondays = _lanes(block, heat, page)
        loads = [cell for lane in self.lanes for cell in lane.cells.values()]
        highest = max(max(cell.value, cell.before) for cell in loads)
        self.cell = len(str(highest)) + len(OVER) + 1
        self.heads = [label(f"gantt.{name}", page.lang) for name in ("month", "monday", "week")]
        self.limit = label("column.capacity", page.lang)
        self.before = f"  {label('load.before', page.lang)}"
        names = [*(lane.name for lane in self.lanes), *self.heads]
        names += [self.before] if any(cell.relieved for cell in loads) else []
        longest = max(map(width, names))
        room = (page.screen.width or WIDE) - width(self.limit) - 2 * GAP
        least = max(min(LEAST, room // 2), LEAST_AT_ALL)
        self.name = min(longest, max(room - len(self.mondays) * self.cell, least))
        self.fit = max((room - self.name) // self.cell, 1)

    def lines(self) -> Iterator[str]:
        """The lanes, in as many blocks of weeks as it takes."""
        weeks = sorted(self.mondays)
        blocks = -(-len(weeks) // self.fit)
        size = -(-len(weeks) // blocks)
        for place in range(0, len(weeks), size):
            if place:
                yield ""
            yield from self._block(weeks[place : place + size])

    def legend(self) -> list[str]:
        """What the signs mean, as far as they were drawn."""
        cells = [cell for lane in self.lanes for cell in lane.cells.values()]
        signs = {
            OVER: ("over", any(cell.over or cell.relieved for cell in cells)),
            _dot(self.page): ("idle", any(not cell.value for cell in cells)),
        }
        said = [
            f"{sign} {label(f'load.{name}', self.page.lang)}"
            for sign, (name, drawn) in signs.items()
            if drawn
        ]
        if any(lane.limit is None for lane in self.lanes):
            said.append(label("load.no_limit", self.page.lang, head=self.limit))
        return said

    def _block(self, weeks: Sequence[int]) -> Iterator[str]:
        page = self.page
        first = self.mondays[weeks[0]]
        scale = Timescale(first.toordinal(), len(weeks), self.cell)
        days = [self.mondays[week].day for week in weeks]
        above = (scale.months(page.lang), scale.numbers(days), scale.numbers(weeks))
        for place, (head, text) in enumerate(zip(self.heads, above, strict=True)):
            limit = self.limit if place == len(above) - 1 else ""
            lead = self._lead(head, limit)
            yield f"{page.styled(lead, 'dim')}{page.styled(text, 'bold')}".rstrip()
        whole = width(self._lead("", "")) + len(weeks) * self.cell
        yield ("-" if page.screen.plain else "─") * whole
        for lane in self.lanes:
            cells = [lane.cells[week] for week in weeks]
            if any(cell.value or cell.before for cell in cells):
                yield from self._lane(lane, cells)

    def _lane(self, lane: Lane, cells: Sequence[Load]) -> Iterator[str]:
        """What is carried, and where it was too much before, a second line with that."""
        limit = "-" if lane.limit is None else str(lane.limit)
        lead = self._lead(lane.name, limit)
        yield lead + "".join(self._cell(cell.value, cell.limit) for cell in cells).rstrip()
        if any(cell.relieved for cell in cells):
            lead = self._lead(self.before, "")
            before = (
                self._cell(cell.before, cell.limit) if cell.relieved else " " * self.cell
                for cell in cells
            )
            yield self.page.styled(lead, "dim") + "".join(before).rstrip()

    def _lead(self, name: str, limit: str) -> str:
        columns = width(self.limit)
        cut_name = cut(name, self.name, plain=self.page.screen.plain)
        return f"{padded(cut_name, self.name)}  {padded(limit, columns, right=True)}  "

    def _cell(self, value: int, limit: int | None) -> str:
        if not value:
            return self.page.styled(padded(_dot(self.page), self.cell), "dim")
        if limit is not None and value > limit:
            return self.page.styled(padded(f"{value}{OVER}", self.cell), "red")
        return self.page.styled(padded(str(value), self.cell), "yellow" if value == limit else "")


def _lanes(block: Table, heat: Heat, page: Page) -> tuple[list[Lane], dict[int, date]]:
    """The rows of the table by who carries, and the Monday of each week."""
    places = {column.id: place for place, column in enumerate(block.columns)}
    lanes: dict[Cell, Lane] = {}
    mondays: dict[int, date] = {}
    for row in block.rows:
        found = {field: row[places[column]] for field, column in heat._asdict().items()}
        name = readable(found["name"], Kind.TEXT, page.lang)
        limit = found["limit"] if isinstance(found["limit"], int) else None
        week, monday = found["across"], found["monday"]
        lane = lanes.setdefault(found["down"], Lane(name, limit, {}))
        if isinstance(week, int) and isinstance(monday, date):
            mondays[week] = monday
            lane.cells[week] = Load(_whole(found["value"]), limit, _whole(found["before"]))
    return list(lanes.values()), mondays


def _whole(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _dot(page: Page) -> str:
    return "." if page.screen.plain else "·"
