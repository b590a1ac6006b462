"""Changes that wait: before and after beside each other, taken over or not, and whoever asked is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.core.errors import Refusal
from livingwell.directory.queries.sheet import sheet_of
from livingwell.keeping.access import staff, who
from livingwell.keeping.actions import proposals
from livingwell.keeping.models import Proposal
from livingwell.keeping.queries.proposals import differences_of, waiting
from livingwell.people.permissions import may_edit_the_directory

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
@staff(may_edit_the_directory)
def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "keeping/proposals.jinja", {"proposals": waiting()})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(may_edit_the_directory)
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = get_object_or_404(Proposal.objects.waiting().select_related("service"), pk=pk)
    mistake, reason = "", request.POST.get("reason", "")[:500]
    if request.method == "POST":
        by, at = who(request), timezone.now()
        try:
            if request.POST.get("outcome") == "accept":
                proposals.accept(proposal, by=by, at=at)
            else:
                proposals.decline(proposal, by=by, at=at, reason=reason)
        except Refusal as refusal:
            mistake = str(refusal)
        else:
            return redirect("keeping:proposals")
    sheet = sheet_of(proposal.service_id)
    context = {
        "proposal": proposal,
        "service": proposal.service,
        "differences": differences_of(proposal, sheet),
        "mistake": mistake,
        "reason": reason,
    }
    return render(request, "keeping/proposal.jinja", context)
