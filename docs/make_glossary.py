"""Writes docs/glossary.md from the docstrings of nps_core, so that the page says what the code says.

`make docs` runs it; tests/test_docs.py goes red when the page is stale, or when a formula or a source of nps_core is missing.
"""

import importlib
import inspect
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE / "glossary.md"
PACKAGE = "nps_core"
# Heading → (term, where its docstring stands). The order is the reader's: from the score to how sure it is to who may see it.
TERMS = {
    "The score": (
        ("Group", "scale.group_of"),
        ("Net Promoter Score (NPS)", "measures.measures"),
        ("Published score", "scale.published_nps"),
        ("Band", "scale.band_of"),
    ),
    "How sure it is": (
        ("Variance", "inference.variance"),
        ("Standard error", "inference.standard_error"),
        ("Interval shown", "inference.nps_interval"),
        ("Adjusted Wald interval", "inference.adjusted_wald"),
        ("Score interval", "inference.score_interval"),
        ("Wald interval", "inference.wald"),
        ("Wilson interval of a share", "inference.wilson"),
        ("Finite population correction", "inference.finite_population_factor"),
        ("Sample size", "inference.sample_size"),
        ("Chance of a band", "inference.band_chances"),
    ),
    "Two scores": (
        ("Difference of two groups", "inference.difference"),
        ("Difference of two shares", "inference.share_difference"),
        ("Change", "change.change"),
        ("What a change is made of", "moved.exact_parts"),
        ("Many comparisons at once", "inference.benjamini_hochberg"),
    ),
    "Who differs": (
        ("A group against the rest", "exact.draw_test"),
        ("Segments", "segments.compare"),
        ("Search for the largest differences", "segments.search"),
        ("Digest", "digest.digest"),
        ("Periods joined", "trend.blocks"),
    ),
    "Same score, different passives": (
        ("Possible passive shares", "family.passive_range"),
        ("Mix", "family.mix"),
        ("Variance along the line of equal score", "family.family_variance"),
        ("Margin along the line of equal score", "family.margin"),
        ("Bars along the line of equal score", "family.rescale_histogram"),
    ),
    "What comments say": (
        ("Share of comments", "comments.themes.mentions"),
        ("What leads", "comments.themes.verdict"),
        ("Impact of a theme", "comments.themes.impact"),
        ("Words that set groups apart", "comments.contrast.contrast"),
        ("Words beyond the codebook", "comments.emergent.emergent"),
    ),
    "Who may see it": (
        ("Privacy floor", "privacy.withheld"),
        ("Complementary suppression", "privacy.protect"),
    ),
}
OPENING = """# Glossary

Every term of the app with its formula and its source. Written by `make docs` from the docstrings of `nps_core`: change it there.
"""


def documented(where: str) -> str:
    """The docstring of ``module.function`` in nps_core."""
    module, name = where.rsplit(".", 1)
    return inspect.getdoc(getattr(importlib.import_module(f"{PACKAGE}.{module}"), name)) or ""


def prose(docstring: str) -> str:
    """What a docstring says in sentences: up to its first section or example.

    >>> prose("One. Formula: a = b. Source: Me, 2020.\\n\\nParameters\\n----------\\nx : int")
    'One.\\n\\n**Formula:** a = b.\\n\\n**Source:** Me, 2020.'
    """
    text = re.split(r"^\s*>>>|^\w[\w ]*\n-{3,}$", docstring, maxsplit=1, flags=re.MULTILINE)[0]
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    parts = (piece.strip() for paragraph in paragraphs for piece in re.split(r"(?=\b(?:Formula|Source)[:,] )", paragraph))
    return "\n\n".join(re.sub(r"^((?:Formula|Source)[:,]) ", r"**\1** ", part) for part in parts if part)


def limits(where: str) -> str:
    """The numbers behind a term that the code keeps as numbers, as one sentence; '' for every other term."""
    scale = importlib.import_module(f"{PACKAGE}.scale")
    if where == "scale.group_of":
        scores = {name: [s for s in scale.SCORES if scale.group_of(s) == name] for name in scale.GROUPS}
        return "; ".join(f"{name} {min(held)}–{max(held)}" for name, held in scores.items()) + "."
    if where == "scale.band_of":
        *others, top = scale.BANDS
        return "; ".join(f"{b.name} from {b.low:g} to below {b.high:g}" for b in others) + f"; {top.name} from {top.low:g}."
    return ""


def entry(term: str, where: str) -> str:
    """One term of the page."""
    parts = (f"### {term}", prose(documented(where)), limits(where), f"`{PACKAGE}.{where}`")
    return "\n\n".join(part for part in parts if part) + "\n"


def page() -> str:
    """The whole page."""
    sections = [OPENING]
    for heading, terms in TERMS.items():
        sections.append(f"## {heading}\n")
        sections += [entry(term, where) for term, where in terms]
    return "\n".join(sections)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    PAGE.write_text(page(), encoding="utf-8")
