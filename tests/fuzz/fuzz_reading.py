"""What `make fuzz` runs: atheris changes bytes, guided by the branches they reach; any exception but our own is a finding.

Inputs that reach something new are kept in build/fuzz/corpus, findings are written to build/fuzz; run this file with one as its
argument to see it again. atheris is installed by that command alone. Ten seconds for one input, or 1 GB, Python and its libraries
included, are findings too: watching every branch makes the program many times slower, so inputs are kept short.
"""

import hashlib
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
CORPUS = ROOT / "build" / "fuzz" / "corpus"

with atheris.instrument_imports(include=["nps_core.reading"]):
    from tests.fuzz.inputs import holds, seeds


def main() -> None:
    """Write the seeds into the folder that the fuzzer begins with, and begin; given findings, only look at these."""
    arguments = sys.argv[1:]
    if not any(Path(word).is_file() for word in arguments):
        CORPUS.mkdir(parents=True, exist_ok=True)
        for seed in seeds():
            (CORPUS / hashlib.sha1(seed).hexdigest()).write_bytes(seed)  # the name that the fuzzer itself would give it
        arguments = [*arguments, str(CORPUS)]
    atheris.Setup([sys.argv[0], *arguments], holds)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
