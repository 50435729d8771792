"""How the figures about comments were computed, for the end of the pages that show them."""

from nps_core.comments.themes import BEYOND_CHANCE, FEW_COMMENTS, FEW_NAMING, LEAST_CODED, Verdict
from nps_core.explained import Explanation
from nps_core.wording import count, percent


def shares(codable: int, level: float) -> Explanation:
    """The shares of comments and their intervals."""
    return Explanation(
        "Shares of comments",
        "share = respondents whose comment carries the code ÷ respondents whose comment can be coded",
        f"comments that can be coded: {count(codable)}; intervals at {percent(level, 0)}",
        "E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American Statistical "
        "Association 22, 1927, 209–212. A comment can carry several codes, so shares may add to more than 100%.",
    )


def verdict(found: Verdict) -> Explanation:
    """The rule by which a theme leads, or does not."""
    asked = "" if found.z != found.z else f"; z = {found.z:.2f}"
    return Explanation(
        "What leads",
        f"inconclusive under {FEW_COMMENTS} comments, under {FEW_NAMING} that name the top theme, or under "
        f"{percent(LEAST_CODED, 0)} that fit the codebook;  a leader where z = (u − v) ÷ √(u + v) > {BEYOND_CHANCE}",
        f"u and v: comments that name only the first or only the second of the two top themes{asked}",
        "Q. McNemar, Note on the sampling error of the difference between correlated proportions, Psychometrika 12, 1947.",
    )


def impact() -> Explanation:
    """What a theme does to the score."""
    return Explanation(
        "What a theme does to the score",
        "NPS of all answers − NPS of the answers without those counted under the theme",
        "each comment is counted under one theme: service, value, ease of use, features, not explored, praise, in this order",
        "Arithmetic, not cause: whoever names a theme may differ in other ways too.",
    )


def coding(names: str) -> Explanation:
    """How a comment comes to its codes."""
    return Explanation(
        "How comments are coded",
        "a phrase that says so by itself;  praise or complaint turned round by a negation;  a topic beside a complaint",
        f"codebooks: {names}. Personal data is masked first; names of people cannot be recognised.",
        "Every comment shows the words that decided. The codebook can be read, changed and taken along on the page Codebook.",
    )


def contrast(level: float) -> Explanation:
    """Words that set two groups apart."""
    return Explanation(
        "Words that set groups apart",
        "log-odds of a word in one group minus that in the other, both drawn towards all comments;  beyond chance: q < 0.10",
        f"a word counts once a comment; intervals at {percent(level, 0)}; p by Fisher's exact test, q over all words tested",
        "B. L. Monroe, M. P. Colaresi, K. M. Quinn, Fightin’ Words, Political Analysis 16(4), 2008, 372–403; Y. Benjamini, "
        "Y. Hochberg, Journal of the Royal Statistical Society B 57, 1995, 289–300.",
    )


def emergent() -> Explanation:
    """Words that occur together."""
    return Explanation(
        "Beyond the codebook",
        "pairs of words in one comment, against 100 shuffles of the same words over the same comments",
        "only comments without a code, from 900 on; a group is shown as its words, without a name",
        "A pair counts where it passes what the strongest pair of 95 in 100 shuffles reaches.",
    )
