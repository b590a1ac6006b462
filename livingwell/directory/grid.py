"""The map as squares: a quick way to ask for what is near, before measuring how far it really is.

A square is 0.05° of latitude high and 0.08° of longitude wide: about 5.6 km by 5.6 km in London. A `fine` of five
makes each side a fifth of that, for what is near in a crowded town.
"""

from __future__ import annotations

from math import asin, ceil, cos, degrees, floor, pi, radians, sin, sqrt
from typing import Final

HEIGHT: Final = 0.05  # degrees of latitude
WIDTH: Final = 0.08  # degrees of longitude
ROWS: Final = 3600
COLUMNS: Final = 4500
EARTH_KM: Final = 6371.0088  # mean radius
FARTHEST_KM: Final = 500.0  # beyond this, squares are no help: ask for everything instead


FINE: Final = 5


def cell_of(latitude: float, longitude: float, fine: int = 1) -> int:
    """The number of the square that a point (degrees, WGS 84) lies in. Raises ValueError off the map."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"There is no such point: {latitude}, {longitude}.")
    columns = COLUMNS * fine
    row = min(floor((latitude + 90) * fine / HEIGHT), ROWS * fine - 1)
    return row * columns + floor((longitude + 180) * fine / WIDTH) % columns


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance between two points (degrees) over the ground, as the crow flies."""
    north, other_north = radians(latitude), radians(other_latitude)
    half_north = (other_north - north) / 2
    half_east = radians(other_longitude - longitude) / 2
    chord = sin(half_north) ** 2 + cos(north) * cos(other_north) * sin(half_east) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def cells_around(latitude: float, longitude: float, km: float, fine: int = 1) -> list[int]:
    """The squares in which something at most `km` away may lie, the square of the point first, then outwards.

    Never too few; at the corners a few too many. `km` is at most FARTHEST_KM; ValueError otherwise.
    """
    if not 0 <= km <= FARTHEST_KM:
        raise ValueError(f"{km} km is not between 0 and {FARTHEST_KM:.0f}.")
    home = cell_of(latitude, longitude, fine)
    height, columns = HEIGHT / fine, COLUMNS * fine
    home_row, home_column = divmod(home, columns)
    high = degrees(km / EARTH_KM)
    lowest = max(floor((latitude - high + 90) / height), 0)
    highest = min(floor((latitude + high + 90) / height), ROWS * fine - 1)
    aside = _columns_aside(latitude, km, fine)
    found: dict[int, float] = {home: -1.0}
    for row in range(lowest, highest + 1):
        for step in range(-aside, aside + 1):
            cell = row * columns + (home_column + step) % columns
            gap = _gap_km(latitude, longitude, row, (home_column + step) % columns, fine)
            if gap <= km and cell not in found:
                found[cell] = gap + abs(row - home_row) * 1e-6
    return sorted(found, key=found.__getitem__)


def _columns_aside(latitude: float, km: float, fine: int) -> int:
    """How many squares to the east and to the west a circle round this latitude can touch."""
    spread = km / EARTH_KM
    if radians(abs(latitude)) + spread >= pi / 2:
        return COLUMNS * fine // 2
    east = degrees(asin(min(1.0, sin(spread) / cos(radians(latitude)))))
    return min(ceil(east * fine / WIDTH), COLUMNS * fine // 2)


def _gap_km(latitude: float, longitude: float, row: int, column: int, fine: int) -> float:
    """No more than the distance from a point to the nearest point of a square."""
    height, width = HEIGHT / fine, WIDTH / fine
    south = row * height - 90
    west = column * width - 180
    east_gap = min(abs((longitude - edge + 180) % 360 - 180) for edge in (west, west + width))
    if (longitude - west) % 360 <= width:
        east_gap = 0.0
    north_gap = max(south - latitude, latitude - (south + height), 0.0)
    if not east_gap:
        return radians(north_gap) * EARTH_KM * (1 - 1e-9)
    # The nearest point of a meridian lies somewhat poleward of the point itself: measure to that.
    edge = radians(east_gap)
    if edge >= pi / 2:
        return radians(north_gap) * EARTH_KM * (1 - 1e-9)
    to_meridian = asin(min(1.0, cos(radians(latitude)) * sin(edge)))
    return max(to_meridian, radians(north_gap)) * EARTH_KM * (1 - 1e-9)
