"""Charts over the cells of a table: lines over days, bars side by side."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from banyuasin_plan.formats.workbook.rows import DAY_ZERO
from banyuasin_plan.formats.workbook.styles import FAINT, INK, LINE, LOCALES
from banyuasin_plan.words import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyuasin_plan.formats.workbook.book import Book, Range, Spot
    from banyuasin_plan.formats.workbook.values import Value

COLOURS = {
    "planned_percent": "#7F8C9A",
    "actual_percent": "#17375E",
    "forecast_percent": "#E67E22",
    "verified_percent": "#27AE60",
}
DASHED = frozenset({"forecast_percent"})
FONT = {"name": "Calibri", "size": 9, "color": INK}
LABELLED = 12
"""Up to so many names all bars bear their value; of more, which are thinner, the last of each."""

MONTHS, DAYS_A_MARK, MARKS = "d mmm", 14, 9
"""How a day reads on an axis, how many days lie between two, and how many have room."""


def draw_charts(book: Book) -> None:
    """Every chart that a sheet left room for, over the table that by now stands somewhere."""
    for spot in book.spots:
        drawn = _lines(book, spot) if spot.chart.kind == "line" else _bars(book, spot)
        drawn.set_size({"width": spot.wide, "height": spot.high})
        drawn.set_title(
            {
                "name": label(f"chart.{spot.chart.id}", book.lang),
                "name_font": {**FONT, "size": 11, "bold": True},
                "overlay": False,
            }
        )
        drawn.set_legend({"position": "bottom", "font": FONT})
        drawn.set_chartarea({"border": {"color": LINE}})
        spot.sheet.insert_chart(spot.row, spot.column, drawn, {"object_position": 1})


def _lines(book: Book, spot: Spot) -> Any:
    chart: Any = book.workbook.add_chart({"type": "line"})
    found = book.ranges[spot.chart.table]
    for name in spot.chart.series:
        line: dict[str, object] = {"color": COLOURS[name], "width": 2.25}
        if name in DASHED:
            line["dash_type"] = "dash"
        chart.add_series({**_series(book, spot, found, name), "line": line})
    days = len(found.columns[spot.chart.across][1])
    chart.set_x_axis(
        {
            "date_axis": True,
            "num_format": LOCALES[book.lang] + MONTHS,
            "major_unit": DAYS_A_MARK * ceil(days / (DAYS_A_MARK * MARKS)),
            "major_unit_type": "days",
            "num_font": FONT,
            "line": {"color": FAINT},
        }
    )
    _percentages(chart.set_y_axis)
    return chart


def _bars(book: Book, spot: Spot) -> Any:
    chart: Any = book.workbook.add_chart({"type": "bar"})
    found = book.ranges[spot.chart.table]
    labels = {"value": True, "num_format": "0%", "font": {**FONT, "size": 8}}
    for name in spot.chart.series:
        series = {**_series(book, spot, found, name), "fill": {"color": COLOURS[name]}, "gap": 60}
        if spot.chart.many <= LABELLED or name == spot.chart.series[-1]:
            series["data_labels"] = labels
        chart.add_series(series)
    chart.set_y_axis({"reverse": True, "num_font": FONT, "line": {"color": FAINT}})
    _percentages(chart.set_x_axis, label_position="high")  # below: the other axis is reversed
    return chart


def _percentages(set_axis: Callable[[dict[str, object]], None], **rest: object) -> None:
    """An axis from nothing to all."""
    set_axis(
        {
            "min": 0,
            "max": 1,
            "major_unit": 0.2,
            "num_format": "0%",
            "num_font": FONT,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.5}},
            **rest,
        }
    )


def _series(book: Book, spot: Spot, found: Range, name: str) -> dict[str, object]:
    """A series by the cells it is drawn from, with what they hold for readers that never look."""
    at, values = found.columns[name]
    across, names = found.columns[spot.chart.across]
    return {
        "name": label(f"column.{name}", book.lang),
        "categories": _reference(found, across),
        "values": _reference(found, at),
        "categories_data": [_cached(value) for value in names],
        "values_data": [_cached(value) for value in values],
    }


def _reference(found: Range, column: int) -> str:
    """The cells of a column, run by run."""
    sheet = quote_sheetname(found.sheet)
    runs = (f"{sheet}!{xl_range_abs(first, column, last, column)}" for first, last in found.runs)
    said = ",".join(runs)
    return f"=({said})" if len(found.runs) > 1 else f"={said}"


def _cached(value: Value) -> Value:
    if isinstance(value, date):
        return value.toordinal() - DAY_ZERO
    return "" if value is None else value
