"""Pages for paper, as PDF: large type, our own typeface, tagged for screen readers. Nothing is fetched."""

from __future__ import annotations

import base64
import contextlib
import ctypes
import functools
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from livingwell.core.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

WAIT: Final = 5.0
"""Seconds that somebody waits for their turn: one page is laid out at a time, so that the other threads stay free."""

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


def laid_out(page: str) -> bytes:
    """HTML laid out for paper. Only what stands in it is used: no address is followed, here or on the web."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    if not _turn.acquire(timeout=WAIT):
        raise Refusal("Many people are printing at the moment. Wait a minute and try again.")
    try:
        closed = URLFetcher(allowed_protocols=["data"])
        return bytes(
            HTML(string=page, url_fetcher=closed, base_url="data:").write_pdf(pdf_variant="pdf/ua-1")
        )
    finally:
        _turn.release()


def qr(address: str) -> str:
    """A square that a phone's camera reads, as an image in the page itself."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=0)


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
