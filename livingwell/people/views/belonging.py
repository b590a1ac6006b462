"""Who belongs to the network and to an organization: for those who may say so. And the invitations they send."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livingwell.core.errors import Refusal
from livingwell.core.templating import site_url
from livingwell.core.views import forbidden
from livingwell.directory.models import Organization
from livingwell.messaging.models import Channel
from livingwell.people import actions, invitations, permissions, queries
from livingwell.people.forms import InviteForm
from livingwell.people.models import Account, Invitation, Role
from livingwell.people.proof import prove_again
from livingwell.people.views.sign_in import keep

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def belonging(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Who holds a role, for the network or one organization; invite, take back, end a role."""
    at = timezone.now()
    organization = get_object_or_404(Organization, pk=pk) if pk else None
    own = cast("Account", request.user)
    roles = permissions.may_invite_to(own, organization, at=at)
    if not roles:
        return forbidden(request, PermissionError())
    if request.method == "POST":
        return _change(request, organization, roles)
    return _page(request, organization, InviteForm(roles=roles))


@prove_again
def _change(request: HttpRequest, organization: Organization | None, roles: list[Role]) -> HttpResponse:
    at, by = timezone.now(), str(request.user)
    if ending := request.POST.get("end", ""):
        held = queries.held_for(organization, roles, int(ending[:15]) if ending.isdecimal() else 0, at)
        if held is None:
            raise Http404
        actions.dismiss(held, by=by, at=at)
    elif withdrawing := request.POST.get("withdraw", ""):
        found = queries.invitation(withdrawing)
        if found is None or found.organization != organization or found.role not in roles:
            raise Http404
        actions.withdraw(found, by=by, at=at)
    else:
        form = InviteForm(request.POST, roles=roles)
        if not form.is_valid():
            return _page(request, organization, form, status=422)
        try:
            actions.invite(
                form.cleaned_data["email"],
                Role(form.cleaned_data["role"]),
                organization=organization,
                site=site_url(request),
                by=by,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _page(request, organization, form, status=422)
    return HttpResponseRedirect(request.path)


def _page(
    request: HttpRequest, organization: Organization | None, form: InviteForm, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    context = {
        "form": form,
        "organization": organization,
        "page": queries.belonging(organization, at),
        "roles": form.offered,
    }
    return render(request, "people/belonging.jinja", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation gives, and the yes to it. A code to its address comes first."""
    at = timezone.now()
    pk = invitations.meant(token)
    found = Invitation.objects.open(at).select_related("organization").filter(pk=pk).first() if pk else None
    if found is None:
        return render(request, "people/invitation_over.jinja", status=410)
    own = request.user if isinstance(request.user, Account) else None
    if request.method == "POST" and own is None:
        try:
            challenge = actions.send_code(Channel.EMAIL, found.email, by="invitation", at=at)
        except Refusal as refusal:
            return render(request, "core/errors/409.jinja", {"reason": str(refusal)}, status=409)
        keep(request, challenge, request.path)
        return HttpResponseRedirect(reverse("people:code"))
    if request.method == "POST" and own is not None:
        actions.accept(found, own, at=at)
        request.session["keeps"] = permissions.may_verify(own, at=at)
        request.session["walks"] = permissions.works_with_people(own, at=at)
        return HttpResponseRedirect("/sign-in/done/")
    context = {
        "invitation": found,
        "role": Role(found.role).label,
        "other": own is not None and own.email != found.email,
    }
    return render(request, "people/invitation.jinja", context)
