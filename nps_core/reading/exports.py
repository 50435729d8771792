"""The exports of survey tools that are known by their header: one table, one row a tool.

To add a tool, add a `Layout` to `LAYOUTS`. A layout only names what its tool always writes; questions are found by what they ask.
It must not read cells: it says what the columns are for, others look whether they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nps_core.reading.words import fold

NO = r"0|0\.0|false|no|n|nein|non|nao|nee|falsch|faux|falso|onwaar"
YES = r"1|1\.0|true|yes|y|ja|oui|si|sim|wahr|vrai|verdadero|verdadeiro|vero|waar"
PREVIEW = r".*(?:preview|vorschau|apercu|vista previa|visualizacao|anteprima|voorbeeld).*"


@dataclass(frozen=True)
class Rule:
    """Rows that do not count: those whose cell under `column` is (or, with `unless`, is not) wholly of the form `cells`.

    `reason` is a code of `cleaning.REASONS`. Cells are compared folded (lower case, no accents).
    """

    column: str
    cells: str
    reason: str
    unless: bool = False


@dataclass(frozen=True)
class Layout:
    """What a tool's header looks like, and what its columns are for.

    Names are folded headers; ``a|b`` is a or b. A header has a name where it is the name, or goes on behind it after a blank, a
    full stop or a colon (a second header row). `marks` must all be there, with `first` in the first column. `score`, `date` and
    `respondent` name columns, best first; `comment` is a form of folded headers; `beside` is a form of headers that say nothing
    about the answer; `stars` names a column of another scale.
    """

    tool: str
    marks: tuple[str, ...]
    first: bool = False
    score: tuple[str, ...] = ()
    comment: str = ""
    date: tuple[str, ...] = ()
    respondent: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    beside: str = ""
    stars: str = ""
    rules: tuple[Rule, ...] = ()


LAYOUTS = (
    Layout(
        "Qualtrics",
        ("startdate", "enddate", "finished", "responseid"),
        date=("recordeddate", "enddate", "startdate"),
        respondent=("externalreference|externaldatareference", "recipientemail"),
        nobody=("responseid", "ipaddress"),
        beside=r"(?:progress|duration \(in seconds\)|location(?:latitude|longitude)|q_\w+)(?: .*)?"
        r"|.*_(?:first|last|page|click)[ _].*",
        rules=(
            Rule("status", rf"{PREVIEW}|1|9|17", "preview"),
            Rule("status", r"survey test|2", "test"),
            Rule("status", r".*\bspam\b.*|8|12|40|48", "spam"),
            Rule("finished", NO, "unfinished"),
        ),
    ),
    Layout(
        "SurveyMonkey",
        ("respondent id|respondent_id", "collector id|collector_id", "start date|date_created", "end date|date_modified"),
        date=("end date|date_modified", "start date|date_created"),
        respondent=("email address|email_address", "respondent id|respondent_id"),
        nobody=("collector id|collector_id", "ip address|ip_address"),
        comment=r".* open-ended response",
        rules=(Rule("response status", r"partial|incomplete", "unfinished"),),
    ),
    Layout(
        "Survicate",
        ("date & time (utc)", "response uuid", "respondent uuid"),
        date=("date & time (utc)",),
        respondent=("respondent uuid",),
        nobody=("response uuid",),
        comment=r"q#\d+: .* answer",
        beside=r"insight(?: .*)?|.* insight",
    ),
    Layout(
        "Typeform",
        ("#", "start date (utc)", "submit date (utc)", "network id"),
        date=("submit date (utc)", "stage date (utc)", "start date (utc)"),
        nobody=("#", "network id"),
        rules=(
            Rule("response type", r"partial|started|incomplete", "unfinished"),
            Rule("submit date (utc)", "", "unfinished"),
        ),
    ),
    Layout(
        "Formbricks",
        ("no.", "response id", "timestamp", "finished", "survey id"),
        date=("timestamp",),
        respondent=("user id",),
        nobody=("response id", "survey id"),
        rules=(Rule("finished", NO, "unfinished"),),
    ),
    Layout(
        "Hotjar",
        ("number", "date submitted", "source url", "hotjar user id"),
        date=("date submitted",),
        respondent=("hotjar user id", "user"),
        nobody=("number",),
    ),
    Layout(
        "LimeSurvey",
        ("id", "submitdate", "lastpage", "startlanguage"),
        date=("submitdate", "datestamp", "startdate"),
        respondent=("token",),
        nobody=("id", "seed", "ipaddr"),
        beside=r".*time(?:[.: ].*)?|(?:seed|lastpage)(?:[.: ].*)?",
        rules=(Rule("submitdate", "", "unfinished"),),
    ),
    Layout(
        "Microsoft Forms",
        (
            "id",
            "start time|startzeit|heure de debut|hora de inicio|ora di inizio|begintijd|hora de inicio",
            "completion time|fertigstellungszeit|heure de fin|hora de finalizacion|ora di completamento|tijd van voltooien"
            "|hora de conclusao",
            "email|e-mail|adresse de messagerie|correo electronico|posta elettronica",
        ),
        date=(
            "completion time|fertigstellungszeit|heure de fin|hora de finalizacion|ora di completamento|tijd van voltooien"
            "|hora de conclusao",
            "start time|startzeit|heure de debut|hora de inicio|ora di inizio|begintijd",
        ),
        respondent=("email|e-mail|adresse de messagerie|correo electronico|posta elettronica",),
        nobody=("id",),
    ),
    Layout(
        "Zendesk",
        ("survey_name", "user_email", "rating", "rated_at", "delivered_at"),
        score=("rating",),
        comment="comment",
        date=("rated_at",),
        respondent=("user_id", "user_email"),
    ),
    Layout(
        "Delighted",
        ("survey_type", "score", "comment", "permalink", "created_at"),
        score=("score",),
        comment="comment",
        date=("created_at",),
        respondent=("person", "email"),
        nobody=("id",),
        rules=(Rule("survey_type", r"e?nps.*|", "other_survey", unless=True),),
    ),
    Layout(
        "Wootric / InMoment",
        ("score", "text", "excluded_from_calculations", "created_at"),
        score=("score",),
        comment="text",
        date=("created_at",),
        nobody=("id",),
        rules=(Rule("excluded_from_calculations", YES, "left_out"),),
    ),
    Layout(
        "Thanx",
        ("nps_feedback_uid", "state", "rating", "review", "rated_at"),
        score=("rating",),
        comment="review",
        date=("rated_at",),
        nobody=("nps_feedback_uid",),
    ),
    Layout("Medallia Agent Connect", ("star_rating", "comments"), comment="comments", stars="star_rating"),
    Layout(
        "Google Forms",
        (
            "timestamp|horodateur|zeitstempel|marca temporal|marca de tiempo|carimbo de data/hora|informazioni cronologiche"
            "|tijdstempel|tidstampel|tidsstempel|sygnatura czasowa|отметка времени|타임스탬프|タイムスタンプ|时间戳记",
        ),
        first=True,
        date=(
            "timestamp|horodateur|zeitstempel|marca temporal|marca de tiempo|carimbo de data/hora|informazioni cronologiche"
            "|tijdstempel|tidstampel|tidsstempel|sygnatura czasowa|отметка времени|타임스탬프|タイムスタンプ|时间戳记",
        ),
        respondent=("email address|username|adresse e-mail|e-mail-adresse|nombre de usuario",),
    ),
)


@lru_cache(maxsize=4096)
def has_name(header: str, name: str) -> bool:
    """Whether a header has one of these names (see `Layout`).

    >>> has_name("Finished Finished", "finished"), has_name("id. Response ID", "id"), has_name("idea", "id")
    (True, True, False)
    """
    plain = fold(header)
    return any(plain == n or (plain.startswith(n) and plain[len(n)] in " .:") for n in map(fold, name.split("|")))


def recognise(header: Sequence[str]) -> Layout | None:
    """The layout that a header has, None where it is no known one.

    >>> recognise(["survey_name", "user_email", "user_id", "rating", "comment", "rated_at", "delivered_at"]).tool
    'Zendesk'
    """
    return _recognise(tuple(header))


@lru_cache(maxsize=8)  # it is asked several times for each file, and a header may have thousands of names
def _recognise(header: tuple[str, ...]) -> Layout | None:
    for layout in LAYOUTS:
        among = header[:1] if layout.first else header
        if all(any(has_name(text, mark) for text in among) for mark in layout.marks):
            return layout
    return None


def place(names: Sequence[str], header: str) -> int | None:
    """How good a header is among names that stand best first: 0 is best, None where it has none of them."""
    return next((i for i, name in enumerate(names) if has_name(header, name)), None)


def is_beside(layout: Layout | None, header: str) -> bool:
    """Whether the tool keeps its own books in this column, so that it says nothing about the answer."""
    return bool(layout and layout.beside and re.fullmatch(layout.beside, fold(header)))


def rules_by(layout: Layout, header: str) -> bool:
    """Whether the tool says in this column which rows count."""
    return any(has_name(header, rule.column) for rule in layout.rules)
