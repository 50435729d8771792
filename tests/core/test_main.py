"""The command line as other programs meet it: output, exit codes, one line of refusal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nps_core.__main__ import files_first, main

ROOT = Path(__file__).resolve().parents[2]
# 16 answers: Pro 6 (four 10s, a 7, a 0), Basic 8 (all 8), Mini 2 (10, 0); one blank, one off the scale.
ROWS = (
    [("10", "Pro")] * 4
    + [("7", "Pro"), ("0", "Pro")]
    + [("8", "Basic")] * 8
    + [("10", "Mini"), ("0", "Mini"), ("", "Pro"), ("11", "Pro")]
)


@pytest.fixture
def survey(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = ["nps,plan,date", *(f"{score},{plan},2024-0{1 + i % 2}-10" for i, (score, plan) in enumerate(ROWS))]
    Path("x.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "x.csv"


def run(capsysbinary, *arguments):
    code = main(list(arguments))
    out, err = capsysbinary.readouterr()
    return code, out.decode("utf-8"), err.decode("utf-8")


def data(capsysbinary, *arguments):
    code, out, err = run(capsysbinary, "summary", *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_summary_as_data(survey, capsysbinary):
    found = data(capsysbinary, survey)
    low, high = found.pop("low"), found.pop("high")
    assert low < found["nps"] < high
    # By hand: 5 promoters, 9 passives, 2 detractors of 16; NPS 100 · 3/16.
    assert found == {
        "file": "x.csv",
        "rows": 18,
        "read": {
            "encoding": "UTF-8",
            "delimiter": ",",
            "quote": '"',
            "escape": None,
            "header_rows": 1,
            "preamble_rows": 0,
            "repaired_cells": 0,
            "sheet": None,
        },
        "columns": {"score": "nps", "comment": [], "when": "date", "respondent": None, "segments": ["plan"]},
        "answered": 16,
        "blank": 1,
        "invalid": 1,
        "excluded": 0,
        "histogram": [2, 0, 0, 0, 0, 0, 0, 1, 8, 0, 5],
        "nps": 18.75,
        "shares": {"promoter": 5 / 16, "passive": 9 / 16, "detractor": 2 / 16},
        "band": "moderate",
        "issues": [
            {"row": 17, "column": "nps", "value": "", "reason": "blank"},
            {"row": 18, "column": "nps", "value": "11", "reason": "off_scale"},
        ],
    }


def test_groups_below_the_floor_are_suppressed_and_so_is_what_would_give_them_away(survey, capsysbinary):
    groups = {entry["group"][0]: entry for entry in data(capsysbinary, survey, "--by", "plan")["by"]}
    nothing = {
        "nps": None,
        "low": None,
        "high": None,
        "band": None,
        "shares": dict.fromkeys(("promoter", "passive", "detractor")),
    }
    # Mini has 2 answers; with it the next smallest, Pro, is hidden, or the total would give Mini away.
    for name in ("Mini", "Pro"):
        assert groups[name] == {"group": [name], "n": None, "suppressed": True, **nothing}
    assert (groups["Basic"]["n"], groups["Basic"]["nps"], groups["Basic"]["suppressed"]) == (8, 0, False)


def test_a_filter_that_leaves_too_few_shows_no_figure(survey, capsysbinary):
    found = data(capsysbinary, survey, "--where", "plan=Mini")
    figures = ("rows", "answered", "blank", "invalid", "excluded", "histogram", "nps", "low", "high", "band")
    assert found["suppressed"] is True
    assert [found[key] for key in figures] == [None] * len(figures)


def test_values_of_one_column_are_or_and_columns_are_and(survey, capsysbinary):
    both = data(capsysbinary, survey, "--where", "plan=Pro", "--where", "plan=Basic", "plan=Mini")
    assert both["answered"] == 16
    assert data(capsysbinary, survey, "--where", "plan=Basic", "--from", "2024-02-01", "--to", "2024-02-28")["suppressed"] is True
    assert data(capsysbinary, survey, "--where", "plan=Basic")["histogram"][8] == 8


def test_an_equals_sign_may_stand_in_the_value(tmp_path, capsysbinary):
    path = tmp_path / "y.csv"
    path.write_text("nps,size\n" + "9,a=b\n" * 6 + "8,c\n" * 6, encoding="utf-8")
    assert data(capsysbinary, str(path), "--where", "size=a=b")["answered"] == 6


def test_nobody_left_is_an_answer_of_null_figures(survey, capsysbinary):
    found = data(capsysbinary, survey, "--from", "2030-01-01")
    assert (found["answered"], found["nps"], found["low"], found["band"], sum(found["histogram"])) == (0, None, None, None, 0)


def test_periods_and_splits(survey, capsysbinary):
    found = data(capsysbinary, survey, "--by", "plan", "--period", "month")["by"]
    assert ["Basic", "2024-01"] in [entry["group"] for entry in found]


def test_several_files_are_waves(survey, tmp_path, capsysbinary):
    (tmp_path / "y.csv").write_text("nps,plan\n" + "9,Pro\n" * 7, encoding="utf-8")
    found = data(capsysbinary, survey, "y.csv", "--by", "wave")
    assert [(entry["group"], entry["n"]) for entry in found["by"]] == [(["x"], 16), (["y"], 7)]
    assert found["file"] == "x.csv, y.csv"
    assert [facts["file"] for facts in found["files"]] == ["x.csv", "y.csv"]
    assert data(capsysbinary, survey, "y.csv", "--wave", "y")["answered"] == 7


def test_columns_can_be_named(survey, capsysbinary):
    assert data(capsysbinary, survey, "--date", "-", "--comment", "plan")["columns"] == {
        "score": "nps", "comment": ["plan"], "when": None, "respondent": None, "segments": []
    }  # fmt: skip


def test_summary_to_read(survey, capsysbinary):
    code, out, _ = run(capsysbinary, "summary", survey, "--by", "plan", "--target", "-20")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "x.csv"
    assert lines[1] == "The Net Promoter Score is +18.8, which counts as moderate; it rests on 16 answers."
    assert "Promoters 31.3%, passives 56.2%, detractors 12.5%." in lines
    assert "By plan:" in lines
    assert "  Mini   hidden: too few answers" in lines
    assert any(line.startswith("Score: “nps” (its header says NPS") for line in lines)
    assert len(lines) < 25


def test_table_gives_back_the_cells_as_rfc_4180(tmp_path, capsysbinary):
    path = tmp_path / "t.csv"
    path.write_bytes('a;b;\n"=1+1";"x;""y""";NA\n1;"two\nlines";\n'.encode("cp1252"))
    code, out, _ = run(capsysbinary, "table", str(path))
    assert (code, out) == (0, 'a,b,\r\n=1+1,"x;""y""",NA\r\n1,"two\nlines",\r\n')


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["summary", "nowhere.csv"], "nowhere.csv: No such file or directory"),
        (["summary", "."], "Check the name and the folder."),
        (["summary"], "required: FILE"),
        ([], "required: COMMAND"),
        (["sumary", "x.csv"], "invalid choice: 'sumary'"),
        (["summary", "x.csv", "--score", "nsp"], "“nsp”. The columns are: nps, plan, date."),
        (["summary", "x.csv", "--by", "region"], "“region”. Choose one of: plan."),
        (["summary", "x.csv", "--by", "plan", "date", "nps"], "“date”. Choose one of: plan."),
        (["summary", "x.csv", "--where", "plan"], "Put an equals sign between them."),
        (["summary", "x.csv", "--where", "plan=Gold"], "found “Gold”. Choose one of: “Basic”, “Mini”, “Pro”."),
        (["summary", "x.csv", "--wave", "W1"], "--wave-column"),
        (["summary", "x.csv", "--from", "January"], "a day such as 2024-01-31"),
        (["summary", "x.csv", "--period", "decade"], "one of day, week, month, quarter, year"),
        (["summary", "x.csv", "--level", "high"], "a number from 0.5 to 99.9 after --level"),
        (["summary", "x.csv", "--target", "101"], "a number from -100 to 100 after --target"),
        (["summary", "x.csv", "--date", "-", "--period", "month"], "--date COLUMN"),
        (["summary", "x.csv", "--colour", "red"], "unrecognized arguments: --colour red"),
        (["table", "x.csv", "y.csv"], "unrecognized arguments: y.csv"),
    ],
)
def test_a_refusal_is_one_line_and_exit_code_2(survey, capsysbinary, arguments, says):
    code, out, err = run(capsysbinary, *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert says in err


def test_levels_as_share_or_per_cent(survey, capsysbinary):
    wide, same, narrow = (data(capsysbinary, survey, "--level", level) for level in ("99", "0.99", "0.8"))
    assert (wide["low"], wide["high"]) == (same["low"], same["high"])
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]


def test_a_fault_of_the_program_is_one_line_too(survey, capsysbinary, monkeypatch):
    monkeypatch.setattr("nps_core.__main__.report", lambda *a: 1 / 0)
    code, out, err = run(capsysbinary, "summary", survey)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "ZeroDivisionError" in err


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("summary a.csv --by x y --json", "summary a.csv --by x y --json"),
        ("summary --by x a.csv b.csv", "summary a.csv b.csv --by x"),
        ("summary --json a.csv --by x y", "summary --json a.csv --by x y"),
        ("summary --score s --where a=1 b=2 a.csv --json", "summary a.csv --score s --where a=1 b=2 --json"),
        ("summary --by x", "summary --by x"),
        ("table a.csv", "table a.csv"),
    ],
)
def test_files_may_stand_last(given, meant):
    assert files_first(given.split()) == meant.split()


def test_it_runs_as_a_module(survey):
    done = subprocess.run(
        [sys.executable, "-m", "nps_core", "summary", str(Path(survey).resolve()), "--json"], cwd=ROOT, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["nps"] == 18.75
