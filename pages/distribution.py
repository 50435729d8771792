"""Distribution: the eleven bars, and why the same score can hide very different passives."""

import streamlit as st

from nps_core import charts, explained, tables, views, wording
from nps_core.tally import by_score
from nps_core.wording import linked
from pages.parts import ask, show, study

responses, question = study.require()
st.title("Distribution")
result = study.result(question)
show.answers_or_stop(result, study.total(), question.floor)

row, palette, tally = result.iloc[0], show.colours(), study.tally(question)
if by_score(tally):
    bars = views.bars(tally)
    show.picture(charts.histogram(bars, palette), charts.alt_histogram(bars), tables.bars(bars), "scores")
else:
    st.info(
        linked.NO_SINGLE_SCORES
        if responses.scores_known
        else "This file gives only promoter, passive and detractor, so single scores are not known."
    )
st.text(wording.passive_norm_sentence(row))

st.header("Same score, different passives")
st.text("Every survey with this score lies somewhere on the marked line. The further right, the more of it is passive.")
left, middle, right = st.columns(3)
with left:
    split = ask.split(responses, question)
groups = study.result(split) if split.by else result.head(0)
with middle:
    second = show.second(ask.beside(show.second_names(groups)), groups, question.level)
with right:
    share = ask.passive_share(row["nps"])
points = views.plane(result, groups, "wave" if split.by == ("wave",) else "segment", second)
marker = views.in_percent(share)
plane = charts.same_score_plane(points, palette, row["nps"], marker, "the slider")
show.picture(plane, charts.alt_same_score_plane(points, row["nps"], marker), tables.points(points), "same_score")
show.few_hidden(groups, question.floor)
for sentence in wording.same_score_sentence(row, second.iloc[0], "This survey", second.index[0]) if len(second) else ():
    st.text(sentence)
shares = views.shares(views.beside(result, "This survey", second))
show.picture(charts.share_bar(shares, palette), charts.alt_share_bar(shares), tables.shares(shares), "shares")

st.subheader("What the survey at the slider would look like")
st.text(wording.mix_sentence(row, share, question.level))
if by_score(tally):
    mixes = views.mix_bars(tally, share, ("This survey", "Same score, other passives"))
    show.picture(charts.mix_histogram(mixes, palette), charts.alt_mix_histogram(mixes), tables.mixes(mixes), "mix")

show.computed(
    [explained.shares(row), explained.same_score(row), explained.interval(row, question.level)], [wording.NORMS_CAUTION]
)
