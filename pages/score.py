"""Score: where the survey stands, how sure that is, and what it says in words one can read aloud."""

import streamlit as st

from nps_core import charts, explained, tables, views, wording
from nps_core.change import change
from nps_core.scale import GROUPS
from pages.parts import ask, over_time, show, study

responses, question = study.require()
st.title("Score")
result, accounts = study.result(question), study.accounts(question)
show.answers_or_stop(result, study.total(), question.floor)

row, palette = result.iloc[0], show.colours()
show.headline(result, accounts, question)
show.sentences(wording.headline(row, question.level))
show.cautions(row, question.target)
shares = views.shares(result, named=False)
show.picture(charts.share_bar(shares, palette), charts.alt_share_bar(shares), tables.groups(result, "Answers of"), "shares")

st.header("Is it moving?")
split = ask.period(responses, question)
moved = None
if split == question:
    st.text("This file has neither dates nor waves, so there is no earlier period to compare with.")
elif pair := ask.two_of(show.shown(periods := over_time.history(split))):
    before, after = over_time.rows(periods, pair)
    moved = change(before[list(GROUPS)], after[list(GROUPS)], question.level)
    two = views.points(periods.loc[list(pair)], "wave")
    st.text(wording.change_sentence(moved, *pair))
    numbers = tables.groups(periods.loc[list(pair)], "Period")
    show.picture(charts.change_rule(two, palette), charts.alt_change_rule(two), numbers, "change")
else:
    st.text("There are no two different periods with enough answers to compare.")

explanations = [explained.score(row, accounts), explained.interval(row, question.level), explained.shares(row)]
show.computed([*explanations, *([explained.change(moved)] if moved else [])], wording.what_it_does_not_say())
