"""Languages by code and by name. Source: the names of Unicode CLDR, through the package Babel."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from babel import Locale

from livingwell.themes.words import fold

ALSO: Final = {
    "farsi": "fa",
    "persian": "fa",
    "mandarin": "zh",
    "cantonese": "yue",
    "twi": "ak",
    "tigrinya": "ti",
}


@lru_cache(maxsize=10)
def _names(language: str = "en") -> dict[str, str]:
    return {code: name for code, name in Locale(language).languages.items() if "_" not in code}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {fold(name): code for code, name in _names().items()} | ALSO


def code_of(name: str, code: str = "") -> str:
    """The code of ISO 639 for a language as a feed or a person writes it; empty where it is none we know."""
    given = code.strip().lower().split("-")[0]
    if given in _names():
        return given
    words = fold(name or code).strip()
    return words if words in _names() else _codes().get(words, "")


def name_of(code: str, language: str = "en") -> str:
    """The name of a language in another, else in English; the code itself where there is none."""
    return _names(language).get(code) or _names().get(code, code)


_COMMON: Final = "am ar bn es fa fr gu hi it ku pl ps pt ro so ti tr uk ur vi yo yue zh"


def asked(language: str = "en") -> list[tuple[str, str]]:
    """Languages that people look for a service in, by name; any other is still shown on the page of a service."""
    return sorted(
        ((code, name_of(code, language)) for code in _COMMON.split()), key=lambda pair: fold(pair[1])
    )
