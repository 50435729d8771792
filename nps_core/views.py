"""Results laid out the way the pictures want them: small frames in, small frames out. No colour, no words but group names."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from nps_core.family import passive_range, rescale_histogram
from nps_core.inference import band_chances, wilson
from nps_core.scale import GROUPS, SCORES
from nps_core.tally import by_score
from nps_core.wording import screen_shares


def bars(tally: pd.DataFrame) -> pd.DataFrame:
    """The first row of a Tally as eleven bars: score, count (answers), share (0..1, NaN without answers).

    Empty where only the three groups are known.
    """
    if not by_score(tally):
        return pd.DataFrame({"score": [], "count": [], "share": []})
    row = tally.iloc[0]
    return pd.DataFrame({"score": list(SCORES), "count": row.to_numpy(), "share": (row / row.sum()).to_numpy()})


def mix_bars(tally: pd.DataFrame, passive_share: float, names: tuple[str, str]) -> pd.DataFrame:
    """This survey's bars and those of another mix with the same score: score, share (0..1), which (one of `names`)."""
    own = bars(tally).drop(columns="count").assign(which=names[0])
    other = rescale_histogram(tally.iloc[0], passive_share)
    return pd.concat(
        [own, pd.DataFrame({"score": list(SCORES), "share": other.to_numpy(), "which": names[1]})], ignore_index=True
    )


def shares(result: pd.DataFrame, named: bool = True) -> pd.DataFrame:
    """The three shares of each group as they are shown (0..1): name ('' where `named` is off), detractor, passive, promoter."""
    shown = result[result["nps"].notna()]
    rows = [screen_shares(*(int(row[group]) for group in GROUPS)) for _, row in shown.iterrows()]
    frame = pd.DataFrame(rows, columns=list(GROUPS), dtype=float) / 100
    return frame.assign(name=[name_of(key) if named else "" for key in shown.index])


def allowed_share(nps: float, wished: float) -> float:
    """The passive share (0..1) nearest to the wished one that a survey with this score can have."""
    low, high = passive_range(nps)
    return min(max(wished, low), high)


def point(result: pd.DataFrame, name: str, kind: str) -> pd.DataFrame:
    """The first row of a Result as a point of the plane; `kind` is this, second, segment or wave."""
    return points(result.head(1), kind).assign(name=name)


def points(result: pd.DataFrame, kind: str) -> pd.DataFrame:
    """A Result as points of the plane, one a group that may be shown: passives (per cent, Wilson interval) and NPS."""
    shown = result[result["nps"].notna()]
    passive_low, passive_high = wilson(shown["passive"].to_numpy(dtype=float), shown["n"].to_numpy(dtype=float))
    return pd.DataFrame(
        {
            "name": [name_of(key) for key in shown.index],
            "kind": kind,
            "passive": (shown["passive_share"] * 100).to_numpy(dtype=float),
            "passive_low": 100 * np.asarray(passive_low),
            "passive_high": 100 * np.asarray(passive_high),
            **{column: shown[column].to_numpy(dtype=float) for column in ("nps", "low", "high")},
            "n": shown["n"].to_numpy(dtype="int64"),
        }
    )


def flagged(frame: pd.DataFrame, beyond: pd.Series) -> pd.DataFrame:
    """The frame of a picture with the groups named as such whose difference is beyond noise; one flag a row."""
    names = [f"{name} · beyond noise" if flag else name for name, flag in zip(frame["name"], beyond, strict=True)]
    return frame.assign(name=names)


def passive_dots(result: pd.DataFrame) -> pd.DataFrame:
    """The passive share of each group with its interval (0..1): name, share, low, high, n; from what `segments.compare` gives."""
    names = {"passive_share": "share", "passive_low": "low", "passive_high": "high", "n": "n"}
    return result[list(names)].rename(columns=names).assign(name=[name_of(key) for key in result.index]).reset_index(drop=True)


def beside(result: pd.DataFrame, name: str, second: pd.DataFrame) -> pd.DataFrame:
    """The first row of a Result under this name, and what is laid beside it."""
    return pd.concat([result.head(1).set_axis([name]), second])


def in_percent(share: float) -> float:
    """A share (0..1) as a place on the plane's passive axis (0..100)."""
    return 100 * share


def plane(result: pd.DataFrame, groups: pd.DataFrame, kind: str, second: pd.DataFrame) -> pd.DataFrame:
    """All points of the plane: this survey, its groups (of this kind), and what is laid beside it."""
    others = groups.drop(second.index, errors="ignore")
    return pd.concat([point(result, "This survey", "this"), points(others, kind), points(second, "second")], ignore_index=True)


def over_time(found: pd.DataFrame, measure: str = "nps", rolling: bool = False) -> pd.DataFrame:
    """A trend as the pictures want it: name, label (short), x (its middle in time), value, low, high, n, joined.

    `measure` is nps (points) or passive (per cent). Rolling windows stand at their end. Hidden periods have no value.
    """
    value, factor = ("nps", 1) if measure == "nps" else ("passive_share", 100)
    low, high = ("low", "high") if measure == "nps" else ("passive_low", "passive_high")
    x = found["last"] if rolling else (found["first"] + found["last"]) / 2
    labels = [f"to {members[-1]}" if rolling else short_name(members) for members in found["members"]]
    figures = {to: found[of].to_numpy(dtype=float) * factor for to, of in (("value", value), ("low", low), ("high", high))}
    n = found["n"].astype("Int64").array
    return pd.DataFrame(
        {"name": [str(name) for name in found.index], "label": labels, "x": x.to_numpy(dtype=float), **figures, "n": n}
    ).assign(joined=found["joined"].to_numpy(dtype=bool))


def short_name(members: Sequence[str]) -> str:
    """A few neighbouring periods, shortly.

    >>> short_name(["2024-08"]), short_name(["2024-08", "2024-09"]), short_name(["2024-12", "2025-01"])
    ('2024-08', '2024-08–09', '2024-12–2025-01')
    """
    first, last = members[0], members[-1]
    if first == last:
        return first
    same = first.rpartition("-")[0]
    return f"{first}–{last.removeprefix(f'{same}-') if same and last.startswith(f'{same}-') else last}"


def name_of(key: object) -> str:
    """The name of a group: its values joined where there are several.

    >>> name_of("EU"), name_of(("EU", "Pro"))
    ('EU', 'EU · Pro')
    """
    return " · ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def chances(result: pd.DataFrame) -> dict[str, float]:
    """The chance of each band (0..1) for the first row of a Result."""
    row = result.iloc[0]
    return {name: float(chance) for name, chance in band_chances(*(row[group] for group in GROUPS)).items()}
