"""Native charts, each with the workbook it is drawn from, so that they can be edited."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt
from xlsxwriter import Workbook

from banyuasin_plan.formats.slides.deck import Look, colour_of, set_font
from banyuasin_plan.formats.slides.fitting import plain
from banyuasin_plan.formats.workbook.charts import COLOURS, DASHED
from banyuasin_plan.formats.workbook.styles import FAINT, INK, LINE, LOCALES
from banyuasin_plan.formats.workbook.texts import Texts
from banyuasin_plan.words import label

if TYPE_CHECKING:
    from banyuasin_plan.formats.slides.deck import Box, Slide
    from banyuasin_plan.report import Chart, Table

PERCENT = "0%"
HUNDRED = 100
PLACES = 6
"""Decimals of a share: all that is shown, and no more than any program keeps."""

DAYS_A_MARK = 14
SHEET = "Sheet1"
"""What the sheet is called that python-pptx's charts refer to."""


def draw(slide: Slide, box: Box, chart: Chart, table: Table) -> None:
    """The chart in its box."""
    names = [column.id for column in table.columns]
    across = [row[names.index(chart.across)] for row in table.rows]
    data = CategoryChartData(number_format=PERCENT)
    data.categories = [_category(one) for one in across]
    series = {name: [_share(row[names.index(name)]) for row in table.rows] for name in chart.series}
    for name, values in series.items():
        data.add_series(label(f"column.{name}", slide.lang), values)
    kind = XL_CHART_TYPE.LINE if chart.kind == "line" else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *(Pt(value) for value in box), data)
    described = label(f"chart.{chart.id}", slide.lang)
    frame.name = described
    frame._element.nvGraphicFramePr.cNvPr.set("descr", described)  # noqa: SLF001 - no public way
    made = frame.chart
    made.part.chart_workbook.update_from_xlsx_blob(_workbook(slide, data, series))
    _style(slide, made, chart)


def _category(value: object) -> Any:
    return value if isinstance(value, date) else plain(str(value))


def _share(value: object) -> float | None:
    return round(value / HUNDRED, PLACES) if isinstance(value, int | float) else None


def _style(slide: Slide, made: Any, chart: Chart) -> None:
    """Colours, axes and a legend, with letters that can be read from the last row."""
    made.has_title = False
    made.has_legend = True
    made.legend.position = XL_LEGEND_POSITION.BOTTOM
    made.legend.include_in_layout = False
    letters = Look(13, colour=INK)
    for font in (made.legend.font, made.category_axis.tick_labels.font):
        set_font(font, letters, slide.lang)
    values = made.value_axis
    set_font(values.tick_labels.font, Look(12, colour=FAINT), slide.lang)
    values.minimum_scale, values.maximum_scale, values.major_unit = 0, 1, 0.2
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = PERCENT, False
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = colour_of(LINE)
    made.category_axis.format.line.color.rgb = colour_of(FAINT)
    dress = _lines if chart.kind == "line" else _bars
    dress(slide, made, chart)


def _lines(slide: Slide, made: Any, chart: Chart) -> None:
    for drawn, name in zip(made.plots[0].series, chart.series, strict=True):
        drawn.smooth = False
        drawn.format.line.width = Pt(2.75)
        drawn.format.line.color.rgb = colour_of(COLOURS[name])
        if name in DASHED:
            drawn.format.line.dash_style = MSO_LINE.DASH
    axis = made.category_axis
    axis.tick_labels.number_format = f"{LOCALES[slide.lang]}d mmm"
    axis.tick_labels.number_format_is_linked = False
    axis.has_major_gridlines = False
    _every(axis, DAYS_A_MARK)


def _bars(slide: Slide, made: Any, chart: Chart) -> None:
    plot = made.plots[0]
    plot.gap_width = 60
    for drawn, name in zip(plot.series, chart.series, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = colour_of(COLOURS[name])
        marks = drawn.data_labels
        marks.show_value, marks.number_format, marks.number_format_is_linked = True, PERCENT, False
        marks.position = XL_LABEL_POSITION.OUTSIDE_END
        set_font(marks.font, Look(12), slide.lang)
    made.category_axis.reverse_order = True
    made.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _every(axis: Any, days: int) -> None:
    """A mark on the axis only every so many days."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    element = axis._element  # noqa: SLF001 - python-pptx has no way to say it
    unit = parse_xml(f'<c:majorUnit {nsdecls("c")} val="{days}"/>')
    scale = parse_xml(f'<c:majorTimeUnit {nsdecls("c")} val="days"/>')
    for old in element.xpath("c:majorUnit | c:majorTimeUnit"):
        element.remove(old)
    base = element.xpath("c:baseTimeUnit")
    if base:
        base[0].addnext(unit)
        unit.addnext(scale)


def _workbook(slide: Slide, data: Any, series: dict[str, list[float | None]]) -> bytes:
    """The numbers behind a chart, where python-pptx's charts look for them; on the data date."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.combine(slide.report.heading.as_of, time())})
    sheet, texts = book.add_worksheet(SHEET), Texts()
    days, shares = (
        book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"num_format": "0.0%"}),
    )
    sheet.set_column(0, len(series), 18)
    for row, one in enumerate(data.categories, start=1):
        if isinstance(one.label, date):
            sheet.write_datetime(row, 0, datetime.combine(one.label, time()), days)
        else:
            sheet.write_string(row, 0, texts.fitting(str(one.label)))
    for column, (name, values) in enumerate(series.items(), start=1):
        sheet.write_string(0, column, label(f"column.{name}", slide.lang))
        for row, value in enumerate(values, start=1):
            if value is not None:
                sheet.write_number(row, column, value, shares)
    book.close()
    return out.getvalue()
