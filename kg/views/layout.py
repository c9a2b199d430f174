"""Where entities are drawn: computed once, the same on every machine, with room for the labels.

Each part that edges join is laid out by Kamada and Kawai's method, and its labels are pushed apart; the parts are then
fitted into each other's gaps as polyominoes (Freivalds, Dogrusoz and Kikusts, Disconnected Graph Layout and the
Polyomino Packing Approach, 2001). Labels keep their size on the screen, so their room grows as the drawing shrinks.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import igraph

Point = tuple[float, float]

VIEW = (860.0, 600.0)  # the pixels that a reader's screen has for the drawing
FITTINGS = 3  # how often the room of labels is set by the zoom that the last drawing needs
LEAST_ZOOM = 0.45  # of smaller drawings, not all labels are shown at once
CELL = 28.0  # the side of a square of the polyominoes
EDGE_LENGTH = 165.0  # between the centres of neighbours, in the page's units (pixels when zoomed to 1)
ROOM = 9000.0  # the least area of the drawing for each entity, where so many are joined that all are neighbours
ROOM_FROM = 60  # entities in a part
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
    plain = [_spread_part(network, [boxes[i].id for i in part], part) for part in parts]
    placed: dict[str, Point] = {}
    room = 1.0
    for _ in range(FITTINGS):
        sizes = {box.id: Box(box.id, box.width * room, box.height * room) for box in boxes}
        labels = [Link(link.a, link.b, link.width * room, link.height * room) for link in links if link.a != link.b]
        placed = _packed([_apart(part, sizes, labels) for part in plain], sizes, labels)
        _, _, width, height = _frame(placed, sizes)
        needed = min(max(width / VIEW[0], height / VIEW[1]), 1 / LEAST_ZOOM)
        if needed <= room:
            break
        room = needed
    return {id: (float(round(x)), float(round(y))) for id, (x, y) in placed.items()}


def _largest_first(part: list[int]) -> tuple[int, int]:
    return -len(part), part[0]


def _spread_part(network: igraph.Graph, ids: list[str], part: list[int]) -> dict[str, Point]:
    return dict(zip(ids, _upright(_spread(network.induced_subgraph(part).simplify())), strict=True))


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


def _apart(positions: dict[str, Point], boxes: Mapping[str, Box], links: Sequence[Link]) -> dict[str, Point]:
    """Push overlapping boxes, and the labels midway between them, apart along the shorter way."""
    own = [link for link in links if link.a in positions]
    if len(positions) + len(own) > CROWD_LIMIT:
        return positions
    sizes = [(boxes[id].width, boxes[id].height) for id in positions] + [(link.width, link.height) for link in own]
    owners = [(id,) for id in positions] + [(link.a, link.b) for link in own]
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


Cell = tuple[int, int]


def _packed(parts: list[dict[str, Point]], sizes: Mapping[str, Box], links: Sequence[Link]) -> dict[str, Point]:
    """The parts side by side, the largest first, each as near the middle as it fits."""
    placed: dict[str, Point] = {}
    taken: set[Cell] = set()
    searches: dict[Cell, Iterator[Cell]] = {}  # where one part did not fit, the next of its size will not
    reach = sum(math.prod(_cell(side) + 3 for side in _frame(part, sizes)[2:]) for part in parts)
    for part in parts:
        left, top, width, height = _frame(part, sizes)
        part = {id: (x - left, y - top) for id, (x, y) in part.items()}
        cells = _cells(part, sizes, links)
        size = _cell(width), _cell(height)
        spots = searches.setdefault(size, _spots(size, reach))
        below = (-size[0] // 2, max((y for _, y in taken), default=0) + 1)
        dx, dy = next((spot for spot in spots if not any((x + spot[0], y + spot[1]) in taken for x, y in cells)), below)
        taken |= {(x + dx, y + dy) for x, y in cells}
        placed |= {id: (x + dx * CELL, y + dy * CELL) for id, (x, y) in part.items()}
    left, top, _, _ = _frame(placed, sizes)
    return {id: (x - left, y - top) for id, (x, y) in placed.items()}


def _spots(size: Cell, area: int) -> Iterator[Cell]:
    """Where the upper left corner of a part may go, from the middle outwards in the shape of the view."""
    (width, height), aspect = size, VIEW[0] / VIEW[1]
    across, down = (math.isqrt(int(each)) * 3 // 4 for each in (area * aspect, area / aspect))
    columns, rows = range(-across - width, across + 1), range(-down - height, down + 1)
    far = {
        (x, y): (max(abs(2 * x + width) + width, aspect * (abs(2 * y + height) + height)), abs(2 * x + width))
        for x in columns
        for y in rows
    }
    yield from sorted(far, key=lambda spot: (far[spot], spot))


def _cells(part: dict[str, Point], sizes: Mapping[str, Box], links: Sequence[Link]) -> set[Cell]:
    """The squares that a part covers, with its edges, and those about its boxes."""
    cells: set[Cell] = set()
    for id, (x, y) in part.items():
        columns = range(_cell(x - sizes[id].width / 2) - 1, _cell(x + sizes[id].width / 2) + 2)
        rows = range(_cell(y - sizes[id].height / 2), _cell(y + sizes[id].height / 2) + 1)
        cells |= {(column, row) for column in columns for row in rows}
    for link in links:
        if link.a in part:
            (ax, ay), (bx, by) = part[link.a], part[link.b]
            steps = 1 + int(math.dist((ax, ay), (bx, by)) / CELL * 2)
            ways = (step / steps for step in range(steps + 1))
            cells |= {(_cell(ax + (bx - ax) * way), _cell(ay + (by - ay) * way)) for way in ways}
    return cells


def _cell(position: float) -> int:
    return math.floor(position / CELL)


def _frame(part: dict[str, Point], sizes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    """Left, top, width and height of a part with the room that its boxes take."""
    left = min(x - sizes[id].width / 2 for id, (x, _) in part.items())
    right = max(x + sizes[id].width / 2 for id, (x, _) in part.items())
    top = min(y - sizes[id].height / 2 for id, (_, y) in part.items())
    bottom = max(y + sizes[id].height / 2 for id, (_, y) in part.items())
    return left, top, right - left, bottom - top
