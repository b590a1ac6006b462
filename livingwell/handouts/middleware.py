"""The list that somebody carries along: read from its cookie once, written back when it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.cache import patch_cache_control

from livingwell.handouts import chosen
from livingwell.messaging.models import Channel
from livingwell.messaging.queries import can_send

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from livingwell.handouts.chosen import Chosen


class ListMiddleware:
    """Costs no query. Who keeps nothing gets the same page as everybody, so it may be cached; others' are private.

    A page that answers a form nobody can come back to, such as a story, sends the form again with `keep` in it: the
    page is shown again, and the thing is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = chosen.read(request.COOKIES.get(chosen.COOKIE, ""))
        wanted = before
        if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
            for service in chosen.ids(request.POST.getlist("keep")):
                wanted = chosen.kept(wanted, service)
            for service in chosen.ids(request.POST.getlist("unkeep")):
                wanted = chosen.without(wanted, service)
        request.my_list = wanted  # type: ignore[attr-defined]
        response = self.get_response(request)
        now: Chosen = request.my_list  # type: ignore[attr-defined]
        if now != before and response.status_code < 400:
            write(response, now)
        if before or now:
            patch_cache_control(response, private=True)
        return response


def write(response: HttpResponse, now: Chosen) -> None:
    """Put the list into the browser until it closes, or take the cookie away."""
    if not now:
        response.delete_cookie(chosen.COOKIE, samesite="Lax")
        return
    response.set_cookie(
        chosen.COOKIE,
        chosen.written(now),
        httponly=True,
        secure=settings.SECURE_COOKIES,
        samesite="Lax",
    )


def my_list(request: HttpRequest) -> dict[str, object]:
    """For every template: `my_list`, the ids on the list, as text; `takes`, how things can be sent to oneself."""
    kept = getattr(request, "my_list", ())
    takes = frozenset(str(channel) for channel in (Channel.TEXT, Channel.EMAIL) if can_send(channel))
    return {"my_list": frozenset(map(str, kept)), "my_list_number": len(kept), "takes": takes}
