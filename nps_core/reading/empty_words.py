"""How people write "nothing to say" in a comment or leave a score open, in the languages that survey exports come in.

It must not touch what is an answer in its own right: "no" may answer a question, "none" and "n/a" do not.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pac
from numpy.typing import NDArray

from nps_core.reading.columns import BLANK_WORDS
from nps_core.reading.words import fold

# Each line one language: en, fr, de, es, pt, it, nl; separated by commas.
PHRASES = """
none, nothing, nil, n.a, not applicable, no comment, no comments, no answer, no response, not answered, no opinion, no reply
aucun, aucune, rien, néant, ras, r.a.s, sans commentaire, aucun commentaire, pas de commentaire, pas de réponse, s/o
keine, keiner, keines, nichts, k.a, k. a, keine angabe, keine angaben, kein kommentar, keine antwort, entfällt
ninguno, ninguna, nada, sin comentario, sin comentarios, ningún comentario, sin respuesta, no aplica, n/c, s/c
nenhum, nenhuma, sem comentário, sem comentários, nenhum comentário, sem resposta, não se aplica, n/r
nessuno, nessuna, niente, nulla, nessun commento, senza commenti, nessuna risposta, non applicabile, n.d, n/d
geen, niets, n.v.t, nvt, niet van toepassing, geen commentaar, geen opmerking, geen opmerkingen, geen antwoord
"""
# What stands in place of a score where the question was seen and not answered.
UNSAID = """
don't know, dont know, do not know, prefer not to say, skipped, unanswered, weiss nicht, weiß nicht, ne sait pas, nsp, no sabe,
no sabe/no contesta, ns/nc, nao sei, non so, weet niet, weet ik niet
"""


MARKS = " \t\r\n\xa0.,;:!?…-–—_/\\*\"'()[]#+=~"  # a cell of these alone says nothing; around a phrase they do not matter


def _phrases(text: str) -> frozenset[str]:
    """The phrases of a table as they stand and without accents."""
    phrases = {" ".join(phrase.split()) for line in text.splitlines() for phrase in line.split(",") if phrase.strip()}
    return frozenset(phrases | set(map(fold, phrases)))


EMPTY = frozenset(phrase.strip(MARKS) for phrase in BLANK_WORDS | _phrases(PHRASES))
NO_SCORE = BLANK_WORDS | EMPTY | _phrases(UNSAID)
LONGEST = max(len(phrase.encode()) for phrase in EMPTY) + 4  # bytes, with marks around


def is_empty(text: str) -> bool:
    """Whether a comment says that there is nothing to say.

    >>> [is_empty(t) for t in ("N/A", "...", "Keine Angabe", "Néant.", "no", "👍", "nada mal")]
    [True, True, True, True, False, False, False]
    """
    return text.lower().strip(MARKS) in EMPTY


def is_unsaid(text: str) -> bool:
    """Whether a cell among scores says that no score was given.

    >>> [is_unsaid(t) for t in ("", "NA", "k.A.", "don't know", "good")]
    [True, True, True, True, False]
    """
    plain = fold(text)
    return plain in NO_SCORE or plain.strip(MARKS) in EMPTY


def empty_cells(array: pa.ChunkedArray) -> NDArray[np.int64]:
    """The places of the filled cells of which `is_empty` is true; the whole column at once."""
    lengths = np.asarray(pac.binary_length(array).to_numpy())
    short = np.flatnonzero((lengths > 0) & (lengths <= LONGEST))
    if not len(short):
        return short
    bare = pac.utf8_trim(pac.utf8_lower(array.take(pa.array(short))), MARKS)
    found: NDArray[np.int64] = short[
        np.asarray(pac.is_in(bare, value_set=pa.array(sorted(EMPTY), pa.large_string())), dtype=bool)
    ]
    return found
