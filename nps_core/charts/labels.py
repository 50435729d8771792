"""Where the names of points go so that they cover neither a point nor each other. Layout only, in pixels."""

from collections.abc import Iterable, Sequence
from copy import copy
from itertools import product
from typing import Any, NamedTuple

LETTER, LINE = 7.2, 18  # px: a letter's usual width and a line's height at the smallest size


class Box(NamedTuple):
    """A rectangle on the picture, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share any place."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def inside(self, other: "Box") -> bool:
        """Whether this one lies wholly in the other."""
        return other.left <= self.left and self.right <= other.right and other.top <= self.top and self.bottom <= other.bottom


class Spot(NamedTuple):
    """Where a name stands, seen from its point."""

    align: str
    dx: float
    dy: float


def box_of(x: float, y: float, spot: Spot, text: str) -> Box:
    """The place a name takes."""
    width = LETTER * len(text)
    left = x + spot.dx - {"left": 0.0, "center": width / 2, "right": width}[spot.align]
    return Box(left, y + spot.dy - LINE / 2, left + width, y + spot.dy + LINE / 2)


def spots(side: float, up: float, down: float) -> list[Spot]:
    """The spots around a point that reaches so far to either side, up and down, the best first: right, left, over, under.

    >>> spots(5, 5, 5)[:2]
    [Spot(align='left', dx=10, dy=0), Spot(align='right', dx=-10, dy=0)]
    """
    over, under = -up - LINE / 2 - 3, down + LINE / 2 + 3
    beside = [Spot("left", side + 5, 0), Spot("right", -side - 5, 0)]
    return beside + [Spot(align, 0, dy) for dy in (over, under) for align in ("center", "left", "right")]


class Named(NamedTuple):
    """A point of the plane with the words beside it; `side`, `up` and `down` say how far it reaches, in pixels."""

    passive: float
    nps: float
    text: str
    side: float
    up: float
    down: float
    spot: Spot | None = None

    def at(self, width: float, height: float) -> tuple[float, float]:
        """Its place in pixels on a plane of that size."""
        return self.passive / 100 * width, (100 - self.nps) / 200 * height

    def row(self) -> dict[str, Any]:
        """Its words and their place, as a layer of text needs them."""
        return {"passive": self.passive, "nps": self.nps, "text": self.text} | (self.spot._asdict() if self.spot else {})


class Scene:
    """The plane in one width, and what is taken on it."""

    def __init__(
        self,
        width: float,
        height: float,
        points: Iterable[Named],
        line: tuple[float, float] | None,
        standing: Iterable[Named] = (),
    ) -> None:
        """`standing` are names that have their spot already, whatever lies there."""
        self.size, self.field = (width, height), Box(0, 0, width, height)
        self.taken = list[Box]()
        for point in points:
            x, y = point.at(*self.size)
            self.taken.append(Box(x - point.side, y - point.up, x + point.side, y + point.down))
        if line is not None:
            y = (100 - line[0]) / 200 * height
            self.taken.append(Box(0, y - 2, line[1] / 100 * width, y + 2))
        for name in standing:
            if name.spot:
                self.take(name, name.spot)

    def copy(self) -> "Scene":
        """Another scene on which the same is taken."""
        other = copy(self)
        other.taken = [*self.taken]
        return other

    def has_room(self, name: Named, spot: Spot) -> bool:
        """Whether the name can stand there."""
        box = box_of(*name.at(*self.size), spot, name.text)
        return box.inside(self.field) and not any(box.meets(other) for other in self.taken)

    def uncut(self, name: Named, spot: Spot) -> bool:
        """Whether neither edge of what surveys can be runs through the name: it stands wholly within, or wholly outside."""
        box, (width, height) = box_of(*name.at(*self.size), spot, name.text), self.size
        slope = height / 2 / width
        sides = (
            (box.top, box.bottom),
            (height - box.bottom, height - box.top),
        )  # seen from either edge
        return all(near >= slope * box.right or far <= slope * box.left for near, far in sides)

    def take(self, name: Named, spot: Spot) -> None:
        """Let the name stand there."""
        self.taken.append(box_of(*name.at(*self.size), spot, name.text))


def placed(wanted: Iterable[Named], scenes: Sequence[Scene], whole: bool = True) -> list[Named]:
    """The wanted names, each with a spot that is free in every scene; a name without one is left out. The scenes fill up.

    With `whole`, spots that no edge runs through go before the others.
    """
    found = []
    for name in wanted:
        around = spots(name.side, name.up, name.down)
        free = [spot for spot in around if all(scene.has_room(name, spot) for scene in scenes)]
        uncut = [spot for spot in free if all(scene.uncut(name, spot) for scene in scenes)]
        if spot := next(iter(uncut + free if whole else free), None):
            for scene in scenes:
                scene.take(name, spot)
            found.append(name._replace(spot=spot))
    return found


def laid_out(
    orders: Iterable[Sequence[Named]], loose: Sequence[Named], blank: Sequence[Scene]
) -> tuple[list[Named], list[Named]]:
    """The firm names, and after them the loose ones for which there is room.

    The firm ones come in each of the orders, with spots free of edges first and without; what is best has most of them, then
    most that no edge runs through, then most loose ones.
    """
    found = []
    for order, whole in product(orders, (True, False)):
        scenes = [scene.copy() for scene in blank]
        firm = placed(order, scenes, whole)
        uncut = [name for name in firm if name.spot and all(scene.uncut(name, name.spot) for scene in scenes)]
        others = placed(loose, scenes, whole)
        found.append(((len(firm), len(uncut), len(others)), firm, others))
        if len(uncut) == len(order):
            break  # nothing to mend
    _, firm, others = max(found, key=lambda one: one[0])
    return firm, others
