"""What was written comes back cell for cell: in every dialect, line end and Unicode encoding; the 8-bit ones on natural text."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from nps_core.reading import read_table

UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
names = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=8)
characters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\",;\t|' a1")
cell = st.text(characters, max_size=12).map(str.strip)


def cells(table):
    return [list(table.header), *map(list, table.frame.itertuples(index=False, name=None))]


@st.composite
def tables(draw, content=cell):
    header = draw(st.lists(names, min_size=2, max_size=5, unique=True))
    return [header, *draw(st.lists(st.lists(content, min_size=len(header), max_size=len(header)), min_size=5, max_size=12))]


def written(rows, end="\n", spaced=False, **dialect):
    out = io.StringIO()
    csv.writer(out, lineterminator=end, **dialect).writerows(rows)
    text = out.getvalue()
    return text.replace(dialect["delimiter"], dialect["delimiter"] + " ") if spaced else text


@given(
    tables(),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(UNICODE),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
)
def test_double_quotes(rows, delimiter, end, encoding, quoting):
    # Python does not quote a line feed where records end in a carriage return; no reader could tell them apart.
    text = written(rows, end, delimiter=delimiter, quoting=csv.QUOTE_ALL if end == "\r" else quoting)
    assert cells(read_table(text.encode(encoding), "x.csv")) == rows


@given(tables(), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]), st.sampled_from(UNICODE))
def test_single_quotes_around_every_cell(rows, delimiter, end, encoding):
    text = written(rows, end, delimiter=delimiter, quotechar="'", quoting=csv.QUOTE_ALL)
    assert cells(read_table(text.encode(encoding), "x.csv")) == rows
