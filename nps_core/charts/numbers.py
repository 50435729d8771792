"""The few short forms of a figure that only pictures need; everything else about figures in words is in `nps_core.wording`."""

from nps_core.wording import Figure, percent, signed


def brief(value: Figure) -> str:
    """An NPS with its sign, without the decimal where it is 0: for edges, ticks and targets.

    >>> brief(30.0), brief(-6.1), brief(0)
    ('+30', '−6.1', '0')
    """
    return signed(value).removesuffix(".0")


def whole_percent(share: float) -> str:
    """A share of 0..1 in whole per cent, for narrow places; a share that is not nothing never reads 0.

    >>> whole_percent(0.2867), whole_percent(0.002), whole_percent(0)
    ('29%', '<1%', '0%')
    """
    text = percent(share, places=0)
    return "<1%" if text == "0%" and share > 0 else text
