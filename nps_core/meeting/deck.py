"""The deck: a file of slides (.pptx, 16:9) that office programs open and edit.

One thought a slide: its title, the figure written large, a few sentences, one or two pictures, the source line and the number of
the slide. In the notes stand all sentences and how each figure was computed. Charts that office programs can draw are theirs to
edit; the others are pictures. Foreign text is plain text. Imported where a deck is asked for.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from nps_core.meeting.images import bare
from nps_core.meeting.native import FONT, Box, add, colour
from nps_core.meeting.plain import broken, shortened, unbroken, writable
from nps_core.meeting.slides import Drawn, Slide
from nps_core.palette import LIGHT, Palette

WIDTH, HEIGHT, EDGE = 13.333, 7.5, 0.6  # inches
INSIDE = WIDTH - 2 * EDGE
TITLE_TOP, TITLE_HEIGHT = 0.4, 1.25
TOP, FOOT = 1.85, 6.95  # where pictures begin and the source line stands
ASIDE, GAP = 3.75, 0.4  # the column of words beside one picture
TITLES, WORDS = (34, 32, 30, 28, 26, 24, 22, 20), (20, 18, 16)  # pt
ONE_LINE = 26  # pt: a title stands on one line where it does so at this size
NUMBER, SOURCES, HEADING = 60, (12, 11, 10), 16  # pt
LETTER, LEADING = 0.54, 1.2  # of the size: a letter's usual width on the wide side, and a line
PIXELS = 620  # px that a picture is drawn wide: its smallest letters are then read from the back of a room
LAYOUT = 5  # of the library's own: a title and nothing else


def deck(
    slides: Sequence[Slide],
    title: str,
    limits: Sequence[str] = (),
    palette: Palette = LIGHT,
    say: Callable[[float], None] = lambda done: None,
) -> bytes:
    """The deck as a file.

    Parameters
    ----------
    slides : sequence of Slide
        In the order to show them; those that are None in `slides`' functions are left out by the caller.
    title : str
        What the first slide says, such as the name of the file; foreign text.
    limits : sequence of str
        What the figures do not say (`wording.what_it_does_not_say`), as a last slide; none leaves it out.
    palette : Palette
        The theme; it has to be that of the slides' pictures.
    say : callable
        Told how much is done (0..1) after each slide.
    """
    made: Any = Presentation()
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _widen(made)
    properties = made.core_properties
    properties.title, properties.author, properties.last_modified_by = writable(title)[:255], "", ""
    _cover(made, title, slides, palette)
    for number, slide in enumerate(slides, 1):
        _slide(made, slide, palette)
        say(number / len(slides))
    if limits:
        page = _page(made, "What these figures do not say", palette)
        _words(page, [f"• {limit}" for limit in limits], (EDGE, TOP, INSIDE, FOOT - TOP), (22, 20, 18), palette)
    found = io.BytesIO()
    made.save(found)
    return found.getvalue()


def _widen(made: Any) -> None:
    """Stretch the library's own 4:3 layouts to the width of the slides, so that a slide somebody adds fits too."""
    for holder in (made.slide_master, *made.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = (Emu(round(size * WIDTH / 10)) for size in (shape.left, shape.width))


def _cover(made: Any, title: str, slides: Sequence[Slide], palette: Palette) -> None:
    page = _page(made, title, palette, top=2.4, sizes=(44, 40, 36, 32, 28, 24))
    source = slides[0].source if slides else ""
    _words(page, [source], (EDGE, 4.0, INSIDE, 1.2), (20, 18, 16, 14, 12), palette, muted=True)
    _notes(page, [source])


def _slide(made: Any, slide: Slide, palette: Palette) -> None:
    page = _page(made, unbroken(slide.title), palette)
    if len(slide.pictures) == 1:
        _beside(page, slide, palette)
    elif slide.pictures:
        _under(page, slide, palette)
    else:
        _words(page, slide.said, (EDGE, TOP, INSIDE, FOOT - TOP - 0.2), (26, 24, 22, 20, 18), palette)
    _words(page, [slide.source], (EDGE, FOOT, INSIDE - 1, 0.45), SOURCES, palette, muted=True)
    computed = [f"{item.title}\n{item.formula}\n{item.numbers}\n{item.source}" for item in slide.computed]
    _notes(page, [slide.title, *slide.said, "How this was computed", *computed, slide.source])


def _beside(page: Any, slide: Slide, palette: Palette) -> None:
    """Words at the left, one picture at the right."""
    top = TOP
    if slide.number:
        _text(page, [slide.number], (EDGE, TOP - 0.1, ASIDE, 1.1), NUMBER, palette.accent_text, bold=True)
        top += 1.15
    _words(page, slide.said, (EDGE, top, ASIDE, FOOT - top - 0.15), WORDS, palette)
    left = EDGE + ASIDE + GAP
    _picture(page, slide.pictures[0], (left, TOP, WIDTH - EDGE - left, FOOT - TOP - 0.15), palette)


def _under(page: Any, slide: Slide, palette: Palette) -> None:
    """Pictures side by side, words beneath them."""
    width = (INSIDE - GAP * (len(slide.pictures) - 1)) / len(slide.pictures)
    foot = 5.2
    for i, drawn in enumerate(slide.pictures):
        _picture(page, drawn, (EDGE + i * (width + GAP), TOP - 0.15, width, foot - TOP), palette, headed=True)
    _words(page, slide.said, (EDGE, foot, INSIDE, FOOT - foot - 0.2), WORDS, palette)


def _picture(page: Any, drawn: Drawn, box: tuple[float, float, float, float], palette: Palette, headed: bool = False) -> None:
    left, top, width, height = box
    if headed:
        _text(page, [drawn.title], (left, top, width, 0.4), HEADING, palette.muted, bold=True)
        top, height = top + 0.4, height - 0.4
    if drawn.native:
        frame: Any = add(page, drawn.native, _emu(left, top, width, height), palette)
        frame.name = drawn.title
        frame._element.nvGraphicFramePr.cNvPr.set("descr", writable(drawn.alt))
        return
    shape = page.shapes.add_picture(io.BytesIO(bare(drawn, PIXELS, scale=3)), Inches(left), Inches(top), width=Inches(width))
    if shape.height > Inches(height):
        shape.width, shape.height = round(shape.width * Inches(height) / shape.height), Inches(height)
        shape.left = Inches(left) + (Inches(width) - shape.width) // 2
    shape.name = drawn.title
    shape._element.nvPicPr.cNvPr.set("descr", writable(drawn.alt))


def _page(made: Any, title: str, palette: Palette, top: float = TITLE_TOP, sizes: Sequence[int] = TITLES) -> Any:
    """An empty slide with its title and its number."""
    page = made.slides.add_slide(made.slide_layouts[LAYOUT])
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = colour(palette.background)
    holder = page.shapes.title
    holder.left, holder.top, holder.width, holder.height = _emu(EDGE, top, INSIDE, TITLE_HEIGHT)
    shown = _shortened(writable(title), INSIDE, TITLE_HEIGHT, sizes[-1])
    size = _size(shown, INSIDE, sizes)
    if size < ONE_LINE or _lines(shown, INSIDE, size) > 1:
        size = _fitting([shown], INSIDE, TITLE_HEIGHT, sizes)
    _write(holder.text_frame, [shown], size, colour(palette.text), bold=True)
    _slide_number(page, palette)
    return page


def _words(
    page: Any,
    texts: Sequence[str],
    box: tuple[float, float, float, float],
    sizes: Sequence[int],
    palette: Palette,
    muted: bool = False,
) -> None:
    """As many of the sentences as fit, as large as they fit; all of them stand in the notes."""
    shown = [writable(text) for text in texts if text]
    while len(shown) > 1 and _height(shown, box[2], sizes[-1]) > box[3]:
        shown.pop()
    if shown:
        shown = [_shortened(text, box[2], box[3], sizes[-1]) for text in shown]
        _text(page, shown, box, _fitting(shown, box[2], box[3], sizes), palette.muted if muted else palette.text)


def _text(
    page: Any,
    texts: Sequence[str],
    box: tuple[float, float, float, float],
    size: int,
    value: str,
    bold: bool = False,
) -> None:
    frame = page.shapes.add_textbox(*_emu(*box)).text_frame
    _write(frame, [writable(text) for text in texts], size, colour(value), bold)


def _write(frame: Any, texts: Sequence[str], size: int, value: RGBColor, bold: bool = False) -> None:
    """Plain text, a paragraph each; nothing in it is read as anything else."""
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for i, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(size * 0.5)
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(size), bold, FONT, value


def _slide_number(page: Any, palette: Palette) -> None:
    box = page.shapes.add_textbox(*_emu(WIDTH - EDGE - 0.9, FOOT, 0.9, 0.4))
    box.name = "Slide number"
    _write(box.text_frame, [""], SOURCES[0], colour(palette.muted))
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    run = paragraph.runs[0]._r
    field = etree.SubElement(paragraph._p, qn("a:fld"))
    field.set("id", "{5A4D9F0E-6A0B-4C3D-9E55-0C0FFEE0D0C5}")
    field.set("type", "slidenum")
    for child in list(run):
        field.append(child)
    field.find(qn("a:t")).text = str(page.part.package.presentation_part.presentation.slides.index(page) + 1)
    paragraph._p.replace(run, field)


def _notes(page: Any, texts: Sequence[str]) -> None:
    page.notes_slide.notes_text_frame.text = "\n\n".join(writable(text) for text in texts if text)


def _emu(left: float, top: float, width: float, height: float) -> Box:
    return Inches(left), Inches(top), Inches(width), Inches(height)


def _lines(text: str, width: float, size: int) -> int:
    return len(broken(text, int(width * 72 / (size * LETTER))))


def _height(texts: Sequence[str], width: float, size: int) -> float:
    """How high these paragraphs stand, in inches."""
    return sum(_lines(text, width, size) * size * LEADING + size * 0.5 for text in texts) / 72 - size * 0.5 / 72


def _fitting(texts: Sequence[str], width: float, height: float, sizes: Sequence[int]) -> int:
    """The largest size at which the paragraphs fit, or the smallest."""
    return next((size for size in sizes if _height(texts, width, size) <= height), sizes[-1])


def _size(text: str, width: float, sizes: Sequence[int]) -> int:
    """The largest size at which a text stands on one line, or the smallest."""
    return next((size for size in sizes if _lines(text, width, size) == 1), sizes[-1])


def _shortened(text: str, width: float, height: float, size: int) -> str:
    """A text that would be cut even at the smallest size, ended before that; the notes have all of it."""
    if _height([text], width, size) <= height:
        return text
    room = int(height * 72 / (size * LEADING))
    return shortened(text, int(room * width * 72 / (size * LETTER) * 0.9))
