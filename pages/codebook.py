"""Codebook: the words by which comments are coded; read them, change them, see at once what that changes, take them along."""

import streamlit as st

from nps_core.comments import explained
from nps_core.wording import codebook as say
from pages.parts import book as own
from pages.parts import coded, show, study

responses, question = study.require()
st.title("Codebook")
st.text("Comments are coded by phrases, which you can read and change here. What you change counts on every page at once.")
comments = coded.comments() if responses.comments else None
book = own.chosen(comments)
st.text(say.book_sentence(book, shipped=book.language not in coded.own_books()))
if comments:
    own.fitting(comments)
    if question.filtered:
        st.caption("This page always looks at the whole file: the filters in the side bar play no part here.")
else:
    st.info("This file has no column of comments, so a change shows nothing here. You can still prepare a codebook.")
own.problem()
if comments:
    own.last_change(comments, question.level)

st.header("Read and change the phrases")
own.editor(book)
if comments:
    st.header("What could be added")
    own.offers(comments, book)

st.header("Name it, take it along, bring your own")
own.name_and_file(book)

books = ", ".join(f"{used.name} ({used.digest[:8]})" for used in coded.books().values())
show.computed([explained.coding(books)])
