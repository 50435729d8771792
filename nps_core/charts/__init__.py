"""Pictures: a small frame in, an `altair` chart out, and beside each the words for those who do not see it (`alt_…`).

The only room that imports altair. Nothing is computed here but layout: figures come in as they are to be read. Charts take a
`nps_core.palette.Palette`, ask for the width of their place and carry their own letters and colours, so a page shows them
with ``st.altair_chart(chart, theme=None, alt=alt_…)``.
"""

from nps_core.charts.bands import alt_band_scale, alt_interval_strip, band_scale, interval_strip
from nps_core.charts.base import Picture, enlarged
from nps_core.charts.distribution import alt_histogram, alt_mix_histogram, alt_share_bar, histogram, mix_histogram, share_bar
from nps_core.charts.industries import alt_industry_ranges, industry_ranges, industry_sheets
from nps_core.charts.intervals import alt_change_rule, alt_interval_dots, change_rule, interval_dots
from nps_core.charts.mentions import alt_mention_bars, alt_share_matrix, mention_bars, share_matrix
from nps_core.charts.over_time import alt_over_time, over_time
from nps_core.charts.plane import alt_same_score_plane, same_score_plane
from nps_core.charts.shares import alt_share_dots, alt_share_stack, share_dots, share_stack
from nps_core.charts.waterfall import alt_waterfall, waterfall
from nps_core.charts.words import alt_word_pairs, word_pairs

__all__ = [
    "Picture",
    "alt_band_scale",
    "alt_change_rule",
    "alt_histogram",
    "alt_industry_ranges",
    "alt_interval_dots",
    "alt_interval_strip",
    "alt_mention_bars",
    "alt_mix_histogram",
    "alt_over_time",
    "alt_same_score_plane",
    "alt_share_bar",
    "alt_share_dots",
    "alt_share_matrix",
    "alt_share_stack",
    "alt_waterfall",
    "alt_word_pairs",
    "band_scale",
    "change_rule",
    "enlarged",
    "histogram",
    "industry_ranges",
    "industry_sheets",
    "interval_dots",
    "interval_strip",
    "mention_bars",
    "mix_histogram",
    "over_time",
    "same_score_plane",
    "share_bar",
    "share_dots",
    "share_matrix",
    "share_stack",
    "waterfall",
    "word_pairs",
]
