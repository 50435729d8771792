"""Meeting: the survey as slides, one thought each, to present here or to take away."""

import streamlit as st

from pages.parts import meeting, present, show, study

responses, question = study.require()
presenting = present.on(present.STEM)
if not presenting:
    st.title("Meeting")
    st.text("Your survey as slides, one thought each, with the filters in the side bar and what you chose on the other pages.")
show.answers_or_stop(study.result(question), study.total(), question.floor)
with present.choices() if presenting else st.expander("What the slides show"):
    wanted = meeting.asked(responses, question)
found = meeting.gathered(responses, question, wanted)
slides = meeting.shown(found)
if presenting:
    present.stage(slides)
    st.stop()

st.header("Present")
present.overview(slides)

st.header("Take away")
meeting.files(found)

st.header("Print")
for sentence in meeting.PRINTING:
    st.text(sentence)
show.computed([told for slide in slides for told in slide.computed])
