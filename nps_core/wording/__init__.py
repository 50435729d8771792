"""Small frames into sentences and figures people read.

Sentences are plain text without markup, short enough to read aloud, and never say more than the figures do.
"""

from nps_core.wording.compare import (
    NORMS_CAUTION,
    change_sentence,
    industry_sentence,
    industry_sentences,
    mix_sentence,
    passive_norm_sentence,
    same_score_sentence,
)
from nps_core.wording.file import hidden_sentence, read_sentence, repeats_sentence, withheld_sentence
from nps_core.wording.numbers import (
    MINUS,
    NOTHING,
    Figure,
    answers,
    count,
    interval,
    listed,
    percent,
    rounded,
    screen_shares,
    signed,
)
from nps_core.wording.score import (
    accounts_sentence,
    band_sentence,
    headline,
    sample_warning,
    score_warnings,
    target_sentence,
    what_it_does_not_say,
)

__all__ = [
    "MINUS",
    "NORMS_CAUTION",
    "NOTHING",
    "Figure",
    "accounts_sentence",
    "answers",
    "band_sentence",
    "change_sentence",
    "count",
    "headline",
    "hidden_sentence",
    "industry_sentence",
    "industry_sentences",
    "interval",
    "listed",
    "mix_sentence",
    "passive_norm_sentence",
    "percent",
    "read_sentence",
    "repeats_sentence",
    "rounded",
    "same_score_sentence",
    "sample_warning",
    "score_warnings",
    "screen_shares",
    "signed",
    "target_sentence",
    "what_it_does_not_say",
    "withheld_sentence",
]
