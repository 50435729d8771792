"""Other providers that comments name: those in the codebook's list, and names that stand where a rival is spoken of.

A name is a capitalised word right behind a phrase of the codebook's list ``competitor``, in mid-sentence, that nobody in the
survey writes in small letters. Where texts write many ordinary words with a capital (German nouns, headlines), capitals say
nothing and only the list counts. A name that is not in the list is told from two comments on: one alone could be a person's.
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from nps_core.comments.lexicon import OWN_NAMES, lexicon
from nps_core.comments.listing import with_code
from nps_core.comments.phrases import fold
from nps_core.comments.scan import Comments

FEWEST = 2  # comments that must hold a name nobody put into the codebook
MOST_WORDS = 3  # of one name
# Share of the different words in mid-sentence from which capitals say nothing. German comments have .31, English, French and
# Spanish ones .02 to .05.
MANY_CAPITALS = 0.2
SAMPLE = 2_000  # texts of a language that are looked at for that
_WORD = re.compile(r"[^\W\d_][\w'’&-]*")
_APOSTROPHE, _OWNERS = re.compile("['’]"), re.compile("['’]s?$")  # a lone letter before an apostrophe is no name: I’d
_MASK = re.compile(r"\[[a-z]+\]")
_SENTENCE = re.compile(r"[.!?:;\n]")


def rivals(comments: Comments, listed: pd.DataFrame) -> pd.DataFrame:
    """Other providers named in these comments, the most named first.

    Parameters
    ----------
    comments : Comments
        The survey; whether a word is also written small is asked of all its texts.
    listed : DataFrame
        Some of its comments, as `listing.listing` gives them.

    Returns
    -------
    DataFrame
        name (str), comments (int), example (str, a masked comment).
    """
    people = listed.groupby("text")["count"].sum()
    places = people.index.to_numpy(dtype=np.int64)
    texts = comments.texts["text"].to_numpy(dtype=object)[places]
    haystack = pa.array([f" {' '.join(fold(text).split())} " for text in texts], type=pa.large_string())
    own = [name for book in comments.books.values() for name in book.competitors]
    names = {" ".join(fold(name).split()): name for name in own}
    found = _behind_cues(comments, listed)
    rows = []
    for folded, name in {**found, **names}.items():
        holds = pc.match_substring(haystack, f" {folded} ").to_numpy(zero_copy_only=False).astype(bool)
        count = int(people.to_numpy()[holds].sum())
        if count >= (1 if folded in names else FEWEST):
            rows.append((name, count, min(texts[holds], key=lambda text: (abs(len(text) - 70), text))))
    frame = pd.DataFrame(rows, columns=["name", "comments", "example"]).sort_values(["comments", "name"], ascending=[False, True])
    return frame.astype({"name": "str", "comments": "int64", "example": "str"}).reset_index(drop=True)


def _behind_cues(comments: Comments, listed: pd.DataFrame) -> dict[str, str]:
    """Names right behind a cue: folded → as it is written."""
    speaking = with_code(listed, "competitor").drop_duplicates("text")
    found: dict[str, str] = {}
    for language, own in speaking.groupby("language"):
        words = lexicon(comments.books[str(language)])
        names = set[str]()
        for text in own["comment"]:
            cues = () if text.isupper() else (f.end for f in words.finds(fold(text)) if f.entry.kind == OWN_NAMES)
            names.update(filter(None, (_name_at(text, end) for end in cues)))
        if names and not _capitals_say_nothing(comments, str(language), names):
            for name in sorted(names):
                found.setdefault(" ".join(fold(name).split()), name)
    small = _written_small(comments, found)
    return {folded: name for folded, name in sorted(found.items()) if folded not in small}


def _name_at(text: str, place: int) -> str:
    """The capitalised words that begin right behind this place, '' where none do."""
    words, end = list[str](), place
    while len(words) < MOST_WORDS:
        blank = len(text) - len(text[end:].lstrip(" "))
        word = _WORD.match(text, blank)
        if not word or (words and blank == end) or not word.group()[0].isupper() or len(_APOSTROPHE.split(word.group())[0]) < 2:
            break
        words.append(_OWNERS.sub("", word.group()))
        end = word.end()
    return " ".join(words)


def _capitals_say_nothing(comments: Comments, language: str, names: Iterable[str]) -> bool:
    """Whether many different words beside these names have a capital, and are never without, in the texts of a language."""
    named = {word.casefold() for name in names for word in name.split()}
    own = comments.texts.loc[comments.texts["language"] == language, "text"]
    capital, small = set[str](), set[str]()
    for text in sorted(own)[:: max(1, len(own) // SAMPLE)]:
        if not text.isupper():
            for word in _inside_sentences(text):
                (capital if word[0].isupper() else small).add(word.casefold())
    return len(capital - small - named) > MANY_CAPITALS * len(capital | small)


def _inside_sentences(text: str) -> Iterable[str]:
    """The words of a text but the first of each sentence."""
    for sentence in _SENTENCE.split(_MASK.sub(" ", text)):
        words: Sequence[str] = _WORD.findall(sentence)
        yield from (word for word in words[1:] if len(word) > 1)


def _written_small(comments: Comments, found: Iterable[str]) -> set[str]:
    """Those of these names that some text of the survey writes in small letters."""
    texts = pa.array(comments.texts["text"], type=pa.large_string())
    return {
        name
        for name in found
        if pc.any(pc.match_substring_regex(texts, rf"(?:^|[^\pL\pN]){re.escape(name)}(?:$|[^\pL\pN])")).as_py()
    }
