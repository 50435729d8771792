"""Words: what passives write that promoters do not, and that detractors do not; or that nothing sets them apart."""

from functools import partial

import streamlit as st

from nps_core import charts, tables
from nps_core.comments import cloud, contrast, emergent, explained, views
from nps_core.wording import passives as names
from nps_core.wording import words as say
from pages.parts import ask, coded, heard, show, study, takeaway
from pages.parts.memo import kept

responses, question = study.require()
st.title("Words")
show.answers_or_stop(study.result(question), study.total(), question.floor)
heard.words_or_stop(responses)

group = ask.whose(everybody=False)
comments, palette = coded.few(question), show.colours()
heard.enough_or_stop(coded.voices(question), group, question)
documents = views.documents(comments, question)
floor = max(question.floor, contrast.FEWEST)
key = (comments.key, question)
counted = kept("words", (*key, floor), lambda: contrast.count_words(documents, floor), "Counting the words …")

tables_of = {}
for against in ask.others(group):
    sides = contrast.sides(documents, group, against)
    found = kept(
        "contrast",
        (*key, floor, group, against),
        partial(contrast.contrast_words, counted, sides, group, against, question.level, floor),
        "Comparing the words …",
    )
    tables_of[against] = found
    st.header(f"{names.PEOPLE[group].capitalize()} against {names.PEOPLE[against]}")
    st.text(say.contrast_sentence(found, group, against, *heard.sizes(sides)))
    telling = found[found["distinctive"]]
    if len(telling):
        picture = charts.word_pairs(telling, palette, group, against)
        show.picture(
            picture, charts.alt_word_pairs(telling, group, against), tables.words(found, group, against), f"words_{against}"
        )
    elif len(found):
        with st.expander("All words that were compared"):
            show.table(tables.words(found, group, against), f"words_{against}", "Every word that was compared")

st.header("The words in most comments")
against = ask.others(group)[0]
drawn = kept("cloud", (*key, floor, group, palette), lambda: cloud.cloud(tables_of[against], palette), "Drawing the words …")
if drawn is None:
    st.text(f"No word stands in {floor} comments or more, so there is nothing to draw.")
else:
    st.image(drawn, width="stretch", alt=cloud.alt_cloud(tables_of[against]))
    pair = f"{names.PEOPLE[group]} and {names.PEOPLE[against]}"
    st.caption(f"The larger, the more comments. The colour, of {pair}, says who writes a word more; bold: beyond chance.")
    with st.expander("The same as a table"):
        show.table(tables.word_counts(tables_of[against], group), "word_counts", cloud.alt_cloud(tables_of[against]))
        takeaway.cloud(drawn, cloud.alt_cloud(tables_of[against]), palette)

st.header("Beyond the codebook")
uncoded = documents[~documents["coded"]]
beyond = kept("emergent", key, lambda: emergent.emergent(uncoded, floor), "Looking for words that occur together …")
st.text(say.emergent_sentence(beyond))
if len(beyond.table):
    show.table(tables.emergent(beyond.table, uncoded), "emergent", "Words that occur together more than chance explains")
show.computed([explained.contrast(question.level), explained.emergent()])
