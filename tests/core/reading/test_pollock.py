"""Damaged files: one bad row never damages its neighbours, and is mended where its columns settle what was meant.

The table here is made up, damaged in every way and at every place that the Pollock benchmark (Vitagliano et al., VLDB
2023) knows.
"""

import csv
import io
from pathlib import Path

import pytest

from nps_core.reading import read_table

HEADER = ["when", "id", "nps", "plan", "why", "link"]
WORDS = ["Good, but slow", 'He said "fine"', "nothing to add", "très bien", "It's ok", "", "The 5 inch one", "plain"]
ROWS = [
    [
        f"2024-03-{day:02d}",
        f"AB-{day * 37 % 1000:03d}",
        str(day % 11),
        ["Pro", "Basic"][day % 2],
        WORDS[day % 8],
        f"https://x.org/p/{day}",
    ]
    for day in range(1, 29)
]


def written(rows=ROWS, **dialect):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", **dialect).writerows([HEADER, *rows])
    return out.getvalue().splitlines()


def read_lines(lines, encoding="utf-8"):
    return read_table(("\n".join(lines) + "\n").encode(encoding), "x.csv")


def cells(table):
    return [list(row) for row in table.frame.itertuples(index=False, name=None)]


def damaged(line, kind, place):
    """The line with a delimiter lost or added at a place, or a quote before a cell."""
    at = -1
    quoted = False
    for i, character in enumerate(line):
        quoted ^= character == '"'
        if character == "," and not quoted:
            place -= 1
            if not place:
                at = i
                break
    return {
        "lost": line[:at] + line[at + 1 :],
        "added": line[:at] + "," + line[at:],
        "quote": line[: at + 1] + '"' + line[at + 1 :],
    }[kind]


@pytest.mark.parametrize("kind", ["lost", "added", "quote"])
@pytest.mark.parametrize("place", [1, 2, 3, 4, 5])
def test_neighbours_stay_whole(kind, place):
    lines = written()
    for row in range(1, len(ROWS) + 1, 3):
        table = read_lines([*lines[:row], damaged(lines[row], kind, place), *lines[row + 1 :]])
        found = cells(table)
        assert table.header == tuple(HEADER)
        assert len(found) == len(ROWS)
        assert [r for i, r in enumerate(found) if i != row - 1] == [r for i, r in enumerate(ROWS) if i != row - 1]
        assert found[row - 1] == ROWS[row - 1] or [number for number, _ in table.repairs] == [row]


@pytest.mark.parametrize(
    ("kind", "place", "what"),
    [("lost", 1, "separator_lost"), ("lost", 3, "separator_lost"), ("added", 2, "separator_added"), ("quote", 2, "stray_quote")],
)
def test_what_the_columns_settle_is_mended_and_told(kind, place, what):
    lines = written()
    table = read_lines([*lines[:4], damaged(lines[4], kind, place), *lines[5:]])
    assert cells(table) == ROWS
    assert table.repairs == ((4, what),)


def test_a_comment_that_nobody_quoted():
    lines = [",".join(HEADER), *(",".join(row) for row in ROWS)]  # "Good, but slow" stands there bare
    assert cells(read_lines(lines)) == ROWS


def test_a_row_in_another_dialect():
    lines = written()
    lines[7] = "\t".join(ROWS[6])
    table = read_lines(lines)
    assert (cells(table), table.repairs) == (ROWS, ((7, "other_delimiter"),))


def test_what_nothing_settles_is_kept_as_it_is():
    text = "a,b\n" + "x y,v w\n" * 9 + "one,two,three\n" + "x,y\n"
    table = read_table(text.encode(), "x.csv")
    assert table.surplus == ((10, ("one", "two", "three")),)
    assert table.repairs == ((10, "not_settled"),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " "])
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("escape", [None, "\\"])
def test_dialects(delimiter, quote, escape):
    lines = written(delimiter=delimiter, quotechar=quote, escapechar=escape, doublequote=escape is None)
    table = read_lines(lines)
    assert (table.header, cells(table)) == (tuple(HEADER), ROWS)
    assert table.read["delimiter"] == delimiter


def test_no_quotes_at_all():
    lines = written(quoting=csv.QUOTE_NONE, escapechar="\\", quotechar=None)
    assert cells(read_lines(lines)) == ROWS


def test_a_blank_after_every_delimiter():
    lines = [", ".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [HEADER, *ROWS]]
    table = read_lines(lines)
    assert (cells(table), table.read["delimiter"]) == (ROWS, ", ")


def test_mixed_line_ends():
    text = "".join(line + ["\n", "\r\n"][i % 2] for i, line in enumerate(written()))
    assert cells(read_table(text.encode(), "x.csv")) == ROWS


@pytest.mark.parametrize("above", [["Survey of May"], ["Survey of May,,,,,", ",,,,,"], ["Report,2024", "", "By,us"]])
def test_what_stands_above_the_header(above):
    table = read_lines([*above, *written()])
    assert (table.header, cells(table)) == (tuple(HEADER), ROWS)
    assert table.read["preamble_rows"] == sum(bool(line) for line in above)


# What a survey reader should give for the four kinds of files whose twins in the benchmark ask for something else.


def test_without_a_header_no_respondent_is_lost():
    table = read_lines(written()[1:])
    assert (table.header, list(table.frame.columns[:2]), cells(table)) == (("",) * 6, ["Column 1", "Column 2"], ROWS)
    assert table.read["header_rows"] == 0


@pytest.mark.parametrize("times", [2, 3])
def test_a_header_that_is_repeated_is_joined_once(times):
    lines = written()
    table = read_lines([lines[0]] * (times - 1) + lines)
    assert (table.header, cells(table), table.read["header_rows"]) == (tuple(HEADER), ROWS, times)


def test_several_header_rows_are_joined():
    below = ["", "", "Score", "", "Comment", ""]
    table = read_lines([",".join(["Date", "Id", "Q1", "Plan", "", "Link"]), ",".join(below), *written()[1:]])
    assert (table.header, cells(table)) == (("Date", "Id", "Q1 Score", "Plan", "Comment", "Link"), ROWS)


def test_the_same_header_again_goes_on_with_the_same_table():
    lines = written()
    table = read_lines(lines + lines)
    assert (cells(table), table.others) == (ROWS + ROWS, ())
    assert table.repairs == ((29, "header_repeated"),)


@pytest.mark.parametrize("between", [[], [""]])
def test_another_table_beneath_is_told_and_can_be_read(between):
    stores = ["store,town", *(f"{n},Town {n}" for n in range(9))]
    table = read_lines([*written(), *between, *stores])
    assert cells(table) == ROWS
    line = len(ROWS) + 2
    assert [tuple(other)[2:] for other in table.others] == [(1, 10, 2)]
    assert line <= table.others[0].row <= line + len(between)
    below = read_table(("\n".join([*written(), *between, *stores]) + "\n").encode(), "x.csv", table.others[0].sheet)
    assert (below.header, len(below.frame)) == (("store", "town"), 9)


# The benchmark's own files, where they lie beside the project.
POLLOCK = Path(__file__).resolve().parents[4] / "shared" / "data" / "pollock"


@pytest.mark.skipif(not POLLOCK.is_dir(), reason="the benchmark's files are not part of the project")
def test_no_damaged_file_of_the_benchmark_loses_a_neighbour():
    names = sorted((POLLOCK / "csv").glob("row_*.csv"))[::5]
    for path in names:
        with (POLLOCK / "clean" / path.name).open(encoding="utf-8-sig", newline="") as clean:
            truth = [tuple(" ".join(cell.split()) for cell in row) for row in list(csv.reader(clean))[1:]]
        table = read_table(path.read_bytes(), path.name)
        found = [tuple(" ".join(cell.split()) for cell in row) for row in table.frame.itertuples(index=False, name=None)]
        assert sum(a != b for a, b in zip(found, truth, strict=True)) <= 1, path.name


@pytest.mark.parametrize("place", [1, 2, 3, 4, 5])
def test_a_stray_quote_in_the_header_is_no_reason_to_lose_it(place):
    lines = written()
    table = read_lines([damaged(lines[0], "quote", place), *lines[1:]])
    expected = [*HEADER]
    expected[place] = '"' + expected[place]  # as it stands in the file
    assert (table.header, cells(table)) == (tuple(expected), ROWS)
