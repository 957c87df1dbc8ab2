"""A report before it is a format: typed cells with meaning, in blocks.

A date stays a date and a status a `Tone`; how either looks is the format's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator


class Tone(StrEnum):
    """What a status means; the values are the colours' names, which are never translated."""

    DONE = "blue"
    GOOD = "green"
    WATCH = "yellow"
    RISK = "orange"
    BAD = "red"
    NONE = "grey"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are of each status, worst first."""

    counts: tuple[tuple[Tone, int], ...]


Cell = (
    str
    | int
    | float
    | bool
    | date
    | Message
    | tuple[str, ...]
    | Tally
    | dict[str, str | None]
    | None
)
"""What a cell may hold; a dict is a small record for machines, shown by its values."""


class Kind(StrEnum):
    """What a column's cells are.

    `PERCENT` runs from 0 to 100, `POINTS` are percentage points, `STATE` is a milestone's state,
    `DIFFERENCE` is a signed
    count, `STATUS` a `Tone`, `TALLY` a count of each status, `FLAG` a truth, `RECORD` a dict.
    """

    ID = "id"
    TEXT = "text"
    SENTENCE = "sentence"
    DATE = "date"
    COUNT = "count"
    DIFFERENCE = "difference"
    PERCENT = "percent"
    POINTS = "points"
    RATIO = "ratio"
    MONEY = "money"
    FLAG = "flag"
    STATE = "state"
    STATUS = "status"
    TALLY = "tally"
    RECORD = "record"


HIDDEN = 9
"""The rank of columns that only machines read."""

BEYOND = 8
"""The rank of columns for which a printed page has no room; a workbook has them beside it."""


class Column(NamedTuple):
    """A column: its id (a promise to machines), what its cells are, and how much it matters.

    Where there is no room for all, columns of the highest `rank` go first. `bad` marks counts
    of which any above 0 is bad news. A `sparse` column is not shown where no cell says anything.
    What stands above it is our word for the `id`, unless it is about a thing of the plan, whose
    name is its `head`.
    """

    id: str
    kind: Kind
    rank: int = 1
    bad: bool = False
    sparse: bool = False
    head: str | None = None


class Heat(NamedTuple):
    """A table in long form, one row a cell of a matrix: what is carried against what can be.

    By column ids: `down` and `across` (a week, beginning on `monday`) say where a cell stands,
    `name` what its row is called, `value` what it holds and `limit` the most it should hold,
    which may be None; `before` is what it held before anything was done about it.
    """

    down: str
    name: str
    across: str
    monday: str
    value: str
    limit: str
    before: str


class Table(NamedTuple):
    """Rows under columns.

    `empty` is what to say instead of a table without rows, `more` what follows one that was cut;
    `bar` names two columns of percentages, what is reached and what should be, to be drawn;
    `letter` names a column of texts to send, which people read below the table, each in a
    paragraph; `heat` says that the rows are the cells of a matrix, to be drawn as one. `aside` says
    that the report is about another table; `shown` is False for tables only machines read here.
    `called` is the id by whose words it goes, where it is one of several alike.
    """

    id: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: Message
    more: Message | None = None
    bar: tuple[str, str] | None = None
    heat: Heat | None = None
    letter: str | None = None
    aside: bool = False
    shown: bool = True
    called: str = ""

    @property
    def title(self) -> str:
        """The id by whose words it goes."""
        return self.called or self.id


class Figure(NamedTuple):
    """A single figure; `shown` is False for those that only machines read here."""

    id: str
    kind: Kind
    value: Cell
    shown: bool = True


class Figures(NamedTuple):
    """Figures side by side."""

    items: tuple[Figure, ...]


class Timeline(NamedTuple):
    """A stretch of days and where the data date lies in it."""

    first: date
    last: date
    today: date


class Mark(NamedTuple):
    """A day on a bar: `kind` is `event`, or `missed` for a promise that its milestone will miss."""

    kind: str
    day: date
    milestone: str
    critical: bool = False
    done: bool = False


class Bar(NamedTuple):
    """A milestone, a programme or a group (`level`) in time; first and last day are inclusive.

    `promise` is when a milestone was to be done, from its first day to its due date.

    `under` is the id and `heading` the name of what it is part of. `progress` runs from 0 to 100.
    `critical` are the stretches in which what is left is critical,
    `due` the last promise in it. An `event` takes no time and is a mark on itself. What
    belongs to no group has a bar without id.
    """

    id: str | None
    name: str | Message
    level: str
    under: str | None
    heading: str | None
    owner: str | None
    start: date
    finish: date
    due: date | None
    progress: float
    critical: tuple[tuple[date, date], ...]
    marks: tuple[Mark, ...]
    event: bool
    state: str | None
    tone: Tone | None
    promise: tuple[date, date] | None = None


class Gantt(NamedTuple):
    """Bars over days, with the data date, the plan's last day and the closed stretches.

    `monday` is the Monday of week 1, from which weeks are counted.
    """

    id: str
    bars: tuple[Bar, ...]
    first: date
    last: date
    today: date
    last_day: date
    monday: date
    closed: tuple[tuple[date, date], ...]
    empty: Message


class Note(NamedTuple):
    """A sentence between blocks."""

    text: Message
    tone: Tone = Tone.NONE


class Chart(NamedTuple):
    """A drawing of a table of the same report, by ids: lines over days, or bars side by side.

    `kind` is `line` or `bar`; `across` names the column of days or names, `series` those of
    percentages. Where nothing is drawn, the table says the same.
    `many` is how many bars stand below each other, where that takes more room than usual.
    """

    id: str
    kind: str
    table: str
    across: str
    series: tuple[str, ...]
    many: int = 0


class Contents(NamedTuple):
    """Where the report's sheets are, in formats that have sheets to go to."""


Part = Figures | Table | Timeline | Gantt | Note | Chart | Contents
"""What a report is made of."""


class Beside(NamedTuple):
    """Parts of one kind that stand side by side where there is room.

    `shares` is how the room is divided among them; evenly, where nothing is said.
    """

    parts: tuple[Part, ...]
    shares: tuple[int, ...] = ()


Piece = Part | Beside


class Sheet(NamedTuple):
    """Pieces that stand together: a sheet of a workbook, a part of a page.

    Its title is our word for the `id`; where it is about a thing of the plan, `title` is that
    thing's name and `id` its id.
    """

    id: str
    pieces: tuple[Piece, ...]
    title: str | None = None


Block = Piece | Sheet


def parts_of(block: Block) -> Iterator[Part]:
    """The parts of a block, or the one that it is."""
    if isinstance(block, Sheet):
        for piece in block.pieces:
            yield from parts_of(piece)
    elif isinstance(block, Beside):
        yield from block.parts
    else:
        yield block


class Section(NamedTuple):
    """A part of a letter: what it is about, and a line for each thing.

    Of a `whole` one lines are shortened before any is left out, as each is for somebody else.
    """

    title: Message
    lines: tuple[Message, ...]
    whole: bool = False


class Letter(NamedTuple):
    """What is sent to somebody who reads it on a phone.

    `title` heads it; `title`, `named` and the sections' lines hold words of the plan, however long,
    `opening` and `closing` only ours.
    """

    title: Message
    named: tuple[Message, ...]
    opening: tuple[Message, ...]
    sections: tuple[Section, ...]
    closing: tuple[Message, ...] = ()


class Heading(NamedTuple):
    """What heads every output of a plan on a data date.

    `day` of `days` is counted as the plan counts, `office_day` of `office_days` in office days;
    `held` says that the plan holds the data date still.
    """

    plan: str
    name: str
    notice: str | None
    as_of: date
    held: bool
    day: int
    days: int
    last_day: date
    office_day: int
    office_days: int
    week: int


class Report(NamedTuple):
    """A named report: its heading and its blocks, in reading order."""

    id: str
    heading: Heading
    blocks: tuple[Block, ...] = ()

    @property
    def parts(self) -> Iterator[Part]:
        """Everything in it in reading order, sheets and what stands side by side opened."""
        for block in self.blocks:
            yield from parts_of(block)

    @property
    def main(self) -> Table | Gantt | None:
        """The first block of rows that is not aside: what there is where only one has room."""
        for block in self.parts:
            if isinstance(block, Gantt) or (isinstance(block, Table) and not block.aside):
                return block
        return None
