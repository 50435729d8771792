"""Packed files: one table is opened, several are asked about, a bomb and a damaged file are refused."""

import gzip
import io
import zipfile

import pytest

from nps_core.errors import TooLarge, Unclear, Unreadable
from nps_core.reading import read_table

CSV = b"nps,why\n9,fine\n3,slow\n"


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(CSV),
        gzip.compress(CSV[:8]) + gzip.compress(CSV[8:]),  # what `cat a.gz b.gz` makes
        zipped(**{"a.csv": CSV}),
        zipped(**{"a.csv": CSV, "__MACOSX/._a.csv": b"x", "read me.pdf": b"%PDF"}),
        gzip.compress(zipped(**{"a.csv": CSV})),
    ],
    ids=["gzip", "two gzips", "zip", "zip with others", "zip in gzip"],
)
def test_one_table_is_opened(data):
    table = read_table(data, "x.zip")
    assert (table.name, table.header, table.frame["nps"].tolist()) == ("x.zip", ("nps", "why"), ["9", "3"])


def test_of_several_files_one_is_asked_for():
    data = zipped(**{"may.csv": CSV, "june.csv": CSV.replace(b"9", b"10")})
    with pytest.raises(Unclear) as caught:
        read_table(data, "x.zip")
    assert [value for value, _ in caught.value.candidates] == ["may.csv", "june.csv"]
    assert read_table(data, "x.zip", "june.csv").frame["nps"].tolist() == ["10", "3"]


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(CSV)[:-12],
        b"\x1f\x8b\x08",
        zipped(),
        zipped(**{"a.csv": CSV, "b.csv": CSV})[:60],
        zipped(**{"a.csv": CSV}).replace(b"\x00\x00\x00a.csv", b"\x01\x00\x00a.csv"),
        gzip.compress(gzip.compress(gzip.compress(CSV))),
    ],
    # Bytes with the time in them are no names: each worker would make others.
    ids=["cut gzip", "gzip head", "empty zip", "cut zip", "locked zip", "thrice gzip"],
)
def test_what_cannot_be_unpacked_is_refused(data):
    with pytest.raises(Unreadable):
        read_table(data, "x.zip")


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped(**{"a.csv": data})])
def test_a_bomb_is_not_unpacked(pack):
    bomb = pack(b"nps\n" + b"9\n" * 5_000_000)
    with pytest.raises(TooLarge, match="1 MB, unpacked"):
        read_table(bomb, "x", limit=1_000_000)


def test_a_size_written_too_small_does_not_help_a_bomb():
    data = zipped(**{"a.csv": b"9\n" * 5_000_000})
    size = (10_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    with pytest.raises((TooLarge, Unreadable)):
        read_table(data.replace(size, (10).to_bytes(4, "little")), "x.zip", limit=1_000_000)


def test_the_limit_holds_before_reading():
    with pytest.raises(TooLarge, match="at most 0 MB"):
        read_table(CSV, "x.csv", limit=10)
