"""What is worth keeping between two runs of a page: made once, and made anew when what it was made of changes."""

from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from pages.parts import study

KEPT = 4  # things of one name: people go back and forth between two filters, and between two pages


def kept(name: str, key: Hashable, make: Callable[[], Any], saying: str = "Looking at the comments …", most: int = KEPT) -> Any:
    """What `make` gives, kept under a name and a key, at most the last `most` of a name; `saying` is shown while it is made."""
    found: dict[Hashable, Any] = study.notes().setdefault(name, {})
    if key not in found:
        with st.spinner(saying):
            found[key] = make()
    found[key] = found.pop(key)  # the one used last stands last
    for old in list(found)[:-most]:
        del found[old]
    return found[key]
