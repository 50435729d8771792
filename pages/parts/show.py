"""Pieces that pages show: a picture with its numbers, a table to take away, what stands in the way, how it was computed.

Foreign text goes through `st.text`, `st.dataframe` or `plain`; never into Markdown as it is.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from nps_core import charts, tables, wording
from nps_core.errors import ExplorerError, NotASurvey, Unclear
from nps_core.explained import Explanation
from nps_core.export import to_csv
from nps_core.palette import Palette, palette
from nps_core.question import Question
from nps_core.samples import SAMPLES, TEMPLATE, template
from nps_core.tally import EVERYTHING, NO_DATE
from pages.parts import account, house, named, study, takeaway
from pages.parts.safety import plain

PAGES = Path(__file__).resolve().parents[1]
OPTION = re.compile(r" \(--[^()]*\)")
LONG = 500  # rows of a table that are sent to the browser
KINDS = ["csv", "tsv", "txt", "xlsx", "xlsb", "xls", "ods", "gz", "zip"]


def colours() -> Palette:
    """The palette of the theme that the reader has on."""
    return palette(dark=st.context.theme.type == "dark")


def picture(
    chart: charts.Picture, alt_text: str, numbers: pd.DataFrame, name: str, parts: Sequence[tuple[charts.Picture, str]] = ()
) -> None:
    """A chart, and beneath it the same numbers as a table; both to take away.

    One too high for a sheet of paper is shown in `parts`, each with its own words, and taken away as a whole.
    """
    for part, said in parts or ((chart, alt_text),):
        st.altair_chart(part, alt=said, width="stretch", theme=None)
    with st.expander("The same as a table"):
        rows(numbers, "The numbers of the picture above")
        with st.container(horizontal=True):
            csv(numbers, name)
            takeaway.pictures(chart, alt_text, numbers, name, colours())


def table(numbers: pd.DataFrame, name: str, alt_text: str) -> None:
    """A table and its download; of a long one the page gets the first rows, the download all."""
    rows(numbers, alt_text)
    csv(numbers, name)


def rows(numbers: pd.DataFrame, alt_text: str) -> None:
    """A table, or the first rows of a long one."""
    if len(numbers) > LONG:
        st.caption(f"The first {LONG:,} of {len(numbers):,} rows; the download has all.")
    st.dataframe(numbers.head(LONG), hide_index=True, alt=alt_text)


def csv(numbers: pd.DataFrame, name: str) -> None:
    """A table as a file."""
    takeaway.download("Download as CSV", lambda: to_csv(numbers), f"{name}.csv", "text/csv", f"csv-{name}")


def computed(explanations: Sequence[Explanation], limits: Sequence[str] = ()) -> None:
    """The end of every page: the formula, the numbers put in, the source; and what the figures do not say."""
    with st.expander("How this was computed"):
        for item in explanations:
            st.markdown(f"**{item.title}**")
            st.code(f"{item.formula}\n{item.numbers}", language=None, wrap_lines=True)
            st.caption(item.source)
        for limit in limits:
            st.text(limit)


def sentences(texts: Sequence[str]) -> None:
    """Sentences to read aloud, with a button that copies them."""
    for text in texts:
        st.text(text)
    with st.popover("Copy these sentences"):
        st.code(" ".join(texts), language=None, wrap_lines=True)


def cautions(row: pd.Series, target: float | None) -> None:
    """What to know before quoting this score: a thin sample, and how it stands to the reader's own target."""
    if warning := wording.sample_warning(int(row["n"])):
        st.warning(warning)
    if target is not None:
        st.info(wording.target_sentence(row, target))


def headline(result: pd.DataFrame, accounts: Mapping[str, int], question: Question) -> None:
    """The score, large, with its band, interval and number of answers; what was not counted beneath. `result` is not split."""
    row = result.iloc[0]
    left, right = st.columns([1, 2], vertical_alignment="center")
    with left:
        st.metric("Net Promoter Score", wording.signed(row["published"]))
        st.markdown(f"**{row['band'].capitalize()}**")
    with right:
        strip = charts.interval_strip(row, colours())
        numbers = tables.groups(result.head(1).set_axis(["This survey"]), "Answers of")
        picture(strip, charts.alt_interval_strip(row), numbers, "score")
    st.text(wording.accounts_sentence(row, accounts, question.level))


def answers_or_stop(result: pd.DataFrame, total: int, floor: int) -> None:
    """Go on only when there is something to show; otherwise say in words what is missing."""
    if total == 0:
        st.info("This file holds no answered score: every one is blank or was set aside. The Data page lists each of them.")
    elif result["suppressed"].any() and (numbers := study.numbers()):
        st.info(
            f"These filters leave fewer than {numbers.floor} answers in or out, or ask for sums that this view lacks, as "
            "they would give such a handful away. Take a filter away."
        )
    elif result["suppressed"].any():
        st.info(
            f"These filters leave fewer than {floor} answers in or out, so nothing is shown: a figure about so few people could "
            "tell what one of them said. Widen the filters; on your own file you can lower the limit under Settings."
        )
    elif not result["n"].sum():
        st.info("No answer matches these filters. Take one away, or clear all filters in the side bar.")
    else:
        return
    st.stop()


def few_hidden(result: pd.DataFrame, floor: int) -> None:
    """Say how many groups are not shown, and why."""
    hidden = int(result["suppressed"].sum())
    if hidden:
        st.caption(wording.hidden_sentence(hidden, floor))


def shown(result: pd.DataFrame) -> list[str]:
    """The names of the groups that may be shown, without those that have no date."""
    names = result.index[~result["suppressed"].to_numpy() & result["nps"].notna().to_numpy()]
    return [name for name in names if name != NO_DATE]


def second(name: str | None, groups: pd.DataFrame, level: float) -> pd.DataFrame:
    """The Result of what is laid beside this survey: one of its groups, or a built-in sample; empty where nothing is."""
    for key, sample in SAMPLES.items():
        if name == sample.title:
            return study.sample_result(key, level).rename({EVERYTHING: sample.title})
    for group, label in _called(groups).items():
        if name == label:
            return groups.loc[[group]].rename({group: label})
    return groups.head(0)


def second_names(groups: pd.DataFrame) -> list[str]:
    """What can be laid beside this survey."""
    opened = study.current()
    return [*_called(groups).values(), *(s.title for key, s in SAMPLES.items() if not opened or opened.sample != key)]


def _called(groups: pd.DataFrame) -> dict[str, str]:
    """What each group is called where it is laid beside this survey."""
    return named.called({group: group for group in shown(groups)}, {"This survey", *(s.title for s in SAMPLES.values())})


def welcome() -> None:
    """The first words a newcomer reads."""
    st.header("Your score, how sure it is, and what the silent middle makes of it")
    st.text(
        "Drop a survey file with a 0 to 10 recommendation question. You see the Net Promoter Score with its range, every score "
        "from 0 to 10, how many are passive (7 or 8) and where that puts you. No account, no set-up."
    )


def page_links() -> None:
    """The way on from the data to what they say."""
    with st.container(horizontal=True):
        pages = ["score", "distribution", "benchmarks", "trend", "segments", "passives", "comments"]
        if study.numbers():
            pages.remove("comments")
        for stem, title in ((page, page.capitalize()) for page in pages):
            st.page_link(PAGES / f"{stem}.py", label=f"Go to {title}")


def drop_zone() -> None:
    """Where a file is dropped, and the samples one click away."""
    if account.may_bring_data():
        _uploader()
    else:
        with st.container(border=True):
            st.markdown("**To open a file of your own, sign in**")
            account.sign_in()
    _samples()


def _uploader() -> None:
    st.file_uploader(
        "Drop your survey file here",
        type=KINDS,
        accept_multiple_files=True,
        key=study.uploader_key(),
        on_change=study.hand_in,
        help="CSV, TSV or Excel, one row an answer. Several files at once are taken as waves. Files stay in memory only.",
    )


def _samples() -> None:
    st.text("No file at hand? Try a sample: two made-up surveys with the same score and two different stories.")
    cards = st.columns(len(SAMPLES) + 1)
    for card, (key, sample) in zip(cards, SAMPLES.items(), strict=False):
        with card.container(border=True, height="stretch"):
            st.markdown(f"**{sample.title}**")
            st.text(sample.description)
            st.button("Try a sample: " + key, key=f"sample-{key}", type="primary", on_click=study.hand_in_sample, args=(key,))
    with cards[-1].container(border=True, height="stretch"):
        st.markdown("**Your own file, from a template**")
        st.text(TEMPLATE.description)
        st.download_button(
            "Download a template",
            lambda: template()[1],
            file_name=TEMPLATE.file,
            mime="text/csv",
            on_click="ignore",
            key="template",
        )


def private_copy() -> None:
    """The address is that of a working copy, and this is not the browser it belongs to, or its time is over."""
    st.title("This is a private working copy")
    hours = house.settings().working_copy_hours
    st.text(
        "It opens only in the browser in which its file was dropped, and only for "
        f"{hours} hour{'' if hours == 1 else 's'} after it was last used."
    )
    st.text("If somebody sent you this address: ask them to press Share and to send you the link they get there.")
    st.text("If it was yours: its time is over, or this is another browser. Drop the file again.")
    drop_zone()


def problem(error: ExplorerError) -> None:
    """What was expected, what was found, what to do; and where the reader can settle it, the answers to choose from."""
    with st.container(border=True):
        st.header(error.title)
        st.text(f"Expected: {error.expected}")
        st.text(f"Found: {error.found}")
        st.text(_here(error.remedy))
        if isinstance(error, Unclear):
            _answers(error)
        elif isinstance(error, NotASurvey) and error.columns:
            key = "score-after-all"
            st.selectbox("The score stands in", error.columns, None, key=key, on_change=study.choose_from, args=("score", key))


def question(asked: Unclear) -> None:
    """What only the reader can tell, and the score can do without."""
    with st.container(border=True):
        st.subheader("A question about this file")
        st.text(f"Expected: {asked.expected}")
        st.text(f"Found: {asked.found}")
        st.text(_here(asked.remedy))
        _answers(asked)


def _here(remedy: str) -> str:
    """What to do, without the option that the command line names for it."""
    return OPTION.sub("", remedy)


def _answers(asked: Unclear) -> None:
    for number, (candidate, reason) in enumerate(asked.candidates):
        key = f"use-{asked.part}-{number}"
        st.button(f"Use {plain(candidate)}", key=key, on_click=study.choose, kwargs={asked.part: candidate})
        st.text(reason)
