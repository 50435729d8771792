"""The surveys and the template that ship with the explorer: their names, what they show, and their bytes.

It reads shipped files and nothing else; how they are made stands in `samples/make_samples.py`. Reading them as surveys is
`nps_core.reading`'s work, the same as for any other file.
"""

from importlib.resources import files
from typing import NamedTuple

from nps_core.errors import UnknownValue


class Sample(NamedTuple):
    """A shipped file: `key` goes into the address (`sample=<key>`), `file` is its name in `nps_core/data`."""

    key: str
    title: str
    description: str
    file: str


_BUILT_IN = (
    Sample(
        "software",
        "Software company A: the quiet middle",
        "1,200 answers in four quarters. NPS +34.2, and 46 of 100 customers are passive.",
        "b2b_software.csv",
    ),
    Sample(
        "rival",
        "Software company B: love it or leave it",
        "1,080 answers in four quarters. The same NPS of +34.2, and only 26 of 100 are passive.",
        "b2b_rival.csv",
    ),
)
SAMPLES: dict[str, Sample] = {sample.key: sample for sample in _BUILT_IN}
TEMPLATE = Sample("template", "Template", "Five example rows to write over: one row an answer.", "template.csv")


def load(key: str) -> tuple[str, bytes]:
    """File name and content of a sample.

    Parameters
    ----------
    key : str
        A key of `SAMPLES`, as it stands in the address.

    Raises
    ------
    UnknownValue
        Where there is no such sample.

    >>> name, content = load("software")
    >>> name, content[:11]
    ('b2b_software.csv', b'response_id')
    """
    if key not in SAMPLES:
        known = " or ".join(SAMPLES)
        raise UnknownValue(f"a sample called {known}", f"{key[:40]!r}", "Choose one of the samples, or load a file of your own.")
    return _content(SAMPLES[key])


def template() -> tuple[str, bytes]:
    """File name and content of the template for download.

    >>> name, content = template()
    >>> name, len(content.decode("utf-8").splitlines())
    ('template.csv', 6)
    """
    return _content(TEMPLATE)


def _content(sample: Sample) -> tuple[str, bytes]:
    return sample.file, files("nps_core").joinpath("data", sample.file).read_bytes()
