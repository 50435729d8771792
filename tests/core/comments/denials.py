"""What the tests of negation in each language share: reading a text by a shipped codebook, and what is wanting in it."""

from collections.abc import Callable

from nps_core.comments.codebook import load
from nps_core.comments.codes import GAPS
from nps_core.comments.coding import Coding, code
from nps_core.comments.lexicon import lexicon


def reader(language: str) -> Callable[[str], Coding]:
    """Codes texts of this language."""
    return lambda text: code(text, lexicon(load(language)))


def wanting(coding: Coding) -> list[str]:
    """The gaps, or "complaint" where something is wrong and no gap is named."""
    found = [gap for gap in GAPS if coding.has(f"gap:{gap}")]
    return found or ["complaint"] * coding.has("complaint")
