"""What pages say in a view that carries numbers only, where they carry less than the survey has."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nps_core.question import Question
from nps_core.wording.numbers import listed

if TYPE_CHECKING:  # brings the store of views, which not every reader needs
    from nps_core.hosted.numbers import Numbers

NO_SHORT_PERIODS = "Days and weeks are not part of a view that carries numbers only: too few people answer in one of them."
NO_THEMES_OVER_TIME = (
    "What comments say in these two periods is not in this view: it carries numbers only, and in one of the periods too few of a "
    "group left words that say why, or so few could be worked out. Choose longer periods, or take a filter away."
)
THEMES_OF_EARLIER = "What comments say is not taken apart over time in this view; it was made by an earlier version."
NOTHING_TO_TAKE_APART = "This view was shared without a column that splits the answers, so the change cannot be taken apart."
NO_COLUMNS = "This view was shared without a column that splits the answers, so there are no groups to compare."
GROUPS = "This view carries numbers only: groups that are too small to be shown are not in it, and verdicts count those it has."
NO_GROUP = "This view carries numbers only, and none of a single group under these filters. Choose fewer filters, or one column."
NO_SINGLE_SCORES = (
    "This view carries numbers only: of a group in one wave it has promoters, passives and detractors, and no single scores. "
    "Filter by one of them alone to see these."
)
WORDS = "This page is not part of a view that carries numbers only: it shows what people wrote."


def no_line(numbers: "Numbers", question: Question | None) -> str:
    """Why there is nothing to follow over time; the question is None where that holds whatever is asked."""
    if question is None and not numbers.times:
        return "This view was shared from a file without dates and waves, so there is nothing to follow over time."
    if question is None:
        return (
            "This view carries no score over time: it was made by an earlier version, or too few answered in any period. Ask the "
            "person who shared it to share it again."
        )
    if question.wave:
        return "This view carries numbers only, and over time those of all waves together: take the filter by wave away."
    named = listed([f"“{column}”" for column, _ in question.where])
    return (
        f"This view carries numbers only, and not over time for this choice of {named}: somebody could be recognised. Choose one "
        "group of a column, or take a filter away."
    )


def stands_out(columns: Sequence[str], over_time: bool, heard: bool = False) -> str:
    """Where what stands out was looked for, and why it can be less, or more, than in the file."""
    looked = [f"the groups of {listed(list(columns))}"] if columns else []
    looked += ["the last period against the one before"] if over_time else []
    looked += ["what passives say"] if heard else []
    return (
        f"This view carries numbers only, so only what it carries was looked at: {', and '.join(looked)}. Where the file has "
        "more to look at, verdicts near the edge can differ."
    )


def searched(columns: Sequence[str]) -> str:
    """Where a search looked."""
    return f"Looked at were the columns that this view carries: {listed(list(columns))}."
