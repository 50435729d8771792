from nps_core.comments.listing import chosen_rows, listing, of_group, silent, with_code
from nps_core.comments.scan import comments
from nps_core.question import Question
from nps_core.reading import read
from tests.core.comments.books import ENGLISH

FILE = (
    b"nps,comment,plan,date\n"
    b"9,good,a,2024-01-01\n"
    b"7,the support is slow,a,2024-02-01\n"
    b"8,good,b,2024-03-01\n"
    b"3,bad,b,2024-04-01\n"
    b",good,a,2024-04-02\n"
    b"10,,a,2024-05-01\n"
)


def coded():
    return comments(read([("s.csv", FILE)]), {"en": ENGLISH})


def test_a_row_a_comment_of_whoever_gave_a_score():
    listed = listing(coded(), Question())
    assert listed["record"].tolist() == [1, 2, 3, 4]
    assert listed["score"].tolist() == [9, 7, 8, 3]
    assert listed["group"].tolist() == ["promoter", "passive", "passive", "detractor"]
    assert listed["comment"].tolist() == ["good", "the support is slow", "good", "bad"]
    assert listed["count"].tolist() == [1, 1, 1, 1]
    assert listed["text"].tolist()[0] == listed["text"].tolist()[2]


def test_filters_leave_out_by_value_and_by_day():
    found = coded()
    assert listing(found, Question(where=(("plan", ("b",)),)))["record"].tolist() == [3, 4]
    first, last = found.responses.frame["when"].dt.date.iloc[[1, 2]]
    assert listing(found, Question(start=first, end=last))["record"].tolist() == [2, 3]
    assert chosen_rows(found, Question(where=(("plan", ("a", "b")),))).sum() == 4


def test_of_a_group_and_with_codes():
    listed = listing(coded(), Question())
    assert of_group(listed, "passive")["record"].tolist() == [2, 3]
    assert of_group(listed, "all").equals(listed)
    assert with_code(listed, "praise")["record"].tolist() == [1, 3]
    assert with_code(listed, "gap:service", "praise").empty


def test_who_left_no_words():
    # Record 6 gave a score and wrote nothing; record 5 gave no score.
    assert silent(coded(), Question())["record"].tolist() == [6]
