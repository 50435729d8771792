"""Whatever the bytes: a Table or one of our own errors, never another exception. `make fuzz` goes on from here with atheris."""

import gzip
import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from nps_core.errors import ExplorerError
from nps_core.reading import read_table

CSV = 'id,when,nps,why\n1,2024-05-01,9,"good, but ""slow"""\n2,2024-05-02,3,"two\nlines"\n3,,10,très bien\n'
QUALTRICS = 'Q1,Q2\n"How likely?",Q2\n"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n9,x\n'
STACKED = CSV + "\nstore,town\n" + "a,b\n" * 5


def zipped(data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.csv", data)
    return out.getvalue()


SEEDS = [
    *(CSV.encode(codec) for codec in ("utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp850")),
    CSV.replace(",", ";").replace("\n", "\r\n").encode(),
    CSV.replace(",", "\t").replace("\n", "\r").encode(),
    CSV.replace('""', '\\"').encode(),
    "nps;причина\n9;хорошо\n".encode("koi8_r"),
    "nps,理由\n9,とても良い\n".encode("cp932"),
    QUALTRICS.encode(),
    STACKED.encode(),
    gzip.compress(CSV.encode()),
    zipped(CSV),
]


@st.composite
def mutated(draw):
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["cut", "drop", "put", "flip", "double"])):
            case "cut":
                del data[at:]
            case "drop":
                del data[at : at + draw(st.integers(1, 9))]
            case "put":
                data[at:at] = draw(st.sampled_from([b'"', b",", b"\n", b"\r", b";", b"\0", b"'", b"\\", b"\xe9", b"\xff", b" "]))
            case "flip" if at < len(data):
                data[at] ^= draw(st.integers(1, 255))
            case "double":
                data += data[at:]
    return bytes(data)


def holds(data):
    """Reads the bytes and checks what every Table keeps to; our own errors are fine."""
    try:
        table = read_table(data, "x.csv")
    except ExplorerError:
        return
    assert table.frame.shape[1] == len(table.header)
    assert table.frame.columns.is_unique
    assert all(0 <= row <= len(table.frame) for row, _ in table.repairs)
    assert all(1 <= row <= len(table.frame) for row, _ in table.surplus)
    for other in table.others:
        read_table(data, "x.csv", other.sheet)


@settings(max_examples=300)
@given(st.binary(max_size=300) | mutated() | st.builds(bytes.__add__, mutated(), mutated()))
def test_any_bytes_give_a_table_or_an_error_of_ours(data):
    holds(data)
