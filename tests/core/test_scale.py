from itertools import pairwise

import pytest

from nps_core.scale import BANDS, DETRACTORS, GROUPS, PASSIVES, PROMOTERS, SCORES, band_of, group_of, published_nps


def test_every_score_is_in_one_group():
    assert (*DETRACTORS, *PASSIVES, *PROMOTERS) == SCORES
    # Reichheld 2003: 0–6, 7–8, 9–10.
    assert [group_of(score) for score in SCORES] == ["detractor"] * 7 + ["passive"] * 2 + ["promoter"] * 2
    assert GROUPS == ("detractor", "passive", "promoter")


@pytest.mark.parametrize("score", [-1, 11, 9.5, None])
def test_off_scale_scores_are_refused(score):
    with pytest.raises(ValueError, match="whole number from 0 to 10"):
        group_of(score)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # ⅓ and −⅓ of 100.
        ((1, 2, 3), 33.3),
        ((3, 2, 1), -33.3),
        # 49/400 = 12.25 and its mirror: half away from zero, both ways.
        ((0, 351, 49), 12.3),
        ((49, 351, 0), -12.3),
        # 1/2000 = 0.05 rounds up to 0.1, 1/2001 down to 0.
        ((0, 1999, 1), 0.1),
        ((0, 2000, 1), 0.0),
        ((0, 0, 0), None),
    ],
)
def test_published_nps(counts, expected):
    assert published_nps(*counts) == expected


def test_published_nps_is_never_minus_zero():
    assert str(published_nps(1, 2000, 0)) == "0.0"


def test_bands_cover_the_scale_without_gaps():
    assert BANDS[0].low == -100
    assert BANDS[-1].high == 100
    assert all(below.high == above.low for below, above in pairwise(BANDS))


def test_the_band_reads_the_number_on_screen():
    # 29.95 is shown as 30.0 (599 of 2000), 29.9 is not: number and band agree.
    assert band_of(published_nps(0, 1401, 599)).name == "good"
    assert band_of(published_nps(0, 701, 299)).name == "moderate"
    assert band_of(100).name == "excellent"
    with pytest.raises(ValueError, match="100"):
        band_of(100.1)
    with pytest.raises(ValueError, match="nan"):
        band_of(float("nan"))
