"""Pictures that a phone's camera reads."""

import segno


def qr(address: str, *, border: int = 2) -> str:
    """A QR code of an address, as the data URI of an SVG on white. `border` in modules."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=border, light="#fff")
