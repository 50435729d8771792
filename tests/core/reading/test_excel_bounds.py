"""Workbooks that would fill the memory, never end, or are damaged anywhere: one of our own errors, never more."""

import contextlib
import re
import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.errors import ExplorerError, TooLarge, Unreadable
from nps_core.reading import read_table
from tests.core.reading.workbooks import PLAIN, ods, raw, repacked, xls, xlsx


def test_the_whole_width_of_excel():
    sheet = [[f"q{i}" for i in range(16_384)], *([i % 11] * 16_384 for i in range(3))]
    table = read_table(xlsx(sheet), "x.xlsx")
    assert table.frame.shape == (3, 16_384)


def test_the_longest_cell():
    assert len(read_table(xlsx([["nps", "why"], [9, "x" * 32_767]]), "x.xlsx").frame["why"][0]) == 32_767


def sheet_of(body, name="xl/worksheets/sheet1.xml"):
    def change(part, data):
        return re.sub(rb"<sheetData>.*</sheetData>", lambda _: body, data, flags=re.DOTALL) if part == name else data

    return repacked(xlsx(PLAIN), change)


@pytest.mark.parametrize(
    "far",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',  # attributes in another order
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="900000">' + b"<c/>" * 2000 + b"</row>",  # cells that say nothing of their place
    ],
)
def test_two_cells_far_apart_do_not_ask_for_500_gigabytes(far):
    with pytest.raises(TooLarge, match=r"a sheet of .* rows and .* columns"):
        read_table(sheet_of(b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + far + b"</sheetData>"), "x.xlsx")


def bomb(size):
    return sheet_of(b"<sheetData>" + b" " * size + b"</sheetData>")


def test_a_zip_bomb_is_refused_before_it_is_opened():
    with pytest.raises(TooLarge, match=r"which unpacks to 0\.2 GB"):
        read_table(bomb(200 << 20), "x.xlsx")


def test_a_zip_bomb_that_lies_about_its_size_is_refused_too():
    data = bytearray(bomb(200 << 20))
    at = data.index(b"PK\x01\x02")
    while at >= 0:  # every entry of the directory says that it unpacks to 1,000 bytes
        data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(TooLarge, match="more than that"):
        read_table(bytes(data), "x.xlsx")


def test_one_long_text_in_very_many_cells_is_refused():
    row = "".join(f'<c r="{letter}%d" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{n}">' + row % ((n,) * 10) + "</row>" for n in range(1, 5001))  # 50,000 × 32 KB = 1.6 GB
    with pytest.raises(TooLarge, match="GB of text"):
        read_table(raw(rows, ["x" * 32_000]), "x.xlsx")
    few = "".join(f'<row r="{n}">' + row % ((n,) * 10) + "</row>" for n in range(1, 11))
    assert read_table(raw(few, ["x" * 32_000]), "x.xlsx").frame.shape[1] == 10


@pytest.mark.parametrize(("old", "new"), [(b"</table:table>", b"</table    le>"), (b"</table:table-row>", b"")])
def test_an_ods_whose_table_does_not_end_is_refused(old, new):
    with pytest.raises(Unreadable, match="damaged"):
        read_table(repacked(ods(PLAIN), lambda part, data: data.replace(old, new) if part == "content.xml" else data), "x.ods")


def test_an_ods_of_repeated_cells_is_refused():
    many = b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="100" '
    with pytest.raises(TooLarge, match="1,000,009 rows and 100 columns"):
        read_table(
            repacked(
                ods(PLAIN),
                lambda part, data: (
                    data.replace(
                        b"</table:table>", many + b'office:value-type="float" office:value="1"/></table:table-row></table:table>'
                    )
                    if part == "content.xml"
                    else data
                ),
            ),
            "x.ods",
        )


def test_an_xls_whose_sectors_go_round_in_a_circle_is_refused():
    data = bytearray(xls(PLAIN))
    table = 512 * (1 + int.from_bytes(data[76:80], "little"))  # where the first table of sectors stands
    data[table : table + 4] = bytes(4)  # the sector after the first is the first
    with pytest.raises(Unreadable, match="damaged"):
        read_table(bytes(data), "x.xls")


@pytest.mark.parametrize("rows", [(0, 0xFFFFFF), (9, 1)])  # very many; an end before the beginning
def test_an_xls_that_claims_to_be_endless_is_refused(rows):
    data = xls(PLAIN)
    at = data.index(bytes.fromhex("00020e00")) + 4  # the record DIMENSIONS
    with pytest.raises(TooLarge, match="cells"):
        read_table(data[:at] + struct.pack("<2I", *rows) + data[at + 8 :], "x.xls")


SEEDS = [xlsx(PLAIN, [["a"], ["b"]]), xls(PLAIN), ods(PLAIN)]


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=4)), max_size=6),
    st.booleans(),
    st.data(),
)
def test_a_damaged_workbook_is_a_table_or_an_error_of_ours(seed, cuts, inside, data):
    def damage(content):
        for place, new in cuts:
            place %= len(content) + 1
            content = content[:place] + new + content[place + len(new) :]
        return content[: data.draw(st.integers(0, len(content)))] if data.draw(st.integers(0, 9)) == 0 else content

    if inside and seed.startswith(b"PK"):
        part = data.draw(st.sampled_from(zipfile.ZipFile(BytesIO(seed)).namelist()))
        broken = repacked(seed, lambda name, content: damage(content) if name == part else content)
    else:
        broken = damage(seed)
    with contextlib.suppress(ExplorerError):
        table = read_table(broken, "x")
        assert table.frame.shape[1] == len(table.header)
