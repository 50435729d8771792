"""The second scan: comments in, codes out. After it, comments are counted like scores, in small tables.

Each distinct text is cleaned, masked and coded once. What a record says becomes one **pattern**: its status, language and set of
codes. There are few patterns, so `tally.count` counts them like any segment, and a filter that changes looks at no text again.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nps_core.comments.codebook import Codebook
from nps_core.comments.codes import CODABLE, CODES, PLACE, PRIMARY, STATUSES
from nps_core.comments.coding import codings
from nps_core.comments.evidence import Coding
from nps_core.comments.language import recognise
from nps_core.comments.lexicon import Lexicon, lexicon
from nps_core.comments.masking import masked
from nps_core.comments.question import question_of
from nps_core.comments.row import THREADS, Ints, cuts
from nps_core.comments.text import cleaned
from nps_core.comments.triage import saying_nothing
from nps_core.responses import Responses

VERSION = "7"  # of the rules; a change of what is coded changes it
_BIT = {code: np.int64(1) << place for code, place in PLACE.items()}
_WANTING = np.int64(sum(1 << PLACE[c] for c in CODES if c.split(":")[0] in ("gap", "type") or c == "complaint"))
_COMPLAINT = int(_BIT["complaint"])
_PRIMARY_BITS = [(name, _BIT.get(f"gap:{name}", _BIT.get(f"type:{name}", _BIT["praise"]))) for name in PRIMARY[:-1]]
Say = Callable[[float], None]
Objects = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Comments:
    """The coded comments of a survey.

    Attributes
    ----------
    texts : DataFrame, one row a distinct masked text and question
        text (str, cleaned and masked), question (why or improve), language (a code, ``"other"``), status (of `codes.STATUSES`),
        bits (int64, one bit a code of `codes.CODES`), subs (the sub-themes named, as "gap/name", one a line), primary (of
        `codes.PRIMARY`, '' where not codable).
    rows : DataFrame, one row a comment that is not empty
        record (position in `Responses.frame`), column (of `Responses.comments`), text (position in `texts`), count (respondents).
    patterns : DataFrame, one row a pattern; the first is that of a record without words
        status, language, primary, and one bool column a code.
    responses : Responses
        The survey with one more segment, `pattern`, the position in `patterns` as text.
    books : mapping of language to Codebook
    questions : mapping of comment column to why or improve
    key : str, sha256 over the survey's key, the codebooks and the questions; keys every cache
    """

    texts: pd.DataFrame
    rows: pd.DataFrame
    patterns: pd.DataFrame
    responses: Responses
    pattern: str
    books: Mapping[str, Codebook]
    questions: Mapping[str, str]
    key: str

    @cached_property
    def languages(self) -> dict[str, int]:
        """How many codable comments are in each language, most first."""
        codable = self.texts[self.texts["status"].isin(["coded", "not_coded"])]
        counts = self.rows["text"].map(codable["language"]).value_counts()
        return {str(name): int(number) for name, number in counts.items()}

    def explained(self, places: Iterable[int]) -> Iterator[tuple[int, Coding]]:
        """How the texts at these places of `texts` came to their codes: coded once more, with the evidence kept.

        Each with its place, in an order of its own; many at once are far faster than one by one.
        """
        rows = self.texts.iloc[list(dict.fromkeys(places))]
        codable = rows["status"].isin(CODABLE)
        yield from ((int(place), Coding()) for place in rows.index[~codable])
        rows = rows[codable]
        texts, questions, at = rows["text"].tolist(), rows["question"].tolist(), rows.index.tolist()
        for language, portion in _portions(texts, rows["language"].tolist()):
            words, here = lexicon(self.books[language]), portion.tolist()
            said = codings(words.look([texts[i] for i in here]), words, [questions[i] for i in here])
            yield from ((int(at[i]), said.coding(place)) for place, i in enumerate(here))


def comments(
    responses: Responses, books: Mapping[str, Codebook], asked: Mapping[str, str] | None = None, say: Say | None = None
) -> Comments:
    """Code every comment of a survey: the one scan of the texts.

    Parameters
    ----------
    responses : Responses
        The survey.
    books : mapping
        Language → Codebook, such as `codebook.load` gives; a comment in another language is counted, not coded.
    asked : mapping, optional
        Comment column → why or improve, where the reader knows better than the column's header tells.
    say : callable, optional
        Told the share done, 0..1, now and then.
    """
    questions = _questions(responses, asked or {})
    rows, raws = _cells(responses)
    texts, places = _texts(raws, _asked(responses, rows, questions, asked or {}), books, say)
    said = (texts["text"] != "").to_numpy(dtype=bool)[places]  # what is blank once unseen characters are away is no comment
    rows, places = rows[said].reset_index(drop=True), places[said]
    rows["count"] = responses.frame["count"].to_numpy()[rows["record"].to_numpy()]
    used, rows["text"] = np.unique(places, return_inverse=True)
    texts = texts.iloc[used].reset_index(drop=True)
    patterns, of_record = _patterns(rows, texts, len(responses.frame))
    survey, column = _with_patterns(responses, of_record, len(patterns), books, questions)
    return Comments(texts, rows, patterns, survey, column, dict(books), questions, survey.key)


def _questions(responses: Responses, asked: Mapping[str, str]) -> dict[str, str]:
    """What each comment column asked; why, where it was put together from columns that asked different things."""
    found = {column: asked.get(column, "") for column in responses.comments}
    for column in found:
        headers = [role.question or role.header for role in responses.roles if (role.part, role.canonical) == ("comment", column)]
        kinds = set(map(question_of, headers))
        found[column] = found[column] or (kinds.pop() if len(kinds) == 1 else "why")
    return found


def _asked(responses: Responses, rows: pd.DataFrame, questions: Mapping[str, str], asked: Mapping[str, str]) -> pd.Series:
    """What each comment of `rows` was asked: by its column, or by the one of several columns that it stands in."""
    found = rows["column"].map(questions).astype("str")
    for column in responses.comments:
        source = column.replace("comment_", "asked_")
        if source in responses.frame and column not in asked:
            here = (rows["column"] == column).to_numpy(dtype=bool)
            kinds = {role.column: question_of(role.question or role.header) for role in responses.roles if role.part == "comment"}
            of_record = responses.frame[source].astype("str").map(kinds).fillna(questions[column]).to_numpy(dtype=object)
            found[here] = of_record[rows["record"].to_numpy()[here]]
    return found


def _cells(responses: Responses) -> tuple[pd.DataFrame, pd.Series]:
    """Every comment that is not blank: where it stands, and its raw text."""
    parts, raws = [], []
    for column in responses.comments:
        values = responses.frame[column]
        filled = np.flatnonzero((values.notna() & (values.str.strip() != "")).to_numpy(dtype=bool))
        parts.append(pd.DataFrame({"record": filled, "column": pd.Series([column] * len(filled), dtype="str")}))
        raws.append(values.iloc[filled])
    if not parts:
        empty = pd.DataFrame({"record": np.array([], dtype=np.int64), "column": pd.Series([], dtype="str")})
        return empty, pd.Series([], dtype="str")
    return pd.concat(parts, ignore_index=True), pd.concat(raws, ignore_index=True)


def _texts(raws: pd.Series, asks: pd.Series, books: Mapping[str, Codebook], say: Say | None) -> tuple[pd.DataFrame, Ints]:
    """One row a distinct text, cleaned and masked, and question; and each comment's place among them."""
    raw_places, raw = _different(pa.array(raws, pa.large_string()))
    clean_places, clean = _different(masked(cleaned(raw)))
    ask_places, kinds = pd.factorize(asks)
    places, joint = pd.factorize(clean_places[raw_places] * max(len(kinds), 1) + ask_places)
    of_text, of_kind = np.divmod(joint, max(len(kinds), 1))
    text = clean.take(pa.array(of_text))
    texts, questions = text.to_pylist(), kinds.to_numpy(dtype=object)[of_kind]
    languages = recognise(texts, books)
    status, bits, subs = _in_portions(texts, questions, languages, books, say)
    status[pc.equal(text, "").to_numpy(zero_copy_only=False)] = "empty"
    frame = pd.DataFrame({"text": text, "question": questions, "language": languages, "status": status}, dtype="str")
    frame = frame.assign(bits=bits, subs=pd.Series(subs, dtype="str"), primary=_primary(status, bits))
    return frame, places


def _in_portions(
    texts: Sequence[str], questions: Objects, languages: Sequence[str], books: Mapping[str, Codebook], say: Say | None
) -> tuple[Objects, Ints, Objects]:
    """Status, bits and sub-themes of all texts; two portions at a time, as most steps of numpy let another thread go on."""
    status, subs = np.full(len(texts), "other_language", dtype=object), np.full(len(texts), "", dtype=object)
    bits, done = np.zeros(len(texts), dtype=np.int64), 0
    portions = [(language, own) for language, own in _portions(texts, languages) if language in books]
    words = {language: lexicon(books[language]) for language in {language for language, _ in portions}}

    def coded(portion: tuple[str, Ints]) -> tuple[Objects, Ints, Objects]:
        language, own = portion
        return _coded([texts[place] for place in own.tolist()], questions[own].tolist(), words[language])

    pool = ThreadPoolExecutor(THREADS)
    try:
        for (_, own), found in zip(portions, pool.map(coded, portions), strict=True):
            status[own], bits[own], subs[own] = found
            done += len(own)
            if say:
                say(done / sum(len(own) for _, own in portions))
    finally:
        pool.shutdown(cancel_futures=True)  # where `say` ends the run, because the reader has moved on
    return status, bits, subs


def _different(texts: pa.Array | pa.ChunkedArray) -> tuple[Ints, pa.Array]:
    """Each text's place among the different ones, and these, in the order in which they first come."""
    coded = (texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts).dictionary_encode()
    return coded.indices.to_numpy().astype(np.int64), coded.dictionary


def _portions(texts: Sequence[str], languages: Sequence[str]) -> Iterator[tuple[str, Ints]]:
    """The places of texts in one language that are few enough to be coded at once, in the order of the languages' names."""
    codes, names = pd.factorize(np.asarray(languages, dtype=object), sort=True)
    for code, name in enumerate(names):
        places = np.flatnonzero(codes == code)
        yield from ((str(name), places[cut]) for cut in cuts([texts[place] for place in places.tolist()]))


def _coded(texts: Sequence[str], questions: Sequence[str], words: Lexicon) -> tuple[Objects, Ints, Objects]:
    """Status, bits and sub-themes of some texts."""
    looked = words.look(texts)
    found = codings(looked, words, questions)
    nothing = saying_nothing(texts, looked, words)
    bits = np.where(nothing, 0, found.bits)
    status = np.select([nothing, bits & ~_COMPLAINT > 0], ["no_information", "coded"], "not_coded").astype(object)
    return status, bits, np.where(nothing, "", np.array(found.subs(), dtype=object))


def _primary(statuses: np.ndarray, bits: np.ndarray) -> pd.Series:
    """The one theme each is counted under: the first of `codes.PRIMARY` that it has."""
    has = [(bits & bit) != 0 for _, bit in _PRIMARY_BITS]
    primary = np.select(has, [name for name, _ in _PRIMARY_BITS], PRIMARY[-1])
    return pd.Series(np.where(np.isin(statuses, ["coded", "not_coded"]), primary, ""), dtype="str")


def _patterns(rows: pd.DataFrame, texts: pd.DataFrame, records: int) -> tuple[pd.DataFrame, np.ndarray]:
    """The patterns, and each record's place among them. A record with several comments says what they say together."""
    place = rows["text"].to_numpy()
    record = rows["record"].to_numpy()
    rank = texts["status"].map({name: i for i, name in enumerate(STATUSES)}).to_numpy()[place]
    language_codes, names = pd.factorize(texts["language"], sort=True)
    status, bits = np.zeros(records, dtype=np.int64), np.zeros(records, dtype=np.int64)
    np.maximum.at(status, record, rank)
    np.bitwise_or.at(bits, record, texts["bits"].to_numpy()[place])
    bits = np.where(bits & _WANTING, bits & ~_BIT["praise_only"], bits)
    language = np.full(records, -1, dtype=np.int64)
    order = np.lexsort((-np.arange(len(place)), rank))  # the language is that of the comment that says most, else of the first
    language[record[order]] = language_codes[place[order]]
    said = (status * (len(names) + 1) + language + 1) << len(CODES) | bits  # one number a record; 0 for one without words
    found, of_record = np.unique(np.append(0, said), return_inverse=True)
    status, language = np.divmod(found >> len(CODES), len(names) + 1)
    frame = pd.DataFrame({"status": np.array(STATUSES)[status], "language": np.array(["", *names])[language]}, dtype="str")
    bits = found & ((1 << len(CODES)) - 1)
    frame["primary"] = _primary(frame["status"].to_numpy(dtype=str), bits)
    flags = {name: (bits & bit) != 0 for name, bit in _BIT.items()}
    return pd.concat([frame, pd.DataFrame(flags)], axis=1), of_record[1:]


def _with_patterns(
    responses: Responses, of_record: np.ndarray, size: int, books: Mapping[str, Codebook], questions: Mapping[str, str]
) -> tuple[Responses, str]:
    """The survey with the pattern as one more segment, named as no column of the file is."""
    name = "comment pattern"
    while name in responses.frame:
        name += "'"
    values = pd.Categorical.from_codes(of_record, categories=pd.Index([str(place) for place in range(size)], dtype="str"))
    frame = responses.frame.assign(**{name: pd.Series(values, index=responses.frame.index)})
    said = [
        VERSION,
        responses.key,
        *(f"{lang}={books[lang].digest}" for lang in sorted(books)),
        *map(str, sorted(questions.items())),
    ]
    key = hashlib.sha256("\n".join(said).encode()).hexdigest()
    return replace(responses, frame=frame, segments=(*responses.segments, name), key=key), name
