import io
import re
import zipfile

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from nps_core.meeting.deck import deck
from nps_core.meeting.native import add
from nps_core.meeting.slides import Native
from nps_core.palette import LIGHT
from nps_core.wording import what_it_does_not_say
from tests.core.meeting.surveys import HIDDEN, every_slide

SHOWN = "Free"  # a group that is large enough
NASTY = '=HYPERLINK("http://x.test")|</a:t>&<b>\x00\x1b\ud800 survey.csv'


@pytest.fixture(scope="module")
def opened():
    return Presentation(io.BytesIO(deck(every_slide(), "survey.csv", what_it_does_not_say())))


def texts(page):
    return [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]


def charts(page):
    return [shape for shape in page.shapes if shape.has_chart]


def pictures(page):
    return [shape for shape in page.shapes if shape.shape_type is not None and shape.shape_type.name == "PICTURE"]


def pages(opened):
    """The slides of the thoughts: without the first and the last."""
    return list(zip(every_slide(), list(opened.slides)[1:-1], strict=True))


def test_a_thought_a_slide_between_the_name_and_the_limits(opened):
    assert (opened.slide_width, opened.slide_height) == (Inches(13.333), Inches(7.5))
    titles = [page.shapes.title.text_frame.text for page in opened.slides]
    thoughts = [slide.title.replace("2024-Q", "2024\u2011Q") for slide in every_slide()]  # a period is not broken over two lines
    assert titles == ["survey.csv", *thoughts, "What these figures do not say"]


def test_every_number_of_a_native_chart_is_that_of_the_core(opened):
    for slide, page in pages(opened):
        natives = [drawn.native for drawn in slide.pictures if drawn.native]
        assert len(charts(page)) == len(natives)
        for frame, native in zip(charts(page), natives, strict=True):
            plot = frame.chart.plots[0]
            assert {series.name: tuple(series.values) for series in plot.series} == dict(native.series)
            named = [str(category) for category in plot.categories]
            assert [text.split("  ")[0] for text in named] == list(native.categories)
            if native.low:  # the figure beside each bar says what the bar shows
                said = [float(text.split("  ")[1].replace("−", "-").strip("%")) for text in named]
                assert said == list(next(iter(native.series.values())))


def test_intervals_reach_as_far_as_the_core_says(opened):
    seen = 0
    for slide, page in pages(opened):
        natives = [drawn.native for drawn in slide.pictures if drawn.native]
        for frame, native in zip(charts(page), natives, strict=True):
            bars = frame.chart._chartSpace.findall(f".//{qn('c:errBars')}")
            assert len(bars) == bool(native.low)
            for bar in bars:
                values = next(iter(native.series.values()))
                for tag, ends, way in (("c:plus", native.high, 1), ("c:minus", native.low, -1)):
                    reach = [float(found.text) for found in bar.find(qn(tag)).iter(qn("c:v"))]
                    assert [value + way * size for value, size in zip(values, reach, strict=True)] == pytest.approx(list(ends))
                    seen += 1
    assert seen == 6  # both ends of: comments, scores of groups, passives of groups


def test_pictures_charts_and_source_are_told_in_words(opened):
    for slide, page in pages(opened):
        described = [shape._element.xpath("./*[1]/p:cNvPr/@descr")[0] for shape in (*charts(page), *pictures(page))]
        assert sorted(described) == sorted(drawn.alt for drawn in slide.pictures)
        assert slide.source in texts(page)
        if slide.number and len(slide.pictures) == 1:
            assert slide.number in texts(page)


def test_notes_hold_every_sentence_and_how_each_figure_was_computed(opened):
    for slide, page in pages(opened):
        notes = page.notes_slide.notes_text_frame.text
        for text in (slide.title, *slide.said, slide.source):
            assert text in notes
        for item in slide.computed:
            assert all(line in notes for part in item for line in part.split("\n"))


def test_slides_are_numbered(opened):
    for number, page in enumerate(opened.slides, 1):
        field = page.shapes._spTree.findall(f".//{qn('a:fld')}")
        assert [(found.get("type"), found.find(qn("a:t")).text) for found in field] == [("slidenum", str(number))]


def test_words_stay_on_the_slide_and_off_each_other(opened):
    for page in opened.slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in page.shapes if s.name != "Slide number"]
        for left, top, right, bottom in boxes:
            assert left >= 0
            assert top >= 0
            assert right <= Inches(13.34)
            assert bottom <= Inches(7.5)
        for i, one in enumerate(boxes):
            for other in boxes[i + 1 :]:
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert across <= Inches(0.02) or down <= Inches(0.25), (one, other)


def test_hidden_groups_are_nowhere_in_the_file():
    with zipfile.ZipFile(io.BytesIO(deck(every_slide(), "survey.csv"))) as packed:
        parts = [packed.read(name) for name in packed.namelist()]
        inner = [packed.read(name) for name in packed.namelist() if name.endswith(".xlsx")]
    for blob in inner:
        with zipfile.ZipFile(io.BytesIO(blob)) as book:
            parts += [book.read(name) for name in book.namelist()]
    told = " ".join(part.decode("utf-8", "ignore") for part in parts)
    assert f">{SHOWN}<" in told
    assert not any(f">{name}" in told or f"“{name}”" in told for name in HIDDEN)


def test_names_of_groups_are_no_formulas_where_the_chart_is_edited(opened):
    page = dict(zip([slide.key for slide in every_slide()], list(opened.slides)[1:-1], strict=True))["segments"]
    book = openpyxl.load_workbook(io.BytesIO(charts(page)[0].chart.part.chart_workbook.xlsx_part.blob))
    sheet = book["Sheet1"]
    names = {cell.value: cell.data_type for cell in sheet["E"] if cell.value}
    assert names["=1+1"] == "s"
    # The captions are formulas over the name's cell and the figure, with nothing of the name in them.
    assert all(re.fullmatch(r'=E(\d+)&"  "&TEXT\(B\1,"[^"]*"\)', cell.value) for cell in sheet["A"] if cell.value)


def test_long_names_are_ended_on_the_picture_and_whole_where_it_is_edited():
    made = Presentation()
    page = made.slides.add_slide(made.slide_layouts[6])
    long = "Customers who bought in one of our shops and online"
    native = Native("bar", (long,), {"NPS": (1.0,)}, ("#000000",), "0.0", (0.5,), (2.0,))
    frame = add(page, native, (0, 0, Inches(6), Inches(3)), LIGHT)
    assert list(frame.chart.plots[0].categories) == ["Customers who…  +1.0"]
    sheet = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    assert (sheet["E2"].value, sheet["F2"].value) == ("Customers who…", long)


def test_names_without_an_interval_are_texts_too():
    made = Presentation()
    page = made.slides.add_slide(made.slide_layouts[6])
    native = Native("line", ("=1+1", "http://x.test", "12"), {"NPS": (1.0, None, 3.0)}, ("#000000",), "0.0")
    frame = add(page, native, (0, 0, Inches(5), Inches(3)), LIGHT)
    sheet = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    cells = list(sheet["A"])[1:]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        ("=1+1", "s", None),
        ("http://x.test", "s", None),
        ("12", "s", None),
    ]
    assert tuple(frame.chart.plots[0].series[0].values) == (1.0, None, 3.0)


def test_foreign_text_is_plain_text_and_the_file_stays_whole():
    made = deck(every_slide(source=NASTY), NASTY)
    opened = Presentation(io.BytesIO(made))
    shown = opened.slides[0].shapes.title.text_frame.text
    assert shown == '=HYPERLINK("http://x.test")|</a:t>&<b>    survey.csv'  # three characters became spaces
    assert not re.search("[\x00-\x08\x0e-\x1f\ud800-\udfff]", " ".join(text for page in opened.slides for text in texts(page)))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(packed.read(name))
                assert not [link for link in root.iter() if str(link.get("TargetMode")) == "External"]


def test_a_title_that_is_far_too_long_is_ended_and_stands_whole_in_the_notes():
    first = every_slide()[0]
    long = " ".join(f"word{i}" for i in range(300))
    page = Presentation(io.BytesIO(deck([type(first)(**{**vars(first), "title": long})], "x"))).slides[1]
    assert page.shapes.title.text_frame.text.endswith("…")
    assert long in page.notes_slide.notes_text_frame.text


def test_how_far_it_is_is_told():
    told = []
    deck(every_slide()[:2], "x", say=told.append)
    assert told == [0.5, 1.0]


def test_the_parts_of_a_series_stand_in_the_order_that_the_format_asks_for(opened):
    # ISO/IEC 29500-1, 21.2 (CT_BarSer, CT_LineSer): office programs mend a file by leaving out what stands elsewhere.
    before = ["idx", "order", "tx", "spPr", "invertIfNegative", "pictureOptions", "marker", "dPt"]
    order = [*before, "dLbls", "trendline", "errBars", "cat", "val", "smooth", "shape", "extLst"]
    seen = 0
    for page in opened.slides:
        for frame in charts(page):
            for series in frame.chart._chartSpace.iter(qn("c:ser")):
                places = [order.index(etree.QName(child).localname) for child in series]
                assert places == sorted(places)
                seen += 1
    assert seen == 1 + 1 + 3 + 2  # groups, comments, the trend with its two ends, scores and passives by group


def test_a_bar_of_several_series_has_no_interval():
    with pytest.raises(ValueError, match="single series"):
        Native("bar", ("a",), {"x": (1.0,), "y": (2.0,)}, ("#000000",), "0.0", (0.0,), (2.0,))
