"""Tables that leave the app as files. A spreadsheet must read foreign text as text, never as a formula."""

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def neutral(text: object) -> object:
    """A text that no spreadsheet takes for a formula: a quote is put before one that could be. Numbers stay numbers.

    After the OWASP note on CSV injection.

    >>> neutral("=1+1"), neutral(-3.2), neutral("fine")
    ("'=1+1", -3.2, 'fine')
    """
    return f"'{text}" if isinstance(text, str) and text.lstrip().startswith(FORMULA_STARTS) else text


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV (UTF-8 with a byte order mark, so that Excel reads it), foreign text neutral, headers too."""
    safe = frame.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]) and not pd.api.types.is_datetime64_any_dtype(safe[column]):
            safe[column] = safe[column].astype(object).map(neutral)
    safe.columns = pd.Index([neutral(str(column)) for column in safe.columns])
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
