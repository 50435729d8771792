"""The second scan: comments in, codes out. After it, comments are counted like scores, in small tables.

Each distinct text is cleaned, masked and coded once. What a record says becomes one **pattern**: its status, language and set of
codes. There are few patterns, so `tally.count` counts them like any segment, and a filter that changes looks at no text again.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from nps_core.comments.codebook import Codebook
from nps_core.comments.codes import CODES, PLACE, PRIMARY, STATUSES
from nps_core.comments.coding import code
from nps_core.comments.evidence import Coding
from nps_core.comments.language import OTHER, recognise
from nps_core.comments.lexicon import Lexicon, lexicon
from nps_core.comments.masking import mask
from nps_core.comments.question import question_of
from nps_core.comments.text import clean
from nps_core.comments.triage import says_nothing
from nps_core.responses import Responses

VERSION = "1"  # of the rules; a change of what is coded changes it
STEP = 2_000  # texts between two words about progress
_BIT = {code: np.int64(1) << place for code, place in PLACE.items()}
_WANTING = np.int64(sum(1 << PLACE[c] for c in CODES if c.split(":")[0] in ("gap", "type") or c == "complaint"))
_COMPLAINT = int(_BIT["complaint"])
_PRIMARY_BITS = [(name, _BIT.get(f"gap:{name}", _BIT.get(f"type:{name}", _BIT["praise"]))) for name in PRIMARY[:-1]]
Say = Callable[[float], None]


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
        record (position in `Responses.frame`), column (of `Responses.comments`), text (position in `texts`).
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

    def explain(self, place: int) -> Coding:
        """How the text at this place of `texts` came to its codes: coded once more, with the evidence kept."""
        row = self.texts.iloc[place]
        if row["status"] not in ("coded", "not_coded"):
            return Coding()
        return code(row["text"], lexicon(self.books[row["language"]]), row["question"])


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
    joint, places = _distinct(raws, _asked(responses, rows, questions, asked or {}))
    texts = _texts(joint, books, say)
    said = (texts["text"] != "").to_numpy(dtype=bool)[places]  # what is blank once unseen characters are away is no comment
    rows, places = rows[said].reset_index(drop=True), places[said]
    used, rows["text"] = np.unique(texts["merged"].to_numpy()[places], return_inverse=True)
    texts = texts.drop_duplicates("merged").drop(columns="merged").iloc[used].reset_index(drop=True)
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


def _distinct(raws: pd.Series, asks: pd.Series) -> tuple[list[tuple[str, str]], np.ndarray]:
    """The distinct (raw text, question), and each comment's place among them."""
    text_codes, texts = pd.factorize(raws)
    ask_codes, kinds = pd.factorize(asks)
    joint, places = np.unique(text_codes * max(len(kinds), 1) + ask_codes, return_inverse=True)
    named, asked = texts.tolist(), kinds.tolist()  # out of an index one by one they take ten times as long
    return [(named[code // len(asked)], asked[code % len(asked)]) for code in joint.tolist()], places


def _texts(found: Sequence[tuple[str, str]], books: Mapping[str, Codebook], say: Say | None) -> pd.DataFrame:
    """One row a distinct raw text; `merged` is its place among the distinct cleaned and masked ones."""
    seen: dict[tuple[str, str], int] = {}
    merged = [seen.setdefault((mask(clean(raw)), question), len(seen)) for raw, question in found]
    texts, questions = [text for text, _ in seen], [question for _, question in seen]
    languages = recognise(texts, books)
    lexicons = {language: lexicon(books[language]) for language in set(languages) - {OTHER}}
    coded: list[tuple[str, int, str]] = []
    for place, (text, question, language) in enumerate(zip(texts, questions, languages, strict=True)):
        coded.append(_coded(text, question, lexicons.get(language)))
        if say and place % STEP == 0:
            say(place / len(seen))
    columns = {"text": texts, "question": questions, "language": languages}
    columns |= {"status": [status for status, _, _ in coded], "subs": [subs for _, _, subs in coded]}
    frame = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})
    frame.insert(4, "bits", np.array([bits for _, bits, _ in coded], dtype=np.int64))
    frame["primary"] = _primary(frame["status"].to_numpy(dtype=str), frame["bits"].to_numpy())
    return frame.iloc[merged].assign(merged=merged).reset_index(drop=True)


def _coded(text: str, question: str, words: Lexicon | None) -> tuple[str, int, str]:
    """Status, bits and sub-themes of one text; there is no lexicon where no book knows its language."""
    if not text:
        return "empty", 0, ""
    if words is None:
        return "other_language", 0, ""
    looked = words.look(text)
    if says_nothing(text, words, looked):
        return "no_information", 0, ""
    coding = code(text, words, question, looked)
    status = "coded" if coding.bits & ~_COMPLAINT else "not_coded"
    return status, coding.bits, "\n".join(coding.subs())


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
    joint = np.stack([status, language, bits], axis=1)
    silent = np.array([[0, -1, 0]], dtype=np.int64)
    found, inverse = np.unique(np.concatenate([silent, joint]), axis=0, return_inverse=True)
    first = int(inverse.ravel()[0])
    order = np.r_[first, np.delete(np.arange(len(found)), first)]
    found = found[order]
    of_record = np.argsort(order)[inverse.ravel()[1:]]
    frame = pd.DataFrame(
        {
            "status": pd.Series([STATUSES[i] for i in found[:, 0]], dtype="str"),
            "language": pd.Series([names[i] if i >= 0 else "" for i in found[:, 1]], dtype="str"),
        }
    )
    frame["primary"] = _primary(frame["status"].to_numpy(dtype=str), found[:, 2])
    flags = {name: (found[:, 2] & bit) != 0 for name, bit in _BIT.items()}
    return pd.concat([frame, pd.DataFrame(flags)], axis=1), of_record


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
