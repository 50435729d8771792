"""What is worth keeping between two runs of a page: made once, and made anew when what it was made of changes."""

from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from pages.parts import study


def kept(name: str, key: Hashable, make: Callable[[], Any], saying: str = "Looking at the comments …") -> Any:
    """What `make` gives, kept under a name as long as the key stays the same: one thing a name. `saying` is shown meanwhile."""
    found = study.notes().get(name)
    if found is None or found[0] != key:
        with st.spinner(saying):
            found = study.notes()[name] = (key, make())
    return found[1]
