"""What fuzzing begins with, how it is damaged, and what must hold: shared by `fuzz_reading`, `mutate_reading` and the tests.

Seeds are the project's own files, workbooks and archives made here, and larger collections of odd files where they lie beside the
checkout. No collection is needed.
"""

import gzip
import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from nps_core.errors import ExplorerError, Unclear
from nps_core.measures import measures
from nps_core.reading import Choices, read, read_table
from nps_core.tally import tally
from tests.core.reading.workbooks import PLAIN, ods, xls, xlsx

ROOT = Path(__file__).resolve().parents[2]
BESIDE = ROOT.parent / "shared" / "data"  # collections that are too large for the project
LONGEST = 4 << 10  # bytes of a seed: what a long file does, a short one does too
DEEPEST = 2  # questions answered one after the other
TOKENS = (
    *(b'"', b",", b"\n", b"\r", b"\r\n", b";", b"\t", b"|", b"\0", b"'", b"\\", b" ", b"\xe9", b"\xff"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"\xc2\xb2", b"\xd9\xa3"),
    *(b"nps", b"score", b"NA", b"10/10", b"10-Oct", b"-1", b"11", b"1e400", b"99999999999999999999", b"=1+1", b"Promoter"),
    *(b"03/04/2024", b"2024-13-45", b"0000-00-00", b"March 2024", b"count", b"wave", b"Q1 2024", b"Total"),
)  # fmt: skip

CSV = 'id,when,nps,why\n1,2024-05-01,9,"good, but ""slow"""\n2,2024-05-02,3,"two\nlines"\n3,,10,très bien\n'
QUALTRICS = 'Q1,Q2\n"How likely?",Q2\n"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n9,x\n'
STACKED = CSV + "\nstore,town\n" + "a,b\n" * 5
COUNTED = "score,number,region\n" + "".join(f"{score},{score * 3},{region}\n" for region in "NS" for score in range(11))
GROUPED = "NPS Group,wave,email\nPromoter,2H19,a@x.org\nPassive,1H20,b@x.org\nDetractor,1H20,a@x.org\n" * 3
DATED = "Date,nps,why\n" + "".join(f"{month:02}/04/2024 3:05 PM,{month % 11},why {month}\n" for month in range(1, 13))


def zipped(*files: bytes) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, data in enumerate(files):
            packed.writestr(f"{number}.csv", data)
    return out.getvalue()


TEXTS = [
    *(CSV.encode(codec) for codec in ("utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp850")),
    CSV.replace(",", ";").replace("\n", "\r\n").encode(),
    CSV.replace(",", "\t").replace("\n", "\r").encode(),
    CSV.replace('""', '\\"').encode(),
    "nps;причина\n9;хорошо\n".encode("koi8_r"),
    "nps,理由\n9,とても良い\n".encode("cp932"),
    *(text.encode() for text in (QUALTRICS, STACKED, COUNTED, GROUPED, DATED)),
]


def _made() -> Iterator[bytes]:
    yield from TEXTS
    yield from (gzip.compress(TEXTS[0]), zipped(TEXTS[0]), zipped(TEXTS[0], TEXTS[1]), gzip.compress(zipped(TEXTS[0])))
    yield from (xlsx(PLAIN), xlsx(PLAIN, PLAIN), xlsx([["A title"], [], *PLAIN], merge=("A1:C1",)), xls(PLAIN), ods(PLAIN))
    yield from (zipped(xlsx(PLAIN)), gzip.compress(ods(PLAIN)))


def own_seeds() -> list[bytes]:
    """The project's own seeds; of a long file its beginning."""
    own = [path for folder in ("tests/files", "samples", "nps_core/data") for path in sorted((ROOT / folder).glob("*.[ctx]*"))]
    whole = [path.read_bytes() for path in own if path.suffix in (".csv", ".tsv", ".xlsx")]
    return list(dict.fromkeys([*_made(), *(data if data.startswith(b"PK") else data[:LONGEST] for data in whole)]))


def seeds() -> list[bytes]:
    """All seeds, the project's own first."""
    beside = sorted(path for path in BESIDE.rglob("*.csv") if "clean" not in path.parts)
    return list(dict.fromkeys([*own_seeds(), *(path.read_bytes()[:LONGEST] for path in beside)]))


def damaged(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The bytes cut off, joined with others, or with up to eight places changed."""
    found = bytearray(data)
    kind = chance.random()
    if kind < 0.15:
        del found[chance.randrange(len(found) + 1) :]
    elif kind < 0.3:
        found += chance.choice(others)[chance.choice((0, 0, 10, 100)) :]
    for _ in range(chance.randint(1 if kind >= 0.3 else 0, 8)):
        _change(found, chance)
    return bytes(found)


def _change(found: bytearray, chance: random.Random) -> None:
    at, long = chance.randrange(len(found) + 1), chance.choice((1, 1, 2, 9, 60))
    match chance.randrange(6):
        case 0:
            del found[at : at + long]
        case 1 | 2:
            found[at:at] = chance.choice(TOKENS)
        case 3 if at < len(found):
            found[at] ^= chance.randrange(1, 256)
        case 4:
            found[at:at] = found[at : at + long] * chance.choice((1, 2, 20))
        case _:
            place = chance.randrange(len(found) + 1)
            found[at : at + long] = found[place : place + long]


def table_holds(data: bytes) -> str:
    """Reads the bytes as a table and checks what every Table keeps to.

    Returns ``"table"`` or the code of the error of ours that refused it.
    """
    try:
        table = read_table(data, "x.csv")
    except ExplorerError as error:
        return error.code
    assert table.frame.shape[1] == len(table.header)
    assert table.frame.columns.is_unique
    assert all(0 <= row <= len(table.frame) for row, _ in table.repairs)
    assert all(1 <= row <= len(table.frame) for row, _ in table.surplus)
    for other in table.others:
        read_table(data, "x.csv", other.sheet)
    return "table"


def survey_holds(data: bytes, choices: Choices = Choices(), deep: int = DEEPEST) -> str:
    """Reads the bytes as a survey, answers what it asks, and checks what every Responses keeps to.

    Returns ``"read"`` or the code of the error of ours that refused it.
    """
    try:
        found = read([("x.csv", data)], choices)
    except ExplorerError as error:
        if isinstance(error, Unclear) and deep:
            survey_holds(data, _answered(choices, error), deep - 1)
        return error.code
    frame = found.frame
    assert len(frame) == sum(int(str(facts["rows"])) for facts in found.read)
    assert frame.columns.is_unique
    assert frame["score"].dropna().between(0, 10).all()
    assert (frame["group"].notna() | (frame["status"] != "answered")).all()
    assert found.issues["row"].between(1, max(1, len(frame))).all()
    assert set(found.segments) <= set(frame.columns)
    for name in (*found.segments, *(("wave",) if found.waves else ())):
        assert frame[name].notna().all(), name
    assert measures(tally(found))["nps"].dropna().between(-100, 100).all()
    pd.util.hash_pandas_object(found.issues)
    for question in found.questions[: 1 if deep else 0]:
        survey_holds(data, _answered(choices, question), deep - 1)
    return "read"


def _answered(choices: Choices, question: Unclear) -> Choices:
    return replace(choices, **{question.part: question.candidates[-1][0]})


def holds(data: bytes) -> None:
    """All that must hold for any bytes; a table is looked at by itself where it is no survey."""
    if survey_holds(data, deep=1) != "read":
        table_holds(data)
