"""Trend: is it moving, is that more than noise, and why."""

import streamlit as st

from nps_core import charts, explained, tables, views, wording
from nps_core.change import change
from nps_core.scale import GROUPS
from nps_core.wording import trend as say
from pages.parts import over_time, show, study

responses, question = study.require()
st.title("Trend")
show.answers_or_stop(study.result(question), study.total(), question.floor)
asked = over_time.carried_or_stop(responses, over_time.periods(responses, question))
found, palette, rolling = over_time.found(asked), show.colours(), asked.length > 1
st.text(say.trend_sentence(found, asked.kind, asked.length))
events = over_time.pinned(asked)
drawn = over_time.drawable(found)
numbers = tables.over_time(found)
line = views.over_time(drawn, "nps", rolling)
picture = charts.over_time(line, palette, "nps", question.target, events)
show.picture(picture, charts.alt_over_time(line, "nps", question.target, events), numbers, "trend")
if joined := say.joined_sentence(found, question.floor):
    st.caption(joined)
show.few_hidden(found, question.floor)

st.header("Passives over time")
line = views.over_time(drawn, "passive", rolling)
picture = charts.over_time(line, palette, "passive", events=events)
show.picture(picture, charts.alt_over_time(line, "passive", events=events), numbers, "passives_over_time")

st.header("Two periods compared")
told = []
if pair := over_time.pair(found):
    before, after = over_time.rows(found, pair)
    moved = change(before[list(GROUPS)], after[list(GROUPS)], question.level)
    show.sentences([wording.change_sentence(moved, *pair), say.passive_change_sentence(before, after, question.level)])
    two = views.points(found.loc[list(pair)], "wave")
    show.picture(
        charts.change_rule(two, palette), charts.alt_change_rule(two), tables.groups(found.loc[list(pair)], "Period"), "change"
    )

    st.header("Why it moved")
    told = [explained.change(moved), *over_time.why(responses, asked, found, pair, moved)]

show.computed([explained.joined(question.floor), *told], wording.what_it_does_not_say())
