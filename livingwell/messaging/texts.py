"""What fits into a text message: 160 plain signs, or 70 as soon as one is out of the ordinary."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

ONE: Final = 160
BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1); those of EXTENDED take two places each."""
EXTENDED: Final = frozenset("\f^{}\\[~]|€")
PLAIN: Final = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "\u00a0": " ",
        "•": "-",
        "·": "-",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
    }
)


def is_plain(text: str) -> bool:
    """Whether every phone can show it at 160 signs a message."""
    return all(sign in BASIC or sign in EXTENDED for sign in text)


def length(text: str) -> int:
    """How many places it takes: septets where it is plain, else UTF-16 units."""
    if is_plain(text):
        return sum(2 if sign in EXTENDED else 1 for sign in text)
    return len(text.encode("utf-16-be")) // 2


def segments(text: str) -> int:
    """How many messages it is sent and paid as."""
    whole, part = (ONE, 153) if is_plain(text) else (70, 67)
    return 1 if length(text) <= whole else -(-length(text) // part)


def plain(text: str) -> str:
    """The same words in signs that every phone knows: straight quotes, hyphens, rarer letters without accents."""
    known = "".join(_plain_sign(sign) for sign in text.translate(PLAIN))
    return re.sub(r" +", " ", known).strip()


def _plain_sign(sign: str) -> str:
    if sign in BASIC or sign in EXTENDED:
        return sign
    if sign.isspace() or unicodedata.category(sign) == "Cc":
        return " "  # a tab, a separator or another sign of control: what it stood between stays apart
    base = unicodedata.normalize("NFKD", sign)
    return "".join(each for each in base if each in BASIC)


def shortened(text: str, places: int) -> str:
    """As much of a plain text as fits, cut at a word, with dots where something is left out."""
    if length(text) <= places:
        return text
    kept = text
    while kept and length(kept) > places - 3:
        kept = kept[:-1]
    at_word = kept.rfind(" ")
    return (kept[:at_word] if at_word > places // 2 else kept).rstrip(" ,;:-.") + "..."
