"""Share: see what somebody else would see, choose the terms, and get a link that opens the same page for them."""

import streamlit as st

from nps_core.errors import StoreUnavailable
from pages.parts import managing, sharing, study

responses, question = study.require()
st.title("Share")
st.text("Make a link that opens a page of this survey for somebody else, with the filters in the side bar and the same numbers.")
sharing.allowed_or_stop()
managing.outcome()
sharing.made_links()

st.header("What becomes visible")
left, right = st.columns(2)
with left:
    carries = sharing.kind(responses)
with right:
    opens_on = sharing.page(sharing.titles(carries))
    by = sharing.dimensions(responses, question) if carries == "numbers" else ()
    fix = sharing.fixed(question)
payload = sharing.payload(responses, question, carries, by, fix)
if payload is not None:
    sharing.preview(payload)
    st.header("On which terms")
    if agreed := sharing.terms(carries, fix, opens_on, payload, question):
        sharing.make(*agreed, payload)

st.header("Views you shared")
try:
    managing.views()
except StoreUnavailable as error:
    st.text(f"{error.title}. {error.remedy}")
