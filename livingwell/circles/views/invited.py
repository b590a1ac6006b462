"""For those who are let in: what an invitation offers and the yes to it, and the pages that others share with them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livingwell.circles import actions, queries
from livingwell.consent.acting import acting
from livingwell.consent.actions import start, withdraw
from livingwell.consent.doors import signed_in
from livingwell.consent.models import Consent, Person
from livingwell.core.errors import Refusal
from livingwell.core.http import id_of
from livingwell.messaging.addresses import masked
from livingwell.messaging.models import Channel
from livingwell.people.models import Account
from livingwell.people.proof import second_step_taken

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """What an invitation offers to whoever holds its link, and, once they are signed in, their yes."""
    at = timezone.now()
    own = request.user if isinstance(request.user, Account) else None
    found = queries.invitation_meant(secret, at=at)
    if found is None:
        return render(request, "circles/invitation_over.jinja", status=410)
    if request.method == "POST":
        if own is None:
            return HttpResponseRedirect(f"{reverse('people:sign-in')}?{urlencode({'next': request.path})}")
        try:
            with acting(own, at=at):
                actions.accept(secret, by=own, at=at)
        except Refusal as refusal:
            return render(request, "core/errors/409.jinja", {"reason": str(refusal)}, status=409)
        return HttpResponseRedirect(reverse("circles-open:sharing"))
    channel = Channel.EMAIL if "@" in found.sent_to else Channel.TEXT
    context = {
        "invited": found,
        "sent_to": masked(channel, found.sent_to) if found.sent_to else "",
        "signed_in": own is not None,
        "theirs": own is not None and own.pk == found.own_of,
        "other": own is not None and bool(found.sent_to) and found.sent_to not in {own.email, own.phone},
    }
    answer = render(request, "circles/invitation.jinja", context)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sharing(request: HttpRequest, viewer: Account, at: datetime) -> HttpResponse:
    """The pages that others share with oneself; stop seeing one; begin a page of one's own."""
    if request.method == "POST" and "start" in request.POST:
        return HttpResponseRedirect(f"/page/{start(by=viewer, at=at).pk}/")
    pages = queries.shared_with(viewer, at=at)
    if pages and not second_step_taken(request):
        return HttpResponseRedirect(f"{reverse('people:second-step')}?{urlencode({'next': request.path})}")
    if request.method == "POST":
        wanted = id_of(request.POST.get("stop", ""))
        received = Consent.objects.visible_to(viewer, at=at).live(at).filter(account=viewer)
        if wanted is None or (consent := received.filter(pk=wanted).first()) is None:
            raise Http404
        withdraw(consent, by=viewer, at=at)
        return HttpResponseRedirect(request.path)
    own = Person.objects.visible_to(viewer, at=at).filter(account=viewer).first()
    return render(request, "circles/sharing.jinja", {"pages": pages, "own": own})
