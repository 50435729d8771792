"""Texts in the order a person expects: 9 before 10, 2H19 before 1H20, Q4 2023 before Q1 2024, March before April.

It must not know which column they come from.
"""

import re
from collections.abc import Iterable

from nps_core.reading.words import fold

# Month names by their first letters; en, fr, de, es, pt, it, nl. Longer beginnings are looked up first (juin, juil).
MONTHS = {
    "janv": 1, "fevr": 2, "mars": 3, "avri": 4, "juin": 6, "juil": 7, "aout": 8,
    "jan": 1, "ene": 1, "gen": 1, "feb": 2, "fev": 2,
    "mar": 3, "maa": 3, "mae": 3, "mrt": 3, "mrz": 3, "apr": 4, "abr": 4, "avr": 4,
    "may": 5, "mai": 5, "mag": 5, "mei": 5, "jun": 6, "giu": 6, "jul": 7, "lug": 7, "aug": 8, "ago": 8, "aou": 8,
    "sep": 9, "set": 9, "oct": 10, "okt": 10, "out": 10, "ott": 10, "nov": 11, "dec": 12, "dez": 12, "dic": 12,
}  # fmt: skip
# Their names in full and as they are usually shortened, in the same languages: what only begins so is no month here.
_NAMES = """
january february march april may june july august september october november december sept
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre janv fevr avr juil
januar janner februar marz maerz april mai juni juli august september oktober november dezember mrz okt dez
enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro fev set out
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre gen mag giu lug ott
januari februari maart april mei juni juli augustus september oktober november december mrt
jan feb mar apr jun jul aug sep oct nov dec
"""
MONTH_NAMES = frozenset(_NAMES.split())
YEAR = r"(?:19|20)\d\d|'?\d\d"
PERIODS = (
    re.compile(rf"(?P<part>\d{{1,2}})\s*(?P<kind>[hqts])[\s\-_/]*(?P<year>{YEAR})"),  # 2H19, 1Q 2024
    re.compile(rf"(?P<kind>[hqtskw])\s*(?P<part>\d{{1,2}})[\s\-_/]*(?P<year>{YEAR})"),  # H1 2020, Q3-23, W07 2024
    re.compile(rf"(?P<year>{YEAR})[\s\-_/]*(?P<kind>[hqtskw])\s*(?P<part>\d{{1,2}})"),  # 2024-Q1, 2024W07
    re.compile(r"(?P<year>(?:19|20)\d\d)[\-_/. ]?(?P<part>0?[1-9]|1[0-2])"),  # 2024-03
    re.compile(r"(?P<part>0?[1-9]|1[0-2])[\-_/. ](?P<year>(?:19|20)\d\d)"),  # 03/2024
    re.compile(rf"(?P<month>[a-z]{{3,}})\.?[\s\-_/]*(?P<year>{YEAR})"),  # March 2024, mars-24
    re.compile(r"(?P<year>(?:19|20)\d\d)[\s\-_/]*(?P<month>[a-z]{3,})"),  # 2024 March
    re.compile(rf"(?P<kind>[hqts])\s*(?P<part>\d)[\s\-_/]*fy[\s\-_/]*(?P<year>{YEAR})"),  # Q1 FY24
    re.compile(rf"fy[\s\-_/]*(?P<year>{YEAR})[\s\-_/]*(?P<kind>[hqts])\s*(?P<part>\d)"),  # FY24 Q1
    re.compile(r"(?P<month>[a-z]{3,})\.?"),  # March
)


def month_number(name: str) -> int | None:
    """The number of a month by its name in seven languages.

    >>> month_number("août"), month_number("Mai"), month_number("Plan")
    (8, 5, None)
    """
    plain = fold(name)
    return MONTHS.get(plain[:4]) or (MONTHS.get(plain[:3]) if plain[:3].isalpha() else None)


def is_month(name: str) -> bool:
    """Whether a word is the name of a month, in full or as it is usually shortened.

    >>> is_month("Août"), is_month("Sept."), is_month("Marketing")
    (True, True, False)
    """
    return fold(name).rstrip(".") in MONTH_NAMES


SEASONS = {
    "winter": 1, "hiver": 1, "invierno": 1, "inverno": 1,
    "spring": 2, "fruhling": 2, "fruhjahr": 2, "printemps": 2, "primavera": 2, "lente": 2, "voorjaar": 2,
    "summer": 3, "sommer": 3, "ete": 3, "verano": 3, "verao": 3, "estate": 3, "zomer": 3,
    "autumn": 4, "fall": 4, "herbst": 4, "automne": 4, "otono": 4, "outono": 4, "autunno": 4, "herfst": 4, "najaar": 4,
}  # fmt: skip


def period_key(text: str) -> tuple[int, int] | None:
    """(year, part) of a text that names a period; year 0 where it names none.

    >>> period_key("2H19"), period_key("Q1 2024"), period_key("March"), period_key("Team")
    ((2019, 2), (2024, 1), (0, 3), None)
    """
    plain = fold(text)
    for form in PERIODS:
        if found := form.fullmatch(plain):
            parts = found.groupdict()
            word = parts.get("month")
            part = (month_number(word) or SEASONS.get(word)) if word else int(parts["part"])
            if part is None:
                continue
            year = int((parts.get("year") or "0").lstrip("'"))
            return (year + 2000 if 0 < year < 100 else year, part)
    return None


def digits_key(text: str) -> tuple[tuple[int, float, str], ...]:
    """A key by which runs of digits compare as numbers; a text that is one number compares by its value.

    >>> sorted(["10", "9", "-1", "2.5"], key=digits_key), sorted(["Wave 10", "Wave 9"], key=digits_key)
    (['-1', '2.5', '9', '10'], ['Wave 9', 'Wave 10'])
    """
    plain = fold(text)
    if re.fullmatch(r"[+\-]?\d+(?:[.,]\d+)?", plain):
        return ((0, float(plain.replace(",", ".")), ""),)
    parts = re.findall(r"\d+|\D+", plain)
    return tuple((1, float(part), "") if part.isdecimal() else (2, 0.0, part) for part in parts) or ((2, 0.0, ""),)


def in_order(values: Iterable[str]) -> list[str]:
    """The distinct values in natural order: as periods where all of them are periods, else by their digits and letters.

    >>> in_order(["1H20", "2H19"]), in_order(["EU", "APAC"])
    (['2H19', '1H20'], ['APAC', 'EU'])
    """
    found = list(dict.fromkeys(values))
    periods = [period_key(value) for value in found]
    if not all(periods):
        periods = [period_key(value) for value in _without_common_words(found)]
    if all(periods) and not all(re.fullmatch(r"\d{1,3}", value) for value in found):
        return [value for _, value in sorted(zip(periods, found, strict=True), key=lambda pair: (pair[0] or (0, 0), pair[1]))]
    return sorted(found, key=lambda value: (digits_key(value), value))


def _without_common_words(values: list[str]) -> list[str]:
    """What is left of each value without the words that all of them begin or end with, as files named alike do.

    >>> _without_common_words(["nps_march_2024", "nps_april_2024"])
    ['march', 'april']
    """
    parts = [re.findall(r"[^\W_]+", fold(value)) for value in values]
    if len(parts) < 2 or not all(parts):
        return values
    shortest = min(map(len, parts)) - 1
    first = next((i for i in range(shortest) if len({part[i] for part in parts}) > 1), shortest)
    last = next((i for i in range(shortest - first) if len({part[-1 - i] for part in parts}) > 1), shortest - first)
    return [" ".join(part[first : len(part) - last]) for part in parts]
