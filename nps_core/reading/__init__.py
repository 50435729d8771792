"""Reading survey exports: bytes → Table → Responses. This is the room's face; the rest of the program imports from here."""

from nps_core.reading.assemble import read
from nps_core.reading.choices import CHOICE_KEYS, Choices
from nps_core.reading.cleaning import REASONS
from nps_core.reading.issues import REPAIRS
from nps_core.reading.repeats import Repeats, repeats
from nps_core.reading.table import Table, read_table

__all__ = ["CHOICE_KEYS", "REASONS", "REPAIRS", "Choices", "Repeats", "Table", "read", "read_table", "repeats"]
