"""Everything that can go wrong, in words a reader can act on.

Two families: `FileError` (the file cannot give an answer) and `AskError` (the request does not fit the file).
Every error says what was expected, what was found, and what to do. Nothing here knows where it will be shown:
the pages print the three parts under a title, the command line prints one line and exits with 2.
"""


class ExplorerError(Exception):
    """Base of both families; never raised itself.

    Parameters
    ----------
    expected, found, remedy : str
        Plain sentences without markup. `found` may quote the file and is therefore foreign text: show it as plain text.
    """

    code = "error"
    title = "This did not work"

    def __init__(self, expected: str, found: str, remedy: str) -> None:
        super().__init__(f"Expected {expected}; found {found}. {remedy}")
        self.expected = expected
        self.found = found
        self.remedy = remedy


class FileError(ExplorerError):
    """The file is at fault."""

    code = "file"
    title = "This file could not be used"


class Unreadable(FileError):
    """The bytes are no table that can be opened (damaged, protected, or another kind of file)."""

    code = "unreadable"
    title = "This file could not be opened"


class TooLarge(FileError):
    """The file, or what it unpacks to, is larger than the configured limit."""

    code = "too_large"
    title = "This file is too large"


class NotASurvey(FileError):
    """A table was read, but no column can hold a 0 to 10 recommendation score.

    Parameters
    ----------
    columns : tuple of str, optional
        The distinct names of the table's columns, so that a page can let the reader choose one. Foreign text.
    """

    code = "not_a_survey"
    title = "No 0–10 recommendation score was found"

    def __init__(self, expected: str, found: str, remedy: str, columns: tuple[str, ...] = ()) -> None:
        super().__init__(expected, found, remedy)
        self.columns = columns


class Unclear(FileError):
    """Two or more readings fit equally well and only the reader can tell which is meant.

    Parameters
    ----------
    part : str
        What has to be chosen: a key of `Choices`, such as ``"score"`` or ``"sheet"``.
    candidates : tuple of (value, reason)
        What can be chosen, each with the reason it fits.
    """

    code = "unclear"
    title = "One question before the score"

    def __init__(self, expected: str, found: str, remedy: str, part: str, candidates: tuple[tuple[str, str], ...]) -> None:
        super().__init__(expected, found, remedy)
        self.part = part
        self.candidates = candidates


class AskError(ExplorerError):
    """The request is at fault: it names what the file does not have, or a value out of range."""

    code = "ask"
    title = "This request does not fit the file"


class UnknownColumn(AskError):
    """A column was named that the file does not have, or that cannot play that part."""

    code = "unknown_column"
    title = "There is no such column"


class UnknownValue(AskError):
    """A value was named that does not occur, or lies out of range."""

    code = "unknown_value"
    title = "There is no such value"


class BrokenCodebook(FileError):
    """A codebook file, or an edit of one, that does not hold what a codebook has to."""

    code = "broken_codebook"
    title = "This codebook could not be used"
