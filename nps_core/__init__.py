"""The Net Promoter Score of a survey file, with its uncertainty and its passives. Pure Python: no web, no clock, no state.

Bytes become `Responses`, a `Question` picks and splits them, `tally` counts once, and `answer` says what the counts say.

>>> survey = read([("survey.csv", b"nps\\n10\\n9\\n8\\n3\\n10\\n9\\n7\\n")])
>>> answer(tally(survey), Question())[["n", "published", "band"]].values.tolist()
[[7, 42.9, 'good']]
"""

from nps_core.answer import answer
from nps_core.errors import ExplorerError
from nps_core.question import Question
from nps_core.reading import Choices, read, read_table
from nps_core.responses import Responses
from nps_core.tally import tally

__all__ = ["Choices", "ExplorerError", "Question", "Responses", "answer", "read", "read_table", "tally"]
