"""What some other kinds of file begin with: none of them is a text table.

It must not know what a table is; a kind that is not listed is recognised by the control characters in it.
"""

PEEK = 4096  # bytes looked at
BEGINNINGS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "a database"),
    (b"$FL2@(#)", "an SPSS file"),
    (b"$FL3@(#)", "an SPSS file"),
    (b"<stata_dta>", "a Stata file"),
    (b"{\\rtf", "a text document"),
)
MARKUP = ((b"<!doctype html", "a web page"), (b"<html", "a web page"), (b"<?xml", "an XML file"))
CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1a")
MOST_CONTROL = 0.1  # of the bytes; text has next to none


def kind_of(data: bytes) -> str:
    """The kind of a file that is no text table, in words; '' for what may be one.

    >>> kind_of(b"%PDF-1.7"), kind_of(b"nps,why")
    ('a PDF', '')
    """
    for start, kind in BEGINNINGS:
        if data.startswith(start):
            return kind
    start = data[:PEEK].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, kind in MARKUP:
        if start.startswith(mark):
            return kind
    return ""


def is_no_text(utf8: bytes) -> bool:
    """Whether decoded text is full of control characters: the bytes were no text."""
    head = utf8[:PEEK]
    many = len(head) - len(head.translate(None, CONTROL))
    return len(head) > 16 and many > MOST_CONTROL * len(head)
