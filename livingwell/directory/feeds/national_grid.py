"""From the British National Grid to latitude and longitude, within some five metres: enough to find a door.

After the Ordnance Survey's "A guide to coordinate systems in Great Britain": inverse Transverse Mercator
on the Airy 1830 ellipsoid, then the seven-parameter shift from OSGB36 to WGS 84.
"""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan
from typing import Final

A, B = 6_377_563.396, 6_356_256.909  # Airy 1830, metres
SCALE: Final = 0.9996012717
NORTH, EAST = -100_000.0, 400_000.0  # the false origin
PHI0, LAMBDA0 = radians(49), radians(-2)
E2: Final = 1 - (B * B) / (A * A)
N: Final = (A - B) / (A + B)
A84, B84 = 6_378_137.0, 6_356_752.314245
E84: Final = 1 - (B84 * B84) / (A84 * A84)
SHIFT: Final = (446.448, -125.157, 542.060)  # metres
TURN: Final = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
GROW: Final = 1 - 20.4894e-6


def to_degrees(easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude, WGS 84, of a point given in metres."""
    return _shifted(*_on_airy(easting, northing))


def _arc(phi: float) -> float:
    """Metres along the meridian from the true origin."""
    n2, n3 = N * N, N * N * N
    less, more = phi - PHI0, phi + PHI0
    return (
        B
        * SCALE
        * (
            (1 + N + 1.25 * (n2 + n3)) * less
            - (3 * (N + n2) + 2.625 * n3) * sin(less) * cos(more)
            + 1.875 * (n2 + n3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n3 * sin(3 * less) * cos(3 * more)
        )
    )


def _on_airy(easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude in radians on the Airy ellipsoid."""
    phi = PHI0
    for _ in range(10):
        step = (northing - NORTH - _arc(phi)) / (A * SCALE)
        phi += step
        if abs(step) < 1e-12:
            break
    sine, t = sin(phi), tan(phi)
    nu = A * SCALE / sqrt(1 - E2 * sine * sine)
    rho = A * SCALE * (1 - E2) / (1 - E2 * sine * sine) ** 1.5
    eta2, t2, secant = nu / rho - 1, t * t, 1 / cos(phi)
    d = easting - EAST
    north = phi - (
        t / (2 * rho * nu) * d**2
        - t / (24 * rho * nu**3) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2) * d**4
        + t / (720 * rho * nu**5) * (61 + 90 * t2 + 45 * t2 * t2) * d**6
    )
    east = LAMBDA0 + (
        secant / nu * d
        - secant / (6 * nu**3) * (nu / rho + 2 * t2) * d**3
        + secant / (120 * nu**5) * (5 + 28 * t2 + 24 * t2 * t2) * d**5
        - secant / (5040 * nu**7) * (61 + 662 * t2 + 1320 * t2 * t2 + 720 * t2**3) * d**7
    )
    return north, east


def _shifted(phi: float, lam: float) -> tuple[float, float]:
    """From OSGB36 to WGS 84, by way of metres from the middle of the earth."""
    nu = A / sqrt(1 - E2 * sin(phi) ** 2)
    x, y, z = nu * cos(phi) * cos(lam), nu * cos(phi) * sin(lam), nu * (1 - E2) * sin(phi)
    rx, ry, rz = TURN
    x, y, z = (
        SHIFT[0] + GROW * x - rz * y + ry * z,
        SHIFT[1] + rz * x + GROW * y - rx * z,
        SHIFT[2] - ry * x + rx * y + GROW * z,
    )
    flat = hypot(x, y)
    north = atan2(z, flat * (1 - E84))
    for _ in range(5):
        nu = A84 / sqrt(1 - E84 * sin(north) ** 2)
        north = atan2(z + E84 * nu * sin(north), flat)
    return degrees(north), degrees(atan2(y, x))
