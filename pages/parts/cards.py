"""Comments as cards: who wrote them, the deciding words marked, what they were coded as, and why.

Comments are foreign text: every piece of one goes through `plain`.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from nps_core.comments.codes import CODES, PLACE
from nps_core.comments.evidence import Evidence
from nps_core.comments.scan import Comments
from nps_core.wording import comments as wording
from nps_core.wording import passives as say
from pages.parts.safety import plain

HIDDEN_CODES = ("praise", "complaint", "leaving", "suggestion")  # steps on the way to a code, not shown as one
STEPS = ("complaint",)  # codes that are no answer to anybody's question


def cards(entries: pd.DataFrame, comments: Comments, names: Mapping[str, str], codes: tuple[str, ...]) -> None:
    """Comments one beneath the other: who, the marked words, the codes, and why. With `codes`, what decided those is marked."""
    titles = wording.code_titles(names)
    codings = dict(comments.explained(entries["text"]))
    for _, row in entries.iterrows():
        evidence = codings[int(row["text"])].evidence
        shown = [item for item in evidence if not codes or item.code in codes]
        lines = reasons(row["comment"], shown, names)
        with st.container(border=True, gap="small"):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.caption(plain(wording.origin(row)), width="content")
                if lines:
                    with st.popover("Why"):
                        for line in lines:
                            st.text(line)
            st.markdown(marked(row["comment"], shown))
            st.caption(plain(_under(row["status"], [item.code for item in evidence], titles)))


def marked(text: str, evidence: Sequence[Evidence]) -> str:
    """A comment as Markdown: its deciding words with a background, everything else plain.

    >>> marked("slow *support*", [Evidence("gap:service", "phrase", ((0, 4),))])
    ':orange-background[**slow**] \\\\*support\\\\*'
    """
    inside = sorted({place for item in evidence for span in item.spans for place in range(*span)})
    pieces, last = [], 0
    for start, end in _runs(inside):
        pieces += [_kept(text[last:start]), f":orange-background[**{plain(text[start:end])}**]"]
        last = end
    return "".join([*pieces, _kept(text[last:])])


def reasons(text: str, evidence: Sequence[Evidence], names: Mapping[str, str]) -> list[str]:
    """One sentence for each code: what in the comment decided it."""
    titles, said = wording.code_titles(names), dict[str, str]()
    for item in evidence:
        if item.code not in HIDDEN_CODES:
            why = say.reason(item.rule, [text[start:end] for start, end in item.spans])
            said.setdefault(item.code, f"{titles[item.code]}: {why}.")
    return [said[code] for code in CODES if code in said]


def _under(status: str, codes: list[str], titles: Mapping[str, str]) -> str:
    """What stands beneath a comment: its codes, or why it has none."""
    carried = sorted(set(codes) - set(HIDDEN_CODES), key=PLACE.__getitem__) or sorted(set(codes), key=PLACE.__getitem__)
    return " · ".join(titles[code] for code in carried if code not in STEPS) or wording.STATUSES["not_coded" if codes else status]


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending places as (start, end) of those that follow one another."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _kept(text: str) -> str:
    """`plain`, which takes blanks away at the ends, with those blanks."""
    body = plain(text)
    return f"{' ' * text.startswith(' ')}{body}{' ' * (text.endswith(' ') and bool(text.strip()))}"
