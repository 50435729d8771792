"""What was written comes back cell for cell: in every dialect, line end and Unicode encoding; the 8-bit ones on natural text."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.reading import read_table

UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
ENDS = [["\n"], ["\r\n"], ["\r"], ["\n", "\r\n"], ["\r\n", "\r\n", "\n"]]
DELIMITERS = [",", ";", "\t", "|", ":", " ", ", "]
names = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=8)
characters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\",;\t|:\\' a1")
cell = st.text(characters, max_size=12).map(str.strip)


def cells(table):
    return [list(table.header), *map(list, table.frame.itertuples(index=False, name=None))]


@st.composite
def tables(draw, content=cell):
    header = draw(st.lists(names, min_size=2, max_size=5, unique=True))
    return [header, *draw(st.lists(st.lists(content, min_size=len(header), max_size=len(header)), min_size=5, max_size=12))]


def written(rows, ends, delimiter, quote, escape, quoted):
    """The rows as text; `quoted` says which cells are: all, those of text, those that need it, none (then escaped)."""
    special = {delimiter[0], "\n", quote, escape} - {""}

    def one(text):
        if not quote:
            return "".join(escape + sign if sign in special else sign for sign in text)
        if (quoted == "needed" and not any(sign in text for sign in special)) or (quoted == "text" and text.isdigit()):
            return text
        return quote + (text.replace(escape, escape * 2) if escape else text).replace(quote, (escape or quote) + quote) + quote

    return "".join(delimiter.join(map(one, row)) + end for row, end in zip(rows, itertools.cycle(ends), strict=False))


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("escape", ["", "\\"])
@given(rows=tables(), ends=st.sampled_from(ENDS), encoding=st.sampled_from(UNICODE), data=st.data())
def test_with_quotes(delimiter, quote, escape, rows, ends, encoding, data):
    quoted = data.draw(st.sampled_from(["all", "text", "needed"]))
    if quote == "'" and quoted != "all":
        # Where few cells stand in single quotes, one wrapped in double ones may be taken either way.
        rows = [[text.strip('" ') for text in row] for row in rows]
    if not escape:
        # A backslash before the other kind of quote may be what escapes it, as in it\'s.
        escaping = re.compile(r"\\+(?=')" if quote == '"' else r'\\+(?=")')
        rows = [[escaping.sub("", text) for text in row] for row in rows]
    if escape:
        # A backslash that stands before no quote may as well be one that the text has: a file must escape a quote somewhere.
        rows[-1][0] += f"a{quote}a"
    if delimiter == " ":
        # Words and blanks alone may be one column of several words: a file must quote a cell somewhere.
        rows[-1][-1] += "a a"
    text = written(rows, ends, delimiter, quote, escape, quoted)
    assert cells(read_table(text.encode(encoding), "x.csv")) == rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ", "])
@given(rows=tables(), ends=st.sampled_from(ENDS), encoding=st.sampled_from(UNICODE), escape=st.sampled_from(["", "\\"]))
def test_without_quotes(delimiter, rows, ends, encoding, escape):
    # A quotation mark cannot be told from one that wraps a cell; unescaped, neither can a delimiter or line end in a cell be
    # told from one between cells. A blank is left out as a delimiter, for several words may be one cell; a colon, for a time is.
    gone = str.maketrans("", "", "\"'" if escape else "\"'\n\\" + delimiter[0])
    rows = [[text.translate(gone).strip() for text in row] for row in rows]
    # What is escaped must be seen: a delimiter somewhere, for a backslash alone may be the text's own.
    rows[-1][0] += f"a{delimiter[0]}a" if escape else ""
    text = written(rows, ends, delimiter, "", escape, "none")
    assert cells(read_table(text.encode(encoding), "x.csv")) == rows
