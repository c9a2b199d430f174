"""Where entities are drawn: computed once, the same on every machine, with room for the labels."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import igraph

Point = tuple[float, float]

ASPECT = 1.35  # width by height of the whole drawing
EDGE_LENGTH = 165.0  # between the centres of neighbours, in the page's units (pixels when zoomed to 1)
ROOM = 9000.0  # the least area of the drawing for each entity, where so many are joined that all are neighbours
ROOM_FROM = 60  # entities in a part
GAP = 45.0  # between parts of the graph that no edge joins
EXACT_LIMIT = 500  # Kamada and Kawai's layout takes quadratic room: larger parts go by Fruchterman and Reingold's
CROWD_LIMIT = 1500  # beyond so many boxes, labels are too small to be read at once, and are not moved apart
ROUNDS = 120
ROUNDS_BUDGET = 150_000  # entities times rounds: what takes about two seconds
SEED = 20220201


@dataclass(frozen=True, slots=True)
class Box:
    """The room that an entity and its label take."""

    id: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """Two entities with edges between them, and the room that the label midway takes."""

    a: str
    b: str
    width: float
    height: float


def place(boxes: Sequence[Box], links: Sequence[Link]) -> dict[str, Point]:
    """The centre of each box: neighbours near each other, labels apart, unjoined parts side by side."""
    if not boxes:
        return {}
    index = {box.id: position for position, box in enumerate(boxes)}
    network = igraph.Graph(len(boxes), [(index[link.a], index[link.b]) for link in links])
    parts: list[list[int]] = sorted(network.connected_components(), key=_largest_first)
    placed = [_place_part(network, [boxes[i] for i in part], part, links) for part in parts]
    sizes = {box.id: box for box in boxes}
    return {id: (float(round(x)), float(round(y))) for id, (x, y) in _packed(placed, sizes).items()}


def _largest_first(part: list[int]) -> tuple[int, int]:
    return -len(part), part[0]


def _place_part(network: igraph.Graph, boxes: list[Box], part: list[int], links: Sequence[Link]) -> dict[str, Point]:
    ids = [box.id for box in boxes]
    inside = set(ids)
    own = [link for link in links if link.a in inside and link.b in inside and link.a != link.b]
    points = _upright(_spread(network.induced_subgraph(part).simplify()))
    positions = dict(zip(ids, points, strict=True))
    return _apart(positions, boxes, own)


def _spread(network: igraph.Graph) -> list[Point]:
    """The plain layout of one connected part, scaled so that an edge has its usual length."""
    count = network.vcount()
    if count == 1:
        return [(0.0, 0.0)]
    circle = network.layout_circle()
    if count <= EXACT_LIMIT:
        points = network.layout_kamada_kawai(seed=circle).coords
    else:
        points = _with_fixed_chance(network, circle)
    lengths = [math.dist(points[edge.source], points[edge.target]) for edge in network.es]
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    roomy = math.sqrt(count * ROOM / (width * height or 1.0)) if count >= ROOM_FROM else 0.0
    scale = max(EDGE_LENGTH * len(lengths) / (sum(lengths) or 1.0), roomy)
    return [(x * scale, y * scale) for x, y in points]


def _with_fixed_chance(network: igraph.Graph, start: igraph.Layout) -> list[list[float]]:
    igraph.set_random_number_generator(random.Random(SEED))
    try:
        rounds = max(40, min(300, ROUNDS_BUDGET // network.vcount()))
        return network.layout_fruchterman_reingold(seed=start, niter=rounds, grid="auto").coords
    finally:
        igraph.set_random_number_generator(random)


def _upright(points: list[Point]) -> list[Point]:
    """Turned so that the longest direction lies level, as screens and labels do."""
    count = len(points)
    middle_x, middle_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    centred = [(x - middle_x, y - middle_y) for x, y in points]
    xx, yy = sum(x * x for x, _ in centred), sum(y * y for _, y in centred)
    angle = 0.5 * math.atan2(2 * sum(x * y for x, y in centred), xx - yy)
    cosine, sine = math.cos(angle), math.sin(angle)
    return [(x * cosine + y * sine, y * cosine - x * sine) for x, y in centred]


def _apart(positions: dict[str, Point], boxes: list[Box], links: list[Link]) -> dict[str, Point]:
    """Push overlapping boxes, and the labels midway between them, apart along the shorter way."""
    if len(boxes) + len(links) > CROWD_LIMIT:
        return positions
    sizes = [(box.width, box.height) for box in boxes] + [(link.width, link.height) for link in links]
    owners = [(box.id,) for box in boxes] + [(link.a, link.b) for link in links]
    current = dict(positions)
    for _ in range(ROUNDS):
        centres = [_middle([current[id] for id in ids]) for ids in owners]
        moves: dict[str, list[float]] = {}
        for i, j in _overlapping(centres, sizes):
            dx, dy = _push(centres[i], centres[j], sizes[i], sizes[j])
            for ids, sign in ((owners[i], -0.5), (owners[j], 0.5)):
                for id in ids:
                    move = moves.setdefault(id, [0.0, 0.0])
                    move[0] += sign * dx
                    move[1] += sign * dy
        if not moves:
            break
        for id, (dx, dy) in moves.items():
            x, y = current[id]
            current[id] = (x + _damped(dx), y + _damped(dy))
    return current


def _damped(move: float) -> float:
    return max(-30.0, min(30.0, 0.6 * move))


def _overlapping(centres: list[Point], sizes: list[Point]) -> Iterator[tuple[int, int]]:
    """Pairs of boxes that overlap, found by a sweep from left to right."""
    order = sorted(range(len(centres)), key=lambda i: (centres[i][0] - sizes[i][0] / 2, i))
    for rank, i in enumerate(order):
        right = centres[i][0] + sizes[i][0] / 2
        for j in order[rank + 1 :]:
            if centres[j][0] - sizes[j][0] / 2 >= right:
                break
            if abs(centres[i][1] - centres[j][1]) < (sizes[i][1] + sizes[j][1]) / 2:
                yield i, j


def _push(a: Point, b: Point, size_a: Point, size_b: Point) -> Point:
    across = (size_a[0] + size_b[0]) / 2 - abs(b[0] - a[0])
    down = (size_a[1] + size_b[1]) / 2 - abs(b[1] - a[1])
    if across < down:
        return (math.copysign(across, b[0] - a[0]), 0.0)
    return (0.0, math.copysign(down, b[1] - a[1]))


def _middle(points: list[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _packed(parts: list[dict[str, Point]], sizes: Mapping[str, Box]) -> dict[str, Point]:
    """The parts on shelves, the largest first, in a drawing about :data:`ASPECT` times as wide as high."""
    frames = [_frame(part, sizes) for part in parts]
    area = sum((width + GAP) * (height + GAP) for _, _, width, height in frames)
    shelf = max(max(width for _, _, width, _ in frames), math.sqrt(area * ASPECT))
    placed: dict[str, Point] = {}
    x = y = highest = 0.0
    for part, (left, top, width, height) in zip(parts, frames, strict=True):
        if x > 0 and x + width > shelf:
            x, y, highest = 0.0, y + highest + GAP, 0.0
        placed |= {id: (px - left + x, py - top + y) for id, (px, py) in part.items()}
        x, highest = x + width + GAP, max(highest, height)
    return placed


def _frame(part: dict[str, Point], sizes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    """Left, top, width and height of a part with the room that its boxes take."""
    left = min(x - sizes[id].width / 2 for id, (x, _) in part.items())
    right = max(x + sizes[id].width / 2 for id, (x, _) in part.items())
    top = min(y - sizes[id].height / 2 for id, (_, y) in part.items())
    bottom = max(y + sizes[id].height / 2 for id, (_, y) in part.items())
    return left, top, right - left, bottom - top
