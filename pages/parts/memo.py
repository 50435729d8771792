"""What is worth keeping between two runs of a page: made once, and made anew when what it was made of changes."""

from collections.abc import Callable
from typing import Any

from pages.parts import study


def kept(name: str, key: str, make: Callable[[], Any]) -> Any:
    """What `make` gives, kept under a name as long as the key stays the same: one thing a name."""
    found = study.notes().get(name)
    if found is None or found[0] != key:
        found = study.notes()[name] = (key, make())
    return found[1]
