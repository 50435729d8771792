"""The command line's `themes`: the form that other programs rely on, what it hides, and that it never tells personal data."""

import json

import pytest

from nps_core.__main__ import main
from tests.core.comments.personal import PLANTED

KEYS = {"group", "n", "commented", "codable", "no_information", "other_language", "question", "language", "verdict", "reason"}
KEYS |= {"themes", "gaps", "types", "triggers", "satisfaction", "praise_only"}
TEXTS = ("Support never answers", "Too expensive", "Great service", "Hard to find anything", "It keeps crashing", "n/a", "")


def file(tmp_path, rows, header="nps,why"):
    path = tmp_path / "survey.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return str(path)


def run(capsys, *arguments):
    code = main(["themes", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def survey(tmp_path):
    return file(tmp_path, [f"8,{TEXTS[i % 7]}{f' on day {i}' if TEXTS[i % 7] else ''}" for i in range(70)])


def test_the_keys_and_sums_of_the_answer(capsys, survey):
    code, out, _ = run(capsys, survey, "--json")
    found = json.loads(out)
    assert code == 0
    assert set(found) == KEYS
    # 70 rows, every seventh blank; of the 60 comments 10 say "n/a on day …", which is not coded.
    assert (found["group"], found["n"], found["commented"]) == ("passive", 70, 60)
    assert found["codable"] + found["no_information"] + found["other_language"] == found["commented"]
    assert sum(theme["count"] for theme in found["themes"]) == found["codable"]
    assert sum(found["language"].values()) == found["codable"]
    assert set(found["gaps"]) == {"features", "ease", "service", "value"}
    assert found["verdict"] in ("leader", "no_leader", "inconclusive")


def test_rows_are_one_a_record_and_column_with_spans_in_the_masked_text(capsys, survey):
    rows = json.loads(run(capsys, survey, "--rows")[1])["rows"]
    assert [row["row"] for row in rows] == list(range(1, 71))
    assert {row["status"] for row in rows} >= {"coded", "empty"}
    assert rows[1]["gaps"] == ["value"]
    assert [4, 13, "gap:value"] in rows[1]["spans"]  # "expensive", behind "Too "


def test_without_json_it_is_a_short_report(capsys, survey):
    assert "passives left words that say why" in run(capsys, survey)[1]


def test_what_was_asked_can_be_said(capsys, tmp_path):
    path = file(tmp_path, [f"8,mobile app for colleague number {i}" for i in range(40)])
    why = json.loads(run(capsys, path, "--json", "--question", "why")[1])
    improve = json.loads(run(capsys, path, "--json", "--question", "improve")[1])
    assert (why["question"], improve["question"]) == ("why", "improve")
    assert why["gaps"]["features"]["count"] == 0
    assert improve["gaps"]["features"]["count"] == 40


def test_a_small_group_is_hidden(capsys, tmp_path):
    rows = [f"8,EU,Too expensive on day {i}" for i in range(40)] + [f"8,UK,secret {i} of mine" for i in range(3)]
    path = file(tmp_path, rows, "nps,region,why")
    found = json.loads(run(capsys, path, "--json", "--rows", "--where", "region=UK")[1])
    assert found["suppressed"] is True
    assert "secret" not in json.dumps(found)


def test_personal_data_is_nowhere(capsys, tmp_path):
    planted = [text for kind in PLANTED.values() for text in kind]
    rows = [f'8,"Support is slow, write to {text} please"' for text in planted]
    out = run(capsys, file(tmp_path, rows), "--json", "--rows")[1]
    for text in planted:
        assert text not in out


def test_a_file_without_comments_is_refused_in_one_line(capsys, tmp_path):
    code, out, err = run(capsys, file(tmp_path, ["9", "8", "3"], "nps"))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "a column of comments" in err


def test_a_broken_codebook_is_refused_in_one_line(capsys, tmp_path, survey):
    broken = tmp_path / "own.toml"
    broken.write_text("name = ", encoding="utf-8")
    code, _, err = run(capsys, survey, "--codebook", str(broken))
    assert (code, err.count("\n")) == (2, 1)
    assert "own.toml" in err
