"""Pieces about who differs: which columns split, what a search over all of them finds, and the digest of the first page."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from nps_core import charts, tables, views
from nps_core.answer import unfiltered
from nps_core.change import change
from nps_core.digest import CHANGE, COMMENTS, Digest, change_rows, comment_rows, digest
from nps_core.privacy import withheld
from nps_core.question import Question
from nps_core.responses import Responses
from nps_core.scale import GROUPS
from nps_core.segments import answer_counts, compare, looked_at, search
from nps_core.trend import WAVE, before
from nps_core.wording import linked
from nps_core.wording import passives as of_passives
from nps_core.wording import segments as say
from pages.parts import coded, named, over_time, show, study
from pages.parts.apart import Counter, Over, counter, over
from pages.parts.memo import kept
from pages.parts.safety import plain

PAGES = Path(__file__).resolve().parents[1]
DRAWN = 24  # groups on one picture; the table has all
TOLD = 5  # findings of a search that are told in words


def split(responses: Responses, question: Question) -> Question:
    """Ask for one column that splits the answers, or two that are crossed; the question split by them."""
    columns = named.columns(responses)
    options = list(columns)
    if not options:
        return question
    left, right = st.columns(2)
    first = left.selectbox("Groups of", options, key="by", bind="query-params") or options[0]
    others = [option for option in options if option != first]
    second = right.selectbox(
        "Crossed with", others, index=None, key="cross", bind="query-params", placeholder="Nothing: one column"
    )
    return replace(question, by=(columns[first], columns[second]) if second else (columns[first],), period=None)


def title(by: Sequence[str], responses: Responses) -> str:
    """The columns of a split, as people read them."""
    return " and ".join(named.title(column, responses) for column in by)


def compared(asked: Question) -> pd.DataFrame:
    """Every group of a split against the rest."""
    return against_the_rest(counter(), asked)


def against_the_rest(counts: Counter, asked: Question) -> pd.DataFrame:
    """The same, whoever counts."""
    if counts.numbers:  # which hand out only what may be shown; the rest of a group is everybody the filters leave
        everybody = answer_counts(counts.tally(replace(asked, by=(), period=None)))
        return compare(counts.tally(asked), replace(asked, floor=1), everybody=everybody)
    return compare(counts.tally(asked), asked, counts.tally(unfiltered(asked)) if asked.filtered else None)


def carried_or_stop(asked: Question, found: pd.DataFrame) -> None:
    """In a view with numbers only: say what of the question it does not carry; go on only where a group is left."""
    numbers = study.numbers()
    if numbers is None:
        return
    for reason in numbers.off(asked):
        st.caption(plain(reason))
    st.caption(linked.GROUPS)
    if found.empty:
        st.info(linked.NO_GROUP)
        st.stop()


def drawn(found: pd.DataFrame, figure: str) -> pd.DataFrame:
    """The groups that are drawn: all that are shown, or of many the highest and the lowest in a figure."""
    shown = found[found["nps"].notna()].sort_values(figure, ascending=False, kind="stable")
    return shown if len(shown) <= DRAWN else pd.concat([shown.head(DRAWN // 2), shown.tail(DRAWN // 2)])


def pictures(found: pd.DataFrame, result: pd.DataFrame) -> None:
    """Scores, passives and all three groups, one beneath the other, and the plane of equal scores."""
    row, palette, numbers = result.iloc[0], show.colours(), tables.compared(found, "Group")
    shown = int(found["nps"].notna().sum())
    if shown > DRAWN:
        half = DRAWN // 2
        st.caption(f"Drawn are the {half} highest and the {half} lowest of {shown:,} groups; the tables have all of them.")
    some = drawn(found, "nps")
    st.header("Scores")
    dots = views.flagged(views.points(some, "segment"), some["nps_beyond"])
    picture = charts.interval_dots(dots, palette, overall=row["nps"])
    show.picture(picture, charts.alt_interval_dots(dots, row["nps"]), numbers, "segments")
    st.header("Passives")
    most = drawn(found, "passive_share")
    shares = views.flagged(views.passive_dots(most), most["passive_beyond"])
    picture = charts.share_dots(shares, palette, row["passive_share"])
    show.picture(picture, charts.alt_share_dots(shares, row["passive_share"]), numbers, "passives_by_group")
    st.header("All three groups")
    stacked = views.shares(some).assign(n=dots["n"])
    show.picture(charts.share_stack(stacked, palette), charts.alt_share_stack(stacked), numbers, "shares_by_group")
    st.header("Same score, different passives")
    points = views.plane(result, some, "segment", some.head(0))
    plane = charts.same_score_plane(points, palette, row["nps"])
    show.picture(plane, charts.alt_same_score_plane(points, row["nps"]), tables.points(points), "same_score_by_group")


def looked(responses: Responses, question: Question) -> pd.DataFrame:
    """Every comparison that the columns of a survey allow, made once for each question."""
    found: pd.DataFrame = kept(
        "looked", (responses.key, question), lambda: _looked(responses.segments, question), "Comparing the groups …"
    )
    return found


def _looked(columns: Sequence[str], question: Question) -> pd.DataFrame:
    return looked_at({column: compared(replace(question, by=(column,), period=None)) for column in columns})


def searched(responses: Responses, question: Question) -> None:
    """The largest differences in any column, corrected for all of them having been looked at."""
    found = search(looked(responses, question), question.level)
    if study.numbers():
        st.caption(plain(linked.searched(responses.segments)))
    st.text(say.search_sentence(found))
    for row in found[found["beyond"]].head(TOLD).to_dict("records"):
        st.text(say.finding_sentence(row))
    if len(found):
        with st.expander("Everything that was looked at"):
            show.table(tables.searched(found), "differences", "Every comparison, the largest differences beyond noise first")


def digested(responses: Responses, question: Question) -> None:
    """What stands out in this survey: a few findings, each with a link to the page that shows it."""
    if study.result(question)["nps"].isna().any():
        return  # of nothing shown nothing stands out
    asked, voice = _last_period(responses, question), _passives(question)
    if study.numbers() and not (responses.segments or asked or voice is not None):
        return
    key = (responses.key, question, None if voice is None else tuple(voice))
    found: Digest = kept("digest", key, lambda: _digest(responses, question, voice), "Looking for what stands out …")
    st.header("What stands out")
    if study.numbers():
        st.caption(plain(linked.stands_out(responses.segments, asked is not None, found.heard)))
    st.text(say.digest_sentence(found))
    for row in found.findings.to_dict("records"):
        finding, link = st.columns([5, 1], vertical_alignment="center")
        told = _said(voice, question) if voice is not None and row["column"] == COMMENTS else say.finding_sentence(row)
        finding.text(told)
        with link:
            if row["column"] == COMMENTS:
                st.page_link(PAGES / "passives.py", label="See what they say")
            elif row["column"] == CHANGE:
                st.page_link(PAGES / "trend.py", label="See the trend")
            else:
                st.page_link(PAGES / "segments.py", label="See the groups", query_params=_by(row["column"], responses))


def _by(column: str, responses: Responses) -> dict[str, str]:
    """The address of the page Segments split by this column."""
    return {"by": named.title(column, responses)}


def _digest(responses: Responses, question: Question, voice: pd.Series | None) -> Digest:
    said = [] if voice is None else [comment_rows(voice)]
    return digest(
        pd.concat([looked(responses, question), *_changes(responses, question), *said], ignore_index=True), question.level
    )


def _passives(question: Question) -> pd.Series | None:
    """What passives say, where it is counted already and the page Passives shows it; None otherwise.

    The first page codes no comments: that takes many times as long as all else on it.
    """
    voice = coded.voices(question).get("passive") if coded.counted() else None
    if voice is None or study.numbers():
        return voice
    from nps_core.comments import themes

    return None if withheld(themes.heard(voice)["n"], study.group_total("passive"), question.floor) else voice


def _said(voice: pd.Series, question: Question) -> str:
    from nps_core.comments import themes

    return of_passives.finding_sentence(themes.verdict(voice), themes.holding(voice, question.level), coded.names())


def _last_period(responses: Responses, question: Question) -> Over | None:
    """The periods that the page Trend shows first, None where there are none."""
    numbers = study.numbers()
    kinds = numbers.kinds if numbers else [*(["month"] if responses.dated else []), *([WAVE] if responses.waves else [])]
    kind = "month" if "month" in kinds else WAVE
    asked = Over(over(question, kind), kind, 1)
    return asked if kind in kinds and over_time.carried(asked) else None


def _changes(responses: Responses, question: Question) -> list[pd.DataFrame]:
    """The last period against the one before it, as the page Trend shows it first."""
    asked = _last_period(responses, question)
    if asked is None:
        return []
    line = over_time.found(asked)
    shown = line[~line["suppressed"].to_numpy(dtype=bool)]
    first = before(line, str(shown.index[-1])) if len(shown) > 1 else None
    if first is None:
        return []
    last = str(shown.index[-1])
    before_it, now = over_time.rows(line, (first, last))
    return [change_rows(change(before_it[list(GROUPS)], now[list(GROUPS)], question.level), before_it, now, last)]
