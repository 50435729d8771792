"""Personal data in comments → what kind it was: ``[email]``, ``[phone]``, ``[card]``, ``[iban]``, ``[link]``, ``[number]``.

Seven digits or more in one run are taken for somebody's number unless they are a date, a price, years or scores: better a plain
number masked than a telephone number shown. Cards are told by issuer and Luhn's check digit, IBANs by theirs (library
python-stdnum). Names of people cannot be told from other words here: they stay. So do handles (@name), mostly those of companies.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from nps_core.comments.text import changed

_ROUNDS = 5  # a text is masked again while that changes it, so that masking a masked text changes nothing
_TRIES = 50  # places looked at in one text for an IBAN; its digits are masked in any case
# A text without any of this holds nothing to mask; most comments are such.
_MAYBE_PERSONAL = r"(?i)[@/]|www|at[)\]}>]|[(\[]ät|[(\[]a[)\]]|arroba|arobase|dot|punkt|punt|\p{Nd}(?:\P{Nd}*\p{Nd}){4}"
_FIVE_DIGITS = re.compile(r"\d(?:\D*\d){4}")

# name@host.com, name (at) host dot com, jane dot doe at host dot com. Where "at" is a bare word, the dot has to be one, too.
_OPEN, _CLOSE = r"[(\[{<]\s?", r"\s?[)\]}>]"
_DOTS = "dot|punkt|punto|point|punt|ponto"
_WORD_DOT = rf"(?:\s?{_OPEN}(?:{_DOTS}|\.){_CLOSE}\s?|\s(?:{_DOTS})\s)"
_DOT = rf"(?:\.|\s\.\s?|{_WORD_DOT})"
_SIGN = rf"(?:\s?@\s?|\s?{_OPEN}(?:@|at|ät|a|arroba|arobase){_CLOSE}\s?)"
_NAME = rf"(?<![\w.+%-])[\w.+%-]+(?:{_WORD_DOT}[\w+%-]+){{0,4}}"
_HOST, _SPOKEN_HOST = rf"[\w-]+(?:{_DOT}[\w-]+)+", rf"[\w-]+(?:{_WORD_DOT}[\w-]+)+"
_EMAIL = re.compile(rf"{_NAME}(?:{_SIGN}{_HOST}|\s(?:at|ät)\s{_SPOKEN_HOST}|\s(?:arroba|arobase)\s{_HOST})", re.IGNORECASE)
_HOST_WITHOUT_DOT = re.compile(r"(?<![\w.+%-])[\w.+%-]+@\w*[^\W\d_]\w*")
_LINK = re.compile(
    r"(?:\b[a-z][a-z+.-]{1,9}://|(?<![\w@.])www\d?\.)[^\s\[\]]*[\w/]"
    r"|(?<![\w@.-])(?:[\w-]+\.)+(?:com|net|org|io|fr|de|es|nl|uk|eu|ly|gl|info|app|be)/[^\s\[\]]*[\w/]",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2} ?\d{2}(?:[ -]?[A-Za-z0-9]){11,34}")
_CARD = re.compile(r"(?<!\d)(?<!\d[ -])\d(?:[ -]?\d){12,18}(?![ -]?\d)")
_ISSUED = re.compile(r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7]|35)\d{14}|3[47]\d{13}|3[0689]\d{12}|6\d{12,18}")

# Dates, times and scores hold digits and are nobody's. They stand alone, or they are a part of something longer.
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_STANDS = re.compile(
    r"(?<!\d)(?<!\d[.,:/-])(?:"
    rf"{_YEAR}[./-]{_MONTH}[./-]{_DAY}|(?:{_DAY}[./-]{_MONTH}|{_MONTH}[./-]{_DAY})[./-]{_YEAR}"
    rf"|(?<!\d ){_DAY}(?P<by>[./-]){_MONTH}(?P=by)\d\d(?! \d)"
    r"|\d{1,2}[:h][0-5]\d(?::[0-5]\d)?|(?:10|\d) ?/ ?(?:10|5)"
    r")(?!\d)(?![.:/-]\d)"
)
# Digits with what may part them: one mark, one or two blanks, a dash or slash between blanks, brackets around a few digits.
_RUN = re.compile(r"(?<!\d)(?:\+ ?)?(?:\((?=\+?\d{1,5}\))\+?)?\d+(?:(?:\.| ?[-–‐/] ?| {1,2}|\) ?[-/.]? ?| ?\((?=\d{1,5}\)))\d+)*")
_MONEY_BEFORE = re.compile(r"(?:[€$£¥₹]|\b(?:EUR|USD|GBP|CHF)) ?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"(?:,\d{1,2})? ?(?:[€$£¥₹]|(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?)\b)", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([. ])\d{3}(?:\1\d{3})*")
_YEARS = re.compile(rf"{_YEAR}(?: {_YEAR})+")
_SPACED_DATE = re.compile(rf"{_DAY} {_DAY} {_YEAR}|{_YEAR} {_MONTH} {_DAY}")  # also two days of a month: 24-25 2016
_ROUND = re.compile(r"[1-9]\d*00 ?[-–‐] ?[1-9]\d*00")
_SMALL = re.compile(r"(?:[12]?\d|3[01])(?: (?:[12]?\d|3[01]))*")  # scores, hours, days of a month
_PAIRS = re.compile(r"[1-9](?: \d\d){4}|\d\d(?: \d\d)+")
_NATIONAL = (
    re.compile(  # without a leading 0: Spain; North America with and without its 1; France and the Netherlands, 0 forgotten
        r"[6-9]\d\d \d{3} \d{3}|[6-9]\d\d(?: \d\d){3}|[6-9]\d \d{3} \d\d \d\d|[67]\d{8}"
        r"|(?:1 )?[2-9]\d\d \d{3} \d{4}|1?[2-9]\d\d[2-9]\d{6}|[2-9]\d\d \d{4}|[1-79](?: \d\d){4}"
    )
)


def mask(text: str) -> str:
    """The text with personal data replaced by what it was; a text without any comes back unchanged.

    Masking twice is masking once.

    >>> mask("Mail jane.doe@example.com or call (020) 7946 0958. Card 4111 1111 1111 1111, since 12/05/2023, £1,000,000, 10/10")
    'Mail [email] or call [phone]. Card [card], since 12/05/2023, £1,000,000, 10/10'
    """
    lower = text.lower()
    at, link = _may_hold_address(lower), "/" in lower or "www" in lower
    if not (at or link or _has_five_digits(text)):
        return text
    for _ in range(_ROUNDS):
        before, text = text, _once(text, at, link)
        if text == before:
            break
    return text


def masked(texts: pa.Array) -> pa.Array:
    """The same for many comments at once (large_string); only those that may need it are looked at one by one."""
    return changed(texts, pc.match_substring_regex(texts, _MAYBE_PERSONAL), mask)


def _has_five_digits(text: str) -> bool:
    """Whether the text has so many digits at all; for plain ASCII ten times faster than by a pattern."""
    if not text.isascii():
        return _FIVE_DIGITS.search(text) is not None
    plain = text.encode()
    return len(plain) - len(plain.translate(None, b"0123456789")) >= 5


def _may_hold_address(lower: str) -> bool:
    if "@" in lower or "at)" in lower or "at]" in lower or "arroba" in lower or "arobase" in lower:
        return True
    if " at " in lower:
        return " dot " in lower or " punkt " in lower or " punt " in lower or "dot)" in lower or "dot]" in lower
    return "(ät" in lower or "[ät" in lower or "(a)" in lower or "[a]" in lower or "at}" in lower or "at>" in lower


def _once(text: str, at: bool, link: bool) -> str:
    if link:
        text = _LINK.sub("[link]", text)
    if at:
        text = _HOST_WITHOUT_DOT.sub("[email]", _EMAIL.sub("[email]", text))
    if not _has_five_digits(text):
        return text
    text = _CARD.sub(_card, _without_ibans(text))
    pieces, end = list[str](), 0
    for kept in _STANDS.finditer(text):
        pieces += [_RUN.sub(_run, text[end : kept.start()]), kept.group()]
        end = kept.end()
    return "".join([*pieces, _RUN.sub(_run, text[end:])])


def _without_ibans(text: str) -> str:
    pieces, end, place = list[str](), 0, 0
    for _ in range(_TRIES):
        found = _IBAN.search(text, place)
        if not found:
            break
        length = _iban_length(found.group(), text[found.end() : found.end() + 1])
        place = found.start() + (length or 1)
        if length:
            pieces += [text[end : found.start()], "[iban]"]
            end = place
    return "".join([*pieces, text[end:]])


def _iban_length(candidate: str, after: str) -> int:
    """How many characters of the candidate are an IBAN; 0 where none. It ends where a word ends."""
    from stdnum import iban  # its table of countries is read on import; most comments need none of it

    for i in range(15, len(candidate) + 1):
        whole = not (candidate[i : i + 1] or after).isalnum()
        if whole and iban.is_valid(candidate[:i], check_country=False):
            return i
    return 0


def _card(found: re.Match[str]) -> str:
    from stdnum import luhn

    digits = re.sub(r"\D", "", found.group())
    return "[card]" if _ISSUED.fullmatch(digits) and luhn.is_valid(digits) else found.group()


def _run(found: re.Match[str]) -> str:
    """What takes the place of a run of digits: a mask, or the run itself."""
    run = found.group()
    groups = re.findall(r"\d+", run)
    digits = "".join(groups)
    if len(digits) < 7 or (not run.startswith(("+", "(", "0")) and _is_harmless(found, run, groups)):
        return run
    spaced = " ".join(groups)
    abroad = run[0] == "+" or digits.startswith("00")
    at_home = digits[0] == "0" and len(digits) <= 13
    return "[phone]" if abroad or at_home or "(" in run or _NATIONAL.fullmatch(spaced) else "[number]"


def _is_harmless(found: re.Match[str], run: str, groups: list[str]) -> bool:
    """Whether a run of seven digits or more is a price, a round number, years, a date or scores."""
    spaced = " ".join(groups)
    if _YEARS.fullmatch(spaced) or _SPACED_DATE.fullmatch(spaced) or _ROUND.fullmatch(run):
        return True
    thousands = _THOUSANDS.fullmatch(run)
    money = _MONEY_BEFORE.search(found.string[: found.start()]) or _MONEY_AFTER.match(found.string, found.end())
    if money and (thousands or len(groups) == 1) and len(spaced) <= 15:
        return True
    if thousands:
        by_dots = thousands.group(1) == "." and len(groups[0]) < 3
        return by_dots or (len(groups) > 2 and groups[-1] == groups[-2] == "000")
    return bool(_SMALL.fullmatch(spaced)) and not _PAIRS.fullmatch(spaced)
