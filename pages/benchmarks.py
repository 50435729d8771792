"""Benchmarks: the band, the industries, the reader's own target and own history."""

import streamlit as st

from nps_core import benchmarks, charts, explained, tables, views, wording
from pages.parts import ask, over_time, show, study

responses, question = study.require()
st.title("Benchmarks")
result = study.result(question)
show.answers_or_stop(result, study.total(), question.floor)

row, palette = result.iloc[0], show.colours()
chances = views.chances(result)
scale = charts.band_scale(row, chances, palette, question.target)
show.picture(scale, charts.alt_band_scale(row, chances, question.target), tables.chances(chances), "bands")
st.text(wording.band_sentence(row["published"], chances))
show.cautions(row, question.target)

st.header("Your own history")
split = ask.period(responses, question)
if split == question:
    st.text("This file has neither dates nor waves, so there is no history to show.")
else:
    history = over_time.history(split)
    points = views.points(history, "wave")
    dots = charts.interval_dots(points, palette, sort=False, overall=row["nps"])
    show.picture(dots, charts.alt_interval_dots(points, row["nps"]), tables.groups(history, "Period"), "history")
    show.few_hidden(history, question.floor)

st.header("Your industry")
st.text("Published figures disagree, so they are shown as ranges with source, year and population, and never as one truth.")
picked = ask.industry(benchmarks.industries())
figures = benchmarks.chosen(picked)
own = (row["nps"], row["low"], row["high"], question.target)
ranges = charts.industry_ranges(figures, palette, *own)
sheets = charts.industry_sheets(figures)
parts = [(charts.industry_ranges(sheet, palette, *own, figures), charts.alt_industry_ranges(sheet, *own)) for sheet in sheets]
show.picture(ranges, charts.alt_industry_ranges(figures, *own), tables.industries(figures), "industries", parts)
for sentence in wording.industry_sentences(figures, row["published"]) if picked else ():
    st.text(sentence)

show.computed([explained.bands(), explained.score(row, study.accounts(question)), explained.interval(row, question.level)])
