"""Pages for paper, as PDF: large type, our own typeface, tagged for screen readers. Nothing is fetched."""

from __future__ import annotations

import base64
import contextlib
import ctypes
import functools
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from livingwell.core.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weasyprint import Document

WAIT: Final = 5.0
"""Seconds that somebody waits for their turn: one page is laid out at a time, so that the other threads stay free."""

VARIANT: Final = "pdf/ua-1"
SIDES: Final = 2
LARGE: Final = ("roomy", "close", "tight", "short")
"""How a list in large type is tried: everything; less air; two lines for each fact; one line. The first that fits two
pages is taken. The type is never smaller than 14 points.
"""
FOLDED: Final = ((14, 600), (13, 400), (12, 300), (11, 200), (10, 140), (9, 90))
"""How a leaflet to fold is tried: points of its type, letters of a long text; the first that fits is taken."""

_turn = threading.Lock()


@functools.cache
def can_be_made() -> bool:
    """Whether this machine has Pango, with which WeasyPrint lays out pages. Looked for without loading the rest."""
    for name in ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0.dll", "libpangoft2-1.0.dylib"):
        with contextlib.suppress(OSError):
            return bool(ctypes.CDLL(name))
    return False


def pdf(template: str, context: Mapping[str, object]) -> bytes:
    """The page as PDF/UA. A Refusal where too many are asked for at once."""
    return laid_out(render_to_string(template, {**context, "faces": faces()}))


def large(template: str, context: Mapping[str, object]) -> bytes:
    """A list on one or two pages, told `way` of LARGE: the roomiest that fits, else the last of them."""
    with _alone():
        tries = (
            _document(render_to_string(template, {**context, "faces": faces(), "way": way})) for way in LARGE
        )
        for sheet in tries:
            if len(sheet.pages) <= SIDES:
                break
        return bytes(sheet.write_pdf(pdf_variant=VARIANT))


def folded(template: str, context: Mapping[str, object]) -> bytes:
    """Four small pages on the two sides of one sheet: the template with as much as fits, in type as large as fits.

    The template is given `size`, of its type in points, and `most`, so many letters of a long text.
    """
    with _alone():
        tries = (
            _document(render_to_string(template, {**context, "faces": faces(), "size": size, "most": most}))
            for size, most in FOLDED
        )
        sheet = next((each for each in tries if len(each.pages) == SIDES), None)
        if sheet is None:
            raise Refusal("This is too much for a leaflet to fold. Print it large instead.")
        return bytes(sheet.write_pdf(pdf_variant=VARIANT))


def laid_out(page: str) -> bytes:
    """HTML laid out for paper. Only what stands in it is used: no address is followed, here or on the web."""
    with _alone():
        return bytes(_document(page).write_pdf(pdf_variant=VARIANT))


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    if not _turn.acquire(timeout=WAIT):
        raise Refusal("Many people are printing at the moment. Wait a minute and try again.")
    try:
        yield
    finally:
        _turn.release()


def _document(page: str) -> Document:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    closed = URLFetcher(allowed_protocols=["data"])
    return HTML(string=page, url_fetcher=closed, base_url="data:").render(pdf_variant=VARIANT)


@functools.cache
def faces() -> tuple[tuple[int, str], ...]:
    """Our typeface in its two weights, as data; nothing where the style sheet was not built."""
    found = []
    for weight in (400, 700):
        path = finders.find(f"build/fonts/atkinson-hyperlegible-latin-{weight}-normal.woff2")
        if isinstance(path, str):
            data = base64.b64encode(Path(path).read_bytes()).decode()
            found.append((weight, f"data:font/woff2;base64,{data}"))
    return tuple(found)
