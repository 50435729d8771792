"""How much memory a reading takes, measured in a process of its own: nothing that ran before counts, and nothing else's."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# The peak is what Linux says of this program alone: what getrusage says may stem from the one that started it.
PROGRAM = """
import json, sys
from pathlib import Path
from nps_core.reading import read, read_table

read([("small.csv", b"nps,why\\n9,fine\\n3,slow\\n" * 20)])  # what is imported or set up once is no part of the reading
data = Path(sys.argv[1]).read_bytes()
memory = lambda what: next(int(line.split()[1]) << 10 for line in open("/proc/self/status") if line.startswith(what))
current = memory("VmRSS")
stages = []
if sys.argv[2] == "read":
    survey = read([("large", data)], progress=stages.append)
    rows = len(survey.frame)
else:
    rows = len(read_table(data, "large", progress=stages.append).frame)
print(json.dumps({"rows": rows, "bytes": memory("VmHWM") - current, "stages": stages}))
"""


def measured(path, how="read"):
    """Rows read, bytes of memory on top of the file itself at the worst moment, and the stages told."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(path), how], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
