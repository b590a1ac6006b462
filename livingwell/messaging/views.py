"""Where providers knock: receipts of what was sent, and texts that come in. Each must prove who it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from livingwell.messaging import webhooks
from livingwell.messaging.actions import news

if TYPE_CHECKING:
    from django.http import HttpRequest


@csrf_exempt
@require_POST
def receipts(request: HttpRequest, provider: str) -> HttpResponse:
    """What became of a message."""
    if not _proven(request, provider):
        return HttpResponseForbidden()
    if provider == "notify":
        said = _json(request)
        if said is None:
            return HttpResponseBadRequest()
        receipt = webhooks.notify_receipt(said)
    else:
        receipt = webhooks.twilio_receipt(request.GET.get("message", ""), request.POST.dict())
    if receipt is not None:
        news.note_receipt(receipt, by=provider, at=timezone.now())
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def inbound(request: HttpRequest, provider: str) -> HttpResponse:
    """A text that somebody sent to us."""
    if not _proven(request, provider):
        return HttpResponseForbidden()
    said = _json(request) if provider == "notify" else request.POST.dict()
    names = ("id", "source_number", "message") if provider == "notify" else ("MessageSid", "From", "Body")
    if said is None or not all(isinstance(said.get(name), str) for name in names) or not said[names[0]]:
        return HttpResponseBadRequest()
    reference, sender, body = (said[name] for name in names)
    news.receive(provider=provider, reference=reference[:100], sender=sender, body=body, at=timezone.now())
    if provider == "notify":
        return HttpResponse(status=204)
    return HttpResponse('<?xml version="1.0" encoding="UTF-8"?><Response/>', content_type="text/xml")


def _proven(request: HttpRequest, provider: str) -> bool:
    """Whether it is the provider that it says it is. One that is not set up is not there."""
    if provider == "notify" and settings.NOTIFY_CALLBACK_TOKEN:
        return webhooks.is_notify(request.headers.get("Authorization", ""), settings.NOTIFY_CALLBACK_TOKEN)
    if provider == "twilio" and settings.TWILIO_AUTH_TOKEN:
        address = (
            f"{settings.SITE_URL}{request.get_full_path()}"
            if settings.SITE_URL
            else request.build_absolute_uri()
        )
        signature = request.headers.get("X-Twilio-Signature", "")
        return webhooks.is_twilio(address, request.POST, signature, settings.TWILIO_AUTH_TOKEN)
    raise Http404


def _json(request: HttpRequest) -> dict[str, Any] | None:
    try:
        said = json.loads(request.body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
