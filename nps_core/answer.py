"""A question answered: the score of each group with its interval, and nothing that must stay hidden.

Puts together what `measures`, `inference` and `privacy` know; the pages and the command line both show what comes from here.
"""

from dataclasses import replace

import pandas as pd

from nps_core.inference import with_interval
from nps_core.measures import measures
from nps_core.privacy import protect
from nps_core.question import Question


def unfiltered(question: Question) -> Question:
    """The same question of the whole file: the same split, nothing left out."""
    return replace(question, where=(), start=None, end=None, wave=())


def answer(tally: pd.DataFrame, question: Question, whole: pd.DataFrame | None = None) -> pd.DataFrame:
    """The Result of a Tally: measures, interval (low, high, method) and suppressed.

    Parameters
    ----------
    tally : DataFrame
        The Tally that answers the question.
    question : Question
        Its `level` and `floor` count here.
    whole : DataFrame, optional
        The Tally that answers `unfiltered(question)`; by default the question left nothing out.

    Returns
    -------
    DataFrame
        As `measures.measures`, `inference.with_interval` and `privacy.protect` describe; figures of a suppressed row are missing.
    """
    result = with_interval(measures(tally), question.level)
    return protect(result, question.floor, None if whole is None else measures(whole))
