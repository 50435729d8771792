"""Downloads: foreign text that a spreadsheet would run as a formula arrives as text."""

import pandas as pd
import pytest

from nps_core.export import neutral, to_csv


# From the OWASP note on CSV injection: what a spreadsheet may take for a formula begins with one of these.
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "|calc", "%0A=1"])
def test_a_text_that_could_be_a_formula_is_quoted(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("value", ["fine", "", "a=b", 3, -3.5, None])
def test_everything_else_stays_as_it_is(value):
    assert neutral(value) is value


def test_headers_are_foreign_text_too_and_numbers_stay_numbers():
    frame = pd.DataFrame({"=evil": ["@x", "y"], "NPS": [-3.2, 5.0]})
    assert to_csv(frame).decode("utf-8-sig") == "'=evil,NPS\r\n'@x,-3.2\r\ny,5.0\r\n"


def test_excel_is_told_the_encoding():
    assert to_csv(pd.DataFrame({"a": ["é"]})).startswith(b"\xef\xbb\xbf")
