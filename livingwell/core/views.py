"""The pages for when something went wrong. Each says what happened and what to do."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def _page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"core/errors/{status}.jinja", status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or the browser took no cookie: their words are one step back, not lost."""
    return render(request, "core/errors/403.jinja", {"stale": True}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def too_many(request: HttpRequest, *, hour: bool = False) -> HttpResponse:
    """Too much at once. `hour`: it may take that long until it is possible again; else ten minutes."""
    return render(request, "core/errors/429.jinja", {"hour": hour}, status=429)


def broken(request: HttpRequest) -> HttpResponse:
    """Anything may be broken, so this page asks for nothing: no request, no database, no address."""
    return HttpResponse(
        render_to_string("core/errors/500.jinja", {"static_url": settings.STATIC_URL}), status=500
    )
