"""Segments: who differs from all others, and whether that is more than noise."""

import streamlit as st

from nps_core import explained, wording
from nps_core.segments import comparisons
from nps_core.wording import linked
from nps_core.wording import segments as say
from pages.parts import differ, show, study

responses, question = study.require()
st.title("Segments")
result = study.result(question)
show.answers_or_stop(result, study.total(), question.floor)
asked = differ.split(responses, question)
if not asked.by:
    st.info(
        linked.NO_COLUMNS
        if study.numbers()
        else "This file has no columns that split the answers into groups. If it has one, with 2 to 30 different values or with "
        "numbers, choose it on the Data page under “Change what a column means”."
    )
    st.stop()

found = differ.compared(asked)
differ.carried_or_stop(asked, found)
show.sentences([say.indifferent_sentence(found), say.scores_sentence(found), say.looked_sentence(found)])
show.few_hidden(found, question.floor)
differ.pictures(found, result)

st.header("The largest differences in any column")
differ.searched(responses, question)

told = [explained.against_the_rest(question.level, comparisons(found))]
show.computed([*told, explained.interval(result.iloc[0], question.level)], wording.what_it_does_not_say())
