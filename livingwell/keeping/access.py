"""Who may open the pages that keep the network: a stranger is asked to sign in, anybody else needs the right."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from livingwell.core.views import forbidden
from livingwell.keeping.queries.keepers import keeper_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse

    from livingwell.keeping.queries.keepers import Keeper

    View = Callable[..., HttpResponse]


class Permission(Protocol):
    """A predicate of `people.permissions`."""

    def __call__(self, user: AbstractBaseUser | AnonymousUser, /, *, at: datetime) -> bool: ...


def staff(permission: Permission) -> Callable[[View], View]:
    """Show the page to those who hold the right: strangers go to sign in (302), others are told no (403).

    Nothing of such a page is kept by a browser or a proxy.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if permission(request.user, at=timezone.now()):
                response = view(request, *args, **kwargs)
            elif request.user.is_authenticated or not (door := _sign_in()):
                response = forbidden(request, PermissionError())
            else:
                response = HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return guarded

    return decorate


def who(request: HttpRequest) -> str:
    """The name under which what this signed-in person does is written down."""
    return str(getattr(request.user, "email", ""))


def keeper(request: HttpRequest) -> Keeper | None:
    """Who keeps entries right in this browser: an editor, a provider, or whoever came in by a link; else None."""
    door = request.session.get("door", "") if settings.SESSION_COOKIE_NAME in request.COOKIES else ""
    return keeper_of(request.user, door, at=timezone.now())


def kept_by(view: View) -> View:
    """Show a page of one entry to those who keep it: editors, its providers, its people who came by a link."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, pk: UUID, **kwargs: Any) -> HttpResponse:
        found = keeper(request)
        if found is not None and found.may(pk):
            response = view(request, *args, pk=pk, **kwargs)
        elif found is not None or request.user.is_authenticated:
            response = forbidden(request, PermissionError())
        else:
            response = HttpResponseRedirect(f"{_sign_in()}?{urlencode({'next': request.get_full_path()})}")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return guarded


def _sign_in() -> str:
    """The address where one signs in; empty as long as there is none."""
    try:
        return reverse("people:sign-in")
    except NoReverseMatch:
        return ""
