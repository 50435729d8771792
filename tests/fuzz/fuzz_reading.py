"""What `make fuzz` runs: atheris changes bytes, guided by the branches they reach; any exception but our own is a finding.

Findings are written to build/fuzz; run this file with one as its argument to see it again. atheris is installed by that command
alone. Ten seconds or 1.5 GB for one input, Python and its libraries included, are findings too.
"""

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "core" / "reading")]

with atheris.instrument_imports(include=["nps_core.reading"]):
    from test_fuzz import SEEDS, holds


def main() -> None:
    """Write the seeds where the fuzzer keeps its inputs, and begin."""
    corpus = ROOT / "build" / "fuzz"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        (corpus / f"seed_{number}").write_bytes(seed)
    atheris.Setup(sys.argv, holds)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
