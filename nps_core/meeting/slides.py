"""The slides of a meeting as plain values: one thought each, with its figure, its pictures and how they were computed.

A function a slide. Each takes the small frames that a page has and gives None where there is nothing that may be shown: no
answers, too few, no second period, no two groups. Groups that are hidden never enter. Nothing here needs anybody's answer, so a
view with numbers only makes the same slides from the sums it carries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from nps_core import charts, explained, tables, views
from nps_core.change import Change, change
from nps_core.explained import Explanation
from nps_core.palette import LIGHT, Palette
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.segments import comparisons
from nps_core.trend import before
from nps_core.wording import meeting as say
from nps_core.wording import percent, rounded, signed
from nps_core.wording import segments as of_groups
from nps_core.wording import trend as over_time

KEYS = ("score", "passives", "band", "comments", "trend", "segments")  # in the order a meeting sees them
DRAWN = 8  # groups on one picture that are still read from the back of a room
POINTS = 24  # periods on one picture
PLANE = 325  # px: so low that it leaves room for words and its letters can be drawn large
PERCENT, POINTS_FORMAT = '0.0"%"', "+0.0;\\−0.0;0.0"  # the backslash: the sign stands for itself
Ends = tuple[float | None, ...]


@dataclass(frozen=True)
class Native:
    """A chart that office programs draw and edit themselves.

    `kind` is bar (a lying bar a category) or line. `series` maps names to values in the order of `categories`, None where there
    is none; `colours` has a ``#rrggbb`` a series, or of a single series one a category. `number_format` is that of a spreadsheet.
    `low` and `high` are the ends of an interval around the bars of a single series; empty without.
    """

    kind: str
    categories: tuple[str, ...]
    series: Mapping[str, Ends]
    colours: tuple[str, ...]
    number_format: str
    low: Ends = ()
    high: Ends = ()

    def __post_init__(self) -> None:
        if self.low and len(self.series) != 1:
            raise ValueError("an interval stands around the bars of a single series")


@dataclass(frozen=True)
class Drawn:
    """A picture with all it takes to hand it on.

    `name` is the stem of a file's name, `title` what stands over it, `alt` the same in words, `numbers` the same as a table
    people read (see `tables`), `native` a chart that office programs draw themselves, `palette` that of `chart`.
    """

    name: str
    title: str
    chart: charts.Picture
    alt: str
    numbers: pd.DataFrame
    native: Native | None = None
    palette: Palette = LIGHT


@dataclass(frozen=True)
class Slide:
    """One thought. `key` is one of `KEYS`; `title` the thought, to be read aloud; `said` up to three sentences; `number` the one
    figure that is written large ('' for none); `pictures` one or two; `computed` what stands in the notes; `source` one line."""

    key: str
    title: str
    said: tuple[str, ...]
    number: str
    pictures: tuple[Drawn, ...]
    computed: tuple[Explanation, ...]
    source: str
    palette: Palette = LIGHT


def score(result: pd.DataFrame, accounts: Mapping[str, int], question: Question, palette: Palette, source: str) -> Slide | None:
    """The score, how sure it is, and the three groups it is made of.

    Parameters
    ----------
    result : DataFrame
        A Result that is not split.
    accounts : mapping
        Answered, blank, invalid and excluded records (`tally.accounts`).
    question, palette, source
        What was asked (level, target), the theme, and the line beneath (`wording.meeting.source_line`).
    """
    row = _row(result)
    if row is None:
        return None
    shares = views.shares(result.head(1), named=False)
    drawn = Drawn(
        "shares",
        "Promoters, passives and detractors",
        charts.share_bar(shares, palette),
        charts.alt_share_bar(shares),
        tables.groups(result.head(1).set_axis(["This survey"]), "Answers of"),
        _groups(shares, palette),
        palette,
    )
    told = (explained.score(row, accounts), explained.interval(row, question.level), explained.shares(row))
    said = say.score_said(row, question.level, question.target)
    return Slide("score", say.score_title(row), said, signed(row["published"]), (drawn,), told, source, palette)


def passives(result: pd.DataFrame, second: pd.DataFrame, question: Question, palette: Palette, source: str) -> Slide | None:
    """Same score, different passives: where this survey stands among all that there can be with its score.

    Parameters
    ----------
    result : DataFrame
        A Result that is not split.
    second : DataFrame
        The Result of what is laid beside it, one row with its name as index; no rows for nothing.
    question, palette, source
        As of `score`.
    """
    row, other = _row(result), _row(second)
    if row is None:
        return None
    name = "" if other is None else views.name_of(second.index[0])
    points = views.plane(result, result.head(0), "segment", second.head(0 if other is None else 1))
    plane = Drawn(
        "same_score",
        "Same score, different passives",
        charts.same_score_plane(points, palette, row["nps"], height=PLANE),
        charts.alt_same_score_plane(points, row["nps"]),
        tables.points(points),
        None,
        palette,
    )
    told = (explained.same_score(row), explained.shares(row))
    title, said = say.passives_title(row, other, name), say.passives_said(row, other, name)
    share = f"{tables.shares(views.shares(result.head(1)))['Passives %'].iloc[0]:.1f}%"
    return Slide("passives", title, said, share, (plane,), told, source, palette)


def band(result: pd.DataFrame, question: Question, palette: Palette, source: str) -> Slide | None:
    """The band of the score, and the chance of each band; takes what `score` takes."""
    row = _row(result)
    if row is None:
        return None
    chances = views.chances(result)
    drawn = Drawn(
        "bands",
        "The bands and the chance of each",
        charts.band_scale(row, chances, palette, question.target),
        charts.alt_band_scale(row, chances, question.target),
        tables.chances(chances),
        None,
        palette,
    )
    told = (explained.bands(), explained.interval(row, question.level))
    said = say.band_said(row, chances, question.target)
    return Slide("band", say.band_title(row), said, signed(row["published"]), (drawn,), told, source, palette)


def comments(
    voices: Mapping[str, pd.Series],
    names: Mapping[str, str],
    question: Question,
    palette: Palette,
    source: str,
    group: str = "passive",
    total: int | None = None,
) -> Slide | None:
    """What passives (or another group) say, or that their comments bear no conclusion.

    Parameters
    ----------
    voices : mapping
        What each group says as sums (see `comments.voice`); a group that must not be heard is not in it.
    names : mapping
        What people read for each gap, as the codebook calls it (`comments.views.names`).
    question, palette, source
        As of `score`.
    group : str
        Whose words: passive, promoter, detractor or all.
    total : int, optional
        How many of the group the whole survey has, so that a filter which leaves out too few of them shows nothing; None for a
        view with numbers only, which has settled that itself.
    """
    from nps_core.comments import explained as explained_comments
    from nps_core.comments import themes
    from nps_core.comments.views import named
    from nps_core.privacy import withheld
    from nps_core.wording import passives as of_comments

    voice = voices.get(group)
    counts = None if voice is None else themes.heard(voice)
    if voice is None or counts is None or not counts["commented"]:
        return None
    if total is not None and withheld(counts["n"], total, question.floor):
        return None
    holding, verdict = themes.holding(voice, question.level), themes.verdict(voice)
    praise = themes.mentions(voice, ("praise_only",), question.level).iloc[0]
    sentences = of_comments.verdict_sentences(verdict, holding, praise, counts, names, group)
    concluded = counts["codable"] > 0
    title = sentences[1] if concluded else sentences[0]
    rest = [sentence for sentence in sentences if sentence != title]
    outreach = [of_comments.OUTREACH] if verdict.kind == "inconclusive" else []
    bars = named(holding, of_comments.all_names(names))
    drawn = _mentions(bars[bars["count"] > 0], palette, group) if counts["codable"] >= themes.FEW_NAMING else ()
    told = (explained_comments.shares(counts["codable"], question.level), explained_comments.verdict(verdict))
    number = percent(holding["share"].iloc[0], 0) if verdict.kind == "leader" else ""
    return Slide("comments", title.removesuffix("."), tuple([*rest, *outreach][:3]), number, drawn, told, source, palette)


def trend(found: pd.DataFrame, kind: str, length: int, question: Question, palette: Palette, source: str) -> Slide | None:
    """Whether the score moved, period by period.

    Parameters
    ----------
    found : DataFrame
        As `trend.trend` gives it.
    kind, length
        The kind of period, and how many make up a point (1 is the calendar).
    question, palette, source
        As of `score`.
    """
    known = found[~found["suppressed"].to_numpy(dtype=bool) & found["nps"].notna().to_numpy()]
    if len(known) < 2:
        return None
    last = str(known.index[-1])
    first = before(found, last) or ""
    moved = _moved(known, first, last, question.level) if first else None
    line = known.tail(POINTS)
    points = views.over_time(line, "nps", length > 1)
    drawn = Drawn(
        "trend",
        "Net Promoter Score over time",
        charts.over_time(points, palette, "nps", question.target),
        charts.alt_over_time(points, "nps", question.target),
        tables.over_time(line),
        _line(points, palette),
        palette,
    )
    told = (explained.joined(question.floor), *([explained.change(moved)] if moved else []))
    said = [over_time.trend_sentence(line, kind, length), over_time.joined_sentence(line, question.floor)]
    if moved:
        said.insert(0, over_time.passive_change_sentence(*_two(known, first, last), question.level))
    title = say.trend_title(moved, first, last)
    score_now = signed(known["published"].iloc[-1])
    return Slide("trend", title, tuple(text for text in said if text), score_now, (drawn,), told, source, palette)


def segments(
    compared: pd.DataFrame, column: str, result: pd.DataFrame, question: Question, palette: Palette, source: str
) -> Slide | None:
    """Who differs: the groups of one split with their scores and their passives.

    Parameters
    ----------
    compared : DataFrame
        As `segments.compare` gives it.
    column : str
        The column that splits, as people read it.
    result : DataFrame
        The Result of everybody, not split: the line through all groups.
    question, palette, source
        As of `score`.
    """
    row, known = _row(result), compared[compared["nps"].notna()]
    if row is None or len(known) < 2:
        return None
    ranked = known.sort_values("nps", ascending=False, kind="stable")
    if len(ranked) > DRAWN:
        ranked = pd.concat([ranked.head(DRAWN // 2), ranked.tail(DRAWN - DRAWN // 2)])
    numbers = tables.compared(ranked, column)
    dots, shares = views.points(ranked, "segment"), views.passive_dots(ranked)
    scores = Drawn(
        "segments",
        "Net Promoter Score of each group",
        charts.interval_dots(dots, palette, overall=row["nps"]),
        charts.alt_interval_dots(dots, row["nps"]),
        numbers,
        _bars(dots, "nps", 1.0, "NPS", palette.promoter, POINTS_FORMAT),
        palette,
    )
    passive = Drawn(
        "passives_by_group",
        "Passives of each group",
        charts.share_dots(shares, palette, row["passive_share"]),
        charts.alt_share_dots(shares, row["passive_share"]),
        numbers,
        _bars(shares, "share", 100.0, "Passives", palette.passive, PERCENT),
        palette,
    )
    told = (explained.against_the_rest(question.level, comparisons(compared)),)
    sentences = (
        of_groups.indifferent_sentence(compared),
        of_groups.scores_sentence(compared),
        say.drawn_sentence(len(ranked), len(known)) or of_groups.looked_sentence(compared),
    )
    said = tuple(text for text in sentences if text)
    return Slide("segments", say.segments_title(compared, column), said, "", (scores, passive), told, source, palette)


def _row(result: pd.DataFrame) -> pd.Series | None:
    """The first row of a Result where it may be shown and has answers."""
    if not len(result) or pd.isna(result["nps"].iloc[0]):
        return None
    return result.iloc[0]


def _two(found: pd.DataFrame, first: str, last: str) -> tuple[pd.Series, pd.Series]:
    names = [str(name) for name in found.index]
    return found.iloc[names.index(first)], found.iloc[names.index(last)]


def _moved(found: pd.DataFrame, first: str, last: str, level: float) -> Change:
    one, two = _two(found, first, last)
    return change(one[list(GROUPS)], two[list(GROUPS)], level)


def _mentions(bars: pd.DataFrame, palette: Palette, group: str) -> tuple[Drawn, ...]:
    if bars.empty:
        return ()
    picture, alt = charts.mention_bars(bars, palette, group), charts.alt_mention_bars(bars)
    colour = palette.of_group(group) if group in GROUPS else palette.passive
    native = _bars(bars, "share", 100.0, "Share of comments", colour, PERCENT)
    return (
        Drawn(
            "themes", "What is named, % of comments that say why", picture, alt, tables.mentions(bars, "Theme"), native, palette
        ),
    )


def _groups(shares: pd.DataFrame, palette: Palette) -> Native:
    """The three shares of one survey as `views.shares` gives them, a bar each: even 1 / 1 / 98 can be read."""
    order = tuple(reversed(GROUPS))
    figures = _ends(shares.iloc[0][list(order)], 100.0)
    names = tuple(f"{group.capitalize()}s" for group in order)
    return Native("bar", names, {"Share of answers": figures}, tuple(map(palette.of_group, order)), PERCENT)


def _line(points: pd.DataFrame, palette: Palette) -> Native:
    """A line with the two ends of its interval as lines of their own."""
    series = {"NPS": _ends(points["value"]), "Interval from": _ends(points["low"]), "Interval to": _ends(points["high"])}
    colours = (palette.passive, palette.edge, palette.edge)
    return Native("line", tuple(map(str, points["label"])), series, colours, POINTS_FORMAT)


def _bars(frame: pd.DataFrame, figure: str, factor: float, name: str, colour: str, number_format: str) -> Native:
    """A bar a row with its interval; a frame with the columns name, `figure`, low and high."""
    figures = {name: _ends(frame[figure], factor)}
    low, high = (_ends(frame[end], factor) for end in ("low", "high"))
    return Native("bar", tuple(map(str, frame["name"])), figures, (colour,), number_format, low, high)


def _ends(values: pd.Series, factor: float = 1.0) -> Ends:
    """Figures rounded as they are read, None where there is none."""
    exact = (None if pd.isna(value) else float(Decimal(repr(float(value))) * Decimal(factor)) for value in values)
    return tuple(None if value is None else float(rounded(value)) for value in exact)
