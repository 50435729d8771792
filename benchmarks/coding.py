"""Coding comments beside what is usually done with them: TF-IDF and six topics by NMF, from scikit-learn, on the same comments.

`python -m benchmarks.coding 1000 10000 100000`. Each figure comes from a process of its own; the least of three.

The comments are made, with a fixed seed, of the project's own material: the English comments of the two samples and of the
development part of the set for evaluation. One in seven is such a comment of at most five words as it stands, so that short ones
come again and again. The others are walks: each next word is one that follows the word before somewhere in the material, as many
sentences as the length asks for, some words mistyped. Of a hundred thousand, 85 in 100 are different, with 1 to 60 words (17 on
average, half of them at most 12) and 16,000 different words in all, near to what a real survey of 2,164 comments has (17, half at
most 11) or would have at that size. Two clauses in five come more than once, most of them short.
"""

import csv
import json
import math
import random
import re
import subprocess
import sys
import time
import tomllib
from collections import defaultdict
from pathlib import Path
from string import ascii_lowercase

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 10_000, 100_000)
REPEATS = 3
BOUND = 1.2  # of the peer's time, at a hundred thousand
PEER = "scikit-learn TF-IDF + NMF"
MADE = ("ours", PEER)
SHORT, AS_IT_STANDS = 5, 1 / 7  # words of a comment that comes again and again, and how many of all are one
MIDDLE, SPREAD, MOST = 14, 0.9, 60  # words of a walk: the median, the standard deviation of the logarithm, the most
MISTYPED = 0.022  # of the words of walks


def material() -> list[str]:
    """Every English comment of the project that was written before any was made."""
    phrases = tomllib.loads((ROOT / "samples" / "phrases.toml").read_text(encoding="utf-8"))["comments"]
    with (ROOT / "evaluation" / "comments.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["part"], row["language"]) == ("development", "en")]
    return [text for kind in phrases for text in kind["texts"]] + [row["comment"] for row in rows]


def mistyped(word: str, draw: random.Random) -> str:
    """A word with one letter left out, doubled, replaced, or changed with its neighbour."""
    place = draw.randrange(len(word))
    here, after = word[place], word[place + 1 : place + 2]
    return (
        word[:place]
        + draw.choice((after, here + here + after, draw.choice(ascii_lowercase) + after, after + here))
        + word[place + 2 :]
    )


def comments(number: int) -> list[str]:
    """So many comments."""
    texts = material()
    follows = defaultdict(list)
    for sentence in (words for text in texts for words in map(str.split, re.split(r"(?<=[.!?]) ", text)) if words):
        for word, following in zip(["", *sentence], [*sentence, ""], strict=True):
            follows[word].append(following)
    short = [text for text in texts if len(text.split()) <= SHORT]
    draw = random.Random(5)

    def walk() -> str:
        words, length = list[str](), min(MOST, 1 + int(draw.lognormvariate(math.log(MIDDLE), SPREAD)))
        while len(words) < length:
            word = draw.choice(follows[""])
            while word and len(words) < length:
                words.append(mistyped(word, draw) if draw.random() < MISTYPED else word)
                word = draw.choice(follows[word])
        return " ".join(words)

    return [draw.choice(short) if draw.random() < AS_IT_STANDS else walk() for _ in range(number)]


def ours(texts: list[str]) -> float:
    """Seconds from texts to codes and the counts of themes. What the codebooks alone give is made before, as a server has it."""
    import pandas as pd

    from nps_core.comments import themes
    from nps_core.comments.codebook import LANGUAGES, load
    from nps_core.comments.language import recognise
    from nps_core.comments.lexicon import lexicon
    from nps_core.comments.scan import comments as code
    from nps_core.comments.voice import voices
    from nps_core.question import Question
    from nps_core.reading import Choices, read
    from nps_core.tally import count

    frame = pd.DataFrame({"score": [i % 11 for i in range(len(texts))], "why": texts})
    survey = read([("survey.csv", frame.to_csv(index=False).encode())], Choices(score="score", comments=("why",)))
    books = {language: load(language) for language in LANGUAGES}
    for book in books.values():
        lexicon(book)
    recognise(["..."], books)  # where words do not tell, those of the phrases are gathered, too
    start = time.perf_counter()
    coded = code(survey, books)
    themes.verdict(voices(themes.said(count(coded.responses, (coded.pattern,)), Question(), coded), coded)["passive"])
    return time.perf_counter() - start


def peer(texts: list[str]) -> float:
    """Seconds from texts to six topics."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    start = time.perf_counter()
    NMF(n_components=6, random_state=1).fit_transform(TfidfVectorizer(stop_words="english").fit_transform(texts))
    return time.perf_counter() - start


def taken(name: str, number: int) -> float:
    """The same, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.coding", "--one", name, str(number)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr[-2000:]}")
    return float(json.loads(done.stdout.splitlines()[-1]))


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print a line a size."""
    print(f"\nCoding comments (least of {REPEATS}, each in a fresh process)")
    for number in sizes:
        found = {name: min(taken(name, number) for _ in range(REPEATS)) for name in MADE}
        ratio = found["ours"] / found[PEER]
        reach = f"  bound {BOUND}" if number == max(SIZES) else ""
        print(f"  {number:>7,}  ours {found['ours']:7.2f} s  {PEER} {found[PEER]:7.2f} s  ratio {ratio:.2f}{reach}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        texts = comments(int(sys.argv[3]))
        print(json.dumps(ours(texts) if sys.argv[2] == "ours" else peer(texts)))
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
