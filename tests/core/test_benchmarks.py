import math

import pandas as pd
import pytest

from nps_core.benchmarks import (
    EVERY_INDUSTRY,
    PASSIVE_NORMS,
    chosen,
    for_industry,
    industries,
    load,
    position,
)

# Typed by hand from the project's list of published figures: source, year (None: undated) → the source's label and its figure.
FIGURES = {
    ("XM Institute", 2023): {
        "grocery": 30.1,
        "streaming": 29,
        "retail": 29,
        "TV and internet service": 9,
        "car rental": 8,
        "consumer payments": -6.1,
    },
    ("XM Institute", 2022): {
        "retail": 28.4,
        "streaming": 28,
        "grocery": 26,
        "airlines": 7,
        "car rental": 3,
        "consumer payments": 1.4,
    },
    ("Temkin (XM Institute)", 2018): {"auto dealers": 39, "streaming": 39, "TV and internet service": 0},
    ("SurveyMonkey", None): {"mean": 32, "top quarter": 72},
    ("SurveyMonkey (older help page)", None): {"median": 36, "upper quartile": 66},
    ("ClearlyRated", 2022): {
        "design services": 60,
        "RPO": 53,
        "IT services": 44,
        "accounting": 39,
        "HR services": 37,
        "legal": 32,
        "commercial printing": 23,
    },
    ("ClearlyRated", 2019): {"accounting": 24, "staffing clients": -2},
    ("Inavero", 2018): {"accountancy": 19, "legal": 19},
    ("Inavero", 2014): {"accountancy": 31, "legal": 29},
    ("CustomerGauge", 2020): {"manufacturing": 49},
    ("Retently", 2022): {"B2B software": 40, "digital agencies": 57, "insurance": 57, "e-commerce": 45, "logistics": 3},
    ("QuestionPro list", None): {
        "education": 71,
        "digital agencies": 61,
        "consulting": 51,
        "e-commerce": 48,
        "home insurance": 42,
        "airlines": 39,
        "auto insurance": 39,
        "hotels": 36,
        "banking": 35,
        "software": 34,
    },
    ("Formspring", 2026): {
        "B2B software": (30, 40),
        "e-commerce and retail": (40, 50),
        "banking": (20, 35),
        "insurance": (15, 30),
        "telecom": (0, 15),
    },
}
# Inavero, UK: promoter, passive, detractor in per cent as published.
SHARES = {
    ("accountancy", 2018): (43, 33, 24),
    ("accountancy", 2014): (49, 33, 18),
    ("legal", 2018): (44, 30, 26),
    ("legal", 2014): (50, 30, 21),
}


def test_every_figure_is_there_and_no_other():
    found: dict[tuple[str, int | None], dict[str, object]] = {}
    for row in load().to_dict("records"):
        year = None if pd.isna(row["year"]) else row["year"]
        figure = row["low"] if row["low"] == row["high"] else (row["low"], row["high"])
        found.setdefault((row["source"], year), {})[row["label"]] = figure
    assert found == FIGURES
    assert len(load()) == sum(map(len, FIGURES.values()))


def test_shares_stand_where_they_were_published():
    figures = load().dropna(subset="promoter")
    found = {(row.label, row.year): (row.promoter, row.passive, row.detractor) for row in figures.itertuples()}
    assert found == {key: tuple(share / 100 for share in shares) for key, shares in SHARES.items()}


def test_every_figure_has_its_source_population_and_place_on_the_scale():
    figures = load()
    assert (figures[["industry", "label", "source", "population"]] != "").all(axis=None)
    assert (figures["low"] <= figures["high"]).all()
    assert figures[["low", "high"]].stack().between(-100, 100).all()
    assert set(figures["statistic"]) == {"", "mean", "median", "upper quartile", "range"}
    assert ((figures["low"] < figures["high"]) == (figures["statistic"] == "range")).all()
    # Undated is said, not guessed.
    assert figures.loc[figures["year"].isna(), "note"].str.contains("Undated").all()


def test_published_shares_give_the_published_score_but_for_rounding():
    figures = load().dropna(subset="promoter")
    assert (100 * (figures["promoter"] - figures["detractor"]) - figures["low"]).abs().max() <= 1 + 1e-9
    assert (figures[["promoter", "passive", "detractor"]].sum(axis=1) - 1).abs().max() <= 0.01 + 1e-9


@pytest.mark.parametrize(
    ("industry", "figures"),
    [
        # The disagreements that the list names, and where it agrees.
        ("Insurance", {(57, 57), (42, 42), (39, 39), (15, 30)}),
        ("Airlines", {(7, 7), (39, 39)}),
        ("Accounting", {(19, 19), (24, 24), (39, 39), (31, 31)}),
        ("Software", {(40, 40), (34, 34), (30, 40)}),
        ("E-commerce", {(45, 45), (48, 48), (40, 50)}),
        ("Telecom and internet service", {(9, 9), (0, 0), (0, 15)}),
    ],
)
def test_one_name_for_one_industry(industry, figures):
    rows = for_industry(industry)
    assert set(zip(rows["low"], rows["high"], strict=True)) == figures


def test_the_newest_comes_first_and_the_undated_last():
    years = for_industry("Insurance")["year"].tolist()
    assert years[:2] == [2026, 2022]
    assert all(pd.isna(year) for year in years[2:])


def test_industries_are_sorted_and_unknown_ones_empty():
    assert list(industries()) == sorted(industries())
    assert EVERY_INDUSTRY not in industries()
    assert len(for_industry("Unicorns")) == 0


def test_chosen_industries():
    assert chosen(["Airlines", "Insurance"])["industry"].drop_duplicates().tolist() == ["Airlines", "Insurance"]
    assert len(chosen([])) == len(load())
    assert chosen([])["industry"].iloc[0] == EVERY_INDUSTRY


def test_a_loaded_frame_is_ones_own():
    mine = load()
    mine["low"] = 0.0
    del mine["year"]
    assert load()["low"].max() == 72  # the highest figure of the list
    assert "year" in load()


@pytest.mark.parametrize(
    ("nps", "place", "points"),
    [(29.9, "below", -0.1), (30, "within", 0), (40, "within", 0), (40.1, "above", 0.1), (53.4, "above", 13.4)],
)
def test_position(nps, place, points):
    assert position(nps, 30, 40) == (place, points)


def test_position_without_a_score_or_a_range():
    assert position(float("nan"), 30, 40).place == ""
    assert math.isnan(position(float("nan"), 30, 40).points)
    with pytest.raises(ValueError, match="low end"):
        position(0, 40, 30)


def test_passive_norms():
    # 20–40 % by one account, 30–50 % by another.
    assert PASSIVE_NORMS == ((0.20, 0.40), (0.30, 0.50))
