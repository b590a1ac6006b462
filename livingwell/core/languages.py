"""The languages of the screens: which there are, which a visitor chose, which one their browser would rather have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from django.http import HttpRequest

ENGLISH: Final = "en"
OWN_NAMES: Final = {"en": "English", "pt": "Português", "es": "Español", "so": "Soomaali", "fr": "Français"}
"""Each language in its own words, in the order in which they are offered."""
IN_ENGLISH: Final = {"pt": "Portuguese", "es": "Spanish", "so": "Somali", "fr": "French"}
"""What to say on the telephone to somebody who only speaks English."""
DRAFTED_BY_MACHINE: Final = frozenset({"pt", "es", "so", "fr"})
"""Those whose translation no speaker has confirmed yet: each page in them says so."""
TERRITORIES: Final = {"en": "en_GB", "pt": "pt_PT", "es": "es_ES", "so": "so_SO", "fr": "fr_FR"}
OFFERS: Final = {
    "pt": "Ver esta página em português",
    "es": "Ver esta página en español",
    "so": "Boggan ku akhri Soomaali",
    "fr": "Voir cette page en français",
}
"""What is said to somebody whose browser asks for a language that we have, before they chose one."""
ONLY_ENGLISH: Final = {
    "pt": "Esta página só existe em inglês.",
    "es": "Esta página solo está en inglés.",
    "so": "Boggan wuxuu ku qoran yahay Ingiriis oo keliya.",
    "fr": "Cette page n’existe qu’en anglais.",
}
COOKIE: Final = "language"
ASKED: Final = "lang"
"""The word in an address that chooses a language: `?lang=pt`."""
YEAR: Final = 365 * 24 * 3600


class AsWritten(str):
    """Words that stay as whoever runs a service wrote them, whatever language the page is in."""

    __slots__ = ()


def chosen(request: HttpRequest) -> str:
    """The language that the visitor chose, in the address or before; empty where they never did."""
    for said in (request.GET.get(ASKED, ""), request.COOKIES.get(COOKIE, "")):
        if said in OWN_NAMES:
            return said
    return ""


def current() -> str:
    """The language of the page that is being made."""
    code = (translation.get_language() or ENGLISH).split("-")[0]
    return code if code in OWN_NAMES else ENGLISH


def activate(code: str) -> None:
    """Make pages in this language from here on, in this thread."""
    translation.activate(settings.LANGUAGE_CODE if code == ENGLISH else code)


def preferred(accepted: str) -> str:
    """The first language of an Accept-Language header that we have; empty where it is none of ours."""
    for code, _quality in parse_accept_lang_header(accepted[:500]):
        if code.split("-")[0] in OWN_NAMES:
            return code.split("-")[0]
    return ""


def tag() -> str:
    """The language of the page as HTML wants it."""
    return "en-GB" if current() == ENGLISH else current()


def as_written(text: object) -> Markup:
    """Words of a service, marked as English where the page is in another language."""
    if current() == ENGLISH or not text:
        return escape(text)
    return Markup('<span lang="en">{}</span>').format(text)


def its_language(text: object) -> Markup:
    """Words that may be ours or a service's: marked only in the second case."""
    return as_written(text) if isinstance(text, AsWritten) else escape(text)


def address(request: HttpRequest, code: str) -> str:
    """The same page in another language."""
    query = request.GET.copy()
    query[ASKED] = code
    return f"{request.path}?{query.urlencode()}"


def offered(request: HttpRequest) -> dict[str, Any]:
    """What a page says of languages: which it is in, the others, and one to offer on a first visit."""
    page = getattr(request, "in_languages", False)
    here = current()
    first = getattr(request, "first_visit", False)
    better = preferred(request.headers.get("Accept-Language", "")) if first else ""
    return {
        "in_languages": page,
        "language_here": here,
        "languages": [(code, name, address(request, code)) for code, name in OWN_NAMES.items()],
        "language_offer": better if page and better != here else "",
        "drafted": here in DRAFTED_BY_MACHINE,
        "offer_words": OFFERS,
        "only_english": ONLY_ENGLISH,
        "language_query": f"?{ASKED}={here}" if page and here != ENGLISH else "",
        "og_locale": TERRITORIES[here],
        "wished": getattr(request, "wished", ENGLISH),
    }
