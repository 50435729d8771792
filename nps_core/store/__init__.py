"""Where hosted views are kept: the one room of the core that reads and writes. This is its face.

It stores digests, sealed bytes and what has to be known to run it; it never holds a key, and the clock is handed in.
"""

from nps_core.store.store import LOCKED_FOR, TRIES, Facts, Kept, Limits, NewView, Store, open_store

__all__ = ["LOCKED_FOR", "TRIES", "Facts", "Kept", "Limits", "NewView", "Store", "open_store"]
