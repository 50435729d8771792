"""Manage: what the owner of a hosted view sees and can do, by the manage link."""

import streamlit as st

from nps_core.wording import hosted as say
from pages.parts import managing
from pages.parts.safety import plain

found = managing.found_or_stop()
st.title("Manage a shared view")
managing.outcome()
if found.terms is None:
    st.text(managing.facts(found.facts, ""))
    st.stop()
st.markdown(f"**{plain(say.title(found.terms))}** · {say.KINDS[found.terms.kind]}")
managing.standing(found)

st.header("Its link")
managing.link(found)

left, right = st.columns(2)
with left:
    st.header("Change the terms")
    managing.terms(found)
with right:
    st.header("Extend it")
    managing.lifetime()
    st.header("Revoke it")
    managing.ending()
