"""Words that travel on while somebody signs in: from form to form in their browser, and nowhere else.

Somebody writes a story, wants to keep it, and has to sign in first. The story stands in a hidden field of each form on
the way, never in an address, a cookie, the session or a log. So no step may answer with a redirect: it carries nothing.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve
from django.views.decorators.debug import sensitive_post_parameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

CARRIED: Final = "story"
LONGEST: Final = 10_000
REDIRECTS: Final = (301, 302, 303)


def carried(request: HttpRequest) -> str:
    """The words that travel with this request."""
    return request.POST.get(CARRIED, "")[:LONGEST]


def carrying(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a step of signing in hand on the words that came with it, to the next step and at last to where they go."""

    @wraps(view)
    @sensitive_post_parameters(CARRIED)
    def handing_on(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        answer = view(request, *args, **named)
        words = carried(request)
        if not words:
            return answer
        if answer.status_code in REDIRECTS:
            there = urlsplit(answer.headers["Location"])
            if request.user.is_authenticated:
                # From here on the page may say that somebody is signed in, though no cookie has come back yet.
                request.COOKIES[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
                answer = render(request, "people/carry_on.jinja", {"to": there.path, "words": words})
            else:
                answer = _step(request, there.path, there.query)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return handing_on


def _step(request: HttpRequest, path: str, query: str) -> HttpResponse:
    """The page of the next step, answered at once instead of being sent for."""
    step = resolve(path)
    request.method = "GET"
    request.GET = QueryDict(query)
    answer: HttpResponse = step.func(request, *step.args, **step.kwargs)
    if hasattr(answer, "render"):
        answer.render()
    return answer
