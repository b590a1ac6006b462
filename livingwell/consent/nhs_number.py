"""NHS numbers: ten digits, of which the last checks the others (NHS Data Dictionary, "NHS NUMBER", modulus 11)."""

import re


def plain(typed: str) -> str:
    """Its digits alone, as it is stored."""
    return re.sub(r"[\s-]", "", typed)


def is_right(number: str) -> bool:
    """Whether these are ten digits and the last is the one that belongs to the others."""
    if not re.fullmatch(r"[0-9]{10}", number):
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False))
    return (11 - weighed % 11) % 11 == int(number[9])


def spaced(number: str) -> str:
    """As it is written on letters: 943 476 5919."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""
