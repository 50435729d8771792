"""The names of what a comment can be found to say: the one place that lists them.

A code is a key for programs and files; what people read stands in the codebook (themes) or in `wording`. Definitions with
examples: `evaluation/definitions.md`.
"""

GAPS = ("features", "ease", "service", "value")
TYPES = ("works_but", "missing_one_thing", "not_explored", "past_disappointment")
TRIGGERS = ("price", "feature_gap", "service_breakdown", "strategic")
SATISFACTION = ("product", "service", "value", "relationship", "strategic")
FAMILIES = {"gap": GAPS, "type": TYPES, "trigger": TRIGGERS, "satisfaction": SATISFACTION}
SINGLE = ("praise", "praise_only", "competitor", "leaving", "scale_habit", "suggestion", "complaint")
# Every code with its family in front, in the order of the columns that hold them: "gap:service", "type:works_but", …,
# "praise_only".
CODES = tuple(f"{family}:{code}" for family, codes in FAMILIES.items() for code in codes) + SINGLE
PLACE = {code: place for place, code in enumerate(CODES)}

# The one theme under which a comment is counted where each is counted once: the first of these that it has.
PRIMARY = ("service", "value", "ease", "features", "not_explored", "praise", "not_coded")
STATUSES = ("empty", "no_information", "other_language", "not_coded", "coded")
CODABLE = ("not_coded", "coded")
