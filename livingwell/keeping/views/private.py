"""Making a place confidential, and looking up where it is, with a reason that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from livingwell.core.errors import Refusal
from livingwell.directory.actions import private
from livingwell.directory.models import PrivateSite, Service
from livingwell.keeping.access import keeper, kept_by, staff, who
from livingwell.keeping.actions import proposals
from livingwell.keeping.actions.private import keep_private
from livingwell.people.permissions import may_edit_the_directory
from livingwell.people.proof import prove_again

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@staff(may_edit_the_directory)
@prove_again
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a place private, make it public, or look once where it is: for who has just proved who they are."""
    service = get_object_or_404(Service, pk=pk)
    wanted = request.POST.get("outcome")
    if wanted == "look":
        return _look(request, service)
    if wanted == "public":
        private.make_public(service, by=who(request), at=timezone.now())
    elif wanted == "private":
        site = request.POST.get("site", "")
        keep_private(service, by=who(request), at=timezone.now(), site=site)
    if request.method == "POST":
        return redirect("keeping:private", pk=pk)
    return render(request, "keeping/private.jinja", {"service": service})


@require_http_methods(["GET", "HEAD", "POST"])
@kept_by
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its own people ask that its place be kept private; an editor looks at it. Editors do so themselves."""
    service = get_object_or_404(Service.objects.public(), pk=pk)
    by = keeper(request)
    if by is None or by.is_editor:
        return redirect("keeping:private", pk=pk)
    if request.method == "POST" and not service.is_confidential:
        proposals.ask_to_keep_private(service, how=by.how, by=by.by, at=timezone.now())
        return redirect(f"{reverse('keeping:edit', args=[pk])}?saved=waits")
    return render(request, "keeping/private_ask.jinja", {"service": service})


def _look(request: HttpRequest, service: Service) -> HttpResponse:
    why = request.POST.get("why", "")
    context: dict[str, object] = {"service": service, "why": why}
    try:
        site = get_object_or_404(PrivateSite, service=service)
        context["words"] = private.look(site, by=who(request), at=timezone.now(), why=why).splitlines()
    except Refusal as refusal:
        context["mistake"] = str(refusal)
    return render(request, "keeping/private.jinja", context)
