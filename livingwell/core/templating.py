"""How pages are made: one Jinja2 environment with the design system's components and ours."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import Environment

from livingwell.core import filters


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend uses. Unknown names in templates are errors only where used."""
    made = Environment(  # noqa: S701 - the backend passes autoescape=True
        **{**options, "extensions": ["jinja2.ext.i18n"], "trim_blocks": True, "lstrip_blocks": True}
    )
    made.globals.update(static=static, url=_url)
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(
        day=filters.day,
        kilometres=filters.kilometres,
        telephone=filters.telephone,
        web_address=filters.web_address,
    )
    return made


def _url(name: str, **parts: object) -> str:
    return reverse(name, kwargs=parts or None)


def site(request: HttpRequest) -> dict[str, object]:
    """What every page may say of the site: its public address and whether it is a demonstration."""
    address = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    return {"site_url": address, "demonstration": settings.DEMONSTRATION}
