"""Passives: what the silent middle says, what holds it back, and what to do; or that there is too little to say."""

import streamlit as st

from nps_core import charts, tables
from nps_core.comments import explained, themes, views
from nps_core.wording import passives as say
from pages.parts import ask, coded, heard, show, study

responses, question = study.require()
st.title("Passives")
show.answers_or_stop(study.result(question), study.total(), question.floor)
heard.comments_or_stop(responses)

group = ask.whose()
voices, palette = coded.voices(question), show.colours()
voice = heard.enough_or_stop(voices, group, question)
names, level = coded.names(), question.level
counts, verdict = themes.heard(voice), themes.verdict(voice)

holding, praise = themes.holding(voice, level), themes.mentions(voice, ("praise_only",), level)
show.sentences(say.verdict_sentences(verdict, holding, praise.iloc[0], counts, names, group))
st.text(say.commented_sentence(themes.commented(voices)))
heard.outreach(verdict)
heard.read_or_go_on(question, group, counts, names)
heard.in_their_words(question, group, verdict, names)

st.header("What holds them back")
bars = views.named(holding, say.all_names(names))
show.picture(charts.mention_bars(bars, palette, group), charts.alt_mention_bars(bars), tables.mentions(bars, "Theme"), "themes")
heard.taken_apart(question, group, holding, names)
heard.behind(question, group, themes.counted(voice, views.codes_behind()), names)

st.header("Why they are in the middle")
types = views.named(themes.family(voice, "type", level), say.NAMES)
show.picture(charts.mention_bars(types, palette, group), charts.alt_mention_bars(types), tables.mentions(types, "Type"), "types")
heard.responses(types)

left, right = st.columns(2)
with left:
    st.subheader("What could make them leave")
    heard.small_bars(themes.family(voice, "trigger", level), "Trigger", group)
with right:
    st.subheader("How far they look around")
    heard.small_bars(themes.awareness(voice, level), "Awareness", group)

heard.asked_for(question, group)

st.header("Side by side")
side, split = ask.side_by_side(responses, question)
matrix = heard.matrix(side, split, voices, group, say.all_names(names))
show.picture(charts.share_matrix(matrix, palette), charts.alt_share_matrix(matrix), tables.side_by_side(matrix), "side_by_side")
heard.mismatches(themes.mismatches(voices, level))

with st.expander("Each comment counted once, and what each theme does to the score"):
    once = themes.once(voices, group, level)
    show.table(tables.once(views.named(once, say.all_names(names))), "once", "Each comment under one theme, with its impact")
    ask.asked(responses)
explanations = [explained.shares(counts["codable"], level), explained.verdict(verdict), explained.impact()]
show.computed([*explanations, explained.coding(coded.books_used())])
