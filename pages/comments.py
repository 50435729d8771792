"""Comments: every comment by its words, its codes and its score, with what decided each code marked."""

import streamlit as st

from nps_core.comments import explained, search, views
from pages.parts import coded, heard, listed, show, study

responses, question = study.require()
st.title("Comments")
show.answers_or_stop(study.result(question), study.total(), question.floor)
heard.words_or_stop(responses)

comments = coded.few(question)
names = views.names(comments)
wanted = listed.wanted(responses, names)
rows = listed.looked_for(comments, question, wanted)
counts = search.counted(comments, rows)
every = search.counted(comments, listed.looked_for(comments, question, search.Wanted()))
listed.nothing_or_go_on(counts, every["comments"])

listed.download(coded.comments(), question, wanted, names)
listed.page(comments, rows, counts["texts"], names, wanted.codes)

show.computed([explained.coding(coded.books_used())])
