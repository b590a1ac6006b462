"""Messages that only a person can settle, texts that came in, and how far the others came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from livingwell.keeping.access import staff, who
from livingwell.messaging.actions import news
from livingwell.messaging.models import Inbound, Message, Status
from livingwell.messaging.queries import outbox
from livingwell.people.permissions import may_edit_the_directory

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

OUTCOMES: Final = {"went": Status.SENT, "again": Status.QUEUED, "leave": Status.CANCELLED}


@require_safe
@staff(may_edit_the_directory)
def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "keeping/messages.jinja", {"outbox": outbox()})


@require_POST
@staff(may_edit_the_directory)
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say of a message that it went, that it is to go again, or that it is let be."""
    message = get_object_or_404(Message, pk=pk)
    status = OUTCOMES.get(request.POST.get("outcome", ""))
    if status is not None:
        news.settle(message, status, by=who(request), at=timezone.now())
    return redirect("keeping:messages")


@require_POST
@staff(may_edit_the_directory)
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody has read a text that came in."""
    news.read(get_object_or_404(Inbound, pk=pk), by=who(request), at=timezone.now())
    return redirect("keeping:messages")
