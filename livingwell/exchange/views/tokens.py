"""Where a linked-up system gets its token (OAuth 2, RFC 6749, section 4.4)."""

from __future__ import annotations

import base64
import binascii
from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from livingwell.core.http import too_often
from livingwell.exchange import tokens

if TYPE_CHECKING:
    from django.http import HttpRequest

WITHIN = timedelta(minutes=10)


@csrf_exempt
def token(request: HttpRequest) -> JsonResponse:
    """A token for ten minutes, to whoever knows a client's secret. It comes in the header or in the form."""
    if request.method != "POST":
        return _error("invalid_request", "POST here.", status=405, headers={"Allow": "POST"})
    if too_often(request, "TOKENS_PER_TEN_MINUTES", within=WITHIN):
        return _error("slow_down", "Too often. Wait ten minutes.", status=429, headers={"Retry-After": "600"})
    grant = request.POST.get("grant_type", "")
    if grant != "client_credentials":
        kind = "unsupported_grant_type" if grant else "invalid_request"
        return _error(kind, "grant_type is client_credentials.")
    at = timezone.now()
    client = tokens.client_of(*_credentials(request), at=at)
    if client is None:
        return _error("invalid_client", "We do not know this client, or its secret is another.", status=401)
    answer = {
        "access_token": tokens.token_for(client, at=at),
        "token_type": "Bearer",
        "expires_in": int(tokens.LASTS.total_seconds()),
    }
    return _kept_by_nobody(JsonResponse(answer))


def _credentials(request: HttpRequest) -> tuple[str, str]:
    scheme, _space, said = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    try:
        name, _colon, secret = base64.b64decode(said, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    return name, secret


def _error(
    kind: str, words: str, *, status: int = 400, headers: dict[str, str] | None = None
) -> JsonResponse:
    answer = JsonResponse({"error": kind, "error_description": words}, status=status, headers=headers)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Living Well Network"'
    return _kept_by_nobody(answer)


def _kept_by_nobody(answer: JsonResponse) -> JsonResponse:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Pragma"] = "no-cache"
    return answer
