"""Every refusal and every question of the reading, word for word: what was expected, what was found, what to do.

The words stand in refusals.md beside this file. `UPDATE_SNAPSHOTS=1` writes it anew; read the difference before you keep it.
"""

import ast
import os
import sys
from pathlib import Path

import pytest

from nps_core import errors
from nps_core.errors import ExplorerError, Unclear
from nps_core.reading import Choices, delimited, read, read_table
from nps_core.reading.table import LARGEST
from tests.core.reading.unopened import FILES as UNOPENED

HERE = Path(__file__).resolve().parent
SNAPSHOT = HERE / "refusals.md"
ROOM = Path(errors.__file__).resolve().parent / "reading"
# The codes of errors; those of the families are never raised, a codebook is not read here but in comments/codebook, and what a
# hosted view can meet has its tests in test_sharing and test_hosted.
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ExplorerError)]
CODES = {kind.code for kind in KINDS if not issubclass(kind, errors.HostedError | errors.TooFewAnswers)}
CODES -= {kind.code for kind in (errors.ExplorerError, errors.FileError, errors.AskError, errors.BrokenCodebook)}
ASK = "How likely are you to recommend us"


def rows(*lines):
    return ("\n".join(lines) + "\n").encode()


def column(header, values):
    """A file of two columns, the second a team."""
    return rows(f"{header},team", *(f"{value},{'ab'[i % 2]}" for i, value in enumerate(values)))


FULL = ["0", "2", "5", "6", "7", "8", "9", "10", "10", "9"]
OPEN = rows("Date,nps", "03/04/2024,9", "05/02/2024,7", "01/06/2024,10")
PLAIN = rows("nps,region,why", *(f"{s},{'NS'[i % 2]},because of reason {i}" for i, s in enumerate(FULL)))
TWICE = rows("email,nps,why", *["ann@x.org,9,It simply works every day"] * 2, "bob@x.org,3,It never works at all")


def two_sheets():
    import io

    import pandas as pd

    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        for name in ("March", "April"):
            pd.DataFrame({"nps": [9, 10, 3], "team": ["a", "b", "a"]}).to_excel(writer, sheet_name=name, index=False)
    return out.getvalue()


CASES = {
    "Nothing was handed in": (None, Choices()),
    "An empty file": (b"", Choices()),
    "A table without numbers": (rows("city,country", "Oslo,NO", "Lund,SE"), Choices()),
    "Numbers of something else": (column("satisfaction", FULL), Choices()),
    "Yes and no": (column("Recommend", ["Yes", "No"] * 5), Choices()),
    "A 1 to 5 scale": (column("rating", "545123455412"), Choices()),
    "Five stars, as Medallia exports them": (rows("star_rating,comments", "5,good", "1,bad", "4,fine"), Choices()),
    "Scores out of five": (column("rating", ["4/5", "5/5", "3/5", "1/5"] * 3), Choices()),
    "A 1 to 7 scale": (column(ASK, ["1", "7", "4", "6", "2"] * 10), Choices()),
    "A 0 to 100 scale": (column(ASK, ["0", "100", "70", "85", "40"] * 4), Choices()),
    "Scores already worked out": (rows("month,nps", "2024-01,42", "2024-02,-3", "2024-03,38"), Choices()),
    "Halves": (column("score", ["7.5", "8.5", "9.5", "6.5"] * 3), Choices()),
    "A survey of another kind": (
        rows("person,survey_type,score,comment,permalink,created_at", "7,csat,5,good,x,1709283600", "8,csat,4,fine,y,1709283700"),
        Choices(),
    ),
    "Two questions that fit equally": (rows(f"{ASK} A?,{ASK} B?", *(f"{s},{s}" for s in FULL)), Choices()),
    "Two columns of groups": (rows("Q1_NPS_GROUP,Q2_NPS_GROUP", "1,2", "3,3", "2,1"), Choices()),
    "A header that says nothing": (column("Q7", FULL), Choices()),
    "A header that says 1 to 10": (column(f"{ASK} (1-10)?", FULL[1:]), Choices()),
    "A score without a single 0": (column("score", [str(1 + i % 10) for i in range(100)]), Choices()),
    "Two sheets with a survey": (two_sheets, Choices()),
    "Day or month first, beside the score": (OPEN, Choices()),
    "Day or month first, where the dates are wanted": (OPEN, Choices(date="Date")),
    "The same answer twice, beside the score": (TWICE, Choices()),
    "A score that is not there": (PLAIN, Choices(score="nsp")),
    "A score that is text": (PLAIN, Choices(score="region")),
    "Dates that are none": (PLAIN, Choices(date="region")),
    "A column for two parts": (PLAIN, Choices(respondent="nps")),
    "Waves by dates without dates": (PLAIN, Choices(wave="by month")),
    "Too many waves": (rows("nps,team", *(f"9,x{i}" for i in range(100))), Choices(wave="team")),
    "Counts that are text": (PLAIN, Choices(count="region")),
    "A column that cannot split": (PLAIN, Choices(segments=("why",), comments=())),
}  # fmt: skip


def told(data, choices):
    """The questions and refusals of one case."""
    data = data() if callable(data) else data
    try:
        return read([] if data is None else [("x.csv", data)], choices).questions
    except ExplorerError as error:
        return (error,)


def unopened(data, name, sheet=None, limit=LARGEST):
    """The refusal of a file that does not open."""
    with pytest.raises(ExplorerError) as caught:
        read_table(data() if callable(data) else data, name, sheet, limit=limit)
    return (caught.value,)


@pytest.fixture(scope="module")
def every():
    """Each case's questions and refusals, with the places in the reading that made them."""
    seen, plain = set(), ExplorerError.__init__

    def noted(self, *words):
        frame = sys._getframe(1)
        while frame.f_code.co_name == "__init__":
            frame = frame.f_back
        seen.add((Path(frame.f_code.co_filename).stem, frame.f_code.co_name))
        plain(self, *words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ExplorerError, "__init__", noted)
        patch.setattr(delimited, "MOST_DAMAGED", 1000)  # in place of a million, which takes its time
        found = {name: unopened(*file) for name, file in UNOPENED.items()} | {name: told(*case) for name, case in CASES.items()}
    return found, seen


def written(name, found):
    lines = [f"## {name}", ""]
    for error in found:
        lines += [
            f"{error.title} ({error.code})",
            f"- expected: {error.expected}",
            f"- found: {error.found}",
            f"- do: {error.remedy}",
        ]
        if isinstance(error, Unclear):
            lines += [f"- {error.part} = {value}: {reason}" for value, reason in error.candidates]
    return "\n".join([*lines, ""])


def test_every_refusal_and_question_says_what_it_said(every):
    text = "# Refusals and questions\n\n" + "\n".join(written(*case) for case in every[0].items())
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == SNAPSHOT.read_text(encoding="utf-8")


def test_each_case_is_told_in_exactly_one_question_or_refusal(every):
    for name, found in every[0].items():
        assert len(found) == 1, name
        assert found[0].expected, name
        assert found[0].found, name
        assert found[0].remedy.endswith("."), name
        if isinstance(found[0], Unclear):
            assert len(found[0].candidates) >= 1, name
            assert hasattr(Choices(), found[0].part), name


def makers():
    """The functions of the room that make an error, by file."""
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, ExplorerError)}
    for path in sorted(ROOM.glob("*.py")):
        file, tree = path.stem, ast.parse(path.read_text(encoding="utf-8"))
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            calls = [
                node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            ]
            if kinds & set(calls):
                yield file, function.name


def test_every_place_that_makes_an_error_has_its_case(every):
    assert set(makers()) - every[1] == set()


def test_every_code_has_its_case(every):
    assert {error.code for found in every[0].values() for error in found} == CODES
