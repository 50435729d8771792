"""The lists of a codebook in plain words, how its phrases are written, and what is said of the codebook in use."""

from nps_core.comments.codebook import CUES, Codebook, paths, phrases_at
from nps_core.wording.numbers import count

LIST_TITLES = {"topics": "topics", "wrong": "complaints", "right": "praise"}
LIST_HELP = {
    "topics": "Neutral words for what can be wanting. They count where a complaint stands beside them, or where the question "
    "asked what to improve.",
    "wrong": "Words that say by themselves that this is wanting.",
    "right": "Words that praise it. Turned round by a negation they count as wanting.",
}
CUE_TITLES = {
    "praise": "Praise",
    "problem": "Complaints",
    "wish": "Wishes",
    "absence": "What says that something is not there",
    "solved": "Put right again",
    "block": "Not to be looked into",
    "reservation": "There is a but",
    "indifference": "Neither good nor bad",
    "missing_one_thing": "Missing one thing",
    "not_explored": "Not explored yet",
    "past_disappointment": "A past disappointment",
    "price": "Price makes them look around",
    "feature_gap": "A lack makes them look around",
    "service_breakdown": "Service that breaks down",
    "strategic": "Needs and offer part ways",
    "relationship": "The relationship",
    "repeated": "Again and again",
    "leaving": "Looking around or about to leave",
    "competitor": "Another provider is spoken of",
    "scale_habit": "A habit of scoring",
    "no_information": "Says nothing about why",
}
WORD_TITLES = {
    "markers": "everyday words by which the language is recognised",
    "breakers": "where a clause ends",
    "negators": "negations",
    "late_negators": "negations that may stand behind",
    "joiners": "what carries a negation on",
}
HOW = (
    "One phrase a line. Capitals, accents and punctuation do not matter.",
    "export* stands for every word that begins so: exports, exporting.",
    "could ... better allows up to four words between, but no negation.",
    "switched to <Name> stands for “switched to” before a word with a capital.",
    "<Alone>top is found only where it is all of its clause: “Top!”, not “top floor”.",
    "(slow|late) answer stands for “slow answer” and “late answer”; (very|) slow for “very slow” and “slow”.",
    "The longest phrase counts: “user friendly” hides “friendly”.",
)
COMPETITORS = "competitors"


def path_title(path: str, book: Codebook) -> str:
    """The list at a path in plain words.

    >>> from nps_core.comments.codebook import load
    >>> path_title("cues/price", load("en")), path_title("competitors", load("en"))
    ('Anywhere: Price makes them look around', 'Names of other providers')
    """
    first, _, rest = path.partition("/")
    if path == COMPETITORS:
        return "Names of other providers"
    if first == "cues":
        return f"Anywhere: {CUE_TITLES[rest]}"
    if first == "words":
        return f"Grammar: {WORD_TITLES[rest]}"
    name, _, key = rest.rpartition("/")
    return f"{book.names[first]}: {name}, {LIST_TITLES[key]}"


def path_help(path: str) -> str:
    """What a list is for."""
    first, _, rest = path.partition("/")
    if path == COMPETITORS:
        return "Names of companies and products that customers compare you with."
    if first == "cues":
        return f"{CUES[rest][0].upper()}{CUES[rest][1:]}."
    if first == "words":
        return f"{WORD_TITLES[rest][0].upper()}{WORD_TITLES[rest][1:]}. Change these only if you know the language well."
    return LIST_HELP[rest.rpartition("/")[2]]


def titles(book: Codebook) -> dict[str, str]:
    """Path → title with the number of phrases, the lists that are edited most first: names, themes, cues, grammar."""
    order = (COMPETITORS, *(path for path in paths(book) if path != COMPETITORS))
    return {path: f"{path_title(path, book)} ({count(len(phrases_at(book, path)))})" for path in order}


def book_sentence(book: Codebook, shipped: bool) -> str:
    """Which codebook is in use, and how large it is."""
    number = count(sum(len(phrases_at(book, path)) for path in paths(book)))
    whose = "the one that comes with the explorer" if shipped else "your own"
    return f"“{book.name}”, {whose}: {number} phrases in {count(len(paths(book)))} lists."


def language_names(code: str) -> str:
    """A language by its name, or its code where that is all one knows."""
    known = {"en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "nl": "Dutch", "pt": "Portuguese"}
    return known.get(code, code)
