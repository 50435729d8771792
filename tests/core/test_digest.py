import pandas as pd

from nps_core.change import change
from nps_core.digest import CHANGE, MOST, change_rows, digest
from nps_core.measures import measures
from nps_core.question import Question
from nps_core.scale import GROUPS
from nps_core.segments import compare, looked_at


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


def test_nothing_to_look_at():
    assert digest(looked_at({})).looked == 0
