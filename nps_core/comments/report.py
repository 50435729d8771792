"""A survey's comments → everything the command line says about them: first as plain data, then as a short report.

The form of `themes_of` is what other programs rely on: keys stay. Every text in it is masked.
"""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from nps_core.comments import themes
from nps_core.comments.codebook import Codebook
from nps_core.comments.codes import FAMILIES, PRIMARY
from nps_core.comments.evidence import Coding
from nps_core.comments.listing import listing, of_group, silent, texts_of
from nps_core.comments.quotes import quotes
from nps_core.comments.scan import Comments, comments
from nps_core.comments.views import names as names_of
from nps_core.comments.voice import MEMBERS, Voices
from nps_core.comments.voice import voices as voices_of
from nps_core.privacy import withheld
from nps_core.question import Question
from nps_core.responses import Responses
from nps_core.tally import count
from nps_core.wording import passives as say

PLURAL = {"gap": "gaps", "type": "types", "trigger": "triggers", "satisfaction": "satisfaction"}


def themes_of(
    responses: Responses,
    question: Question,
    books: Mapping[str, Codebook],
    group: str = "passive",
    asked: str | None = None,
    rows: bool = False,
) -> dict[str, Any]:
    """What a group's comments say, as data that can be written as JSON.

    Counts of respondents, shares 0..1 of the codable comments, unrounded; None where there is no figure. `asked` is why or
    improve where it is not to be read from the headers. With `rows` there is one entry a record and comment column.
    """
    coded = comments(responses, books, dict.fromkeys(responses.comments, asked) if asked else None)
    said = _said(coded, question)
    voices = voices_of(said, coded)
    voice = voices[group]
    heard = themes.heard(voice)
    whole = _said(coded, Question())
    if withheld(heard["n"], int(whole[list(MEMBERS[group])].to_numpy().sum()), question.floor):
        return {"group": group, "suppressed": True} | dict.fromkeys(heard)
    listed = texts_of(coded, question, group)
    verdict, holding = themes.verdict(voice), themes.holding(voice, question.level)
    praise = themes.mentions(voice, ("praise_only",), question.level)
    found: dict[str, Any] = {
        "group": group,
        **{key: heard[key] for key in ("n", "commented", "codable", "no_information", "other_language")},
        "question": _question(coded),
        "language": themes.languages(themes.of_patterns(said, coded, group)),
        "verdict": verdict.kind,
        "reason": " ".join(say.verdict_sentences(verdict, holding, praise.iloc[0], heard, names_of(coded), group)[1:2])
        or verdict.why,
        "themes": _themes(coded, voices, group, listed, question.level),
    }
    for family, plural in PLURAL.items():
        mentions = themes.family(voice, family)
        found[plural] = {code: {"count": int(row["count"]), "share": _plain(row["share"])} for code, row in mentions.iterrows()}
    found["praise_only"] = _figures(praise.iloc[0])
    if rows:
        found["rows"] = _rows(coded, question, group)
    return found


def report(found: Mapping[str, Any]) -> str:
    """The same in a few lines to read."""
    if found.get("suppressed"):
        return "These filters leave too few of them in or out to show what they say."
    lines = [say.heard_sentence({**found, "coded": 0}, str(found["group"])), str(found["reason"])]
    for theme in found["themes"]:
        if theme["count"]:
            share = f"{100 * theme['share']:.0f}% ({100 * theme['low']:.0f}% to {100 * theme['high']:.0f}%)"
            lines.append(f"{theme['name']:28} {theme['count']:>6,}  {share}")
            lines += [f"    “{quote}”" for quote in theme["quotes"][:1]]
    return "\n".join(lines)


def _said(coded: Comments, question: Question) -> pd.DataFrame:
    together = Question(where=question.where, start=question.start, end=question.end, wave=question.wave)
    columns = tuple(sorted({*together.columns, coded.pattern}))
    return themes.said(count(coded.responses, columns, together.grain), together, coded)


def _question(coded: Comments) -> str:
    """What was asked: why, improve, or both where the columns differ."""
    kinds = sorted(set(coded.questions.values()))
    return kinds[0] if len(kinds) == 1 else "both" if kinds else "why"


def _themes(coded: Comments, voices: Voices, group: str, listed: pd.DataFrame, level: float) -> list[dict[str, Any]]:
    once = themes.once(voices, group, level)
    names = say.all_names(names_of(coded))
    figures = dict(zip(PRIMARY, once.to_dict("records"), strict=True))
    order = sorted(PRIMARY, key=lambda code: (code == PRIMARY[-1], -figures[code]["count"], PRIMARY.index(code)))
    return [
        {"code": code, "name": say.theme_name(code, names)}
        | _figures(figures[code])
        | {"impact": _plain(figures[code]["impact"]), "quotes": quotes(listed, code) if code != PRIMARY[-1] else []}
        for code in order
    ]


def _figures(row: Any) -> dict[str, Any]:
    return {"count": int(row["count"])} | {key: _plain(row[key]) for key in ("share", "low", "high")}


def _plain(number: Any) -> float | None:
    return None if math.isnan(number) else float(number)


def _rows(coded: Comments, question: Question, group: str) -> list[dict[str, Any]]:
    """An entry a record and comment column of the group, blank ones too."""
    listed = listing(coded, question, group)
    headers = {role.canonical: role.header for role in coded.responses.roles if role.part == "comment"}
    seen = {text: _codes(coding) for text, coding in coded.explained(listed["text"].unique())}
    found = [
        {
            "row": int(row["record"]),
            "column": headers.get(str(row["column"]), str(row["column"])),
            "group": str(row["group"]),
            "status": str(row["status"]),
            "primary": str(row["primary"]) or None,
            **seen[row["text"]],
        }
        for row in listed.to_dict("records")
    ]
    return sorted(found + _blank(coded, question, group, headers), key=lambda entry: (entry["row"], entry["column"]))


def _codes(coding: Coding) -> dict[str, Any]:
    families = {
        plural: [code for code in FAMILIES[family] if coding.has(f"{family}:{code}")] for family, plural in PLURAL.items()
    }
    spans = sorted({(start, end, item.code) for item in coding.evidence for start, end in item.spans})
    return {
        **families,
        "competitor": coding.has("competitor"),
        "praise_only": coding.has("praise_only"),
        "spans": [list(span) for span in spans],
    }


def _blank(coded: Comments, question: Question, group: str, headers: Mapping[str, str]) -> list[dict[str, Any]]:
    nothing = {plural: list[str]() for plural in PLURAL.values()} | {"competitor": False, "praise_only": False, "spans": []}
    return [
        {
            "row": int(row["record"]),
            "column": headers.get(str(row["column"]), str(row["column"])),
            "group": str(row["group"]),
            "status": "empty",
            "primary": None,
            **nothing,
        }
        for row in of_group(silent(coded, question), group).to_dict("records")
    ]
