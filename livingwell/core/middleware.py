"""What holds for every answer: privacy headers, and refusals that are shown, not hidden."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from livingwell.core.errors import Refusal

Answer = Callable[[HttpRequest], HttpResponse]


class PrivacyMiddleware:
    """Ask browsers to use no device feature and to be shown nowhere else; the address names no need of a person."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class RefusalMiddleware:
    """Show any refusal that a view did not handle as a plain 409 page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return render(request, "core/errors/409.jinja", {"reason": str(error)}, status=409)
        return None
