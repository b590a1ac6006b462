"""Signing in with a provider: on the way there, and on the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from livingwell.people.provider import Adapter

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_safe
def there(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to a provider; say so kindly when it does not answer."""
    return _through(OAuth2LoginView, request, provider_id)


@never_cache
@require_safe
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take somebody in who comes back from a provider, once every part of its answer is verified."""
    return _through(OAuth2CallbackView, request, provider_id)


def _through(view: type, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(Adapter(request, provider_id))(request)  # type: ignore[attr-defined]
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, RequestException):
        return render(request, "socialaccount/authentication_error.jinja", status=502)
    return answer


@never_cache
@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Somebody changed their mind on the way."""
    return render(request, "socialaccount/login_cancelled.jinja")
