"""A large report as a workbook beside XlsxWriter writing the same cells in constant memory.

Prints the CPU seconds of both, the least of several runs each, in turns.
"""

from __future__ import annotations

import io
import sys
import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import TYPE_CHECKING

import xlsxwriter
from tests.headings import HEADING

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.formats.workbook.values import value_of
from banyuasin_plan.report import Column, Kind, Report, Table, Tone
from banyuasin_plan.words import Lang, message

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyuasin_plan.formats.workbook.values import Value
    from banyuasin_plan.report import Cell

RUNS = 3
MORNING = time_of_day()
START = date(2025, 2, 20)
COLUMNS = (
    Column("number", Kind.COUNT),
    Column("id", Kind.ID),
    Column("program", Kind.TEXT),
    Column("milestone", Kind.TEXT),
    Column("owner", Kind.ID),
    Column("start", Kind.DATE),
    Column("due", Kind.DATE),
    Column("planned_percent", Kind.PERCENT),
    Column("actual_percent", Kind.PERCENT),
    Column("deviation", Kind.POINTS),
    Column("status", Kind.STATUS),
    Column("reason", Kind.SENTENCE),
)
FORMATS = {
    Kind.COUNT: {"num_format": "#,##0"},
    Kind.DATE: {"num_format": "d mmm yyyy"},
    Kind.PERCENT: {"num_format": "0.0%"},
    Kind.POINTS: {"num_format": "+0.0;-0.0;0.0"},
}


def main() -> None:
    """Measure and print."""
    report = report_of(int(sys.argv[1]))
    ours, theirs = [], []
    cells = cells_of(report)
    for _ in range(RUNS):
        theirs.append(took(lambda: constant_memory(cells)))
        ours.append(took(lambda: written(report, "xlsx", Lang.ID, Screen())))
    sys.stdout.write(f"{min(ours)} {min(theirs)}\n")


def took(run: Callable[[], bytes]) -> float:
    """The CPU seconds of a run."""
    begin = time.process_time()
    run()
    return time.process_time() - begin


def report_of(rows: int) -> Report:
    """A report of one table of milestones, as the matrix has them on paper."""
    tones = tuple(Tone)
    table = Table(
        "milestones",
        COLUMNS,
        tuple(
            (
                n,
                f"m-{n}",
                f"Program {n // 40}: layanan dasar yang lebih dekat",
                f"Daftar penerima nomor {n} disahkan camat",
                f"dinas-{n % 30}",
                START + timedelta(n % 90),
                START + timedelta(n % 90 + 9),
                n % 101,
                n * 7 % 101,
                n * 7 % 101 - n % 101,
                tones[n % len(tones)],
                f"lewat tenggat {n % 9} hari kerja (tenggat {n % 28 + 1} Mar 2025)",
            )
            for n in range(rows)
        ),
        message("none.rows"),
    )
    return Report("weekly", HEADING, (table,))


def cells_of(report: Report) -> list[list[tuple[Cell, Value]]]:
    """Every cell, and what it is in a workbook: ready to be written, at nobody's cost."""
    rows = report.main.rows if isinstance(report.main, Table) else ()
    return [
        [
            (cell, datetime.combine(value, MORNING) if isinstance(value, date) else value)
            for cell, column in zip(row, COLUMNS, strict=True)
            for value in (value_of(cell, column.kind, Lang.ID),)
        ]
        for row in rows
    ]


def constant_memory(rows: list[list[tuple[Cell, Value]]]) -> bytes:
    """The same cells by XlsxWriter's own means: no heights, no table, no widths."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    looks = [
        book.add_format({"bottom": 1, **FORMATS.get(column.kind, {"text_wrap": True})})
        for column in COLUMNS
    ]
    tones = {tone: book.add_format({"bottom": 1, "bold": True}) for tone in Tone}
    for number, row in enumerate(rows):
        for place, (cell, value) in enumerate(row):
            look = tones[cell] if isinstance(cell, Tone) else looks[place]
            if isinstance(value, str):
                sheet.write_string(number, place, value, look)
            elif isinstance(value, datetime):
                sheet.write_datetime(number, place, value, look)
            elif isinstance(value, int | float):
                sheet.write_number(number, place, value, look)
    book.close()
    return out.getvalue()


if __name__ == "__main__":
    main()
