from math import asin, atan2, cos, degrees, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingwell.directory.grid import EARTH_KM, FINE, cell_of, cells_around, distance_km

latitudes = st.floats(-89.9, 89.9)
longitudes = st.floats(-180, 180)


@given(latitudes, longitudes, st.floats(0, 30), st.floats(0, 1), st.floats(0, 6.3))
def test_whatever_is_within_reach_lies_in_a_square_around(
    latitude: float, longitude: float, km: float, part: float, bearing: float
) -> None:
    away = part * km / EARTH_KM
    north = radians(latitude)
    there = asin(max(-1, min(1, sin(north) * cos(away) + cos(north) * sin(away) * cos(bearing))))
    east = atan2(sin(bearing) * sin(away) * cos(north), cos(away) - sin(north) * sin(there))
    other = (degrees(there), (longitude + degrees(east) + 180) % 360 - 180)

    assert cell_of(*other) in cells_around(latitude, longitude, km + 1e-6)
    if abs(latitude) < 70 and km < 8:
        assert cell_of(*other, FINE) in cells_around(latitude, longitude, km + 1e-6, FINE)


@settings(deadline=None)  # near a pole a circle touches thousands of squares
@given(latitudes, longitudes, st.floats(0, 60))
def test_the_square_of_the_point_comes_first_and_none_comes_twice(
    latitude: float, longitude: float, km: float
) -> None:
    cells = cells_around(latitude, longitude, km)

    assert cells[0] == cell_of(latitude, longitude)
    assert len(cells) == len(set(cells))


@given(latitudes, longitudes, latitudes, longitudes)
def test_a_distance_is_the_same_both_ways_and_never_longer_than_half_the_way_round(
    north: float, east: float, other_north: float, other_east: float
) -> None:
    there = distance_km(north, east, other_north, other_east)

    assert there == pytest.approx(distance_km(other_north, other_east, north, east), abs=1e-6)
    assert 0 <= there <= 20_016


def test_brixton_and_stockwell_are_about_a_mile_apart() -> None:
    assert distance_km(51.4627, -0.1145, 51.4723, -0.1228) == pytest.approx(1.21, abs=0.05)


def test_london_is_not_searched_far_and_wide_for_eight_kilometres() -> None:
    assert len(cells_around(51.46, -0.11, 8)) < 25


@pytest.mark.parametrize("point", [(91.0, 0.0), (0.0, 181.0), (-90.5, 0.0)])
def test_a_point_off_the_map_is_refused(point: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no such point"):
        cell_of(*point)


def test_a_circle_as_large_as_a_country_is_refused() -> None:
    with pytest.raises(ValueError, match="not between"):
        cells_around(51.5, 0.0, 900)
