"""Real survey files, where they lie beside the project: read with no column chosen by hand. A clone alone skips them."""

from pathlib import Path

import pytest

from nps_core.errors import NotASurvey
from nps_core.measures import measures
from nps_core.reading import read, read_table
from nps_core.tally import tally

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not part of the project")


def survey(*names):
    return read([(name, (DATA / "surveys" / name).read_bytes()) for name in names])


# n and NPS counted from the named column alone with Python's csv module, over the answered 0–10 scores.
@pytest.mark.parametrize(
    ("name", "column", "n", "nps"),
    [
        ("garden_centre_fr.csv", "nps", 13612, 53.42),
        (
            "google_forms_fr.csv",
            "Dans quelle mesure, êtes-vous prêt(e)  à recommander cette marque auprès de vos proches ? ",
            93,
            11.83,
        ),
        ("carpentries_instructor_2018.csv", "LikelyToRecommend", 889, 48.37),
        ("carpentries_longterm_2017.csv", "Likely-To-Recommend", 402, 36.32),
        ("carpentries_longterm_2018.csv", "Likely-To-Recommend", 402, 36.32),
        ("carpentries_longterm_2020_03.csv", "recommendation_score", 134, 62.69),
        ("carpentries_longterm_2020_12.csv", "recommendation_score", 87, 47.13),
        ("carpentries_con_2020.csv", "nps", 124, 62.10),
    ],
)
def test_score_and_answers(name, column, n, nps):
    found = survey(name)
    row = measures(tally(found)).iloc[0]
    assert (found.column("score"), int(row["n"]), round(row["nps"], 2)) == (column, n, nps)


def test_the_garden_centre():
    found = survey("garden_centre_fr.csv")
    row = measures(tally(found)).iloc[0]
    # Counted from the column nps alone with Python's csv module; 342 of 13,954 are blank, written NA.
    assert [round(100 * row[f"{group}_share"], 1) for group in ("promoter", "passive", "detractor")] == [62.2, 29.0, 8.8]
    assert found.issues["reason"].value_counts().to_dict() == {"blank": 342}
    parts = {role.header: role.part for role in found.roles}
    assert {header for header, part in parts.items() if part == "segment"} == {
        "satisfaction",
        "intention",
        "NbPassageKS",
        "CaTicket",
        "t",
    }
    assert (parts[""], parts["id"], parts["nps"], parts["explication"]) == ("other", "respondent", "score", "comment")
    comments = found.frame["comment_1"]
    assert comments[3].startswith("j'ai acheté une vigne vierge")  # é is the byte E9 here
    assert "demain au magasin pour échange" in comments[3]  # and 82 there
    assert not comments.str.contains("[a-z]‚[a-z]").any()
    assert any("not one of the 13,612 scores" in note.lower() for note in found.notes)


def test_dates_in_american_and_in_french_order():
    american, french = survey("carpentries_instructor_2018.csv"), survey("google_forms_fr.csv")
    assert str(american.span[1]) == "2018-09-08"  # 9/8/18
    assert str(french.span[0]) == "2021-11-08"  # 08/11/2021, Horodateur


def test_the_same_survey_twice_is_noticed():
    found = survey("carpentries_longterm_2017.csv", "carpentries_longterm_2018.csv")
    assert len(found.frame) == 476
    assert any("holds the same cells" in note for note in found.notes)


def test_the_telecom_comments():
    found = read([("telecom_nps.csv", (DATA / "comments" / "telecom_nps.csv").read_bytes())])
    assert (len(found.frame), found.segments, found.comments) == (2164, ("stage",), ("comment_1",))


def test_a_qualtrics_file_without_the_question_is_a_table_but_no_survey():
    data = (DATA / "exports" / "qualtrics_three_header_rows.csv").read_bytes()
    table = read_table(data, "q.csv")
    assert (table.frame.shape, table.read["header_rows"]) == ((1, 20), 3)
    with pytest.raises(NotASurvey, match=r"no such column among the 20 of q\.csv"):
        read([("q.csv", data)])
