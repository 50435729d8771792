"""The Data page: what was read, what the reader may change, and what is asked."""

from tests.pages.opened import open_page, text_of

# Two columns that both ask how likely.
TWO = "How likely are you to recommend A?,How likely are you to recommend B?,kind\n" + "10,0,x\n9,1,y\n8,6,x\n0,10,y\n" * 5
RATED = "rating,nps,comment\n" + "3,10,all of it was good\n9,7,nothing to say at all\n10,0,it broke on day one\n" * 4
REPEATS = (
    "email,nps,date\n"
    + "a@x.org,0,2024-01-02\na@x.org,10,2024-01-20\nb@x.org,9,2024-01-03\n"
    + "".join(f"c{i}@x.org,8,2024-01-04\n" for i in range(9))
)


def test_the_address_alone_opens_a_sample_and_its_choices():
    app = open_page("data", sample="software", id="-")
    assert not app.exception
    assert app.selectbox[0].options[0] == "response_id"
    assert "Who answered more than once" not in text_of(app)


def test_another_score_column_is_read_at_once_and_stands_in_the_address():
    app = open_page("data", file=("rated.csv", RATED.encode()))
    # nps: 10, 7, 0 → 0.0
    assert app.metric[0].value == "0.0"
    score = next(box for box in app.selectbox if box.label.startswith("Score"))
    score.select("rating").run()
    # rating: 3, 9, 10 → (2 − 1) / 3
    assert app.metric[0].value == "+33.3"
    assert app.query_params["score"] in ("rating", ["rating"])


def test_a_choice_of_another_file_is_left_out_and_said():
    app = open_page("data", file=("rated.csv", RATED.encode()), score="no such column")
    assert not app.exception
    assert app.metric[0].value == "0.0"
    assert any("no such column" in warning.value for warning in app.warning)


def test_two_columns_that_fit_equally_are_asked_about():
    app = open_page("data", file=("two.csv", TWO.encode()))
    assert "One question before the score" in text_of(app)
    answers = [button for button in app.button if button.label.startswith("Use ")]
    assert len(answers) == 2
    answers[1].click().run()
    # B: 0, 1 and 6 are detractors, 10 is a promoter → (1 − 3) / 4
    assert app.metric[0].value == "−50.0"


def test_only_the_latest_answer_of_a_respondent_counts_where_the_reader_says_so():
    app = open_page("data", file=("repeats.csv", REPEATS.encode()))
    # 12 answers: promoters 2, detractors 1 → +8.3
    assert app.metric[0].value == "+8.3"
    assert "1 respondent answered more than once" in text_of(app)
    app.radio[0].set_value("latest").run()
    # The 0 no longer counts: 11 answers, 2 promoters → +18.2
    assert app.metric[0].value == "+18.2"


def test_what_was_set_aside_is_listed_with_its_reason():
    app = open_page("data", file=("odd.csv", b"nps\n10\n11\n9.5\nwhat\n\n8\n9\n10\n7\n9\n10\n8\n"))
    tables = [frame.value for frame in app.dataframe]
    listed = next(table for table in tables if "Record" in table)
    assert listed[["Record", "Value"]].to_numpy().tolist() == [[2, "11"], [3, "9.5"], [4, "what"]]
    assert listed["Reason"].nunique() == 3


def test_the_same_file_twice_is_noticed():
    app = open_page("data")
    content = b"nps\n10\n9\n8\n0\n7\n10\n"
    app.file_uploader[0].set_value([("a.csv", content, "text/csv"), ("b.csv", content, "text/csv")]).run()
    assert not app.exception
    assert "a.csv" in text_of(app)
    assert any("b.csv" in text.value and "same" in text.value for text in app.text)


def test_forgetting_leaves_nothing():
    app = open_page("score", file=("rated.csv", RATED.encode()))
    next(button for button in app.button if button.label == "Forget my file").click().run()
    assert "No file yet." in text_of(app)
    assert not app.metric


def score_box(app):
    return next(box for box in app.selectbox if box.label.startswith("Score"))


def test_a_choice_that_does_not_work_leaves_the_survey_as_it_was():
    app = open_page("data", file=("rated.csv", RATED.encode()))
    score_box(app).select("comment").run()
    assert not app.exception
    assert app.metric[0].value == "0.0"
    assert any("does not work" in warning.value for warning in app.warning)


def test_a_choice_is_taken_over_for_the_next_file_with_the_same_columns():
    app = open_page("data", file=("rated.csv", RATED.encode()))
    score_box(app).select("rating").run()
    app.file_uploader[0].upload("next.csv", RATED.replace("3,10,", "10,10,").encode(), "text/csv").run()
    # rating: 10, 9, 10 → all promoters
    assert app.metric[0].value == "+100.0"
    assert any("taken over" in warning.value for warning in app.warning)


def test_where_no_score_is_found_the_reader_can_name_its_column():
    # "effort" asks for something else, so it is no score by itself; the reader knows better.
    app = open_page("data", file=("effort.csv", b"effort,kind\n" + b"10,a\n9,b\n0,a\n8,b\n" * 5))
    assert "No 0–10 recommendation score was found" in text_of(app)
    app.selectbox(key="score-after-all").select("effort").run()
    # 10 and 9 against 0: (2 − 1) / 4
    assert app.metric[0].value == "+25.0"
    next(button for button in app.button if button.label == "Back to what was found").click().run()
    assert not app.metric


def test_dates_of_an_open_order_are_asked_about_beside_the_score():
    rows = "".join(f"{1 + i % 12:02d}/{1 + (5 * i) % 12:02d}/2024,{i % 11}\n" for i in range(40))
    app = open_page("data", file=("dates.csv", f"when answered,nps\n{rows}".encode()))
    assert app.metric
    assert "A question about this file" in text_of(app)
    next(button for button in app.button if button.label == "Use day").click().run()
    assert "A question about this file" not in text_of(app)
    assert app.query_params["date_order"] in ("day", ["day"])


def test_a_file_of_groups_alone_has_a_score_and_says_that_single_scores_are_not_known():
    groups = b"customer,NPS group\n" + b"".join(
        b"c%d,%s\n" % (i, [b"Promoter", b"Passive", b"Detractor"][i % 3]) for i in range(30)
    )
    app = open_page("distribution", file=("groups.csv", groups))
    assert not app.exception
    assert "single scores are not known" in text_of(app)


def test_a_question_in_the_page_does_not_speak_of_the_command_line():
    assert "--" not in text_of(open_page("data", file=("two.csv", TWO.encode())))


def test_what_was_repaired_is_listed_by_kind_with_an_example():
    content = b"nps,team\n10/10,a\n9/10,a\nten,b\n8,b\n7,a\n10,b\n"
    app = open_page("data", file=("spelled.csv", content))
    listed = next(frame.value for frame in app.dataframe if "Repaired" in frame.value)
    assert listed.to_numpy().tolist() == [["scores read from text", 2, "10/10"], ["scores read from words", 1, "ten"]]
    assert "2 scores were read from text such as “10/10”; 1 from words such as “ten”." in text_of(app)
