"""What views share: who is asking, as far as it must be known, and how often."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from livingwell.core import actions
from livingwell.core.views import too_many

HOUR: Final = timedelta(hours=1)
View = Callable[..., HttpResponse]


def address_of(request: HttpRequest) -> str:
    """The address a request came from; behind our own proxies, the one that the outermost of them saw."""
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def id_of(said: str) -> UUID | None:
    """The id that an address or a form names; None where it names none."""
    try:
        return UUID(said)
    except ValueError:
        return None


def page_number(said: str) -> int:
    """The number of a screen of a list that an address or a form names; the first where it names none."""
    return int(said[:6]) if said.isdecimal() else 1


def too_often(request: HttpRequest, setting: str, *, within: timedelta) -> bool:
    """Whether one address does this more often than the setting gives for this time, this once included."""
    done = actions.count(setting, address_of(request), within=within, at=timezone.now())
    return done > int(getattr(settings, setting))


def at_most(setting: str, *, within: timedelta) -> Callable[[View], View]:
    """Answer 429, kindly, to a POST beyond the number that the setting gives for one address in this time."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *parts: Any, **named: Any) -> HttpResponse:
            if request.method == "POST" and too_often(request, setting, within=within):
                return too_many(request, hour=within >= HOUR)
            return view(request, *parts, **named)

        return limited

    return decorate


def private(response: HttpResponse) -> HttpResponse:
    """What somebody opened by a link of their own: no search engine keeps it, no other site learns of the link."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
