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
comments, said, palette = coded.comments(), coded.said(question), show.colours()
names, level = views.names(comments), question.level
patterns = themes.of_patterns(said, comments, group)
counts, verdict = themes.heard(patterns), themes.verdict(patterns)
heard.enough_or_stop(counts, study.group_total(group), group, question.floor)

holding, praise = themes.holding(patterns, level), themes.mentions(patterns, ("praise_only",), level)
show.sentences(say.verdict_sentences(verdict, holding, praise.iloc[0], counts, names, group))
st.text(say.commented_sentence(themes.commented(said, comments)))
heard.outreach(verdict)
heard.in_their_words(comments, question, group, verdict, names)

st.header("What holds them back")
bars = views.named(holding, say.all_names(names))
show.picture(charts.mention_bars(bars, palette, group), charts.alt_mention_bars(bars), tables.mentions(bars, "Theme"), "themes")
heard.taken_apart(comments, question, group, holding, names)
heard.behind(comments, question, group, themes.counted(patterns, views.codes_behind()), names)

st.header("Why they are in the middle")
types = views.named(themes.family(patterns, "type", level), say.NAMES)
show.picture(charts.mention_bars(types, palette, group), charts.alt_mention_bars(types), tables.mentions(types, "Type"), "types")
heard.responses(types)

left, right = st.columns(2)
with left:
    st.subheader("What could make them leave")
    heard.small_bars(themes.family(patterns, "trigger", level), "Trigger", group)
with right:
    st.subheader("How far they look around")
    heard.small_bars(themes.awareness(patterns, level), "Awareness", group)

heard.asked_for(comments, question, group)

st.header("Side by side")
side, split = ask.side_by_side(responses, question)
matrix = heard.matrix(side, split, said, comments, group, say.all_names(names))
show.picture(charts.share_matrix(matrix, palette), charts.alt_share_matrix(matrix), tables.side_by_side(matrix), "side_by_side")
heard.mismatches(themes.mismatches(said, comments, level))

with st.expander("Each comment counted once, and what each theme does to the score"):
    once = themes.once(said, comments, patterns, level)
    show.table(tables.once(views.named(once, say.all_names(names))), "once", "Each comment under one theme, with its impact")
    ask.asked(responses, comments.questions)
books = ", ".join(f"{book.name} ({book.digest[:8]})" for book in comments.books.values())
show.computed(
    [explained.shares(counts["codable"], level), explained.verdict(verdict), explained.impact(), explained.coding(books)]
)
