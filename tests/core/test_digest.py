import pandas as pd

from nps_core.change import change
from nps_core.comments import themes
from nps_core.digest import CHANGE, COMMENTS, MOST, change_rows, comment_rows, digest
from nps_core.measures import measures
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.segments import compare, looked_at
from tests.core.meeting.surveys import voice


def groups(**counts):
    return pd.DataFrame(list(counts.values()), index=list(counts), columns=list(GROUPS), dtype="int64")


def periods(first, second):
    two = groups(before=first, now=second)
    rows = measures(two)
    return change_rows(change(two.loc["before"], two.loc["now"]), rows.loc["before"], rows.loc["now"], "now")


def test_a_survey_in_which_nothing_differs_has_nothing_to_say():
    same = {"plan": compare(groups(A=(20, 40, 40), B=(21, 39, 40)), Question())}
    found = digest(pd.concat([looked_at(same), periods((20, 40, 40), (20, 41, 39))]))
    assert found.findings.empty
    assert found.looked == 4


def test_the_surest_come_first_one_a_column_and_figure_and_no_more_than_five():
    many = {
        f"c{i}": compare(groups(A=(10, 100 - 8 * i, 90 + 8 * i), B=(60, 100, 40), C=(10, 100, 90)), Question()) for i in range(6)
    }
    found = digest(pd.concat([looked_at(many), periods((30, 40, 30), (10, 40, 50))])).findings
    assert len(found) == MOST
    assert found["q"].is_monotonic_increasing
    assert not found.duplicated(["column", "measure"]).any()
    assert found["beyond"].all()


def test_a_change_of_score_and_one_of_passives_are_two_findings():
    found = digest(periods((300, 100, 600), (100, 500, 400))).findings
    # The score stays at +30; passives go from 10 % to 50 %.
    assert found[["column", "measure"]].to_numpy().tolist() == [[CHANGE, "passive"]]
    assert found.loc[0, "difference"] == 0.4


def test_what_passives_say_is_a_finding_where_a_theme_leads():
    leads = voice(status__coded=90, status__not_coded=10, gap__service=50, gap__features=15)
    found = digest(comment_rows(leads))
    assert found.heard
    assert found.looked == 1
    row = found.findings.iloc[0]
    assert (row["column"], row["group"], row["n"]) == (COMMENTS, "service", 100)
    assert (row["value"], row["rest"]) == (0.5, 0.15)
    # (50 − 15 − 1) ÷ √65 = 4.217 standard errors: 0.0000247 on both sides.
    assert round(row["p"], 7) == 2.47e-05


def test_where_no_theme_leads_it_was_looked_at_and_is_no_finding():
    tie = voice(status__coded=90, status__not_coded=10, gap__service=30, gap__features=25)
    assert themes.verdict(tie).kind == "no_leader"
    assert digest(comment_rows(tie)).findings.empty
    assert digest(comment_rows(tie)).looked == 1
    assert comment_rows(tie).loc[0, "p"] == 1


def test_few_comments_are_not_looked_at():
    few = voice(status__coded=20, gap__service=18)
    found = digest(comment_rows(few))
    assert (found.looked, found.heard) == (0, False)


def test_a_theme_that_leads_by_a_little_is_no_finding_beside_many_comparisons():
    little = voice(status__coded=100, gap__service=40, gap__features=21)
    assert themes.verdict(little).kind == "leader"  # 19 ÷ √61 = 2.43
    same = {f"c{i}": compare(groups(A=(20, 40, 40), B=(21, 39, 40)), Question()) for i in range(20)}
    found = digest(pd.concat([looked_at(same), comment_rows(little)], ignore_index=True))
    assert found.heard
    assert found.findings.empty


def test_nothing_to_look_at():
    assert digest(looked_at({})).looked == 0
