"""Everything that can go wrong, in words a reader can act on.

Three families: `FileError` (the file cannot give an answer), `AskError` (the request does not fit the file) and `HostedError`
(a hosted view cannot be made, kept or opened).
Every error says what was expected, what was found, and what to do. Nothing here knows where it will be shown:
the pages print the three parts under a title, the command line prints one line and exits with 2.
"""


class ExplorerError(Exception):
    """Base of all families; never raised itself.

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


class TooFewAnswers(AskError):
    """So few answers that numbers about them would tell what one of them said."""

    code = "too_few_answers"
    title = "There are too few answers to share as numbers"


class HostedError(ExplorerError):
    """A hosted view cannot be made, kept or opened."""

    code = "hosted"
    title = "This shared view did not work"


class NotAvailable(HostedError):
    """Revoked, expired, unknown or locked: always the same words, so that a stranger learns nothing from them."""

    code = "not_available"
    title = "This view is not available"

    def __init__(
        self,
        expected: str = "a link that is still open",
        found: str = "none here",
        remedy: str = "Ask the person who sent you the link for a new one, or try again later.",
    ) -> None:
        super().__init__(expected, found, remedy)


class PasscodeNeeded(HostedError):
    """The link is right, and a passcode is wanted with it."""

    code = "passcode_needed"
    title = "This view asks for a passcode"


class WrongPasscode(HostedError):
    """The link is right and the passcode is not; too many of these lock the view for a while."""

    code = "wrong_passcode"
    title = "That passcode does not open this view"


class SignInNeeded(HostedError):
    """The link is right, and opens only for people of some domain, who have to say who they are."""

    code = "sign_in_needed"
    title = "This view opens for signed-in people only"


class SealBroken(HostedError):
    """Stored bytes were changed, cut short, belong to another view, or the key is not theirs: which one is never told."""

    code = "seal_broken"
    title = "What was stored cannot be opened"

    def __init__(
        self,
        expected: str = "what was sealed for this view",
        found: str = "something else",
        remedy: str = "Ask for the view to be shared again.",
    ) -> None:
        super().__init__(expected, found, remedy)


class QuotaReached(HostedError):
    """The store, this browser or this account holds as many views, or as much, as the operator allows."""

    code = "quota_reached"
    title = "There is no room for another view"


class StoreUnavailable(HostedError):
    """The database does not answer, or holds tables of another version."""

    code = "store_unavailable"
    title = "Shared views cannot be reached at the moment"


class BadSetting(HostedError):
    """A setting of the operator is unknown or out of range; said when the app starts."""

    code = "bad_setting"
    title = "A setting is not right"
