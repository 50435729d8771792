"""Large files: the memory a reading takes beside the file itself, what is told on the way, and what is refused beforehand."""

import tomllib
from pathlib import Path

import pytest

from nps_core.errors import TooLarge, Unreadable
from nps_core.reading import delimited, read, read_table, sheet_cells, texts
from nps_core.reading.table import LARGEST
from tests.core.reading.measured import ROOT, measured
from tests.core.reading.workbooks import raw

MB = 1 << 20
TIMES = 6  # so many times the file, and
BASE = 60 * MB  # so much besides, may be needed at the worst moment
linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory in use is read as Linux tells it")
COMMENTS = (
    "Setting it up took longer than we were told",
    "Support answered within the hour, which helped",
    "The café down the road is not more expensive",
    "",
)


def answer(i, delimiter):
    comment = COMMENTS[i % 4] + f" ({i})" * bool(COMMENTS[i % 4])
    comment = f'"{comment}"' if delimiter in comment else comment
    when = f"2024-{i % 12 + 1:02}-{i % 28 + 1:02} {i % 24:02}:{i % 60:02}:00"
    return delimiter.join([f"r{i:08}", when, str(i * 7 % 11), comment, ("Team", "Business")[i % 2], str(i % 900)])


def text(rows, delimiter=","):
    header = delimiter.join(["Respondent ID", "Recorded at", "How likely are you to recommend us?", "Why?", "Plan", "Seats"])
    return "\n".join([header, *(answer(i, delimiter) for i in range(rows))]) + "\n"


@linux
def test_memory_for_a_large_text(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text(text(250_000), encoding="utf-8")
    assert path.stat().st_size > 20_000_000
    found = measured(path)
    assert found["rows"] == 250_000
    assert found["bytes"] <= TIMES * path.stat().st_size + BASE
    assert found["stages"][:3] == ["Opening large …", "Decoding the text …", "Cutting it into cells …"]
    assert found["stages"][-1] == "Reading scores, dates and groups …"


@linux
def test_memory_for_a_large_text_in_another_encoding_with_damaged_rows(tmp_path):
    lines = text(60_000, ";").splitlines()
    lines[500::3000] = [line + ";too many" for line in lines[500::3000]]
    path = tmp_path / "large.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    found = measured(path)
    assert found["rows"] == 60_000
    assert found["bytes"] <= 2 * TIMES * path.stat().st_size + BASE


@linux
def test_memory_for_a_workbook_of_100_000_rows(tmp_path):
    shared = ["id", "nps", "why", *(f"{COMMENTS[i % 3]} ({i})" for i in range(20_000))]
    head = "".join(f'<c r="{letter}1" t="s"><v>{i}</v></c>' for i, letter in enumerate("ABC"))
    rows = (
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n * 7 % 11}</v></c>'
        f'<c r="C{n}" t="s"><v>{3 + n % 20_000}</v></c></row>'
        for n in range(2, 100_002)
    )
    sheet = f'<row r="1">{head}</row>{"".join(rows)}'
    path = tmp_path / "large.xlsx"
    path.write_bytes(raw(sheet, shared))
    found = measured(path)
    assert found["rows"] == 100_000
    # The file is packed; what stands in the sheet is what has to be read.
    assert found["bytes"] <= TIMES * len(sheet) + BASE
    assert "Reading the sheet: 16,384 rows …" in found["stages"]


@linux
def test_memory_for_very_many_columns(tmp_path):
    path = tmp_path / "wide.csv"
    header = ",".join(f"q{i}" for i in range(16_384))
    path.write_text("\n".join([header, *(",".join(["7"] * 16_384) for _ in range(20))]))
    found = measured(path, "table")
    assert found["rows"] == 20
    # A column costs about 5 KB of its own, however few rows it has (84 MB for 16,384 measured): the bound is twice that.
    assert found["bytes"] <= 170 * MB


@linux
def test_memory_for_long_cells(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("nps,why\n" + "".join(f"{i % 11},{i} {'x y ' * 8000}\n" for i in range(700)))
    found = measured(path)
    assert found["rows"] == 700
    assert found["bytes"] <= TIMES * path.stat().st_size + BASE


# Refused before anything is read, or before it fills the memory.


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_line_of_many_megabytes_is_refused_wherever_it_stands(monkeypatch, end):
    monkeypatch.setattr(texts, "LONGEST_LINE", 1000)
    short = f"nps,why{end}" + f"9,{'x' * 900}{end}" * 5
    assert len(read_table(short.encode(), "x.csv").frame) == 5
    for place in (0, 2, 5):
        lines = short.split(end)
        lines.insert(place, "8," + "x" * 1100)
        with pytest.raises(TooLarge, match="a line longer than that"):
            read_table(end.join(lines).encode(), "x.csv")


def test_a_file_of_nothing_but_damaged_rows_is_given_up(monkeypatch):
    monkeypatch.setattr(delimited, "MOST_DAMAGED", 1000)
    data = b"id,nps,why\n" + b"1,9,fine\n" * 50 + b'2,8,"and then\n' + b"one line after the other\n" * 2000
    with pytest.raises(Unreadable, match="more than 1,000 rows with more or fewer"):
        read_table(data, "x.csv")


def test_the_largest_upload_is_the_largest_file():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] * MB == LARGEST


def test_a_file_above_the_limit_is_refused_before_it_is_read(monkeypatch):
    touched = []
    monkeypatch.setattr("nps_core.reading.table.read_pieces", lambda *_: touched.append(1))
    monkeypatch.setattr("nps_core.reading.excel.is_workbook", lambda *_: touched.append(1))
    with pytest.raises(TooLarge) as caught:
        read([("answers.csv", bytes(LARGEST + 1))])
    error = caught.value
    assert (error.title, error.expected) == ("This file is too large", "a file of at most 200 MB")
    assert error.found == "answers.csv with 201 MB"
    assert "split the file by date" in error.remedy
    assert touched == []


def test_a_wide_sheet_is_converted_many_rows_at_a_time(monkeypatch):
    calls = []
    plain = sheet_cells.convert
    monkeypatch.setattr(sheet_cells, "convert", lambda cells: calls.append(len(cells)) or plain(cells))
    sheet_cells.read_cells([[i % 11] * 3000 for i in range(100)], 3000, 1, 1)
    # 100 rows of 3,000 columns, 64 rows at a time: each column is converted twice, not once for each 43 rows.
    assert calls == [64] * 3000 + [36] * 3000
