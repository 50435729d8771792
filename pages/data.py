"""Data: drop a file, see the score at once, and check what was read and what was set aside."""

import streamlit as st

from nps_core import explained, tables, wording
from nps_core.reading import REASONS, REPAIRS
from pages.parts import choose, differ, hosted, show, study

st.title("Data")
opened = study.current()
if opened is None or opened.responses is None:
    show.welcome()
    if opened and opened.problem:
        show.problem(opened.problem)
    show.drop_zone()
    st.stop()

responses, question = study.require()
result, accounts = study.result(question), study.accounts(question)
if len(result) and result["nps"].notna().all():
    show.headline(result, accounts, question)
    show.cautions(result.iloc[0], question.target)
    show.sentences(wording.headline(result.iloc[0], question.level))
    differ.digested(responses, question)
show.page_links()
if study.view():
    hosted.overview()
    st.stop()
with st.expander("Open another file or a sample"):
    show.drop_zone()

st.header("What was read")
for note in (*map(wording.read_sentence, responses.read), *responses.notes):
    st.text(note)
show.table(tables.roles(responses.roles), "columns", "Every column of the file with the part it plays and why")
for asked in responses.questions:
    show.question(asked)
with st.expander("Change what a column means"):
    choose.roles(responses)
    choose.back(opened.choices)
with st.expander("The first rows as they stand in the file"):
    st.dataframe(responses.preview, hide_index=True, alt="The first rows of the file")

st.header("What was set aside")
if responses.issues.empty:
    st.text("Nothing: every record has a score from 0 to 10.")
else:
    counts = tables.issue_counts(responses.issues, REASONS)
    st.dataframe(counts, hide_index=True, alt="How many cells were set aside for each reason")
    with st.expander("Every one of them"):
        show.table(tables.issues(responses.issues, REASONS), "set_aside", "Every cell set aside, with its reason")

if not responses.repairs.empty:
    st.subheader("What was repaired")
    st.dataframe(tables.repairs(responses.repairs, REPAIRS), hide_index=True, alt="What was repaired, by kind, with an example")

found = opened.repeats
if found.respondents:
    st.header("Who answered more than once")
    st.text(wording.repeats_sentence(found))
    choose.repeats(responses)

if not result["nps"].isna().any():
    row = result.iloc[0]
    show.computed([explained.score(row, accounts), explained.interval(row, question.level)], wording.what_it_does_not_say())
