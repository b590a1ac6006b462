"""The door before the pages of staff: nobody signed in comes through without a second step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from livingwell.people.proof import second_step_taken

if TYPE_CHECKING:
    from collections.abc import Callable

STAFF_AREAS: Final = ("/keeping/", "/people/", "/walking-with/")
"""Where only staff and those who see others' pages go. Each view there asks its own permission besides."""


class StaffMiddleware:
    """Send whoever is signed in with one step only, and comes to a page of staff, to take the second step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.path.startswith(STAFF_AREAS)
            and settings.SESSION_COOKIE_NAME in request.COOKIES
            and request.user.is_authenticated
            and not second_step_taken(request)
        ):
            back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
            return HttpResponseRedirect(f"{reverse('people:second-step')}?{urlencode({'next': back})}")
        return self.get_response(request)
