"""Writes docs/files.md: every known kind of file, and what is read from a made-up file of exactly that kind.

`make docs` runs it; tests/test_files.py goes red when the page is stale or when a file is read in another way than it should.
The files of the tools lie in tests/files; the short ones stand below.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE / "files.md"
FILES = HERE.parent / "tests" / "files"
sys.path.insert(0, str(HERE.parent))

from nps_core.errors import ExplorerError  # noqa: E402 (the project is found only now)
from nps_core.measures import measures  # noqa: E402
from nps_core.question import Question  # noqa: E402
from nps_core.reading import read  # noqa: E402
from nps_core.responses import Responses  # noqa: E402
from nps_core.tally import accounts, count, tally  # noqa: E402

# File in tests/files → the tool, and what is awkward about it.
TOOLS = {
    "qualtrics.csv": (
        "Qualtrics",
        "three header rows, the second in German; byte order mark; a preview, an unfinished and a skipped answer",
    ),
    "qualtrics_semicolon.csv": ("Qualtrics", "the same with semicolons"),
    "surveymonkey.csv": (
        "SurveyMonkey",
        "two header rows, a line break in the header, labelled ends of the scale, old Mac line ends",
    ),
    "survicate.csv": ("Survicate", "two header rows, a question of its own for each group"),
    "typeform.csv": ("Typeform", "the same header twice, emoji, a partial response"),
    "google_forms.csv": ("Google Forms", "dates with AM, PM and a zone; ticked choices"),
    "google_forms_fr.csv": ("Google Forms", "in French, day first"),
    "google_forms_two_questions.csv": ("Google Forms", "two questions from 0 to 10"),
    "microsoft_forms.xlsx": ("Microsoft Forms", "a workbook; everybody is “anonymous”"),
    "microsoft_forms.csv": ("Microsoft Forms", "the same as text, month first"),
    "limesurvey.csv": ("LimeSurvey", "codes as headers, byte order mark, timings, an incomplete response"),
    "limesurvey_full.csv": ("LimeSurvey", "codes and questions as headers"),
    "formbricks.csv": ("Formbricks", "an unfinished response"),
    "hotjar.csv": ("Hotjar", "people who answered twice"),
    "zendesk.csv": ("Zendesk", "delivered but never rated; ids of 16 digits"),
    "delighted.csv": ("Delighted", "Unix seconds; an answer to another kind of survey"),
    "wootric.csv": ("Wootric / InMoment", "a row that the tool leaves out"),
    "thanx.csv": ("Thanx", "invitations without an answer"),
    "medallia_agent_connect.csv": ("Medallia Agent Connect", "1 to 5 stars"),
}
ASK = "How likely are you to recommend us?"
_SCORES = "10/10 9 score·8 ten 8.0 8,0 Extremely·likely·-·10 10·(Very·Likely) 0-10:·9 11 −1 9.5"


def _rows(*lines: str) -> bytes:
    return ("\n".join(lines) + "\n").encode()


_OPEN = ("03/04/2024,9", "05/02/2024,7", "01/06/2024,10", "02/02/2024,3")
_MIXED = ("01/25/2024", "26/01/2024", "01/27/2024", "28/01/2024", "02/01/2024", "02/02/2024")
_COUNTS = (2, 0, 1, 0, 1, 4, 3, 9, 14, 12, 20)  # answers that gave 0, 1, … 10


def _column(header: str, *cells: object) -> bytes:
    """A file of two columns, the second a team."""
    return _rows(f"{header},team", *(f"{cell},{'ab'[i % 2]}" for i, cell in enumerate(cells)))


# What it is → a file of that kind.
SHORT = {
    "Scores in every spelling": _rows(f"{ASK};region", *(s.replace("·", " ") + ";N" for s in _SCORES.split())),
    "Groups only, English": _column("NPS group", *["Promoter"] * 5, *["Passive"] * 3, *["Detractor"] * 2),
    "Groups only, French": _column("Catégorie NPS", *["Promoteur"] * 5, *["Passif"] * 3, *["Détracteur"] * 2),
    "Groups only, German": _column("Gruppe", *["Promotor"] * 5, *["Indifferent"] * 3, *["Kritiker"] * 2),
    "Groups only, Spanish": _column("Grupo", *["Promotor"] * 5, *["Pasivo"] * 3, *["Detractor"] * 2),
    "Groups only, Portuguese": _column("Grupo", *["Promotor"] * 5, *["Neutro"] * 3, *["Detrator"] * 2),
    "Groups only, Italian": _column("Gruppo", *["Promotore"] * 5, *["Passivo"] * 3, *["Detrattore"] * 2),
    "Groups only, Dutch": _column("Groep", *["Promotor"] * 5, *["Passief"] * 3, *["Criticaster"] * 2),
    "Groups only, Qualtrics 1, 2, 3": _column("Q1_NPS_GROUP", *["3"] * 5, *["2"] * 3, *["1"] * 2),
    "Counts already added up": _rows("Score,Number of answers", *(f"{s},{n}" for s, n in enumerate(_COUNTS)), "Total,66"),
    "Counts of groups": _rows("Group,Count,%", "Promoter,32,48.5%", "Passive,23,34.8%", "Detractor,11,16.7%"),
    "Dates that may be either way round": _rows("Date,nps", *_OPEN),
    "Dates both ways round": _rows("Date,nps", *(f"{day},9" for day in _MIXED)),
    "A column of waves": _rows("wave,nps", "2H19,9", "1H20,10", "2H19,7", "1H20,8", "2H20,3"),
    "A 1 to 10 scale": _column("How likely are you to recommend us (1-10)?", *map(str, [10, 9, 1, 7, 8, 10, 9, 6])),
    "A 1 to 5 scale": _column("rating", *"545123455412"),
    "A 0 to 100 scale": _column("Likely to recommend", *map(str, [100, 90, 85, 0, 70, 95, 60, 100, 75, 80])),
    "Scores already worked out": _rows("month,nps", "2024-01,42", "2024-02,-3", "2024-03,38", "2024-04,51"),
    "No survey": _rows("city,inhabitants", "Oslo,709037", "Bergen,291940", "Hamar,32000"),
}  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _of(responses: Responses, part: str) -> str:
    return "; ".join(f"“{_plain(role.header)}”" for role in responses.roles if role.part == part) or "–"


def _dates(responses: Responses) -> str:
    if responses.span is None:
        return f"waves {', '.join(responses.waves)}" if responses.waves else "–"
    first, last = responses.span
    zone = next((role.zone for role in responses.roles if role.part == "date" and role.zone), "")
    return f"{_of(responses, 'date')} {first} to {last}{f', {zone}' if zone else ''}"


def row(name: str, data: bytes) -> list[str]:
    """What is read from a file, one text a column of the page; for a refusal or a question its words."""
    try:
        found = read([(name, data)])
    except ExplorerError as error:
        return ["–", "–", "–", "–", "–", "–", f"**{error.title}.** Found {_plain(error.found)}. {_plain(error.remedy)}"]
    totals = accounts(count(found), Question())
    rows = ", ".join(f"{number} {status}" for status, number in totals.items() if number)
    score = _of(found, "score") if found.scores_known else _of(found, "group")
    nps = measures(tally(found)).iloc[0]["nps"]
    said = " ".join(_plain(text) for text in (*found.notes, *(f"Asks: {q.remedy}" for q in found.questions)))
    comments = _of(found, "comment") + (" as one" if len(found.comments) < sum(r.part == "comment" for r in found.roles) else "")
    return [score, comments, _dates(found), _of(found, "respondent"), rows, f"{nps:+.1f}", said or "–"]


COLUMNS = ("Score (or group)", "Comment", "Dates or waves", "Who", "Records", "NPS", "What it says")
OPENING = """# Files

What is read from each kind of file, without a choice by hand. Written by `make docs` from made-up files: change them, or the
reading, not this page. The tools are known by their headers (`nps_core/reading/exports.py`, one row a tool).
"""


def page() -> str:
    """The whole page."""
    tools = [[tool, f"`{name}`: {quirks}", *row(name, (FILES / name).read_bytes())] for name, (tool, quirks) in TOOLS.items()]
    short = [[what, *row("file.csv", data)] for what, data in SHORT.items()]
    parts = [OPENING, "## Exports of survey tools\n", _table(("Tool", "File", *COLUMNS), tools)]
    return "\n".join([*parts, "## What else comes\n", _table(("File", *COLUMNS), short)])


def _table(head: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [head, ["-"] * len(head), *rows]
    return "\n".join("|" + "|".join(cells) + "|" for cells in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
