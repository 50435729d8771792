"""Settings for all tests, and surveys made by hand."""

import os

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from nps_core.responses import BLANK, STATUSES, Responses
from nps_core.scale import GROUPS, group_of

# No deadlines: a test that fails because a machine is busy says nothing. In continuous integration the examples are the same in
# every run, so that a red run can be repeated; at a desk they differ, so that new ones are found.
settings.register_profile(
    "house", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def build_responses(scores, *, groups=None, status=None, counts=None, when=None, wave=None, key="test", **segments) -> Responses:
    """A survey from a list of scores (None is a blank answer); segments are lists of texts, None is a blank value.

    `groups` gives group names in place of scores; `status` overrides answered and blank; values are in sorted order.
    """
    scores = [None] * len(groups) if groups else list(scores)
    named = list(groups) if groups else [None if s is None else group_of(s) for s in scores]
    status = status or ["blank" if name is None else "answered" for name in named]
    columns = {
        "score": pd.array(scores, dtype="Int8"),
        "group": pd.Categorical(named, categories=GROUPS),
        "status": pd.Categorical(status, categories=STATUSES),
        "count": np.array(counts or [1] * len(scores), dtype=np.int64),
    }
    if when is not None:
        columns["when"] = pd.to_datetime(pd.Series(when), format="ISO8601").astype("datetime64[s]")
    if wave is not None:
        columns["wave"] = pd.Categorical(wave, categories=sorted(set(wave)), ordered=True)
    for name, values in segments.items():
        known = sorted({value for value in values if value is not None})
        texts = [BLANK if value is None else value for value in values]
        columns[name] = pd.Categorical(texts, categories=[*known, *([BLANK] if None in values else [])], ordered=True)
    issues = pd.DataFrame(columns=["row", "column", "value", "reason", "file"])
    return Responses(pd.DataFrame(columns), (), tuple(segments), issues, (), ("test.csv",), key)


@pytest.fixture(scope="session")
def make_responses():
    return build_responses
