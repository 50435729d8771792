"""Small codebooks for tests: a handful of phrases each, so that a test shows everything its result rests on."""

from nps_core.comments.codebook import Codebook, Theme
from nps_core.comments.codes import GAPS


def book(language: str, **lists: tuple[str, ...]) -> Codebook:
    """A codebook with these lists; a name of `WORDS` goes there, every other to the cues. Its one theme is service."""
    words = {name: phrases for name, phrases in lists.items() if name in ("markers", "breakers", "negators")}
    cues = {name: phrases for name, phrases in lists.items() if name not in words}
    theme = Theme("service", "Support", topics=("support",), wrong=("rude",), right=("helpful",))
    return Codebook(f"test {language}", language, {gap: gap for gap in GAPS}, words, cues, (theme,))


ENGLISH = book(
    "en",
    negators=("not", "no"),
    breakers=("but",),
    praise=("good", "great", "happy"),
    problem=("slow", "bad"),
    no_information=("because", "no reason", "that's how I feel", "my opinion", "don't know"),
)
FRENCH = book("fr", praise=("bon", "bien"), no_information=("parce que", "c'est mon ressenti"))
SPANISH = book("es", praise=("bueno", "bien"))
GERMAN = book("de", praise=("gut",))
