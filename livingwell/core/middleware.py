"""What holds for every answer: privacy headers, the visitor's language, refusals that are shown, not hidden."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from livingwell.core import languages
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


class LanguageMiddleware:
    """Make pages in the language that the visitor chose, and remember it in their browser.

    Some pages are in English only: those of staff, those where opening times are read from words, open data.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(languages.ASKED, "")
        wished = languages.chosen(request)
        request.first_visit = not wished  # type: ignore[attr-defined]
        request.wished = wished or languages.ENGLISH  # type: ignore[attr-defined]
        request.in_languages = True  # type: ignore[attr-defined]
        if languages.ASKED in request.GET:
            rest = request.GET.copy()
            del rest[languages.ASKED]
            request.GET = rest  # type: ignore[assignment]
        before = translation.get_language()
        languages.activate(wished or languages.ENGLISH)
        try:
            response = self.get_response(request)
            self._say(request, response)
        finally:
            translation.activate(before or settings.LANGUAGE_CODE)
        if asked == wished and asked:
            response.set_cookie(
                languages.COOKIE,
                asked,
                max_age=languages.YEAR,
                secure=settings.SECURE_COOKIES,
                httponly=True,
                samesite="Lax",
            )
            patch_cache_control(response, private=True)
        return response

    def process_view(self, request: HttpRequest, view: Answer, args: object, named: object) -> None:
        match = request.resolver_match
        if match is None or match.app_name not in settings.APPS_IN_LANGUAGES:
            request.in_languages = False  # type: ignore[attr-defined]
            languages.activate(languages.ENGLISH)

    def _say(self, request: HttpRequest, response: HttpResponse) -> None:
        if request.in_languages and response.headers.get("Content-Type", "").startswith("text/html"):  # type: ignore[attr-defined]
            response.headers.setdefault("Content-Language", languages.tag())
            patch_vary_headers(response, ("Cookie", "Accept-Language"))


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
