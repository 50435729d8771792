"""Charts that office programs draw and edit: a `slides.Native` placed on a slide of a deck.

The small workbook inside each chart, which opens on "Edit data", is written here too: names of groups stay text in it and are
never taken for formulas or links.
"""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Inches, Pt

from nps_core.meeting.plain import shortened, writable
from nps_core.meeting.slides import Native
from nps_core.palette import Palette
from nps_core.wording import signed

FONT = "Arial"  # every office program has it, or one with letters of the same width
LETTERS = 16  # pt
THICK = 0.55  # inches: no bar is thicker, however few there are
FEW = 8  # points of a line up to which each has its figure; beyond, the last alone
MANY, SMALLER = 5, 14  # bars beyond which their names are written smaller, in pt
HALF, LONG, LONGER = 7, 20, 34  # inches under which a chart is narrow; letters of a name on a narrow and on a wide one
TEXTS_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
KINDS = {"bar": XL_CHART_TYPE.BAR_CLUSTERED, "line": XL_CHART_TYPE.LINE_MARKERS}
Box = tuple[int, int, int, int]  # left, top, width, height


def add(slide: Slide, native: Native, box: Box, palette: Palette) -> GraphicFrame:
    """Place the chart on the slide."""
    data: Any = CategoryChartData(number_format=native.number_format)
    names = [shortened(writable(name), LONG if box[2] < Inches(HALF) else LONGER) for name in native.categories]
    data.categories = _captions(names, native)
    for name, values in native.series.items():
        data.add_series(name, values)
    shapes: Any = slide.shapes
    frame: Any = shapes.add_chart(KINDS[native.kind], *box, data)
    chart: Any = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(names, native))
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(LETTERS), FONT, colour(palette.text)
    chart.has_title = False
    chart.has_legend = len(native.series) > 1
    if native.kind == "line":
        _line(chart, native, palette)
    else:
        _bars(chart, native, box[3], palette)
    made: GraphicFrame = frame
    return made


def colour(value: str) -> RGBColor:
    """A ``#rrggbb`` as the deck wants it."""
    red, green, blue = bytes.fromhex(value.removeprefix("#"))
    return RGBColor(red, green, blue)


def _captions(names: Sequence[str], native: Native) -> list[str]:
    """What stands beside each bar or beneath each point. Beside a bar with an interval stands its figure too: at its end the
    interval would run through it."""
    if not native.low:
        return list(names)
    figures = (_figure(value, native) for value in next(iter(native.series.values())))
    return [f"{name}  {figure}" for name, figure in zip(names, figures, strict=True)]


def _figure(value: float | None, native: Native) -> str:
    if value is None:
        return ""
    return f"{value:.1f}%" if "%" in native.number_format else signed(value)


def _bars(chart: Any, native: Native, height: int, palette: Palette) -> None:
    plot = chart.plots[0]
    slot = height / Inches(1) / max(len(native.categories), 1)
    plot.gap_width = round(min(max(100 * (slot / THICK - 1), 45), 500))
    _quiet(chart.category_axis, palette)
    chart.category_axis.reverse_order = True  # the first category on top
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if len(native.categories) > MANY:
        chart.category_axis.tick_labels.font.size = Pt(SMALLER)
    _every_name(chart.category_axis)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = _room(native)
    series = plot.series[0]
    series.invert_if_negative = False
    _fill(series.format, native.colours[0])
    if len(native.colours) == len(native.categories) > 1:
        for i, own in enumerate(native.colours):
            _fill(series.points[i].format, own)
    if native.low:
        _whiskers(series, native, palette)
    else:
        _labels(plot, native, palette).position = XL_LABEL_POSITION.OUTSIDE_END


def _room(native: Native) -> tuple[float, float]:
    """From where to where the bars' axis reaches: every interval is inside, and beside a bar without one there is its figure."""
    ends = [value for values in (*native.series.values(), native.low, native.high) for value in values if value is not None]
    beside = 1.03 if native.low else 1.25
    return min(0.0, min(ends, default=0.0) * beside), max(1.0, max(ends, default=1.0) * beside)


def _line(chart: Any, native: Native, palette: Palette) -> None:
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _quiet(chart.category_axis, palette)
    _quiet(chart.value_axis, palette)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = colour(palette.grid)
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = "+0;\\−0;0", False
    known = [value for values in native.series.values() for value in values if value is not None]
    chart.value_axis.minimum_scale = max(-100, min(known) // 10 * 10)
    chart.value_axis.maximum_scale = min(100, max(known) // 10 * 10 + 10)
    chart.value_axis.major_unit = 10 if max(known) - min(known) < 60 else 20
    for i, series in enumerate(chart.plots[0].series):
        series.smooth = False
        line = series.format.line
        line.color.rgb, line.width = colour(native.colours[i]), Pt(3 if i == 0 else 1.25)
        if i:
            line.dash_style = MSO_LINE.DASH
            series.marker.style = None
            _no_marker(series)
        else:
            series.marker.size = 9
            _fill(series.marker.format, native.colours[0])
            series.marker.format.line.color.rgb = colour(native.colours[0])
            _figures(series, native)


def _figures(series: Any, native: Native) -> None:
    values = next(iter(native.series.values()))
    known = [i for i, value in enumerate(values) if value is not None]
    for i in known if len(known) <= FEW else known[-1:]:
        label = series.points[i].data_label
        label.position = XL_LABEL_POSITION.ABOVE
        label.font.size, label.font.bold, label.font.name = Pt(LETTERS), True, FONT


def _labels(plot: Any, native: Native, palette: Palette) -> Any:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = native.number_format, False
    labels.show_value = True
    labels.font.size, labels.font.bold, labels.font.name = Pt(LETTERS), True, FONT
    labels.font.color.rgb = colour(palette.text)
    return labels


def _quiet(axis: Any, palette: Palette) -> None:
    axis.has_major_gridlines = False
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = colour(palette.grid)
    axis.tick_labels.font.size, axis.tick_labels.font.name = Pt(LETTERS), FONT
    axis.tick_labels.font.color.rgb = colour(palette.text)


def _every_name(axis: Any) -> None:
    """No name is left out, however little room there is."""
    skip = etree.Element(qn("c:tickLblSkip"))
    skip.set("val", "1")
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _fill(part: Any, value: str) -> None:
    part.fill.solid()
    part.fill.fore_color.rgb = colour(value)


def _element(parent: Any, tag: str, **attributes: str) -> Any:
    made = etree.SubElement(parent, qn(tag))
    for name, value in attributes.items():
        made.set(name, value)
    return made


def _no_marker(series: Any) -> None:
    marker = series._element.get_or_add_marker()
    for child in list(marker):
        marker.remove(child)
    _element(marker, "c:symbol", val="none")


def _whiskers(series: Any, native: Native, palette: Palette) -> None:
    """The interval of each bar as error bars; how far they reach stands in the chart's own workbook, columns C and D."""
    bars = etree.Element(qn("c:errBars"))
    _element(bars, "c:errBarType", val="both")
    _element(bars, "c:errValType", val="cust")
    _element(bars, "c:noEndCap", val="0")
    for tag, column, sizes in (("c:plus", "D", _reach(native)[1]), ("c:minus", "C", _reach(native)[0])):
        reference = _element(_element(bars, tag), "c:numRef")
        _element(reference, "c:f").text = f"Sheet1!${column}$2:${column}${len(sizes) + 1}"
        kept = _element(reference, "c:numCache")
        _element(kept, "c:formatCode").text = "General"
        _element(kept, "c:ptCount", val=str(len(sizes)))
        for i, size in enumerate(sizes):
            _element(_element(kept, "c:pt", idx=str(i)), "c:v").text = repr(size)
    line = _element(_element(bars, "c:spPr"), "a:ln", w="19050")
    _element(_element(line, "a:solidFill"), "a:srgbClr", val=palette.text.removeprefix("#"))
    series._element.find(qn("c:cat")).addprevious(bars)


def _reach(native: Native) -> tuple[list[float], list[float]]:
    """How far the interval reaches below and above each bar."""
    values = next(iter(native.series.values()))
    sides: tuple[list[float], list[float]] = ([], [])
    for value, low, high in zip(values, native.low, native.high, strict=True):
        known = value is not None and low is not None and high is not None
        sides[0].append(round(value - low, 1) if known else 0.0)  # type: ignore[operator]
        sides[1].append(round(high - value, 1) if known else 0.0)  # type: ignore[operator]
    return sides


def _workbook(names: Sequence[str], native: Native) -> bytes:
    """What opens on "Edit data": captions in column A, a series a column, then how far intervals reach, the names as they stand
    in the captions, and the whole names.

    A caption with a figure is a formula over the name and the figure, so that it follows what is edited.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, TEXTS_ONLY) as book:
        sheet = book.add_worksheet("Sheet1")
        figures = book.add_format({"num_format": native.number_format})
        columns = dict(native.series)
        if native.low:
            columns |= dict(zip(("Interval below", "Interval above"), map(tuple, _reach(native)), strict=True))
        for column, (name, values) in enumerate(columns.items(), 1):
            sheet.write_string(0, column, name)
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write_number(row, column, value, figures)
        for row, (name, caption) in enumerate(zip(names, _captions(names, native), strict=True), 1):
            if native.low:
                sheet.write_string(row, 4, name)
                sheet.write_string(row, 5, writable(native.categories[row - 1]))
                form = '"0.0")&"%"' if "%" in native.number_format else f'"{native.number_format}")'
                sheet.write_formula(row, 0, f'=E{row + 1}&"  "&TEXT(B{row + 1},{form}', None, caption)
            else:
                sheet.write_string(row, 0, caption)
    return made.getvalue()
