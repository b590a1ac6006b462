"""Pictures under the map from elsewhere, if whoever runs this copy wants them: where from, and whom to credit."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Tiles:
    """`template`: an address with {z}, {x} and {y}, or empty; `host`: its origin where that is not ours."""

    template: str = ""
    origin: str = ""
    credit: str = ""
    credit_link: str = ""

    @property
    def host(self) -> str:
        return urlsplit(self.origin).netloc


def read(template: str, credit: str) -> Tiles:
    """The tiles of the settings MAP_TILES and MAP_TILES_CREDIT (words, with an address at the end if there is one)."""
    if not template:
        return Tiles()
    parts = urlsplit(template)
    ours = not parts.netloc and not parts.scheme and template.startswith("/")
    if any(each not in parts.path + "?" + parts.query for each in ("{z}", "{x}", "{y}")):
        raise ImproperlyConfigured(
            "MAP_TILES must hold {z}, {x} and {y}, such as https://tiles.example.org/{z}/{x}/{y}.png"
        )
    if not ours and (parts.scheme != "https" or not parts.hostname or set(parts.netloc) & set("{}*;, '\"@")):
        raise ImproperlyConfigured(
            "MAP_TILES must begin with https:// and one host, or with / for tiles of your own."
        )
    if not credit.strip():
        raise ImproperlyConfigured("MAP_TILES_CREDIT must say whose map it is; its makers ask for that.")
    words, _space, last = credit.strip().rpartition(" ")
    linked = last.startswith("https://")
    return Tiles(
        template,
        "" if ours else f"https://{parts.netloc}",
        (words if linked else credit).strip().rstrip("."),
        last if linked else "",
    )
