"""The catalogues of translations: where they are, and compiled when they are older than their text."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from livingwell.core.languages import ENGLISH, OWN_NAMES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER: Final = Path(__file__).resolve().parent.parent / "locale"


def path(code: str) -> Path:
    """Where the catalogue of a language is kept."""
    return FOLDER / code / "LC_MESSAGES" / "django.po"


def translated() -> list[str]:
    """The languages that need a catalogue."""
    return [code for code in OWN_NAMES if code != ENGLISH]


def read(code: str) -> Catalog:
    """The catalogue of a language as it stands in its file."""
    with path(code).open("rb") as file:
        return read_po(file, locale=code, domain="django")


def compile_stale() -> None:
    """Compile each catalogue that changed since it was compiled. Two processes at once do no harm to each other."""
    for code in translated():
        source, made = path(code), path(code).with_suffix(".mo")
        if source.exists() and (not made.exists() or made.stat().st_mtime < source.stat().st_mtime):
            compiled = BytesIO()
            write_mo(compiled, read(code))
            fresh = made.with_name(f"{made.name}.{os.getpid()}")
            fresh.write_bytes(compiled.getvalue())
            fresh.replace(made)
