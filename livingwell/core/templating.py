"""How pages are made: one Jinja2 environment with the design system's components and ours."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language_bidi, gettext, ngettext
from jinja2 import ChainableUndefined, Environment

from livingwell.core import dates, filters, languages


def environment(**options: Any) -> Environment:
    """The environment of Django's Jinja2 backend. The design system's macros ask for what is not there."""
    ours = {
        "extensions": ["jinja2.ext.i18n"],
        "trim_blocks": True,
        "lstrip_blocks": True,
        "undefined": ChainableUndefined,
    }
    made = Environment(**{**options, **ours})  # noqa: S701 - the backend passes autoescape=True
    made.globals.update(
        english_names=languages.IN_ENGLISH,
        static=static,
        url=_url,
        language_tag=languages.tag,
        right_to_left=get_language_bidi,
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(
        as_written=languages.as_written,
        its_language=languages.its_language,
        day=filters.day,
        day_of=dates.day_of,
        hour_of=filters.hour_of,
        kilometres=filters.kilometres,
        mistake=filters.mistake,
        mistake_beside=filters.mistake_beside,
        moment=filters.moment,
        telephone=filters.telephone,
        typed=filters.typed,
        web_address=filters.web_address,
        without_scheme=filters.without_scheme,
    )
    return made


def _url(name: str, **parts: object) -> str:
    return reverse(name, kwargs=parts or None)


def site(request: HttpRequest) -> dict[str, object]:
    """What every page may say of the site: its public address, who runs it, whom to ring when somebody may be harmed.

    Whether somebody is signed in is asked only of browsers that bring a session: others cost no query.
    """
    return {
        "site_url": site_url(request),
        "contact": getattr(settings, "CONTACT", ""),
        "demonstration": settings.DEMONSTRATION,
        "safeguarding": settings.SAFEGUARDING,
        "has_session": settings.SESSION_COOKIE_NAME in request.COOKIES,
        **languages.offered(request),
    }


def site_url(request: HttpRequest) -> str:
    """The public address of the site, without a slash at the end: as it is set, else as it was asked for."""
    if settings.SITE_URL:
        return str(settings.SITE_URL)
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""  # The page that says so must itself be shown.
