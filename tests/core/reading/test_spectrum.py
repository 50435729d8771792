"""The eleven awkward files of csv-spectrum, where they lie beside the project; and small ones of the same kinds."""

import json
from pathlib import Path

import pytest

from nps_core.reading import read_table

SPECTRUM = Path(__file__).resolve().parents[4] / "shared" / "data" / "csv-spectrum"


def records(data):
    table = read_table(data, "x.csv")
    return [dict(zip(table.header, row, strict=True)) for row in table.frame.itertuples(index=False, name=None)]


@pytest.mark.skipif(not SPECTRUM.is_dir(), reason="csv-spectrum is not part of the project")
def test_all_of_csv_spectrum():
    files = sorted(SPECTRUM.glob("*.csv"))
    assert len(files) == 11
    for file in files:
        # The CRLF files have lost their CR on the way here, while their truth as JSON has kept it.
        truth = json.loads(file.with_suffix(".json").read_text("utf-8").replace("\\r\\n", "\\n"))
        assert records(file.read_bytes().replace(b"\r\n", b"\n")) == truth, file.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('who,where\nAda,"12, Main Street"\n', [{"who": "Ada", "where": "12, Main Street"}]),
        ('a,b\n"","two ""words"""\n', [{"a": "", "b": 'two "words"'}]),
        ('id,spot\n1,"{""kind"": ""point"", ""at"": [1, 2]}"\n', [{"id": "1", "spot": '{"kind": "point", "at": [1, 2]}'}]),
        ('a,b\r\n1,"one\r\ntwo"\r\n"x\r\ny",2\r\n', [{"a": "1", "b": "one\r\ntwo"}, {"a": "x\r\ny", "b": "2"}]),
        ('a,b\n1,"ha\n""ha""\nha"\n', [{"a": "1", "b": 'ha\n"ha"\nha'}]),
        ("a,b\n1,ʤ\n", [{"a": "1", "b": "ʤ"}]),
        ("a,b\n", []),
    ],
)
def test_small_files_of_the_same_kinds(text, expected):
    assert records(text.encode()) == expected
